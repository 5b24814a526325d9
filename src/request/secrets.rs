//! Secrets in what a server says: every spelling of each is masked.

use crate::base::text::{index_of_longest, replace_all, rsplit_once, split_once, split_scheme};
use crate::json::Json;
use crate::request::url::percent_encode;
use crate::request::write_field::MASK;

/// A text in which every secret is masked, as it is, percent-encoded or within JSON.
pub fn mask(text: &str, secrets: &[String]) -> String {
    let mut forms: Vec<String> = Vec::new();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        let quoted = Json::text(secret).to_text();
        forms.push(secret.clone());
        forms.push(percent_encode(secret));
        forms.push(quoted.get(1..quoted.len() - 1).unwrap_or(secret).to_owned());
    }
    // Longer ones first: what is left of a long secret must not show because a short one was found inside.
    let mut shown = text.to_owned();
    while let Some(longest) = index_of_longest(forms.len(), &|index| forms.get(index).map(String::len)) {
        shown = replace_all(&shown, &forms.swap_remove(longest), MASK);
    }
    shown
}

/// A secret and the parts of it that a server may name alone: the password of a connection string, the texts of a key file.
pub fn secret_variants(secret: &str) -> Vec<String> {
    let mut parts = vec![secret.to_owned()];
    if let Some((_, rest)) = split_scheme(secret)
        && let Some((userinfo, _)) = rsplit_once(rest, b'@')
        && let Some((_, password)) = split_once(userinfo, b':')
    {
        parts.push(password.to_owned());
    }
    if matches!(secret.trim_start().as_bytes(), [b'{' | b'"', ..]) {
        match Json::parse(secret) {
            // A secret that was typed as JSON.
            Some(Json::Text(text)) => parts.push(text),
            Some(json) => texts(&json, &mut parts),
            None => {}
        }
    }
    parts
}

/// The texts in a JSON document that are long enough to be a key; short ones are words such as a type.
fn texts(json: &Json, found: &mut Vec<String>) {
    const SHORTEST: usize = 20;
    match json {
        Json::Text(text) if text.len() >= SHORTEST => found.push(text.clone()),
        Json::List(items) => items.iter().for_each(|item| texts(item, found)),
        Json::Map(members) => members.iter().for_each(|(_, value)| texts(value, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_masked_in_every_spelling() {
        let secrets: Vec<String> = secret_variants("postgres://u:p@ss/1@h/db")
            .into_iter()
            .chain(secret_variants("a\"b\nc"))
            .chain(secret_variants("p"))
            .collect();
        for text in [
            "auth failed for p@ss/1 on h",
            "bad postgres://u:p@ss/1@h/db",
            "GET /?x=p%40ss%2F1",
            r#"{"k":"a\"b\nc"}"#,
        ] {
            let shown = mask(text, &secrets);
            assert!(shown.contains(MASK), "{shown}");
            assert!(
                !shown.contains("ss/1") && !shown.contains("ss%2F1") && !shown.contains("b\\nc"),
                "{shown}"
            );
        }
    }

    #[test]
    fn the_texts_of_a_key_file_are_secrets_of_their_own() {
        let key = r#"{"type":"service_account","private_key":"-----BEGIN KEY-----\nabcdef","n":{"id":["0123456789abcdef01234"]}}"#;
        assert_eq!(secret_variants(key)[1..], ["-----BEGIN KEY-----\nabcdef", "0123456789abcdef01234"]);
        assert_eq!(secret_variants("\"hunter2\"")[1..], ["hunter2"]);
    }
}
