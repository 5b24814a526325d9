//! Reads a documented API, word by word.

use crate::descriptor::{Api, Call, Gives, KEEPS, Keep, OPERATIONS, Part, Refusal, Setting, placeholders};
use crate::json::Json;
use crate::reader::{Mistakes, Reader, unknown, words};

impl Api {
    pub fn read(json: &Json, mistakes: &Mistakes) -> Api {
        let reader = Reader::new(json, "api", "", mistakes);
        for word in ["$schema", "title", "docs", "sections"] {
            reader.word(word);
        }
        reader.required("title");
        let refusal = reader.word("refusal").map(|json| read_refusal(&reader.below("refusal", json))).unwrap_or_default();
        let settings: Vec<Setting> = reader.list("settings").map(|(place, json)| read_setting(&reader.below(&place, json))).collect();
        let (record_id, record_name, as_sent) = match reader.word("record") {
            Some(json) => {
                let record = reader.below("record", json);
                (record.pointer("id"), record.pointer("name"), record.flag("as_sent"))
            }
            None => (String::new(), String::new(), false),
        };
        let success = reader.list("success").map(|(place, json)| {
            let sign = reader.below(&place, json);
            (sign.pointer("at"), sign.word("is").cloned().unwrap_or_default())
        });
        let success = success.collect();
        let parts = reader.list("parts").map(|(place, json)| read_part(&reader.below(&place, json))).collect();
        let mut calls = Vec::new();
        for (place, name, json) in reader.entries("operations") {
            match OPERATIONS.iter().find(|(word, _)| *word == name) {
                Some((_, operation)) => calls.push((*operation, read_call(&reader.below(&place, json), &refusal, &settings))),
                None => reader.mistake(&place, &unknown(name, &words(OPERATIONS))),
            }
        }
        Api {
            id: reader.required("id"),
            bearer: reader.choice("auth", &[("none", false), ("bearer", true)]).unwrap_or(false),
            identify: reader.pointers("identify"),
            never_sent: reader.pointers("never_sent"),
            keep: reader.choice("secrets", KEEPS).unwrap_or(Keep::Echo),
            success,
            parts,
            settings,
            record_id,
            record_name,
            as_sent,
            calls,
        }
    }
}

fn read_setting(reader: &Reader) -> Setting {
    reader.required("label");
    reader.optional("help");
    Setting {
        name: reader.required("id"),
        integer: reader.choice("kind", &[("text", false), ("integer", true)]).unwrap_or(false),
        required: reader.flag("required"),
        default: reader.word("default").and_then(Json::scalar),
        from: reader.word("from").map(|_| reader.pointer("from")),
        is_type: reader.choice("is", &[("type", true)]).unwrap_or(false),
    }
}

fn read_part(reader: &Reader) -> Part {
    let inside = |word: &'static str, usual: &str| if reader.word(word).is_some() { reader.pointer(word) } else { usual.to_owned() };
    Part { at: reader.pointer("at"), name: inside("name", "/name"), success: inside("success", "/success"), message: inside("message", "/message") }
}

fn read_call(reader: &Reader, refusal: &Refusal, settings: &[Setting]) -> Call {
    let method = reader.required("method");
    if !["GET", "POST", "PUT", "PATCH", "DELETE", ""].contains(&method.as_str()) {
        reader.mistake("method", &unknown(&method, &["GET", "POST", "PUT", "PATCH", "DELETE"]));
    }
    let known = |name: &str, place: &str| {
        if !settings.iter().any(|setting| setting.name == name) {
            let names: Vec<&str> = settings.iter().map(|setting| setting.name.as_str()).collect();
            reader.mistake(place, &["the setting ", &unknown(name, &names)].concat());
        }
    };
    let path = reader.required("path");
    let mut query = Vec::new();
    for (place, pair) in reader.list("query") {
        match pair.items() {
            [Json::Text(name), Json::Text(value)] => {
                placeholders(value, &mut |name| known(name, &place));
                query.push((name.clone(), value.clone()));
            }
            _ => reader.mistake(&place, "this must be a name and a value"),
        }
    }
    placeholders(&path, &mut |name| known(name, "path"));
    let with = reader.list("with").map(|(place, json)| {
        let entry = reader.below(&place, json);
        let name = entry.required("setting");
        known(&name, &[&place, "/setting"].concat());
        (name, entry.pointer("at"))
    });
    let with = with.collect();
    let (record, items, link) = (reader.optional_pointer("record"), reader.optional_pointer("items"), reader.optional_pointer("link"));
    Call {
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
        refusal: reader.word("refusal").map_or_else(|| refusal.clone(), |json| read_refusal(&reader.below("refusal", json))),
        method,
    }
}

fn read_refusal(reader: &Reader) -> Refusal {
    let each = reader.word("each").map(|json| {
        let each = reader.below("each", json);
        [each.pointer("list"), each.pointer("field"), each.pointer("message")]
    });
    let about = reader.list("about").map(|(place, json)| {
        let about = reader.below(&place, json);
        (about.required("contains"), about.required("field"))
    });
    let about = about.collect();
    Refusal { message: reader.pointers("message"), each, about, text: reader.flag("text") }
}
