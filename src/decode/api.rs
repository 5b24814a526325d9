//! Reads a documented API, word by word.

use crate::base::text::CollectVec;
use crate::descriptor::api::{
    AUTH_SCHEMES, Api, BUILTIN_SETTINGS, Call, OPERATIONS, PartialResult, RecordMarker, Refusal,
    ResponseShape, STORED_SECRET_POLICIES, Setting, StoredSecretPolicy,
};
use crate::descriptor::connection_type::placeholders;
use crate::json::Json;
use crate::json::decoder::{BundleDecoder, Location, REPORT};
use crate::json::diagnostic::{Diagnostics, names_of};

impl Api {
    pub fn read(json: &Json, diagnostics: &Diagnostics) -> Api {
        let decoder = BundleDecoder::new(json, "api", "", diagnostics);
        for word in ["$schema", "title", "docs", "sections"] {
            decoder.get(word);
        }
        decoder.required("title");
        let refusal = decoder
            .get("refusal")
            .map(|json| read_refusal(&decoder.below("refusal", json)))
            .unwrap_or_default();
        let settings = decoder.each("settings", &read_setting);
        let (record_id, record_name, as_sent, keeps) = match decoder.get("record") {
            Some(json) => {
                let record = decoder.below("record", json);
                (
                    record.pointer("id"),
                    record.pointer("name"),
                    record.flag("as_sent"),
                    record.pointers("keeps"),
                )
            }
            None => (String::new(), String::new(), false, Vec::new()),
        };
        let success = decoder
            .each("success", &|sign| (sign.pointer("at"), sign.get("is").cloned().unwrap_or_default()));
        let parts = decoder.each("parts", &read_part);
        let sign = |sign: &BundleDecoder| RecordMarker {
            at: sign.pointer("at"),
            is: sign.get("is").cloned(),
            lacks: sign.list("lacks").map(|(_, json)| json.clone()).collect_vec(),
        };
        let read_only = decoder.each("read_only", &sign);
        let mut calls = Vec::new();
        for (location, name, json) in decoder.entries("operations") {
            match OPERATIONS.iter().find(|(word, _)| *word == name) {
                Some((_, operation)) => {
                    calls.push((*operation, read_call(&decoder.below(location, json), &refusal, &settings)))
                }
                None => drop(decoder.unknown::<()>(location, "", name, &|| names_of(OPERATIONS))),
            }
        }
        Api {
            id: decoder.required("id"),
            auth: read_auth(&decoder),
            identify: decoder.pointers("identify"),
            never_sent: decoder.pointers("never_sent"),
            keep: decoder.choice("secrets", STORED_SECRET_POLICIES).unwrap_or(StoredSecretPolicy::Echo),
            success,
            parts,
            read_only,
            settings,
            record_id,
            record_name,
            as_sent,
            keeps,
            calls,
        }
    }
}

/// The first of the ways to sign in. A token in the address is never the first: it would stand in logs.
fn read_auth(decoder: &BundleDecoder) -> &'static str {
    let Some(Json::List(ways)) = decoder.get("auth") else {
        return decoder.choice("auth", AUTH_SCHEMES).unwrap_or("none");
    };
    let mut first = None;
    for (index, way) in ways.iter().enumerate() {
        let location = Location::Item("auth", index);
        match way {
            Json::Text(word) => match AUTH_SCHEMES.iter().find(|(known, _)| known == word) {
                Some((_, way)) => first = first.or(Some(*way)),
                None => drop(decoder.unknown::<()>(location, "", word, &|| names_of(AUTH_SCHEMES))),
            },
            _ => {
                decoder.below(location, way).required("query");
                if first.is_none() {
                    decoder.report(location, "a token in the address cannot be the first way");
                }
            }
        }
    }
    first.unwrap_or("none")
}

