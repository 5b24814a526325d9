//! Several descriptions in one text, of which parts know one: each is read and written as parts of its own.
//!
//! What all descriptions say, one value each, is one parameter with several values, the first of them for the first description. Where
//! they say different things, each parameter names its description: `description[2]/sdu`.

use super::{DATABASE, DESCRIPTION, not_writable};
use crate::cursor::Piece;
use crate::names::Names;
use crate::parts::{Bad, Done, Param, Parts};
use crate::text::{given, joined, number, shown};

/// Puts the descriptions together.
pub(super) fn join(mut all: Vec<Parts>, joined: &mut Parts) {
    if all.len() == 1 {
        *joined = all.swap_remove(0);
        return;
    }
    let told = all.iter().any(|parts| parts.database.is_some());
    let mut number = 0;
    for parts in &mut all {
        number += 1;
        let database = parts.database.take();
        if number == 1 {
            joined.database = database;
        } else {
            for host in &mut parts.hosts {
                host.params.insert(0, Param::new(DESCRIPTION, Some(shown(number))));
            }
            if told {
                joined.later_databases.push(Param::new(DATABASE, database));
            }
        }
        joined.hosts.append(&mut parts.hosts);
    }
    if alike(&all) {
        columns(&all, &mut joined.params);
    } else {
        named(&all, &mut joined.params);
    }
}

/// Whether all descriptions say the same things, each of them once.
fn alike(all: &[Parts]) -> bool {
    let first = &all[0].params;
    let mut names = Names::new(first.len(), false);
    if !first.iter().all(|param| names.is_new(&param.name)) {
        return false;
    }
    all[1..].iter().all(|parts| {
        parts.params.len() == first.len()
            && parts.params.iter().zip(first).all(|(one, other)| one.name == other.name)
    })
}

/// Parameter by parameter, what each description says.
fn columns(all: &[Parts], params: &mut Vec<Param>) {
    for column in 0..all[0].params.len() {
        for parts in all {
            params.push(parts.params[column].clone());
        }
    }
}

fn named(all: &[Parts], params: &mut Vec<Param>) {
    let mut number = 0;
    for parts in all {
        number += 1;
        for param in &parts.params {
            params.push(Param::new(
                joined(&[DESCRIPTION, "[", &shown(number), "]/", &param.name]),
                param.value.clone(),
            ));
        }
    }
}

/// Takes the descriptions apart again.
pub(super) fn split(parts: &Parts) -> Result<Vec<Parts>, Bad> {
    let mut all = vec![Parts { database: parts.database.clone(), ..Parts::default() }];
    let mut later = parts.later_databases.iter();
    for host in &parts.hosts {
        let mut host = host.clone();
        if host.params.first().is_some_and(|param| param.name == DESCRIPTION) {
            if given(&host.params.remove(0).value) == shown(all.len() as u64 + 1) {
                let database = later.next().and_then(|database| database.value.clone());
                all.push(Parts { database, ..Parts::default() });
            }
        } else if all.len() > 1 {
            return Err(not_writable());
        }
        if let Some(last) = all.last_mut() {
            last.hosts.push(host);
        }
    }
    if all.len() == 1 {
        all[0].params.clone_from(&parts.params);
    } else {
        spread(&parts.params, &mut all)?;
    }
    Ok(all)
}

/// Gives each description its parameters.
fn spread(params: &[Param], all: &mut [Parts]) -> Done {
    // The name that repeats, and the description that is next to say it.
    let mut next = ("", 0);
    for param in params {
        let (place, name) = match Piece::new(&param.name).strip("description[") {
            Some(rest) => {
                let (digits, after) = rest.until("]");
                let place = number(digits.text, u32::MAX).unwrap_or(0) as usize;
                (place.wrapping_sub(1), after.strip("]/").ok_or(not_writable())?.text)
            }
            None => {
                if next.0 != param.name {
                    next = (&param.name, 0);
                }
                next.1 += 1;
                (next.1 - 1, param.name.as_str())
            }
        };
        let parts = all.get_mut(place).ok_or(not_writable())?;
        parts.params.push(Param::new(name, param.value.clone()));
    }
    Ok(())
}
