//! Measures of drift against scipy, in bins that `drift.py` writes out; Evidently's tests against the package.

#![allow(clippy::unwrap_used, clippy::panic)]

mod reference;

use greenlight_metrics::NumberCollector;
use greenlight_metrics::chi_square::chi_square_upper_quantile;
use greenlight_metrics::drift::evidently::{self, Test, Tested};
use greenlight_metrics::drift::two_samples::kolmogorov_upper_tail;
use greenlight_metrics::drift::{
    BinCounts, DriftBins, TwoSamples, benjamini_hochberg, missing_change,
};
use reference::{assert_near, assert_value, cases, counts, doubles, list, read};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// Different values with the rows of each, the highest first.
type Tally = Vec<(f64, u64)>;

fn typed<T: DeserializeOwned>(json: &Json) -> T {
    serde_json::from_value(json.clone()).unwrap()
}

fn assert_counts(found: &BinCounts<'_>, expected: &Json, name: &str) {
    for (value, key) in [
        (found.psi(), "psi"),
        (found.jensen_shannon(), "jensen_shannon"),
        (found.chi_square(), "chi2"),
        (found.chi_square_p_value(), "chi2_p_value"),
        (found.l_infinity(), "l_infinity"),
        (found.psi_noise_floor(), "psi_noise_floor"),
        (
            found.jensen_shannon_noise_floor(),
            "jensen_shannon_noise_floor",
        ),
    ] {
        assert_value(value, &expected[key], &format!("{key} of {name}"));
    }
}

fn assert_numbers(reference: &Tally, current: &Tally, expected: &Json, name: &str) {
    let bins = DriftBins::of(reference);
    let (ranged, bounds) = match &bins {
        DriftBins::Values(values) => (false, values),
        DriftBins::Edges(edges) => (true, edges),
    };
    // The very edges: a value on one of them must fall on the same side.
    assert_eq!(ranged, expected["ranged"].as_bool().unwrap(), "{name}");
    assert_eq!(bounds, &doubles(&expected["bounds"]), "{name}");
    let (r, c) = (bins.count(reference), bins.count(current));
    assert_eq!(r, counts(&expected["reference_counts"]), "{name}");
    assert_eq!(c, counts(&expected["current_counts"]), "{name}");
    assert_counts(&BinCounts::new(&r, &c), expected, name);
    let samples = TwoSamples::new(reference, current);
    for (value, key) in [
        (samples.ks_statistic(), "ks_statistic"),
        (samples.ks_p_value(), "ks_p_value"),
        (samples.ks_noise_floor(), "ks_noise_floor"),
        (samples.wasserstein_normed(), "wasserstein_normed"),
    ] {
        assert_value(value, &expected[key], &format!("{key} of {name}"));
    }
}

#[test]
fn drift_of_real_columns_of_numbers() {
    for case in list(&read("drift.json")["numbers"]) {
        let name = case["name"].as_str().unwrap();
        let (reference, current): (Tally, Tally) =
            (typed(&case["reference"]), typed(&case["current"]));
        assert_numbers(&reference, &current, &case["expected"], name);
        let missing: Vec<u64> = typed(&case["missing"]);
        let side = |tally: &Tally, missing: u64| {
            let rows: u64 = tally.iter().map(|(_, rows)| rows).sum();
            (missing, rows + missing)
        };
        let change = missing_change(side(&reference, missing[0]), side(&current, missing[1]));
        assert_value(change, &case["missing_change"], name);
    }
}

#[test]
fn drift_of_columns_by_formula_up_to_a_million_rows() {
    for case in list(&read("drift.json")["formulas"]) {
        let [reference, current]: [Tally; 2] =
            typed::<[Formula; 2]>(&case["formula"]).map(|formula| drawn(&formula));
        let name = case["name"].as_str().unwrap();
        assert_numbers(&reference, &current, &case["expected"], name);
    }
}

#[test]
fn drift_of_categories() {
    for case in list(&read("drift.json")["categories"]) {
        let (r, c) = (counts(&case["reference"]), counts(&case["current"]));
        let name = case["name"].as_str().unwrap();
        assert_counts(&BinCounts::new(&r, &c), &case["expected"], name);
    }
}

