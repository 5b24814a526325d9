//! Reads a connection type and its fields, word by word. What it inherits is filled in before.

use jackfield_redact::is_secret_name;

use crate::base::text::{Gather, replaced};
use crate::decode::condition::{cases, condition};
use crate::decode::connection_strings::read_strings;
use crate::descriptor::api::KEEPS;
use crate::descriptor::condition::Condition;
use crate::descriptor::connection_type::{Field, KINDS, Kind, LAWS, Law, Rule, Type};
use crate::descriptor::encoding::{AS, As, BLANKS, CLEANS, HIDDENS, Policy};
use crate::descriptor::format::{FORMATS, Format};
use crate::json::decoder::{Mistakes, PROVES, Place, Words, words};
use crate::json::{Json, escape, segments};

const LEVELS: &[(&str, bool)] = &[("error", false), ("warning", true)];

impl Type {
    /// Reads a type whose `like`, `use` and `per` are resolved.
    pub fn read(json: &Json, mistakes: &Mistakes) -> Type {
        let id = json.get("id").and_then(Json::as_str).unwrap_or("type").to_owned();
        let reader = Words::new(json, &id, "", mistakes);
        reader.shown(&["id", "title"], &["$schema", "docs", "help", "icon", "since"]);
        if PROVES {
            reader.texts("synonyms");
            reader.flag("hidden");
        }
        let (mut fields, mut rules) = (Vec::new(), Vec::new());
        for (place, json) in reader.list("sections") {
            let section = reader.below(place, json);
            section.shown(&["title"], &["help"]);
            section.allow("advanced");
            if PROVES {
                section.flag("advanced");
            }
            let shown = condition(&section, "shown", true);
            for (place, json) in section.list("fields") {
                let mut field = read_field(&section.below(place, json), false);
                field.shown = shown.clone().and(field.shown);
                fields.push(field);
            }
            for mut rule in section.each("rules", &read_rule) {
                rule.when = shown.clone().and(rule.when);
                rules.push(rule);
            }
        }
        rules.append(&mut reader.each("rules", &read_rule));
        let then = reader.word("then").map(|json| {
            let then = reader.below("then", json);
            then.choice("operation", &[("authorize", ())]);
            then.shown(&[], &["help"]);
            then.required("label")
        });
        let base = reader.word("base").cloned().unwrap_or(Json::Map(Vec::new()));
        if !matches!(base, Json::Map(_)) {
            reader.mistake("base", "this must be an object");
        }
        let filled = read_strings(&reader);
        let kind = Type { id: id.clone(), named: reader.texts("named"), base, fields, rules, then, filled };
        kind.with_claims()
    }

    /// Tells each map what the rest of the type claims of its members, and each field what shares its place.
    fn with_claims(mut self) -> Type {
        let mut all = Vec::new();
        for map in &self.fields {
            let mut claimed = Vec::new();
            for field in self
                .fields
                .iter()
                .filter(|field| map.has_keys() && field.writes != As::Others && field.id != map.id)
            {
                let read = if field.is_covered() { &field.read[..] } else { &[] };
                for places in [&field.at, &field.alias, &field.also, read] {
                    for rest in places
                        .iter()
                        .filter_map(|place| place.strip_prefix(map.place()))
                        .filter(|rest| rest.starts_with('/'))
                    {
                        if let Some(name) = segments(rest).next() {
                            claimed.push(name);
                        }
                    }
                }
            }
            for (name, _) in
                self.base.at(map.place()).filter(|_| map.has_keys()).map(Json::members).unwrap_or_default()
            {
                claimed.push(name.clone());
            }
            all.push(claimed);
        }
        let mut rivals = Vec::new();
        for one in &self.fields {
            rivals.push(
                self.fields
                    .iter()
                    .enumerate()
                    .filter(|(_, two)| one.is_rival(two))
                    .map(|(place, _)| place)
                    .gather(),
            );
        }
        for ((map, claimed), rivals) in self.fields.iter_mut().zip(all).zip(rivals) {
            (map.claimed, map.rivals) = (claimed, rivals);
        }
        self
    }
}

