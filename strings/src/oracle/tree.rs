//! The syntax of a connect descriptor: `(KEY=value)` or `(KEY=(KEY=…)…)`.

use crate::cursor::{Cursor, Piece};
use crate::parts::{Reason, Unreadable};

pub(super) struct Node<'a> {
    pub key: Piece<'a>,
    pub value: Value<'a>,
}

pub(super) enum Value<'a> {
    Text(Piece<'a>),
    Nodes(Vec<Node<'a>>),
}

/// What can only hold other nodes.
pub(super) const CONTAINERS: &[&str] = &["description_list", "description", "address_list", "address", "connect_data", "security"];

/// Deeper than any descriptor goes, and no danger to the stack.
pub(super) const DEEPEST: usize = 12;

/// Keys are repeated in the names of what they hold, so a long one would cost much.
pub(super) const LONGEST_KEY: usize = 64;

impl Node<'_> {
    pub(super) fn is(&self, key: &str) -> bool {
        self.key.text.eq_ignore_ascii_case(key)
    }

    /// The nodes in it; a text holds none.
    pub(super) fn nodes(&self) -> &[Node<'_>] {
        match &self.value {
            Value::Text(_) => &[],
            Value::Nodes(nodes) => nodes,
        }
    }
}

/// Reads a text that is one node.
pub(super) fn read(text: Piece) -> Result<Node, Unreadable> {
    let mut cursor = Cursor::new(text);
    if !cursor.eat('(') {
        return Err(cursor.bad(Reason::BadCharacter));
    }
    let node = node(&mut cursor, 0)?;
    match cursor.peek() {
        None => Ok(node),
        Some(')') => Err(cursor.bad(Reason::StrayParenthesis)),
        Some(_) => Err(cursor.bad(Reason::TextAfterEnd)),
    }
}

/// Reads a node whose parenthesis is read, and the blanks after it.
fn node<'a>(cursor: &mut Cursor<'a>, depth: usize) -> Result<Node<'a>, Unreadable> {
    if depth > DEEPEST {
        return Err(cursor.bad(Reason::TooDeep));
    }
    let key = key(cursor)?;
    cursor.skip_blanks();
    let begin = cursor.rest();
    let value = match cursor.peek() {
        Some('(') => Value::Nodes(nodes(cursor, depth)?),
        Some('"') => Value::Text(quoted(cursor)?),
        _ => Value::Text(bare(cursor)?),
    };
    if let Value::Text(text) = &value
        && !text.is_empty()
        && CONTAINERS.iter().any(|container| container.eq_ignore_ascii_case(key.text))
    {
        return Err(begin.bad(Reason::BadValue));
    }
    cursor.skip_blanks();
    if !cursor.eat(')') {
        let reason = if cursor.at_end() { Reason::UnclosedParenthesis } else { Reason::TextAfterValue };
        return Err(cursor.bad(reason));
    }
    cursor.skip_blanks();
    Ok(Node { key, value })
}

fn key<'a>(cursor: &mut Cursor<'a>) -> Result<Piece<'a>, Unreadable> {
    cursor.skip_blanks();
    let begin = cursor.rest();
    while cursor.peek().is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '.') {
        cursor.bump();
    }
    let key = begin.cut(cursor.rest().at - begin.at).0;
    cursor.skip_blanks();
    let reason = match cursor.peek() {
        Some('=') if key.is_empty() => Reason::KeyMissing,
        Some('=') if key.text.len() > LONGEST_KEY => Reason::BadKey,
        Some('=') => {
            cursor.bump();
            return Ok(key);
        }
        Some('(' | ')') if !key.is_empty() => Reason::EqualsMissing,
        Some('(' | ')') => Reason::KeyMissing,
        Some(_) => Reason::BadKey,
        None => Reason::UnclosedParenthesis,
    };
    Err(cursor.bad(reason))
}

fn nodes<'a>(cursor: &mut Cursor<'a>, depth: usize) -> Result<Vec<Node<'a>>, Unreadable> {
    let mut nodes = Vec::new();
    while cursor.eat('(') {
        nodes.push(node(cursor, depth + 1)?);
    }
    Ok(nodes)
}

fn quoted<'a>(cursor: &mut Cursor<'a>) -> Result<Piece<'a>, Unreadable> {
    let begin = cursor.rest();
    cursor.bump();
    let value = cursor.take_until("\"");
    if cursor.eat('"') { Ok(value) } else { Err(begin.bad(Reason::UnclosedQuote)) }
}

/// A value without quotes goes to the parenthesis.
fn bare<'a>(cursor: &mut Cursor<'a>) -> Result<Piece<'a>, Unreadable> {
    let value = cursor.take_until("()\"");
    match cursor.peek() {
        Some('(' | '"') => Err(cursor.bad(Reason::BadValue)),
        _ => Ok(value.trim()),
    }
}
