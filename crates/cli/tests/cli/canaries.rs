//! Whatever is pasted into whatever form: no secret, and nothing that nobody knows, is in the answer unless that is asked for. Only the name
//! of a row that is kept may be something unknown.

mod maker;
mod words;

use crate::common::{answer, paste, shipped};
use jackfield_strings::paste::Pasted;
use jackfield_strings::paste::connection_type::ConnectionType;
use jackfield_strings::paste::field_values::FieldValue;
use jackfield_strings::paste::json::Secrets;
use jackfield_strings::paste::values::Values;
use jackfield_strings::{Json, dialects};
use maker::{Maker, own_schemes};
use words::CANARY;

/// A form for a dialect, with rows for its parameters or without.
fn invented(dialect: &str, rows: &str) -> String {
    format!(
        r#"{{"title":"Invented","sections":[{{"fields":[{{"id":"host","kind":"text","label":"Host"}},{{"id":"port","kind":"integer","label":"Port"}},
        {{"id":"user","kind":"text","label":"User"}},{{"id":"password","kind":"secret","label":"Password"}},{{"id":"database","kind":"text","label":"Database"}},
        {{"id":"instance","kind":"text","label":"Instance"}},{{"id":"options","kind":"rows","label":"Options","columns":[{{"id":"name","kind":"text"}},{{"id":"value","kind":"text"}}]}}]}}],
        "strings":[{{"dialect":"jdbc","fill":{{{FILL}{rows}}}}},{{"dialect":"{dialect}","fill":{{{FILL}{rows}}}}}]}}"#
    )
}

const FILL: &str = r#""/hosts/0/host":"host","/hosts/0/port":"port","/hosts/0/instance":"instance","/user":"user","/password":"password","/database":"database""#;

/// Whether an answer shows a canary elsewhere than in the name of a row.
fn leaks(pasted: &mut Pasted) -> bool {
    if !answer(pasted, Secrets::Masked).contains(CANARY) {
        return false;
    }
    for (_, value) in &mut pasted.filled.values {
        if let FieldValue::Rows(rows) = value {
            rows.iter_mut().for_each(|row| row.cells[0].1.clear());
        }
    }
    answer(pasted, Secrets::Masked).contains(CANARY)
}

/// Whether a canary stands where the dialect's grammar has something plain.
fn is_plain(form: &str, text: &str) -> bool {
    let word =
        |piece: &str| piece.trim_start_matches(|letter: char| !letter.is_alphanumeric()).starts_with(CANARY);
    // A piece of Redis' list is a host, and in LDAP's address there is no login.
    form.starts_with("redis") && text.split(',').skip(1).any(word)
        || form.contains("ldap")
            && text.split_once("://").is_some_and(|(_, rest)| rest.find('/') < rest.find('@'))
}

#[test]
fn no_canary_is_shown() {
    let mut types: Vec<(String, Json)> = Vec::new();
    for described in shipped() {
        types.push((format!("{} {}", described.api, described.id), Json::parse(&described.json).unwrap()));
    }
    for (dialect, _) in dialects() {
        for rows in ["", r#","/params":"options""#] {
            types.push((format!("{dialect} {rows}"), Json::parse(&invented(dialect, rows)).unwrap()));
        }
    }
    let forms: Vec<_> = types
        .iter()
        .map(|(name, json)| (name, own_schemes(name), ConnectionType::read(json).unwrap()))
        .collect();
    let mut maker = Maker::new(std::env::var("SEED").map_or(12, |seed| seed.parse().unwrap()));
    let (mut filled, mut leaked) = (0, Vec::new());
    for number in 0..100_000 {
        let (name, own, ty) = &forms[number % forms.len()];
        let mut text = maker.text(own);
        if number % 4 == 3 && !name.contains("kafka") {
            text = maker.mutate(&text);
        }
        if is_plain(name, &text) {
            continue;
        }
        let Ok(mut pasted) = paste(ty, &Values::default(), &text) else { continue };
        filled += 1;
        if leaks(&mut pasted) {
            leaked.push(format!("{name} {text:?}\n   {}", answer(&pasted, Secrets::Masked)));
        }
    }
    println!("{filled} of 100,000 texts fill something");
    assert!(filled > 10_000, "{filled}");
    assert!(leaked.is_empty(), "{} leaks\n{}", leaked.len(), leaked.join("\n"));
}
