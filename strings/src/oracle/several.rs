//! Several descriptions in one text, of which parts know one: each is read and written as parts of its own.
//!
//! What all descriptions say, one value each, is one parameter with several values, the first of them for the first description. Where
//! they say different things, each parameter names its description: `description[2]/sdu`.

use super::{DESCRIPTION, SERVICE, not_writable};
use crate::parts::{Param, Parts, Unreadable};

/// Puts the descriptions together.
pub(super) fn join(mut all: Vec<Parts>) -> Parts {
    if all.len() == 1 {
        return all.swap_remove(0);
    }
    let mut joined = Parts::default();
    for (number, parts) in all.iter_mut().enumerate() {
        for mut host in std::mem::take(&mut parts.hosts) {
            if number > 0 {
                host.params.insert(0, Param::new(DESCRIPTION, Some((number + 1).to_string())));
            }
            joined.hosts.push(host);
        }
        match parts.database.take() {
            Some(service) if number == 0 => joined.database = Some(service),
            Some(service) => parts.params.insert(0, Param::new(SERVICE, Some(service))),
            None => {}
        }
    }
    joined.params = if alike(&all, joined.database.is_some()) { columns(&all) } else { named(all) };
    joined
}

/// Whether all descriptions say the same things, each of them once.
fn alike(all: &[Parts], service: bool) -> bool {
    let names = |parts: &Parts, skip: usize| -> Vec<String> { parts.params.iter().skip(skip).map(|param| param.name.clone()).collect() };
    let first = names(&all[0], 0);
    let mut once = first.clone();
    once.sort_unstable();
    once.dedup();
    let says_service = |parts: &Parts| parts.params.first().is_some_and(|param| param.name == SERVICE);
    once.len() == first.len()
        && !once.iter().any(|name| name == SERVICE)
        && all[1..].iter().all(|parts| says_service(parts) == service && names(parts, usize::from(service)) == first)
}

/// The services of the later descriptions, then parameter by parameter.
fn columns(all: &[Parts]) -> Vec<Param> {
    let mut params = Vec::new();
    let services = all[1].params.len() - all[0].params.len();
    for column in 0..all[1].params.len() {
        if column >= services {
            params.push(all[0].params[column - services].clone());
        }
        for parts in &all[1..] {
            params.push(parts.params[column].clone());
        }
    }
    params
}

fn named(all: Vec<Parts>) -> Vec<Param> {
    let mut params = Vec::new();
    for (number, parts) in all.into_iter().enumerate() {
        for param in parts.params {
            params.push(Param::new([prefix(number).as_str(), &param.name].concat(), param.value));
        }
    }
    params
}

fn prefix(number: usize) -> String {
    [DESCRIPTION, "[", &(number + 1).to_string(), "]/"].concat()
}

/// Takes the descriptions apart again.
pub(super) fn split(parts: &Parts) -> Result<Vec<Parts>, Unreadable> {
    let mut all = vec![Parts { database: parts.database.clone(), ..Parts::default() }];
    for host in &parts.hosts {
        let mut host = host.clone();
        if host.params.first().is_some_and(|param| param.name == DESCRIPTION) {
            let next = Some((all.len() + 1).to_string());
            if host.params.remove(0).value == next {
                all.push(Parts::default());
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
        return Ok(all);
    }
    spread(&parts.params, &mut all)?;
    Ok(all)
}

/// Gives each description its parameters.
fn spread(params: &[Param], all: &mut [Parts]) -> Result<(), Unreadable> {
    let mut next = (String::new(), 0);
    for param in params {
        if let Some(rest) = param.name.strip_prefix("description[") {
            let (number, name) = rest.split_once("]/").ok_or(not_writable())?;
            let number: usize = number.parse().map_err(|_| not_writable())?;
            let parts = all.get_mut(number.wrapping_sub(1)).ok_or(not_writable())?;
            put(parts, name, param);
            continue;
        }
        if next.0 != param.name {
            next = (param.name.clone(), usize::from(param.name == SERVICE));
        }
        let parts = all.get_mut(next.1).ok_or(not_writable())?;
        put(parts, &param.name, param);
        next.1 += 1;
    }
    Ok(())
}

fn put(parts: &mut Parts, name: &str, param: &Param) {
    if name == SERVICE {
        parts.database.clone_from(&param.value);
    } else {
        parts.params.push(Param::new(name, param.value.clone()));
    }
}
