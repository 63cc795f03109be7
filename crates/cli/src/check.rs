//! `greenlight check FILE…`: from files to the verdict.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use greenlight_data::LatencyUnit;
use greenlight_format as format;
use greenlight_link::{Parts, SharedReport, encode};
use greenlight_readiness::monitoring::row_rules;
use greenlight_readiness::source::name_of_all;
use greenlight_readiness::wide::Room;
use greenlight_readiness::written::{junit, markdown};
use greenlight_readiness::{Choices, Profile, Report, Verdict, judge};

use crate::checklist::read_attestations;
use crate::input::{examine, read_source};
use crate::output::{html, text};
use crate::policy::read_policy;
use crate::roles::RoleArguments;
use crate::thresholds::DemandArguments;
use crate::windows::WindowArguments;

/// What the help ends with.
const EXIT_STATUS: &str = "The exit status is the verdict: 0 ready or ready with warnings, 1 not ready, 3 not enough evidence; 2 is \
                           input or arguments that cannot be used.";
/// What decides about the verdict, as the help groups it.
const JUDGING: &str = "Judging";

/// The arguments of `greenlight check`.
#[derive(Args)]
#[command(after_help = EXIT_STATUS)]
pub struct Check {
    /// Files of predictions, as CSV or JSON; `-` is standard input.
    ///
    /// Files of the same columns are put below each other, and each is a split unless a column says otherwise. Files that
    /// lack what another has, such as labels here and predictions there, are joined on the id that they share.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What "ready" means: balanced, fraud, spam, classification, assistant, or the path of a JSON policy.
    #[arg(help_heading = JUDGING, long, default_value = "balanced")]
    policy: String,
    /// The positive class.
    #[arg(help_heading = JUDGING, long, value_name = "CLASS")]
    positive: Option<String>,
    /// Decide by `score >= THRESHOLD` instead of by the file's predictions.
    #[arg(help_heading = JUDGING, long, allow_negative_numbers = true)]
    threshold: Option<f64>,
    /// Of graded answers: the grade from which on an answer is accepted, or the word that accepts it.
    #[arg(help_heading = JUDGING, long, value_name = "GRADE", allow_negative_numbers = true)]
    pass_mark: Option<String>,
    /// The split to compare with, such as train.
    #[arg(help_heading = JUDGING, long, value_name = "SPLIT")]
    reference: Option<String>,
    /// The split to judge, such as production.
    #[arg(help_heading = JUDGING, long, value_name = "SPLIT")]
    current: Option<String>,
    /// The longest acceptable latency in milliseconds.
    #[arg(help_heading = JUDGING, long, value_name = "MS")]
    latency_budget: Option<f64>,
    /// The unit of the latency column: ns, us, ms or s.
    #[arg(help_heading = JUDGING, long, value_name = "UNIT", value_parser = parse_unit)]
    latency_unit: Option<LatencyUnit>,
    /// What people attest of the system around the model: a form that `greenlight checklist` prints. It joins the report and
    /// leaves the verdict.
    #[arg(help_heading = JUDGING, long, value_name = "FILE.json")]
    checklist: Option<PathBuf>,
    /// How much memory to take, such as 1500MB or 4GB. Features that do not fit are looked at part by part, which reads the
    /// file again.
    #[arg(long, value_name = "SIZE", default_value = "1500MB", value_parser = parse_memory)]
    memory: u64,
    /// Print a link to the report, without its rows, below the address of a Greenlight page; how long it is goes to standard error.
    #[arg(long, value_name = "ADDRESS", conflicts_with = "format")]
    share_link: Option<String>,
    #[command(flatten)]
    demands: DemandArguments,
    #[command(flatten)]
    windows: WindowArguments,
    #[command(flatten)]
    roles: RoleArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// The report as one JSON document.
    Json,
    /// For a comment on a pull request.
    Markdown,
    /// A page of its own, to attach or to print.
    Html,
    /// JUnit XML, each criterion a test case.
    Junit,
}

