//! Plays a transcript: opens a form, takes its steps, and compares what is drawn, said and sent.
//!
//! It knows neither files nor platforms, so that the same transcripts play against the engine and over its seam.

use jackfield::json::Json;

/// Whatever opens forms.
pub trait Engine {
    fn open(&self, api: &str, kind: &str, opening: &Json) -> Result<Box<dyn Form>, String>;
}

/// A form as a page has it.
pub trait Form {
    fn view(&mut self) -> Json;
    fn step(&mut self, action: &Json) -> Result<Json, String>;
}

/// Everything in which a form differs from its transcript, a sentence each.
pub fn play(engine: &dyn Engine, text: &str) -> Vec<String> {
    let mut play = Play::default();
    play.transcript(engine, text);
    play.wrong
}

#[derive(Default)]
struct Play {
    /// Which step is played.
    place: String,
    /// What a page would show by now: the last view of each field.
    drawn: Vec<Json>,
    asserted: usize,
    wrong: Vec<String>,
}

impl Play {
    fn transcript(&mut self, engine: &dyn Engine, text: &str) {
        let Some(transcript) = Json::parse(text) else { return self.say("the transcript is not JSON") };
        self.known(&transcript, &["says", "rule", "holds", "api", "type", "opening", "view", "steps"]);
        let word = |name: &str| transcript.get(name).and_then(Json::as_str).unwrap_or_default();
        if word("says").is_empty() {
            self.say("the transcript does not say what it is about");
        }
        let opening = transcript.get("opening").cloned().unwrap_or_default();
        let mut form = match engine.open(word("api"), word("type"), &opening) {
            Ok(form) => form,
            Err(error) => return self.say(&format!("the form does not open: {error}")),
        };
        self.drawn = form.view().get("fields").map(Json::items).unwrap_or_default().to_vec();
        self.place = "at first: ".to_owned();
        let drawn = self.drawn.clone();
        self.fields(&drawn, transcript.get("view").unwrap_or(&Json::Null));
        for (index, step) in transcript.get("steps").map(Json::items).unwrap_or_default().iter().enumerate() {
            let action = step.get("action").cloned().unwrap_or_default();
            self.place = format!("step {index} {}: ", action.to_text());
            self.known(step, &["action", "expect"]);
            match form.step(&action) {
                Ok(got) => self.step(&got, step.get("expect").unwrap_or(&Json::Null)),
                Err(error) => self.say(&format!("the action is refused: {error}")),
            }
        }
        self.place = "at the end: ".to_owned();
        if self.asserted == 0 {
            self.say("the transcript asserts nothing");
        }
        self.whole(&form.view());
    }

    fn step(&mut self, got: &Json, expect: &Json) {
        self.known(expect, &["fields", "absent", "status", "test", "send"]);
        let changed = got.get("fields").map(Json::items).unwrap_or_default();
        self.draw(changed);
        self.fields(changed, expect.get("fields").unwrap_or(&Json::Null));
        for id in expect.get("absent").map(Json::items).unwrap_or_default() {
            self.asserted += 1;
            if changed.iter().any(|view| view.get("field") == Some(id)) {
                self.say(&format!("{} is drawn again", id.to_text()));
            }
        }
        if let Some(want) = expect.get("status") {
            match got.get("status") {
                Some(status) => self.subset("status", status, want),
                None => self.say(&format!("the status stays, but {} is expected", want.to_text())),
            }
        }
        match (got.get("test"), expect.get("test")) {
            (Some(test), Some(want)) => self.subset("test", test, want),
            (None, Some(want)) => self.say(&format!("the test stays, but {} is expected", want.to_text())),
            (_, None) => {}
        }
        match (got.get("send"), expect.get("send")) {
            (Some(plan), Some(want)) => self.subset("send", plan, want),
            (Some(plan), None) => self.say(&format!("something is sent: {}", plan.to_text())),
            (None, Some(want)) => self.say(&format!("nothing is sent, but {} is expected", want.to_text())),
            (None, None) => {}
        }
    }

    /// Compares what is drawn with what is expected of some fields.
    fn fields(&mut self, drawn: &[Json], expect: &Json) {
        for want in expect.items() {
            self.known(want, &["field", "shown", "enabled", "required", "value", "placeholder", "faults"]);
            match drawn.iter().find(|view| view.get("field") == want.get("field")) {
                Some(view) => self.subset("field", view, want),
                None => self.say(&format!("nothing is drawn of {}", want.to_text())),
            }
        }
    }

    /// Keeps what a page would show, and holds the promise that only what changed is drawn.
    fn draw(&mut self, changed: &[Json]) {
        for view in changed {
            match self.drawn.iter().position(|old| old.get("field") == view.get("field")) {
                Some(place) if same(&self.drawn[place], view) => {
                    self.say(&format!("drawn again without a change: {}", view.to_text()))
                }
                Some(place) => self.drawn[place] = view.clone(),
                None => self.say(&format!("drawn, but not at first: {}", view.to_text())),
            }
        }
    }

    /// All that was drawn step by step must be what a fresh drawing shows.
    fn whole(&mut self, view: &Json) {
        let fresh = Json::List(view.get("fields").map(Json::items).unwrap_or_default().to_vec());
        let drawn = Json::List(self.drawn.clone());
        if !same(&fresh, &drawn) {
            self.say(&format!("the page shows {} instead of {}", drawn.to_text(), fresh.to_text()));
        }
    }

    /// Each member that is expected is there and equal; faults may be codes or parts, offers are contained.
    fn subset(&mut self, what: &str, got: &Json, want: &Json) {
        for (name, want) in want.members() {
            self.asserted += 1;
            let has = got.get(name).unwrap_or(&Json::Null);
            let fits = match name.as_str() {
                "faults" => faults_fit(has.items(), want.items()),
                "offers" => want.items().iter().all(|offer| has.items().contains(offer)),
                "params" => want.members().iter().all(|(name, want)| has.get(name) == Some(want)),
                _ => same(has, want),
            };
            if !fits {
                self.say(&format!("{what} {name} is {} instead of {}", has.to_text(), want.to_text()));
            }
        }
    }

    /// A misspelt expectation would expect nothing.
    fn known(&mut self, json: &Json, names: &[&str]) {
        for (name, _) in json.members() {
            if !names.contains(&name.as_str()) {
                self.say(&format!("the transcript has the unknown word “{name}”"));
            }
        }
    }

    fn say(&mut self, text: &str) {
        self.wrong.push([&self.place, text].concat());
    }
}

/// Faults in order, each given as its code or as some of its members.
fn faults_fit(got: &[Json], want: &[Json]) -> bool {
    let one = |(got, want): (&Json, &Json)| match want {
        Json::Text(code) => got.get("code").and_then(Json::as_str) == Some(code),
        want => want.members().iter().all(|(name, want)| got.get(name).is_some_and(|got| same(got, want))),
    };
    got.len() == want.len() && got.iter().zip(want).all(one)
}

/// Whether two documents say the same; the order of members says nothing.
pub fn same(one: &Json, two: &Json) -> bool {
    match (one, two) {
        (Json::Map(a), Json::Map(b)) => {
            a.len() == b.len() && a.iter().all(|(name, one)| two.get(name).is_some_and(|two| same(one, two)))
        }
        (Json::List(a), Json::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(one, two)| same(one, two))
        }
        _ => one == two,
    }
}
