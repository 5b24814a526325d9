//! Texts that were changed by hand, or copied with what stands round them.

use super::*;

impl Maker {
    /// Changes punctuation somewhere, but not where a secret begins.
    pub fn mutate(&mut self, text: &str) -> String {
        let places: Vec<usize> = text
            .char_indices()
            .filter(|(_, letter)| !letter.is_alphanumeric())
            .map(|(place, _)| place)
            .collect();
        let Some(place) = places.get(self.random.below(places.len().max(1))) else { return text.to_owned() };
        let (before, rest) = text.split_at(*place);
        let width = rest.chars().next().map_or(0, char::len_utf8);
        let (mark, after) = rest.split_at(width);
        match self.random.below(3) {
            0 => [before, mark, mark, after].concat(),
            1 => [
                before,
                self.pick(&[
                    "/", "?", "#", "@", ":", ";", "&", "=", ",", "\"", "'", " ", "%", "(", ")", "[", "]",
                    "\\", "\n",
                ]),
                rest,
            ]
            .concat(),
            // Without the mark before it, it would belong to a name; and without the end of a login there is none.
            _ if after.find(CANARY).is_some_and(|place| place < 5) || matches!(mark, "@" | " ") => {
                text.to_owned()
            }
            _ => [before, after].concat(),
        }
    }

    /// What stands round a text where it is copied, with secrets of its own.
    pub(super) fn wrap(&mut self, text: String) -> String {
        let (before, after) = match self.random.below(4) {
            0 => self.random.pick_pair(WRAPPINGS),
            // What ends at a blank is an address.
            1 if !has_blank(&text) && !text.contains('=') && !text.ends_with(['/', ':']) => {
                self.random.pick_pair(COMMANDS)
            }
            1 if !text.contains(['"', '\'']) => self.random.pick_pair(QUOTED_COMMANDS),
            _ => ("", ""),
        };
        [before, &text, after].concat()
    }
}
