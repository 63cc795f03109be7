//! `greenlight check FILE`: from a file to the verdict.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use greenlight_data::{LatencyUnit, Role};
use greenlight_readiness::{Choices, Policy, Profile, Report, SourceReader, Verdict, judge};

use crate::text;

/// The arguments of `greenlight check`.
#[derive(Args)]
pub struct Check {
    /// A CSV file of predictions; `-` reads standard input.
    file: PathBuf,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What "ready" means: balanced, fraud, spam, or the path of a JSON policy.
    #[arg(long, default_value = "balanced")]
    policy: String,
    /// The positive class.
    #[arg(long)]
    positive: Option<String>,
    /// Decide by `score >= THRESHOLD` instead of by the file's predictions.
    #[arg(long, allow_negative_numbers = true)]
    threshold: Option<f64>,
    /// The split to compare with, such as train.
    #[arg(long)]
    reference: Option<String>,
    /// The split to judge, such as production.
    #[arg(long)]
    current: Option<String>,
    /// The longest acceptable latency in milliseconds.
    #[arg(long, value_name = "MS")]
    latency_budget: Option<f64>,
    /// The unit of the latency column.
    #[arg(long, value_name = "UNIT", value_parser = parse_unit)]
    latency_unit: Option<LatencyUnit>,
    /// The column of the true class.
    #[arg(long, value_name = "COLUMN")]
    label: Option<String>,
    /// The column of the predicted class.
    #[arg(long, value_name = "COLUMN")]
    prediction: Option<String>,
    /// The column of the positive class's score.
    #[arg(long, value_name = "COLUMN")]
    score: Option<String>,
    /// The column of the latency.
    #[arg(long, value_name = "COLUMN")]
    latency: Option<String>,
    /// The column of the split.
    #[arg(long, value_name = "COLUMN")]
    split: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// The report as one JSON document.
    Json,
}

impl Check {
    /// Judges the file and prints the report.
    ///
    /// # Errors
    /// When input or arguments cannot be used; a sentence for the person.
    pub fn run(&self) -> Result<ExitCode, String> {
        let policy = read_policy(&self.policy)?;
        let source = read_source(&self.file)?;
        let profile = Profile::of(&source, &self.choices()).map_err(|error| error.to_string())?;
        let report = judge(&profile, &policy);
        self.print(&report)
            .map_err(|error| format!("the report could not be written: {error}"))?;
        Ok(exit_code(report.verdict))
    }

    fn choices(&self) -> Choices {
        let mut choices = Choices {
            positive: self.positive.clone(),
            threshold: self.threshold,
            reference: self.reference.clone(),
            current: self.current.clone(),
            latency_budget_ms: self.latency_budget,
            latency_unit: self.latency_unit,
            ..Choices::default()
        };
        let roles = [
            (Role::Label, &self.label),
            (Role::Prediction, &self.prediction),
            (Role::Score, &self.score),
            (Role::Latency, &self.latency),
            (Role::Split, &self.split),
        ];
        for (role, column) in roles {
            if let Some(column) = column {
                choices.set_role(role, [column]);
            }
        }
        choices
    }

    fn print(&self, report: &Report) -> io::Result<()> {
        let text = match self.format {
            Format::Text => text::report(report),
            Format::Json => report.to_json()?,
        };
        io::stdout().lock().write_all(text.as_bytes())
    }
}

fn parse_unit(name: &str) -> Result<LatencyUnit, String> {
    let unit = LatencyUnit::ALL
        .into_iter()
        .find(|unit| unit.short_name() == name);
    unit.ok_or_else(|| "one of ns, us, ms and s is needed".to_owned())
}

fn read_policy(name: &str) -> Result<Policy, String> {
    if let Some(preset) = Policy::preset(name) {
        return Ok(preset);
    }
    let json = std::fs::read_to_string(name).map_err(|error| {
        format!("there is no policy “{name}”, neither a preset (balanced, fraud, spam) nor a file: {error}")
    })?;
    serde_json::from_str(&json)
        .map_err(|error| format!("the policy “{name}” is not valid: {error}"))
}

fn read_source(path: &Path) -> Result<greenlight_readiness::Source, String> {
    let shown = path.display();
    let cannot_read = |error: io::Error| format!("“{shown}” cannot be read: {error}");
    let (name, mut input): (_, Box<dyn Read>) = if path == Path::new("-") {
        ("standard input".to_owned(), Box::new(io::stdin().lock()))
    } else {
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        (name, Box::new(File::open(path).map_err(cannot_read)?))
    };
    let mut reader = SourceReader::new(name);
    let mut chunk = vec![0; 1 << 20];
    loop {
        let length = input.read(&mut chunk).map_err(cannot_read)?;
        let Some(bytes) = chunk.get(..length).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        reader
            .feed(bytes)
            .map_err(|error| format!("“{shown}”: {error}"))?;
    }
    reader
        .finish()
        .map_err(|error| format!("“{shown}”: {error}"))
}

fn exit_code(verdict: Verdict) -> ExitCode {
    ExitCode::from(match verdict {
        Verdict::Ready | Verdict::ReadyWithWarnings => 0,
        Verdict::NotReady => 1,
        Verdict::NotEnoughEvidence => 3,
    })
}
