//! The checklist: the form by its schema, and the report with what was attested.

use boon::{Compiler, Schemas};
use greenlight_readiness::checklist::{Attestation, Attestations, ITEMS, Level};
use greenlight_readiness::{Choices, Report};
use serde_json::{Value, json};
use std::path::Path;

use crate::{inputs, report, report_in_chunks};

fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs")
        .join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn is_valid(schema: &str, document: &Value) -> bool {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource(schema, read(schema)).unwrap();
    let index = compiler.compile(schema, &mut schemas).unwrap();
    schemas.validate(document, index).is_ok()
}

/// Each level in turn, with a note of its own.
fn attested() -> Attestations {
    let mut attested = Attestations::default();
    for (item, level) in ITEMS.iter().zip(Level::ALL.into_iter().cycle()) {
        let note = format!("see {}", item.name);
        attested.set(item, Attestation { level, note });
    }
    attested
}

#[test]
fn the_form_is_valid_by_its_schema_which_names_every_item() {
    for form in [Attestations::default(), attested()] {
        let document: Value = serde_json::from_str(&form.to_json().unwrap()).unwrap();
        assert!(is_valid("checklist.schema.json", &document));
    }
    let schema = read("checklist.schema.json");
    let named = schema["properties"]["items"]["properties"]
        .as_object()
        .unwrap();
    let mut names = ITEMS.map(|item| item.name);
    names.sort_unstable();
    assert_eq!(named.keys().map(String::as_str).collect::<Vec<_>>(), names);
}

#[test]
fn schema_and_reader_refuse_the_same() {
    let good: Value = serde_json::from_str(&attested().to_json().unwrap()).unwrap();
    for (pointer, wrong) in [
        ("/schema", json!("greenlight.checklist/2")),
        ("/items", json!([])),
        ("/items/rollback", json!("done")),
        ("/items/rollback/level", json!("done")),
        ("/items/rollback/level", json!(1)),
        ("/items/rollback/note", json!(null)),
    ] {
        let mut document = good.clone();
        *document.pointer_mut(pointer).unwrap() = wrong;
        assert!(!is_valid("checklist.schema.json", &document), "{pointer}");
        assert!(
            Attestations::from_json(&document.to_string()).is_err(),
            "{pointer}"
        );
    }
    for pointer in ["", "/items", "/items/rollback"] {
        let mut document = good.clone();
        document.pointer_mut(pointer).unwrap()["surprise"] = json!({});
        assert!(!is_valid("checklist.schema.json", &document), "{pointer}");
        assert!(
            Attestations::from_json(&document.to_string()).is_err(),
            "{pointer}"
        );
    }
    let few =
        json!({"schema": "greenlight.checklist/1", "items": {"canary": {"level": "automated"}}});
    assert!(is_valid("checklist.schema.json", &few));
    assert!(Attestations::from_json(&few.to_string()).is_ok());
}

#[test]
fn a_report_with_what_was_attested_is_valid_and_reads_back() {
    for (name, csv) in inputs::all() {
        let with = report(&csv).with_attestations(&attested());
        let json = with.to_json().unwrap();
        let document: Value = serde_json::from_str(&json).unwrap();
        assert!(is_valid("report.schema.json", &document), "{name}");
        assert!(document["checklist"]["score"].is_number(), "{name}");
        assert_eq!(
            serde_json::from_str::<Report>(&json).unwrap(),
            with,
            "{name}"
        );
    }
}

#[test]
fn a_report_from_before_the_checklist_still_reads() {
    let csv = b"label,prediction\n1,1\n0,0\n";
    let report = report_in_chunks(csv, &[csv.len()], &Choices::default());
    let mut document: Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
    document
        .as_object_mut()
        .unwrap()
        .remove("checklist")
        .unwrap();
    let old: Report = serde_json::from_value(document).unwrap();
    assert_eq!(old.checklist.items.len(), ITEMS.len());
    assert_eq!(old.verdict, report.verdict);
}
