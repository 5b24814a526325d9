//! The command line as a script meets it: what it prints where, and how it ends.

mod lint;
mod request;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// What a run left behind.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    #[track_caller]
    fn json(&self) -> Value {
        assert_eq!(self.err, "");
        serde_json::from_str(&self.out).unwrap()
    }
}

fn run(words: &[&str]) -> Run {
    run_with(words, "")
}

fn run_with(words: &[&str], stdin: &str) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jackfield"));
    let mut child = command
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that reads nothing may be gone already.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let out = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: out.status.code().unwrap(), out: text(out.stdout), err: text(out.stderr) }
}

fn data(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/data/chartbrew")
        .join(name)
        .to_string_lossy()
        .into_owned()
}

/// A folder with these files.
fn folder(files: &[(&str, Value)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, json) in files {
        fs::write(folder.path().join(name), json.to_string()).unwrap();
    }
    folder
}

fn at(folder: &TempDir, name: &str) -> String {
    let path: PathBuf = folder.path().join(name);
    path.to_string_lossy().into_owned()
}

/// A small API of its own, so that what is tested is not what ships.
fn api() -> Value {
    json!({
        "id": "ports", "title": "Ports", "identify": ["/kind"], "record": { "id": "/id", "name": "/name" }, "never_sent": ["/id"],
        "settings": [{ "id": "dock", "label": "Dock", "from": "/name" }],
        "operations": {
            "create": { "method": "POST", "path": "/ships", "gives": "record" },
            "update": { "method": "PUT", "path": "/ships/{dock}", "gives": "record" },
            "delete": { "method": "DELETE", "path": "/ships/{dock}", "query": [["dock", "{dock}"]] },
            "list": { "method": "GET", "path": "/ships", "gives": "list", "items": "" }
        }
    })
}

fn ship() -> Value {
    json!({
        "id": "ship", "title": "Ship", "base": { "kind": "ship" },
        "sections": [{ "title": "Ship", "fields": [
            { "id": "name", "kind": "text", "label": "Name", "required": true, "max_length": 8 },
            { "id": "key", "kind": "secret", "label": "Key" },
            { "id": "crew", "kind": "integer", "label": "Crew", "minimum": 2, "level": "warning" },
            { "id": "papers", "kind": "file", "label": "Papers", "accept": [".txt"], "max_bytes": 6, "as": "utf8" },
            { "id": "cargo", "kind": "rows", "label": "Cargo", "columns": [{ "id": "what", "kind": "text", "label": "What", "required": true }, { "id": "tons", "kind": "integer", "label": "Tons" }] }
        ] }]
    })
}

fn bundle() -> Value {
    json!({ "api": api(), "types": [ship(), { "id": "raft", "title": "Raft", "like": "ship", "hidden": true, "base": { "kind": "raft" } }] })
}

/// Runs a command with the API of this file at hand.
fn ports(words: &[&str], files: &[(&str, Value)]) -> Run {
    let folder = folder(&[&[("bundle.json", bundle())], files].concat());
    let words: Vec<String> = words
        .iter()
        .map(|word| word.strip_prefix('@').map_or_else(|| (*word).to_owned(), |name| at(&folder, name)))
        .collect();
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    let catalog = at(&folder, "bundle.json");
    words.extend(["--catalog", &catalog]);
    run(&words)
}

#[test]
fn types_are_listed_of_one_api_or_all() {
    let own = json!([{ "api": "ports", "type": "raft", "title": "Raft", "hidden": true }, { "api": "ports", "type": "ship", "title": "Ship" }]);
    assert_eq!(ports(&["types", "--api", "ports"], &[]).json(), own);
    let all = ports(&["types"], &[]).json();
    assert!(all.as_array().unwrap().len() > 18);
    assert!(all.as_array().unwrap().contains(&own[0]));
}

#[test]
fn a_described_type_has_everything_inherited() {
    let run = ports(&["describe", "ports", "raft"], &[]);
    let described = run.json();
    assert_eq!(described["base"], json!({ "kind": "raft" }));
    assert_eq!(described["sections"], ship()["sections"]);
    assert_eq!(described.get("like"), None);
    assert!(run.out.starts_with("{\n  \""), "printed for people: {}", run.out);
}

