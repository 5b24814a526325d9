//! What the fields of a form hold, as a page's views and the command line's values give it.

use super::connection_type::Pairs;
use crate::json::{Json, Kind};
use crate::parts_json::Walk;

/// What stands for what is hidden, and for a secret in a string while it is written: letters, which every dialect writes as they are.
pub const SECRET: &str = "jackfieldHidesThis";

/// The value of a field.
#[derive(Default)]
pub enum Value<'a> {
    /// Nothing, an empty text, or a secret that is to be removed.
    #[default]
    Blank,
    /// A text; `SECRET` is a stored one.
    Text(&'a str),
    /// For each row the texts of its columns; `SECRET` is a hidden one.
    Rows(Vec<Pairs<'a>>),
}

/// Values by field id.
#[derive(Default)]
pub struct Values<'a>(pub Vec<(&'a str, Value<'a>)>);

impl<'a> Values<'a> {
    /// Reads an object of values by field id; `None` where it has another shape.
    pub fn read(json: &'a Json) -> Option<Values<'a>> {
        let mut values = Values::default();
        Walk { rest: &json.tokens, name: "" }.values(&mut values)?;
        Some(values)
    }

    pub fn get(&self, field: &str) -> &Value<'a> {
        self.0.iter().find(|(id, _)| *id == field).map_or(&Value::Blank, |(_, value)| value)
    }
}

impl<'a> Walk<'a> {
    pub fn values(&mut self, values: &mut Values<'a>) -> Option<()> {
        self.each_member(&mut |walk, id| {
            let value = walk.value()?;
            values.0.push((id, value));
            Some(())
        })
    }

    fn value(&mut self) -> Option<Value<'a>> {
        if self.rest.first()?.kind != Kind::List {
            let text = self.scalar()?;
            return Some(if text.is_empty() { Value::Blank } else { Value::Text(text) });
        }
        let mut rows = Vec::new();
        self.each(&mut |walk| {
            let mut row = Pairs::new();
            // The items of a choice of several are texts, which no part of a string fills.
            if walk.rest.first()?.kind != Kind::Map {
                return walk.skip();
            }
            walk.each_member(&mut |walk, column| {
                row.push((column, walk.scalar()?));
                Some(())
            })?;
            rows.push(row);
            Some(())
        })?;
        Some(if rows.is_empty() { Value::Blank } else { Value::Rows(rows) })
    }

    /// A scalar as a text, or what hides one: `{"keep":true}`, `{"masked":"text"}`. What is cleared is an empty text.
    fn scalar(&mut self) -> Option<&'a str> {
        let mut text = "";
        match self.rest.first()?.kind {
            Kind::Map => self.each_member(&mut |walk, name| {
                if name != "clear" {
                    text = SECRET;
                }
                walk.skip()
            })?,
            Kind::List => self.skip()?,
            _ => self.string(&mut text)?,
        }
        Some(text)
    }
}
