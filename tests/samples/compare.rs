//! How computed numbers are held against those of a reference.

use serde_json::Value;

/// Relative, or absolute below 1.
const TOLERANCE: f64 = 1e-9;

/// Holds all that the reference has against what is at the same place: numbers to 1e-9, all else to the letter.
pub fn compare(computed: &Value, expected: &Value, place: &str) {
    match (computed, expected) {
        (Value::Object(computed), Value::Object(expected)) => {
            for (key, expected) in expected {
                let place = format!("{place}: {key}");
                let computed = computed.get(key);
                compare(
                    computed.unwrap_or_else(|| panic!("there is no {place}")),
                    expected,
                    &place,
                );
            }
        }
        (Value::Array(computed), Value::Array(expected)) => {
            assert_eq!(computed.len(), expected.len(), "{place}");
            for (index, (computed, expected)) in computed.iter().zip(expected).enumerate() {
                compare(computed, expected, &format!("{place}/{index}"));
            }
        }
        _ => match (computed.as_f64(), expected.as_f64()) {
            (Some(computed), Some(expected)) => {
                let error = (computed - expected).abs() / expected.abs().max(1.0);
                assert!(error <= TOLERANCE, "{place} is {computed}, not {expected}");
            }
            _ => assert_eq!(computed, expected, "{place}"),
        },
    }
}
