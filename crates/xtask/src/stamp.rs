//! What is fresh already. A step is left out when neither its inputs nor its outputs changed since it last succeeded.
//!
//! Contents decide, not times: a checkout or a branch switch that ends at the same files rebuilds nothing.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::run::Result;

/// Files and folders, but for those that `except` names.
pub struct Files {
    pub paths: Vec<PathBuf>,
    pub except: fn(&Path) -> bool,
}

impl Files {
    pub fn of(paths: impl IntoIterator<Item = PathBuf>) -> Files {
        Files { paths: paths.into_iter().collect(), except: |_| false }
    }
}

/// Runs `work` unless the stamp says that it was done from these inputs and that its outputs are untouched.
/// `also` is what the result depends on besides files, like a tool's version. Tells whether it ran.
pub fn once(
    stamp: &Path,
    inputs: &Files,
    also: &str,
    outputs: &Files,
    work: impl FnOnce() -> Result,
) -> Result<bool> {
    once_of(stamp, || Files { paths: inputs.paths.clone(), except: inputs.except }, also, outputs, work)
}

/// The same where only the work itself tells what it was done from.
pub fn once_of(
    stamp: &Path,
    inputs: impl Fn() -> Files,
    also: &str,
    outputs: &Files,
    work: impl FnOnce() -> Result,
) -> Result<bool> {
    let before = digest(&inputs(), also)?;
    if fs::read_to_string(stamp)
        .is_ok_and(|text| digest(outputs, "").is_ok_and(|after| text == line(before, after)))
    {
        return Ok(false);
    }
    // A stamp of an older success must not outlive a failure half-way.
    forget(stamp)?;
    let begin = SystemTime::now();
    work()?;
    let inputs = inputs();
    // What was edited meanwhile may not be in the result.
    if !was_edited(&inputs, begin)? {
        write(stamp, &line(digest(&inputs, also)?, digest(outputs, "")?))?;
    }
    Ok(true)
}

fn was_edited(files: &Files, since: SystemTime) -> Result<bool> {
    let mut paths = Vec::new();
    for path in &files.paths {
        collect(path, files.except, &mut paths)?;
    }
    let time = |path: &PathBuf| fs::metadata(path).and_then(|data| data.modified()).ok();
    Ok(paths.iter().any(|path| time(path).is_some_and(|time| time > since)))
}

pub fn forget(stamp: &Path) -> Result {
    match fs::remove_file(stamp) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(unreachable(stamp, &error)),
        _ => Ok(()),
    }
}

/// Writes a file, and the folders above it.
pub fn write(path: &Path, text: &str) -> Result {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| unreachable(folder, &error))?;
    }
    fs::write(path, text).map_err(|error| unreachable(path, &error))
}

pub fn unreachable(path: &Path, error: &std::io::Error) -> String {
    format!("{} could not be reached: {error}.", path.display())
}

fn line(before: u64, after: u64) -> String {
    format!("{before:016x} {after:016x}\n")
}

fn digest(files: &Files, also: &str) -> Result<u64> {
    let mut found = Vec::new();
    for path in &files.paths {
        collect(path, files.except, &mut found)?;
    }
    let mut hasher = DefaultHasher::new();
    also.hash(&mut hasher);
    for path in found {
        path.hash(&mut hasher);
        // A missing file counts too: its coming is a change.
        fs::read(&path).ok().hash(&mut hasher);
    }
    Ok(hasher.finish())
}

fn collect(path: &Path, except: fn(&Path) -> bool, found: &mut Vec<PathBuf>) -> Result {
    if except(path) {
        return Ok(());
    }
    if !path.is_dir() {
        found.push(path.to_path_buf());
        return Ok(());
    }
    for inner in inside(path)? {
        collect(&inner, except, found)?;
    }
    Ok(())
}

/// What lies in a folder, in the order of the names.
pub fn inside(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| unreachable(folder, &error))?;
    let paths: Result<Vec<PathBuf>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths.map_err(|error| unreachable(folder, &error))?;
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Bench {
        folder: PathBuf,
    }

    impl Bench {
        fn new(name: &str) -> Bench {
            let folder = std::env::temp_dir().join(format!("jackfield-stamp-{}-{name}", std::process::id()));
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(folder.join("in")).unwrap();
            fs::write(folder.join("in/a"), "one").unwrap();
            Bench { folder }
        }

        fn run(&self, also: &str) -> bool {
            let inputs = Files { paths: vec![self.folder.join("in")], except: |path| path.ends_with("made") };
            let outputs = Files::of([self.folder.join("out")]);
            let work = || write(&self.folder.join("out"), "made");
            once(&self.folder.join("stamp"), &inputs, also, &outputs, work).unwrap()
        }
    }

    impl Drop for Bench {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }

    #[test]
    fn a_second_run_does_nothing() {
        let bench = Bench::new("second");
        assert!(bench.run("1"));
        assert!(!bench.run("1"));
    }

    #[test]
    fn a_changed_a_new_and_a_renamed_input_run_again() {
        let bench = Bench::new("inputs");
        bench.run("1");
        fs::write(bench.folder.join("in/a"), "two").unwrap();
        assert!(bench.run("1"));
        fs::write(bench.folder.join("in/b"), "").unwrap();
        assert!(bench.run("1"));
        fs::rename(bench.folder.join("in/b"), bench.folder.join("in/c")).unwrap();
        assert!(bench.run("1"));
    }

    #[test]
    fn another_tool_and_a_touched_output_run_again() {
        let bench = Bench::new("outputs");
        bench.run("1");
        assert!(bench.run("2"));
        fs::write(bench.folder.join("out"), "edited").unwrap();
        assert!(bench.run("2"));
        fs::remove_file(bench.folder.join("out")).unwrap();
        assert!(bench.run("2"));
    }

    #[test]
    fn excepted_files_do_not_count() {
        let bench = Bench::new("except");
        bench.run("1");
        fs::write(bench.folder.join("in/made"), "x").unwrap();
        assert!(!bench.run("1"));
    }

    #[test]
    fn a_failure_forgets_the_success_before_it() {
        let bench = Bench::new("failure");
        bench.run("1");
        let inputs = Files::of([bench.folder.join("in")]);
        let outputs = Files::of([bench.folder.join("out")]);
        let stamp = bench.folder.join("stamp");
        assert!(once(&stamp, &inputs, "2", &outputs, || Err("no".into())).is_err());
        assert!(bench.run("1"));
    }
}
