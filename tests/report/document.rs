//! What holds for every report: the schema, a reason for each `null`, the order of the keys.

use boon::{Compiler, SchemaIndex, Schemas};
use greenlight_metrics::{Constraint, CostMatrix};
use greenlight_readiness::{AmountDemand, Choices, Demands, Report, ThresholdReport};
use serde_json::Value;
use std::path::Path;

use crate::policy::everything;
use crate::{inputs, report, report_by, report_in_chunks};

/// Every input with nothing settled, with all that can be asked of a threshold, and with all that a policy can ask.
fn reports() -> Vec<(String, Report)> {
    let demands = Demands {
        costs: Some(CostMatrix {
            tp: -2.0,
            fp: 1.0,
            fn_: 5.0,
            tn: 0.0,
        }),
        constraints: vec![
            Constraint::PrecisionAtLeast(1.0),
            Constraint::RecallAtLeast(0.8),
            Constraint::AlertsAtMost(0),
        ],
        ..Demands::default()
    };
    let demanding = Choices {
        demands,
        ..Choices::default()
    };
    let of = |(name, csv): (&str, String)| {
        let asked = report_in_chunks(csv.as_bytes(), &[csv.len().max(1)], &demanding);
        [
            (name.to_owned(), report(&csv)),
            (format!("{name}, with demands"), asked),
            (
                format!("{name}, by a policy that asks for everything"),
                report_by(&csv, &everything()),
            ),
        ]
    };
    let mut reports: Vec<(String, Report)> = inputs::all().into_iter().flat_map(of).collect();
    let amounts = Choices {
        demands: Demands {
            amount: Some(AmountDemand::lost("amount")),
            ..demanding.demands.clone()
        },
        ..Choices::default()
    };
    let csv =
        b"split,label,score,amount\ntrain,1,0.9,20\ntrain,0,0.4,\ntest,0,0.6,7.5\ntest,1,0.3,-2\n";
    let report = report_in_chunks(csv, &[csv.len()], &amounts);
    reports.push(("amounts".to_owned(), report));
    reports
}

#[test]
fn demands_and_what_others_see_are_among_the_reports() {
    let has = |what: &dyn Fn(&ThresholdReport) -> bool| {
        let reports = reports();
        reports
            .iter()
            .any(|(_, report)| report.threshold.as_ref().is_some_and(what))
    };
    assert!(has(&|threshold| threshold
        .best
        .cost
        .as_ref()
        .is_some_and(|cost| cost.seen.is_some())));
    assert!(has(&|threshold| threshold
        .amounts
        .as_ref()
        .is_some_and(|amounts| amounts.rows_without == 1)));
    assert!(has(&|threshold| threshold
        .constraints
        .iter()
        .any(|demand| demand.point.is_none())));
}

#[test]
fn every_report_is_valid_by_its_schema() {
    let (schemas, report_schema) = compiled_schema();
    for (name, report) in reports() {
        let document: Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
        if let Err(error) = schemas.validate(&document, report_schema) {
            panic!("{name}: {error:#}");
        }
    }
}

#[test]
fn the_schema_is_strict() {
    let (schemas, report_schema) = compiled_schema();
    let csv = &inputs::all()[0].1;
    let good: Value = serde_json::from_str(&report(csv).to_json().unwrap()).unwrap();
    for (pointer, wrong) in [
        ("/schema", Value::from("greenlight.report/2")),
        ("/verdict", Value::from("maybe")),
        ("/overall/accuracy", Value::from(1.5)),
        ("/overall/rows", Value::from(1.5)),
        ("/overall/confusion_matrix/0/0", Value::Null),
        ("/criteria/0/outcome", Value::from("passed")),
        ("/sources/0/sha256", Value::from("abc")),
        ("/reasons", Value::from("because")),
        ("/calibration/overall/bins/0/share", Value::from(1.5)),
        ("/calibration/overall/slope", Value::from("steep")),
        ("/settings/threshold_rule", Value::from("score > threshold")),
        ("/checklist/score", Value::from(7.5)),
        ("/checklist/sections/data", Value::from(0.25)),
        ("/checklist/items/0/level", Value::from("done")),
    ] {
        let mut document = good.clone();
        *document.pointer_mut(pointer).unwrap() = wrong;
        assert!(
            schemas.validate(&document, report_schema).is_err(),
            "{pointer}"
        );
    }
    for pointer in [
        "",
        "/overall",
        "/overall/macro",
        "/roles",
        "/settings",
        "/windows/0",
        "/criteria/0",
        "/calibration",
        "/checklist",
        "/checklist/sections",
        "/checklist/items/0",
        "/calibration/overall",
        "/calibration/splits/test/intervals",
        "/calibration/overall/bins/0",
    ] {
        let mut document = good.clone();
        let object = document
            .pointer_mut(pointer)
            .unwrap()
            .as_object_mut()
            .unwrap();
        object.insert("surprise".to_owned(), Value::from(1));
        assert!(
            schemas.validate(&document, report_schema).is_err(),
            "{pointer} with one key more"
        );
        let object = document
            .pointer_mut(pointer)
            .unwrap()
            .as_object_mut()
            .unwrap();
        object.remove("surprise");
        let first = object.keys().next().unwrap().clone();
        object.remove(&first);
        assert!(
            schemas.validate(&document, report_schema).is_err(),
            "{pointer} without {first}"
        );
    }
}