#[test]
fn rejected_p_values() {
    for case in list(&read("drift.json")["false_discovery"]) {
        let rejected: Vec<bool> = typed(&case["rejected"]);
        assert_eq!(benjamini_hochberg(&doubles(&case["p"]), 0.05), rejected);
    }
}

#[test]
fn tails_and_quantiles() {
    let tails = &read("drift.json")["tails"];
    for (x, tail) in typed::<Vec<(f64, f64)>>(&tails["kolmogorov"]) {
        assert_near(
            kolmogorov_upper_tail(x),
            tail,
            &format!("Kolmogorov's tail at {x}"),
        );
    }
    for (tail, degrees, at) in typed::<Vec<(f64, u32, f64)>>(&tails["chi_square_quantiles"]) {
        let found = chi_square_upper_quantile(tail, degrees).unwrap();
        assert_near(found, at, &format!("quantile at {tail} of {degrees}"));
    }
}

#[test]
fn the_tests_that_evidently_chooses() {
    for case in cases("drift_evidently.json") {
        let what = case["name"].to_string();
        let found = match case.get("counts") {
            Some(pair) => {
                let [r, c]: [Vec<u64>; 2] = typed(pair);
                let pair = BinCounts::new(&r, &c);
                assert_distances(&pair, &case, &what);
                evidently::of_categories(&pair)
            }
            None => {
                let [reference, current]: [Tally; 2] = typed(&case["numbers"]);
                let samples = TwoSamples::new(&reference, &current);
                let (r, c) = evidently::bin_counts(&samples);
                assert_distances(&BinCounts::new(&r, &c), &case, &what);
                evidently::of_numbers(&samples)
            }
        };
        let Tested { test, value } = found.unwrap();
        let named = match test {
            Test::KolmogorovSmirnov => "K-S p_value",
            Test::ChiSquare => "chi-square p_value",
            Test::Proportions => "Z-test p_value",
            Test::Wasserstein => "Wasserstein distance (normed)",
            Test::JensenShannon => "Jensen-Shannon distance",
        };
        assert_eq!(named, case["test"], "{what}");
        let score = case["score"].as_f64().unwrap();
        match case["is_beyond_exact"].as_bool() {
            // scipy goes on with the one-sample distribution; the corrected limit is near it.
            Some(true) => assert!(
                (value / score - 1.0).abs() < 0.02,
                "{what}: {value} {score}"
            ),
            _ => assert_near(value, score, &what),
        }
        assert_eq!(test.has_drifted(value), case["drifted"], "{what}");
        assert_near(test.limit(), case["limit"].as_f64().unwrap(), &what);
    }
    for set in list(&read("drift_evidently.json")["data_sets"]) {
        let (drifted, columns): (usize, usize) = typed(&set["columns"]);
        assert_eq!(
            evidently::has_data_set_drifted(drifted, columns),
            set["drifted"],
            "{set}"
        );
    }
}

fn assert_distances(counts: &BinCounts<'_>, case: &Json, what: &str) {
    assert_value(
        evidently::psi(counts),
        &case["psi"],
        &format!("psi of {what}"),
    );
    let distance = evidently::jensen_shannon(counts);
    assert_value(
        distance,
        &case["jensen_shannon"],
        &format!("distance of {what}"),
    );
}

/// Shape, rows, seed, scale and shift.
type Formula = (String, u64, u64, f64, f64);

/// The rows of a formula, which `drift.py` has too.
fn drawn((shape, rows, seed, scale, shift): &Formula) -> Tally {
    let mut numbers = NumberCollector::default();
    for row in 0..*rows {
        let u = unit(row + seed);
        let value = match shape.as_str() {
            "flat" => u,
            "skewed" => u * u * u * u * 1e6,
            "heavy" => 1.0 / (1.0 - u) - 1.0,
            "spiked" if u < 0.45 => 0.0,
            "spiked" if u < 0.6 => 7.5,
            "spiked" => u * 100.0,
            "tied" => (u * 40.0).floor(),
            "few" => (u * 6.0).floor(),
            "constant" => 3.25,
            "far" => 1.7e9 + u,
            shape => panic!("{shape}"),
        };
        numbers.push(value * scale + shift, 1).unwrap();
    }
    numbers.distinct()
}

/// SplitMix64's output for this state, as a number from 0 to 1, 1 excluded.
fn unit(number: u64) -> f64 {
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}
