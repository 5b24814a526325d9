//! Every transcript of `tests/vectors/` plays against the engine.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::player::{self, Engine, play};
use jackfield::bundle::registry::{Registry, UsageError};
use jackfield::form::Form;
use jackfield::json::Json;

struct Native(Registry);

struct Table(Form);

impl Engine for Native {
    fn open(&self, api: &str, kind: &str, opening: &Json) -> Result<Box<dyn player::Form>, String> {
        let open =
            || -> Result<Form, UsageError> { Form::open(Rc::clone(&self.0.entry(api)?), kind, opening) };
        open().map(|form| Box::new(Table(form)) as Box<dyn player::Form>).map_err(|error| error.to_string())
    }
}

impl player::Form for Table {
    fn view(&mut self) -> Json {
        Json::from_serialize(&self.0.view()).unwrap()
    }

    fn step(&mut self, action: &Json) -> Result<Json, String> {
        self.0
            .step(action)
            .map(|step| Json::from_serialize(&step).unwrap())
            .map_err(|error| error.to_string())
    }
}

#[test]
fn every_transcript_plays() {
    let engine = Native(Registry::shipped().unwrap());
    let mut transcripts = Vec::new();
    collect(Path::new("tests/vectors"), &mut transcripts);
    assert!(transcripts.len() > 100, "only {} transcripts were found", transcripts.len());
    let mut wrong = Vec::new();
    for path in &transcripts {
        let text = std::fs::read_to_string(path).unwrap();
        wrong.extend(
            play(&engine, &text).into_iter().map(|sentence| format!("{}: {sentence}", path.display())),
        );
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_shipped_type_has_a_transcript() {
    for entry in Registry::shipped().unwrap().entries() {
        for kind in entry.types() {
            let id = kind.get("id").and_then(Json::as_str).unwrap();
            let folder = Path::new("tests/vectors").join(&entry.api.id).join(id);
            let mut transcripts = Vec::new();
            collect(&folder, &mut transcripts);
            assert!(!transcripts.is_empty(), "{} has no transcript", folder.display());
        }
    }
}

/// A transcript with `rule` and `holds` shows what a form does where a documented rule is kept, or where somebody tries to
/// break it. `unseen.json` beside the rules says why some have none.
#[test]
fn every_documented_rule_is_broken_once_and_kept_once() {
    let mut wrong = Vec::new();
    for entry in Registry::shipped().unwrap().entries() {
        let folder = Path::new("tests/data").join(&entry.api.id);
        let Ok(text) = std::fs::read_to_string(folder.join("rules.json")) else { continue };
        let rules = Json::parse(&text).unwrap();
        let unseen = Json::parse(&std::fs::read_to_string(folder.join("unseen.json")).unwrap()).unwrap();
        let played = played_rules(&entry.api.id);
        let mut known = Vec::new();
        for (kind, rules) in rules.members() {
            for rule in rules.items() {
                let id = [kind, "/", rule.get("id").and_then(Json::as_str).unwrap()].concat();
                let mine = |holds: bool| {
                    played.iter().filter(|one| one.rule == id && one.holds == holds).collect::<Vec<_>>()
                };
                let (kept, broken) = (mine(true), mine(false));
                let seen = unseen.get(&id).is_none();
                if seen == kept.is_empty() || seen == broken.is_empty() {
                    wrong.push(format!(
                        "{id}: {} transcripts in which it holds, {} in which it is broken",
                        kept.len(),
                        broken.len()
                    ));
                }
                // Each field that the rule asks for is named in one of those in which it is broken.
                for field in rule
                    .get("then_required")
                    .map(Json::items)
                    .unwrap_or_default()
                    .iter()
                    .filter_map(Json::as_str)
                {
                    let field = field.split(['{', ' ']).next().unwrap_or_default();
                    let under = |name: &String| {
                        name == field || name.strip_prefix(field).is_some_and(|rest| rest.starts_with('.'))
                    };
                    if seen && !broken.iter().any(|one| one.names.iter().any(under)) {
                        wrong.push(format!("{id}: no transcript names {field}"));
                    }
                }
                known.push(id);
            }
        }
        let told = played.iter().map(|one| &one.rule).chain(unseen.members().iter().map(|(id, _)| id));
        wrong.extend(told.filter(|id| !known.contains(id)).map(|id| format!("{id}: there is no such rule")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a transcript shows of a rule: whether it is kept, and the fields with errors.
struct Played {
    rule: String,
    holds: bool,
    names: Vec<String>,
}

fn played_rules(api: &str) -> Vec<Played> {
    let mut transcripts = Vec::new();
    collect(&Path::new("tests/vectors").join(api), &mut transcripts);
    let read = |path: &PathBuf| {
        let transcript = Json::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
        let rule = transcript.get("rule").and_then(Json::as_str)?.to_owned();
        let faults = transcript
            .get("steps")
            .unwrap()
            .items()
            .iter()
            .flat_map(|step| step.at("/expect/status/faults").map(Json::items).unwrap_or_default());
        let errors = faults.filter(|fault| fault.get("level").and_then(Json::as_str) == Some("error"));
        let names = errors.filter_map(|fault| fault.get("field")?.as_str()).map(str::to_owned).collect();
        Some(Played { rule, holds: transcript.get("holds") == Some(&Json::Bool(true)), names })
    };
    transcripts.iter().filter_map(read).collect()
}

#[test]
fn the_player_sees_what_differs() {
    let engine = Native(Registry::shipped().unwrap());
    let entry = Rc::clone(&engine.0.entries()[0]);
    let (api, kind) = (entry.api.id.clone(), entry.types()[0].get("id").unwrap().to_text());
    let transcript = |steps: &str| {
        format!(r#"{{"says":"x","api":"{api}","type":{kind},"opening":{{}},"steps":[{steps}]}}"#)
    };
    for (steps, differs) in [
        (r#"{"action":{"do":"submit"},"expect":{"status":{"state":"invalid"}}}"#, ""),
        (
            r#"{"action":{"do":"submit"},"expect":{"status":{"state":"busy"}}}"#,
            r#"status state is "invalid" instead of "busy""#,
        ),
        (r#"{"action":{"do":"submit"},"expect":{}}"#, "the transcript asserts nothing"),
        (r#"{"action":{"do":"submit"},"expect":{"send":{"method":"POST"}}}"#, "nothing is sent"),
        (
            r#"{"action":{"do":"submit"},"expect":{"statsu":{"state":"invalid"}}}"#,
            "the unknown word “statsu”",
        ),
        (r#"{"action":{"do":"sumbit"},"expect":{"status":{"state":"busy"}}}"#, "the action is refused"),
        (
            r#"{"action":{"do":"reset"},"expect":{"fields":[{"field":"none","value":"x"}]}}"#,
            "nothing is drawn of",
        ),
    ] {
        let wrong = play(&engine, &transcript(steps));
        assert_eq!(wrong.is_empty(), differs.is_empty(), "{steps}: {wrong:?}");
        assert!(
            differs.is_empty() || wrong.iter().any(|sentence| sentence.contains(differs)),
            "{steps}: {wrong:?}"
        );
    }
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|end| end == "json") {
            found.push(path);
        }
    }
}
