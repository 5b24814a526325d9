//! A connection type as `describe` gives it, as far as connection strings concern it.

use crate::json::{Json, Kind};
use crate::parts_json::Walk;
use crate::text::same;

/// Names with a text each.
pub type Pairs<'a> = Vec<(&'a str, &'a str)>;

/// A connection type.
#[derive(Default)]
pub struct ConnectionType<'a> {
    pub title: &'a str,
    /// What it is called as well.
    pub synonyms: Vec<&'a str>,
    pub fields: Vec<Field<'a>>,
    pub strings: Vec<StringKind<'a>>,
}

/// A field, or a column of rows.
#[derive(Default)]
pub struct Field<'a> {
    pub id: &'a str,
    /// `text`, `toggle`, `rows`, … as the descriptor has it.
    pub kind: &'a str,
    pub label: &'a str,
    pub secret: bool,
    pub options: Vec<&'a str>,
    pub columns: Vec<Field<'a>>,
}

/// A kind of connection string: where its parts go.
#[derive(Default)]
pub struct StringKind<'a> {
    pub dialect: &'a str,
    /// JSON Pointers into the parts, and the fields that they fill.
    pub fill: Pairs<'a>,
    /// What a part has before it in its field.
    pub prefix: Pairs<'a>,
    /// What fields are set to along with the parts. `true` and `false` are a toggle's, and an empty text is nothing.
    pub with: Pairs<'a>,
    /// What a value of a part sets.
    pub sets: Vec<PartValues<'a>>,
}

/// A part whose values set other fields.
#[derive(Default)]
pub struct PartValues<'a> {
    pub pointer: &'a str,
    pub values: Vec<(&'a str, Pairs<'a>)>,
}

impl<'a> ConnectionType<'a> {
    /// Reads what `describe` gives; `None` where it has another shape.
    pub fn read(json: &'a Json) -> Option<ConnectionType<'a>> {
        let mut ty = ConnectionType::default();
        Walk { rest: &json.tokens, name: "" }.connection_type(&mut ty)?;
        Some(ty)
    }

    pub fn field(&self, id: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.id == id)
    }
}

impl<'a> Field<'a> {
    /// The option that a text names, in the option's own spelling.
    pub fn option(&self, text: &str) -> Option<&'a str> {
        self.options.iter().find(|option| same(option, text)).copied()
    }

    /// The columns that hold the name and the value of a row.
    pub fn pair(&self) -> Option<(&Field<'a>, &Field<'a>)> {
        match self.columns.as_slice() {
            [name, value, ..] => Some((name, value)),
            _ => None,
        }
    }
}

impl<'a> StringKind<'a> {
    /// The values that a part sets, where it sets any.
    pub fn part_values(&self, pointer: &str) -> Option<&PartValues<'a>> {
        self.sets.iter().find(|part| same(part.pointer, pointer))
    }

    /// What stands before a part in its field.
    pub fn prefix(&self, pointer: &str) -> &'a str {
        find(&self.prefix, pointer).unwrap_or_default()
    }

    /// The field that a part fills.
    pub fn filled(&self, pointer: &str) -> Option<&'a str> {
        find(&self.fill, pointer)
    }
}

/// What a pointer stands for. The names of parameters are compared without case.
fn find<'a>(pairs: &Pairs<'a>, pointer: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| same(known, pointer)).map(|(_, text)| *text)
}

impl<'a> Walk<'a> {
    pub fn connection_type(&mut self, ty: &mut ConnectionType<'a>) -> Option<()> {
        self.enter(Kind::Map)?;
        while self.member() {
            match self.name {
                "title" => self.string(&mut ty.title)?,
                "synonyms" => self.each(&mut |walk| walk.option(&mut ty.synonyms))?,
                "sections" => self.each(&mut |walk| walk.section(&mut ty.fields))?,
                "strings" => self.each(&mut |walk| {
                    let mut kind = StringKind::default();
                    walk.string_kind(&mut kind)?;
                    ty.strings.push(kind);
                    Some(())
                })?,
                _ => self.skip()?,
            }
        }
        Some(())
    }

