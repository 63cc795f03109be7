//! The report's segments held against pandas and scikit-learn: tests/reference/segments.py makes the same file by the same
//! recipe and writes what their numbers must be.

use greenlight_data::Role;
use greenlight_readiness::examination::Fairness;
use greenlight_readiness::{Choices, Policy, Profile, SourceReader, judge};
use serde_json::Value;
use std::path::Path;

use crate::golden::agree;
use crate::inputs::{lines, unit};

fn csv(rows: u64) -> String {
    lines("label,score,region,plan,split,latency_ms", rows, |row| {
        let score = unit(row);
        let label = u8::from(unit(row + 1_000_000) < score);
        let region = (unit(row + 2_000_000) * 5.0) as usize;
        let region = ["north", "south", "", "east", "a/b"][region];
        let plan = (unit(row + 3_000_000).powi(2) * 4.0) as u64;
        let split = if row % 3 == 0 { "train" } else { "test" };
        let latency = (unit(row + 4_000_000) * 1_000.0) as u64;
        format!("{label},{score},{region},{plan},{split},{latency}")
    })
}

#[test]
fn segments_agree_with_pandas_and_scikit_learn() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reference/segments.json");
    let reference: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut reader = SourceReader::new("segments.csv");
    let csv = csv(reference["rows"].as_u64().unwrap());
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut choices = Choices::default();
    choices.set_role(Role::Segment, ["region", "plan"]);
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();

    let report = judge(&profile, &Policy::balanced()).to_json().unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    let (got, expected) = (&report["segments"], &reference["segments"]);
    let mut wrong = Vec::new();
    differ(got, expected, "", &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for column in ["region", "plan"] {
        let values = |of: &Value| {
            of[column]
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(values(got), values(expected));
    }

    let columns = &profile.examination.as_ref().unwrap().segments.columns;
    let region = columns
        .iter()
        .find(|column| column.column == "region")
        .unwrap();
    let fairness = Fairness::of(region, &profile.classes).unwrap();
    let selection = fairness.disparity.selection.unwrap();
    for (name, got) in [
        ("demographic_parity_difference", selection.difference),
        ("demographic_parity_ratio", selection.ratio.unwrap()),
        (
            "equalized_odds_difference",
            fairness.disparity.equalized_odds_difference().unwrap(),
        ),
    ] {
        assert!(
            agree(&Value::from(got), &reference["fairness"][name]),
            "{name}"
        );
    }
}

/// Every number that is expected, where it is another one.
pub fn differ(got: &Value, expected: &Value, place: &str, wrong: &mut Vec<String>) {
    if let (Some(got), Some(expected)) = (got.as_array(), expected.as_array()) {
        assert_eq!(got.len(), expected.len(), "{place}");
        for (at, (got, expected)) in got.iter().zip(expected).enumerate() {
            differ(got, expected, &format!("{place}/{at}"), wrong);
        }
        return;
    }
    match expected.as_object() {
        None if agree(got, expected) => {}
        None => wrong.push(format!("{place}: got {got}, expected {expected}")),
        Some(expected) => {
            for (key, expected) in expected {
                differ(&got[key], expected, &format!("{place}/{key}"), wrong);
            }
        }
    }
}
