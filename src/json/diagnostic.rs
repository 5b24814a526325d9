//! What is wrong with a document: each mistake with its place, and with the name that was probably meant.

use std::cell::RefCell;

use thiserror::Error;

use crate::base::text::{CollectVec, join};
use crate::json::Json;

/// One mistake in a descriptor or in an argument.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{pointer}: {text}")]
pub struct Diagnostic {
    /// The document that it is in: `api`, or the id of a type.
    pub document: String,
    /// JSON Pointer into the document; empty for the whole.
    pub pointer: String,
    /// What is wrong and what to write instead, in a sentence.
    pub text: String,
}

impl Diagnostic {
    /// What `Display` says, without the weight of formatting.
    pub fn sentence(&self) -> String {
        [&self.pointer, ": ", &self.text].concat()
    }
}

/// Where the mistakes of a document go.
pub type Diagnostics = RefCell<Vec<Diagnostic>>;

/// Mistakes as they cross the seam, with the sentence for them all.
pub fn refused(error: &str, diagnostics: &[Diagnostic]) -> Json {
    let one = |diagnostic: &Diagnostic| {
        Json::map(vec![
            ("document", Json::text(&diagnostic.document)),
            ("place", Json::text(&diagnostic.pointer)),
            ("text", Json::text(&diagnostic.text)),
        ])
    };
    Json::map(vec![
        ("error", Json::text(error)),
        ("mistakes", Json::List(diagnostics.iter().map(one).collect_vec())),
    ])
}

/// The words of a closed set.
pub fn names_of<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(word, _)| *word).collect_vec()
}

/// The sentence about a word that nobody knows, with the nearest that is known.
pub fn unknown_name(word: &str, known: &[&str]) -> String {
    let near = known.iter().map(|name| (edit_distance(word, name), *name)).min();
    match near {
        Some((far, name)) if far <= 1 + word.len() / 4 => {
            ["“", word, "” is unknown; did you mean “", name, "”?"].concat()
        }
        _ => ["“", word, "” is unknown; known are ", &join(known, ", ")].concat(),
    }
}

/// How many letters must change, appear or go to make one word of the other; upper and lower case are the same.
fn edit_distance(one: &str, two: &str) -> usize {
    // For each letter of the other, how far the beginnings up to it are apart.
    let mut row: Vec<(char, usize)> = two.chars().zip(1..).collect_vec();
    let mut all = 0;
    for (index, a) in one.chars().enumerate() {
        let mut corner = index;
        let mut left = index + 1;
        for (b, far) in &mut row {
            let change = corner + usize::from(!a.eq_ignore_ascii_case(b));
            corner = *far;
            *far = change.min(left + 1).min(corner + 1);
            left = *far;
        }
        all = index + 1;
    }
    row.last().map_or(all, |(_, far)| *far)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_letters() {
        for (one, two, far) in
            [("", "abc", 3), ("title", "tittle", 1), ("Kind", "kind", 0), ("kitten", "sitting", 3)]
        {
            assert_eq!(edit_distance(one, two), far);
        }
    }
}
