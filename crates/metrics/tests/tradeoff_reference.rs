//! The trade-off and recalibration against scikit-learn.

#![allow(clippy::unwrap_used, clippy::panic)]

mod reference;

use greenlight_metrics::*;
use proptest::prelude::*;
use reference::{assert_near, assert_value, cases, counts, doubles, groups, list};
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
        assert_constraints(&groups(&case), &case);
    }
}

#[test]
fn best_thresholds_and_costs() {
    for case in cases("tradeoff.json") {
        assert_best(&groups(&case), &case);
    }
}

/// Ties, rare positives, a constant score, and a million scores of which each is its own.
#[test]
fn a_million_rows() {
    for case in cases("tradeoff_large.json") {
        let (groups, name) = (million(&case), &case["name"]);
        assert_eq!(cuts(&groups).count() as u64, case["candidates"], "{name}");
        for expected in list(&case["cuts"]) {
            let threshold = expected["threshold"].as_f64().unwrap_or(f64::INFINITY);
            let found = counts_at(&groups, threshold);
            assert_eq!(
                cells(&found),
                counts(&expected["counts"]),
                "{name} at {threshold}"
            );
        }
        assert_constraints(&groups, &case);
        assert_best(&groups, &case);
        let sums = |pairs: &mut dyn Iterator<Item = [f64; 2]>| {
            let mut sums = [CompensatedSum::default(); 2];
            for pair in pairs {
                for (sum, term) in sums.iter_mut().zip(pair) {
                    sum.add(term);
                }
            }
            sums.map(|sum| sum.value())
        };
        let curve = precision_recall_curve(&groups).unwrap();
        let found = sums(&mut curve.map(|point| [point.precision, point.recall]));
        let curve = roc_curve(&groups).unwrap();
        let roc =
            sums(&mut curve.map(|point| [point.false_positive_rate, point.true_positive_rate]));
        for (key, found) in [("precision_recall_curve", found), ("roc_curve", roc)] {
            for (found, expected) in found.into_iter().zip(doubles(&case[key])) {
                assert_near(found, expected, &format!("{key} of {name}"));
            }
        }
        assert_value(roc_auc(&groups), &case["roc_auc"], "ROC AUC");
        assert_value(
            average_precision(&groups),
            &case["average_precision"],
            "average precision",
        );
        assert_stops(&groups);
    }
}

/// The stops that a slider has know every vertex of the hull, and bound what lies between them.
fn assert_stops(groups: &ScoreGroups) {
    let stops = ThresholdStops::of(groups, 1_024);
    for place in 0..=2_000 {
        let threshold = f64::from(place) / 2_000.0;
        let exact = counts_at(groups, threshold);
        let (fewer, more) = stops.at(threshold).unwrap().range();
        assert!(fewer.tp <= exact.tp && exact.tp <= more.tp);
        assert!(fewer.fp <= exact.fp && exact.fp <= more.fp);
    }
    for vertex in roc_hull(groups).unwrap() {
        let threshold = vertex.threshold.unwrap_or(f64::INFINITY);
        assert_eq!(stops.at(threshold), Some(Located::Exact(vertex.counts)));
    }
}

/// The rows of a large case, by the formula that `tradeoff.py` has too.
fn million(case: &Json) -> ScoreGroups {
    let (steps, odds) = (case["steps"].as_f64(), case["odds"].as_f64().unwrap());
    let rows = (0..1_000_000).map(|row| {
        let square = unit(2 * row) * unit(2 * row);
        let score = steps.map_or(square, |steps| (square * steps).floor() / steps);
        (score, unit(2 * row + 1) < odds * square)
    });
    ScoreGroups::from_rows(rows).unwrap()
}

/// SplitMix64's output for this state, as a number from 0 to 1, 1 excluded.
fn unit(number: u64) -> f64 {
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

fn assert_constraints(groups: &ScoreGroups, case: &Json) {
    for demand in list(&case["constraints"]) {
        let limit = demand["limit"].as_f64().unwrap();
        let constraint = match demand["kind"].as_str().unwrap() {
            "precision_at_least" => Constraint::PrecisionAtLeast(limit),
            "recall_at_least" => Constraint::RecallAtLeast(limit),
            _ => Constraint::AlertsAtMost(limit as u64),
        };
        let what = format!("{} {limit} of {}", demand["kind"], case["name"]);
        assert_point(constraint.best(groups), &demand["best"], &what);
    }
}

fn assert_best(groups: &ScoreGroups, case: &Json) {
    let named = [
        ("f1", Objective::F1),
        ("f0_5", Objective::FBeta(0.5)),
        ("f2", Objective::FBeta(2.0)),
        ("accuracy", Objective::Accuracy),
        ("balanced_accuracy", Objective::BalancedAccuracy),
        ("youden", Objective::Youden),
        ("matthews_corrcoef", Objective::MatthewsCorrcoef),
    ];
    let found = best_thresholds(groups, named.map(|(_, objective)| objective));
    for ((name, objective), found) in named.into_iter().zip(found) {
        let what = format!("best {name} of {}", case["name"]);
        assert_point(found, &case["best"]["objectives"][name], &what);
        assert_eq!(found, best_threshold(groups, objective), "{what}");
    }
    for expected in list(&case["best"]["costs"]) {
        let costs: CostMatrix = serde_json::from_value(expected["costs"].clone()).unwrap();
        let what = format!("cost by {costs:?} of {}", case["name"]);
        let found = best_threshold(groups, Objective::Cost(costs));
        assert_point(found, &expected["best"], &what);
    }
}

fn assert_point(found: Option<ThresholdPoint>, expected: &Json, what: &str) {
    assert_eq!(found.is_none(), expected.is_null(), "{what}");
    if let Some(found) = found {
        assert_eq!(found.threshold, expected["threshold"].as_f64(), "{what}");
        assert_eq!(cells(&found.counts), counts(&expected["counts"]), "{what}");
        assert_near(found.value, expected["value"].as_f64().unwrap(), what);
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
