//! A release: the tarball, made twice from nothing, and equal.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{self, node};
use crate::run::{self, Result};
use crate::setup::{self, Kit, Tool};
use crate::stamp::unreachable;
use crate::workspace::Workspace;

/// Makes the tarball, and prints the lines with which a page makes sure of the files.
pub fn pack(workspace: &Workspace) -> Result {
    let kit = setup::set_up(workspace, &[Tool::Page, Tool::Wasm])?;
    twice(workspace, &kit)?;
    run::must(node(workspace, "pkg/inventory.mjs").args(["--compiler", &kit.route()?.compiler(), "--tags"]))
}

/// Builds everything anew twice, in target folders of their own, and keeps the tarball if both are the same to the byte.
pub fn twice(workspace: &Workspace, kit: &Kit) -> Result {
    let mut made = Vec::new();
    for round in ["first", "second"] {
        run::say(&format!("everything from nothing, for the {round} time"));
        let target = workspace.target.join("pack").join(round);
        remove(&target)?;
        let fresh = Workspace { target, ..workspace.clone() };
        build::all(&fresh, kit)?;
        made.push(tarball(&fresh)?);
    }
    let [first, second] = &made[..] else { return Err("Two tarballs were to be made.".to_owned()) };
    if read(first)? != read(second)? {
        return Err(format!(
            "{} and {} differ: the build is not reproducible.",
            first.display(),
            second.display()
        ));
    }
    let kept = workspace.target.join(first.file_name().unwrap_or_default());
    fs::copy(first, &kept).map_err(|error| unreachable(&kept, &error))?;
    run::print(&format!("\nEqual to the byte, twice: {}", kept.display()));
    Ok(())
}

/// `npm pack`, which gives every file in it the same time.
fn tarball(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target.join("tarball");
    fs::create_dir_all(&folder).map_err(|error| unreachable(&folder, &error))?;
    let mut npm = Command::new("npm");
    npm.args(["pack", "--silent", "--pack-destination"]).arg(&folder).current_dir(workspace.at("pkg"));
    let name = run::read(&mut npm).ok_or("npm pack failed. Run it in pkg/ to see why.")?;
    Ok(folder.join(name.lines().last().unwrap_or_default()))
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).map_err(|error| unreachable(file, &error))
}

fn remove(folder: &Path) -> Result {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| unreachable(folder, &error))
    } else {
        Ok(())
    }
}
