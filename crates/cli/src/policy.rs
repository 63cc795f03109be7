//! `greenlight policy`: a policy to start from, as JSON.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use greenlight_readiness::policy::{Margins, PRESETS};
use greenlight_readiness::report::REPORT_SCHEMA;
use greenlight_readiness::{Policy, Report};

/// The arguments of `greenlight policy`.
#[derive(Args)]
pub struct PrintPolicy {
    /// The policy to print as JSON: a preset, or a file to check; without one, the presets are listed.
    #[arg(conflicts_with = "from")]
    name: Option<String>,
    /// Ask for no worse than a report (from `check --format json`) by more than the margins.
    #[arg(long, value_name = "REPORT.json")]
    from: Option<PathBuf>,
    /// How much lower a share may be: 0.01 is a point.
    #[arg(long, value_name = "SHARE", requires = "from", default_value_t = Margins::default().share)]
    margin: f64,
    /// How much slower or dearer it may be, as a part of the champion's: 0.1 is a tenth.
    #[arg(long, value_name = "PART", requires = "from", default_value_t = Margins::default().relative)]
    latency_margin: f64,
}

impl PrintPolicy {
    /// Prints what was asked for.
    ///
    /// # Errors
    /// When there is no such policy or report; a sentence for the person.
    pub fn run(&self) -> Result<ExitCode, String> {
        let text = match (&self.name, &self.from) {
            (_, Some(report)) => json(&self.no_worse_than(report)?)?,
            (Some(name), None) => json(&read_policy(name)?)?,
            (None, None) => presets(),
        };
        io::stdout()
            .lock()
            .write_all(text.as_bytes())
            .map_err(|error| format!("the policy could not be written: {error}"))?;
        Ok(ExitCode::SUCCESS)
    }

    fn no_worse_than(&self, path: &PathBuf) -> Result<Policy, String> {
        let shown = path.display();
        let json = std::fs::read_to_string(path)
            .map_err(|error| format!("the report “{shown}” cannot be read: {error}"))?;
        let report: Report = serde_json::from_str(&json).map_err(|error| {
            format!(
                "“{shown}” is not a report as `greenlight check --format json` prints it: {error}"
            )
        })?;
        if report.schema != REPORT_SCHEMA {
            return Err(format!(
                "“{shown}” is a report of another version: {} instead of {REPORT_SCHEMA}",
                report.schema
            ));
        }
        let margins = Margins {
            share: self.margin,
            relative: self.latency_margin,
        };
        Policy::no_worse_than(&report, margins).map_err(|error| format!("“{shown}”: {error}"))
    }
}

/// The preset of this name, or else the policy in the file of this name.
///
/// # Errors
/// When there is neither, or the file is no policy; sentences for the person.
pub fn read_policy(name: &str) -> Result<Policy, String> {
    if let Some(preset) = Policy::preset(name) {
        return Ok(preset);
    }
    let json = std::fs::read_to_string(name).map_err(|error| {
        let presets = PRESETS.join(", ");
        format!("there is no policy “{name}”, neither a preset ({presets}) nor a file: {error}")
    })?;
    Policy::from_json(&json).map_err(|error| format!("the policy “{name}” is not valid:\n{error}"))
}

fn json(policy: &Policy) -> Result<String, String> {
    policy.to_json().map_err(|error| error.to_string())
}

fn presets() -> String {
    let mut text = String::new();
    for policy in PRESETS.into_iter().filter_map(Policy::preset) {
        text.push_str(&format!("{:14}  {}\n", policy.name, policy.description));
    }
    text
}
