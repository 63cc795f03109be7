//! Models of which an expert knows whether they are ready: the verdict, and the reason that comes first.

use std::path::Path;

use greenlight_readiness::{Choices, Policy, Profile, Report, SourceReader, Verdict, judge};

/// A file of `tests/verdicts`, which real models made.
fn verdict_on(name: &str) -> Report {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("verdicts");
    let content = std::fs::read(folder.join(name).with_extension("csv")).unwrap();
    of(&content)
}

fn of(content: &[u8]) -> Report {
    let mut reader = SourceReader::new("predictions.csv");
    reader.feed(content).unwrap();
    let source = reader.finish_alone().unwrap();
    let choices = Choices::default();
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    judge(&profile, &Policy::balanced())
}

/// The verdict, with what the first reason and the first step say, in plain spaces.
#[track_caller]
fn expect(report: &Report, verdict: Verdict, reason: &[&str], step: &str) {
    let first = report.reasons[0].replace('\u{202f}', " ");
    assert_eq!(report.verdict, verdict, "{:?}", report.reasons);
    for part in reason {
        assert!(first.contains(part), "{part:?} in {first:?}");
    }
    assert_eq!(report.next_steps[0].name, step, "{:?}", report.next_steps);
}

#[test]
fn fraud_with_98_percent_accuracy_and_12_percent_recall_is_not_ready() {
    let mut csv = "is_fraud,prediction\n".to_owned();
    for (line, times) in [
        ("1,1\n", 24),
        ("1,0\n", 176),
        ("0,1\n", 24),
        ("0,0\n", 9_776),
    ] {
        csv.push_str(&line.repeat(times));
    }
    let reason = ["88.0 % of fraud goes unnoticed", "accuracy flatters"];
    expect(
        &of(csv.as_bytes()),
        Verdict::NotReady,
        &reason,
        "accuracy_paradox",
    );
}

#[test]
fn a_tree_that_knows_its_training_rows_by_heart_is_not_ready() {
    let report = verdict_on("overfitted_tree");
    let accuracy = |split: &str| report.splits[split].accuracy.unwrap();
    assert_eq!(accuracy("train"), 1.0);
    assert!((0.78..0.83).contains(&accuracy("test")));
    let reason = ["100 % on “train”", "81.9 % on “test”", "by heart"];
    expect(&report, Verdict::NotReady, &reason, "overfitting");
}

#[test]
fn a_model_that_was_given_the_id_is_not_ready() {
    let reason = ["“id” alone predicts the label"];
    expect(
        &verdict_on("leaky_id"),
        Verdict::NotReady,
        &reason,
        "leakage",
    );
}

#[test]
fn a_model_that_is_judged_on_its_training_rows_is_not_ready() {
    let reason = ["600 of the 600 rows of “test”", "a row of “train”"];
    expect(
        &verdict_on("duplicate_split"),
        Verdict::NotReady,
        &reason,
        "leakage",
    );
}

#[test]
fn a_good_model_behind_a_slow_service_is_not_ready() {
    let reason = [
        "95 of 100 answers come within 2.",
        "at most 1.00 s is required",
    ];
    expect(
        &verdict_on("slow_model"),
        Verdict::NotReady,
        &reason,
        "speed_up",
    );
}

#[test]
fn a_healthy_model_is_ready() {
    let reason = ["98.1 % of the answers are right"];
    expect(&verdict_on("healthy"), Verdict::Ready, &reason, "release");
}
