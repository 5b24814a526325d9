//! Which compiler reaches wasm32. The toolchain's own, after `rustup target add`; and where rustup reaches no network,
//! Debian's, which builds the standard library along from its sources.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::apt::{Apt, newest};
use crate::run::{self, Result};
use crate::stamp;
use crate::workspace::{Workspace, on_path};

pub const TARGET: &str = "wasm32-unknown-unknown";

/// A server that does not answer must not hold the set-up for long.
const PATIENCE: Duration = Duration::from_secs(90);

pub enum Route {
    Own,
    Debian { linker: PathBuf },
}

impl Route {
    /// `cargo <task>` for wasm32. What runs while it compiles, such as macros, is shared with native builds of the same
    /// compiler; another compiler has a target folder of its own.
    pub fn cargo(&self, workspace: &Workspace, task: &str) -> Command {
        let mut command = match self {
            Route::Own => Command::new("cargo"),
            // Cargo looks for its subcommands in rustup's folder first, and would find those of the other compiler.
            Route::Debian { .. } if task == "clippy" => Command::new("/usr/bin/cargo-clippy"),
            Route::Debian { .. } => Command::new("/usr/bin/cargo"),
        };
        command
            .current_dir(&workspace.root)
            .arg(task)
            .args(["--target", TARGET, "--target-dir"])
            .arg(self.folder(workspace));
        if let Route::Debian { linker } = self {
            command
                .arg("-Zbuild-std=std,panic_abort")
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO", "/usr/bin/cargo")
                .env("RUSTC", "/usr/bin/rustc")
                .env("RUSTDOC", "/usr/bin/rustdoc")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                .env_remove("RUSTUP_TOOLCHAIN");
        }
        command
    }

    /// `cargo build` of what ships. The standard library is built along, for size and without the machinery that words a
    /// panic: measured, that is a seventh of the bytes. Both compilers are of the stable channel, hence the bootstrap word.
    pub fn shipped(&self, workspace: &Workspace) -> Command {
        let mut command = self.cargo(workspace, "build");
        if matches!(self, Route::Own) {
            command.arg("-Zbuild-std=std,panic_abort").env("RUSTC_BOOTSTRAP", "1");
        }
        let flags =
            "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none -Dwarnings";
        command.arg("-Zbuild-std-features=optimize_for_size").env("RUSTFLAGS", flags);
        command
    }

    /// The target folder of `cargo` and `shipped`.
    pub fn folder(&self, workspace: &Workspace) -> PathBuf {
        match self {
            Route::Own => workspace.target.clone(),
            Route::Debian { .. } => workspace.target.join("wasm-debian"),
        }
    }

    /// Whose compiler it is; figures of size are worth little without it.
    pub fn compiler(&self) -> String {
        let rustc = if matches!(self, Route::Own) { "rustc" } else { "/usr/bin/rustc" };
        run::read(Command::new(rustc).arg("--version")).unwrap_or_else(|| "an unknown rustc".to_owned())
    }
}

pub enum Looked {
    Ready(Route),
    /// Debian's packages that would make it ready.
    Missing(Vec<String>),
}

/// Finds the route, asking rustup once; a machine where that failed is not asked to wait again.
pub fn find(workspace: &Workspace, apt: Option<&Apt>, lint: bool) -> Result<Looked> {
    if own_is_there() {
        return Ok(Looked::Ready(Route::Own));
    }
    let rustup_failed = workspace.stamp("rustup-failed");
    if !rustup_failed.exists() && on_path("rustup").is_some() {
        run::say(&format!("rustup target add {TARGET}; rustup component add rust-src"));
        let added =
            run::within(PATIENCE, Command::new("rustup").args(["target", "add", TARGET])).and_then(|()| {
                run::within(PATIENCE, Command::new("rustup").args(["component", "add", "rust-src"]))
            });
        if added.is_ok() && own_is_there() {
            return Ok(Looked::Ready(Route::Own));
        }
        run::say("rustup could not fetch it: Debian's compiler stands in");
        stamp::write(&rustup_failed, "Delete this file to have rustup asked again.\n")?;
    }
    let missing = debian_lacks(apt, lint);
    if let ([], Some(linker)) = (missing.as_slice(), linker()) {
        return Ok(Looked::Ready(Route::Debian { linker }));
    }
    if apt.is_some_and(|apt| missing.iter().all(|package| apt.offers(package))) {
        return Ok(Looked::Missing(missing));
    }
    stamp::forget(&rustup_failed)?;
    Err(match on_path("rustup") {
        Some(_) => format!(
            "Run this where rustup reaches the network, then try again: rustup target add {TARGET} && rustup component add rust-src"
        ),
        None => format!(
            "Install rustup from https://rustup.rs, run `rustup target add {TARGET}` and `rustup component add rust-src`, then try again."
        ),
    })
}

/// Whether a compiler for wasm32 is there already, of either kind.
pub fn is_there() -> bool {
    own_is_there() || debian_lacks(None, false).is_empty() && linker().is_some()
}

fn own_is_there() -> bool {
    let folder = run::read(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    let root = run::read(Command::new("rustc").args(["--print", "sysroot"]));
    let sources = root
        .is_some_and(|root| Path::new(&root).join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file());
    sources && folder.is_some_and(|folder| has_standard_library(Path::new(&folder)))
}

/// rustc names the folder whether or not anything is in it.
fn has_standard_library(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| {
        entries
            .any(|entry| entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("libstd-")))
    })
}

fn debian_lacks(apt: Option<&Apt>, lint: bool) -> Vec<String> {
    let there = |path: &str| Path::new(path).is_file();
    let mut missing = Vec::new();
    let compiler = there("/usr/bin/rustc") && there("/usr/bin/cargo");
    if !compiler || !there("/usr/lib/rustlib/src/rust/library/std/Cargo.toml") {
        // The sources must be those of the compiler, so both are named: apt then brings both to one version.
        missing.extend(["rustc-web", "cargo-web", "rust-web-src"].map(str::to_owned));
    }
    if lint && !there("/usr/bin/cargo-clippy") {
        missing.push("rust-web-clippy".to_owned());
    }
    if linker().is_none() && apt.is_some() {
        missing.push(newest("lld-").unwrap_or_else(|| "lld".to_owned()));
    }
    missing
}

/// LLVM's linker for wasm, the newest one, or the one that comes with a rustup toolchain.
fn linker() -> Option<PathBuf> {
    let numbered = (15..40).rev().find_map(|version| on_path(&format!("wasm-ld-{version}")));
    numbered.or_else(|| on_path("wasm-ld")).or_else(|| {
        let host = run::read(Command::new("rustc").args(["--print", "target-libdir"]))?;
        let own = Path::new(&host).parent()?.join("bin/rust-lld");
        own.is_file().then_some(own)
    })
}
