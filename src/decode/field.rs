//! Reads a field, or a column of rows.

use jackfield_redact::is_secret_name;

use crate::base::text::{CollectVec, has_byte, replace_all};
use crate::decode::condition::{cases, condition};
use crate::descriptor::api::STORED_SECRET_POLICIES;
use crate::descriptor::condition::Condition;
use crate::descriptor::connection_type::{FIELD_KINDS, Field, FieldKind};
use crate::descriptor::encoding::{BLANK_POLICIES, ENCODINGS, Encoding, HIDDEN_POLICIES, NORMALIZERS};
use crate::descriptor::format::{FORMATS, Format};
use crate::json::decoder::{BundleDecoder, Location, REPORT};
use crate::json::diagnostic::names_of;
use crate::json::{Json, escape};

/// Whether what is broken only warns.
pub const LEVELS: &[(&str, bool)] = &[("error", false), ("warning", true)];

/// A column is a field that neither depends on others nor has a place of its own.
pub fn read_field(decoder: &BundleDecoder, is_column: bool) -> Field {
    let mut field = Field::default();
    read_value_words(decoder, &mut field);
    check_secret(decoder, &field);
    let usual = ["/", &replace_all(&escape(&field.id), ".", "/")].concat();
    decoder.check_pointer("id", &usual);
    field.at = vec![usual];
    if is_column {
        field.shown = Condition::Always(true);
        field.enabled = Condition::Always(true);
        field.required = Condition::Always(decoder.flag("required"));
        if matches!(field.kind, FieldKind::Choices | FieldKind::Rows | FieldKind::File) {
            decoder.report("kind", "a column is a text, secret, integer, number, toggle, choice or json");
        }
        return field;
    }
    read_conditions(decoder, &mut field);
    read_rows(decoder, &mut field);
    read_file_and_secret(decoder, &mut field);
    read_pointers(decoder, &mut field);
    check_field(decoder, &field);
    field
}

/// What a value of a field, or of a column, can be.
fn read_value_words(decoder: &BundleDecoder, field: &mut Field) {
    let id = decoder.required("id");
    let kind = decoder.choice("kind", FIELD_KINDS).unwrap_or_default();
    decoder.page_texts(&["label"], &["help", "docs", "unit", "autocomplete", "row"]);
    if REPORT {
        decoder.flag("lines");
        decoder.texts("suggest");
    }
    let normalizer = |word: String| match NORMALIZERS.iter().find(|(name, _)| *name == word) {
        Some((_, normalizer)) => Some(*normalizer),
        None => decoder.unknown("clean", "", &word, &|| names_of(NORMALIZERS)),
    };
    field.id = id;
    field.kind = kind;
    field.secret = kind == FieldKind::Secret || decoder.flag("secret");
    field.default = cases(decoder, "default");
    field.placeholder = cases(decoder, "placeholder");
    field.options =
        decoder.list("options").map(|(location, json)| read_option(decoder, location, json)).collect_vec();
    field.minimum = decoder.number("minimum");
    field.maximum = decoder.number("maximum");
    field.special = decoder.each("special", &read_special).into_iter().flatten().collect_vec();
    field.min_length = decoder.count("min_length");
    field.max_length = decoder.count("max_length");
    field.starts = decoder.texts("starts");
    field.ends = decoder.texts("ends");
    field.ignore_case = decoder.flag("ignore_case");
    field.format = formats(decoder);
    field.clean = decoder.texts("clean").into_iter().filter_map(normalizer).collect_vec();
    field.writes = decoder.choice("as", ENCODINGS).unwrap_or_default();
    field.send_default = true;
    field.blank = decoder.choice("blank", BLANK_POLICIES).unwrap_or_default();
    field.warning = decoder.choice("level", LEVELS).unwrap_or(false);
}

/// When the field is there, and what it holds then.
fn read_conditions(decoder: &BundleDecoder, field: &mut Field) {
    field.shown = condition(decoder, "shown", true);
    field.enabled = condition(decoder, "enabled", true);
    field.required = condition(decoder, "required", false);
    field.excused = condition(decoder, "excused", false);
    field.follows = decoder.optional("follows");
    field.infer = cases(decoder, "infer");
    field.hidden = decoder.choice("hidden", HIDDEN_POLICIES).unwrap_or_default();
    field.send_default = decoder.optional_flag("send_default").unwrap_or(true);
    field.fill = decoder.flag("fill");
}

fn read_rows(decoder: &BundleDecoder, field: &mut Field) {
    field.columns = decoder.each("columns", &|column| read_field(column, true));
    field.preset = decoder.get("preset").cloned().unwrap_or_default();
    field.required_keys = decoder.texts("required_keys");
    field.min_rows = decoder.count("min_rows").unwrap_or(0);
    field.max_rows = decoder.count("max_rows");
    field.prefix = decoder.text("prefix");
    field.template = Some(field.prefix.clone()).filter(|prefix| has_byte(prefix, b'{'));
    field.order = decoder.get("order").map(|_| decoder.pointer("order"));
    let switch = decoder.optional("switch");
    field.switch = switch.as_ref().and_then(|id| {
        field.columns.iter().position(|column| column.id == *id && column.kind == FieldKind::Toggle)
    });
    if switch.is_some() && (field.switch.unwrap_or(0) == 0 || !field.has_keys()) {
        decoder.report("switch", "this must be a column of kind toggle in a map, after the name");
    }
}

