//! Drift from rows to sentence: both sides of each column in the same bins, by window, and what a method and a limit make of them.

#![allow(clippy::unwrap_used, clippy::panic)]

mod columns;
mod criteria;
mod rows;
mod verdicts;
mod windows;

use std::fmt::Write;

use greenlight_data::Role;
use greenlight_format::Told;
use greenlight_readiness::examination::{ColumnDrift, Drift, DriftPart, DriftVerdict};
use greenlight_readiness::{
    Choices, DriftSettings, Policy, Profile, Source, SourceReader, drift_words, judge,
};

fn read(csv: &str) -> Source {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    reader.finish_alone().unwrap()
}

fn examined_by(csv: &str, choices: &Choices) -> Profile {
    let source = read(csv);
    let mut profile = Profile::of(&source, choices).unwrap();
    profile.examine(&source, choices).unwrap();
    profile
}

fn drift_of(profile: &Profile) -> &Drift {
    let examination = profile.examination.as_ref().unwrap();
    examination.drift.as_ref().unwrap()
}

fn drift(csv: &str) -> Drift {
    drift_of(&examined_by(csv, &Choices::default())).clone()
}

/// Numbers from 0 to 1 that look as if drawn, the same every time.
fn unit(number: u64) -> f64 {
    let mixed = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Rows of a train and a production split: one number that moves by so much, one that stays, and words of which one is new.
fn moved(rows: u64, by: f64) -> String {
    let mut csv = "split,label,score,moves,stays,words\n".to_owned();
    for split in ["train", "production"] {
        let is_current = split == "production";
        for row in 0..rows {
            let seed = row * 5 + if is_current { 1_000_003 } else { 0 };
            let label = u8::from(unit(seed) < 0.5);
            let moves = unit(seed + 1) + if is_current { by } else { 0.0 };
            let word = match unit(seed + 3) {
                u if u < 0.1 && is_current && by > 0.0 => "new",
                u if u < 0.5 => "a",
                _ => "b",
            };
            let (score, stays) = (unit(seed + 2), unit(seed + 4));
            writeln!(
                csv,
                "{split},{label},{score:.6},{moves:.6},{stays:.6},{word}"
            )
            .unwrap();
        }
    }
    csv
}

fn verdict(drift: &Drift, column: &str, settings: DriftSettings) -> DriftVerdict {
    let place = drift
        .columns
        .iter()
        .position(|known| known.column == column)
        .unwrap();
    drift.verdicts(settings).remove(place)
}

fn column<'d>(drift: &'d Drift, name: &str) -> &'d ColumnDrift {
    drift
        .columns
        .iter()
        .find(|column| column.column == name)
        .unwrap()
}

fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}
