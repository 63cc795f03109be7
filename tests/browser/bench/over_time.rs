//! The times of what is looked at over time: windows, drift, monitoring. `cargo xtask bench --over-time` runs this.

use serde_json::json;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::brush::{self, Brushes};
use super::memory::{self, Watch};
use super::program::{self, Run};
use super::visit::mark;
use super::{RUNS, ScikitLearn, VERDICTS, drifting, greenlight, table};
use crate::page::{DESKTOP, Page};

/// The second look at a million rows takes a while on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// Notes when the second look at the rows is over.
const NOTE_EXAMINED: &str = "
    window.examinedAt = null;
    new MutationObserver(() => {
        const status = document.querySelector('[data-testid=status]').dataset;
        if (status.state === 'ready' && status.examined === 'true') window.examinedAt ??= performance.now();
    }).observe(document.body, { attributes: true, subtree: true, childList: true });";

/// A visit in which the file was loaded; milliseconds since the file was chosen.
struct Visit {
    /// The verdict was on screen.
    verdict: f64,
    /// The rows had been looked at again: windows, drift and all else of the second look were there.
    examined: f64,
    /// The most that all processes of the browser took meanwhile, in bytes.
    memory: Option<u64>,
    /// Ranges of time that were chosen afterwards.
    brushes: Brushes,
}

fn visit(file: &Path) -> Visit {
    let page = Page::open(DESKTOP);
    page.run(NOTE_EXAMINED, json!([]));
    let watch = Watch::start(page.process());
    page.choose(&[file]);
    let examined = page.until_within(
        PATIENCE,
        "the rows are looked at again",
        "return window.examinedAt",
    );
    let memory = watch.peak();
    let chosen = mark(&page, "greenlight:file-chosen");
    let visit = Visit {
        verdict: mark(&page, "greenlight:verdict-painted") - chosen,
        examined: examined.as_f64().unwrap() - chosen,
        memory,
        brushes: brush::brush(&page, PATIENCE),
    };
    page.close();
    visit
}

/// All that is measured.
struct Results {
    load: Option<String>,
    file: PathBuf,
    visits: Vec<Visit>,
    /// At the terminal: with which columns, and how.
    terminal: Vec<(&'static str, Run)>,
    /// The weeks and the drift by pandas, scikit-learn and scipy.
    python: Option<ScikitLearn>,
}

/// What is left out at the terminal, to see what looking at it takes.
const WITHOUT: [(&str, &[&str]); 3] = [
    ("`greenlight check`", &[]),
    ("the same without drift: `--no-role split`", &["split"]),
    (
        "the same without times: `--no-role timestamp`",
        &["timestamp"],
    ),
];

#[test]
#[ignore = "a measurement, not a check: `cargo xtask bench --over-time` runs it"]
fn bench() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    println!("writing a file of predictions…");
    let file = drifting::csv(folder, drifting::ROWS);
    let load = memory::load();
    let (mut visits, mut python) = (Vec::new(), Vec::new());
    let mut terminal = WITHOUT.map(|(what, _)| (what, Vec::new()));
    // In turns, so that whatever else the machine does meets all alike.
    for run in 1..=RUNS {
        println!("run {run} of {RUNS}: in the page, at the terminal, with pandas and scipy…");
        visits.push(visit(&file));
        for ((_, runs), (_, roles)) in terminal.iter_mut().zip(WITHOUT) {
            runs.push(program::run(&mut without(&file, roles), &VERDICTS));
        }
        if let Some(mut command) = super::python("over_time.py") {
            python.push(program::run(command.arg(&file), &[0]));
        }
    }
    let terminal = terminal.map(|(what, runs)| (what, program::median(runs)));
    let python =
        (!python.is_empty()).then(|| ScikitLearn::of(program::median(python), &terminal[0].1));
    let results = Results {
        load,
        file,
        visits,
        terminal: terminal.into(),
        python,
    };
    let mut text = String::new();
    write(&mut text, &results).unwrap();
    println!("{text}");
}

fn without(file: &Path, roles: &[&str]) -> Command {
    let mut command = greenlight(file);
    for role in roles {
        command.args(["--no-role", role]);
    }
    command
}

fn write(text: &mut String, results: &Results) -> std::fmt::Result {
    writeln!(
        text,
        "\nMedian of {RUNS} runs; load {} before the first.",
        results.load.as_deref().unwrap_or("unknown")
    )?;
    let title = format!(
        "{} rows, {} features, {}",
        table::count(drifting::ROWS),
        drifting::FEATURES,
        table::size(&results.file)
    );
    table::head(text, &[&title, "time", "peak memory"])?;
    let visits = &results.visits;
    let time =
        |time: fn(&Visit) -> f64| table::seconds(table::middle(visits.iter().map(time)) / 1e3);
    let memory = visits.iter().filter_map(|visit| visit.memory).max();
    let memory = memory.map_or_else(table::unknown, table::megabytes);
    writeln!(
        text,
        "| in the page, until the verdict is painted | {} | |",
        time(|visit| visit.verdict)
    )?;
    writeln!(
        text,
        "| in the page, until windows, drift and all else is there | {} | {memory} |",
        time(|visit| visit.examined)
    )?;
    for (what, run) in &results.terminal {
        let time = table::seconds(run.seconds);
        writeln!(text, "| {what} | {time} | {} |", table::peak(run))?;
    }
    python(text, results)?;
    brushing(text, visits)
}

fn python(text: &mut String, results: &Results) -> std::fmt::Result {
    if let Some(python) = &results.python {
        let time = table::seconds(python.run.seconds);
        let peak = table::peak(&python.run);
        let [imports, reading, computing] =
            [python.imports, python.reading, python.computing].map(table::seconds);
        writeln!(
            text,
            "| weeks and drift by pandas, scikit-learn and scipy | {time} | {peak} |"
        )?;
        writeln!(
            text,
            "| of this: imports; `read_csv`; numbers | {imports}; {reading}; {computing} | |"
        )?;
    }
    Ok(())
}

/// Some of the times of a visit.
type Times = fn(&Brushes) -> &[f64];

fn brushing(text: &mut String, visits: &[Visit]) -> std::fmt::Result {
    let title = format!("choosing a range of time, {} a visit", brush::RANGES);
    table::head(text, &[&title, "p50", "p95"])?;
    let parts: [(&str, Times); 3] = [
        ("a move of the pointer → its frame", |brushes| {
            &brushes.moves
        }),
        ("let go → what these windows say painted", |brushes| {
            &brushes.at_once
        }),
        (
            "let go → the engine has looked at the rows in that range",
            |brushes| &brushes.exact,
        ),
    ];
    for (what, times) in parts {
        let times: Vec<f64> = visits
            .iter()
            .flat_map(|visit| times(&visit.brushes).to_vec())
            .collect();
        let [middle, high] = [50, 95].map(|percent| table::percentile(&times, percent));
        writeln!(text, "| {what} | {middle:.0} ms | {high:.0} ms |")?;
    }
    Ok(())
}
