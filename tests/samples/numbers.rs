//! Every number on a sample is scikit-learn's, as `reference.py` wrote it down.

use serde_json::Value;

use crate::compare::compare;
use crate::{SAMPLES, report, root};

#[test]
fn numbers_are_those_of_scikit_learn() {
    let json = std::fs::read_to_string(root().join("tests/reference/samples.json")).unwrap();
    let reference: Value = serde_json::from_str(&json).unwrap();
    for name in SAMPLES {
        let report: Value = serde_json::from_str(&report(name).to_json().unwrap()).unwrap();
        let reference = &reference[name];
        compare(&report["overall"], &evaluation(&reference["overall"]), name);
        let splits = reference["splits"].as_object().unwrap();
        assert_eq!(
            report["splits"].as_object().unwrap().len(),
            splits.len(),
            "{name}"
        );
        for (split, numbers) in splits {
            let place = format!("{name}, {split}");
            compare(&report["splits"][split], &evaluation(numbers), &place);
        }
    }
}

/// Without what calibration.rs looks at.
fn evaluation(reference: &Value) -> Value {
    let mut numbers = reference.as_object().unwrap().clone();
    numbers.remove("calibration");
    numbers.into()
}
