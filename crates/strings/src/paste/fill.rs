//! What the parts of a connection string set in a form, and what no field takes.

use super::connection_type::{ConnectionType, Field, Pairs, StringKind};
use super::field_values::{FieldValue, Filled, FilledRow, Shows};
use super::prepare::{Found, Prepared, dots};
use super::values::{Value, Values};
use crate::cursor::Piece;
use crate::names::Names;
use crate::parts::{Param, Parts};
use crate::text::{all, given, has, joined, same, shown, strip, write_number};
use jackfield_redact::is_secret_name;

/// What is needed to fill a form.
pub struct Filling<'a, 'p> {
    pub ty: &'a ConnectionType<'a>,
    pub kind: &'a StringKind<'a>,
    pub parts: &'p Parts,
    /// The parameters that the dialect knows.
    pub known: &'p [String],
    pub before: &'p Values<'p>,
    pub prepared: &'p Prepared,
    /// Whether the scheme says something of its own, such as TLS.
    pub special_scheme: bool,
}

/// What parts that were read elsewhere set in an empty form.
pub fn fill<'a>(
    ty: &'a ConnectionType<'a>,
    kind: &'a StringKind<'a>,
    parts: &Parts,
    known: &[String],
) -> Filled<'a> {
    Filling {
        ty,
        kind,
        parts,
        known,
        before: &Values::default(),
        prepared: &Prepared::default(),
        special_scheme: false,
    }
    .run()
}

