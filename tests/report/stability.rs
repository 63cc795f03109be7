//! Repeated ids, models, windows and what is expected without labels, held against pandas, scipy, statsmodels and scikit-learn:
//! tests/reference/stability.py makes the same file by the same recipe and writes what its numbers must be.

use std::path::Path;

use greenlight_data::Role;
use greenlight_readiness::{Choices, Policy, Profile, SourceReader, WindowRule, judge};
use serde_json::Value;

use crate::inputs::{lines, unit};
use crate::segments::differ;

const START: u64 = 1_740_960_000_000;
const STEP: u64 = 1_500_000;

fn csv(rows: u64) -> String {
    lines("id,timestamp,model,split,label,score", rows, |row| {
        let (example, model) = (row / 2, row % 2);
        let question = (unit(example) * rows as f64 / 6.0) as u64;
        let label = u8::from(unit(question + 2_000_000) < 0.4);
        let reach = if example < rows / 3 { 0.75 } else { 0.95 };
        let score = 0.5 * (1.0 - reach)
            + 0.2 * f64::from(label)
            + (reach - 0.1 * model as f64) * 0.8 * unit(row + 4_000_000);
        let is_reference = example < rows / 6;
        let split = if is_reference {
            "reference"
        } else {
            "production"
        };
        let label = match !is_reference && unit(row + 6_000_000) < 0.2 {
            true => String::new(),
            false => label.to_string(),
        };
        let (time, model) = (START + STEP * example, model + 1);
        format!("q{question},{time},v{model},{split},{label},{score}")
    })
}

#[test]
fn what_happens_over_time_and_between_models_agrees_with_pandas_and_scipy() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reference/stability.json");
    let reference: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let expected = &reference["file"];
    let csv = csv(expected["rows"].as_u64().unwrap());
    let mut reader = SourceReader::new("stability.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut choices = Choices {
        threshold: Some(0.5),
        window: WindowRule::Days,
        ..Choices::default()
    };
    choices.set_role(Role::Model, ["model"]);
    choices.set_role(Role::Id, ["id"]);
    choices.set_role(Role::Timestamp, ["timestamp"]);
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    let report = judge(&profile, &Policy::balanced());
    let got: Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
    let mut wrong = Vec::new();
    for key in ["stability", "comparisons", "estimate"] {
        differ(&got[key], &expected[key], key, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Scores vary more from the middle of the file on, and nobody told the program where that is.
    let changes = got["stability"]["change_points"].as_array().unwrap();
    assert!(!changes.is_empty(), "{got}");
    let windows = got["estimate"]["windows"].as_array().unwrap();
    assert_eq!(windows.len(), got["windows"].as_array().unwrap().len());
}
