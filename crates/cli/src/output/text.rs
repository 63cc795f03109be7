//! The report as people read it at a terminal.

use std::fmt::Write;

use greenlight_format as format;
use greenlight_readiness::drift_words::answers_about_score;
use greenlight_readiness::{Report, RoleNames};

use super::answers::write_answers;
use crate::thresholds::write_thresholds;
use greenlight_readiness::written::{cells, groups};

/// The verdict, its reasons, the criteria and what was read.
pub fn report(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_report(&mut text, report);
    // What comes from the file cannot steer the terminal.
    text.replace(|c: char| c.is_control() && c != '\n', "\u{fffd}")
}

fn write_report(text: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(text, "{}", report.verdict.words())?;
    for reason in &report.reasons {
        writeln!(text, "  • {reason}")?;
    }
    writeln!(text)?;
    write_criteria(text, report)?;
    writeln!(text)?;
    write_answers(text, report)?;
    write_alerts(text, report)?;
    write_next_steps(text, report)?;
    writeln!(text, "Checklist: {}", report.checklist.line())?;
    writeln!(text)?;
    write_thresholds(text, report)?;
    for source in &report.sources {
        let used = format::count(source.rows_used);
        let rows = format::count(source.rows);
        writeln!(text, "{}: {used} of {rows} rows used", source.name)?;
        for note in &source.notes {
            writeln!(text, "  {note}")?;
        }
        for rejected in &source.rejected {
            let first = match rejected.example.as_str() {
                "" => format!("first in row {}", rejected.first_row),
                example => format!("first in row {}: {example:?}", rejected.first_row),
            };
            let rows = format::count(rejected.rows);
            writeln!(
                text,
                "  {rows} left out because {} ({first})",
                rejected.reason
            )?;
        }
    }
    writeln!(text, "{}", read_as(report))
}

/// A line for each criterion, group by group, in columns.
fn write_criteria(text: &mut String, report: &Report) -> std::fmt::Result {
    let rows = report.criteria.iter().map(|c| cells(c, report));
    let mut widths = [0; 4];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(&row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let [name_width, value_width, limit_width, _] = widths;
    for (group, criteria) in groups(report) {
        writeln!(text, "{}", group.title())?;
        for criterion in criteria {
            let [name, value, limit, outcome] = cells(criterion, report);
            writeln!(
                text,
                "  {name:name_width$}  {value:value_width$}  {limit:limit_width$}  {outcome}"
            )?;
        }
    }
    Ok(())
}

/// What has broken a rule over time.
fn write_alerts(text: &mut String, report: &Report) -> std::fmt::Result {
    if report.alerts.is_empty() {
        return Ok(());
    }
    writeln!(text, "Alerts")?;
    for alert in &report.alerts {
        writeln!(text, "  • {}: {}", alert.rule, alert.reason)?;
    }
    if let Some(said) = answers_about_score(report) {
        writeln!(text, "  {said}")?;
    }
    writeln!(text)
}

/// What to do next, and what cannot be told. A fact that is among the reasons is not told twice.
fn write_next_steps(text: &mut String, report: &Report) -> std::fmt::Result {
    if !report.next_steps.is_empty() {
        writeln!(text, "What to do next")?;
        for (number, step) in (1..).zip(&report.next_steps) {
            writeln!(text, "  {number}. {}", step.advice)?;
            if !report.reasons.contains(&step.because) {
                writeln!(text, "     {}", step.because)?;
            }
        }
        writeln!(text)?;
    }
    if !report.coverage.is_empty() {
        writeln!(text, "What this file cannot tell")?;
        for lacking in &report.coverage {
            writeln!(text, "  • {}: add {}", lacking.allows, lacking.column)?;
        }
        writeln!(text)?;
    }
    Ok(())
}

/// What the columns were taken for: nothing is judged on a silent guess.
fn read_as(report: &Report) -> String {
    let mut parts = played(&report.roles);
    if let Some(positive) = &report.settings.positive {
        parts.push(format!("positive = {positive}"));
    }
    if let Some(threshold) = report.settings.threshold {
        parts.push(format!("threshold = {}", format::significant(threshold, 3)));
    }
    if let Some(current) = &report.settings.current {
        parts.push(format!("judged on {current}"));
    }
    parts.push(format!("policy = {}", report.settings.policy));
    format!("Read as: {}", parts.join(", "))
}

/// The columns of each role, as "role = column".
fn played(roles: &RoleNames) -> Vec<String> {
    let single = [
        ("label", &roles.label),
        ("prediction", &roles.prediction),
        ("score", &roles.score),
        ("latency", &roles.latency),
        ("timestamp", &roles.timestamp),
        ("split", &roles.split),
        ("id", &roles.id),
        ("model", &roles.model),
        ("variant", &roles.variant),
        ("cost", &roles.cost),
        ("error", &roles.error),
        ("feedback", &roles.feedback),
        ("count", &roles.count),
    ];
    let class_scores: Vec<String> = roles.class_scores.values().cloned().collect();
    let many = [
        ("class scores", &class_scores),
        ("segments", &roles.segments),
        ("features", &roles.features),
    ];
    let single = single
        .into_iter()
        .filter_map(|(role, column)| Some(format!("{role} = {}", column.as_ref()?)));
    let many = many
        .into_iter()
        .filter(|(_, columns)| !columns.is_empty())
        .map(|(role, columns)| format!("{role} = {}", columns.join(" + ")));
    single.chain(many).collect()
}
