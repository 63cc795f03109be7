//! What was measured, as tables for docs/performance.md.

use std::fmt::Write;
use std::path::Path;

use super::program::Run;
use super::threshold::{INPUTS, Moves};
use super::visit::Load;
use super::{RUNS, Results, ScikitLearn, files};

/// All tables.
pub fn of(results: &Results) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    write(&mut text, results).unwrap();
    text
}

fn write(text: &mut String, results: &Results) -> std::fmt::Result {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    write!(text, "\nMedian of {RUNS} runs on {cores} cores")?;
    match &results.load {
        Some(load) => writeln!(text, "; load {load} before the first.")?,
        None => writeln!(text, ". Memory is measured on Linux only.")?,
    }
    page(text, results)?;
    comparison(text, results)?;
    while_it_loads(text, results)?;
    moving(text, &results.moves)?;
    head(text, &["at the terminal", "file", "time", "peak memory"])?;
    for (what, file, run) in &results.others {
        let time = seconds(run.seconds);
        writeln!(text, "| {what} | {} | {time} | {} |", size(file), peak(run))?;
    }
    Ok(())
}

fn page(text: &mut String, results: &Results) -> std::fmt::Result {
    let loads = results.page.iter().flat_map(|(_, loads)| loads);
    let first_screen = middle(loads.map(|load| load.first_screen));
    head(text, &["", "milliseconds"])?;
    writeln!(text, "| navigation → `first-screen` | {first_screen:.0} |")?;
    for (rows, loads) in &results.page {
        let rows = count(*rows);
        let (profile, verdict) = (median(loads, |load| load.profile), verdict(loads));
        writeln!(
            text,
            "| {rows} rows: `file-chosen` → `profile-received` | {profile:.0} |"
        )?;
        writeln!(
            text,
            "| {rows} rows: `file-chosen` → `verdict-painted` | {verdict:.0} |"
        )?;
    }
    Ok(())
}

fn comparison(text: &mut String, results: &Results) -> std::fmt::Result {
    let in_page = results
        .page
        .last()
        .map_or(f64::NAN, |(_, loads)| verdict(loads))
        / 1e3;
    let title = format!(
        "{} rows × 13 columns, {}",
        count(files::ROWS),
        size(&results.file)
    );
    let rate = |time: f64| format!("{:.2} million", f64::from(files::ROWS) / 1e6 / time);
    head(text, &[&title, "time", "rows a second", "peak memory"])?;
    let memory = results.page_memory.map_or_else(unknown, |(empty, peak)| {
        format!("{}; {} before", megabytes(peak), megabytes(empty))
    });
    let line = |what: &str, time: f64, memory: String| {
        format!("| {what} | {} | {} | {memory} |", seconds(time), rate(time))
    };
    writeln!(
        text,
        "{}",
        line("in the page, until the verdict is painted", in_page, memory)
    )?;
    let terminal = &results.terminal;
    writeln!(
        text,
        "{}",
        line("`greenlight check`", terminal.seconds, peak(terminal))
    )?;
    let Some(ScikitLearn {
        run,
        imports,
        reading,
        computing,
    }) = &results.scikit_learn
    else {
        return writeln!(
            text,
            "\nThere is nothing to compare with: no Python with pandas and scikit-learn was found or made."
        );
    };
    writeln!(
        text,
        "{}",
        line("pandas and scikit-learn", run.seconds, peak(run))
    )?;
    let parts = [imports, reading, computing].map(|part| seconds(*part));
    writeln!(
        text,
        "| of this: imports; `read_csv`; numbers | {} | | |",
        parts.join("; ")
    )?;

    head(
        text,
        &[
            "times faster than pandas and scikit-learn",
            "with imports",
            "without",
        ],
    )?;
    for (what, time) in [
        ("in the page", in_page),
        ("`greenlight check`", terminal.seconds),
    ] {
        let (with, without) = (run.seconds / time, (run.seconds - imports) / time);
        writeln!(text, "| {what} | {with:.1} | {without:.1} |")?;
    }
    Ok(())
}