fn read_file_and_secret(decoder: &BundleDecoder, field: &mut Field) {
    field.accept = decoder.texts("accept");
    field.part = decoder.optional("part");
    field.max_bytes = decoder.count("max_bytes");
    field.keep = decoder.choice("secrets", STORED_SECRET_POLICIES);
    field.stored = decoder.get("stored").map(|_| decoder.pointer("stored"));
    field.lasting = decoder.flag("lasting");
    field.sent_to = decoder.texts("sent_to");
}

/// Where it stands in a body and in a record. The usual place is that of its id.
fn read_pointers(decoder: &BundleDecoder, field: &mut Field) {
    field.alias = decoder.pointers("alias");
    field.read = decoder.pointers("read");
    field.also = decoder.pointers("also");
    let usual = field.at.clone();
    match decoder.get("at") {
        None => {}
        Some(Json::Null) => field.at.clear(),
        Some(Json::Text(_)) if field.writes == Encoding::Others => {
            field.at = vec![decoder.optional_pointer("at")];
        }
        Some(Json::Text(_)) => field.at = vec![decoder.pointer("at")],
        Some(_) => field.at = decoder.pointers("at"),
    }
    if field.part.is_some() {
        field.at.clear();
    }
    if field.has_keys() && field.at.is_empty() {
        decoder.report("at", "a map has a place: its rows are the members of what stands there");
        field.at = usual;
    }
}

/// What is a secret by its name has to say whether it is one.
fn check_secret(decoder: &BundleDecoder, field: &Field) {
    let is_text = matches!(field.kind, FieldKind::Text | FieldKind::Json);
    if field.secret && !is_text && field.kind != FieldKind::Secret {
        decoder.report("secret", "only a text or JSON can be a secret");
    }
    if REPORT
        && !field.secret
        && is_text
        && decoder.optional_flag("secret").is_none()
        && is_secret_name(&field.id)
    {
        decoder.report("", "this looks like a secret: make it one, or write “secret”: false");
    }
    if matches!(field.kind, FieldKind::Choice | FieldKind::Choices) == field.options.is_empty() {
        decoder.report("options", "a choice has options, and nothing else has");
    }
}

/// Words that do not fit together.
fn check_field(decoder: &BundleDecoder, field: &Field) {
    if !REPORT {
        return;
    }
    let has_columns = |ids: [&str; 2]| ids.iter().eq(field.columns.iter().map(|column| &column.id));
    let is_named = matches!(&field.columns[..], [Field { kind: FieldKind::Text, .. }, _, ..]);
    let is_kept = field.keep.is_some() || field.stored.is_some() || !field.sent_to.is_empty();
    let is_confidential = field.is_confidential() || field.columns.iter().any(|column| column.secret);
    let has_map_words = !field.prefix.is_empty() || field.order.is_some();
    let (kind, writes) = (field.kind, field.writes);
    for (is_wrong, word, sentence) in [
        (field.part.is_some() && kind != FieldKind::File, "part", "only a file goes into a part"),
        (is_kept && !is_confidential, "", "only a secret is kept unseen"),
        (
            (kind == FieldKind::Rows) == field.columns.is_empty(),
            "columns",
            "rows have columns, and nothing else has",
        ),
        (
            writes == Encoding::Pairs && !has_columns(["key", "value"]),
            "columns",
            "pairs have the columns “key” and “value”",
        ),
        (
            field.has_keys() && !is_named,
            "columns",
            "a map has two columns or more, and the first is a text: the name",
        ),
        (
            writes == Encoding::Json && kind != FieldKind::Choice,
            "as",
            "only a choice is written as the JSON that its options write",
        ),
        (has_map_words && !field.has_keys(), "", "only a map has a prefix and an order"),
        (
            !field.required_keys.is_empty() && !matches!(writes, Encoding::Map | Encoding::Pairs),
            "required_keys",
            "only a map has keys",
        ),
        (
            !field.at.is_empty() && !field.infer.is_empty(),
            "infer",
            "only a field with “at”: null is inferred",
        ),
    ] {
        if is_wrong {
            decoder.report(word, sentence);
        }
    }
}

/// A number and what it means.
fn read_special(decoder: &BundleDecoder) -> Option<f64> {
    decoder.page_texts(&["label"], &[]);
    decoder.number("value").or_else(|| decoder.error("value", "this must be a number"))
}

/// One format for all, or cases.
fn formats(decoder: &BundleDecoder) -> Vec<(Condition, &'static Format)> {
    let named = |word: &str| {
        let known = FORMATS.iter().find(|format| format.word == word);
        known.or_else(|| {
            decoder.unknown("format", "", word, &|| FORMATS.iter().map(|format| format.word).collect_vec())
        })
    };
    let mut formats = Vec::new();
    for case in cases(decoder, "format") {
        if let Some(format) = named(case.value.as_str().unwrap_or_default()) {
            formats.push((case.when, format));
        }
    }
    formats
}

fn read_option<'a>(decoder: &BundleDecoder<'a>, location: Location, json: &'a Json) -> String {
    match json {
        Json::Text(value) => value.clone(),
        _ => {
            let option = decoder.below(location, json);
            option.page_texts(&[], &["label", "help"]);
            option.optional("value").unwrap_or_default()
        }
    }
}
