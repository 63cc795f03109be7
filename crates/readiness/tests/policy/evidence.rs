//! On how many rows criteria are judged, and how many more would settle them.

use super::*;

#[test]
fn a_handful_of_perfect_rows_is_not_enough_evidence() {
    for name in PRESETS {
        // Answers are perfect where all are accepted.
        let rejected = if name == "assistant" { 0 } else { 6 };
        let report = report(&matrix([5, 0, 0, rejected]), &Policy::preset(name).unwrap());
        assert_eq!(report.verdict, Verdict::NotEnoughEvidence, "{name}");
        let first = plain(&report.reasons[0]);
        assert!(first.contains("of the 30"), "{name}: {first}");
    }
}

#[test]
fn few_rows_that_clearly_fail_fail() {
    let all_wrong = judged(
        &matrix([0, 6, 6, 0]),
        must(Metric::Accuracy, Operator::AtLeast, 0.9),
    );
    assert_eq!((all_wrong.rows, all_wrong.outcome), (12, Outcome::Fail));
    // 8 of 12: the interval, 39 to 86 %, reaches up to the limit.
    let some_wrong = judged(
        &matrix([4, 2, 2, 4]),
        must(Metric::Accuracy, Operator::AtLeast, 0.8),
    );
    assert_eq!(some_wrong.outcome, Outcome::NoEvidence);
    assert_eq!(some_wrong.value, Some(8.0 / 12.0));
    assert!(
        some_wrong
            .reason
            .starts_with("Accuracy cannot be judged: only 12 of the 30 rows that are asked for."),
        "{}",
        some_wrong.reason
    );
}

#[test]
fn the_least_number_of_rows_is_of_those_behind_the_number() {
    let csv = matrix([20, 1, 2, 400]);
    let recall = || must(Metric::Recall, Operator::AtLeast, 0.5);
    let by_policy = judged(&csv, recall());
    assert_eq!((by_policy.rows, by_policy.minimum_rows), (21, 30));
    assert_eq!(by_policy.outcome, Outcome::NoEvidence);
    // 9 more positives, of which there is one in 20.1 rows.
    assert_eq!(by_policy.rows_needed, Some(190));
    let own = Criterion {
        minimum_rows: Some(21),
        ..recall()
    };
    let own = judged(&csv, own);
    assert_eq!((own.outcome, own.rows_needed), (Outcome::Pass, None));
    let precision = judged(&csv, must(Metric::Precision, Operator::AtLeast, 0.5));
    assert_eq!(
        (precision.rows, precision.outcome),
        (22, Outcome::NoEvidence)
    );
}

#[test]
fn what_is_at_risk_says_how_many_rows_would_settle_it() {
    // 92 of 100 against 90 %: settled at 865, by Wilson.
    let at_risk = judged(
        &matrix([46, 4, 4, 46]),
        must(Metric::Accuracy, Operator::AtLeast, 0.9),
    );
    assert_eq!(
        (at_risk.outcome, at_risk.rows_needed),
        (Outcome::AtRisk, Some(770))
    );
    assert_eq!(
        plain(&at_risk.reason),
        "92.0 % of the answers are right (92 of 100); at least 90 % is required, and these rows leave it open. \
         About 770 more labelled rows would settle this."
    );
    let at_limit = judged(
        &matrix([45, 5, 5, 45]),
        must(Metric::Accuracy, Operator::AtLeast, 0.9),
    );
    assert_eq!(
        (at_limit.outcome, at_limit.rows_needed),
        (Outcome::AtRisk, None)
    );
    assert!(
        at_limit.reason.ends_with("no number of rows settles it."),
        "{}",
        at_limit.reason
    );
    let settled = judged(
        &matrix([495, 5, 5, 495]),
        must(Metric::Accuracy, Operator::AtLeast, 0.9),
    );
    assert_eq!(
        (settled.outcome, settled.rows_needed),
        (Outcome::Pass, None)
    );
}

#[test]
fn latencies_say_how_many_rows_would_settle_them() {
    // All are fast, but 50 rows do not bound a 95th percentile: 72 do (1 − 0.95^72 ≥ 0.975).
    let csv = rows(
        "label,prediction,latency_ms",
        &[("1,1,5", 25), ("0,0,6", 25)],
    );
    let p95 = judged(&csv, must(Metric::LatencyP95, Operator::AtMost, 100.0));
    assert_eq!(
        (p95.outcome, p95.interval.unwrap().1, p95.rows_needed),
        (Outcome::AtRisk, None, Some(22))
    );
    assert!(
        p95.reason
            .ends_with("About 22 more rows would settle this.")
    );
}

#[test]
fn a_fall_needs_enough_rows_on_both_sides() {
    let csv = rows(
        "split,label,prediction",
        &[
            ("train,1,1", 5),
            ("train,0,0", 5),
            ("test,1,1", 500),
            ("test,0,0", 500),
        ],
    );
    let fall = judged(&csv, must(Metric::AccuracyGap, Operator::AtMost, 0.05));
    assert_eq!(
        (fall.outcome, fall.rows_needed),
        (Outcome::NoEvidence, None)
    );
    assert!(
        fall.reason.contains("only 10 of the 30 rows on “train”"),
        "{}",
        fall.reason
    );
}

#[test]
fn too_few_rows_for_what_a_policy_demands_are_not_enough_evidence() {
    let csv = matrix([190, 10, 10, 190]);
    let accuracy = must(Metric::Accuracy, Operator::AtLeast, 0.9);
    let demanding = policy(vec![
        accuracy.clone(),
        must(Metric::Rows, Operator::AtLeast, 1_000.0),
    ]);
    let report = report(&csv, &demanding);
    let count = named(&report, "rows");
    assert_eq!(
        (count.value, count.outcome, count.rows_needed),
        (Some(400.0), Outcome::NoEvidence, Some(600))
    );
    assert_eq!(report.verdict, Verdict::NotEnoughEvidence);
    assert_eq!(
        plain(&report.reasons[0]),
        "There are 400 rows; at least 1 000 is required. About 600 more rows would settle this."
    );
    let positives = judged(&csv, must(Metric::Positives, Operator::AtLeast, 200.0));
    assert_eq!(positives.outcome, Outcome::Pass);
}

#[test]
fn more_rows_than_anybody_labels_are_not_asked_for() {
    // 801 of 1,000 cases in a million rows: only some tens of millions would tell that from 80 %.
    let csv = |caught: usize| {
        let kinds = [
            ("1,1,1", caught),
            ("1,0,1", 1_000 - caught),
            ("0,0,99900", 10),
        ];
        rows("is_fraud,prediction,count", &kinds)
    };
    let recall = |caught| named(&report(&csv(caught), &Policy::fraud()), "recall").clone();
    let near = recall(801);
    assert_eq!((near.outcome, near.rows_needed), (Outcome::AtRisk, None));
    assert!(
        !near.reason.contains("more labelled rows"),
        "{}",
        near.reason
    );
    let farther = recall(820);
    assert_eq!(farther.outcome, Outcome::AtRisk);
    assert!(farther.rows_needed.is_some(), "{}", farther.reason);
}
