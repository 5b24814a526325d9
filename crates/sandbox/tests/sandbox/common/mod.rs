//! A running sandbox, and just enough HTTP to talk to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;

use jsonschema::Validator;
use serde_json::Value;

pub const TOKEN: &str = "t0ken-of-the-tests";

pub struct Sandbox {
    child: Child,
    pub host: String,
    pub token: String,
    stderr: Option<JoinHandle<String>>,
}

/// One part of a form: its name, its content, and whether it is a file.
pub struct Part<'a>(pub &'a str, pub &'a str, pub bool);

pub const FORM: &str = "multipart/form-data; boundary=----boundary";

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Sandbox {
    pub fn start(arguments: &[&str]) -> Sandbox {
        Sandbox::start_with(arguments, &[])
    }

    pub fn start_with(arguments: &[&str], environment: &[(&str, &Path)]) -> Sandbox {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jackfield-sandbox"))
            .args(["--port", "0"])
            .args(arguments)
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the sandbox starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its stdout")).lines();
        let mut after = |start: &str| {
            let line = lines.next().expect("a line").expect("text");
            line.strip_prefix(start).unwrap_or_else(|| panic!("{line}")).to_owned()
        };
        let address = after("Jackfield sandbox, for trying and testing only: ");
        let token = after("token: ");
        assert_eq!(after("team id: "), "1");
        assert_eq!(after("project: "), "MyProject");
        assert_eq!(after("datafor user: "), "sandbox");
        let mut stderr = child.stderr.take().expect("its stderr");
        let stderr = std::thread::spawn(move || {
            let mut text = String::new();
            stderr.read_to_string(&mut text).expect("text");
            text
        });
        let host = address
            .strip_prefix("http://")
            .and_then(|rest| rest.strip_suffix('/'))
            .expect("an address")
            .to_owned();
        Sandbox { child, host, token, stderr: Some(stderr) }
    }

    pub fn with_token(arguments: &[&str]) -> Sandbox {
        Sandbox::start(&[&["--token", TOKEN], arguments].concat())
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n");
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            request += &format!("host: {}\r\n", self.host);
        }
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        if let Some(body) = body {
            request += &format!("content-length: {}\r\n", body.len());
        }
        let mut stream = TcpStream::connect(&self.host).expect("a connection");
        stream.write_all(format!("{request}\r\n{}", body.unwrap_or_default()).as_bytes()).expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        Answer::parse(&String::from_utf8_lossy(&answer))
    }

    /// With the token, as JSON.
    pub fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("authorization", bearer.as_str())];
        if body.is_some() {
            headers.push(("content-type", "application/json"));
        }
        self.ask(method, path, &headers, body.map(Value::to_string).as_deref())
    }

    /// With the token, as a form that holds files.
    pub fn post_parts(&self, path: &str, parts: &[Part]) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        self.ask("POST", path, &[("authorization", &bearer), ("content-type", FORM)], Some(&form(parts)))
    }

    /// Ends it as a shell does; gives what it printed to stderr.
    pub fn end(mut self) -> (ExitStatus, String) {
        assert!(self.tell_to_end());
        let status = self.child.wait().expect("its end");
        let stderr = self.stderr.take().expect("its stderr").join().expect("its stderr");
        (status, stderr)
    }

    fn tell_to_end(&self) -> bool {
        Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .is_ok_and(|told| told.success())
    }
}

impl Drop for Sandbox {
    /// It removes its temporary folder only when it ends by itself.
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) && !self.tell_to_end() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

impl Answer {
    fn parse(text: &str) -> Answer {
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let mut lines = head.lines();
        let status = lines
            .next()
            .and_then(|line| line.split(' ').nth(1))
            .and_then(|word| word.parse().ok())
            .expect("a status");
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        Answer { status, headers: headers.collect(), body: body.to_owned() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(one, _)| one.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// As browsers write it.
pub fn form(parts: &[Part]) -> String {
    let parts = parts.iter().map(|Part(name, content, is_file)| {
        let file =
            if *is_file { "; filename=\"ca.pem\"\r\nContent-Type: application/octet-stream" } else { "" };
        format!(
            "------boundary\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n"
        )
    });
    parts.collect::<String>() + "------boundary--\r\n"
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project")
}

pub fn read(file: &Path) -> Value {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

pub fn contract(name: &str) -> Validator {
    jsonschema::validator_for(&read(&root().join("tests/contracts").join(name))).expect("a schema")
}

pub fn assert_valid(contract: &Validator, value: &Value, what: &str) {
    let errors: Vec<_> =
        contract.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}
