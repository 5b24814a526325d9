//! What no single word of a descriptor shows: words that do not fit together.

use crate::base::text::join;
use crate::descriptor::api::OPERATIONS;
use crate::descriptor::condition::Condition;
use crate::descriptor::connection_type::{ConnectionType, Field, FieldKind, placeholders};
use crate::descriptor::value::Value;
use crate::fields::evaluate;
use crate::fields::validate::validate_field;
use crate::json::Json;
use crate::json::decoder::Decoder;
use crate::json::diagnostic::{Diagnostics, names_of, unknown_name};

/// Notes what does not fit together in a type that was read from this JSON.
pub fn lint(ty: &ConnectionType, json: &Json, diagnostics: &Diagnostics) {
    let whole = Decoder::reporting(json, &ty.id, "", diagnostics);
    json.members().iter().for_each(|(word, _)| whole.skip(word));
    let ids: Vec<&str> = ty.fields.iter().map(|field| field.id.as_str()).collect();
    let pointers = pointers(json, "fields");
    let known = |id: &str, pointer: &str| {
        let (field, row) = evaluate::split_reference(id);
        match ty.field(field) {
            None => whole.report(pointer, &["the field ", &unknown_name(field, &ids)].concat()),
            Some(found) if row.is_some() && found.value_column().is_none() => {
                whole.report(
                    pointer,
                    &["“", field, "” is no map with one value in a row, so no row of it can be named"]
                        .concat(),
                );
            }
            Some(_) => {}
        }
    };
    for (index, (field, pointer)) in ty.fields.iter().zip(&pointers).enumerate() {
        if ids.iter().take(index).any(|id| *id == field.id) {
            whole.report(&[pointer, "/id"].concat(), "two fields have this id");
        }
        let asks = |word: &str, condition: &Condition| {
            condition.fields(&mut |id| known(id, &[pointer, "/", word].concat()))
        };
        for (word, condition) in [
            ("shown", &field.shown),
            ("enabled", &field.enabled),
            ("required", &field.required),
            ("excused", &field.excused),
        ] {
            asks(word, condition);
        }
        for (word, cases) in
            [("default", &field.default), ("placeholder", &field.placeholder), ("infer", &field.infer)]
        {
            cases.iter().for_each(|case| asks(word, &case.when));
        }
        field.format.iter().for_each(|(when, _)| asks("format", when));
        field.follows.iter().for_each(|id| known(id, &[pointer, "/follows"].concat()));
        field.sent_to.iter().for_each(|id| known(id, &[pointer, "/sent_to"].concat()));
        placeholders(field.template.as_deref().unwrap_or_default(), &mut |id| {
            known(id, &[pointer, "/prefix"].concat())
        });
        for column in &field.columns {
            let columns: Vec<&str> = field.columns.iter().map(|column| column.id.as_str()).collect();
            let mut known = |id: &str| {
                if !columns.contains(&id) {
                    whole.report(
                        &[pointer, "/columns"].concat(),
                        &["the column ", &unknown_name(id, &columns)].concat(),
                    );
                }
            };
            column.format.iter().for_each(|(when, _)| when.fields(&mut known));
        }
        if field.preset != Json::Null
            && (field.kind != FieldKind::Rows || evaluate::read_value(field, &field.preset).is_none())
        {
            whole.report(&[pointer, "/preset"].concat(), "this is no list of rows with these columns");
        }
        for case in &field.default {
            if let Some(text) = misfit("default", field, &case.value) {
                whole.report(&[pointer, "/default"].concat(), &text);
            }
        }
        for case in &field.infer {
            if evaluate::read_value(field, &case.value)
                .is_none_or(|value| matches!(&value, Value::Text(text) if !field.options.contains(text)))
            {
                whole.report(&[pointer, "/infer"].concat(), "this is no value of the field");
            }
        }
        for other in
            field.rivals.iter().filter(|other| **other < index).filter_map(|other| ty.fields.get(*other))
        {
            if !told_apart(ty, &field.shown, &other.shown) {
                let text = [
                    "“",
                    &other.id,
                    "” stands there too, and one of them is a secret: show each by values of its own of one field",
                ];
                whole.report(pointer, &text.concat());
            }
        }
        for (number, column) in field.columns.iter().enumerate() {
            for other in field
                .columns
                .iter()
                .take(number)
                .filter(|other| other.id == column.id || column.is_rival_of(other))
            {
                let text = ["the column “", &column.id, "” stands where “", &other.id, "” does"].concat();
                whole.report(&[pointer, "/columns/", &number.to_string()].concat(), &text);
            }
        }
        for at in &field.at {
            // Two fields may share a place when a condition tells them apart.
            let twin = ty.fields.iter().take(index).find(|other| {
                let always = |condition: &Condition| matches!(condition, Condition::Always(true));
                other.at.contains(at) && (always(&other.shown) || always(&field.shown))
            });
            if let Some(twin) = twin {
                whole.report(pointer, &["“", &twin.id, "” is written at ", at, " too"].concat());
            }
        }
    }
    for filling in &ty.filled {
        known(&filling.field, &filling.pointer);
        if let Some(text) = ty
            .field(&filling.field)
            .zip(filling.value.as_ref())
            .and_then(|(field, value)| misfit("value", field, value))
        {
            whole.report(&filling.pointer, &text);
        }
    }
    let own = json.get("rules").map(Json::items).unwrap_or_default().len();
    let rules = self::pointers(json, "rules")
        .into_iter()
        .chain((0..own).map(|index| ["rules/", &index.to_string()].concat()));
    for (rule, pointer) in ty.rules.iter().zip(rules) {
        rule.field.iter().for_each(|id| known(id, &[&pointer, "/field"].concat()));
        rule.of.iter().for_each(|id| known(id, &pointer));
        rule.when.fields(&mut |id| known(id, &[&pointer, "/when"].concat()));
    }
    if let Err(circle) = evaluate::order(ty) {
        whole.report("", &["these fields depend on each other in a circle: ", &join(&circle, ", ")].concat());
    }
}

