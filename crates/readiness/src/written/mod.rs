//! Reports in the forms in which page and terminal alike hand them on: Markdown for a comment on a pull request, JUnit XML for
//! a CI system. JSON is the report itself.

pub mod comparison;
pub mod junit;
pub mod markdown;

use crate::criteria::{CriterionResult, Outcome, shown_beside_limit, shown_interval, shown_limit};
use crate::policy::{Group, Severity};
use crate::report::Report;
use crate::words::title;

/// The groups that have criteria, each with these, in the order in which they are shown.
pub fn groups(report: &Report) -> impl Iterator<Item = (Group, Vec<&CriterionResult>)> {
    let of = |group| {
        let criteria = report.criteria.iter().filter(|c| c.group == group);
        (group, criteria.collect::<Vec<_>>())
    };
    Group::ALL
        .into_iter()
        .map(of)
        .filter(|(_, criteria)| !criteria.is_empty())
}

/// The cells of a criterion's row: what it measures, value with interval, limit with severity, outcome.
pub fn cells(criterion: &CriterionResult, report: &Report) -> [String; 4] {
    let what = title(criterion.metric, report.overall.classes.len() > 2);
    let current = report.settings.current.as_deref().unwrap_or("overall");
    let what = match criterion.scope == current {
        true => what.to_owned(),
        false => format!("{what}, on {}", criterion.scope),
    };
    let value = shown_beside_limit(criterion);
    let value = match shown_interval(criterion).as_str() {
        "" => value,
        interval => format!("{value} ({interval})"),
    };
    let limit = format!(
        "{} {} {}",
        severity(criterion.severity),
        criterion.operator.symbol(),
        shown_limit(criterion.metric, criterion.limit)
    );
    [what, value, limit, outcome(criterion.outcome).to_owned()]
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Must => "must",
        Severity::Should => "should",
    }
}

/// An outcome in words.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::AtRisk => "at risk",
        Outcome::NoEvidence => "no evidence",
    }
}
