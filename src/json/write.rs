//! JSON text out.

use crate::base::text::{integer_text, push_hex};
use crate::json::{Json, MAX_SAFE_INTEGER};

impl Json {
    /// Writes it as JSON text without white space.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(true) => out.push_str("true"),
            Json::Bool(false) => out.push_str("false"),
            Json::Number(number) => out.push_str(&number_text(*number)),
            Json::Exact(digits) => out.push_str(digits),
            Json::Text(text) => write_text(text, out),
            Json::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Json::Map(members) => {
                out.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    write_text(name, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// A number as JSON writes it: whole ones without a point.
pub fn number_text(number: f64) -> String {
    if number.abs() <= MAX_SAFE_INTEGER && number == (number as i64) as f64 {
        integer_text(number as i64)
    } else {
        fraction_text(number)
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\x1f' => {
                out.push_str("\\u00");
                push_hex(letter as u8, b'a', out);
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
}

/// Decimal fractions are borrowed: from the standard library natively, from the browser in the page, where it has them already.
#[cfg(not(target_arch = "wasm32"))]
fn fraction_text(number: f64) -> String {
    number.to_string()
}

#[cfg(target_arch = "wasm32")]
fn fraction_text(number: f64) -> String {
    use wasm_bindgen::JsValue;
    // What `String(number)` gives, which never throws.
    (JsValue::from_f64(number) + JsValue::from_str("")).as_string().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_written_as_it_was_read() {
        for text in
            [r#"{"a":"\"\\\n\u0001é•","b":[1,-2.5,null,false],"c":{}}"#, "[]", "9007199254740991", "\"\""]
        {
            assert_eq!(Json::parse(text).unwrap().to_text(), text);
        }
    }
}
