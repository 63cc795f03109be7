//! A program that runs to its end: how long it took, and how much memory.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::memory;

/// A finished run.
pub struct Run {
    /// From its start to its end, in seconds.
    pub seconds: f64,
    /// The most memory it had resident, in bytes; read every 5 ms, so growth in the last of them is missed.
    pub peak: Option<u64>,
    /// What it wrote to standard output.
    pub output: String,
}

/// Runs it. Any other exit status than these fails the measurement.
pub fn run(command: &mut Command, statuses: &[i32]) -> Run {
    let started = Instant::now();
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    let mut stdout = child.stdout.take().unwrap();
    // What nobody reads would stop the program once the pipe is full.
    let reader = std::thread::spawn(move || {
        let mut output = String::new();
        stdout.read_to_string(&mut output).map(|_| output)
    });
    let mut peak = None;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        peak = memory::peak_of(child.id()).or(peak);
        std::thread::sleep(Duration::from_millis(5));
    };
    let seconds = started.elapsed().as_secs_f64();
    assert!(
        status.code().is_some_and(|code| statuses.contains(&code)),
        "{command:?} ended with {status}"
    );
    Run {
        seconds,
        peak,
        output: reader.join().unwrap().unwrap(),
    }
}

/// The run of median time.
pub fn median(mut runs: Vec<Run>) -> Run {
    runs.sort_by(|left, right| left.seconds.total_cmp(&right.seconds));
    runs.swap_remove(runs.len() / 2)
}
