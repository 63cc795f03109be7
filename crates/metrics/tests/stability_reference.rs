//! Trends, tests of pairs and label-free estimates against scipy, statsmodels and NannyML.

#![allow(clippy::unwrap_used, clippy::panic)]

mod reference;

use greenlight_metrics::binomial::fair_lower_tail;
use greenlight_metrics::estimate::{expected_average_precision, expected_roc_auc};
use greenlight_metrics::{
    Calibrator, ExpectedCounts, PairedAnswers, ScoreGroups, Trend, isotonic_fit,
};
use reference::{assert_near, cases, doubles, list, read};
use serde_json::Value as Json;

#[test]
fn slopes_are_those_of_theilslopes_and_their_significance_that_of_kendalltau() {
    let file = read("stability.json");
    for case in list(&file["trends"]) {
        let name = case["name"].to_string();
        let points = list(&case["points"]).iter().map(doubles);
        let points: Vec<(f64, f64)> = points.map(|point| (point[0], point[1])).collect();
        let trend = Trend::of(&points).unwrap();
        assert_near(trend.slope, case["slope"].as_f64().unwrap(), &name);
        assert_near(trend.intercept, case["intercept"].as_f64().unwrap(), &name);
        let interval = doubles(&case["slope_interval"]);
        assert_near(trend.slope_interval.low, interval[0], &name);
        assert_near(trend.slope_interval.high, interval[1], &name);
        match case["p_value"].as_f64() {
            Some(p_value) => {
                assert_near(trend.p_value, p_value, &name);
                assert_eq!(trend.is_exact, case["exact"], "{name}");
            }
            // Of values that are all equal scipy has none.
            None => assert_eq!(trend.p_value, 1.0, "{name}"),
        }
    }
}

#[test]
fn pairs_are_tested_as_by_mcnemar() {
    let file = read("stability.json");
    for case in list(&file["mcnemar"]) {
        let count = |key: &str| case[key].as_u64().unwrap();
        let pairs = PairedAnswers {
            right_to_wrong: count("lost"),
            wrong_to_right: count("gained"),
            ..PairedAnswers::default()
        };
        let p_value = case["p_value"].as_f64().unwrap();
        assert_near(pairs.mcnemar_p_value(), p_value, &case.to_string());
    }
    for case in list(&file["fair_tails"]) {
        let count = |key: &str| case[key].as_u64().unwrap();
        let got = fair_lower_tail(count("k"), count("throws"));
        assert_near(got, case["share"].as_f64().unwrap(), &case.to_string());
    }
}

/// Scores with whether each is flagged, and the labels of the same.
fn scored(case: &Json, prefix: &str) -> (ScoreGroups, ScoreGroups) {
    let scores = doubles(&case[format!("{prefix}scores")]);
    let flagged = scores.iter().map(|&score| (score, score >= 0.5));
    let labels = list(&case[format!("{prefix}y")]).iter().map(|y| y == 1);
    (
        ScoreGroups::from_rows(flagged).unwrap(),
        ScoreGroups::from_rows(scores.iter().copied().zip(labels)).unwrap(),
    )
}

#[test]
fn estimates_are_those_of_nannyml() {
    for case in cases("estimate.json") {
        let ((_, reference), (flagged, _)) = (scored(&case, "reference_"), scored(&case, ""));
        let isotonic = Calibrator {
            fit: isotonic_fit(&reference),
            ..Calibrator::as_given()
        };
        for (calibrator, key) in [(Calibrator::as_given(), "as_given"), (isotonic, "isotonic")] {
            let what = format!("{}, {key}", case["name"]);
            let expected = |metric: &str| case[key][metric].as_f64().unwrap();
            let counts = ExpectedCounts::of(&flagged, &calibrator).unwrap();
            let same = |got: f64, metric: &str| {
                assert_near(got, expected(metric), &format!("{what}: {metric}"));
            };
            same(counts.accuracy().unwrap().value, "accuracy");
            same(counts.precision().unwrap().value, "precision");
            same(counts.recall().unwrap().value, "recall");
            same(counts.specificity().unwrap().value, "specificity");
            same(counts.f1().unwrap().value, "f1");
            let precision = expected_average_precision(&flagged, &calibrator).unwrap();
            same(precision, "average_precision");
            // Rounded to five digits of a count there.
            let auc = expected_roc_auc(&flagged, &calibrator).unwrap().value;
            assert!((auc - expected("roc_auc")).abs() < 1e-6, "{what}: {auc}");
        }
    }
}

/// Of scores whose calibration fails, the isotonic fit brings every estimate nearer to what the labels say.
#[test]
fn recalibration_is_chosen_where_it_helps() {
    for case in cases("estimate.json") {
        let ((_, reference), (flagged, _)) = (scored(&case, "reference_"), scored(&case, ""));
        let calibrator = Calibrator::choose(&reference);
        let (given, fitted) = (calibrator.error_as_given, calibrator.error_isotonic);
        assert_eq!(calibrator.is_isotonic(), fitted.unwrap() < given.unwrap());
        let counts = ExpectedCounts::of(&flagged, &calibrator).unwrap();
        let apart =
            counts.accuracy().unwrap().value - case["realised"]["accuracy"].as_f64().unwrap();
        let as_given = case["as_given"]["accuracy"].as_f64().unwrap();
        let as_given = as_given - case["realised"]["accuracy"].as_f64().unwrap();
        if calibrator.is_isotonic() {
            assert!(apart.abs() < as_given.abs(), "{}", case["name"]);
        }
        assert!(apart.abs() < 0.04, "{}: {apart}", case["name"]);
    }
}
