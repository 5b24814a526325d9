//! A pasted text in a form: what it fills, what it leaves, and what to look at again.

use jackfield_strings::paste::connection_type::ConnectionType;
use jackfield_strings::paste::json::{Secrets, put_filled, put_unwrapped};
use jackfield_strings::paste::values::Values;
use jackfield_strings::paste::{ParsedText, Refusal, Refused, paste as read_pasted};
use jackfield_strings::{Json, Reading, each_known, read_as, usual_scheme};
use serde_json::{Value, json};

use crate::args::{Extra, FormValues};
use crate::commands::{self, Done, Stop};
use crate::uri::refused;
use crate::{files, words};

pub fn paste(form: &FormValues, text: &str, reveal: bool, extra: &Extra) -> Result<Done, Stop> {
    if text == "-" && form.values.as_deref() == Some("-") {
        return Err(Stop::Usage("Only one of --values and --text can be stdin.".to_owned()));
    }
    let described = parse(&commands::describe(&form.api, &form.kind, extra)?.text)?;
    let ty = ConnectionType::read(&described).ok_or_else(|| bug("the type cannot be read"))?;
    let values = match &form.values {
        Some(file) => before(files::object(file)?, form, extra)?,
        None => parse("{}")?,
    };
    let before = Values::read(&values).ok_or_else(|| bug("the values cannot be read"))?;
    let stdin = if text == "-" { Some(files::text("-")?) } else { None };
    match read_pasted(&ty, &before, stdin.as_deref().unwrap_or(text), &mut |dialect, text| {
        Some(read_text(dialect, text))
    }) {
        Ok(pasted) => {
            let mut answer = Json::default();
            answer.open();
            put_filled(&pasted.filled, if reveal { Secrets::Revealed } else { Secrets::Masked }, &mut answer);
            put_unwrapped(&pasted, &mut answer);
            answer.close();
            Ok(Done { text: files::pretty(&shown(&answer)), code: 0 })
        }
        Err(Refusal::Unreadable(found)) => Err(refused(found.at, &found.code)),
        Err(Refusal::Unread { .. }) => Err(bug("a text was not read")),
    }
}

fn read_text(dialect: &str, text: &str) -> Result<ParsedText, Refused> {
    let (parts, form) = read_as(dialect, &Reading { form: None, lenient: true }, text)?;
    let mut known = Vec::new();
    each_known(dialect, &parts.params, &mut |name| known.push(name.to_owned()));
    Ok(ParsedText { parts, form: form.to_owned(), usual_scheme: usual_scheme(dialect), known })
}

/// The values that the form holds; the engine says what is wrong with them.
fn before(values: Value, form: &FormValues, extra: &Extra) -> Result<Json, Stop> {
    let text = values.to_string();
    commands::open_new(&form.api, &form.kind, values, extra)?;
    parse(&text)
}

fn parse(text: &str) -> Result<Json, Stop> {
    Json::parse(text).ok_or_else(|| bug("the engine's JSON cannot be read"))
}

fn bug(what: &str) -> Stop {
    Stop::Usage(format!("This should not happen: {what}."))
}

/// The answer in the words of the form.
fn shown(answer: &Json) -> Value {
    let mut text = String::new();
    answer.write(&mut text);
    let answer: Value = serde_json::from_str(&text).unwrap_or_default();
    let list = |name: &str| answer[name].as_array().cloned().unwrap_or_default();
    let left: Vec<Value> = list("left").iter().map(|left| json!(words::left(left))).collect();
    let warnings: Vec<Value> = list("warnings").iter().map(words::warning).collect();
    json!({ "values": answer["values"], "unwrapped": answer["unwrapped"], "left": left, "warnings": warnings })
}
