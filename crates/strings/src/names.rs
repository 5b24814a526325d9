//! Finds names again among many, without looking at all of them.

use crate::cursor::step;
use crate::text::same;

/// Names in the order in which they first came.
pub struct Names<'a> {
    any_case: bool,
    names: Vec<&'a str>,
    slots: Vec<usize>,
}

const FREE: usize = usize::MAX;

impl<'a> Names<'a> {
    pub fn new(most: usize, any_case: bool) -> Names<'a> {
        let mut slots = Vec::new();
        #[expect(
            clippy::same_item_push,
            reason = "what fills a new list at once is more code than a loop, and every byte is sent to a page"
        )]
        for _ in 0..=2 * most {
            slots.push(FREE);
        }
        Names { any_case, names: Vec::new(), slots }
    }

    /// The number of a name.
    #[inline(never)]
    pub fn number(&mut self, name: &'a str) -> usize {
        let mut slot = hash(name) % self.slots.len();
        loop {
            step(1);
            match self.slots[slot] {
                FREE => {
                    self.slots[slot] = self.names.len();
                    self.names.push(name);
                    return self.slots[slot];
                }
                number if self.names[number] == name || self.any_case && same(self.names[number], name) => {
                    return number;
                }
                _ => slot = (slot + 1) % self.slots.len(),
            }
        }
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether a name comes for the first time.
    pub fn is_new(&mut self, name: &'a str) -> bool {
        let before = self.names.len();
        self.number(name) == before
    }
}

/// FNV-1a over the name in lower case.
fn hash(name: &str) -> usize {
    let mut hash: u32 = 0x811c_9dc5;
    for byte in name.bytes() {
        hash = (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193);
    }
    step(name.len());
    hash as usize
}
