//! A test run: its steps, side by side where they can be, until the first red one.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::run::{self, Result};
use crate::setup;
use crate::stamp::unreachable;
use crate::steps::{Run, STEPS, Step};
use crate::times;
use crate::workspace::Workspace;

/// So many steps run side by side, one of each lane: none keeps two cores busy all the time.
const WORKERS: usize = 3;

/// How long nothing is said while steps run.
const PAUSE: Duration = Duration::from_secs(60);

/// What to run, and how.
pub struct Options<'a> {
    /// The slow tests too.
    pub all: bool,
    /// One step and what it needs.
    pub only: Option<&'a str>,
    /// Every step, whatever was red before it.
    pub keep_going: bool,
}

pub fn names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

pub fn run(workspace: &Workspace, options: &Options) -> Result {
    let begin = Instant::now();
    let steps = chosen(options.only);
    let needs: Vec<setup::Tool> = steps.iter().flat_map(|step| step.needs.iter().copied()).collect();
    times::clear(workspace)?;
    run::print("--- set-up");
    let kit = setup::set_up(workspace, &needs)?;
    let set_up = begin.elapsed().as_secs_f64();
    let run = Run { workspace, kit, all: options.all, keep_going: options.keep_going };
    let schedule = Schedule::new(steps);
    // Who asks for one step watches it.
    let is_live = options.only.is_some();
    thread::scope(|scope| {
        for _ in 0..if is_live { 1 } else { WORKERS } {
            scope.spawn(|| schedule.work(&run, is_live));
        }
        schedule.watch(is_live);
    });
    report(workspace, schedule, ("set-up", set_up), begin.elapsed().as_secs_f64())
}

/// All steps, or one and what it needs, in their order.
fn chosen(only: Option<&str>) -> Vec<&'static Step> {
    let mut wanted: BTreeSet<&str> = only.into_iter().collect();
    // A step only uses steps before it, so one walk from the end finds all.
    for step in STEPS.iter().rev().filter(|_| only.is_some()) {
        if wanted.contains(step.name) {
            wanted.extend(step.after);
        }
    }
    STEPS.iter().filter(|step| only.is_none() || wanted.contains(step.name)).collect()
}

