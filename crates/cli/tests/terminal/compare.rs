//! `greenlight compare`: two reports side by side, and what the exit status makes of it.

use std::path::{Path, PathBuf};
use std::process::Output;

use crate::{check, err, file, greenlight, matrix, out};

/// The report on so many rows of each kind, in a file.
fn report(name: &str, counts: [usize; 4]) -> PathBuf {
    let data = file(
        &format!("{name}.csv"),
        matrix("label,prediction\n", counts).as_bytes(),
    );
    let json = check(&data, &["--format", "json"]);
    file(&format!("{name}.json"), &json.stdout)
}

fn compare(before: &Path, after: &Path, more: &[&str]) -> Output {
    let paths = [before.to_str().unwrap(), after.to_str().unwrap()];
    greenlight(&[&["compare"], &paths[..], more].concat())
        .output()
        .unwrap()
}

fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}

#[test]
fn a_better_model_is_told_in_a_sentence_and_a_table() {
    let before = report("compare_better_before", [710, 290, 50, 950]);
    let after = report("compare_better_after", [780, 220, 50, 950]);
    let output = compare(&before, &after, &["--fail-on-worse"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let text = plain(&out(&output));
    let mut lines = text.lines();
    let (headline, summary) = (lines.next().unwrap(), lines.next().unwrap());
    assert_eq!(
        headline,
        "Not ready, as before: 7 better, none worse, 1 within noise, 1 the same"
    );
    assert!(
        summary.ends_with("; nothing got worse beyond chance."),
        "{text}"
    );
    let recall: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("(recall)"))
        .collect();
    assert_eq!(recall.len(), 1, "{text}");
    for part in ["71.0 %", "78.0 %", "+7.0 points (+", "better"] {
        assert!(recall[0].contains(part), "{part}: {}", recall[0]);
    }
}

#[test]
fn something_worse_fails_only_where_it_is_asked_to() {
    let before = report("compare_worse_before", [780, 220, 50, 950]);
    let after = report("compare_worse_after", [710, 290, 50, 950]);
    assert_eq!(compare(&before, &after, &[]).status.code(), Some(0));
    for format in ["text", "json", "markdown"] {
        let output = compare(&before, &after, &["--format", format, "--fail-on-worse"]);
        assert_eq!(output.status.code(), Some(1), "{format}");
        assert!(!output.stdout.is_empty(), "{format}");
    }
    // And the difference of two halves of the same is none.
    let same = report("compare_worse_same", [781, 219, 49, 951]);
    assert_eq!(
        compare(&before, &same, &["--fail-on-worse"]).status.code(),
        Some(0)
    );
}

#[test]
fn the_document_says_what_the_page_shows() {
    let before = report("compare_document_before", [71, 29, 5, 95]);
    let after = report("compare_document_after", [78, 22, 5, 95]);
    let output = compare(&before, &after, &["--format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["schema"], "greenlight.comparison/1");
    let numbers = document["numbers"].as_array().unwrap();
    let recall = numbers
        .iter()
        .find(|number| number["metric"] == "recall")
        .unwrap();
    assert_eq!(
        (&recall["before"], &recall["after"], &recall["change"]),
        (&0.71.into(), &0.78.into(), &"within_noise".into())
    );
    assert!(document["interval_level"].as_f64().unwrap() > 0.95);
    assert_eq!(document["before"]["verdict"], document["after"]["verdict"]);
}

#[test]
fn markdown_holds_no_markup_of_a_file() {
    let hostile = "<b>\"x\" & @team|`#1`";
    let quoted = format!("\"{}\"", hostile.replace('"', "\"\""));
    let csv = format!(
        "label,prediction\n{}{}",
        format!("{quoted},{quoted}\n").repeat(50),
        "ok,ok\n".repeat(50)
    );
    let data = file("compare_hostile_a_|_<i>&.csv", csv.as_bytes());
    let json = check(&data, &["--format", "json", "--positive", hostile]);
    let one = file("compare_hostile.json", &json.stdout);
    let text = out(&compare(&one, &one, &["--format", "markdown"]));
    assert!(text.contains("Both reports say the same."), "{text}");
    for forbidden in ["<b>", "<i>", " @team", "`#1`"] {
        assert!(!text.contains(forbidden), "{forbidden}: {text}");
    }
}

#[test]
fn what_is_no_report_is_told_and_nothing_to_compare_is_no_evidence() {
    let good = report("compare_good", [71, 29, 5, 95]);
    let other = file(
        "compare_other.json",
        br#"{"schema": "greenlight.report/2"}"#,
    );
    let output = compare(&good, &other, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("another version: greenlight.report/2"),
        "{}",
        err(&output)
    );
    let missing = PathBuf::from("compare_missing.json");
    assert_eq!(compare(&good, &missing, &[]).status.code(), Some(2));
    let old = file(
        "compare_old.json",
        br#"{"schema": "greenlight.report/1", "overall": {"rows": 3}}"#,
    );
    assert_eq!(compare(&old, &good, &[]).status.code(), Some(0));
    assert_eq!(
        compare(&old, &good, &["--fail-on-worse"]).status.code(),
        Some(3)
    );
}