fn read_setting(decoder: &BundleDecoder) -> Setting {
    decoder.page_texts(&["label"], &["help"]);
    Setting {
        name: decoder.required("id"),
        integer: decoder.choice("kind", &[("text", false), ("integer", true)]).unwrap_or(false),
        required: decoder.flag("required"),
        default: decoder.get("default").and_then(Json::scalar),
        from: decoder.get("from").map(|_| decoder.pointer("from")),
        is: decoder.choice("is", BUILTIN_SETTINGS),
    }
}

fn read_part(decoder: &BundleDecoder) -> PartialResult {
    let inside = |word: &'static str, usual: &str| {
        if decoder.get(word).is_some() { decoder.pointer(word) } else { usual.to_owned() }
    };
    PartialResult {
        at: decoder.pointer("at"),
        name: inside("name", "/name"),
        success: inside("success", "/success"),
        message: inside("message", "/message"),
    }
}

fn read_call(decoder: &BundleDecoder, refusal: &Refusal, settings: &[Setting]) -> Call {
    let method = decoder.required("method");
    const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    if !method.is_empty() && !METHODS.contains(&method.as_str()) {
        decoder.unknown::<()>("method", "", &method, &|| METHODS.to_vec());
    }
    let known = |decoder: &BundleDecoder, name: &str, location: Location| {
        if REPORT && !settings.iter().any(|setting| setting.name == name) {
            decoder.unknown::<()>(location, "the setting ", name, &|| {
                settings.iter().map(|setting| setting.name.as_str()).collect_vec()
            });
        }
    };
    let path = decoder.required("path");
    let mut query = Vec::new();
    for (location, pair) in decoder.list("query") {
        match pair.items() {
            [Json::Text(name), Json::Text(value)] => {
                placeholders(value, &mut |name| known(decoder, name, location));
                query.push((name.clone(), value.clone()));
            }
            _ => decoder.report(location, "this must be a name and a value"),
        }
    }
    placeholders(&path, &mut |name| known(decoder, name, "path".into()));
    let with = decoder.each("with", &|entry| {
        let name = entry.required("setting");
        known(entry, &name, "setting".into());
        (name, entry.pointer("at"))
    });
    let (record, items, link) = (
        decoder.optional_pointer("record"),
        decoder.optional_pointer("items"),
        decoder.optional_pointer("link"),
    );
    let files = decoder.get("files").map(|json| {
        let files = decoder.below("files", json);
        let path = files.required("path");
        placeholders(&path, &mut |name| known(&files, name, "path".into()));
        (path, files.required("part"))
    });
    Call {
        changes: decoder.choice("sends", &[("whole", false), ("changes", true)]).unwrap_or(false),
        without: decoder.pointers("without"),
        files,
        repeatable: decoder.optional_flag("repeatable").unwrap_or(method == "GET"),
        path,
        query,
        with,
        max_bytes: decoder.count("max_bytes"),
        timeout: decoder.number("timeout").unwrap_or(30.0),
        gives: match decoder.choice("gives", &[("nothing", 0), ("record", 1), ("list", 2), ("link", 3)]) {
            Some(1) => ResponseShape::Record(record),
            Some(2) => ResponseShape::List(items),
            Some(3) => ResponseShape::Link(link),
            _ => ResponseShape::Nothing,
        },
        refusal: decoder
            .get("refusal")
            .map_or_else(|| refusal.clone(), |json| read_refusal(&decoder.below("refusal", json))),
        method,
    }
}

fn read_refusal(decoder: &BundleDecoder) -> Refusal {
    let each = decoder.get("each").map(|json| {
        let each = decoder.below("each", json);
        [each.pointer("list"), each.pointer("field"), each.pointer("message")]
    });
    let about = decoder.each("about", &|about| (about.required("contains"), about.required("field")));
    let status = decoder.get("status").map(|_| decoder.pointer("status"));
    Refusal { message: decoder.pointers("message"), status, each, about, text: decoder.flag("text") }
}
