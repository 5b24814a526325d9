//! The syntax of a connect descriptor: `(KEY=value)` or `(KEY=(KEY=…)…)`.

use crate::cursor::{Cursor, Piece};
use crate::parts::{Bad, Done, Reason};
use crate::text::{listed, same};

/// A key with its value, or with other nodes, which then follow it.
pub(super) struct Node<'a> {
    pub key: Piece<'a>,
    pub value: Option<Piece<'a>>,
    /// How many nodes are in it, at any depth.
    below: usize,
}

/// What can only hold other nodes.
const CONTAINERS: &str = "description_list description address_list address connect_data security";

/// Deeper than any descriptor goes, and no danger to the stack.
pub(super) const DEEPEST: usize = 12;

/// Keys are repeated in the names of what they hold, so a long one would cost much.
pub(super) const LONGEST_KEY: usize = 64;

impl Node<'_> {
    pub(super) fn is(&self, key: &str) -> bool {
        same(self.key.text, key)
    }
}

pub(super) fn is_container(key: &str) -> bool {
    listed(CONTAINERS, key).is_some()
}

pub(super) fn is_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.'
}

/// The first of some nodes, the nodes in it, and those behind it.
#[inline(never)]
pub(super) fn first<'n, 'a>(nodes: &'n [Node<'a>]) -> Option<(&'n Node<'a>, &'n [Node<'a>], &'n [Node<'a>])> {
    let (first, rest) = nodes.split_first()?;
    let (inner, behind) = rest.split_at(first.below);
    Some((first, inner, behind))
}

/// Reads a text that is one node.
pub(super) fn read(text: Piece) -> Result<Vec<Node>, Bad> {
    let mut cursor = Cursor::new(text);
    if !cursor.eat(b'(') {
        return Err(cursor.bad(Reason::BadCharacter));
    }
    let mut nodes = Vec::new();
    node(&mut cursor, 0, &mut nodes)?;
    if cursor.at_end() {
        return Ok(nodes);
    }
    Err(cursor.bad(if cursor.sees(b')') { Reason::StrayParenthesis } else { Reason::TextAfterEnd }))
}

/// Reads a node whose parenthesis is read, and the blanks after it.
fn node<'a>(cursor: &mut Cursor<'a>, depth: usize, nodes: &mut Vec<Node<'a>>) -> Done {
    if depth > DEEPEST {
        return Err(cursor.bad(Reason::TooDeep));
    }
    let key = key(cursor)?;
    cursor.skip_blanks();
    let place = nodes.len();
    nodes.push(Node { key, value: None, below: 0 });
    if cursor.sees(b'(') {
        while cursor.eat(b'(') {
            node(cursor, depth + 1, nodes)?;
        }
        nodes[place].below = nodes.len() - place - 1;
    } else {
        let begin = cursor.rest();
        let value = value(cursor)?;
        if !value.is_empty() && is_container(key.text) {
            return Err(begin.bad(Reason::BadValue));
        }
        nodes[place].value = Some(value);
    }
    cursor.skip_blanks();
    if !cursor.eat(b')') {
        return Err(cursor.bad(if cursor.at_end() {
            Reason::UnclosedParenthesis
        } else {
            Reason::TextAfterValue
        }));
    }
    cursor.skip_blanks();
    Ok(())
}

fn key<'a>(cursor: &mut Cursor<'a>) -> Result<Piece<'a>, Bad> {
    cursor.skip_blanks();
    let key = cursor.take_while(is_key);
    cursor.skip_blanks();
    let reason = match cursor.peek() {
        Some(b'=') if key.is_empty() => Reason::KeyMissing,
        Some(b'=') if key.text.len() > LONGEST_KEY => Reason::BadKey,
        Some(b'=') => {
            cursor.bump();
            return Ok(key);
        }
        Some(b'(' | b')') if !key.is_empty() => Reason::EqualsMissing,
        Some(b'(' | b')') => Reason::KeyMissing,
        Some(_) => Reason::BadKey,
        None => Reason::UnclosedParenthesis,
    };
    Err(cursor.bad(reason))
}

/// A value in quotes, or up to the parenthesis.
fn value<'a>(cursor: &mut Cursor<'a>) -> Result<Piece<'a>, Bad> {
    let begin = cursor.rest();
    if cursor.eat(b'"') {
        let value = cursor.take_until("\"");
        return if cursor.eat(b'"') { Ok(value) } else { Err(begin.bad(Reason::UnclosedQuote)) };
    }
    let value = cursor.take_until("()\"");
    if cursor.sees(b'(') || cursor.sees(b'"') { Err(cursor.bad(Reason::BadValue)) } else { Ok(value.trim()) }
}
