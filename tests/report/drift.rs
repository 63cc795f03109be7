//! The report's drift held against scipy: tests/reference/drift.py makes the same file by the same recipe and writes what its
//! numbers must be.

use greenlight_data::Role;
use greenlight_readiness::{
    Choices, DriftMethod, DriftSettings, Policy, Profile, SourceReader, judge,
};
use serde_json::Value;
use std::path::Path;

use crate::inputs::{lines, unit};
use crate::segments::differ;

fn csv(rows: u64) -> String {
    lines(
        "split,label,score,smooth,spiked,few,word,town,same",
        rows,
        |row| {
            let draw = |column: u64| unit(row + column * 1_000_000);
            let is_current = row % 3 != 0;
            let split = if is_current { "production" } else { "train" };
            let label = u8::from(draw(1) < if is_current { 0.5 } else { 0.4 });
            let smooth = draw(2) * if is_current { 1.25 } else { 1.0 };
            let spiked = if draw(3) < 0.5 { 0.0 } else { draw(4) };
            let few = (draw(5) * 7.0) as u64;
            let words = if is_current { 5.0 } else { 4.0 };
            let word = ["north", "south", "", "east", "new"][(draw(6) * words) as usize];
            let town = (draw(7).powi(2) * 80.0) as u64;
            format!(
                "{split},{label},{},{smooth},{spiked},{few},{word},town {town:02},7",
                draw(0)
            )
        },
    )
}

fn examined(rows: u64) -> Profile {
    let mut reader = SourceReader::new("drift.csv");
    reader.feed(csv(rows).as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut choices = Choices::default();
    choices.set_role(Role::Feature, ["smooth", "spiked", "few", "town", "same"]);
    choices.set_role(Role::Segment, ["word"]);
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    profile
}

#[test]
fn drift_agrees_with_scipy() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reference/drift_report.json");
    let reference: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let profile = examined(reference["rows"].as_u64().unwrap());
    let report = judge(&profile, &Policy::balanced()).to_json().unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    let drift = &report["drift"];
    assert_eq!(
        (&drift["reference_rows"], &drift["current_rows"]),
        (&1000.into(), &2000.into())
    );
    let mut wrong = Vec::new();
    for (name, expected) in reference["columns"].as_object().unwrap() {
        let got = match name.as_str() {
            "score" | "label" => &drift[name],
            "word" => &drift["segments"][name],
            name => &drift["features"][name],
        };
        differ(got, expected, name, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Numbers that do not exist say why.
    let note = |pointer: &str| {
        report["notes"][format!("/drift{pointer}")]
            .as_str()
            .unwrap()
    };
    assert_eq!(
        note("/features/same/psi"),
        "all rows of both sides have the same value"
    );
    assert_eq!(
        note("/features/town/ks_statistic"),
        "only numbers have this"
    );
    assert_eq!(
        note("/prediction"),
        "the score decides: what it becomes drifts as it does"
    );
    let new = &drift["segments"]["word"]["new_values"];
    assert_eq!(
        (&new["values"], &new["examples"]),
        (&1.into(), &serde_json::json!(["new"]))
    );
}

#[test]
fn a_policy_says_how_drift_is_measured() {
    let profile = examined(3_000);
    for method in DriftMethod::ALL {
        let policy = Policy {
            drift: DriftSettings::of(method),
            ..Policy::balanced()
        };
        let report: Value =
            serde_json::from_str(&judge(&profile, &policy).to_json().unwrap()).unwrap();
        let (smooth, town) = (
            &report["drift"]["features"]["smooth"],
            &report["drift"]["features"]["town"],
        );
        assert_eq!(smooth["method"], method.name());
        let of_words = if method.needs_numbers() {
            "psi"
        } else {
            method.name()
        };
        assert_eq!(town["method"], of_words);
        let key = match method {
            DriftMethod::Psi => "psi",
            DriftMethod::KolmogorovSmirnov => "ks_statistic",
            DriftMethod::Wasserstein | DriftMethod::EvidentlyDefaults => "wasserstein_normed",
            DriftMethod::JensenShannon => "jensen_shannon",
            DriftMethod::ChiSquare => "chi2",
            DriftMethod::LInfinity => "l_infinity",
        };
        // Of 1,000 rows Evidently still takes the p-value of Kolmogorov and Smirnov, by the exact distribution.
        match method {
            DriftMethod::EvidentlyDefaults => assert!(smooth["value"].as_f64().unwrap() < 1e-20),
            _ => assert_eq!(smooth["value"], smooth[key], "{key}"),
        }
        assert_eq!(smooth["drifted"], true, "{method:?}");
    }
}
