//! Files in, JSON out; what cannot be read is named.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use jackfield::json::Json;
use serde::Serialize;
use serde_json::{Value, json};

use crate::commands::Stop;

/// The text of a file; `-` is stdin.
pub fn text(file: &str) -> Result<String, Stop> {
    let read = if file == "-" { stdin() } else { fs::read_to_string(file) };
    read.map_err(|error| Stop::Usage(format!("{file} cannot be read: {error}.")))
}

/// The JSON of a file.
pub fn json(file: &str) -> Result<Value, Stop> {
    parse(&text(file)?).map_err(|why| Stop::Usage(format!("{file} is not JSON: {why}.")))
}

/// The JSON of a file that holds one object.
pub fn object(file: &str) -> Result<Value, Stop> {
    let json = json(file)?;
    if json.is_object() { Ok(json) } else { Err(Stop::Usage(format!("{file} must hold a JSON object."))) }
}

/// Reads a JSON text, or says where it stops being one. The sentence quotes nothing: the text may hold secrets.
pub fn parse(text: &str) -> Result<Value, String> {
    let json = serde_json::from_str(text)
        .map_err(|error| format!("line {}, column {}", error.line(), error.column()))?;
    if Json::parse(text).is_some() { Ok(json) } else { Err("it nests too deeply".to_owned()) }
}

/// As the engine holds it.
pub fn to_engine(json: &Value) -> Json {
    Json::parse(&json.to_string()).unwrap_or_default()
}

/// As it is printed.
pub fn from_engine(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// `{"file": PATH}` as a file that was chosen in a form: name, size and content. One that is larger than
/// the field takes is not read; its size alone is the fault.
pub fn chosen(path: &str, most: Option<u64>) -> Result<Value, Stop> {
    let unreadable = |error: io::Error| Stop::Usage(format!("{path} cannot be read: {error}."));
    let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut size = fs::metadata(path).map_err(unreadable)?.len();
    let mut bytes = Vec::new();
    if most.is_none_or(|most| size <= most) {
        bytes = fs::read(path).map_err(unreadable)?;
        size = bytes.len() as u64;
    }
    Ok(json!({ "name": name, "size": size, "content": base64(&bytes) }))
}

/// JSON as people read it.
pub fn pretty(json: &Value) -> String {
    format!("{json:#}")
}

fn stdin() -> io::Result<String> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).map(|_| text)
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63] as char;
            out.push(if place <= chunk.len() { letter } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_back_by_the_engine() {
        assert_eq!(
            ["", "f", "fo", "foo", "foobar"].map(|text| base64(text.as_bytes())),
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYmFy"]
        );
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(jackfield::base::text::decode_base64(&base64(&bytes)), Some(bytes));
    }

    #[test]
    fn bad_json_is_located_but_not_quoted() {
        assert_eq!(parse("{\n  \"password\": hunter2\n}").err().as_deref(), Some("line 2, column 15"));
        assert!(parse(&("[".repeat(200) + &"]".repeat(200))).is_err());
    }
}
