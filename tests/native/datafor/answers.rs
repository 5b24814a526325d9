//! What its answers mean.

use super::*;

/// What the form makes of an answer.
fn told(operation: &str, reply: &Value) -> Value {
    let record = if operation == "create" { Value::Null } else { example_record() };
    let mut form = opened("POSTGRESQL", operation, &record, example());
    step(&mut form, json!({ "do": "submit" }));
    let reply = json!({ "status": reply["status"], "type": reply["type"], "text": reply["text"] });
    let told = form.step(&to_engine(&json!({ "do": "settle", "id": 1, "reply": reply }))).unwrap();
    from_engine(&told.status.unwrap())
}

#[test]
fn an_answer_is_a_refusal_unless_it_says_success() {
    let (mut judged, mut unreadable) = (0, 0);
    for path in files("tests/data/datafor/refusals", ".json") {
        let reply = json(&path);
        let about =
            |operation: &&str| reply["operations"].as_array().unwrap().contains(&json!(page(operation)));
        for operation in ["create", "update", "test"].into_iter().filter(about) {
            let status = told(operation, &reply);
            // An answer without any sign of success, such as a page that asks for a sign-in, is not believed.
            if reply["means"] == "unreadable" {
                let code = if operation == "test" { "unreadable" } else { "unreadable_maybe" };
                assert_eq!(
                    (&status["state"], &status["code"]),
                    (&json!("lost"), &json!(code)),
                    "{} {operation}",
                    path.display()
                );
                unreadable += 1;
                continue;
            }
            assert_eq!(
                (&status["state"], &status["message"]),
                (&json!("refused"), &reply["says"]),
                "{} {operation}",
                path.display()
            );
            judged += 1;
        }
    }
    assert!(judged > 20 && unreadable > 3, "{judged} {unreadable}");
    for (answer, operation) in [
        ("add", "create"),
        ("update", "update"),
        ("test", "test"),
        ("add--2026", "create"),
        ("update--2026", "update"),
        ("test--2026", "test"),
    ] {
        assert_eq!(
            told(operation, &json(format!("tests/data/datafor/answers/{answer}.json")))["state"],
            "done",
            "{answer}"
        );
    }
}

#[test]
fn a_test_saves_nothing_and_can_be_asked_again() {
    let mut form = opened("POSTGRESQL", "test", &Value::Null, example());
    let before = form.values(true);
    let answer = json("tests/data/datafor/answers/test.json");
    let reply = json!({ "status": answer["status"], "type": answer["type"], "text": answer["text"] });
    for id in [1, 2] {
        let sent = form.step(&to_engine(&json!({ "do": "submit" }))).unwrap();
        assert_eq!(
            sent.send.map(|plan| (plan.method, plan.repeatable)),
            Some(("PUT".to_owned(), true)),
            "test {id}"
        );
        let told = form.step(&to_engine(&json!({ "do": "settle", "id": id, "reply": reply }))).unwrap();
        assert_eq!(from_engine(&told.status.unwrap()), json!({ "state": "done", "code": "tested" }));
        assert!(form.values(true) == before, "a test leaves what was typed");
    }
    form.step(&to_engine(&json!({ "do": "submit" }))).unwrap();
    let lost =
        form.step(&to_engine(&json!({ "do": "settle", "id": 3, "reply": { "lost": "timeout" } }))).unwrap();
    assert_eq!(from_engine(&lost.status.unwrap())["code"], "lost_timeout", "nothing may have been saved");
}
