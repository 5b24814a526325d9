//! Reads a documented API, word by word.

use crate::base::text::Gather;
use crate::descriptor::api::{
    Api, Call, Gives, KEEPS, KNOWNS, Keep, OPERATIONS, Part, Refusal, Setting, Sign, WAYS,
};
use crate::descriptor::connection_type::placeholders;
use crate::json::Json;
use crate::json::decoder::{Mistakes, PROVES, Place, Words, words};

impl Api {
    pub fn read(json: &Json, mistakes: &Mistakes) -> Api {
        let reader = Words::new(json, "api", "", mistakes);
        for word in ["$schema", "title", "docs", "sections"] {
            reader.word(word);
        }
        reader.required("title");
        let refusal = reader
            .word("refusal")
            .map(|json| read_refusal(&reader.below("refusal", json)))
            .unwrap_or_default();
        let settings = reader.each("settings", &read_setting);
        let (record_id, record_name, as_sent, keeps) = match reader.word("record") {
            Some(json) => {
                let record = reader.below("record", json);
                (
                    record.pointer("id"),
                    record.pointer("name"),
                    record.flag("as_sent"),
                    record.pointers("keeps"),
                )
            }
            None => (String::new(), String::new(), false, Vec::new()),
        };
        let success = reader
            .each("success", &|sign| (sign.pointer("at"), sign.word("is").cloned().unwrap_or_default()));
        let parts = reader.each("parts", &read_part);
        let sign = |sign: &Words| Sign {
            at: sign.pointer("at"),
            is: sign.word("is").cloned(),
            lacks: sign.list("lacks").map(|(_, json)| json.clone()).gather(),
        };
        let read_only = reader.each("read_only", &sign);
        let mut calls = Vec::new();
        for (place, name, json) in reader.entries("operations") {
            match OPERATIONS.iter().find(|(word, _)| *word == name) {
                Some((_, operation)) => {
                    calls.push((*operation, read_call(&reader.below(place, json), &refusal, &settings)))
                }
                None => drop(reader.strange::<()>(place, "", name, &|| words(OPERATIONS))),
            }
        }
        Api {
            id: reader.required("id"),
            auth: read_auth(&reader),
            identify: reader.pointers("identify"),
            never_sent: reader.pointers("never_sent"),
            keep: reader.choice("secrets", KEEPS).unwrap_or(Keep::Echo),
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
fn read_auth(reader: &Words) -> &'static str {
    let Some(Json::List(ways)) = reader.word("auth") else {
        return reader.choice("auth", WAYS).unwrap_or("none");
    };
    let mut first = None;
    for (index, way) in ways.iter().enumerate() {
        let place = Place::Item("auth", index);
        match way {
            Json::Text(word) => match WAYS.iter().find(|(known, _)| known == word) {
                Some((_, way)) => first = first.or(Some(*way)),
                None => drop(reader.strange::<()>(place, "", word, &|| words(WAYS))),
            },
            _ => {
                reader.below(place, way).required("query");
                if first.is_none() {
                    reader.mistake(place, "a token in the address cannot be the first way");
                }
            }
        }
    }
    first.unwrap_or("none")
}

fn read_setting(reader: &Words) -> Setting {
    reader.shown(&["label"], &["help"]);
    Setting {
        name: reader.required("id"),
        integer: reader.choice("kind", &[("text", false), ("integer", true)]).unwrap_or(false),
        required: reader.flag("required"),
        default: reader.word("default").and_then(Json::scalar),
        from: reader.word("from").map(|_| reader.pointer("from")),
        is: reader.choice("is", KNOWNS),
    }
}

fn read_part(reader: &Words) -> Part {
    let inside = |word: &'static str, usual: &str| {
        if reader.word(word).is_some() { reader.pointer(word) } else { usual.to_owned() }
    };
    Part {
        at: reader.pointer("at"),
        name: inside("name", "/name"),
        success: inside("success", "/success"),
        message: inside("message", "/message"),
    }
}

fn read_call(reader: &Words, refusal: &Refusal, settings: &[Setting]) -> Call {
    let method = reader.required("method");
    const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    if !method.is_empty() && !METHODS.contains(&method.as_str()) {
        reader.strange::<()>("method", "", &method, &|| METHODS.to_vec());
    }
    let known = |reader: &Words, name: &str, place: Place| {
        if PROVES && !settings.iter().any(|setting| setting.name == name) {
            reader.strange::<()>(place, "the setting ", name, &|| {
                settings.iter().map(|setting| setting.name.as_str()).gather()
            });
        }
    };
    let path = reader.required("path");
    let mut query = Vec::new();
    for (place, pair) in reader.list("query") {
        match pair.items() {
            [Json::Text(name), Json::Text(value)] => {
                placeholders(value, &mut |name| known(reader, name, place));
                query.push((name.clone(), value.clone()));
            }
            _ => reader.mistake(place, "this must be a name and a value"),
        }
    }
    placeholders(&path, &mut |name| known(reader, name, "path".into()));
    let with = reader.each("with", &|entry| {
        let name = entry.required("setting");
        known(entry, &name, "setting".into());
        (name, entry.pointer("at"))
    });
    let (record, items, link) = (
        reader.optional_pointer("record"),
        reader.optional_pointer("items"),
        reader.optional_pointer("link"),
    );
    let files = reader.word("files").map(|json| {
        let files = reader.below("files", json);
        let path = files.required("path");
        placeholders(&path, &mut |name| known(&files, name, "path".into()));
        (path, files.required("part"))
    });
    Call {
        changes: reader.choice("sends", &[("whole", false), ("changes", true)]).unwrap_or(false),
        without: reader.pointers("without"),
        files,
        repeatable: reader.optional_flag("repeatable").unwrap_or(method == "GET"),
        path,
        query,
        with,
        max_bytes: reader.count("max_bytes"),
        timeout: reader.number("timeout").unwrap_or(30.0),
        gives: match reader.choice("gives", &[("nothing", 0), ("record", 1), ("list", 2), ("link", 3)]) {
            Some(1) => Gives::Record(record),
            Some(2) => Gives::List(items),
            Some(3) => Gives::Link(link),
            _ => Gives::Nothing,
        },
        refusal: reader
            .word("refusal")
            .map_or_else(|| refusal.clone(), |json| read_refusal(&reader.below("refusal", json))),
        method,
    }
}

fn read_refusal(reader: &Words) -> Refusal {
    let each = reader.word("each").map(|json| {
        let each = reader.below("each", json);
        [each.pointer("list"), each.pointer("field"), each.pointer("message")]
    });
    let about = reader.each("about", &|about| (about.required("contains"), about.required("field")));
    let status = reader.word("status").map(|_| reader.pointer("status"));
    Refusal { message: reader.pointers("message"), status, each, about, text: reader.flag("text") }
}
