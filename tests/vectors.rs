//! Every transcript of `tests/vectors/` plays against the engine.

mod player;

use std::path::{Path, PathBuf};
use std::rc::Rc;

use jackfield::catalog::{Catalog, SeamError};
use jackfield::form::Form;
use jackfield::json::Json;
use player::{Engine, play};

struct Native(Catalog);

struct Table(Form);

impl Engine for Native {
    fn open(&self, api: &str, kind: &str, opening: &Json) -> Result<Box<dyn player::Form>, String> {
        let open = || -> Result<Form, SeamError> { Form::open(Rc::clone(&self.0.entry(api)?), kind, opening) };
        open().map(|form| Box::new(Table(form)) as Box<dyn player::Form>).map_err(|error| error.to_string())
    }
}

impl player::Form for Table {
    fn view(&mut self) -> Json {
        self.0.view().to_json()
    }

    fn step(&mut self, action: &Json) -> Result<Json, String> {
        self.0.step(action).map(|step| step.to_json()).map_err(|error| error.to_string())
    }
}

#[test]
fn every_transcript_plays() {
    let engine = Native(Catalog::shipped().unwrap());
    let mut transcripts = Vec::new();
    collect(Path::new("tests/vectors"), &mut transcripts);
    assert!(transcripts.len() > 100, "only {} transcripts were found", transcripts.len());
    let mut wrong = Vec::new();
    for path in &transcripts {
        let text = std::fs::read_to_string(path).unwrap();
        wrong.extend(play(&engine, &text).into_iter().map(|sentence| format!("{}: {sentence}", path.display())));
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_shipped_type_has_a_transcript() {
    for entry in Catalog::shipped().unwrap().entries() {
        for kind in entry.types() {
            let id = kind.get("id").and_then(Json::as_str).unwrap();
            let folder = Path::new("tests/vectors").join(&entry.api.id).join(id);
            let mut transcripts = Vec::new();
            collect(&folder, &mut transcripts);
            assert!(!transcripts.is_empty(), "{} has no transcript", folder.display());
        }
    }
}

#[test]
fn the_player_sees_what_differs() {
    let engine = Native(Catalog::shipped().unwrap());
    let entry = Rc::clone(&engine.0.entries()[0]);
    let (api, kind) = (entry.api.id.clone(), entry.types()[0].get("id").unwrap().to_text());
    let transcript = |steps: &str| format!(r#"{{"says":"x","api":"{api}","type":{kind},"opening":{{}},"steps":[{steps}]}}"#);
    for (steps, differs) in [
        (r#"{"action":{"do":"submit"},"expect":{"status":{"state":"invalid"}}}"#, ""),
        (r#"{"action":{"do":"submit"},"expect":{"status":{"state":"busy"}}}"#, r#"status state is "invalid" instead of "busy""#),
        (r#"{"action":{"do":"submit"},"expect":{}}"#, "the transcript asserts nothing"),
        (r#"{"action":{"do":"submit"},"expect":{"send":{"method":"POST"}}}"#, "nothing is sent"),
        (r#"{"action":{"do":"submit"},"expect":{"statsu":{"state":"invalid"}}}"#, "the unknown word “statsu”"),
        (r#"{"action":{"do":"sumbit"},"expect":{"status":{"state":"busy"}}}"#, "the action is refused"),
        (r#"{"action":{"do":"reset"},"expect":{"fields":[{"field":"none","value":"x"}]}}"#, "nothing is drawn of"),
    ] {
        let wrong = play(&engine, &transcript(steps));
        assert_eq!(wrong.is_empty(), differs.is_empty(), "{steps}: {wrong:?}");
        assert!(differs.is_empty() || wrong.iter().any(|sentence| sentence.contains(differs)), "{steps}: {wrong:?}");
    }
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|end| end == "json") {
            found.push(path);
        }
    }
}