fn while_it_loads(text: &mut String, results: &Results) -> std::fmt::Result {
    let Some((_, loads)) = results.page.last() else {
        return Ok(());
    };
    let longest = loads.iter().filter_map(|load| load.longest_task);
    let longest = longest.reduce(f64::max);
    let longest = longest.map_or("none over 50 ms".to_owned(), |time| format!("{time:.0} ms"));
    let states = median(loads, |load| load.progress_states as f64);
    let clicks = &results.clicks;
    let slowest = clicks.iter().copied().fold(0.0, f64::max);
    let usual = middle(clicks.iter().copied());
    head(text, &["while the page reads these rows", ""])?;
    writeln!(
        text,
        "| longest task of the page's thread, of all runs | {longest} |"
    )?;
    writeln!(text, "| states of progress shown | {states:.0} |")?;
    writeln!(
        text,
        "| clicks on the navigation, one each 100 ms, all answered | {} |",
        clicks.len()
    )?;
    writeln!(
        text,
        "| click → view painted: median; slowest | {usual:.0} ms; {slowest:.0} ms |"
    )
}

fn moving(text: &mut String, moves: &[Moves]) -> std::fmt::Result {
    let title = format!("moving the threshold, {INPUTS} inputs a visit");
    head(
        text,
        &[
            &title,
            "`threshold-input` → `threshold-drawn`: p50; p95",
            "→ `threshold-painted`: p50; p95",
            "loaded in",
            "peak memory",
        ],
    )?;
    let both = |times: &[f64]| {
        format!(
            "{:.1} ms; {:.1} ms",
            percentile(times, 50),
            percentile(times, 95)
        )
    };
    for visit in moves {
        writeln!(
            text,
            "| {} rows | {} | {} | {} | {} |",
            count(visit.rows),
            both(&visit.drawn),
            both(&visit.painted),
            seconds(visit.verdict / 1e3),
            visit.memory.map_or_else(unknown, megabytes),
        )?;
    }
    let [few, many] = moves else { return Ok(()) };
    let ratio = |times: fn(&Moves) -> &[f64]| {
        let of = |share| percentile(times(many), share) / percentile(times(few), share);
        format!("{:.2}; {:.2}", of(50), of(95))
    };
    writeln!(
        text,
        "| the second over the first | {} | {} | | |",
        ratio(|visit| &visit.drawn),
        ratio(|visit| &visit.painted),
    )
}

/// The value that so many in a hundred do not exceed.
pub fn percentile(times: &[f64], percent: usize) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    let rank = (times.len() * percent).div_ceil(100);
    times
        .get(rank.saturating_sub(1))
        .copied()
        .unwrap_or(f64::NAN)
}

#[test]
fn percentiles_are_values_that_occur() {
    let times: Vec<f64> = (1..=300).rev().map(f64::from).collect();
    assert_eq!(
        [50, 95, 100].map(|percent| percentile(&times, percent)),
        [150.0, 285.0, 300.0]
    );
}

pub fn head(text: &mut String, columns: &[&str]) -> std::fmt::Result {
    writeln!(text, "\n| {} |", columns.join(" | "))?;
    writeln!(text, "|{}", " --- |".repeat(columns.len()))
}

fn verdict(loads: &[Load]) -> f64 {
    median(loads, |load| load.verdict)
}

fn median(loads: &[Load], time: impl Fn(&Load) -> f64) -> f64 {
    middle(loads.iter().map(time))
}

/// The median; of an even number the upper one.
pub fn middle(times: impl Iterator<Item = f64>) -> f64 {
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

/// With a comma before each three digits.
pub fn count(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

pub fn seconds(time: f64) -> String {
    format!("{time:.2} s")
}

pub fn size(file: &Path) -> String {
    megabytes(std::fs::metadata(file).unwrap().len())
}

pub fn peak(run: &Run) -> String {
    run.peak.map_or_else(unknown, megabytes)
}

pub fn megabytes(bytes: u64) -> String {
    format!("{:.0} MB", bytes as f64 / 1e6)
}

pub fn unknown() -> String {
    "–".to_owned()
}
