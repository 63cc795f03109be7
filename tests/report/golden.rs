//! Whole reports held against scikit-learn: tests/reference/generate.py makes the same files by the same
//! recipe and writes what their numbers must be.

use serde_json::Value;
use std::path::Path;

use crate::inputs::unit;
use crate::report;

#[test]
fn whole_reports_agree_with_scikit_learn() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reference/reports.json");
    let reference: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = reference["cases"].as_array().unwrap();
    assert!(cases.len() > 10);
    let mut wrong = Vec::new();
    for case in cases {
        let report = report(&Recipe::of(case).csv());
        let report: Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
        for (pointer, expected) in case["overall"].as_object().unwrap() {
            let got = report["overall"].pointer(pointer);
            if !got.is_some_and(|got| agree(got, expected)) {
                let name = &case["name"];
                wrong.push(format!(
                    "{name} {pointer}: got {got:?}, expected {expected}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Counts and what is undefined to the letter, doubles to 1e-9 relative (1e-12 near 0).
pub fn agree(got: &Value, expected: &Value) -> bool {
    match (got.as_f64(), expected.as_f64()) {
        (Some(got), Some(expected)) => {
            let apart = (got - expected).abs();
            apart <= 1e-9 * expected.abs() || apart <= 1e-12
        }
        _ => got == expected,
    }
}

/// What the rows of a case are drawn by; the fields are those of the case.
struct Recipe {
    classes: Vec<String>,
    labels: usize,
    rows: u64,
    scores: Option<String>,
    scale: f64,
    prediction: bool,
    ties: bool,
    count: bool,
    calls: bool,
}

const STATUS: [&str; 5] = ["200", "0", "ok", "500", "timeout"];

impl Recipe {
    fn of(case: &Value) -> Self {
        let flag = |key: &str| case[key].as_bool().unwrap();
        Self {
            classes: serde_json::from_value(case["classes"].clone()).unwrap(),
            labels: case["labels"].as_u64().unwrap() as usize,
            rows: case["rows"].as_u64().unwrap(),
            scores: case["scores"].as_str().map(str::to_owned),
            scale: case["scale"].as_f64().unwrap(),
            prediction: flag("prediction"),
            ties: flag("ties"),
            count: flag("count"),
            calls: flag("calls"),
        }
    }

    fn csv(&self) -> String {
        let mut header = vec!["label".to_owned()];
        if self.prediction {
            header.push("prediction".to_owned());
        }
        match self.scores.as_deref() {
            Some("classes") => {
                header.extend(self.classes.iter().map(|class| format!("proba_{class}")));
            }
            Some(_) => header.push("score".to_owned()),
            None => {}
        }
        if self.count {
            header.push("count".to_owned());
        }
        if self.calls {
            header.extend(["error", "cost"].map(str::to_owned));
        }
        let mut csv = header.join(",") + "\n";
        for row in 0..self.rows {
            csv.push_str(&self.row(row).join(","));
            csv.push('\n');
        }
        csv
    }

    fn row(&self, row: u64) -> Vec<String> {
        let (classes, labels) = (self.classes.len(), self.labels);
        let below = |share: f64, count: usize| (share * count as f64) as usize;
        let u = drawn(1, row);
        let label = match row as usize {
            row if row < labels => row,
            _ => below(u * u, labels).min(labels - 1),
        };
        let status = STATUS[below(drawn(7, row), STATUS.len())];
        // A call that failed gives no answer.
        let answered = |text: String| match self.calls && ["500", "timeout"].contains(&status) {
            true => String::new(),
            false => text,
        };
        let mut cells = vec![answered(self.classes[label].clone())];
        if self.prediction {
            let predicted = match drawn(3, row) < 0.8 {
                true => label,
                false => below(drawn(4, row), classes),
            };
            cells.push(answered(self.classes[predicted].clone()));
        }
        let tied = |score: f64| match self.ties {
            true => (score * 20.0).floor() / 20.0,
            false => score,
        };
        match self.scores.as_deref() {
            Some("classes") => {
                let raw: Vec<f64> = (0..classes)
                    .map(|class| {
                        let favour = if class == label { 0.6 } else { 0.0 };
                        drawn(2, row * classes as u64 + class as u64) + favour
                    })
                    .collect();
                let total = raw.iter().fold(0.0, |sum, one| sum + one);
                let scores = raw.iter().map(|one| tied(one / total * self.scale));
                cells.extend(scores.map(|score| answered(score.to_string())));
            }
            Some(_) => {
                let favour = if label == classes - 1 { 0.3 } else { 0.0 };
                let score = tied(0.7 * drawn(2, row) + favour);
                cells.push(answered(score.to_string()));
            }
            None => {}
        }
        if self.count {
            cells.push(below(drawn(6, row), 6).to_string());
        }
        if self.calls {
            let cost = drawn(8, row) / 1000.0;
            cells.push(status.to_owned());
            cells.push(match drawn(9, row) < 0.1 {
                true => String::new(),
                false => cost.to_string(),
            });
        }
        cells
    }
}

fn drawn(series: u64, row: u64) -> f64 {
    unit(series * 1_000_003 + row)
}
