//! Starting programs. What goes wrong is one sentence for the person at the keyboard.
//!
//! Steps that run side by side write into a log each, so that their lines do not mix: `with_log` sets it for its thread.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{Scope, ScopedJoinHandle, sleep};
use std::time::{Duration, Instant};

/// A value, or the sentence that says what to do.
pub type Result<T = (), E = String> = std::result::Result<T, E>;

thread_local! {
    static LOG: RefCell<Option<File>> = const { RefCell::new(None) };
}

/// The ids of the programs that run now.
static RUNNING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// Does some work whose output, and that of its programs, goes to a file.
pub fn with_log<T>(log: File, work: impl FnOnce() -> T) -> T {
    LOG.set(Some(log));
    let done = work();
    LOG.set(None);
    done
}

/// Does some work beside this thread, with the same log.
pub fn spawn<'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> Result + Send + 'scope,
) -> ScopedJoinHandle<'scope, Result> {
    let log = LOG.with_borrow(|log| log.as_ref().map(File::try_clone));
    scope.spawn(move || match log {
        None => work(),
        Some(Ok(log)) => with_log(log, work),
        Some(Err(error)) => Err(format!("The log could not be reached: {error}.")),
    })
}

/// Prints a line.
pub fn print(line: &str) {
    LOG.with_borrow_mut(|log| match log {
        // Lines that a full disk swallows are no reason to stop.
        Some(log) => drop(writeln!(log, "{line}")),
        None => println!("{line}"),
    });
}

/// Prints what is done next.
pub fn say(what: &str) {
    print(&format!("==> {what}"));
}

/// Runs a program to its end; anything but success is a sentence that names it.
pub fn must(command: &mut Command) -> Result {
    let mut child = start(command)?;
    let status = child.wait();
    running().remove(&child.id());
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(failure(command)),
        Err(error) => Err(format!("{} was lost: {error}.", spell(command))),
    }
}

/// What a program prints, if it can be started and succeeds.
pub fn read(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// What a program prints, whether or not it succeeds, and its success. What it complains about is shown.
pub fn output(command: &mut Command) -> Result<(String, bool)> {
    redirect(command)?;
    let child = command.stdout(Stdio::piped()).spawn().map_err(|error| not_started(command, &error))?;
    let id = child.id();
    running().insert(id);
    let output = child.wait_with_output();
    running().remove(&id);
    let output = output.map_err(|error| format!("{} was lost: {error}.", spell(command)))?;
    Ok((String::from_utf8_lossy(&output.stdout).into_owned(), output.status.success()))
}

/// Like `must`, for a program that waits for a network which may never answer.
pub fn within(limit: Duration, command: &mut Command) -> Result {
    let mut child = start(command.stdin(Stdio::null()))?;
    let begin = Instant::now();
    let done = loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => break Ok(()),
            Ok(Some(_)) => break Err(failure(command)),
            Ok(None) if begin.elapsed() < limit => sleep(Duration::from_millis(100)),
            Ok(None) => {
                // The program may have ended by itself in this moment; either way it is gone afterwards.
                let _ = child.kill();
                let _ = child.wait();
                break Err(format!("This took longer than {} seconds: {}", limit.as_secs(), spell(command)));
            }
            Err(error) => break Err(format!("{} was lost: {error}.", spell(command))),
        }
    };
    running().remove(&child.id());
    done
}

/// Tells every program that runs to end, as Ctrl-C does.
pub fn interrupt_all() {
    for id in running().iter() {
        // Elsewhere the programs run to their end.
        let _ = Command::new("kill").args(["-INT", &id.to_string()]).status();
    }
}

/// Hands the terminal over for good, so that Ctrl-C and a kill reach the program itself.
#[cfg(unix)]
pub fn become_(mut command: Command) -> Result {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(not_started(&command, &error))
}

#[cfg(not(unix))]
pub fn become_(mut command: Command) -> Result {
    must(&mut command)
}

fn start(command: &mut Command) -> Result<Child> {
    redirect(command)?;
    let child = command.spawn().map_err(|error| not_started(command, &error))?;
    running().insert(child.id());
    Ok(child)
}

/// Lets a program write into the log of this thread, if there is one.
fn redirect(command: &mut Command) -> Result {
    LOG.with_borrow(|log| {
        if let Some(log) = log {
            let copy = || log.try_clone().map_err(|error| format!("The log could not be reached: {error}."));
            command.stdout(copy()?).stderr(copy()?);
        }
        Ok(())
    })
}

fn running() -> MutexGuard<'static, BTreeSet<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("{} could not be started: {error}.", command.get_program().to_string_lossy())
}

fn failure(command: &Command) -> String {
    format!("This failed: {}", spell(command))
}

/// Less free space than this, in kilobytes, is too little to build anything.
const TIGHT: u64 = 64 << 10;

/// Adds to what went wrong that the disk is full, where it is: programs say it somewhere in their output, or not at all. What failed has
/// taken its files away again, so a little is free.
pub fn or_full_disk(folder: &Path, sentence: String) -> String {
    if free_kilobytes(folder).is_none_or(|free| free >= TIGHT) {
        return sentence;
    }
    format!(
        "The disk that holds {} is full: free some space (`cargo clean` empties that folder), then try again. {sentence}",
        folder.display()
    )
}

/// What `df` says is free; none where there is no such program.
fn free_kilobytes(folder: &Path) -> Option<u64> {
    let table = read(Command::new("df").arg("-Pk").arg(folder))?;
    table.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
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
        let failure = must(Command::new("cargo").arg("no-such-subcommand").stderr(Stdio::null()));
        assert_eq!(failure, Err("This failed: cargo no-such-subcommand".to_owned()));
    }

    #[test]
    fn a_missing_program_is_a_sentence() {
        let sentence = must(&mut Command::new("no-such-program-at-all")).unwrap_err();
        assert!(sentence.starts_with("no-such-program-at-all could not be started: "), "{sentence}");
    }

    #[test]
    fn a_log_takes_what_is_printed_here_and_by_programs() {
        let path = std::env::temp_dir().join(format!("jackfield-log-{}", std::process::id()));
        with_log(File::create(&path).unwrap(), || {
            say("one");
            must(Command::new("cargo").arg("--version")).unwrap();
        });
        let log = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(log.starts_with("==> one\ncargo "), "{log}");
    }

    #[test]
    fn a_disk_with_space_is_not_blamed() {
        assert_eq!(or_full_disk(&std::env::temp_dir(), "It failed.".to_owned()), "It failed.");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_named() {
        // A file system of its own, on which nothing is ever free.
        let sentence = or_full_disk(Path::new("/proc"), "It failed.".to_owned());
        assert!(
            sentence.starts_with("The disk that holds /proc is full") && sentence.ends_with("It failed."),
            "{sentence}"
        );
    }

    #[test]
    #[cfg(unix)]
    fn a_silent_network_is_given_up_on() {
        let begin = Instant::now();
        assert!(within(Duration::from_millis(300), Command::new("sleep").arg("30")).is_err());
        assert!(begin.elapsed() < Duration::from_secs(10));
    }
}
