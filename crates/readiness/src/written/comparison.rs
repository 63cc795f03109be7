//! Two reports side by side, as people read it.

use greenlight_format::{self as format, Told};

use super::markdown::{plain, sign};
use crate::comparison::{Change, ComparedNumber, Comparison, Side};
use crate::criteria::shown_value;
use crate::judge::Verdict;
use crate::policy::{Metric, Unit};

/// The cells of a number's row: before, after, and what lies between them with its interval.
pub fn cells(number: &ComparedNumber) -> [String; 3] {
    let shown = |value| shown_value(number.metric, value);
    let [before, after] = match (number.metric.unit(), number.before, number.after) {
        (Unit::Share, Some(before), Some(after)) => [
            format::percent_beside(before, after),
            format::percent_beside(after, before),
        ],
        _ => [shown(number.before), shown(number.after)],
    };
    let [told_before, told_after] = number.told;
    let [before, after] = [told_before.mark(before), told_after.mark(after)];
    let told = match number.told {
        [Told::Exactly, Told::Exactly] => Told::Exactly,
        _ => Told::Rounded,
    };
    let Some(apart) = number.difference else {
        return [before, after, format::undefined()];
    };
    let apart = told.mark(difference(number.metric, apart));
    let apart = match number.interval {
        Some(interval) => {
            let end = |end| difference(number.metric, end);
            let within = range(&end(interval.low), &end(interval.high));
            format!("{apart} ({})", told.mark(within))
        }
        None => apart,
    };
    [before, after, apart]
}

/// "+1.0 to +3.0 points": a unit that both ends have is said once.
fn range(low: &str, high: &str) -> String {
    match (
        low.rsplit_once(format::SPACE),
        high.rsplit_once(format::SPACE),
    ) {
        (Some((number, unit)), Some((_, other))) if unit == other => format!("{number} to {high}"),
        _ => format!("{low} to {high}"),
    }
}

/// How far a number of this kind has moved, with its sign.
pub fn difference(metric: Metric, apart: f64) -> String {
    let size = match metric.unit() {
        Unit::Share | Unit::Points | Unit::Fall => return format::difference(apart),
        Unit::Milliseconds => format::duration_ms(apart.abs()),
        Unit::Coefficient | Unit::Cost => format::significant(apart.abs(), 3),
        Unit::Count => format::count(apart.abs() as u64),
    };
    match apart {
        0.0 => size,
        _ if apart > 0.0 => format!("+{size}"),
        _ => format!("{}{size}", format::MINUS),
    }
}

/// Above so many numbers, a reason that they share is said once, above the table.
const MOST_IN_ROWS: usize = 3;

/// Why numbers cannot be compared, where many of them share the reason: a sentence each, in the order of the table.
pub fn shared_reasons(comparison: &Comparison) -> Vec<String> {
    let mut told: Vec<&str> = Vec::new();
    let mut lines = Vec::new();
    for number in comparison.that(Change::NotComparable) {
        let times = times(comparison, &number.reason);
        if times > MOST_IN_ROWS && !told.contains(&number.reason.as_str()) {
            told.push(&number.reason);
            let times = format::count(times as u64);
            lines.push(format!(
                "{times} numbers are not comparable, each for this reason. {}",
                number.reason
            ));
        }
    }
    lines
}

/// Why a number cannot be compared, where that is not said above the table.
pub fn own_reason<'n>(comparison: &Comparison, number: &'n ComparedNumber) -> Option<&'n str> {
    let is_own =
        number.change == Change::NotComparable && times(comparison, &number.reason) <= MOST_IN_ROWS;
    is_own.then_some(number.reason.as_str())
}

/// How many numbers cannot be compared for this reason.
fn times(comparison: &Comparison, reason: &str) -> usize {
    let numbers = comparison.that(Change::NotComparable);
    numbers.filter(|number| number.reason == reason).count()
}

/// What became of it, in words.
pub fn change(change: Change) -> &'static str {
    match change {
        Change::Better => "better",
        Change::Worse => "worse",
        Change::WithinNoise => "within noise",
        Change::Same => "same",
        Change::NotComparable => "not comparable",
    }
}

/// The verdict of a side in words.
pub fn verdict(side: &Side) -> &'static str {
    side.verdict.map_or("No verdict", Verdict::words)
}

/// Where a side comes from: its files, split, range and rows.
pub fn origin(side: &Side) -> String {
    let split = match &side.split {
        Some(split) => format!(", judged on “{split}”"),
        None => String::new(),
    };
    let range = match &side.range {
        Some(range) => format!(", only {range}"),
        None => String::new(),
    };
    let name = crate::source::name_of_all(side.files.iter().map(String::as_str));
    let name = if name.is_empty() {
        "an unnamed file"
    } else {
        &name
    };
    format!(
        "{} rows of {name}{split}{range}, by the policy “{}”",
        format::count(side.rows),
        side.policy
    )
}

/// How the intervals are made, for whoever reads the table.
pub fn method(comparison: &Comparison) -> String {
    format!(
        "The two reports are taken as two samples. Each interval of a difference is made at {}, so that all of them hold together in \
         95 % of cases: where nothing has changed, nothing is called better or worse.",
        format::percent_exact(comparison.interval_level)
    )
}

/// The comparison as Markdown for a comment on a pull request. What comes from a file is never markup.
pub fn markdown(comparison: &Comparison) -> String {
    let is_worse = comparison.is_worse();
    let head = if is_worse { "❌" } else { "✅" };
    let mut text = format!(
        "### {head} {}\n\n{}\n\n",
        plain(&comparison.headline),
        plain(&comparison.summary)
    );
    for (when, side) in [("Before", &comparison.before), ("After", &comparison.after)] {
        let verdict_sign = side.verdict.map_or("⚪", |verdict| sign(verdict.outcome()));
        text.push_str(&format!(
            "- {when}: {verdict_sign} {}. {}.\n",
            verdict(side),
            plain(&origin(side))
        ));
    }
    let reasons = shared_reasons(comparison);
    for note in comparison.notes.iter().chain(&reasons) {
        text.push_str(&format!("- {}\n", plain(note)));
    }
    text.push_str("\n| | Number | Before | After | Difference (interval) |\n| --- | --- | --- | --- | --- |\n");
    for number in &comparison.numbers {
        let [before, after, mut apart] = cells(number);
        if let Some(why) = own_reason(comparison, number) {
            apart = format!("{apart}. {why}");
        }
        let [what, before, after, apart] =
            [number.title(comparison), before, after, apart].map(|cell| plain(&cell));
        text.push_str(&format!(
            "| {} {} | {what} | {before} | {after} | {apart} |\n",
            change_sign(number.change),
            change(number.change)
        ));
    }
    for (title, pitfalls) in [
        ("New traps", &comparison.pitfalls.raised),
        ("Traps that are gone", &comparison.pitfalls.gone),
    ] {
        if !pitfalls.is_empty() {
            text.push_str(&format!("\n**{title}**\n\n"));
            for pitfall in pitfalls {
                text.push_str(&format!(
                    "- {}: {}\n",
                    plain(pitfall.title()),
                    plain(&pitfall.reason)
                ));
            }
        }
    }
    text.push_str(&format!(
        "\n{} {}\n",
        plain(&method(comparison)),
        comparison.generated_by
    ));
    text
}

fn change_sign(change: Change) -> &'static str {
    match change {
        Change::Better => "✅",
        Change::Worse => "❌",
        Change::WithinNoise | Change::Same => "▫️",
        Change::NotComparable => "⚪",
    }
}
