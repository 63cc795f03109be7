//! The command as a person or a gate runs it: exit status, document, and what bad input gets.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

mod answers;
mod arguments;
mod checklist;
mod compare;
mod formats;
mod gate;
mod malformed;
mod policies;
mod several_files;
mod thresholds;
mod time;
mod verdict;
mod wide;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

const HEADER: &str = "label,prediction\n";

fn greenlight(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
    command.args(arguments);
    command
}

/// A file in a folder that only this test program uses.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("terminal");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    // Tests run side by side and may write the same file: it comes into being as a whole.
    static WRITTEN: AtomicU32 = AtomicU32::new(0);
    let draft = folder.join(format!("draft-{}", WRITTEN.fetch_add(1, Ordering::Relaxed)));
    std::fs::write(&draft, content).unwrap();
    std::fs::rename(&draft, &path).unwrap();
    path
}

fn check(path: &Path, more: &[&str]) -> Output {
    check_all(&[path], more)
}

fn check_all(paths: &[&Path], more: &[&str]) -> Output {
    let paths: Vec<&str> = paths.iter().map(|path| path.to_str().unwrap()).collect();
    greenlight(&[&["check"], &paths[..], more].concat())
        .output()
        .unwrap()
}

/// Runs the command with something on its standard input.
fn piped(arguments: &[&str], input: &str) -> Output {
    let mut child = greenlight(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its arguments does not wait for this.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The report as it was printed, without what the page draws from; that stands last, and is the same report once it is judged.
fn report_alone(output: &Output) -> String {
    let json = out(output);
    let (report, live) = json.rsplit_once(",\n  \"live\": \"").unwrap();
    let report = format!("{report}\n}}\n");
    let shared = greenlight_link::decode(live.trim_end_matches("\"\n}\n")).unwrap();
    assert_eq!(shared.judged().to_json().unwrap(), report);
    report
}

/// The report as a document.
fn document(output: &Output) -> serde_json::Value {
    assert!(!output.stdout.is_empty(), "{}", err(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// So many rows of each kind: right positives, missed ones, false alarms, right negatives.
fn matrix(header: &str, [caught, missed, false_alarms, quiet]: [usize; 4]) -> String {
    let rows = [
        ("1,1\n", caught),
        ("1,0\n", missed),
        ("0,1\n", false_alarms),
        ("0,0\n", quiet),
    ];
    let rows: String = rows.iter().map(|(row, times)| row.repeat(*times)).collect();
    format!("{header}{rows}")
}
