//! The npm package: the engine as wasm, its glue, and the page side. Each step is left out when it is fresh.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use crate::route::{Route, TARGET};
use crate::run::{self, Result};
use crate::setup::Kit;
use crate::stamp::{self, Files, unreachable};
use crate::workspace::Workspace;

pub fn all(workspace: &Workspace, kit: &Kit) -> Result {
    let route = kit.route()?;
    thread::scope(|scope| {
        let mut glues = Vec::new();
        for part in &PARTS {
            let engine = compile(workspace, route, part)?;
            // What follows uses one core only, so the next part is compiled beside it.
            glues.push(run::spawn(scope, move || glue(workspace, kit, part.name, &engine)));
        }
        glues
            .into_iter()
            .try_for_each(|glue| glue.join().unwrap_or_else(|_| Err("The glue was not made.".to_owned())))
    })?;
    page(workspace, route)
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
    Part { name: "jackfield_prover", package: "jackfield", features: "preparer" },
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

/// Prints what a page loads; more than its budget is an error.
pub fn budget(workspace: &Workspace) -> Result {
    run::must(&mut node(workspace, "pkg/budget.mjs"))
}

/// Builds the sandbox server; cargo knows whether it is fresh.
pub fn sandbox(workspace: &Workspace) -> Result<PathBuf> {
    run::must(
        Command::new("cargo").args(["build", "--package", "jackfield-sandbox"]).current_dir(&workspace.root),
    )?;
    Ok(sandbox_program(workspace))
}

/// Where the sandbox server is built.
pub fn sandbox_program(workspace: &Workspace) -> PathBuf {
    workspace.target.join("debug").join(format!("jackfield-sandbox{}", std::env::consts::EXE_SUFFIX))
}

/// A program of JavaScript, started in the repository.
pub fn node(workspace: &Workspace, program: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(program).current_dir(&workspace.root);
    command
}

/// A wasm as the compiler makes it. Cargo itself would compile each anew: the parts of one crate overwrite each other's output.
fn compile(workspace: &Workspace, route: &Route, Part { name, package, features }: &Part) -> Result<PathBuf> {
    let mut cargo = route.shipped(workspace);
    cargo.args(["--package", package, "--lib", "--profile", "wasm"]);
    cargo.args(["--no-default-features", "--features", features]);
    let folder = route.folder(workspace).join(TARGET).join("wasm");
    let output = folder.join(package.replace('-', "_"));
    let part = folder.join(format!("{name}.part"));
    let [made, sources] = ["wasm", "d"].map(|end| part.with_extension(format!("part.{end}")));
    let stamp = workspace.stamp(&format!("compile-{name}"));
    let command = format!("{} {cargo:?}", route.compiler());
    stamp::once_of(
        &stamp,
        || inputs(workspace, &sources),
        &command,
        &Files::of([made.clone()]),
        || {
            run::must(&mut cargo)?;
            for (end, copy) in [("wasm", &made), ("d", &sources)] {
                let output = output.with_extension(end);
                fs::copy(&output, copy).map_err(|error| unreachable(&output, &error))?;
            }
            Ok(())
        },
    )?;
    Ok(made)
}

/// What a part was compiled from, as the compiler listed it; the first time it is not known yet.
fn inputs(workspace: &Workspace, list: &Path) -> Files {
    let text = fs::read_to_string(list).unwrap_or_default();
    // A space within a name is written after a backslash.
    let text = text.replace("\\ ", "\0");
    let sources = text.split_whitespace().skip(1).map(|path| PathBuf::from(path.replace('\0', " ")));
    let mut paths: Vec<PathBuf> = sources.filter(|path| !path.is_dir()).collect();
    paths.extend(["Cargo.toml", "Cargo.lock"].map(|file| workspace.at(file)));
    Files::of(paths)
}

/// JavaScript glue and its types from wasm-bindgen, and the wasm made as small as it gets.
fn glue(workspace: &Workspace, kit: &Kit, name: &str, engine: &Path) -> Result {
    let bindgen = kit.bindgen("wasm-bindgen")?;
    let version = run::read(Command::new(&bindgen).arg("--version")).ok_or("wasm-bindgen does not start.")?;
    let inputs = Files::of([
        engine.to_path_buf(),
        workspace.at("node_modules/binaryen/package.json"),
        workspace.at("crates/xtask/src/build.rs"),
    ]);
    let ends = [".js", ".d.ts", "_bg.wasm", "_bg.wasm.d.ts"];
    let outputs = Files::of(ends.map(|end| workspace.at("pkg/wasm").join(format!("{name}{end}"))));
    stamp::once(&workspace.stamp(&format!("glue-{name}")), &inputs, &version, &outputs, || {
        run::say("wasm-bindgen, wasm-opt");
        let out = workspace.at("pkg/wasm");
        let mut bind = Command::new(&bindgen);
        bind.args(["--target", "web", "--out-name", name, "--out-dir"]).arg(&out).arg(engine);
        // The page side always says where the wasm lies, so the glue need not know.
        bind.args(["--omit-default-module-path", "--encode-into", "always"]);
        run::must(bind.args(["--remove-name-section", "--remove-producers-section"]))?;
        let (large, small) = (out.join(format!("{name}_bg.wasm")), out.join(format!("{name}.small.wasm")));
        let mut shrink = node(workspace, "node_modules/binaryen/bin/wasm-opt");
        // It may use what the compiler used, which the module says itself, and nothing newer: browsers must read the result.
        // Control flow is written anew first, which is worth half a kilobyte.
        shrink.args([
            "--flatten",
            "--rereloop",
            "-Oz",
            "-Oz",
            "--strip-target-features",
            "--strip-producers",
        ]);
        // Without inlining: the file is larger, what is sent is smaller, for brotli finds the calls alike.
        shrink.args(["--always-inline-max-function-size=0", "--flexible-inline-max-function-size=0"]);
        shrink.args([
            "--one-caller-inline-max-function-size=0",
            "--merge-locals",
            "--coalesce-locals-learning",
            "--reorder-locals",
        ]);
        // In the first kilobyte lies only the end of the stack, so what is added to an address can be part of the load.
        shrink.args(["--low-memory-unused", "--optimize-instructions", "-o"]).arg(&small).arg(&large);
        run::must(&mut shrink)?;
        fs::rename(&small, &large).map_err(|error| unreachable(&large, &error))
    })?;
    Ok(())
}

/// Scripts, types, stylesheet, icons, catalogues, and the bill of materials, which names the compiler. It takes seconds and depends on most
/// of the repository, so it is always done.
fn page(workspace: &Workspace, route: &Route) -> Result {
    run::say("node pkg/build.mjs");
    run::must(&mut node(workspace, "pkg/build.mjs"))?;
    run::must(node(workspace, "pkg/inventory.mjs").args(["--compiler", &route.compiler()]))
}
