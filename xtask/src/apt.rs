//! System packages of Debian and its kin.

use std::cell::Cell;
use std::process::{Command, Stdio};

use crate::house::{House, on_path};
use crate::run::{self, Done};

pub struct Apt<'a> {
    house: &'a House,
    updated: Cell<bool>,
}

impl<'a> Apt<'a> {
    /// None where packages are managed otherwise.
    pub fn here(house: &'a House) -> Option<Apt<'a>> {
        on_path("apt-get").map(|_| Apt { house, updated: Cell::new(false) })
    }

    /// Whether a package of this name can be installed. A fresh machine knows none until its lists are fetched.
    pub fn offers(&self, package: &str) -> bool {
        candidate(package) || (self.allowed() && self.update().is_ok() && candidate(package))
    }

    /// Installs if that is allowed, else answers with the one command to run.
    pub fn install(&self, packages: &[String]) -> Done {
        let command = install_command(packages);
        if !self.allowed() {
            return Err(format!("Run this once, then try again: {}{command}", if is_root() { "" } else { "sudo " }));
        }
        run::say(&command);
        if self.try_install(packages).is_ok() {
            return Ok(());
        }
        self.update()?;
        self.try_install(packages).map_err(|_| format!("This failed; run it by hand to see why: {command}"))
    }

    fn allowed(&self) -> bool {
        self.house.may_install && is_root()
    }

    fn update(&self) -> Done {
        if self.updated.replace(true) {
            return Ok(());
        }
        run::must(Command::new("apt-get").args(["update", "-qq"]))
    }

    fn try_install(&self, packages: &[String]) -> Done {
        let mut command = Command::new("apt-get");
        command.args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages);
        // Scripts of packages may ask questions or read the terminal; nobody is there to answer.
        run::must(command.env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()))
    }
}

fn install_command(packages: &[String]) -> String {
    format!("apt-get install -y --no-install-recommends {}", packages.join(" "))
}

fn candidate(package: &str) -> bool {
    let policy = run::read(Command::new("apt-cache").args(["policy", package]).env("LC_ALL", "C"));
    policy.is_some_and(|text| text.contains("Candidate: ") && !text.contains("Candidate: (none)"))
}

/// The newest package whose name is `stem` and a number, like `lld-22`.
pub fn newest(stem: &str) -> Option<String> {
    let names = run::read(Command::new("apt-cache").args(["pkgnames", stem]))?;
    names.lines().filter_map(|name| name.strip_prefix(stem)?.parse::<u32>().ok()).max().map(|n| format!("{stem}{n}"))
}

fn is_root() -> bool {
    run::read(Command::new("id").arg("-u")).is_some_and(|id| id == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_command_is_the_whole_command() {
        let packages = ["chromium".to_owned(), "chromium-driver".to_owned()];
        assert_eq!(install_command(&packages), "apt-get install -y --no-install-recommends chromium chromium-driver");
    }
}
