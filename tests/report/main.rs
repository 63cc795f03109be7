//! The report from end to end: bytes through the engine to the JSON document that the page and the terminal share.

mod answers;
mod checklist;
mod comparison;
mod counts;
mod criteria;
mod document;
mod drift;
mod examples;
mod golden;
mod inputs;
mod policy;
mod properties;
mod robustness;
mod roles;
mod segments;
mod stability;
mod verdicts;

use greenlight_data::Table;
use greenlight_readiness::{
    Choices, Policy, Profile, ReadFile, Report, Source, SourceReader, judge,
};

/// The report on a file, with nothing settled by hand.
fn report(csv: &str) -> Report {
    report_in_chunks(csv.as_bytes(), &[csv.len().max(1)], &Choices::default())
}

/// The report on a file by a policy.
fn report_by(csv: &str, policy: &Policy) -> Report {
    let mut reader = SourceReader::new("predictions.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    judge(&Profile::of(&source, &Choices::default()).unwrap(), policy)
}

/// The report on bytes that come in chunks of these sizes, over and over.
fn report_in_chunks(mut bytes: &[u8], sizes: &[usize], choices: &Choices) -> Report {
    let mut reader = SourceReader::new("predictions.csv");
    for &size in sizes.iter().cycle() {
        if bytes.is_empty() {
            break;
        }
        let (chunk, rest) = bytes.split_at(size.min(bytes.len()));
        reader.feed(chunk).unwrap();
        bytes = rest;
    }
    report_of(&reader.finish_alone().unwrap(), choices)
}

/// The report on a table that came from no file.
fn report_on(table: Table, choices: &Choices) -> Report {
    let file = ReadFile {
        name: "pasted".to_owned(),
        bytes: 0,
        sha256: None,
        table,
        wide: None,
    };
    let source = Source::of(vec![file]).unwrap();
    report_of(&source, choices)
}

/// As the terminal makes it: all that is found with a second look is in it.
fn report_of(source: &Source, choices: &Choices) -> Report {
    let mut profile = Profile::of(source, choices).unwrap();
    profile.examine(source, choices).unwrap();
    judge(&profile, &Policy::balanced())
}