#[test]
fn every_null_has_its_reason() {
    let mut wrong = Vec::new();
    for (name, report) in reports() {
        let document: Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
        let notes = document["notes"].as_object().unwrap();
        nulls(&document, String::new(), &mut |pointer| {
            // A role that no column plays says all there is to say.
            if !pointer.starts_with("/roles/") && !notes.contains_key(&pointer) {
                wrong.push(format!("{name}: null without a note at {pointer}"));
            }
        });
        for pointer in notes.keys() {
            let about_a_number = [
                "/roles/score",
                "/roles/class_scores",
                "/robustness/clean_by",
                "/robustness/compared_by",
                "/robustness/perturbations",
                "/overall/rows",
                "/windows",
                "/settings/range",
                "/models",
            ]
            .contains(&pointer.as_str())
                || pointer.starts_with("/segments/") && pointer.matches('/').count() == 2
                || pointer.starts_with("/splits/") && pointer.ends_with("/rows");
            if document.pointer(pointer) != Some(&Value::Null) && !about_a_number {
                wrong.push(format!("{name}: a note on {pointer}, which is no null"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reports_read_back_to_the_last_bit() {
    for (name, report) in reports() {
        let json = report.to_json().unwrap();
        assert_eq!(
            serde_json::from_str::<Report>(&json).unwrap(),
            report,
            "{name}"
        );
    }
}

#[test]
fn keys_stand_in_the_order_of_the_contract() {
    let schema = read_schema();
    let required = |pointer: &str| -> Vec<String> {
        serde_json::from_value(schema.pointer(pointer).unwrap().clone()).unwrap()
    };
    for (name, csv) in inputs::all() {
        let json = report(&csv).to_json().unwrap();
        assert_eq!(keys(&json, "{", 0), required("/required"), "{name}");
        let evaluation = required("/$defs/evaluation/required");
        assert_eq!(keys(&json, "\"overall\": {", 2), evaluation, "{name}");
        assert_eq!(
            keys(&json, "\"settings\": {", 2),
            required("/properties/settings/required"),
            "{name}"
        );
        assert_eq!(
            keys(&json, "\"roles\": {", 2),
            required("/properties/roles/required"),
            "{name}"
        );
    }
}

/// Calls `found` with the JSON Pointer of each `null`.
fn nulls(value: &Value, pointer: String, found: &mut impl FnMut(String)) {
    match value {
        Value::Null => found(pointer),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                nulls(item, format!("{pointer}/{index}"), found);
            }
        }
        Value::Object(object) => {
            for (key, item) in object {
                let key = key.replace('~', "~0").replace('/', "~1");
                nulls(item, format!("{pointer}/{key}"), found);
            }
        }
        _ => {}
    }
}

/// The keys, in order, of the object that the line `opening` begins, indented by so many spaces.
fn keys(json: &str, opening: &str, indent: usize) -> Vec<String> {
    let space = " ".repeat(indent);
    let opening = format!("{space}{opening}");
    let inside = json.lines().skip_while(|line| *line != opening).skip(1);
    let inside = inside.take_while(|line| line.trim_end_matches(',') != format!("{space}}}"));
    let key = |line: &str| {
        let line = line.strip_prefix(&space)?.strip_prefix("  \"")?;
        Some(line.split_once("\":")?.0.to_owned())
    };
    inside.filter_map(key).collect()
}

fn read_schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/report.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn compiled_schema() -> (Schemas, SchemaIndex) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler
        .add_resource("report.schema.json", read_schema())
        .unwrap();
    let index = compiler
        .compile("report.schema.json", &mut schemas)
        .unwrap();
    (schemas, index)
}

#[test]
fn why_a_report_cannot_be_shown_again_is_a_note_of_it() {
    let report = report("label,prediction\n1,1\n0,0\n").without_live("it is too large");
    let document: Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
    assert_eq!(document["notes"]["/live"], "it is too large");
    assert!(document.get("live").is_none());
    let (schemas, index) = compiled_schema();
    assert!(schemas.validate(&document, index).is_ok());
}