/// Whether two conditions never hold at once, since they want different values of one field.
fn told_apart(ty: &ConnectionType, one: &Condition, two: &Condition) -> bool {
    let (mut ones, mut twos) = (Vec::new(), Vec::new());
    wants(one, &mut ones);
    wants(two, &mut twos);
    ones.iter().any(|(field, wanted)| {
        // Several of a choice can be chosen at once.
        let single = ty
            .field(evaluate::split_reference(field).0)
            .is_some_and(|field| field.kind != FieldKind::Choices);
        let disjoint = |others: &[Option<String>]| !wanted.iter().any(|want| others.contains(want));
        single && twos.iter().any(|(other, others)| other == field && disjoint(others))
    })
}

/// The fields of which a condition wants certain values, with those values as texts.
fn wants<'c>(condition: &'c Condition, found: &mut Vec<(&'c str, Vec<Option<String>>)>) {
    match condition {
        Condition::Is(field, want) => found.push((field, vec![want.scalar()])),
        Condition::In(field, values) => found.push((field, values.iter().map(Json::scalar).collect())),
        Condition::All(inner) => inner.iter().for_each(|condition| wants(condition, found)),
        _ => {}
    }
}

/// The sentence about a value that its field would not take; `what` it is.
fn misfit(what: &str, field: &Field, value: &Json) -> Option<String> {
    let Some(value) = evaluate::read_value(field, value) else {
        return Some(["this ", what, " has the wrong shape for its kind"].concat());
    };
    let mut faults = Vec::new();
    validate_field(field, &value, false, &|_| &Value::Empty, &mut faults);
    faults
        .first()
        .map(|fault| ["this ", what, " breaks the field's own rule “", fault.code.as_str(), "”"].concat())
}

/// Notes what is laid over for an operation that does not exist; laying over would pass it by in silence.
pub fn known_operations(json: &Json, id: &str, diagnostics: &Diagnostics) {
    let fields = pointers(json, "fields")
        .into_iter()
        .filter_map(|pointer| Some((json.at(&["/", &pointer].concat())?, ["/", &pointer].concat())));
    for (json, pointer) in fields.chain([(json, String::new())]) {
        let decoder = Decoder::reporting(json, id, &pointer, diagnostics);
        json.members().iter().for_each(|(word, _)| decoder.skip(word));
        for (pointer, name, patch) in decoder.entries("per") {
            if !OPERATIONS.iter().any(|(word, _)| *word == name) {
                decoder.unknown::<()>(pointer, "", name, &|| names_of(OPERATIONS));
            } else if !matches!(patch, Json::Map(_) | Json::Null) {
                decoder.report(pointer, "this must be an object, or null");
            }
        }
    }
}

/// Where each field, or each rule of a section, stands, in the order of the type.
fn pointers(json: &Json, word: &str) -> Vec<String> {
    let sections = json.get("sections").map(Json::items).unwrap_or_default().iter().enumerate();
    let fields = |(s, section): (usize, &Json)| {
        let count = section.get(word).map(Json::items).unwrap_or_default().len();
        (0..count).map(move |f| ["sections/", &s.to_string(), "/", word, "/", &f.to_string()].concat())
    };
    sections.flat_map(fields).collect()
}
