//! Every number on a sample is scikit-learn's, as `reference.py` wrote it down.

use serde_json::Value;

use crate::{SAMPLES, report, root};

/// Relative, or absolute below 1.
const TOLERANCE: f64 = 1e-9;

#[test]
fn numbers_are_those_of_scikit_learn() {
    let json = std::fs::read_to_string(root().join("tests/reference/samples.json")).unwrap();
    let reference: Value = serde_json::from_str(&json).unwrap();
    for name in SAMPLES {
        let report: Value = serde_json::from_str(&report(name).to_json().unwrap()).unwrap();
        let reference = &reference[name];
        compare(&report["overall"], &reference["overall"], name);
        let splits = reference["splits"].as_object().unwrap();
        assert_eq!(
            report["splits"].as_object().unwrap().len(),
            splits.len(),
            "{name}"
        );
        for (split, numbers) in splits {
            compare(
                &report["splits"][split],
                numbers,
                &format!("{name}, {split}"),
            );
        }
    }
}

/// Holds each number of the reference against the one of that name.
fn compare(evaluation: &Value, reference: &Value, place: &str) {
    for (key, expected) in reference.as_object().unwrap() {
        let place = format!("{place}: {key}");
        let computed = &evaluation[key];
        match (computed.as_f64(), expected.as_f64()) {
            // calibration.rs looks at it.
            _ if key == "calibration" => {}
            (_, None) => compare(computed, expected, &place),
            (Some(computed), Some(expected)) => {
                let error = (computed - expected).abs() / expected.abs().max(1.0);
                assert!(error <= TOLERANCE, "{place} is {computed}, not {expected}");
            }
            (None, Some(expected)) => panic!("{place} is {computed}, not {expected}"),
        }
    }
}
