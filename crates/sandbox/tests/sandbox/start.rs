//! How the sandbox starts: its port, and the browser that it opens.

use std::fs;
use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;

use crate::common::Sandbox;

#[test]
fn a_port_that_is_taken_is_one_sentence_that_says_what_to_do() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let output = Command::new(env!("CARGO_BIN_EXE_jackfield-sandbox"))
        .args(["--port", &port.to_string()])
        .output()
        .expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    let complaint = String::from_utf8(output.stderr).expect("text");
    let advice =
        "end the program that listens there, name another port, or leave --port out to get a free one.";
    assert_eq!(complaint, format!("jackfield-sandbox: Port {port} is taken: {advice}\n"));
}

#[cfg(unix)]
#[test]
fn it_opens_its_page_in_the_browser_that_the_environment_names() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().expect("a folder");
    let (browser, opened) = (folder.path().join("browser"), folder.path().join("opened"));
    fs::write(
        &browser,
        format!("#!/bin/sh\nprintf %s \"$1\" > {}.part && mv {0}.part {0}\n", opened.display()),
    )
    .expect("a script");
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).expect("a program");
    let sandbox = Sandbox::start_with(&["--open", "--quiet"], &[("BROWSER", &browser)]);
    // The script runs beside us; it ends soon or never.
    for _ in 0..600 {
        if opened.exists() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(
        fs::read_to_string(&opened).expect("a browser was started"),
        format!("http://{}/", sandbox.host)
    );
}
