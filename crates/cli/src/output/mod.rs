//! The report in the forms that the command prints.

mod answers;
pub mod html;
pub mod junit;
pub mod markdown;
pub mod text;

use greenlight_readiness::criteria::{shown_beside_limit, shown_interval, shown_limit};
use greenlight_readiness::policy::Group;
use greenlight_readiness::{CriterionResult, Outcome, Report, Severity, title};

/// The groups that have criteria, each with these, in the order in which they are shown.
fn groups(report: &Report) -> impl Iterator<Item = (Group, Vec<&CriterionResult>)> {
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
fn cells(criterion: &CriterionResult, report: &Report) -> [String; 4] {
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

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::AtRisk => "at risk",
        Outcome::NoEvidence => "no evidence",
    }
}
