//! The trade-off and recalibration against scikit-learn.

#![allow(clippy::unwrap_used, clippy::panic)]

mod reference;

use greenlight_metrics::*;
use proptest::prelude::*;
use reference::{assert_near, cases, counts, doubles, groups, list};
use serde_json::Value as Json;

#[test]
fn counts_at_every_distinct_score() {
    for case in cases("tradeoff.json") {
        let groups = groups(&case);
        let stops = ThresholdStops::of(&groups, usize::MAX);
        let expected = list(&case["cuts"]);
        assert_eq!(stops.stops().len(), expected.len(), "{}", case["name"]);
        for (stop, expected) in stops.stops().iter().zip(expected) {
            assert_eq!(stop.interval.up_to, expected["threshold"].as_f64());
            assert_eq!(cells(&stop.counts), counts(&expected["counts"]));
        }
    }
}

#[test]
fn constraints() {
    for case in cases("tradeoff.json") {
        let groups = groups(&case);
        for demand in list(&case["constraints"]) {
            let limit = demand["limit"].as_f64().unwrap();
            let constraint = match demand["kind"].as_str().unwrap() {
                "precision_at_least" => Constraint::PrecisionAtLeast(limit),
                "recall_at_least" => Constraint::RecallAtLeast(limit),
                _ => Constraint::AlertsAtMost(limit as u64),
            };
            let (found, what) = (
                constraint.best(&groups),
                format!("{demand} of {}", case["name"]),
            );
            let expected = &demand["best"];
            assert_eq!(found.is_none(), expected.is_null(), "{what}");
            if let Some(found) = found {
                assert_eq!(found.threshold, expected["threshold"].as_f64(), "{what}");
                assert_eq!(cells(&found.counts), counts(&expected["counts"]), "{what}");
                assert_near(found.value, expected["value"].as_f64().unwrap(), &what);
            }
        }
    }
}

#[test]
fn reliability_by_quantiles() {
    for case in cases("tradeoff.json") {
        let bins = quantile_reliability_curve(&groups(&case), 10).unwrap();
        let expected = list(&case["calibration"]["quantile"]);
        assert_eq!(bins.len(), expected.len(), "{}", case["name"]);
        for (bin, expected) in bins.iter().zip(expected) {
            let expected = doubles(expected);
            assert_near(bin.mean_score().unwrap(), expected[0], "mean score");
            assert_near(bin.positive_share().unwrap(), expected[1], "share");
        }
    }
}

#[test]
fn calibration_in_one_number() {
    for case in cases("tradeoff.json") {
        let (groups, expected) = (groups(&case), &case["calibration"]);
        let number = |name: &str| expected[name].as_f64().unwrap();
        let worst = maximum_calibration_error(&groups).unwrap();
        assert_near(worst, number("maximum_calibration_error"), "MCE");
        let skill = brier_skill_score(&groups).unwrap();
        assert_near(skill, number("brier_skill_score"), "skill");
    }
}

#[test]
fn slope_and_intercept() {
    for case in cases("tradeoff.json") {
        let line = calibration_line(&groups(&case));
        match &case["calibration"]["line"] {
            Json::Null => assert!(line.is_err(), "{}", case["name"]),
            expected => {
                let (line, expected) = (line.unwrap(), doubles(expected));
                assert_near(line.slope, expected[0], "slope");
                assert_near(line.intercept, expected[1], "intercept");
                let error = |interval: Interval| interval.width() / 2.0 / Z_95;
                assert_near(error(line.slope_interval), expected[2], "slope's error");
                assert_near(
                    error(line.intercept_interval),
                    expected[3],
                    "intercept's error",
                );
            }
        }
    }
}

#[test]
fn isotonic_regression() {
    for case in cases("tradeoff.json") {
        let fit = isotonic_fit(&groups(&case));
        for pair in list(&case["calibration"]["isotonic"]) {
            let pair = doubles(pair);
            let step = fit
                .iter()
                .find(|step| (step.low..=step.high).contains(&pair[0]));
            assert_near(step.unwrap().share(), pair[1], "isotonic");
        }
        for pair in list(&case["calibration"]["isotonic_between"]) {
            let (score, expected) = (pair[0].as_f64().unwrap(), pair[1].as_f64());
            match (isotonic_value(&fit, score), expected) {
                (Some(value), Some(expected)) => assert_near(value, expected, "between steps"),
                (value, expected) => assert_eq!(value, expected, "at {score}"),
            }
        }
    }
}

proptest! {
    /// Whatever was left out lies between its neighbours.
    #[test]
    fn stops_bound_every_threshold(
        rows in prop::collection::vec((0..60_u8, any::<bool>()), 1..200),
        most in 2..40_usize,
        threshold in -5..70_i32,
    ) {
        let groups = ScoreGroups::from_rows(rows.iter().map(|&(score, y)| (f64::from(score), y))).unwrap();
        let stops = ThresholdStops::of(&groups, most);
        let exact = counts_at(&groups, f64::from(threshold));
        match stops.at(f64::from(threshold)).unwrap() {
            Located::Exact(counts) => prop_assert_eq!(counts, exact),
            Located::Between { fewer, more } => {
                prop_assert!(!stops.is_complete());
                prop_assert!(fewer.tp <= exact.tp && exact.tp <= more.tp);
                prop_assert!(fewer.fp <= exact.fp && exact.fp <= more.fp);
            }
        }
        // The hull's corners are always there.
        if let Ok(hull) = roc_hull(&groups) {
            for cut in hull {
                prop_assert!(stops.stops().iter().any(|stop| stop.interval.up_to == cut.threshold));
            }
        }
    }
}

/// In scikit-learn's order.
fn cells(counts: &BinaryCounts) -> Vec<u64> {
    vec![counts.tn, counts.fp, counts.fn_, counts.tp]
}
