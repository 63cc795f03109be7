//! Intervals, the normal distribution and latencies against scipy and numpy.

#![allow(clippy::unwrap_used, clippy::panic)]

mod reference;

use greenlight_metrics::binomial::lower_tail_count;
use greenlight_metrics::{
    Interval, Latencies, PairedAnswers, Undefined, newcombe_difference, normal, wilson, wilson_at,
};
use reference::{assert_near, assert_value, cases, counts, doubles, list, read};
use serde_json::Value as Json;

#[track_caller]
fn assert_interval(got: Result<Interval, Undefined>, expected: &Json, what: &str) {
    assert_value(got.map(|interval| interval.low), &expected[0], what);
    assert_value(got.map(|interval| interval.high), &expected[1], what);
}

/// Relative agreement alone: tails and ends near 0 must be right in their own size.
#[track_caller]
fn assert_relative(got: f64, expected: f64, tolerance: f64) {
    assert!(
        (got - expected).abs() <= tolerance * expected.abs(),
        "got {got}, expected {expected}"
    );
}

#[test]
fn proportions() {
    let file = read("intervals.json");
    for case in list(&file["wilson"]) {
        let (k, n) = (case["k"].as_u64().unwrap(), case["n"].as_u64().unwrap());
        let got = wilson(k, n).unwrap();
        assert_relative(got.low, case["interval"][0].as_f64().unwrap(), 1e-11);
        assert_relative(got.high, case["interval"][1].as_f64().unwrap(), 1e-11);
    }
    for case in list(&file["newcombe"]) {
        let [k1, n1, k2, n2] = counts(&case["counts"])[..] else {
            panic!("four counts")
        };
        assert_interval(
            newcombe_difference(k1, n1, k2, n2),
            &case["interval"],
            &case.to_string(),
        );
    }
    assert_eq!(wilson(0, 0), Err(Undefined::NoRows));
    assert_eq!(wilson(2, 1), Err(Undefined::InvalidParameter));
    assert_eq!(wilson_at(1, 2, f64::NAN), Err(Undefined::InvalidParameter));
    assert_eq!(
        serde_json::to_string(&Interval {
            low: 0.25,
            high: 0.5
        })
        .unwrap(),
        "[0.25,0.5]"
    );
}

#[test]
fn differences_of_paired_proportions() {
    let file = read("intervals.json");
    for case in list(&file["newcombe_paired"]) {
        let [both, first, second, neither] = counts(&case["counts"])[..] else {
            panic!("four counts")
        };
        let pairs = both + first + second + neither;
        let found = PairedAnswers {
            pairs,
            first_right: both + first,
            right_to_wrong: first,
            wrong_to_right: second,
            flips: first + second,
            squared_copies: pairs,
        };
        let z = case["z"].as_f64().unwrap();
        assert_interval(
            found.accuracy_drop_interval(z),
            &case["interval"],
            &case.to_string(),
        );
        assert_eq!(found.second_right(), both + second);
    }
}

#[test]
fn normal_distribution() {
    let file = read("intervals.json");
    for case in list(&file["quantile"]) {
        let (p, x) = (case["p"].as_f64().unwrap(), case["x"].as_f64().unwrap());
        let got = normal::quantile(p).unwrap();
        assert!(
            (got - x).abs() <= 1e-13 * x.abs().max(1.0),
            "{p}: got {got}, expected {x}"
        );
    }
    for case in list(&file["cdf"]) {
        assert_relative(
            normal::cdf(case["x"].as_f64().unwrap()),
            case["p"].as_f64().unwrap(),
            1e-12,
        );
    }
    for p in [0.0, 1.0, -0.5, f64::NAN] {
        assert!(normal::quantile(p).is_err());
    }
    assert_eq!(
        (normal::cdf(f64::NEG_INFINITY), normal::cdf(f64::INFINITY)),
        (0.0, 1.0)
    );
}

#[test]
fn latencies() {
    for case in cases("latencies.json") {
        let (rows, expected, name) = (
            doubles(&case["latencies"]),
            &case["expected"],
            case["name"].to_string(),
        );
        let latencies = Latencies::from_rows(rows).unwrap();
        assert_value(latencies.mean(), &expected["mean"], &name);
        assert_value(
            latencies.over_budget_share(20.0),
            &expected["over_20"],
            &name,
        );
        for (percent, expected) in expected["percentiles"].as_object().unwrap() {
            // The same arithmetic gives the same double.
            assert_eq!(
                latencies.percentile(percent.parse().unwrap()).unwrap(),
                *expected,
                "{name}, {percent}"
            );
        }
        for (percent, expected) in expected["intervals"].as_object().unwrap() {
            let got = latencies
                .percentile_interval(percent.parse().unwrap())
                .unwrap();
            assert_eq!(
                serde_json::to_value(got).unwrap(),
                *expected,
                "{name}, {percent}"
            );
        }
    }
}

#[test]
fn ranks_of_percentile_intervals() {
    for case in list(&read("latencies.json")["ranks"]) {
        let (rows, percent) = (
            case["rows"].as_u64().unwrap(),
            case["percent"].as_f64().unwrap(),
        );
        let low = lower_tail_count(rows, percent / 100.0, 0.025);
        let high = rows - lower_tail_count(rows, 1.0 - percent / 100.0, 0.025) + 1;
        assert_eq!(
            (low > 0).then_some(low),
            case["ranks"][0].as_u64(),
            "{case}"
        );
        assert_eq!(
            (high <= rows).then_some(high),
            case["ranks"][1].as_u64(),
            "{case}"
        );
    }
}

#[test]
fn latencies_without_an_answer() {
    let none = Latencies::default();
    assert_eq!(none.mean(), Err(Undefined::NoLatencies));
    assert_eq!(none.percentile(50.0), Err(Undefined::NoLatencies));
    assert_eq!(none.over_budget_share(1.0), Err(Undefined::NoLatencies));
    let huge = Latencies::from_rows([f64::MAX, f64::MIN, f64::MAX]).unwrap();
    assert_eq!(huge.percentile(25.0), Err(Undefined::Overflow));
    let one = Latencies::from_rows([3.0]).unwrap();
    assert_eq!(one.percentile(101.0), Err(Undefined::InvalidParameter));
    assert_eq!(
        one.percentile_interval(50.0).map(<[Option<f64>; 2]>::from),
        Ok([None, None])
    );
    assert_near(one.percentile(99.9).unwrap(), 3.0, "one row");
}
