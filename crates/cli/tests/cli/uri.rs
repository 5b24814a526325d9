//! Connection strings on the command line: what is printed where, and how it ends.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// Exit code, stdout and stderr.
fn run(words: &[&str], stdin: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jackfield"));
    let mut child = command
        .arg("uri")
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
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

#[track_caller]
fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn parts_are_printed() {
    let parts = json!({ "scheme": "amqp", "hosts": [{ "host": "h", "port": 1 }], "user": "", "database": "", "params": { "a": ["1", null], "b": "2" } });
    let (code, out, err) = run(&["amqp", "--text", "amqp://@h:1/?a=1&b=2&a"], "");
    assert_eq!((code, json_of(&out), err.as_str()), (0, parts, ""));
}

#[test]
fn a_text_from_stdin_is_read_byte_for_byte() {
    let (code, out, err) = run(&["kafka", "--form", "endpoint"], "h:1\n");
    assert_eq!((code, out.as_str()), (1, ""));
    assert_eq!(json_of(&err)["code"], "port_number");
    assert_eq!(run(&["kafka", "--text", "-"], "h:1").0, 0);
}

#[test]
fn what_cannot_be_read_is_said_with_place_and_reason() {
    let (code, out, err) = run(&["mongodb", "--text", "mongodb://é:p%4@h"], "");
    assert_eq!((code, out.as_str()), (1, ""));
    let reason = "Two hex digits must follow “%”. Write a percent sign as “%25”.";
    assert_eq!(json_of(&err), json!({ "at": 13, "reason": reason, "code": "bad_percent" }));
}

#[test]
fn parts_make_a_string() {
    let parts = r#"{"scheme":"redis","hosts":[{"host":"h"}],"password":"p@w","params":{"a":["1","2"]}}"#;
    assert_eq!(
        run(&["redis", "--build"], parts),
        (0, "redis://:p%40w@h?a=1&a=2\n".to_owned(), String::new())
    );
    let (code, _, err) =
        run(&["kafka", "--build"], r#"{"hosts":[{"host":"h","port":1}],"password":"hunter2"}"#);
    assert_eq!((code, &json_of(&err)["code"]), (1, &json!("not_writable")));
    assert!(!err.contains("hunter2"));
}

#[test]
fn unknown_parameters_are_kept_leniently() {
    let text = "postgres://u@h/d?sslmode=require&pgbouncer=true&flag";
    assert_eq!(run(&["postgres", "--text", text], "").0, 1);
    let (code, out, err) = run(&["postgres", "--lenient", "--text", text], "");
    let params = json!({ "sslmode": "require", "pgbouncer": "true", "flag": null });
    assert_eq!((code, &json_of(&out)["params"], err.as_str()), (0, &params, ""));
    // What was kept can be written back, leniently too.
    let parts = r#"{"hosts":[{"host":"h"}],"params":{"pgbouncer":"true"}}"#;
    assert_eq!(run(&["postgres", "--build"], parts).0, 1);
    assert_eq!(
        run(&["postgres", "--lenient", "--build"], parts),
        (0, "postgresql://h?pgbouncer=true\n".to_owned(), String::new())
    );
    // What it knows is judged as ever, and so is the beginning.
    for text in ["postgres://h?port=x", "x://u:hunter2@h/?a=b", "host=h x://u:hunter2@h=1"] {
        let (code, out, err) = run(&["postgres", "--lenient", "--text", text], "");
        assert_eq!((code, out.as_str()), (1, ""), "{text}");
        assert!(!err.contains("hunter2"));
    }
}

#[test]
fn what_makes_no_sense_is_a_usage_error() {
    for (words, stdin, said) in [
        (&["mysq", "--text", "x"][..], "", "mysql"),
        (&["mysql", "--form", "odbc", "--text", "x"][..], "", "go-dsn"),
        (&["mysql", "--build"][..], "{\"usr\":1}", "“usr”"),
        (&["mysql", "--build"][..], "no", "JSON"),
        (&["mysql", "--build", "--text", "x"][..], "", "--build"),
    ] {
        let (code, out, err) = run(words, stdin);
        assert_eq!((code, out.as_str()), (2, ""), "{words:?}");
        assert!(err.contains(said), "{err}");
    }
}