#[test]
fn check_prints_each_fault_with_its_sentence() {
    let values =
        json!({ "name": "Flying Dutchman", "crew": 1, "cargo": [{ "what": "tea" }, { "tons": "x" }] });
    let run = ports(&["check", "ports", "ship", "--values", "@v.json"], &[("v.json", values)]);
    assert_eq!(run.code, 1);
    assert_eq!(
        run.json(),
        json!([
            { "field": "name", "code": "max_length", "level": "error", "params": { "max": 8, "got": 15 }, "message": "Enter at most 8 characters; there are 15." },
            { "field": "crew", "code": "minimum", "level": "warning", "params": { "min": 2 }, "message": "Enter 2 or more." },
            { "field": "cargo", "code": "required", "level": "error", "row": 1, "column": "what", "message": "Fill in this field." },
            { "field": "cargo", "code": "integer", "level": "error", "row": 1, "column": "tons", "message": "Enter a whole number." }
        ])
    );
}

#[test]
fn warnings_alone_are_no_failure() {
    let run = ports(
        &["check", "ports", "ship", "--values", "@v.json"],
        &[("v.json", json!({ "name": "Beagle", "crew": 1 }))],
    );
    assert_eq!((run.code, run.json()[0]["level"].clone()), (0, json!("warning")));
    let fine =
        ports(&["check", "ports", "ship", "--values", "@v.json"], &[("v.json", json!({ "name": "Beagle" }))]);
    assert_eq!((fine.code, fine.json()), (0, json!([])));
}

#[test]
fn a_record_gives_type_values_and_secrets() {
    let record = json!({ "id": 5, "kind": "ship", "name": "Beagle", "key": "hunter2", "flag": "uk" });
    let load = |more: &[&str]| {
        ports(&[&["load", "ports", "--record", "@r.json"], more].concat(), &[("r.json", record.clone())])
            .json()
    };
    assert_eq!(load(&[]), json!({ "type": "ship", "values": { "name": "Beagle", "key": { "keep": true } } }));
    assert_eq!(load(&["--reveal"])["values"]["key"], "hunter2");
    assert_eq!(load(&["--type", "raft"])["type"], "raft");

    let request = |operation: &str| {
        let words = [
            "request",
            "ports",
            "-",
            operation,
            "--record",
            "@r.json",
            "--values",
            "@v.json",
            "--reveal",
            "--setting",
            "base_url=http://sea",
        ];
        ports(&words, &[("r.json", record.clone()), ("v.json", json!({ "name": "Fram" }))]).json()
    };
    assert_eq!(request("create")["body"], json!({ "kind": "ship", "name": "Fram", "key": "hunter2" }));
    assert_eq!(
        request("update")["body"],
        json!({ "kind": "ship", "name": "Fram", "key": "hunter2", "flag": "uk" })
    );
    assert_eq!(request("update")["url"], "http://sea/ships/Beagle");
}

/// A secret and a plain field at one place: `load` shows what is stored as what it is.
#[test]
fn a_stored_secret_is_not_loaded_by_the_field_beside_it() {
    let way = json!({ "id": "way", "kind": "choice", "label": "Way", "options": ["key", "user"] });
    let field = |id: &str, kind: &str| json!({ "id": id, "kind": kind, "label": id, "at": "/value", "shown": { "is": ["way", id] } });
    let barge = json!({ "id": "barge", "title": "Barge", "sections": [{ "title": "S", "fields": [way, field("user", "text"), field("key", "secret")] }] });
    let load = |record: Value, more: &[&str]| {
        let files = [("record.json", record), ("bundle.json", json!({ "api": api(), "types": [barge] }))];
        ports(&[&["load", "ports", "--type", "barge", "--record", "@record.json"], more].concat(), &files)
            .json()["values"]
            .clone()
    };
    assert_eq!(
        load(json!({ "way": "key", "value": "hunter2" }), &[]),
        json!({ "way": "key", "key": { "keep": true } })
    );
    assert_eq!(load(json!({ "way": "user", "value": "ann" }), &[]), json!({ "way": "user", "user": "ann" }));
    assert_eq!(load(json!({ "value": "hunter2" }), &["--reveal"]), json!({}));
}

