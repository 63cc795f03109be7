//! `greenlight compare BEFORE.json AFTER.json`: two reports side by side.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use greenlight_readiness::comparison::{Comparison, Side};
use greenlight_readiness::written;

use crate::output::comparison::text;

/// What the help ends with.
const EXIT_STATUS: &str = "The exit status is 0; with --fail-on-worse it is 1 where something got worse beyond chance, the verdict is a \
                           worse one, or a trap is new, and 3 where nothing can be compared. 2 is input or arguments that \
                           cannot be used.";

/// The arguments of `greenlight compare`.
#[derive(Args)]
#[command(after_help = EXIT_STATUS)]
pub struct Compare {
    /// The report to compare with, such as the last release's; from `check --format json` or the page.
    #[arg(value_name = "BEFORE.json")]
    before: PathBuf,
    /// The report that is compared with it.
    #[arg(value_name = "AFTER.json")]
    after: PathBuf,
    /// How to print the comparison.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Let the exit status say whether something got worse.
    #[arg(long)]
    fail_on_worse: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// The comparison as one JSON document.
    Json,
    /// For a comment on a pull request.
    Markdown,
}

impl Compare {
    /// Compares the reports and prints what came of it.
    ///
    /// # Errors
    /// When one cannot be read or is no report; a sentence for the person.
    pub fn run(&self) -> Result<ExitCode, String> {
        let comparison = Comparison::of(read_side(&self.before)?, read_side(&self.after)?);
        let printed = match self.format {
            Format::Text => text(&comparison),
            Format::Markdown => written::comparison::markdown(&comparison),
            Format::Json => comparison.to_json().map_err(|error| error.to_string())?,
        };
        io::stdout()
            .lock()
            .write_all(printed.as_bytes())
            .map_err(|error| format!("the comparison could not be written: {error}"))?;
        Ok(self.exit_code(&comparison))
    }

    fn exit_code(&self, comparison: &Comparison) -> ExitCode {
        ExitCode::from(match self.fail_on_worse {
            false => 0,
            true if comparison.is_worse() => 1,
            true if !comparison.has_evidence() => 3,
            true => 0,
        })
    }
}

fn read_side(path: &Path) -> Result<Side, String> {
    let shown = path.display();
    let json = std::fs::read_to_string(path)
        .map_err(|error| format!("the report “{shown}” cannot be read: {error}"))?;
    Side::from_json(&json).map_err(|error| format!("“{shown}”: {error}"))
}
