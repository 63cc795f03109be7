//! Costs by amounts against sums and searches in exact fractions.

#![allow(clippy::unwrap_used, clippy::panic)]

mod reference;

use greenlight_metrics::*;
use reference::{assert_near, cases, list, read};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// Score, whether it is positive, how many rows, and the amount of each.
type Row = (f64, u8, u64, f64);

fn typed<T: DeserializeOwned>(json: &Json) -> T {
    serde_json::from_value(json.clone()).unwrap()
}

fn sums(rows: &[Row]) -> (ScoreGroups, AmountSums) {
    let mut scores = ScoreCollector::default();
    for &(score, positive, count, _) in rows {
        scores.push(score, positive == 1, count).unwrap();
    }
    let groups = scores.finish();
    let largest = rows.iter().map(|row| row.3.abs()).fold(0.0, f64::max);
    let mut amounts = AmountCollector::new(&groups, largest);
    for &(score, positive, count, amount) in rows {
        amounts.push(score, positive == 1, count, amount).unwrap();
    }
    let sums = amounts.finish();
    (groups, sums)
}

#[test]
fn amounts_at_every_distinct_score() {
    for case in cases("amounts.json") {
        let (groups, sums) = sums(&typed::<Vec<Row>>(&case["rows"]));
        for cut in list(&case["cuts"]) {
            let threshold = cut["threshold"].as_f64().unwrap_or(f64::INFINITY);
            let found = amounts_at(&groups, &sums, threshold);
            // Exact sums, rounded once: not a bit is off.
            let expected: BinaryAmounts = typed(&cut["amounts"]);
            assert_eq!(found, expected, "{} at {threshold}", case["name"]);
        }
    }
}

#[test]
fn the_cheapest_threshold() {
    for case in cases("amounts.json") {
        let (groups, sums) = sums(&typed::<Vec<Row>>(&case["rows"]));
        for best in list(&case["best"]) {
            assert_cheapest(&groups, &sums, best, &case["name"].to_string());
        }
    }
}

/// The rows of the large case, by the formula that `amounts.py` has too.
#[test]
fn a_million_rows() {
    let rows: Vec<Row> = (0..1_000_000)
        .map(|row| {
            let first = unit(3 * row);
            let positive = unit(3 * row + 1) < 0.02 * first;
            let amount = (10_000.0 * unit(3 * row + 2)).floor();
            (first * first, u8::from(positive), 1, amount)
        })
        .collect();
    let (groups, sums) = sums(&rows);
    assert_cheapest(&groups, &sums, &read("amounts.json")["large"], "large");
}

fn assert_cheapest(groups: &ScoreGroups, sums: &AmountSums, expected: &Json, name: &str) {
    let costs = RowCosts {
        fixed: typed(&expected["fixed"]),
        factors: typed(&expected["factors"]),
    };
    let found = cheapest_threshold(groups, sums, &costs).unwrap();
    let what = format!("{name} by {costs:?}");
    assert_eq!(found.threshold, expected["threshold"].as_f64(), "{what}");
    let counts = &expected["counts"];
    let counts = ["tp", "fp", "fn", "tn"].map(|cell| counts[cell].as_u64().unwrap());
    let BinaryCounts { tp, fp, fn_, tn } = found.counts;
    assert_eq!([tp, fp, fn_, tn], counts, "{what}");
    assert_near(found.value, expected["value"].as_f64().unwrap(), &what);
}

/// SplitMix64's output for this state, as a number from 0 to 1, 1 excluded.
fn unit(number: u64) -> f64 {
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}
