//! Connection strings: text in, parts out, and back.

use std::sync::LazyLock;

use jackfield_strings::{Json, Reading, Unreadable, build_as, dialects, from_parts, read_as, to_parts};
use serde_json::{Value, json};

use crate::commands::{Done, Stop};
use crate::files;

static ENGLISH: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../locales/strings.en.json")).unwrap_or_default()
});

pub fn uri(dialect: &str, reading: &Reading, text: &str, written: bool) -> Result<Done, Stop> {
    known(dialect, reading.form)?;
    let stdin = if written || text == "-" { Some(files::text("-")?) } else { None };
    let text = stdin.as_deref().unwrap_or(text);
    if written {
        return Ok(Done { text: write(dialect, reading, text)?, code: 0 });
    }
    let (parts, _) = read_as(dialect, reading, text).map_err(unreadable)?;
    let mut shown = String::new();
    from_parts(&parts).write(&mut shown);
    Ok(Done { text: files::pretty(&serde_json::from_str(&shown).unwrap_or_default()), code: 0 })
}

/// The string that the parts of a JSON text make.
fn write(dialect: &str, reading: &Reading, text: &str) -> Result<String, Stop> {
    let json =
        Json::parse(text).ok_or_else(|| Stop::Usage("stdin must hold the parts as JSON.".to_owned()))?;
    let parts = to_parts(&json).map_err(|member| {
        Stop::Usage(format!("“{member}” is no part of a connection string, or not of this kind."))
    })?;
    build_as(dialect, reading, &parts).map_err(unreadable)
}

fn unreadable(found: Unreadable) -> Stop {
    refused(found.at, found.reason.code())
}

/// That a text is refused, in words.
pub fn refused(at: usize, code: &str) -> Stop {
    Stop::Faults(files::pretty(&json!({ "at": at, "reason": ENGLISH[code], "code": code })))
}

/// Whether there is such a dialect, with such a form.
fn known(dialect: &str, form: Option<&str>) -> Result<(), Stop> {
    let all: Vec<&str> = dialects().map(|(name, _)| name).collect();
    let Some((_, forms)) = dialects().find(|(name, _)| *name == dialect) else {
        return Err(Stop::Usage(format!("There is no dialect “{dialect}”. There are {}.", all.join(", "))));
    };
    match form {
        Some(form) if !forms.contains(&form) => {
            Err(Stop::Usage(format!("“{dialect}” has no form “{form}”. It has {}.", forms.join(", "))))
        }
        _ => Ok(()),
    }
}