/// Which steps wait, run and are done.
struct Schedule {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    waiting: Vec<&'static Step>,
    running: Vec<(&'static Step, Instant)>,
    done: Vec<Done>,
    /// A step was red, and the run ends.
    ended: bool,
}

struct Done {
    name: &'static str,
    seconds: f64,
    result: Result,
}

impl Schedule {
    fn new(waiting: Vec<&'static Step>) -> Schedule {
        let state = State { waiting, running: Vec::new(), done: Vec::new(), ended: false };
        Schedule { state: Mutex::new(state), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does steps until none is left that may begin.
    fn work(&self, run: &Run, is_live: bool) {
        while let Some(step) = self.next() {
            let begin = Instant::now();
            println!("--- {}", step.name);
            let result = perform(step, run, is_live)
                .map_err(|sentence| run::or_full_disk(&run.workspace.target, sentence));
            self.finish(
                Done { name: step.name, seconds: begin.elapsed().as_secs_f64(), result },
                step,
                run.keep_going,
            );
        }
    }

    /// Waits for a step that may begin; none when there will be no other.
    fn next(&self) -> Option<&'static Step> {
        let mut state = self.lock();
        loop {
            if let Some(step) = state.take() {
                return Some(step);
            }
            if state.running.is_empty() || state.ended {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Says now and then what runs, since its output comes at its end.
    fn watch(&self, is_live: bool) {
        let mut state = self.lock();
        while !state.is_over() {
            let (woken, wait) =
                self.changed.wait_timeout(state, PAUSE).unwrap_or_else(PoisonError::into_inner);
            state = woken;
            if wait.timed_out() && !is_live {
                let running: Vec<String> = state
                    .running
                    .iter()
                    .map(|(step, begin)| format!("{} ({} s)", step.name, begin.elapsed().as_secs()))
                    .collect();
                println!("... {}", running.join(", "));
            }
        }
    }

    fn finish(&self, done: Done, step: &'static Step, keep_going: bool) {
        let mut state = self.lock();
        state.running.retain(|(running, _)| running.name != step.name);
        self.changed.notify_all();
        if state.ended && done.result.is_err() {
            // It was stopped, and may be green.
            state.waiting.push(step);
            return;
        }
        println!("{}", line(&done));
        if done.result.is_err() && !keep_going {
            state.ended = true;
            run::interrupt_all();
        }
        state.done.push(done);
    }
}

/// Does a step. Its output is printed when it is done, so that two steps do not mix their lines, unless somebody watches.
fn perform(step: &Step, run: &Run, is_live: bool) -> Result {
    if is_live {
        return (step.work)(run);
    }
    let path = run.workspace.stamp(&format!("{}.log", step.name));
    let log = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| File::create(&path))
        .map_err(|error| unreachable(&path, &error))?;
    let result = run::with_log(log, || (step.work)(run));
    let text = fs::read(&path).map_err(|error| unreachable(&path, &error))?;
    print!("{}", String::from_utf8_lossy(&text));
    result
}

impl State {
    /// Whether no step runs and none can begin.
    fn is_over(&self) -> bool {
        self.running.is_empty() && self.next().is_none()
    }

    fn take(&mut self) -> Option<&'static Step> {
        let step = self.waiting.remove(self.next()?);
        self.running.push((step, Instant::now()));
        Some(step)
    }

    /// The place of the first step whose lane is free and whose needs are done. What needs a red step never begins.
    fn next(&self) -> Option<usize> {
        if self.ended {
            return None;
        }
        let is_green = |name: &&str| self.done.iter().any(|done| done.name == *name && done.result.is_ok());
        let is_free = |step: &Step| self.running.iter().all(|(running, _)| running.lane != step.lane);
        self.waiting.iter().position(|step| is_free(step) && step.after.iter().all(is_green))
    }
}

/// How a step ended; a red one says how to run it again.
fn line(done: &Done) -> String {
    let Done { name, seconds, result } = done;
    match result {
        Ok(()) => format!("--- {name}: green after {seconds:.1} s"),
        Err(sentence) => format!(
            "--- {name}: RED after {seconds:.1} s. {sentence}\n--- To run it again: cargo xtask test --only {name}"
        ),
    }
}

fn report(workspace: &Workspace, schedule: Schedule, set_up: (&str, f64), seconds: f64) -> Result {
    times::report(workspace)?;
    let state = schedule.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    let red: Vec<&Done> = state.done.iter().filter(|done| done.result.is_err()).collect();
    println!("\n{}", if red.is_empty() { "All green:" } else { "Not green:" });
    println!("  {:<10} {:>7.1} s", set_up.0, set_up.1);
    for Done { name, seconds, result } in &state.done {
        println!("  {name:<10} {seconds:>7.1} s{}", if result.is_ok() { "" } else { "  RED" });
    }
    for step in &state.waiting {
        println!("  {:<10}   not run", step.name);
    }
    println!("  {:<10} {seconds:>7.1} s", "together");
    match red.first() {
        None => Ok(()),
        Some(first) => Err(format!("\n{}", line(first))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_of(only: Option<&str>) -> Vec<&str> {
        chosen(only).iter().map(|step| step.name).collect()
    }

    #[test]
    fn without_a_choice_every_step_runs() {
        assert_eq!(names_of(None), names());
    }

    #[test]
    fn one_step_brings_what_it_needs_and_no_more() {
        assert_eq!(names_of(Some("format")), ["format"]);
        assert_eq!(names_of(Some("budget")), ["build", "budget"]);
        assert_eq!(names_of(Some("browser")), ["build", "sandbox", "browser"]);
    }

    #[test]
    fn a_step_only_uses_steps_before_it() {
        for (at, step) in STEPS.iter().enumerate() {
            for used in step.after {
                assert!(STEPS[..at].iter().any(|before| before.name == *used), "{} uses {used}", step.name);
            }
        }
    }

    #[test]
    fn the_document_names_every_step_and_its_lane() {
        let text = fs::read_to_string(Workspace::here().at("docs/testing.md")).unwrap();
        let rows: Vec<String> =
            text.lines().filter(|line| line.starts_with("| `")).map(str::to_owned).collect();
        let named: Vec<&String> = rows.iter().filter(|row| row.split('|').count() == 5).collect();
        let steps: Vec<String> = STEPS
            .iter()
            .map(|step| format!("| `{}` | {} |", step.name, format!("{:?}", step.lane).to_lowercase()))
            .collect();
        assert_eq!(named.len(), steps.len());
        for (row, step) in named.iter().zip(steps) {
            assert!(row.starts_with(&step), "{row} stands where {step} runs");
        }
    }

    fn done(name: &'static str, result: Result) -> Done {
        Done { name, seconds: 1.0, result }
    }

    /// Takes and finishes steps one after another; the named one is red.
    fn order(schedule: &Schedule, red: &str, keep_going: bool) -> Vec<&'static str> {
        let mut order = Vec::new();
        while let Some(step) = schedule.next() {
            order.push(step.name);
            let result = if step.name == red { Err("No.".to_owned()) } else { Ok(()) };
            schedule.finish(done(step.name, result), step, keep_going);
        }
        order
    }

    #[test]
    fn two_steps_side_by_side_are_of_two_lanes() {
        let mut state = Schedule::new(chosen(None)).state.into_inner().unwrap();
        let (first, second) = (state.take().unwrap(), state.take().unwrap());
        assert_ne!(first.lane, second.lane);
        // What is left of the third lane needs what runs now.
        assert!(state.take().is_none());
    }

    #[test]
    fn a_red_step_ends_the_run() {
        assert_eq!(order(&Schedule::new(chosen(None)), "format", false), ["format"]);
    }

    #[test]
    fn who_keeps_going_leaves_out_only_what_needs_the_red_step() {
        let order = order(&Schedule::new(chosen(None)), "build", true);
        let left: Vec<&str> =
            STEPS.iter().filter(|step| !step.after.contains(&"build")).map(|step| step.name).collect();
        assert_eq!(order, left);
    }

    #[test]
    fn a_red_line_says_how_to_run_it_again() {
        let line = line(&done("lint", Err("This failed: cargo clippy".to_owned())));
        assert!(
            line.contains("RED")
                && line.contains("This failed: cargo clippy")
                && line.ends_with("cargo xtask test --only lint"),
            "{line}"
        );
    }
}
