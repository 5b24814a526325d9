//! ARCHITECTURE.md: the code map, the decisions, and the crates that ship.

use super::*;

/// The first cell of each row of a document's tables, without backticks.
pub fn first_cells(document: &str) -> Vec<String> {
    let rows = text(document);
    rows.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).map(str::to_owned).collect()
}

#[test]
fn the_code_map_has_every_layer_in_its_order() {
    let lib = text("src/lib.rs");
    let layers: Vec<String> = lib
        .lines()
        .filter_map(|line| Some(format!("src/{}/", line.strip_prefix("pub mod ")?.strip_suffix(';')?)))
        .collect();
    assert!(layers.len() > 7);
    let mapped: Vec<String> = first_cells("ARCHITECTURE.md")
        .into_iter()
        .filter(|cell| cell.starts_with("src/") && cell.ends_with('/'))
        .collect();
    assert_eq!(mapped, layers);
}

#[test]
fn every_decision_is_listed_with_its_date_and_its_figures() {
    let overview = text("ARCHITECTURE.md");
    let records = crate::common::files("docs/decisions", ".md");
    let mut wrong = Vec::new();
    for path in &records {
        let record = text(path);
        let lines: Vec<&str> = record.lines().collect();
        let listed = overview.contains(&format!("]({})", path.display()));
        let is_dated = lines.get(2).is_some_and(|date| date.len() == 10 && date.starts_with("20"));
        if !listed || !is_dated || !record.contains("**Figures.**") {
            wrong.push(format!("{} is not listed, not dated or without figures", path.display()));
        }
    }
    assert_eq!(overview.matches("](docs/decisions/").count(), records.len());
    nothing(wrong);
}

#[test]
fn every_folder_of_the_repository_is_in_the_code_map() {
    let map = first_cells("ARCHITECTURE.md");
    let folders = std::fs::read_dir(".")
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir());
    let names: Vec<String> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let unmapped = names.iter().filter(|name| {
        !name.starts_with('.') && *name != "src" && !is_made(name) && !map.contains(&format!("{name}/"))
    });
    nothing(unmapped.map(|name| format!("ARCHITECTURE.md does not map {name}/")).collect());
}

#[test]
fn what_ships_in_the_wasm_has_its_reason() {
    let manifest = text("Cargo.toml");
    let section = |head: &str| {
        manifest
            .split(head)
            .nth(1)
            .unwrap()
            .split("\n[")
            .next()
            .unwrap()
            .lines()
            .skip(1)
            .filter_map(|line| line.split(" = ").next())
    };
    let used: BTreeSet<&str> = section("\n[dependencies]")
        .chain(section("wasm32\")'.dependencies]"))
        .filter(|name| !name.is_empty())
        .collect();
    let cells = first_cells("ARCHITECTURE.md");
    let told: BTreeSet<&str> =
        cells.iter().map(String::as_str).filter(|cell| !cell.contains(['/', '.'])).collect();
    assert_eq!(told, used);
}
