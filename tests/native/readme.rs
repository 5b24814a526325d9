//! The documents name what exists, and what they show works. The README's commands are run by `crates/cli/tests/cli/readme.rs`.

mod code_map;

use code_map::first_cells;

use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

use crate::common::{blocks, from_engine, json, shipped, text, to_engine};
use jackfield::bundle::prepare::diagnostics;
use jackfield::bundle::registry::{Registry, SHIPPED};
use jackfield::form::Form;
use jackfield::json::Json;
use serde_json::{Value, json};

const DOCUMENTS: [&str; 10] = [
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "pkg/README.md",
    "pkg/CUSTOM-APIS.md",
    "pkg/THEMING.md",
    "pkg/TROUBLESHOOTING.md",
    "catalog/README.md",
    "docs/testing.md",
];

/// The file that a reader is told to make.
const EXAMPLE: &str = "catalog/chartbrew/cockroachdb.json";

/// What stands outside of fenced blocks.
fn prose(document: &str) -> String {
    text(document).split("\n```").step_by(2).collect()
}

/// The texts in backticks, outside of fenced blocks.
fn spans(document: &str) -> Vec<String> {
    prose(document).split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[track_caller]
fn nothing(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// The JSON of the README, by what it is: types, bundles and bodies.
fn written() -> (Vec<Value>, Vec<Value>, Vec<Value>) {
    let all = blocks("README.md", "json")
        .into_iter()
        .map(|block| serde_json::from_str(&block).unwrap_or_else(|error| panic!("{error} in\n{block}")));
    let (bundles, rest): (Vec<Value>, Vec<Value>) = all.partition(|json: &Value| json.get("api").is_some());
    let (types, bodies) = rest.into_iter().partition(|json| json.get("title").is_some());
    (types, bundles, bodies)
}

/// The API that the README adds a type to, with that type in it.
fn with_type(new: &Value) -> Value {
    let bundles = SHIPPED.iter().map(|bundle| serde_json::from_str::<Value>(bundle).unwrap());
    let mut bundle =
        bundles.into_iter().find(|bundle| EXAMPLE.contains(bundle["api"]["id"].as_str().unwrap())).unwrap();
    bundle["types"].as_array_mut().unwrap().push(new.clone());
    bundle
}

/// A form of a bundle's type.
fn form(bundle: &Value, kind: &str, opening: &Value) -> Form {
    let found = diagnostics(&to_engine(bundle));
    assert!(found.is_empty(), "{}", found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    let mut catalog = Registry::default();
    let api = catalog.add(&to_engine(bundle)).unwrap();
    Form::open(Rc::clone(&catalog.entry(&api).unwrap()), kind, &to_engine(opening)).unwrap()
}

#[test]
fn the_type_of_the_readme_is_read_and_sends_what_it_shows() {
    let (types, _, bodies) = written();
    let [whole, short] = types.as_slice() else { panic!("the README shows {} types", types.len()) };
    let id = whole["id"].as_str().unwrap();
    assert!(
        prose("README.md").contains(&format!("Save this as `{EXAMPLE}`"))
            && EXAMPLE.ends_with(&format!("/{id}.json"))
    );
    assert!(!Path::new(EXAMPLE).exists(), "{EXAMPLE} ships by now: the README needs another example");

    let readme = text("README.md");
    let echo = readme.lines().find_map(|line| line.strip_prefix("echo '")?.strip_suffix("' |")).unwrap();
    let values: Value = serde_json::from_str(echo).unwrap();
    let settings = json!({ "base_url": "https://api.example.com", "team_id": 7 });
    let opening = json!({ "settings": settings, "values": values });
    let shown = form(&with_type(whole), id, &opening);
    assert_eq!(shown.request().err(), None);
    let body = shown.preview().0.and_then(|plan| plan.body).unwrap();
    assert_eq!(from_engine(&body).to_string(), bodies[0].to_string());
    assert_eq!(bodies.len(), 1);

    // The short one has every field of its parent.
    let (short, mut opening) = (form(&with_type(short), id, &opening), opening);
    opening["values"] = json!({});
    let parent = Form::open(
        shipped(Path::new(EXAMPLE).parent().unwrap().file_name().unwrap().to_str().unwrap()),
        "postgres",
        &to_engine(&opening),
    );
    let fields = |mut form: Form| {
        form.view().fields.iter().map(|field| format!("{:?}", field.field)).collect::<Vec<_>>()
    };
    assert_eq!(fields(short), fields(parent.ok().unwrap()));
}

#[test]
fn the_bundle_of_the_readme_is_read_and_asks_for_what_it_needs() {
    let (_, bundles, _) = written();
    let [bundle] = bundles.as_slice() else { panic!("the README shows {} bundles", bundles.len()) };
    let opening = json!({ "settings": { "base_url": "https://x.example", "team": "a b" }, "values": { "name": "n", "server.host": "h", "password": "p" } });
    let plan = form(bundle, "sftp", &opening).request().ok().unwrap();
    assert_eq!(plan.url, "https://x.example/teams/a%20b/widgets");
    let body = json!({ "kind": "sftp", "name": "n", "server": { "host": "h", "port": 22 }, "password": "p" });
    assert_eq!(plan.body.as_ref().map(from_engine), Some(body));
    let empty = form(bundle, "sftp", &json!({}));
    let missing: Vec<String> = empty.request().err().unwrap().into_iter().map(|fault| fault.field).collect();
    assert_eq!(missing, ["name", "server.host", "password", "base_url", "team"]);
}

/// What is made and not kept: such a place need not exist.
fn is_made(path: &str) -> bool {
    text(".gitignore").lines().any(|line| path.starts_with(line.trim_matches(['/', '*'])))
}

#[test]
fn every_place_that_a_document_names_exists() {
    let folders =
        [".cargo/", ".ci/", "catalog/", "crates/", "docs/", "locales/", "pkg/", "src/", "tests/", "www/"];
    let root_files: BTreeSet<&str> =
        ["budget.json", "build.rs", "Cargo.toml", "Cargo.lock", "package.json", "rustfmt.toml"].into();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for document in DOCUMENTS {
        let folder = Path::new(document).parent().unwrap();
        let whole = prose(document);
        let links = whole
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
            .filter(|link| !link.contains("://"));
        let links = links.map(|link| {
            folder.join(link.split('#').next().unwrap_or_default()).to_string_lossy().into_owned()
        });
        let named = spans(document).into_iter().filter(|span| {
            folders.iter().any(|folder| span.starts_with(folder)) || root_files.contains(span.as_str())
        });
        for path in links.chain(named) {
            seen += 1;
            if path != EXAMPLE && !is_made(&path) && !Path::new(&path).exists() {
                wrong.push(format!("{document} names {path}, which does not exist"));
            }
        }
    }
    assert!(seen > 60, "only {seen} places were found");
    nothing(wrong);
}

/// The words of a Rust enum's variants, as clap makes commands of them.
fn variants(file: &str, name: &str) -> BTreeSet<String> {
    let code = text(file);
    let body = code
        .split(&format!("enum {name} {{\n"))
        .nth(1)
        .unwrap_or_else(|| panic!("{file} has no enum {name}"))
        .split("\n}")
        .next()
        .unwrap();
    let word = |line: &str| {
        line.strip_prefix("    ")?
            .split([' ', ',', '('])
            .next()
            .filter(|word| word.starts_with(char::is_uppercase))
            .map(str::to_lowercase)
    };
    body.lines().filter_map(word).collect()
}

#[test]
fn every_command_that_a_document_names_exists_and_every_command_is_named() {
    let (tasks, commands) =
        (variants("crates/xtask/src/main.rs", "Task"), variants("crates/cli/src/args.rs", "Command"));
    let steps = text("crates/xtask/src/steps.rs");
    let (mut wrong, mut named) = (Vec::new(), BTreeSet::new());
    for document in DOCUMENTS {
        let mut lines = spans(document);
        lines.extend(
            ["sh", "console"]
                .iter()
                .flat_map(|language| blocks(document, language))
                .flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>()),
        );
        for line in lines {
            let words: Vec<&str> = line.split_whitespace().collect();
            for (at, word) in words.iter().enumerate() {
                let next = words.get(at + 1).copied().unwrap_or_default();
                let known = match *word {
                    "xtask" if at > 0 && words[at - 1] == "cargo" => tasks.contains(next),
                    // The program, not the package or an engine of that name.
                    "jackfield"
                        if at == 0 && !next.is_empty() || at > 0 && matches!(words[at - 1], "$" | "|") =>
                    {
                        next == "help" || commands.contains(next)
                    }
                    "--only" => steps.contains(&format!("name: \"{next}\"")),
                    _ => continue,
                };
                named.insert(next.to_owned());
                if !known {
                    wrong.push(format!("{document} names “{word} {next}”, which does not exist"));
                }
            }
        }
    }
    wrong.extend(
        tasks
            .iter()
            .chain(&commands)
            .filter(|word| !named.contains(*word))
            .map(|word| format!("no document names the command {word}")),
    );
    nothing(wrong);
}

#[test]
fn the_element_has_the_attributes_that_are_told() {
    let observed_by = |file: &str| -> BTreeSet<String> {
        let code = text(file);
        let list = code.split("observedAttributes = [").nth(1).unwrap().split(']').next().unwrap();
        list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let observed = observed_by("pkg/src/element.ts");
    // `for` is read when a connection is opened, so nobody needs to watch it.
    let of_lists: BTreeSet<String> =
        observed_by("pkg/src/list-element.ts").into_iter().chain(["for".to_owned()]).collect();
    let lower = |cell: &String| {
        cell.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-')
            && !cell.starts_with("jackfield-")
    };
    assert_eq!(
        first_cells("pkg/README.md").into_iter().filter(lower).collect::<BTreeSet<_>>(),
        &observed | &of_lists
    );
    for document in ["README.md", "pkg/README.md"] {
        let tags = text(document);
        for tag in tags
            .split("<jackfield-form ")
            .skip(1)
            .filter_map(|rest| rest.split('>').next())
            .filter(|tag| !tag.contains('…'))
        {
            for name in tag.split_whitespace().filter_map(|word| word.split('=').next()) {
                assert!(
                    name == "id" || observed.contains(name),
                    "{document}: <jackfield-form> has no attribute {name}"
                );
            }
        }
    }
}

#[test]
fn the_policy_that_is_told_is_the_one_that_is_tested() {
    let tested = text("crates/sandbox/src/page.rs").replace("\\\n", " ");
    let told = blocks("README.md", "text").concat();
    let directives: Vec<&str> =
        told.split(';').map(str::trim).filter(|directive| !directive.is_empty()).collect();
    assert_eq!(directives.len(), 6);
    for directive in directives.iter().filter(|directive| !directive.starts_with("connect-src")) {
        assert!(tested.contains(directive), "the sandbox does not serve “{directive}”");
        assert!(text("pkg/README.md").contains(directive), "pkg/README.md does not tell “{directive}”");
    }
}

#[test]
fn the_words_of_the_format_are_all_told() {
    let told = text("catalog/README.md");
    let schema = json("catalog/descriptor.schema.json");
    let mut words = BTreeSet::new();
    properties(&schema, &mut words);
    words.remove("$schema");
    assert!(words.len() > 60, "{words:?}");
    nothing(
        words
            .iter()
            .filter(|word| !told.contains(&format!("`{word}`")) && !told.contains(&format!("\"{word}\"")))
            .map(|word| format!("catalog/README.md does not tell “{word}”"))
            .collect(),
    );
}

/// The names of all members that a schema describes.
fn properties(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| properties(item, found)),
        Value::Object(members) => {
            for (name, value) in members {
                if let ("properties", Value::Object(described)) = (name.as_str(), value) {
                    found.extend(described.keys().cloned());
                }
                properties(value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_count_of_types_is_right() {
    let entry = shipped(Path::new(EXAMPLE).parent().unwrap().file_name().unwrap().to_str().unwrap());
    let offered = entry.types().iter().filter(|kind| kind.get("hidden") != Some(&Json::Bool(true))).count();
    for document in ["README.md", "CHANGELOG.md"] {
        assert!(
            prose(document).contains(&format!("{offered} connection types")),
            "{document}: there are {offered} connection types"
        );
    }
}

#[test]
fn every_error_of_a_page_is_explained_once() {
    let words = json("locales/en.json");
    let mut codes: Vec<&str> =
        words.as_object().unwrap().keys().filter_map(|key| key.strip_prefix("error.")).collect();
    let cells = first_cells("pkg/TROUBLESHOOTING.md");
    let status = |code: &&String| {
        ["status", "fault"].iter().any(|group| words.get(format!("{group}.{code}")).is_some())
    };
    let (of_forms, mut told): (Vec<&String>, Vec<&String>) = cells.iter().partition(status);
    assert!(of_forms.len() > 3);
    codes.sort_unstable();
    told.sort_unstable();
    assert_eq!(told, codes);
}