#[test]
fn a_file_value_is_read_within_its_limit() {
    let folder = folder(&[("bundle.json", bundle())]);
    fs::write(at(&folder, "p.txt"), "a\nb").unwrap();
    fs::write(at(&folder, "long.txt"), "more than six").unwrap();
    let catalog = at(&folder, "bundle.json");
    let request = |name: &str| {
        let values = json!({ "name": "Beagle", "papers": { "file": at(&folder, name) } }).to_string();
        run_with(
            &[
                "request",
                "ports",
                "ship",
                "create",
                "--values",
                "-",
                "--reveal",
                "--setting",
                "base_url=http://sea",
                "--catalog",
                &catalog,
            ],
            &values,
        )
    };
    assert_eq!(request("p.txt").json()["body"]["papers"], "a\nb");
    let long = request("long.txt");
    assert_eq!(long.code, 1);
    assert_eq!(
        serde_json::from_str::<Value>(&long.err).unwrap()[0]["message"],
        "Choose a file of at most 6 B; this one has 13 B."
    );
    let gone = request("gone.txt");
    assert!(gone.code == 2 && gone.err.contains("gone.txt cannot be read"), "{}", gone.err);
}

#[test]
fn stdin_stands_for_a_file() {
    let record = fs::read_to_string(data("records/postgres-form.json")).unwrap();
    let loaded = run_with(&["load", "chartbrew", "--record", "-"], &record).json();
    assert_eq!(loaded["type"], "postgres");
    assert_eq!(loaded["values"]["mode"], "form");
}

#[test]
fn what_does_not_exist_is_refused_by_its_name() {
    let values = ("v.json", json!({ "nmae": "x" }));
    let shape = ("shape.json", json!({ "name": 5 }));
    let list = ("list.json", json!([1]));
    let strange = ("strange.json", json!({ "kind": "sub" }));
    let files = [values, shape, list, strange];
    for (words, sentence) in [
        (vec!["types", "--api", "prots"], "the API “prots” is unknown; did you mean “ports”?"),
        (vec!["describe", "ports", "shipp"], "the type “shipp” is unknown; did you mean “ship”?"),
        (
            vec!["request", "ports", "ship", "creat"],
            "the operation “creat” is unknown; did you mean “create”?",
        ),
        (vec!["request", "ports", "ship", "test"], "the operation “test” is unknown"),
        (vec!["request", "ports", "ship", "create", "--setting", "dokc=1"], "the setting “dokc” is unknown"),
        (
            vec!["request", "ports", "-", "create"],
            "The TYPE “-” takes the type from a record: give --record.",
        ),
        (
            vec!["request", "ports", "-", "list", "--values", "@v.json"],
            "The operation “list” sends no values",
        ),
        (vec!["request", "ports", "boat", "list"], "the type “boat” is unknown"),
        (vec!["check", "ports", "ship"], "There is nothing to check"),
        (
            vec!["check", "ports", "ship", "--values", "@v.json"],
            "the field “nmae” is unknown; did you mean “name”?",
        ),
        (
            vec!["check", "ports", "ship", "--values", "@shape.json"],
            "the value of “name” has the wrong shape for a field of kind text.",
        ),
        (vec!["check", "ports", "ship", "--values", "@list.json"], "list.json must hold a JSON object."),
        (vec!["check", "ports", "ship", "--values", "@gone.json"], "gone.json cannot be read"),
        (
            vec!["check", "ports", "ship", "--values", "-", "--record", "-"],
            "Only one of --values and --record can be stdin.",
        ),
        (vec!["check", "ports", "ship", "--values", "-"], "- is not JSON: line 1, column 0."),
        (vec!["load", "ports", "--record", "@strange.json"], "the type “sub” is unknown"),
        (vec!["request", "ports", "ship", "create", "--setting", "dock"], "a setting is written NAME=VALUE"),
        (vec!["url", "postgres"], "unrecognized subcommand"),
        (vec!["types", "--catalog", "@list.json"], "list.json: "),
    ] {
        let run = ports(&words, &files);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{words:?}");
        assert!(run.err.contains(sentence.trim_end_matches('.')), "{words:?}: {}", run.err);
    }
}
