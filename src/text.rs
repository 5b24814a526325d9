//! Small work on text. The standard library's own search and join are for any size of input and weigh several
//! kilobytes in the browser; ours is short.

/// A text in which every `from` (which is not empty) became `to`.
pub fn replaced(text: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        match rest.strip_prefix(from) {
            Some(after) => {
                out.push_str(to);
                rest = after;
            }
            None => {
                out.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    out
}

/// The texts with `between` between them.
pub fn joined<T: AsRef<str>>(texts: &[T], between: &str) -> String {
    let mut out = String::new();
    for (place, text) in texts.iter().enumerate() {
        if place > 0 {
            out.push_str(between);
        }
        out.push_str(text.as_ref());
    }
    out
}

/// What stands before and after the first `://`, if the first colon begins it.
pub fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    Some((scheme, rest.strip_prefix("//")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_occurrence_is_replaced() {
        for (text, from, to, want) in
            [("a.b.", ".", "/", "a/b/"), ("ééaéé", "éé", "x", "xax"), ("", "a", "b", ""), ("aaa", "aa", "b", "ba"), ("~01", "~1", "/", "~01")]
        {
            assert_eq!(replaced(text, from, to), want);
        }
    }

    #[test]
    fn a_scheme_ends_at_the_first_colon() {
        assert_eq!(scheme("mongodb+srv://h:1"), Some(("mongodb+srv", "h:1")));
        assert_eq!(scheme("h:1://x"), None);
        assert_eq!(scheme("://x"), Some(("", "x")));
    }

    #[test]
    fn nothing_stands_around_what_is_joined() {
        assert_eq!(joined(&["a", "b"], ", "), "a, b");
        assert_eq!(joined::<&str>(&[], ", "), "");
    }
}
