//! Metrics of scores against scikit-learn, scipy and definitions written out.

#![allow(clippy::unwrap_used, clippy::panic)]

mod reference;

use greenlight_metrics::*;
use reference::{assert_near, assert_value, cases, counts, doubles, groups, list, read};
use serde_json::Value as Json;

#[test]
fn ranking_and_calibration() {
    for case in cases("scores.json") {
        let (groups, expected) = (groups(&case), &case["expected"]);
        for (name, value) in [
            ("roc_auc", roc_auc(&groups)),
            ("average_precision", average_precision(&groups)),
            ("ks_statistic", ks_statistic(&groups)),
            ("log_loss", log_loss(&groups)),
            ("brier_score", brier_score(&groups)),
            (
                "expected_calibration_error",
                expected_calibration_error(&groups),
            ),
        ] {
            assert_value(
                value,
                &expected[name],
                &format!("{name} of {}", case["name"]),
            );
        }
        let interval = roc_auc_interval(&groups);
        for (end, value) in [interval.map(|i| i.low), interval.map(|i| i.high)]
            .into_iter()
            .enumerate()
        {
            assert_value(
                value,
                &expected["roc_auc_interval"][end],
                &format!("interval of {}", case["name"]),
            );
        }
    }
}

#[test]
fn best_thresholds() {
    let costs: CostMatrix = serde_json::from_value(read("scores.json")["costs"].clone()).unwrap();
    for case in cases("scores.json") {
        let groups = groups(&case);
        for (name, objective) in [
            ("f1", Objective::F1),
            ("f_beta_2", Objective::FBeta(2.0)),
            ("youden", Objective::Youden),
            ("matthews_corrcoef", Objective::MatthewsCorrcoef),
            ("accuracy", Objective::Accuracy),
            ("jaccard", Objective::Jaccard),
            ("cohen_kappa", Objective::CohenKappa),
            ("cost", Objective::Cost(costs)),
        ] {
            let expected = &case["expected"]["best"][name];
            assert_point(
                best_threshold(&groups, objective),
                expected,
                &format!("{name} of {}", case["name"]),
            );
        }
    }
}

#[track_caller]
fn assert_point(got: Option<ThresholdPoint>, expected: &Json, what: &str) {
    let Some(got) = got else {
        assert!(expected.is_null(), "{what}: nothing, expected {expected}");
        return;
    };
    assert_eq!(got.threshold, expected["threshold"].as_f64(), "{what}");
    assert_eq!(got.interval.up_to, got.threshold, "{what}");
    assert_eq!(got.interval.above, expected["below"].as_f64(), "{what}");
    let BinaryCounts { tp, fp, fn_, tn } = got.counts;
    assert_eq!(vec![tp, fp, fn_, tn], counts(&expected["counts"]), "{what}");
    assert_near(got.value, expected["value"].as_f64().unwrap(), what);
}

#[test]
fn several_classes() {
    for case in cases("class_scores.json") {
        let rows: Vec<Vec<f64>> = list(&case["scores"]).iter().map(doubles).collect();
        let labels: Vec<usize> = counts(&case["y"]).into_iter().map(|y| y as usize).collect();
        let of_class = |class: usize| {
            let pairs = rows
                .iter()
                .zip(&labels)
                .map(|(row, &label)| (row[class], label == class));
            ScoreGroups::from_rows(pairs).unwrap()
        };
        let classes: Vec<ScoreGroups> = (0..rows[0].len()).map(of_class).collect();
        let top = rows.iter().zip(&labels).map(|(row, &label)| {
            let best = (0..row.len())
                .max_by(|&a, &b| row[a].total_cmp(&row[b]))
                .unwrap();
            (row[best], best == label)
        });
        let top = ScoreGroups::from_rows(top).unwrap();
        for (name, value) in [
            ("roc_auc", macro_average(classes.iter().map(roc_auc))),
            (
                "average_precision",
                macro_average(classes.iter().map(average_precision)),
            ),
            ("log_loss", multiclass_log_loss(&classes)),
            ("brier_score", multiclass_brier_score(&classes)),
            (
                "expected_calibration_error",
                expected_calibration_error(&top),
            ),
        ] {
            assert_value(
                value,
                &case["expected"][name],
                &format!("{name} of {}", case["name"]),
            );
        }
    }
}

#[test]
fn anchors() {
    let y = [0, 0, 0, 0, 1, 1, 1, 1, 1, 0];
    let s = [0.1, 0.4, 0.35, 0.8, 0.35, 0.8, 0.65, 0.9, 0.2, 0.05];
    let groups = ScoreGroups::from_rows(s.into_iter().zip(y.map(|y| y == 1))).unwrap();
    assert_eq!(roc_auc(&groups), Ok(0.72));
    assert_near(
        average_precision(&groups).unwrap(),
        0.7226190476190476,
        "average precision",
    );
    assert_near(brier_score(&groups).unwrap(), 0.217, "Brier score");
    assert_near(log_loss(&groups).unwrap(), 0.612624728233519, "log loss");
    let counts = counts_at(&groups, 0.5);
    assert_near(
        counts.matthews_corrcoef().unwrap(),
        0.408248290463863,
        "MCC",
    );
    assert_near(counts.cohen_kappa().unwrap(), 0.4, "kappa");
    assert_near(
        counts.balanced_accuracy().unwrap(),
        0.7,
        "balanced accuracy",
    );
    assert_near(counts.f_beta(2.0).unwrap(), 0.625, "F2");
}

#[test]
fn counts_at_a_threshold() {
    let groups =
        ScoreGroups::from_rows([(0.9, true), (0.5, false), (0.5, true), (-0.0, false)]).unwrap();
    let flagged = |threshold| counts_at(&groups, threshold).predicted_positives();
    assert_eq!(
        [f64::NAN, f64::INFINITY, 0.91, 0.9].map(flagged),
        [0, 0, 0, 1]
    );
    assert_eq!(
        [0.51, 0.5, 0.0, -0.0, f64::NEG_INFINITY].map(flagged),
        [1, 3, 4, 4, 4]
    );
}

#[test]
fn nothing_is_undefined_for_a_reason() {
    let none = ScoreGroups::default();
    assert_eq!(roc_auc(&none), Err(Undefined::NoScores));
    assert_eq!(log_loss(&none), Err(Undefined::NoScores));
    assert_eq!(best_threshold(&none, Objective::Accuracy), None);
    let positives = ScoreGroups::from_rows([(2.0, true), (1.0, true)]).unwrap();
    assert_eq!(roc_auc_interval(&positives), Err(Undefined::OneClass));
    assert_eq!(
        brier_score(&positives),
        Err(Undefined::ScoresOutsideUnitInterval)
    );
    assert_eq!(best_threshold(&positives, Objective::Youden), None);
}

#[test]
fn the_greatest_counts_do_no_harm() {
    let mut collector = ScoreCollector::default();
    for (score, positive) in [(0.9, true), (0.9, false), (0.5, true), (0.4, false)] {
        collector.push(score, positive, u64::MAX).unwrap();
    }
    let groups = collector.finish();
    for value in [
        roc_auc(&groups),
        average_precision(&groups),
        ks_statistic(&groups),
        log_loss(&groups),
    ] {
        assert!(value.is_ok_and(f64::is_finite));
    }
    assert!(roc_auc_interval(&groups).is_ok_and(|interval| interval.low <= interval.high));
    assert!(roc_hull(&groups).is_ok());
    assert!(expected_calibration_error(&groups).is_ok_and(f64::is_finite));
}
