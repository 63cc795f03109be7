//! Perturbed copies held against pandas: tests/reference/robustness.py makes the same file by the same recipe and writes what
//! their numbers must be.

use greenlight_data::Role;
use greenlight_readiness::{Choices, Metric, Policy, Profile, SourceReader, judge};
use serde_json::Value;
use std::path::Path;

use crate::inputs::{lines, unit};
use crate::segments::differ;

const VARIANTS: [&str; 5] = ["original", "blur", "noise", "crop", ""];

fn csv(rows: u64) -> String {
    lines("id,split,label,score,region,variant", rows, |row| {
        let is_first = row < rows / 5;
        let example = match is_first {
            true => row,
            false => (unit(row).powi(2) * rows as f64 / 6.0) as u64,
        };
        let variant = match is_first && row % 7 > 0 {
            true => VARIANTS[0],
            false => VARIANTS[(unit(row + 1_000_000) * 5.0) as usize],
        };
        let label = u8::from(unit(example + 2_000_000) < 0.4);
        let reach = match variant {
            "blur" => 0.6,
            "noise" => 0.2,
            "crop" => 0.4,
            _ => 0.0,
        };
        let away = (unit(row + 3_000_000) - 0.5) * reach;
        let score = 0.3 * f64::from(label) + 0.7 * unit(example + 4_000_000) + away;
        let split = if example % 4 == 0 { "train" } else { "test" };
        let region = (unit(example + 5_000_000).powi(2) * 3.0) as usize;
        let region = ["north", "south", "east"][region];
        format!("{example},{split},{label},{score},{region},{variant}")
    })
}

#[test]
fn perturbed_copies_agree_with_pandas() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reference/robustness.json");
    let reference: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let csv = csv(reference["rows"].as_u64().unwrap());
    let mut reader = SourceReader::new("robustness.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut choices = Choices {
        threshold: Some(0.5),
        ..Choices::default()
    };
    choices.set_role(Role::Segment, ["region"]);
    choices.set_role(Role::Variant, ["variant"]);
    choices.set_role(Role::Id, ["id"]);
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    let report = judge(&profile, &Policy::balanced());

    let mut criteria = report.criteria.iter();
    let gap = criteria.find(|criterion| criterion.metric == Metric::WeakestSegmentGap);
    let (gap, sentence) = gap
        .map(|gap| (Value::from(gap.value), &gap.reason))
        .unwrap();
    assert!(crate::golden::agree(
        &gap,
        &reference["weakest_segment_gap"]
    ));
    let weakest = reference["weakest_segment"].as_str().unwrap();
    assert!(
        sentence.contains(&format!("region = {weakest}")),
        "{sentence}"
    );

    let report: Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
    let (got, expected) = (&report["robustness"], &reference["robustness"]);
    let mut wrong = Vec::new();
    differ(got, expected, "", &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let keys = |of: &Value| of.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(got), keys(expected));
    assert_eq!(keys(&got["overall"]), keys(&expected["overall"]));
    assert_eq!(
        keys(&got["perturbations"]),
        keys(&expected["perturbations"])
    );
}
