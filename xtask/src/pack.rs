//! A release: the tarball, made twice from nothing, and equal.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{self, node};
use crate::house::House;
use crate::run::{self, Done};
use crate::stamp::unreachable;
use crate::tools::{self, Kit, Tool};

/// Makes the tarball, and prints the lines with which a page makes sure of the files.
pub fn pack(house: &House) -> Done {
    let kit = tools::set_up(house, &[Tool::Page, Tool::Wasm])?;
    twice(house, &kit)?;
    run::must(node(house, "pkg/inventory.mjs").arg("--tags"))
}

/// Builds everything anew twice, in target folders of their own, and keeps the tarball if both are the same to the byte.
pub fn twice(house: &House, kit: &Kit) -> Done {
    let mut made = Vec::new();
    for round in ["first", "second"] {
        run::say(&format!("everything from nothing, for the {round} time"));
        let target = house.target.join("pack").join(round);
        remove(&target)?;
        let fresh = House { root: house.root.clone(), target, may_install: house.may_install };
        build::all(&fresh, kit)?;
        made.push(tarball(&fresh)?);
    }
    let [first, second] = &made[..] else { return Err("Two tarballs were to be made.".to_owned()) };
    if read(first)? != read(second)? {
        return Err(format!("{} and {} differ: the build is not reproducible.", first.display(), second.display()));
    }
    let kept = house.target.join(first.file_name().unwrap_or_default());
    fs::copy(first, &kept).map_err(|error| unreachable(&kept, &error))?;
    println!("\nEqual to the byte, twice: {}", kept.display());
    Ok(())
}

/// `npm pack`, which gives every file in it the same time.
fn tarball(house: &House) -> Done<PathBuf> {
    let folder = house.target.join("tarball");
    fs::create_dir_all(&folder).map_err(|error| unreachable(&folder, &error))?;
    let mut npm = Command::new("npm");
    npm.args(["pack", "--silent", "--pack-destination"]).arg(&folder).current_dir(house.at("pkg"));
    let name = run::read(&mut npm).ok_or("npm pack failed. Run it in pkg/ to see why.")?;
    Ok(folder.join(name.lines().last().unwrap_or_default()))
}

fn read(file: &Path) -> Done<Vec<u8>> {
    fs::read(file).map_err(|error| unreachable(file, &error))
}

fn remove(folder: &Path) -> Done {
    if folder.exists() { fs::remove_dir_all(folder).map_err(|error| unreachable(folder, &error)) } else { Ok(()) }
}
