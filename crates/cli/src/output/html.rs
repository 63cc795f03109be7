//! The report as a page of its own: nothing to load, nothing that runs, and fit for paper.

use greenlight_charts::{IntervalBar, Outcome as BarOutcome, Svg, Theme};
use greenlight_format as format;
use greenlight_readiness::criteria::{shown_axis, shown_on_axis};
use greenlight_readiness::drift_words::answers_about_score;
use greenlight_readiness::{
    CriterionResult, NextStep, Outcome, Pitfall, PitfallSeverity, Report, Uncovered,
};

use greenlight_readiness::written::{cells, groups};

const STYLE: &str = include_str!("html.css");

/// The verdict, why, what to do next, what was asked and measured, the traps, and what cannot be told. What comes from
/// the file or the policy is never markup.
pub fn report(report: &Report) -> String {
    let verdict = report.verdict;
    let names: Vec<&str> = report
        .sources
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    let names = names.join(", ");
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{words}: {title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <header>{rows} rows of {title}{split}</header>\n<h1 class=\"{class}\">{sign} {words}</h1>\n",
        words = verdict.words(),
        title = escaped(&names),
        rows = format::count(report.current().rows),
        split = match &report.settings.current {
            Some(split) => format!(", judged on “{}”", escaped(split)),
            None => String::new(),
        },
        class = class_of(verdict.outcome()),
        sign = sign(verdict.outcome()),
    );
    page.push_str("<div class=\"columns\">\n<section>\n<h2>Why</h2>\n<ol>\n");
    for reason in &report.reasons {
        page.push_str(&format!("<li>{}</li>\n", escaped(reason)));
    }
    page.push_str("</ol>\n</section>\n<section>\n<h2>What to do next</h2>\n<ol>\n");
    page.extend(report.next_steps.iter().map(|next| step(next, report)));
    page.push_str("</ol>\n</section>\n</div>\n");
    page.push_str(&criteria(report));
    page.push_str(&alerts(report));
    page.push_str("<div class=\"columns\">\n<section>\n<h2>Traps</h2>\n<ul>\n");
    match report.pitfalls.is_empty() {
        true => page.push_str("<li>None of those that are looked for was found.</li>\n"),
        false => page.extend(report.pitfalls.iter().map(pitfall)),
    }
    page.push_str("</ul>\n</section>\n<section>\n<h2>What this file cannot tell</h2>\n<ul class=\"lacking\">\n");
    page.extend(report.coverage.iter().map(lacking));
    page.push_str("</ul>\n</section>\n</div>\n");
    page.push_str(&format!(
        "<footer>Judged by the policy “{}”. {}</footer>\n</body>\n</html>\n",
        escaped(&report.settings.policy),
        escaped(&report.generated_by)
    ));
    page
}

fn step(step: &NextStep, report: &Report) -> String {
    // What stands among the reasons is not told twice.
    let because = match report.reasons.contains(&step.because) {
        true => String::new(),
        false => format!("<small>{}</small>", escaped(&step.because)),
    };
    format!("<li>{}{because}</li>\n", escaped(&step.advice))
}

fn criteria(report: &Report) -> String {
    let mut table = "<table>\n<thead><tr><th>Criterion</th><th>Measured (95 % interval)</th><th>Against the limit</th>\
                     <th>Limit</th><th>Outcome</th></tr></thead>\n"
        .to_owned();
    for (group, criteria) in groups(report) {
        table.push_str(&format!(
            "<tbody>\n<tr><th colspan=\"5\" class=\"group\">{}</th></tr>\n",
            group.title()
        ));
        for criterion in criteria {
            let [what, value, limit, outcome] = cells(criterion, report).map(|cell| escaped(&cell));
            table.push_str(&format!(
                "<tr title=\"{reason}\"><td>{what}</td><td>{value}</td><td>{bar}</td><td>{limit}</td>\
                 <td class=\"{class}\">{sign} {outcome}</td></tr>\n",
                reason = escaped(&criterion.reason),
                bar = bar(criterion),
                class = class_of(criterion.outcome),
                sign = sign(criterion.outcome),
            ));
        }
        table.push_str("</tbody>\n");
    }
    table + "</table>\n"
}

/// The value with its interval against the limit, as on the page.
fn bar(criterion: &CriterionResult) -> String {
    if criterion.value.is_none() {
        return String::new();
    }
    let (value, interval) = shown_on_axis(criterion);
    let bar = IntervalBar {
        value,
        interval,
        limit: criterion.limit,
        domain: shown_axis(criterion),
        outcome: match criterion.outcome {
            Outcome::Pass => BarOutcome::Pass,
            Outcome::Fail => BarOutcome::Fail,
            Outcome::AtRisk => BarOutcome::AtRisk,
            Outcome::NoEvidence => BarOutcome::NoEvidence,
        },
    };
    let mut svg = Svg::new((160, 24), &criterion.reason);
    // Drawing into a text cannot fail.
    let _ = bar.draw(&mut svg, &Theme::light());
    svg.finish()
}

fn pitfall(pitfall: &Pitfall) -> String {
    let outcome = match pitfall.severity {
        PitfallSeverity::Serious => Outcome::Fail,
        PitfallSeverity::Warning => Outcome::AtRisk,
        PitfallSeverity::Info => Outcome::NoEvidence,
    };
    format!(
        "<li><strong class=\"{}\">{} {}</strong> {}<small>{}</small></li>\n",
        class_of(outcome),
        sign(outcome),
        escaped(pitfall.title()),
        escaped(&pitfall.reason),
        escaped(&pitfall.advice)
    )
}

/// What has broken a rule over time.
fn alerts(report: &Report) -> String {
    if report.alerts.is_empty() {
        return String::new();
    }
    let mut list = "<section>\n<h2>Alerts</h2>\n<ul>\n".to_owned();
    for alert in &report.alerts {
        let (rule, reason) = (escaped(&alert.rule), escaped(&alert.reason));
        list.push_str(&format!("<li><strong>{rule}</strong> {reason}</li>\n"));
    }
    let said = answers_about_score(report);
    let said = said.map_or_else(String::new, |said| format!("<p>{}</p>\n", escaped(&said)));
    list + "</ul>\n" + &said + "</section>\n"
}

fn lacking(lacking: &Uncovered) -> String {
    format!(
        "<li>{} <small>add {}</small></li>\n",
        escaped(&lacking.allows),
        escaped(&lacking.column)
    )
}

fn class_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::AtRisk => "at-risk",
        Outcome::NoEvidence => "no-evidence",
    }
}

fn sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "✓",
        Outcome::Fail => "✕",
        Outcome::AtRisk => "!",
        Outcome::NoEvidence => "○",
    }
}

/// Text that a browser shows as it is.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // What turns the direction of writing round could make a text read as another.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => escaped.push('\u{fffd}'),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
