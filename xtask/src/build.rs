//! The npm package: the engine as wasm, its glue, and the page side. Each step is left out when it is fresh.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::house::House;
use crate::route::{Route, TARGET};
use crate::run::{self, Done};
use crate::stamp::{self, Files, unreachable};
use crate::tools::Kit;

pub fn all(house: &House, kit: &Kit) -> Done {
    let route = kit.route()?;
    for part in &PARTS {
        glue(house, kit, part.name, &made(house, route, part)?)?;
    }
    page(house)
}

/// A wasm of the package.
pub struct Part {
    /// What the package calls it.
    name: &'static str,
    pub package: &'static str,
    pub features: &'static str,
}

/// The engine; what proves bundles, which a page loads only for an API of its own; what sends, which it loads with its first request; what reads connection strings, of which it
/// loads the one that a type needs with the first string; and what fills fields with them.
pub const PARTS: [Part; 10] = [
    Part { name: "jackfield", package: "jackfield", features: "" },
    Part { name: "jackfield_prover", package: "jackfield", features: "prover" },
    Part { name: "jackfield_sender", package: "jackfield", features: "sender" },
    strings("jackfield_postgres", "wasm,postgres"),
    strings("jackfield_mysql", "wasm,mysql"),
    strings("jackfield_sqlserver", "wasm,sqlserver"),
    strings("jackfield_oracle", "wasm,oracle"),
    strings("jackfield_urls", "wasm,urls"),
    strings("jackfield_lists", "wasm,lists,jdbc"),
    strings("jackfield_paste", "wasm,paste"),
];

const fn strings(name: &'static str, features: &'static str) -> Part {
    Part { name, package: "jackfield-strings", features }
}

/// The sandbox server; cargo knows whether it is fresh.
pub fn sandbox(house: &House) -> Done<PathBuf> {
    run::must(Command::new("cargo").args(["build", "--package", "jackfield-sandbox"]).current_dir(&house.root))?;
    Ok(house.target.join("debug").join(format!("jackfield-sandbox{}", std::env::consts::EXE_SUFFIX)))
}

/// A program of JavaScript, started in the repository.
pub fn node(house: &House, program: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(program).current_dir(&house.root);
    command
}

fn made(house: &House, route: &Route, Part { name, package, features }: &Part) -> Done<PathBuf> {
    let mut cargo = route.shipped(house);
    run::must(cargo.args(["--package", package, "--lib", "--profile", "wasm", "--no-default-features", "--features", features]))?;
    // Cargo gives the parts of one crate its name.
    let made = route.folder(house).join(TARGET).join("wasm").join(format!("{}.wasm", package.replace('-', "_")));
    let kept = made.with_file_name(format!("{name}.part.wasm"));
    fs::copy(&made, &kept).map_err(|error| unreachable(&made, &error))?;
    Ok(kept)
}

/// JavaScript glue and its types from wasm-bindgen, and the wasm made as small as it gets.
fn glue(house: &House, kit: &Kit, name: &str, engine: &Path) -> Done {
    let bindgen = kit.bindgen("wasm-bindgen")?;
    let version = run::read(Command::new(&bindgen).arg("--version")).ok_or("wasm-bindgen does not start.")?;
    let inputs = Files::of([engine.to_path_buf(), house.at("node_modules/binaryen/package.json"), house.at("xtask/src/build.rs")]);
    let ends = [".js", ".d.ts", "_bg.wasm", "_bg.wasm.d.ts"];
    let outputs = Files::of(ends.map(|end| house.at("pkg/wasm").join(format!("{name}{end}"))));
    stamp::once(&house.stamp(&format!("glue-{name}")), &inputs, &version, &outputs, || {
        run::say("wasm-bindgen, wasm-opt");
        let out = house.at("pkg/wasm");
        let mut bind = Command::new(&bindgen);
        bind.args(["--target", "web", "--out-name", name, "--out-dir"]).arg(&out).arg(engine);
        // The page side always says where the wasm lies, so the glue need not know.
        bind.args(["--omit-default-module-path", "--encode-into", "always"]);
        run::must(bind.args(["--remove-name-section", "--remove-producers-section"]))?;
        let (large, small) = (out.join(format!("{name}_bg.wasm")), out.join("small.wasm"));
        let mut shrink = node(house, "node_modules/binaryen/bin/wasm-opt");
        // It may use what the compiler used, which the module says itself, and nothing newer: browsers must read the result.
        // Control flow is written anew first, which is worth half a kilobyte.
        shrink.args(["--flatten", "--rereloop", "-Oz", "-Oz", "--strip-target-features", "--strip-producers"]);
        // Without inlining: the file is larger, what is sent is smaller, for brotli finds the calls alike.
        shrink.args(["--always-inline-max-function-size=0", "--flexible-inline-max-function-size=0"]);
        shrink.args(["--one-caller-inline-max-function-size=0", "--merge-locals", "--coalesce-locals-learning", "--reorder-locals"]);
        // In the first kilobyte lies only the end of the stack, so what is added to an address can be part of the load.
        shrink.args(["--low-memory-unused", "--optimize-instructions", "-o"]).arg(&small).arg(&large);
        run::must(&mut shrink)?;
        fs::rename(&small, &large).map_err(|error| unreachable(&large, &error))
    })?;
    Ok(())
}

/// Scripts, types, stylesheet, icons and catalogues.
fn page(house: &House) -> Done {
    let build = ["pkg/build.mjs", "pkg/inventory.mjs", "pkg/words.mjs", "pkg/package.json", "pkg/tsconfig.json", "package-lock.json", "Cargo.lock"];
    let sources = ["pkg/src", "pkg/assets", "pkg/wasm", "src/contract.d.ts", "src/words", "src/catalog", "strings/groups.json", "www/apis"];
    let inputs = Files { paths: build.iter().chain(&sources).map(|path| house.at(path)).collect(), except: generated };
    let outputs = Files::of([house.at("pkg/dist")]);
    stamp::once(&house.stamp("page"), &inputs, "", &outputs, || {
        run::say("node pkg/build.mjs");
        run::must(&mut node(house, "pkg/build.mjs"))?;
        run::must(&mut node(house, "pkg/inventory.mjs"))
    })?;
    Ok(())
}

/// What the build itself writes among the sources.
fn generated(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().contains(".gen."))
}
