//! Policies as JSON: the schema, the way there and back, and what is said of mistakes.

use boon::{Compiler, SchemaIndex, Schemas};
use greenlight_readiness::monitoring::{MonitoringRule, Watched};
use greenlight_readiness::policy::{Margins, PRESETS};
use greenlight_readiness::{
    Criterion, DriftMethod, DriftSettings, Metric, Operator, Policy, Scope, Severity,
};
use serde_json::Value;
use std::path::Path;

use crate::{inputs, report};

/// The presets, a policy made from a report, and one with everything that can be said.
fn policies() -> Vec<Policy> {
    let presets = PRESETS
        .into_iter()
        .map(|name| Policy::preset(name).unwrap());
    let champion = report(&inputs::all()[0].1);
    let champion = Policy::no_worse_than(&champion, Margins::default()).unwrap();
    presets.chain([champion, everything()]).collect()
}

/// A policy with everything that can be said.
pub fn everything() -> Policy {
    let scopes = [
        Scope::Current,
        Scope::Reference,
        Scope::Overall,
        Scope::Split("te/st".to_owned()),
        Scope::Model("v1".to_owned()),
        Scope::Segment {
            column: "region".to_owned(),
            value: "north".to_owned(),
        },
    ];
    let metrics = Metric::ALL.iter().zip(scopes.iter().cycle());
    let criteria = metrics
        .enumerate()
        .map(|(index, (&metric, scope))| Criterion {
            scope: scope.clone(),
            minimum_rows: Some(index as u64),
            if_measured: index % 2 == 0,
            why: Some("“because”".to_owned()),
            ..Criterion::new(
                metric.name(),
                metric,
                Operator::Above,
                0.5,
                Severity::Should,
            )
        });
    let rules = Watched::all().map(|watched| MonitoringRule {
        feature: (watched == Watched::FeaturePsi).then(|| "age".to_owned()),
        minimum_rows: Some(50),
        ..MonitoringRule::new(watched.name(), watched, Operator::Below, 0.5).because("“because”")
    });
    Policy {
        name: "everything".to_owned(),
        description: String::new(),
        minimum_rows: 0,
        criteria: criteria.collect(),
        required_evidence: vec!["recall".to_owned()],
        drift: DriftSettings {
            method: DriftMethod::JensenShannon,
            limit: 0.2,
        },
        monitoring: rules.collect(),
    }
}

#[test]
fn policies_are_valid_by_their_schema_and_read_back() {
    let (schemas, schema) = compiled_schema();
    for policy in policies() {
        let json = policy.to_json().unwrap();
        let document: Value = serde_json::from_str(&json).unwrap();
        if let Err(error) = schemas.validate(&document, schema) {
            panic!("{}: {error:#}", policy.name);
        }
        assert_eq!(Policy::from_json(&json).unwrap(), policy);
    }
}

#[test]
fn the_schema_knows_every_metric() {
    let listed = read_schema()["$defs"]["criterion"]["properties"]["metric"]["enum"].clone();
    let names: Vec<&str> = Metric::ALL.iter().map(|metric| metric.name()).collect();
    assert_eq!(listed, Value::from(names));
    let listed = read_schema()["$defs"]["rule"]["properties"]["metric"]["enum"].clone();
    let names: Vec<&str> = Watched::all().map(Watched::name).collect();
    assert_eq!(listed, Value::from(names));
}

