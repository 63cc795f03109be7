//! The samples that the page offers: small, read without a question, and as good or bad as their cards say.

mod calibration;
mod cards;
mod compare;
mod numbers;
mod over_time;

use greenlight_readiness::{Choices, Policy, Profile, Report, Source, SourceReader, judge};
use std::path::{Path, PathBuf};

/// All of them.
const SAMPLES: [&str; 5] = ["flights", "bicycles", "breast_cancer", "digits", "matrix"];
/// What a visitor on a slow line still has at once.
const MOST_BYTES: u64 = 600_000;

#[test]
fn the_folder_holds_these_samples_and_each_is_small() {
    let mut found: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    let mut expected = SAMPLES.map(|name| format!("{name}.csv"));
    expected.sort();
    assert_eq!(found, expected);
    for file in found {
        let bytes = std::fs::metadata(folder().join(&file)).unwrap().len();
        assert!(bytes < MOST_BYTES, "{file} has {bytes} bytes");
    }
}

#[test]
fn every_row_is_used() {
    for (name, lines) in SAMPLES.into_iter().zip([5_000, 7_875, 569, 1_797, 4]) {
        let report = report(name);
        let source = &report.sources[0];
        assert_eq!(source.lines, lines, "{name}");
        assert_eq!(source.rows_used, source.rows, "{name}");
        assert!(source.rejected.is_empty(), "{name}: {:?}", source.rejected);
    }
}

#[test]
fn every_column_is_taken_for_what_it_is() {
    let roles = |name: &str| {
        let source = source(name);
        let table = &source.table;
        let role = |(id, column): (_, &greenlight_data::Column)| {
            let role = source.guesses.roles.of_column(id).unwrap();
            format!("{}={}", column.name, role.name())
        };
        let roles: Vec<String> = table.columns_with_ids().map(role).collect();
        roles.join(" ")
    };
    assert_eq!(
        roles("flights"),
        "time_hour=timestamp split=split carrier=segment origin=segment dest=feature distance=feature \
         wind_speed=feature precip=feature visib=feature cancelled=label prediction=prediction \
         score=score latency_ms=latency"
    );
    assert_eq!(
        roles("bicycles"),
        "time=timestamp split=split weekday=segment working_day=feature hour=feature temperature=feature \
         humidity=feature wind_speed=feature bicycles_week_before=feature label=label \
         prediction=prediction score=score latency_ms=latency"
    );
    assert_eq!(
        roles("breast_cancer"),
        "id=id split=split label=label prediction=prediction score=score latency_ms=latency \
         mean_radius=feature mean_texture=feature"
    );
    let scores: Vec<String> = (0..10)
        .map(|digit| format!("proba_{digit}=class_scores"))
        .collect();
    assert_eq!(
        roles("digits"),
        format!(
            "split=split label=label prediction=prediction {} latency_ms=latency",
            scores.join(" ")
        )
    );
    assert_eq!(
        roles("matrix"),
        "actual=label predicted=prediction count=count"
    );
}

#[test]
fn the_positive_class_and_the_rows_that_are_judged_need_no_question() {
    for (name, positive, reference, current) in [
        ("flights", Some("1"), Some("train"), Some("production")),
        (
            "bicycles",
            Some("1"),
            Some("validation"),
            Some("production"),
        ),
        (
            "breast_cancer",
            Some("malignant"),
            Some("train"),
            Some("test"),
        ),
        ("digits", None, Some("train"), Some("test")),
        ("matrix", Some("Pos"), None, None),
    ] {
        let settings = report(name).settings;
        assert_eq!(settings.positive.as_deref(), positive, "{name}");
        assert_eq!(settings.reference.as_deref(), reference, "{name}");
        assert_eq!(settings.current.as_deref(), current, "{name}");
    }
}

#[test]
fn a_prediction_is_what_its_scores_say() {
    for name in ["flights", "bicycles", "breast_cancer"] {
        let threshold = Choices {
            threshold: Some(0.5),
            ..Choices::default()
        };
        let by_score = judged(&source(name), &threshold);
        let by_prediction = report(name);
        assert_eq!(
            by_score.overall.confusion_matrix, by_prediction.overall.confusion_matrix,
            "{name}"
        );
    }
}

/// The report as the page makes it, with nothing settled by hand.
fn report(name: &str) -> Report {
    judged(&source(name), &Choices::default())
}

fn judged(source: &Source, choices: &Choices) -> Report {
    judge(&Profile::of(source, choices).unwrap(), &Policy::balanced())
}

fn source(name: &str) -> Source {
    let file = format!("{name}.csv");
    let bytes = std::fs::read(folder().join(&file)).unwrap();
    let mut reader = SourceReader::new(file);
    reader.feed(&bytes).unwrap();
    reader.finish_alone().unwrap()
}

fn folder() -> PathBuf {
    root().join("static/samples")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
