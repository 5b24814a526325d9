//! Starting programs. What goes wrong is one sentence for the person at the keyboard.

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Done, or the sentence that says what to do.
pub type Done<T = ()> = Result<T, String>;

/// Runs a program to its end; anything but success is a sentence that names it.
pub fn must(command: &mut Command) -> Done {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("This failed: {}", spell(command))) }
}

/// What a program prints, if it can be started and succeeds.
pub fn read(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Like `must`, for a program that waits for a network which may never answer.
pub fn within(limit: Duration, command: &mut Command) -> Done {
    let mut child = command.stdin(Stdio::null()).spawn().map_err(|error| not_started(command, &error))?;
    let start = Instant::now();
    while start.elapsed() < limit {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(_)) => return Err(format!("This failed: {}", spell(command))),
            Ok(None) => sleep(Duration::from_millis(100)),
            Err(error) => return Err(format!("{} was lost: {error}.", spell(command))),
        }
    }
    // The program may have ended by itself in this moment; either way it is gone afterwards.
    let _ = child.kill();
    let _ = child.wait();
    Err(format!("This took longer than {} seconds: {}", limit.as_secs(), spell(command)))
}

/// Hands the terminal over for good, so that Ctrl-C and a kill reach the program itself.
#[cfg(unix)]
pub fn become_(mut command: Command) -> Done {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(not_started(&command, &error))
}

#[cfg(not(unix))]
pub fn become_(mut command: Command) -> Done {
    must(&mut command)
}

pub fn say(what: &str) {
    println!("==> {what}");
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("{} could not be started: {error}.", command.get_program().to_string_lossy())
}

/// The command as one could type it.
fn spell(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command() {
        let said = must(Command::new("cargo").arg("no-such-subcommand").stderr(Stdio::null()));
        assert_eq!(said, Err("This failed: cargo no-such-subcommand".to_owned()));
    }

    #[test]
    fn a_missing_program_is_a_sentence() {
        let said = must(&mut Command::new("no-such-program-at-all")).unwrap_err();
        assert!(said.starts_with("no-such-program-at-all could not be started: "), "{said}");
    }

    #[test]
    #[cfg(unix)]
    fn a_silent_network_is_given_up_on() {
        let start = Instant::now();
        let said = within(Duration::from_millis(300), Command::new("sleep").arg("30"));
        assert!(said.is_err());
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}
