//! Reads the reference results and compares.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use greenlight_metrics::{ScoreGroups, Value};
use serde_json::Value as Json;

/// The reference file of this name.
pub fn read(name: &str) -> Json {
    let path = format!(
        "{}/../../tests/reference/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap()
}

/// The cases of the reference file of this name.
pub fn cases(name: &str) -> Vec<Json> {
    list(&read(name)["cases"]).clone()
}

/// A JSON array.
pub fn list(json: &Json) -> &Vec<Json> {
    json.as_array().unwrap()
}

/// A JSON array of doubles.
pub fn doubles(json: &Json) -> Vec<f64> {
    list(json)
        .iter()
        .map(|value| value.as_f64().unwrap())
        .collect()
}

/// A JSON array of counts.
pub fn counts(json: &Json) -> Vec<u64> {
    list(json)
        .iter()
        .map(|value| value.as_u64().unwrap())
        .collect()
}

/// The groups of a case with `y` and `scores`.
pub fn groups(case: &Json) -> ScoreGroups {
    let positives = list(&case["y"]).iter().map(|y| y == 1);
    ScoreGroups::from_rows(doubles(&case["scores"]).into_iter().zip(positives)).unwrap()
}

/// Asserts that two numbers agree to 1e-9 relative (1e-12 absolute where they are near 0).
#[track_caller]
pub fn assert_near(got: f64, expected: f64, what: &str) {
    let apart = (got - expected).abs();
    assert!(
        apart <= 1e-9 * expected.abs() || apart <= 1e-12,
        "{what}: got {got}, expected {expected}"
    );
}

/// Asserts that a metric agrees, `null` being undefined.
#[track_caller]
pub fn assert_value(got: Value, expected: &Json, what: &str) {
    match (got, expected.as_f64()) {
        (Ok(got), Some(expected)) => assert_near(got, expected, what),
        (Err(_), None) => assert!(expected.is_null(), "{what}: {expected}"),
        (got, _) => panic!("{what}: got {got:?}, expected {expected}"),
    }
}