impl<'a> Filling<'a, '_> {
    pub fn run(&self) -> Filled<'a> {
        let mut out = Filled::default();
        let mut taken: Vec<&str> = Vec::new();
        for host in &self.parts.hosts {
            self.look(HOST, given(&host.host), &mut out);
        }
        for param in &self.parts.params {
            self.look("/params", &param.name, &mut out);
        }
        for (pointer, id) in &self.kind.fill {
            let Some(field) = self.ty.field(id) else { continue };
            if self.fill(pointer, field, &mut out) {
                taken.push(if *pointer == ORIGIN { "/hosts" } else { pointer });
            }
        }
        self.set_all(&self.kind.with, &mut out);
        for part in &self.kind.sets {
            let Some(text) = self.text(part.pointer) else { continue };
            let Some((_, settings)) = part.values.iter().find(|(value, _)| same(value, &text)) else {
                continue;
            };
            self.set_all(settings, &mut out);
            if part.pointer != "/scheme" {
                settings.iter().for_each(|(field, _)| out.note(field));
            }
            taken.push(part.pointer);
        }
        self.leave(&taken, &mut out.left);
        out
    }

    /// Sets fields to what the type says.
    fn set_all(&self, settings: &Pairs<'a>, out: &mut Filled<'a>) {
        for (id, text) in settings {
            let is_toggle = self.ty.field(id).is_some_and(|field| field.kind == "toggle");
            out.set(
                id,
                if is_toggle {
                    FieldValue::Flag(*text == "true")
                } else {
                    FieldValue::Text((*text).to_owned())
                },
            );
        }
    }

    /// Puts a part into its field; whether it stands there.
    fn fill(&self, pointer: &str, field: &Field<'a>, out: &mut Filled<'a>) -> bool {
        if field.kind == "rows" {
            let rows = self.rows(pointer, field, out);
            let any = !rows.is_empty();
            if any {
                out.set(field.id, FieldValue::Rows(rows));
                out.note(field.id);
            }
            return any;
        }
        let Some(text) = self.text(pointer) else {
            // What the string does not name is not what it was; but parameters and secrets may stand elsewhere.
            if self.is_absent(pointer)
                && !field.secret
                && strip(pointer, "/params").is_none()
                && !matches!(self.before.get(field.id), Value::Blank)
            {
                out.set(field.id, FieldValue::Null);
            }
            return false;
        };
        // Every host was looked at already.
        if (!field.secret || pointer == "/password") && !matches!(pointer, HOST | "/hosts" | ORIGIN) {
            self.look(pointer, &text, out);
        }
        let mut found = Found::default();
        let text = joined(&[self.kind.prefix(pointer), &text]);
        let text = self.prepared.restore(&text, field.secret || pointer == "/user", &mut found);
        let encoded = field.secret && is_encoded(&text);
        let value = match field.kind {
            _ if is_mask(&text) => return false,
            _ if field.secret => FieldValue::Secret(text),
            "toggle" if is_on(&text) => FieldValue::Flag(true),
            "toggle" if same(&text, "false") || text == "0" => FieldValue::Flag(false),
            "toggle" => return false,
            _ if field.options.is_empty() => FieldValue::Text(text),
            _ => match field.option(&text) {
                Some(option) => FieldValue::Text(option.to_owned()),
                None => return false,
            },
        };
        out.set(field.id, value);
        out.note(field.id);
        out.warn(field.id, None, found, encoded);
        true
    }

    /// A part as a text; `None` where it is not in the string, or is more than a text can say.
    pub(super) fn text(&self, pointer: &str) -> Option<String> {
        if let Some(name) = strip(pointer, "/params/") {
            let value = self.parts.params.iter().find(|param| same(&param.name, name))?.value.clone();
            return Some(value.unwrap_or_default());
        }
        if pointer == "/hosts" {
            return self.host_list();
        }
        if pointer == ORIGIN {
            let only = self.parts.hosts.len() == 1;
            return Some(joined(&[
                self.parts.scheme.as_deref().filter(|_| only)?,
                "://",
                &self.host_list()?,
            ]));
        }
        let first = self.parts.hosts.first();
        if pointer == "/hosts/0/port" {
            return Some(shown(u64::from(first?.port?)));
        }
        match strip(pointer, "/hosts/0/") {
            Some(name) => first?.text(name)?,
            None => self.parts.text(strip(pointer, "/")?)?,
        }
        .clone()
    }

    /// Whether the string says nothing of a part.
    fn is_absent(&self, pointer: &str) -> bool {
        if matches!(pointer, "/hosts" | ORIGIN) {
            self.parts.hosts.is_empty()
        } else {
            self.text(pointer).is_none()
        }
    }

    /// All hosts in one text, if each is no more than a name and a port.
    fn host_list(&self) -> Option<String> {
        let mut list = String::new();
        for (place, host) in self.parts.hosts.iter().enumerate() {
            if place > 0 {
                list.push(',');
            }
            let protocol = host.protocol.is_none() || self.kind.part_values("/hosts/0/protocol").is_some();
            if !protocol
                || host.instance.is_some()
                || host.user.is_some()
                || host.password.is_some()
                || !host.params.is_empty()
            {
                return None;
            }
            let name = if host.host.is_some() { given(&host.host) } else { given(&host.socket) };
            let brackets = if has(name, ":") { ["[", name, "]"] } else { ["", name, ""] };
            list.push_str(&joined(&brackets));
            if let Some(port) = host.port {
                list.push(':');
                write_number(u64::from(port), &mut list);
            }
        }
        if list.is_empty() { None } else { Some(list) }
    }

    fn rows(&self, pointer: &str, field: &Field<'a>, out: &mut Filled<'a>) -> Vec<FilledRow<'a>> {
        let Some((first, second)) = field.pair() else { return Vec::new() };
        let mut rows = Vec::new();
        let mut row = |name: &str, value: &str, masked: bool, out: &mut Filled<'a>| {
            let mut found = Found::default();
            let name = self.prepared.restore(name, false, &mut Found::default());
            let value = self.prepared.restore(value, masked, &mut found);
            out.warn(field.id, Some(rows.len()), found, false);
            let shows = if second.secret {
                Shows::Secret
            } else if masked {
                Shows::Masked
            } else {
                Shows::Plain
            };
            rows.push(FilledRow { cells: [(first.id, name), (second.id, value)], shows });
        };
        if pointer == "/hosts" {
            for host in &self.parts.hosts {
                let name = if host.host.is_some() { given(&host.host) } else { given(&host.socket) };
                row(name, &host.port.map_or(String::new(), |port| shown(u64::from(port))), false, out);
            }
            return rows;
        }
        let mut names = Names::new(self.known.len() + self.parts.params.len(), true);
        for name in self.known {
            names.number(name);
        }
        let known = names.len();
        for param in &self.parts.params {
            if !self.has_field(param) {
                let value = given(&param.value);
                // Behind a mark another parameter may stand, which was not read as one.
                let unknown = names.number(&param.name) >= known || has(value, ";#?&=\n\r \"");
                row(&param.name, value, second.secret || is_secret_name(&param.name) || unknown, out);
            }
        }
        rows
    }

    /// Whether a parameter sets fields of its own, and so is no row.
    pub(super) fn has_field(&self, param: &Param) -> bool {
        let pointer = joined(&["/params/", &param.name]);
        let value = given(&param.value);
        self.kind.filled(&pointer).is_some()
            || self
                .kind
                .part_values(&pointer)
                .is_some_and(|part| part.values.iter().any(|(known, _)| same(known, value)))
    }
}

pub const HOST: &str = "/hosts/0/host";

/// The scheme, the only host and its port in one text.
pub const ORIGIN: &str = "/origin";

fn is_on(text: &str) -> bool {
    same(text, "true") || text == "1"
}

/// Whether a text stands for a secret that was hidden where the string was copied.
fn is_mask(text: &str) -> bool {
    !text.is_empty()
        && (dots(Piece::new(text)) == text.len() || text.len() > 2 && all(text, |byte| byte == b'*'))
}

/// Whether a decoded text still holds an escape, so that it was perhaps encoded twice, or where nothing is decoded.
fn is_encoded(text: &str) -> bool {
    let mut rest = Piece::new(text);
    while let Some((_, after)) = rest.split("%") {
        if matches!(after.text.as_bytes(), [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
        {
            return true;
        }
        rest = after;
    }
    false
}
