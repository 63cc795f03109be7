//! The times in docs/performance.md. `cargo xtask bench` builds what is measured, names it in variables and runs this.

mod brush;
mod drifting;
mod files;
mod memory;
mod over_time;
mod program;
mod table;
mod threshold;
mod visit;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

use program::Run;
use threshold::Moves;
use visit::Load;

/// How often each time is taken; the median counts.
const RUNS: usize = 3;

/// All that is measured.
struct Results {
    /// The machine's load before the first run.
    load: Option<String>,
    /// The file that everything is timed on.
    file: PathBuf,
    /// For each number of rows, the loads in the page.
    page: Vec<(u32, Vec<Load>)>,
    /// The browser's memory in bytes: with the empty page, and at most while the file loads.
    page_memory: Option<(u64, u64)>,
    /// Milliseconds from a click to its answer while the file loads.
    clicks: Vec<f64>,
    /// The threshold moved over the same file, and over the large one where that was asked for.
    moves: Vec<Moves>,
    terminal: Run,
    scikit_learn: Option<ScikitLearn>,
    /// Other files at the terminal: what, which, and how.
    others: Vec<(String, PathBuf, Run)>,
}

/// The same numbers by pandas and scikit-learn.
struct ScikitLearn {
    run: Run,
    /// The parts of the run, in seconds.
    imports: f64,
    reading: f64,
    computing: f64,
}

#[test]
#[ignore = "a measurement, not a check: `cargo xtask bench` runs it"]
fn bench() {
    println!("{}", table::of(&measure()));
}

fn measure() -> Results {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    println!("writing files of predictions…");
    let sizes = [1_000, 100_000, files::ROWS];
    let [small, medium, file] = sizes.map(|rows| files::flights_csv(folder, rows));
    let load = memory::load();
    let mut page = sizes.map(|rows| (rows, Vec::new()));
    let (mut terminal, mut scikit_learn) = (Vec::new(), Vec::new());
    // In turns, so that whatever else the machine does meets all alike.
    for run in 1..=RUNS {
        println!(
            "run {run} of {RUNS}: in the page, at the terminal, with pandas and scikit-learn…"
        );
        for ((_, loads), file) in page.iter_mut().zip([&small, &medium, &file]) {
            loads.push(visit::load(file));
        }
        terminal.push(program::run(&mut greenlight(&file), &VERDICTS));
        if let Some(mut command) = python("scikit_learn.py") {
            scikit_learn.push(program::run(command.arg(&file), &[0]));
        }
    }
    let terminal = program::median(terminal);
    let scikit_learn = (!scikit_learn.is_empty())
        .then(|| ScikitLearn::of(program::median(scikit_learn), &terminal));
    println!("in the page, for memory and for clicks…");
    let page_memory = visit::memory(&file);
    let clicks = visit::clicks(&file, files::ROWS);
    println!("in the page, moving the threshold…");
    let mut moves = vec![threshold::moves(&file, files::ROWS)];
    if std::env::var_os("GREENLIGHT_BENCH_LARGE").is_some() {
        println!(
            "the same with {} rows, in turns…",
            table::count(files::LARGE_ROWS)
        );
        let large = files::flights_csv(folder, files::LARGE_ROWS);
        moves.push(threshold::moves(&large, files::LARGE_ROWS));
        for _ in 1..RUNS {
            moves[0].extend(threshold::moves(&file, files::ROWS));
            moves[1].extend(threshold::moves(&large, files::LARGE_ROWS));
        }
        // It is nearly a gigabyte, and quickly written again.
        std::fs::remove_file(large).unwrap();
    }
    println!("other files at the terminal…");
    let others = [
        (
            format!("JSON Lines, {} rows", table::count(files::JSON_ROWS)),
            files::flights_json_lines(folder, files::JSON_ROWS),
        ),
        (
            format!(
                "CSV, {} rows with the scores of {} classes",
                table::count(files::SCORED_ROWS),
                files::CLASSES
            ),
            files::class_scores_csv(folder, files::SCORED_ROWS, files::CLASSES),
        ),
    ];
    let others = others.map(|(what, file)| {
        let runs = (0..RUNS).map(|_| program::run(&mut greenlight(&file), &VERDICTS));
        let run = program::median(runs.collect());
        (what, file, run)
    });
    Results {
        load,
        file,
        page: page.into(),
        page_memory,
        clicks,
        moves,
        terminal,
        scikit_learn,
        others: others.into(),
    }
}

/// The exit statuses that are a verdict.
const VERDICTS: [i32; 3] = [0, 1, 3];

/// `greenlight check`, as it ships.
fn greenlight(file: &Path) -> Command {
    let program = std::env::var_os("GREENLIGHT_CLI").expect("GREENLIGHT_CLI names the program");
    let mut command = Command::new(program);
    command.args(["check", "--format", "json"]).arg(file);
    command
}

/// A script that lies beside this file, where there is a Python for it.
fn python(script: &str) -> Option<Command> {
    let mut command = Command::new(std::env::var_os("GREENLIGHT_PYTHON")?);
    let folder = crate::page::root().join("tests/browser/bench");
    command.arg(folder.join(script));
    Some(command)
}

impl ScikitLearn {
    /// Of a run of the script, whose numbers must be those of the report.
    fn of(run: Run, report: &Run) -> Self {
        let said: Value = serde_json::from_str(&run.output).unwrap();
        let report: Value = serde_json::from_str(&report.output).unwrap();
        assert_same(&report, &said["numbers"], "");
        let seconds = |part: &str| said["seconds"][part].as_f64().unwrap();
        Self {
            imports: seconds("imports"),
            reading: seconds("reading"),
            computing: seconds("computing"),
            run,
        }
    }
}

/// Holds each number against the report's at the same place.
fn assert_same(report: &Value, numbers: &Value, place: &str) {
    match numbers {
        Value::Object(parts) => {
            for (key, part) in parts {
                assert_same(&report[key], part, &format!("{place}/{key}"));
            }
        }
        Value::Array(parts) => {
            for (index, part) in parts.iter().enumerate() {
                assert_same(&report[index], part, &format!("{place}/{index}"));
            }
        }
        number => {
            let (ours, theirs) = (report.as_f64(), number.as_f64().unwrap());
            let is_same =
                ours.is_some_and(|ours| (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0));
            assert!(is_same, "{place} is {ours:?} here and {theirs} there");
        }
    }
}
