//! What `lint` prints, and what it does not repeat.

use super::*;

#[test]
fn bad_json_is_located_and_not_repeated() {
    let run = run_with(&["check", "chartbrew", "postgres", "--values", "-"], "{\n  \"password\": hunter2 }");
    assert_eq!((run.code, run.err.as_str()), (2, "- is not JSON: line 2, column 15.\n"));
}

#[test]
fn lint_names_file_and_place() {
    let mut broken = bundle();
    broken["types"][0]["sections"][0]["fields"][0]["lable"] = json!("x");
    broken["api"]["identfy"] = json!([]);
    let folder = folder(&[("good.json", bundle()), ("broken.json", broken)]);
    fs::write(at(&folder, "torn.json"), "{\n  \"api\": ").unwrap();
    let good = run(&["lint", &at(&folder, "good.json")]);
    assert_eq!((good.code, good.json()), (0, json!([])));
    let (broken, torn) = (at(&folder, "broken.json"), at(&folder, "torn.json"));
    let found = run(&["lint", &broken, &torn]);
    assert_eq!(found.code, 1);
    assert_eq!(
        found.json(),
        json!([
            { "file": broken, "place": "/api/identfy", "text": "“identfy” is unknown; did you mean “identify”?" },
            { "file": broken, "place": "/types/0/sections/0/fields/0/lable", "text": "“lable” is unknown; did you mean “label”?" },
            { "file": torn, "place": "", "text": "this is not JSON: line 2, column 9" }
        ])
    );
}

#[test]
fn lint_judges_a_type_with_the_api_beside_it() {
    let mut other = ship();
    other["id"] = json!("boat");
    other["sections"][0]["fields"][1]["kind"] = json!("secrte");
    let child =
        json!({ "id": "raft", "title": "Raft", "like": "ship", "fields": { "crew": { "minimum": "two" } } });
    let folder =
        folder(&[("api.json", api()), ("ship.json", ship()), ("boat.json", other), ("raft.json", child)]);
    let (api, ship, boat, raft) = (
        at(&folder, "api.json"),
        at(&folder, "ship.json"),
        at(&folder, "boat.json"),
        at(&folder, "raft.json"),
    );
    let of_boat = json!({ "file": boat, "place": "/sections/0/fields/1/kind", "text": "“secrte” is unknown; did you mean “secret”?" });
    let of_raft = json!({ "file": raft, "place": "/fields/crew/minimum", "text": "this must be a number" });
    assert_eq!(run(&["lint", &ship]).json(), json!([]));
    assert_eq!(run(&["lint", &raft]).json(), json!([of_raft]));
    assert_eq!(run(&["lint", &api]).json(), json!([of_boat, of_raft]));
    // A type that is given beside its API is not reported twice.
    assert_eq!(run(&["lint", &api, &boat, &raft]).json(), json!([of_boat, of_raft]));
    fs::remove_file(&api).unwrap();
    let alone = run(&["lint", &ship]);
    assert_eq!(alone.code, 1);
    assert_eq!(
        alone.json()[0]["text"],
        "this is no bundle, and there is no api.json beside it to judge a type with"
    );
}

#[test]
fn the_shipped_catalogues_lint() {
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let mut judged = 0;
    for folder in fs::read_dir(catalog)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("api.json").is_file())
    {
        assert_eq!(run(&["lint", &folder.join("api.json").to_string_lossy()]).json(), json!([]));
        judged += 1;
    }
    assert!(judged > 0);
}

#[test]
fn a_file_that_is_not_there_ends_lint() {
    let run = run(&["lint", "gone.json"]);
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("gone.json cannot be read"), "{}", run.err);
}
