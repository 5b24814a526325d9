//! What is wrong with a text, a number or a file.

use crate::base::text::{decode_base64, join, parse_integer, split_scheme};
use crate::descriptor::connection_type::{Field, FieldKind};
use crate::descriptor::encoding::{Encoding, Normalizer};
use crate::descriptor::fault_code::FaultCode;
use crate::descriptor::format::has_encoded_password;
use crate::descriptor::value::{File, Value};
use crate::fields::fault::Fault;
use crate::json::parse::number_of;
use crate::json::{Json, MAX_SAFE_INTEGER, number_text};

pub fn validate_file<'v>(field: &Field, file: &File, look: &dyn Fn(&str) -> &'v Value) -> Option<Fault> {
    let name = file.name.to_ascii_lowercase();
    if !field.accept.is_empty() && !field.accept.iter().any(|end| name.ends_with(end.as_str())) {
        return Some(Fault::new(&field.id, FaultCode::FileType).with("allowed", join(&field.accept, ", ")));
    }
    if let Some(most) = field.max_bytes.filter(|most| file.size > *most) {
        return Some(
            Fault::new(&field.id, FaultCode::FileSize).with("max", most as f64).with("got", file.size as f64),
        );
    }
    // A letter for each byte, so that formats can judge what is no text.
    validate_format(
        field,
        || decode_base64(&file.content).unwrap_or_default().into_iter().map(char::from).collect(),
        look,
    )
}

fn validate_format<'v>(
    field: &Field,
    text: impl FnOnce() -> String,
    look: &dyn Fn(&str) -> &'v Value,
) -> Option<Fault> {
    let (_, format) = field.format.iter().find(|(when, _)| when.holds(look))?;
    let text = text();
    let fault = |code| Fault::new(&field.id, code);
    match (format.fits)(&text) {
        false => Some(fault(format.fault)),
        true => has_encoded_password(format, &text).then(|| fault(FaultCode::Encoded).warning(true)),
    }
}

/// The first thing that is wrong with a text that is not empty.
pub fn validate_text<'v>(field: &Field, text: &str, look: &dyn Fn(&str) -> &'v Value) -> Option<Fault> {
    let fault = |code| Fault::new(&field.id, code);
    match field.kind {
        FieldKind::Integer | FieldKind::Number => return validate_number(field, text.trim()),
        FieldKind::Choice if !field.options.iter().any(|option| option == text) => {
            return Some(fault(FaultCode::Choice));
        }
        _ => {}
    }
    let length = text.chars().count() as u64;
    if let Some(least) = field.min_length.filter(|least| length < *least) {
        return Some(fault(FaultCode::MinLength).with("min", least as f64));
    }
    if let Some(most) = field.max_length.filter(|most| length > *most) {
        return Some(fault(FaultCode::MaxLength).with("max", most as f64).with("got", length as f64));
    }
    let same = |one: &[u8], two: &str| {
        if field.ignore_case { one.eq_ignore_ascii_case(two.as_bytes()) } else { one == two.as_bytes() }
    };
    let bytes = text.as_bytes();
    // A start or end alone says nothing, so something must stand beside it.
    let starts = |mark: &String| {
        bytes.split_at_checked(mark.len()).is_some_and(|(head, rest)| !rest.is_empty() && same(head, mark))
    };
    let ends = |mark: &String| {
        let rest = bytes.len().checked_sub(mark.len()).and_then(|length| bytes.split_at_checked(length));
        rest.is_some_and(|(rest, end)| !rest.is_empty() && same(end, mark))
    };
    if !field.starts.is_empty() && !field.starts.iter().any(starts) {
        return Some(fault(FaultCode::Starts).with("allowed", join(&field.starts, ", ")));
    }
    if !field.ends.is_empty() && !field.ends.iter().any(ends) {
        return Some(fault(FaultCode::Ends).with("allowed", join(&field.ends, ", ")));
    }
    let found = validate_format(field, || text.to_owned(), look);
    if found.is_some() || field.kind != FieldKind::Json {
        return found;
    }
    match Json::parse(text) {
        None => Some(fault(FaultCode::FormatJson)),
        Some(json) => {
            json.has_unsafe_integer().then(|| fault(FaultCode::Unsafe).with("max", MAX_SAFE_INTEGER))
        }
    }
}

fn validate_number(field: &Field, text: &str) -> Option<Fault> {
    let fault = |code| Fault::new(&field.id, code);
    let number = match field.kind {
        FieldKind::Integer => match parse_integer(text) {
            Some(number) if number.abs() > MAX_SAFE_INTEGER => {
                return Some(fault(FaultCode::Unsafe).with("max", MAX_SAFE_INTEGER));
            }
            Some(number) => number,
            None => return Some(fault(FaultCode::Integer)),
        },
        _ => match number_of(text) {
            Some(number) => number,
            None => return Some(fault(FaultCode::Number)),
        },
    };
    if field.special.contains(&number) {
        return None;
    }
    if let Some(least) = field.minimum.filter(|least| number < *least) {
        return Some(fault(FaultCode::Minimum).with("min", least));
    }
    let most = field.maximum.filter(|most| number > *most)?;
    Some(fault(FaultCode::Maximum).with("max", most))
}

/// A number as it is written into a request: `0022` is 22.
pub fn parse_number(field: &Field, text: &str) -> Option<Json> {
    let text = text.trim();
    let number = if field.kind == FieldKind::Integer { parse_integer(text) } else { number_of(text) };
    number.map(|number| {
        if field.writes == Encoding::Text { Json::Text(number_text(number)) } else { Json::Number(number) }
    })
}

/// The text as it is judged and sent.
pub fn normalize(field: &Field, text: &str) -> String {
    let mut text = text;
    for step in &field.clean {
        text = match step {
            Normalizer::Trim => text.trim(),
            Normalizer::NoTrailingSlash => text.trim_end_matches('/'),
            Normalizer::NoHttpScheme => {
                let http = |scheme: &str| {
                    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
                };
                split_scheme(text).filter(|(scheme, _)| http(scheme)).map_or(text, |(_, rest)| rest)
            }
        };
    }
    text.to_owned()
}
