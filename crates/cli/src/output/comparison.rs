//! Two reports side by side, as people read it at a terminal.

use std::fmt::Write;

use greenlight_readiness::comparison::Comparison;
use greenlight_readiness::written::comparison::{
    cells, change, method, origin, own_reason, shared_reasons, verdict,
};
use greenlight_readiness::written::outcome;

/// The headline and the summary, both verdicts, the numbers, what became of criteria, and the traps.
pub fn text(comparison: &Comparison) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut text, comparison);
    // What comes from a file cannot steer the terminal.
    text.replace(|c: char| c.is_control() && c != '\n', "\u{fffd}")
}

fn write(text: &mut String, comparison: &Comparison) -> std::fmt::Result {
    writeln!(text, "{}", comparison.headline)?;
    writeln!(text, "{}", comparison.summary)?;
    for (when, side) in [
        ("Before", &comparison.before),
        ("After ", &comparison.after),
    ] {
        writeln!(text, "  {when}  {}: {}", verdict(side), origin(side))?;
    }
    let reasons = shared_reasons(comparison);
    for note in comparison.notes.iter().chain(&reasons) {
        writeln!(text, "  • {note}")?;
    }
    writeln!(text)?;
    let mut rows = vec![["", "Before", "After", "Difference", ""].map(str::to_owned)];
    for number in &comparison.numbers {
        let [before, after, apart] = cells(number);
        let became = change(number.change);
        let became = match own_reason(comparison, number) {
            Some(why) => format!("{became}. {why}"),
            None => became.to_owned(),
        };
        rows.push([number.title(comparison), before, after, apart, became]);
    }
    write_columns(text, &rows)?;
    let moved: Vec<[String; 5]> = comparison
        .criteria
        .iter()
        .filter(|criterion| criterion.before != criterion.after)
        .map(|criterion| {
            let was = |side: Option<_>| side.map_or("–", outcome).to_owned();
            [
                criterion.name.clone(),
                was(criterion.before),
                was(criterion.after),
                criterion.reason.clone().unwrap_or_default(),
                change(criterion.change).to_owned(),
            ]
        })
        .collect();
    if !moved.is_empty() {
        writeln!(text, "\nCriteria that came out otherwise")?;
        write_columns(text, &moved)?;
    }
    for (title, pitfalls) in [
        ("New traps", &comparison.pitfalls.raised),
        ("Traps that are gone", &comparison.pitfalls.gone),
    ] {
        if !pitfalls.is_empty() {
            writeln!(text, "\n{title}")?;
            for pitfall in pitfalls {
                writeln!(text, "  • {}: {}", pitfall.title(), pitfall.reason)?;
            }
        }
    }
    writeln!(text, "\n{}", method(comparison))
}

/// Rows in columns as wide as their widest cell.
fn write_columns(text: &mut String, rows: &[[String; 5]]) -> std::fmt::Result {
    let mut widths = [0; 5];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    for row in rows {
        let mut line = String::from(" ");
        for (cell, width) in row.iter().zip(widths) {
            write!(line, " {cell:width$} ")?;
        }
        writeln!(text, "{}", line.trim_end())?;
    }
    Ok(())
}
