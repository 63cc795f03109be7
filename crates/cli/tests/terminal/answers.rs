//! Graded answers of an assistant, at a terminal.

use std::fmt::Write;

use crate::{check, document, err, file, out};

/// 200 questions, each asked twice: people graded every third answer.
fn graded() -> String {
    let mut csv = "id,human,judge,latency_ms,cost\n".to_owned();
    for row in 0..400 {
        let good = row % 25 != 0;
        let word = |good| if good { "pass" } else { "fail" };
        let human = if row % 3 == 0 { word(good) } else { "" };
        let judge = word(good != (row % 100 == 99));
        let _ = writeln!(csv, "q{},{human},{judge},{},0.01", row / 2, 900 + row);
    }
    csv
}

#[test]
fn graded_answers_are_judged_and_told_of() {
    let path = file("graded.csv", graded().as_bytes());
    let output = check(&path, &["--policy", "assistant"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    // How wide a column is depends on what else is asked.
    let text: Vec<String> = out(&output).split_whitespace().map(str::to_owned).collect();
    let text = text.join(" ");
    for line in [
        "Accepted answers 95.5 % (90.6–97.9 %) must ≥ 90 % pass",
        "Agreement of judge and people (κ)",
        "Repeats that agree",
        "Cost of an accepted answer 0.0105",
        "people accept 128 of 134 (95.5 %)",
        "a judge accepts 380 of 400 (95.0 %)",
        "they agree on 98.5 % of 134 answers, κ 0.849",
        "200 ids have several answers, 90.0 % of them agree",
        "accepted is pass",
        "graded.csv: 400 of 400 rows used",
        "label = human, prediction = judge",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[test]
fn a_pass_mark_is_said_with_the_question() {
    let mut csv = "answer,judge_grade\n".to_owned();
    for row in 0..100 {
        let _ = writeln!(csv, "{row},{}", 1 + row % 5);
    }
    let path = file("scale.csv", csv.as_bytes());
    let accepted = |more: &[&str]| {
        let output = check(
            &path,
            &[&["--policy", "assistant", "--format", "json"], more].concat(),
        );
        document(&output)["answers"]["accepted_by_judge"]["accepted"].clone()
    };
    assert_eq!(accepted(&[]), 40);
    assert_eq!(accepted(&["--pass-mark", "3"]), 60);
    assert_eq!(accepted(&["--pass-mark", "4.5"]), 20);
    let output = check(&path, &["--pass-mark", "good"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("“good” cannot be the pass mark: the grades are 1, 2, 3, 4, 5"));
    // Any column is one of grades where there is a pass mark.
    let path = file("words.csv", b"id,mine\n1,great\n2,poor\n3,great\n");
    let output = check(
        &path,
        &[
            "--prediction",
            "mine",
            "--pass-mark",
            "great",
            "--policy",
            "assistant",
            "--format",
            "json",
        ],
    );
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert_eq!(
        document(&output)["answers"]["accepted_by_judge"]["accepted"],
        2
    );
}
