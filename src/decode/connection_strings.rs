//! Reads which fields connection strings fill and set.

use crate::descriptor::connection_type::FillTarget;
use crate::json::decoder::{BundleDecoder, NO_POINTER, REPORT};
use crate::json::{Json, escape};

/// Where the parts of connection strings go is the page's to know; here only that it fits.
pub fn read_strings(decoder: &BundleDecoder) -> Vec<FillTarget> {
    let mut found = Vec::new();
    if REPORT {
        for (index, mut filled) in decoder.each("strings", &read_string).into_iter().enumerate() {
            filled.iter_mut().for_each(|filling| {
                filling.pointer = ["strings/", &index.to_string(), "/", &filling.pointer].concat()
            });
            found.append(&mut filled);
        }
    }
    found
}

/// A kind of connection string: the fields that it fills and sets, with their places below it.
fn read_string(decoder: &BundleDecoder) -> Vec<FillTarget> {
    decoder.required("dialect");
    decoder.renamed("schemes", "sets");
    let mut found = Vec::new();
    let mut parts: Vec<String> = Vec::new();
    for (location, part, field) in decoder.entries("fill") {
        match field {
            Json::Text(field) if part.starts_with('/') => {
                parts.push(part_of(part));
                found.push(FillTarget {
                    pointer: ["fill/", &escape(part)].concat(),
                    field: field.clone(),
                    value: None,
                });
            }
            _ => decoder
                .report(location, "this must be a place in the parts, such as /hosts/0/host, and a field"),
        }
    }
    for (location, part, prefix) in decoder.entries("prefix") {
        if !parts.contains(&part_of(part)) {
            decoder.report(location, "this must be a part that fill names");
        } else if prefix.as_str().is_none_or(str::is_empty) {
            decoder.report(location, "this must be a text");
        }
    }
    for (_, id, value) in decoder.entries("with") {
        found.push(FillTarget {
            pointer: ["with/", &escape(id)].concat(),
            field: id.to_owned(),
            value: Some(value.clone()),
        });
    }
    for (location, part, values) in decoder.entries("sets") {
        if !part.starts_with('/') {
            decoder.report(location, NO_POINTER);
        }
        if parts.contains(&part_of(part)) {
            decoder.report(location, "this part is filled in or set already");
        }
        parts.push(part_of(part));
        read_sets(&decoder.below(location, values), ["sets/", &escape(part)].concat(), values, &mut found);
    }
    found
}

/// What each value of a part sets.
fn read_sets<'a>(decoder: &BundleDecoder<'a>, under: String, values: &'a Json, found: &mut Vec<FillTarget>) {
    let mut known: Vec<String> = Vec::new();
    for (value, fields) in values.members() {
        decoder.skip(value);
        let word = escape(value);
        if known.contains(&value.to_ascii_lowercase()) {
            decoder.report(&word, "this value is there already: upper and lower case are the same");
        }
        known.push(value.to_ascii_lowercase());
        if !matches!(fields, Json::Map(_)) {
            decoder.report(&word, "this must be an object of fields and their values");
        }
        for (id, value) in fields.members() {
            found.push(FillTarget {
                pointer: [&under, "/", &word, "/", &escape(id)].concat(),
                field: id.clone(),
                value: Some(value.clone()),
            });
        }
    }
}

/// A place in the parts as it is compared: the names of parameters in lower case.
fn part_of(location: &str) -> String {
    if location.starts_with("/params/") { location.to_ascii_lowercase() } else { location.to_owned() }
}
