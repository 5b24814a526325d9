//! How long tests take. Each step that knows its tests writes a file, a line for each test: seconds, a tab, the name.

use std::fs;
use std::path::PathBuf;

use crate::run::{self, Result};
use crate::stamp::{self, inside};
use crate::workspace::Workspace;

/// So many are printed.
const SLOWEST: usize = 30;

pub struct TestTime {
    pub seconds: f64,
    pub name: String,
}

/// The file of a step.
pub fn file(workspace: &Workspace, step: &str) -> PathBuf {
    folder(workspace).join(format!("{step}.tsv"))
}

pub fn write(workspace: &Workspace, step: &str, times: &[TestTime]) -> Result {
    let lines: Vec<String> =
        times.iter().map(|TestTime { seconds, name }| format!("{seconds:.3}\t{name}\n")).collect();
    stamp::write(&file(workspace, step), &lines.concat())
}

/// Forgets the run before.
pub fn clear(workspace: &Workspace) -> Result {
    let folder = folder(workspace);
    if folder.is_dir() {
        for file in inside(&folder)? {
            stamp::forget(&file)?;
        }
    }
    fs::create_dir_all(&folder).map_err(|error| stamp::unreachable(&folder, &error))
}

/// Prints the slowest tests of all steps.
pub fn report(workspace: &Workspace) -> Result {
    let mut times = Vec::new();
    for file in inside(&folder(workspace))? {
        let text = fs::read_to_string(&file).map_err(|error| stamp::unreachable(&file, &error))?;
        times.extend(text.lines().filter_map(read));
    }
    let count = times.len();
    let slowest = slowest(times);
    if count > 0 {
        run::print(&format!("\nThe {} slowest of {count} tests:", slowest.len()));
    }
    for TestTime { seconds, name } in slowest {
        run::print(&format!("{seconds:>9.1} s  {name}"));
    }
    Ok(())
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.stamp("times")
}

fn read(line: &str) -> Option<TestTime> {
    let (seconds, name) = line.split_once('\t')?;
    Some(TestTime { seconds: seconds.parse().ok()?, name: name.to_owned() })
}

fn slowest(mut times: Vec<TestTime>) -> Vec<TestTime> {
    times.sort_by(|one, other| other.seconds.total_cmp(&one.seconds));
    times.truncate(SLOWEST);
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_come_first_and_are_not_too_many() {
        let times = (0..50)
            .map(|number| TestTime { seconds: f64::from(number % 7), name: number.to_string() })
            .collect();
        let slowest = slowest(times);
        assert_eq!(slowest.len(), SLOWEST);
        assert!(slowest.is_sorted_by(|one, other| one.seconds >= other.seconds));
        assert_eq!(slowest[0].seconds, 6.0);
    }

    #[test]
    fn a_line_without_a_time_is_none() {
        assert_eq!(read("1.5\ta › b").unwrap().name, "a › b");
        assert!(read("a › b").is_none() && read("x\ta").is_none());
    }
}
