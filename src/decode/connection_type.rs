//! Reads a connection type and its fields, word by word. What it inherits is filled in before.

use crate::base::text::CollectVec;
use crate::decode::condition::condition;
use crate::decode::connection_strings::read_strings;
use crate::decode::field::{LEVELS, read_field};
use crate::descriptor::connection_type::{ConnectionType, RULE_KINDS, Rule, RuleKind};
use crate::descriptor::encoding::Encoding;
use crate::json::decoder::{BundleDecoder, REPORT};
use crate::json::diagnostic::Diagnostics;
use crate::json::{Json, segments};

impl ConnectionType {
    /// Reads a type whose `like`, `use` and `per` are resolved.
    pub fn read(json: &Json, diagnostics: &Diagnostics) -> ConnectionType {
        let id = json.get("id").and_then(Json::as_str).unwrap_or("type").to_owned();
        let decoder = BundleDecoder::new(json, &id, "", diagnostics);
        decoder.page_texts(&["id", "title"], &["$schema", "docs", "help", "icon", "since"]);
        if REPORT {
            decoder.texts("synonyms");
            decoder.flag("hidden");
        }
        let (mut fields, mut rules) = (Vec::new(), Vec::new());
        for (location, json) in decoder.list("sections") {
            let section = decoder.below(location, json);
            section.page_texts(&["title"], &["help"]);
            section.skip("advanced");
            if REPORT {
                section.flag("advanced");
            }
            let shown = condition(&section, "shown", true);
            for (location, json) in section.list("fields") {
                let mut field = read_field(&section.below(location, json), false);
                field.shown = shown.clone().and(field.shown);
                fields.push(field);
            }
            for mut rule in section.each("rules", &read_rule) {
                rule.when = shown.clone().and(rule.when);
                rules.push(rule);
            }
        }
        rules.append(&mut decoder.each("rules", &read_rule));
        let then = decoder.get("then").map(|json| {
            let then = decoder.below("then", json);
            then.choice("operation", &[("authorize", ())]);
            then.page_texts(&[], &["help"]);
            then.required("label")
        });
        let base = decoder.get("base").cloned().unwrap_or(Json::Map(Vec::new()));
        if !matches!(base, Json::Map(_)) {
            decoder.report("base", "this must be an object");
        }
        let filled = read_strings(&decoder);
        let kind = ConnectionType {
            id: id.clone(),
            named: decoder.texts("named"),
            base,
            fields,
            rules,
            then,
            filled,
        };
        kind.with_reserved_names()
    }

    /// Tells each map what the rest of the type claims of its members, and each field what shares its place.
    fn with_reserved_names(mut self) -> ConnectionType {
        let mut all = Vec::new();
        for map in &self.fields {
            let mut claimed = Vec::new();
            for field in self
                .fields
                .iter()
                .filter(|field| map.has_keys() && field.writes != Encoding::Others && field.id != map.id)
            {
                let read = if field.is_confidential() { &field.read[..] } else { &[] };
                for pointers in [&field.at, &field.alias, &field.also, read] {
                    for rest in pointers
                        .iter()
                        .filter_map(|location| location.strip_prefix(map.pointer()))
                        .filter(|rest| rest.starts_with('/'))
                    {
                        if let Some(name) = segments(rest).next() {
                            claimed.push(name);
                        }
                    }
                }
            }
            for (name, _) in
                self.base.at(map.pointer()).filter(|_| map.has_keys()).map(Json::members).unwrap_or_default()
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
                    .filter(|(_, two)| one.is_rival_of(two))
                    .map(|(location, _)| location)
                    .collect_vec(),
            );
        }
        for ((map, claimed), rivals) in self.fields.iter_mut().zip(all).zip(rivals) {
            (map.reserved_names, map.rivals) = (claimed, rivals);
        }
        self
    }
}

fn read_rule(decoder: &BundleDecoder) -> Rule {
    let mut found = Vec::new();
    for (word, kind) in RULE_KINDS {
        if decoder.get(word).is_some() {
            found.push((*kind, decoder.texts(word)));
        }
    }
    let (kind, of) = match found.len() {
        0 => (RuleKind::Never, Vec::new()),
        1 => found.remove(0),
        _ => decoder
            .error("", "a rule is one of exactly_one, at_least_one, together and not_above")
            .unwrap_or((RuleKind::Never, Vec::new())),
    };
    let never = kind == RuleKind::Never;
    if !never && of.len() < 2 || kind == RuleKind::NotAbove && of.len() != 2 {
        decoder.report("", "a rule is about two fields or more, and not_above about two");
    }
    Rule {
        when: condition(decoder, "when", !never),
        kind,
        of,
        field: if never { Some(decoder.required("field")) } else { decoder.optional("field") },
        warning: decoder.choice("level", LEVELS).unwrap_or(false),
        say: decoder.required("say"),
    }
}
