//! Every reason has a sentence, and every sentence a reason.

use std::fs;

use jackfield_strings::Reason;
use serde_json::{Map, Value};

#[test]
fn reasons_and_sentences_belong_together() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales/strings.en.json");
    let words: Map<String, Value> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let mut codes: Vec<&str> = Reason::ALL.iter().map(|reason| reason.code()).collect();
    let mut keys: Vec<&str> = words.keys().map(String::as_str).collect();
    codes.sort_unstable();
    keys.sort_unstable();
    assert_eq!(codes, keys);
    for (code, sentence) in &words {
        assert!(sentence.as_str().is_some_and(|text| text.ends_with('.')), "{code}");
    }
}
