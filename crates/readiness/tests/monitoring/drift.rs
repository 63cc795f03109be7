//! Rules about drift.

use super::*;

#[test]
fn drift_is_watched_window_by_window_and_is_what_the_day_alone_would_show() {
    let csv = scored();
    let rule = MonitoringRule::new(
        "score_psi",
        Watched::Of(Metric::ScorePsi),
        Operator::AtMost,
        0.1,
    );
    let policy = watching(vec![rule]);
    let whole = profile(&csv, &daily(), &policy);
    let state = Replay::of(&whole, &policy).end().remove(0);
    let standing = state.standing.unwrap();
    let raised = standing.raised.unwrap();
    assert_eq!((raised.windows.as_slice(), standing.judged), (&[3][..], 5));
    assert_eq!(raised.is_sure, Some(true));
    let alarms = FalseAlarms::of(&whole, &policy).remove(0).unwrap();
    assert_eq!((alarms.judged, alarms.count), (5, 0));

    let alone: String = csv
        .lines()
        .filter(|line| !line.starts_with("production") || line.contains("2025-03-06"))
        .map(|line| format!("{line}\n"))
        .collect();
    let alone = judge(&profile(&alone, &daily(), &policy), &policy);
    let psi = alone.drift.unwrap().score.unwrap().psi.unwrap();
    assert!((raised.first.value - psi).abs() < 1e-12, "{psi}");
}

#[test]
fn a_feature_that_is_not_there_has_no_drift_to_watch() {
    let policy = watching(vec![MonitoringRule {
        feature: Some("age".to_owned()),
        ..MonitoringRule::new("age", Watched::FeaturePsi, Operator::AtMost, 0.2)
    }]);
    let report = judge(&profile(&scored(), &daily(), &policy), &policy);
    let (outcome, reason) = state(&report, "age");
    assert_eq!(outcome, RuleOutcome::NoEvidence);
    assert!(reason.contains("“age” is no feature"), "{reason}");
}
