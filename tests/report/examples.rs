//! Worked examples, by name.

use greenlight_readiness::{PitfallSeverity, Verdict};

use crate::inputs::repeated;
use crate::report;

/// A narrow no-break space stands before the sign of percent.
fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}

#[test]
fn matrix_90_10_5_95_has_accuracy_0_925_precision_90_of_95_recall_0_9() {
    let csv = repeated(
        "label,prediction",
        &[
            ("Pos,Pos", 90),
            ("Pos,Neg", 10),
            ("Neg,Pos", 5),
            ("Neg,Neg", 95),
        ],
    );
    let report = report(&csv);
    assert_eq!(report.settings.positive.as_deref(), Some("Pos"));
    let overall = &report.overall;
    assert_eq!(overall.rows, 200);
    assert_eq!(overall.classes, ["Neg", "Pos"]);
    assert_eq!(
        overall.confusion_matrix,
        Some(vec![vec![95, 5], vec![10, 90]])
    );
    assert_eq!(overall.accuracy, Some(0.925));
    assert_eq!(overall.precision, Some(90.0 / 95.0));
    assert_eq!(overall.recall, Some(0.90));
}

#[test]
fn fraud_98_percent_accurate_12_percent_recall_is_not_ready_for_88_percent_goes_unnoticed() {
    // 10,000 rows, 200 of them fraud; 24 are caught, and 24 alarms are false.
    let csv = repeated(
        "is_fraud,prediction",
        &[("1,1", 24), ("1,0", 176), ("0,1", 24), ("0,0", 9_776)],
    );
    let report = report(&csv);
    assert_eq!(report.overall.rows, 10_000);
    assert_eq!(report.overall.accuracy, Some(0.98));
    assert_eq!(report.overall.recall, Some(0.12));
    assert_eq!(report.overall.precision, Some(0.5));
    assert_eq!(report.verdict, Verdict::NotReady);
    let first = plain(&report.reasons[0]);
    assert!(first.contains("88.0 % of fraud goes unnoticed"), "{first}");
    assert!(
        first.contains("accuracy flatters because fraud is rare"),
        "{first}"
    );
    let pitfall = &report.pitfalls[0];
    assert_eq!(pitfall.name, "accuracy_paradox");
    assert_eq!(pitfall.severity, PitfallSeverity::Serious);
    assert_eq!(plain(&pitfall.reason), first);
}
