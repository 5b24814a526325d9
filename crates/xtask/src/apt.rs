//! System packages of Debian and its kin.

use std::cell::Cell;
use std::process::{Command, Stdio};

use crate::run::{self, Result};
use crate::workspace::on_path;

pub struct Apt {
    /// Only root may install; anybody else is told what to run.
    is_root: bool,
    updated: Cell<bool>,
}

impl Apt {
    /// None where packages are managed otherwise.
    pub fn here() -> Option<Apt> {
        on_path("apt-get").map(|_| Apt { is_root: is_root(), updated: Cell::new(false) })
    }

    pub fn can_install(&self) -> bool {
        self.is_root
    }

    /// Whether a package of this name can be installed. A fresh machine knows none until its lists are fetched.
    pub fn offers(&self, package: &str) -> bool {
        candidate(package) || (self.is_root && self.update().is_ok() && candidate(package))
    }

    /// Installs as root; for anybody else the error is the one line to run.
    pub fn install(&self, packages: &[String]) -> Result {
        let command = install_command(packages);
        if !self.is_root {
            return Err(format!("Run this once, then try again: {}", sudo(&command)));
        }
        run::say(&format!("{command} (about a minute)"));
        if self.try_install(packages).is_ok() {
            return Ok(());
        }
        self.update()?;
        self.try_install(packages)
            .map_err(|_| format!("The system packages could not be installed. Check the network, then run this by hand to see why: {command}"))
    }

    fn update(&self) -> Result {
        if self.updated.replace(true) {
            return Ok(());
        }
        run::say("apt-get update");
        run::must(Command::new("apt-get").args(["update", "-qq"])).map_err(|_| {
            "The lists of system packages could not be fetched. Check the network, then try again.".to_owned()
        })
    }

    fn try_install(&self, packages: &[String]) -> Result {
        let mut command = Command::new("apt-get");
        command.args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages);
        // Scripts of packages may ask questions or read the terminal; nobody is there to answer.
        run::must(command.env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()))
    }
}

fn install_command(packages: &[String]) -> String {
    format!("apt-get install -y --no-install-recommends {}", packages.join(" "))
}

/// For a machine whose lists of packages may never have been fetched.
fn sudo(command: &str) -> String {
    format!("sudo sh -c 'apt-get update && {command}'")
}

fn candidate(package: &str) -> bool {
    let policy = run::read(Command::new("apt-cache").args(["policy", package]).env("LC_ALL", "C"));
    policy.is_some_and(|text| text.contains("Candidate: ") && !text.contains("Candidate: (none)"))
}

/// The newest package whose name is `stem` and a number, like `lld-22`.
pub fn newest(stem: &str) -> Option<String> {
    let names = run::read(Command::new("apt-cache").args(["pkgnames", stem]))?;
    names
        .lines()
        .filter_map(|name| name.strip_prefix(stem)?.parse::<u32>().ok())
        .max()
        .map(|n| format!("{stem}{n}"))
}

fn is_root() -> bool {
    run::read(Command::new("id").arg("-u")).is_some_and(|id| id == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_not_install_is_given_one_line() {
        let apt = Apt { is_root: false, updated: Cell::new(false) };
        let sentence = apt.install(&["chromium".to_owned(), "lld-22".to_owned()]).unwrap_err();
        let line =
            "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends chromium lld-22'";
        assert_eq!(sentence, format!("Run this once, then try again: {line}"));
    }
}
