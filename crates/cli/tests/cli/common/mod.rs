//! Pasting by the library, as the command line does it: without a process for each text.

use jackfield::bundle::registry::Registry;
use jackfield_strings::paste::connection_type::ConnectionType;
use jackfield_strings::paste::json::{Secrets, put_filled, put_unwrapped};
use jackfield_strings::paste::values::Values;
use jackfield_strings::paste::{ParsedText, Pasted, Refusal, Refused, paste as read_pasted};
use jackfield_strings::{Json, Reading, each_known, read_as, usual_scheme};

/// A connection type, as `describe` prints it.
pub struct Described {
    pub api: String,
    pub id: String,
    pub json: String,
}

/// The shipped types that read connection strings.
pub fn shipped() -> Vec<Described> {
    let mut all = Vec::new();
    for entry in Registry::shipped().unwrap().entries() {
        for kind in entry.types() {
            let id = kind.get("id").and_then(|id| id.as_str()).unwrap().to_owned();
            let described = entry.describe(&id).unwrap();
            if described.get("strings").is_some() {
                all.push(Described { api: entry.api.id.clone(), id, json: described.to_text() });
            }
        }
    }
    all
}

/// What a text does with a form that holds `before`, or where and why it does nothing.
pub fn paste<'a>(ty: &'a ConnectionType<'a>, before: &Values, text: &str) -> Result<Pasted<'a>, Refused> {
    read_pasted(ty, before, text, &mut |dialect, text| Some(read_text(dialect, text))).map_err(|refusal| {
        match refusal {
            Refusal::Unreadable(found) => found,
            Refusal::Unread { dialect, .. } => panic!("nobody reads {dialect}"),
        }
    })
}

fn read_text(dialect: &str, text: &str) -> Result<ParsedText, Refused> {
    let (parts, form) = read_as(dialect, &Reading { form: None, lenient: true }, text)?;
    let mut known = Vec::new();
    each_known(dialect, &parts.params, &mut |name| known.push(name.to_owned()));
    Ok(ParsedText { parts, form: form.to_owned(), usual_scheme: usual_scheme(dialect), known })
}

/// The answer as JSON.
pub fn answer(pasted: &Pasted, secrets: Secrets) -> String {
    let mut json = Json::default();
    json.open();
    put_filled(&pasted.filled, secrets, &mut json);
    put_unwrapped(pasted, &mut json);
    json.close();
    let mut text = String::new();
    json.write(&mut text);
    text
}