fn read_rule(reader: &Words) -> Rule {
    let mut found = Vec::new();
    for (word, law) in LAWS {
        if reader.word(word).is_some() {
            found.push((*law, reader.texts(word)));
        }
    }
    let (law, of) = match found.len() {
        0 => (Law::Never, Vec::new()),
        1 => found.remove(0),
        _ => reader
            .wrong("", "a rule is one of exactly_one, at_least_one, together and not_above")
            .unwrap_or((Law::Never, Vec::new())),
    };
    let never = law == Law::Never;
    if !never && of.len() < 2 || law == Law::NotAbove && of.len() != 2 {
        reader.mistake("", "a rule is about two fields or more, and not_above about two");
    }
    Rule {
        when: condition(reader, "when", !never),
        law,
        of,
        field: if never { Some(reader.required("field")) } else { reader.optional("field") },
        warning: reader.choice("level", LEVELS).unwrap_or(false),
        say: reader.required("say"),
    }
}

/// A column is a field that neither depends on others nor has a place of its own.
fn read_field(reader: &Words, column: bool) -> Field {
    let id = reader.required("id");
    let kind = reader.choice("kind", KINDS).unwrap_or(Kind::Text);
    reader.shown(&["label"], &["help", "docs", "unit", "autocomplete", "row"]);
    if PROVES {
        reader.flag("lines");
        reader.texts("suggest");
    }
    let options: Vec<String> =
        reader.list("options").map(|(place, json)| read_option(reader, place, json)).gather();
    if matches!(kind, Kind::Choice | Kind::Choices) == options.is_empty() {
        reader.mistake("options", "a choice has options, and nothing else has");
    }
    let clean = |word: String| match CLEANS.iter().find(|(name, _)| *name == word) {
        Some((_, clean)) => Some(*clean),
        None => reader.strange("clean", "", &word, &|| words(CLEANS)),
    };
    let marked = reader.optional_flag("secret");
    let secret = kind == Kind::Secret || marked == Some(true);
    if secret && !matches!(kind, Kind::Secret | Kind::Json | Kind::Text) {
        reader.mistake("secret", "only a text or JSON can be a secret");
    }
    if !secret && marked.is_none() && matches!(kind, Kind::Text | Kind::Json) && is_secret_name(&id) {
        reader.mistake("", "this looks like a secret: make it one, or write “secret”: false");
    }
    let usual = ["/", &replaced(&escape(&id), ".", "/")].concat();
    reader.judge_pointer("id", &usual);
    let mut field = Field {
        at: vec![usual.clone()],
        id,
        kind,
        secret,
        default: cases(reader, "default"),
        follows: None,
        placeholder: cases(reader, "placeholder"),
        shown: Condition::Always(true),
        enabled: Condition::Always(true),
        required: Condition::Always(false),
        excused: Condition::Always(false),
        options,
        minimum: reader.number("minimum"),
        maximum: reader.number("maximum"),
        special: reader.each("special", &read_special).into_iter().flatten().gather(),
        min_length: reader.count("min_length"),
        max_length: reader.count("max_length"),
        starts: reader.texts("starts"),
        ends: reader.texts("ends"),
        ignore_case: reader.flag("ignore_case"),
        format: formats(reader),
        clean: reader.texts("clean").into_iter().filter_map(clean).gather(),
        alias: Vec::new(),
        read: Vec::new(),
        also: Vec::new(),
        rivals: Vec::new(),
        claimed: Vec::new(),
        prefix: String::new(),
        template: None,
        order: None,
        switch: None,
        fill: false,
        writes: reader.choice("as", AS).unwrap_or(As::Plain),
        send_default: true,
        blank: reader.choice("blank", BLANKS).unwrap_or(Policy::Omit),
        hidden: Policy::Omit,
        infer: Vec::new(),
        columns: Vec::new(),
        preset: Json::Null,
        required_keys: Vec::new(),
        min_rows: 0,
        max_rows: None,
        accept: Vec::new(),
        part: None,
        keep: None,
        stored: None,
        lasting: false,
        sent_to: Vec::new(),
        max_bytes: None,
        warning: reader.choice("level", LEVELS).unwrap_or(false),
    };
    if column {
        field.required = Condition::Always(reader.flag("required"));
        if matches!(kind, Kind::Choices | Kind::Rows | Kind::File) {
            reader.mistake("kind", "a column is a text, secret, integer, number, toggle, choice or json");
        }
        return field;
    }
    field.shown = condition(reader, "shown", true);
    field.enabled = condition(reader, "enabled", true);
    field.required = condition(reader, "required", false);
    field.excused = condition(reader, "excused", false);
    field.follows = reader.optional("follows");
    field.alias = reader.pointers("alias");
    field.read = reader.pointers("read");
    field.also = reader.pointers("also");
    field.send_default = reader.optional_flag("send_default").unwrap_or(true);
    field.required_keys = reader.texts("required_keys");
    field.prefix = reader.text("prefix");
    field.template = Some(field.prefix.clone()).filter(|prefix| prefix.contains('{'));
    field.order = reader.word("order").map(|_| reader.pointer("order"));
    field.fill = reader.flag("fill");
    let switch = reader.optional("switch");
    field.preset = reader.word("preset").cloned().unwrap_or_default();
    field.hidden = reader.choice("hidden", HIDDENS).unwrap_or(Policy::Omit);
    field.infer = cases(reader, "infer");
    field.columns = reader.each("columns", &|column| read_field(column, true));
    field.min_rows = reader.count("min_rows").unwrap_or(0);
    field.max_rows = reader.count("max_rows");
    field.accept = reader.texts("accept");
    field.part = reader.optional("part");
    field.keep = reader.choice("secrets", KEEPS);
    field.stored = reader.word("stored").map(|_| reader.pointer("stored"));
    field.lasting = reader.flag("lasting");
    field.sent_to = reader.texts("sent_to");
    field.max_bytes = reader.count("max_bytes");
    match reader.word("at") {
        None => {}
        Some(Json::Null) => field.at.clear(),
        Some(Json::Text(_)) if field.writes == As::Others => field.at = vec![reader.optional_pointer("at")],
        Some(Json::Text(_)) => field.at = vec![reader.pointer("at")],
        Some(_) => field.at = reader.pointers("at"),
    }
    if field.part.is_some() {
        field.at.clear();
    }
    if field.has_keys() && field.at.is_empty() {
        reader.mistake("at", "a map has a place: its rows are the members of what stands there");
        field.at = vec![usual];
    }
    if field.part.is_some() && kind != Kind::File {
        reader.mistake("part", "only a file goes into a part");
    }
    let covered = field.is_covered() || field.columns.iter().any(|column| column.secret);
    if !covered && (field.keep.is_some() || field.stored.is_some() || !field.sent_to.is_empty()) {
        reader.mistake("", "only a secret is kept unseen");
    }
    if (kind == Kind::Rows) == field.columns.is_empty() {
        reader.mistake("columns", "rows have columns, and nothing else has");
    }
    if field.writes == As::Pairs && !["key", "value"].iter().eq(field.columns.iter().map(|column| &column.id))
    {
        reader.mistake("columns", "pairs have the columns “key” and “value”");
    }
    if matches!(field.writes, As::Map | As::Others)
        && !matches!(&field.columns[..], [Field { kind: Kind::Text, .. }, _, ..])
    {
        reader.mistake("columns", "a map has two columns or more, and the first is a text: the name");
    }
    if field.writes == As::Json && kind != Kind::Choice {
        reader.mistake("as", "only a choice is written as the JSON that its options write");
    }
    field.switch = switch.as_ref().and_then(|id| {
        field.columns.iter().position(|column| column.id == *id && column.kind == Kind::Toggle)
    });
    if switch.is_some() && (field.switch.unwrap_or(0) == 0 || !field.has_keys()) {
        reader.mistake("switch", "this must be a column of kind toggle in a map, after the name");
    }
    if !field.has_keys() && (!field.prefix.is_empty() || field.order.is_some()) {
        reader.mistake("", "only a map has a prefix and an order");
    }
    if !field.required_keys.is_empty() && !matches!(field.writes, As::Map | As::Pairs) {
        reader.mistake("required_keys", "only a map has keys");
    }
    if !field.at.is_empty() && !field.infer.is_empty() {
        reader.mistake("infer", "only a field with “at”: null is inferred");
    }
    field
}

/// A number and what it means.
fn read_special(reader: &Words) -> Option<f64> {
    reader.shown(&["label"], &[]);
    reader.number("value").or_else(|| reader.wrong("value", "this must be a number"))
}

/// One format for all, or cases.
fn formats(reader: &Words) -> Vec<(Condition, &'static Format)> {
    let named = |word: &str| {
        let known = FORMATS.iter().find(|format| format.word == word);
        known.or_else(|| {
            reader.strange("format", "", word, &|| FORMATS.iter().map(|format| format.word).gather())
        })
    };
    let mut formats = Vec::new();
    for case in cases(reader, "format") {
        if let Some(format) = named(case.value.as_str().unwrap_or_default()) {
            formats.push((case.when, format));
        }
    }
    formats
}

fn read_option<'a>(reader: &Words<'a>, place: Place, json: &'a Json) -> String {
    match json {
        Json::Text(value) => value.clone(),
        _ => {
            let option = reader.below(place, json);
            option.shown(&[], &["label", "help"]);
            option.optional("value").unwrap_or_default()
        }
    }
}
