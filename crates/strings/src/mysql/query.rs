//! The query of MySQL's URIs.

use super::{KEY, VALUE, spelled};
use crate::cursor::Piece;
use crate::names::Names;
use crate::parts::{Done, Param, Parts, Reason, add, take_login};
use crate::percent::{Plus, decode, encode, or_raw};
use crate::text::{fresh, given};

/// `key=value&key=[a,b]&key=(raw/value)`; a list becomes several parameters.
pub fn read(text: Piece, parts: &mut Parts) -> Done {
    let (lenient, params) = (parts.lenient, &mut parts.params);
    let pieces = text.pieces("&");
    let mut names = Vec::new();
    for piece in &pieces {
        if piece.is_empty() {
            continue;
        }
        let (key, value) = piece.halves("=");
        if key.is_empty() {
            return Err(key.bad(Reason::KeyMissing));
        }
        let mut name = String::new();
        or_raw(spelled(key, KEY, Reason::BadKey, &mut name), lenient, key, &mut name)?;
        match value {
            Some(value) => {
                let first = params.len();
                let done = self::value(&name, value, params);
                if done.is_err() && lenient {
                    params.truncate(first);
                    add(params, &name, value.text);
                } else {
                    done?;
                }
            }
            None => params.push(Param::new(name.as_str(), None)),
        }
        names.push((name, key));
    }
    let mut seen = Names::new(names.len(), true);
    let lists = params.len() > names.len();
    for (name, key) in &names {
        if !seen.is_new(name) && !lenient {
            return Err(key.bad(Reason::RepeatedKey));
        }
    }
    if !lists {
        take_login(parts);
    }
    Ok(())
}

fn value(name: &str, value: Piece, params: &mut Vec<Param>) -> Done {
    if let Some(inner) = value.strip("(") {
        let Some(inner) = inner.strip_end(b')') else { return Err(value.bad(Reason::UnclosedParenthesis)) };
        params.push(Param::new(name, None));
        return match params.last_mut() {
            Some(param) => decode(inner, Plus::Literal, fresh(&mut param.value)),
            None => Ok(()),
        };
    }
    let items = match value.strip("[") {
        Some(inner) => match inner.strip_end(b']') {
            Some(inner) => inner.pieces(","),
            None => return Err(value.bad(Reason::UnclosedList)),
        },
        None => value.pieces(""),
    };
    for item in &items {
        let mut param = Param::new(name, None);
        spelled(*item, VALUE, Reason::BadCharacter, fresh(&mut param.value))?;
        params.push(param);
    }
    Ok(())
}

/// Several of one name in a row are a list.
pub fn build(params: &[Param], out: &mut String) {
    let mut place = 0;
    while let Some(param) = params.get(place) {
        out.push(if place == 0 { '?' } else { '&' });
        encode(&param.name, "", out);
        place += 1;
        let mut list = false;
        if let Some(value) = &param.value {
            list = params.get(place).is_some_and(|other| other.name == param.name);
            out.push_str(if list { "=[" } else { "=" });
            encode(value, ":@", out);
        }
        while let Some(other) = params.get(place).filter(|other| other.name == param.name) {
            if list {
                out.push(',');
                encode(given(&other.value), ":@", out);
            }
            place += 1;
        }
        if list {
            out.push(']');
        }
    }
}
