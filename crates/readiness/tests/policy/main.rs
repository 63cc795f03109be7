//! What policies ask for: each metric, of which rows, on how many, and what would settle it.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

mod champion;
mod evidence;
mod metrics;
mod presets;
mod scopes;

use greenlight_readiness::policy::PRESETS;
use greenlight_readiness::{
    Choices, Criterion, CriterionResult, DriftSettings, Metric, Operator, Outcome, Policy, Profile,
    Report, Severity, SourceReader, Verdict, judge,
};

fn report(csv: &str, policy: &Policy) -> Report {
    let mut reader = SourceReader::new("test.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let choices = Choices::default();
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    judge(&profile, policy)
}

/// A header and each line as often as asked.
fn rows(header: &str, lines: &[(&str, usize)]) -> String {
    let mut csv = format!("{header}\n");
    for (line, times) in lines {
        csv.push_str(&format!("{line}\n").repeat(*times));
    }
    csv
}

/// Right positives, missed ones, false alarms, right negatives.
fn matrix([tp, fn_, fp, tn]: [usize; 4]) -> String {
    rows(
        "label,prediction",
        &[("1,1", tp), ("1,0", fn_), ("0,1", fp), ("0,0", tn)],
    )
}

fn must(metric: Metric, operator: Operator, limit: f64) -> Criterion {
    Criterion::new(metric.name(), metric, operator, limit, Severity::Must)
}

fn policy(criteria: Vec<Criterion>) -> Policy {
    Policy {
        name: "test".to_owned(),
        description: String::new(),
        minimum_rows: 30,
        criteria,
        required_evidence: Vec::new(),
        drift: DriftSettings::default(),
        monitoring: Vec::new(),
    }
}

/// What a single criterion comes to.
fn judged(csv: &str, criterion: Criterion) -> CriterionResult {
    report(csv, &policy(vec![criterion])).criteria.remove(0)
}

fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}

fn named<'r>(report: &'r Report, name: &str) -> &'r CriterionResult {
    report.criteria.iter().find(|c| c.name == name).unwrap()
}