impl Check {
    /// Judges the files and prints the report.
    ///
    /// # Errors
    /// When input or arguments cannot be used; a sentence for the person.
    pub fn run(&self) -> Result<ExitCode, String> {
        let policy = read_policy(&self.policy)?;
        let attested = self
            .checklist
            .as_deref()
            .map(read_attestations)
            .transpose()?;
        let choices = self.choices()?;
        let room = Room::of(self.memory, &choices);
        let source = read_source(&self.files, room.clone())?;
        let mut profile = Profile::of(&source, &choices).map_err(|error| error.to_string())?;
        profile.examination = Some(examine(&self.files, &source, &room, &profile)?);
        profile
            .watch(&source, &choices, &row_rules(&policy))
            .map_err(|error| error.to_string())?;
        if let Some(page) = &self.share_link {
            let attested = attested.unwrap_or_default();
            let names = source.files.iter().map(|file| file.name.as_str());
            let shared = SharedReport::of(profile, policy, attested, name_of_all(names), "");
            return print_link(page, &shared.thinned(&Parts::default()));
        }
        let mut report = judge(&profile, &policy);
        if let Some(attested) = &attested {
            report = report.with_attestations(attested);
        }
        let mut live = None;
        if self.format == Format::Json {
            let attested = attested.unwrap_or_default();
            let shared = SharedReport::of(profile, policy, attested, &source.name, "");
            match encode(&shared) {
                Ok(payload) => live = Some(payload),
                Err(error) => {
                    let why = format!("the page cannot show this report again: {error}");
                    eprintln!("{}.", format::capitalised(&why));
                    report = report.without_live(why);
                }
            }
        }
        self.print(&report, live)
            .map_err(|error| format!("the report could not be written: {error}"))?;
        Ok(exit_code(report.verdict))
    }

    fn choices(&self) -> Result<Choices, String> {
        let mut choices = Choices {
            positive: self.positive.clone(),
            threshold: self.threshold,
            pass_mark: self.pass_mark.clone(),
            reference: self.reference.clone(),
            current: self.current.clone(),
            latency_budget_ms: self.latency_budget,
            latency_unit: self.latency_unit,
            demands: self.demands.demands(),
            ..Choices::default()
        };
        self.windows.settle(&mut choices)?;
        self.roles.settle(&mut choices)?;
        Ok(choices)
    }

    /// `live` is what the page needs to show the report again.
    fn print(&self, report: &Report, live: Option<String>) -> io::Result<()> {
        let text = match self.format {
            Format::Text => text::report(report),
            Format::Json => match &live {
                Some(payload) => report.to_json_live(payload)?,
                None => report.to_json()?,
            },
            Format::Markdown => markdown::report(report),
            Format::Html => html::report(report),
            Format::Junit => junit::report(report),
        };
        io::stdout().lock().write_all(text.as_bytes())
    }
}

/// Prints the link to a report below the address of a page.
fn print_link(page: &str, report: &SharedReport) -> Result<ExitCode, String> {
    let payload = encode(report).map_err(|error| error.to_string())?;
    let page = page.split('#').next().unwrap_or_default();
    let link = format!("{page}#/verdict?r={payload}");
    eprintln!("{} characters", format::count(link.chars().count() as u64));
    writeln!(io::stdout().lock(), "{link}")
        .map_err(|error| format!("the link could not be written: {error}"))?;
    Ok(exit_code(report.outcomes().0))
}

fn parse_unit(name: &str) -> Result<LatencyUnit, String> {
    let unit = LatencyUnit::ALL
        .into_iter()
        .find(|unit| unit.short_name() == name);
    unit.ok_or_else(|| "one of ns, us, ms and s is needed".to_owned())
}

/// Bytes: a number with kB, MB or GB.
fn parse_memory(size: &str) -> Result<u64, String> {
    let digits = size.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match size
        .get(digits.len()..)
        .map(str::to_ascii_lowercase)
        .as_deref()
    {
        Some("kb") => 1e3,
        Some("mb") => 1e6,
        Some("gb") => 1e9,
        _ => 0.0,
    };
    let bytes = digits.trim().parse::<f64>().unwrap_or(0.0) * unit;
    match bytes.is_finite() && bytes >= 1.0 {
        true => Ok(bytes as u64),
        false => Err("a size such as 1500MB or 4GB is needed".to_owned()),
    }
}

fn exit_code(verdict: Verdict) -> ExitCode {
    ExitCode::from(match verdict {
        Verdict::Ready | Verdict::ReadyWithWarnings => 0,
        Verdict::NotReady => 1,
        Verdict::NotEnoughEvidence => 3,
    })
}
