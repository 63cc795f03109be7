//! A run of named steps: a heading before each, the time of each at the end.

// Clippy's ban on clocks is for results; how long a step took is none.
#![allow(clippy::disallowed_methods)]

use anyhow::{Context, Result};
use std::time::{Duration, Instant};

/// The steps so far.
pub struct Steps {
    done: Vec<(&'static str, Duration, String)>,
}

impl Steps {
    /// None so far.
    pub fn new() -> Self {
        Self { done: Vec::new() }
    }

    /// Runs a step, which says in some words what it did. The error of a failed one names it.
    pub fn step(&mut self, name: &'static str, run: impl FnOnce() -> Result<String>) -> Result<()> {
        println!("\n=== {name} ===");
        let started = Instant::now();
        let outcome = run();
        let words = outcome
            .as_ref()
            .map_or_else(|_| "FAILED".to_owned(), String::clone);
        self.done.push((name, started.elapsed(), words));
        outcome
            .map(drop)
            .with_context(|| format!("the step \"{name}\" failed"))
    }

    /// Prints what was done and how long it took.
    pub fn summary(&self) {
        println!("\n{:<28} {:>9}", "step", "time");
        for (name, time, words) in &self.done {
            println!("{name:<28} {:>7.1} s  {words}", time.as_secs_f64());
        }
        let total: Duration = self.done.iter().map(|(_, time, _)| *time).sum();
        println!("{:<28} {:>7.1} s", "total", total.as_secs_f64());
    }
}