    fn section(&mut self, fields: &mut Vec<Field<'a>>) -> Option<()> {
        self.enter(Kind::Map)?;
        while self.member() {
            if self.name == "fields" { self.each(&mut |walk| walk.field(fields))? } else { self.skip()? }
        }
        Some(())
    }

    fn field(&mut self, fields: &mut Vec<Field<'a>>) -> Option<()> {
        let mut field = Field::default();
        self.enter(Kind::Map)?;
        while self.member() {
            match self.name {
                "id" => self.string(&mut field.id)?,
                "kind" => self.string(&mut field.kind)?,
                "label" => self.string(&mut field.label)?,
                "secret" => field.secret |= self.token()?.text == "true",
                "options" => self.each(&mut |walk| walk.option(&mut field.options))?,
                "columns" => self.each(&mut |walk| walk.field(&mut field.columns))?,
                _ => self.skip()?,
            }
        }
        field.secret |= field.kind == "secret";
        fields.push(field);
        Some(())
    }

    /// An option is a text, or an object with its `value`.
    fn option(&mut self, options: &mut Vec<&'a str>) -> Option<()> {
        let mut option = "";
        if self.rest.first()?.kind != Kind::Map {
            self.string(&mut option)?;
        } else {
            self.token();
            while self.member() {
                if self.name == "value" { self.string(&mut option)? } else { self.skip()? }
            }
        }
        options.push(option);
        Some(())
    }

    pub fn string_kind(&mut self, kind: &mut StringKind<'a>) -> Option<()> {
        self.enter(Kind::Map)?;
        while self.member() {
            match self.name {
                "dialect" => self.string(&mut kind.dialect)?,
                "fill" => self.pairs(&mut kind.fill)?,
                "prefix" => self.pairs(&mut kind.prefix)?,
                "with" => self.pairs(&mut kind.with)?,
                "sets" => self.each_member(&mut |walk, pointer| {
                    let mut part = PartValues { pointer, values: Vec::new() };
                    walk.each_member(&mut |walk, value| {
                        let mut settings = Pairs::new();
                        walk.pairs(&mut settings)?;
                        part.values.push((value, settings));
                        Some(())
                    })?;
                    kind.sets.push(part);
                    Some(())
                })?,
                _ => self.skip()?,
            }
        }
        Some(())
    }

    /// Reads an object of scalars. What is null is an empty text.
    pub fn pairs(&mut self, pairs: &mut Pairs<'a>) -> Option<()> {
        self.each_member(&mut |walk, name| {
            let mut text = "";
            walk.string(&mut text)?;
            pairs.push((name, text));
            Some(())
        })
    }

    /// Reads a text, or a word as one; null is an empty text.
    #[inline(never)]
    pub fn string(&mut self, out: &mut &'a str) -> Option<()> {
        let token = self.token()?;
        *out = if token.kind == Kind::Word && token.text == "null" { "" } else { &token.text };
        matches!(token.kind, Kind::Text | Kind::Word).then_some(())
    }

    /// Visits the items of a list.
    #[inline(never)]
    pub fn each(&mut self, visit: &mut dyn FnMut(&mut Walk<'a>) -> Option<()>) -> Option<()> {
        self.enter(Kind::List)?;
        while self.rest.first()?.kind != Kind::ListEnd {
            visit(self)?;
        }
        self.token().map(drop)
    }

    /// Visits the members of a map.
    #[inline(never)]
    pub fn each_member(&mut self, visit: &mut dyn FnMut(&mut Walk<'a>, &'a str) -> Option<()>) -> Option<()> {
        self.enter(Kind::Map)?;
        while self.member() {
            let name = self.name;
            visit(self, name)?;
        }
        Some(())
    }

    /// Passes over a value.
    #[inline(never)]
    pub fn skip(&mut self) -> Option<()> {
        let mut depth = 0;
        loop {
            match self.token()?.kind {
                Kind::Map | Kind::List => depth += 1,
                Kind::MapEnd | Kind::ListEnd => depth -= 1,
                _ => (),
            }
            if depth == 0 {
                return Some(());
            }
        }
    }
}