#[test]
fn mistakes_are_told_with_their_place_and_what_was_meant() {
    let (schemas, schema) = compiled_schema();
    let good = "{\n  \"name\": \"ours\",\n  \"criteria\": [\n    {\"name\": \"a\", \"metric\": \"recall\", \
                \"operator\": \">=\", \"limit\": 0.8, \"severity\": \"must\"},\n    {\"name\": \"b\", \
                \"metric\": \"accuracy\", \"operator\": \">=\", \"limit\": 0.9, \"severity\": \"should\"}\n  ],\n  \
                \"monitoring\": [\n    {\"name\": \"a\", \"metric\": \"latency_ms\", \"over\": \"rows\", \"operator\": \
                \"<=\", \"limit\": 100},\n    {\"name\": \"p\", \"metric\": \"feature_psi\", \"feature\": \"age\", \
                \"operator\": \"<=\", \"limit\": 0.2}\n  ]\n}\n";
    assert!(Policy::from_json(good).is_ok());
    for (from, to, place, message, by_schema) in [
        (
            "\"limit\": 0.9",
            "\"limti\": 0.9",
            "\"limti\"",
            "criteria[1].limti: unknown key; did you mean “limit”?",
            true,
        ),
        (
            "\"recall\"",
            "\"recal\"",
            "\"recal\"",
            "criteria[0].metric: there is no metric “recal”; did you mean “recall”?",
            true,
        ),
        (
            "\"must\"",
            "\"nice\"",
            "\"nice\"",
            "criteria[0].severity: there is no severity “nice”; there are must, should",
            true,
        ),
        (
            "0.8",
            "\"0.8\"",
            "\"0.8\"",
            "criteria[0].limit: a number is needed, not \"0.8\"",
            true,
        ),
        (
            "0.8",
            "80",
            "80",
            "criteria[0].limit: “>= 80” would always hold, or never: recall lies between 0 and 1; \
             did you mean 0.8?",
            true,
        ),
        (
            "\">=\", \"limit\": 0.9",
            "\">\", \"limit\": 1",
            "1, \"sev",
            "criteria[1].limit: “> 1” would always hold, or never: accuracy lies between 0 and 1",
            false,
        ),
        (
            "\"b\"",
            "\"a\"",
            "\"a\", \"metric\": \"accuracy\"",
            "criteria[1].name: criteria[0] is called “a” as well; names are unique",
            false,
        ),
        (
            "\"ours\"",
            "\"ours\", \"required_evidence\": [\"c\"]",
            "\"c\"",
            "required_evidence[0]: no criterion is called “c”",
            false,
        ),
        (
            ", \"severity\": \"must\"",
            "",
            "{\"name\": \"a\"",
            "criteria[0]: “severity” is missing",
            true,
        ),
        (
            "\"limit\": 0.8",
            "\"limit\": 0.8, \"scope\": {\"splti\": \"x\"}",
            "\"splti\"",
            "criteria[0].scope.splti: unknown key; did you mean “split”?",
            true,
        ),
        (
            "\"limit\": 0.8",
            "\"limit\": 0.8, \"scope\": {}",
            "{}",
            "criteria[0].scope: one of split, segment and model is needed",
            true,
        ),
        (
            "\"limit\": 0.8",
            "\"limit\": 0.8, \"minimum_rows\": -1",
            "-1",
            "criteria[0].minimum_rows: a whole number from 0 is needed, not -1",
            true,
        ),
        (
            "\"latency_ms\"",
            "\"latency_mms\"",
            "\"latency_mms\"",
            "monitoring[0].metric: there is no metric “latency_mms”; did you mean “latency_ms”?",
            true,
        ),
        (
            "\"over\": \"rows\"",
            "\"over\": \"windows\"",
            "\"windows\"",
            "monitoring[0].over: latency_ms is a number of rows, not of windows: write \"over\": \"rows\"",
            true,
        ),
        (
            "\"over\": \"rows\", ",
            "",
            "{\"name\": \"a\", \"metric\": \"latency_ms\"",
            "monitoring[0]: latency_ms is a number of rows, not of windows: write \"over\": \"rows\"",
            true,
        ),
        (
            "\"feature\": \"age\", ",
            "",
            "{\"name\": \"p\"",
            "monitoring[1]: “feature” is missing: the column whose drift is watched",
            true,
        ),
        (
            "\"feature_psi\"",
            "\"score_psi\"",
            "\"age\"",
            "monitoring[1].feature: score_psi is not of a feature",
            true,
        ),
        (
            "\"p\"",
            "\"a\"",
            "\"a\", \"metric\": \"feature_psi\"",
            "monitoring[1].name: monitoring[0] is called “a” as well; names are unique",
            false,
        ),
    ] {
        assert!(good.contains(from), "{from}");
        let wrong = good.replacen(from, to, 1);
        let before = wrong.split(place).next().unwrap();
        let line_start = before.rfind('\n').unwrap() + 1;
        let (line, column) = (before.lines().count(), before.len() - line_start + 1);
        let expected = format!("line {line}, column {column}: {message}");
        let error = Policy::from_json(&wrong).unwrap_err().to_string();
        assert_eq!(error, expected, "{wrong}");
        if by_schema {
            let document: Value = serde_json::from_str(&wrong).unwrap();
            assert!(schemas.validate(&document, schema).is_err(), "{wrong}");
        }
    }
    for (json, expected) in [
        ("", "line 1, column 1: EOF while parsing a value"),
        ("[]", "line 1, column 1: an object is needed, not a list"),
        (
            "{\"name\": \" \", \"criteria\": []}",
            "line 1, column 10: name: a name is needed\n\
             line 1, column 27: criteria: a policy asks for something: there is no criterion",
        ),
    ] {
        assert_eq!(Policy::from_json(json).unwrap_err().to_string(), expected);
    }
    for (to, expected) in [
        ("0.8, \"limit\": 0.9", "duplicate field `limit`"),
        ("0.8.1", "expected `,` or `}`"),
    ] {
        let error = Policy::from_json(&good.replacen("0.8", to, 1)).unwrap_err();
        let [problem] = &error.problems[..] else {
            panic!("{error}");
        };
        assert_eq!((problem.line, problem.message.as_str()), (4, expected));
    }
}

fn read_schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/policy.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn compiled_schema() -> (Schemas, SchemaIndex) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler
        .add_resource("policy.schema.json", read_schema())
        .unwrap();
    let index = compiler
        .compile("policy.schema.json", &mut schemas)
        .unwrap();
    (schemas, index)
}
