//! `greenlight`: the same engine at a terminal and in a CI gate.
//!
//! The exit status is the verdict: 0 ready or ready with warnings, 1 not ready, 2 unusable input
//! or arguments, 3 not enough evidence.

mod check;
mod checklist;
mod compare;
mod input;
mod output;
mod policy;
mod roles;
mod thresholds;
mod windows;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Is this machine-learning model ready for production, and if not, why not?
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Judge files of predictions.
    Check(Box<check::Check>),
    /// Compare two reports: what got better, what got worse, and what chance explains.
    Compare(compare::Compare),
    /// Print the readiness checklist as a JSON form to fill in.
    Checklist(checklist::PrintChecklist),
    /// Print a policy as JSON to start from, or list the presets.
    Policy(policy::PrintPolicy),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Check(check) => check.run(),
        Command::Compare(compare) => compare.run(),
        Command::Checklist(checklist) => checklist.run(),
        Command::Policy(policy) => policy.run(),
    };
    match done {
        Ok(exit) => exit,
        Err(message) => {
            eprintln!("greenlight: {message}");
            ExitCode::from(2)
        }
    }
}
