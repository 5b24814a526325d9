//! Finds names again among many, without looking at all of them.

use crate::base::text::{CollectVec, count_step};

/// Names in their order, each with its place among all; of equal ones the earlier stands first.
pub struct NameIndex<'a>(Vec<(&'a str, usize)>);

impl<'a> NameIndex<'a> {
    /// Sorts by merging, so that no order of names takes the square of their number.
    pub fn new(all: Vec<&'a str>) -> NameIndex<'a> {
        let mut names: Vec<(&str, usize)> = all.into_iter().zip(0..).collect_vec();
        let mut width = 1;
        while width < names.len() {
            let mut merged = Vec::with_capacity(names.len());
            for pair in names.chunks(2 * width) {
                let (mut left, mut right) = pair.split_at(width.min(pair.len()));
                loop {
                    count_step();
                    match (left.split_first(), right.split_first()) {
                        (Some((one, rest)), two) if two.is_none_or(|(two, _)| one.0 <= two.0) => {
                            merged.push(*one);
                            left = rest;
                        }
                        (_, Some((two, rest))) => {
                            merged.push(*two);
                            right = rest;
                        }
                        _ => break,
                    }
                }
            }
            names = merged;
            width *= 2;
        }
        NameIndex(names)
    }

    /// The place of a name: the first, where it stands at several.
    pub fn position(&self, name: &str) -> Option<usize> {
        let first = self.0.partition_point(|(known, _)| {
            count_step();
            *known < name
        });
        self.0.get(first).filter(|(known, _)| *known == name).map(|(_, index)| *index)
    }

    /// The places where a name stands once more, each after the place where it stood before.
    pub fn duplicates(&self) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (one, two) in self.0.iter().zip(self.0.iter().skip(1)) {
            if one.0 == two.0 {
                found.push((one.1, two.1));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_at_its_first_place() {
        for count in [0, 1, 2, 3, 7, 8, 9, 100] {
            let all: Vec<String> = (0..count).map(|number| format!("{}", number * 7919 % 31)).collect();
            let names = NameIndex::new(all.iter().map(String::as_str).collect());
            for name in &all {
                assert_eq!(names.position(name), all.iter().position(|known| known == name));
            }
            assert_eq!(names.position("x"), None);
            assert_eq!(
                names.duplicates().len(),
                all.len() - all.iter().collect::<std::collections::HashSet<_>>().len()
            );
        }
    }
}
