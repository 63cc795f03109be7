//! The second look at latency, and what is said of it.

#![allow(clippy::unwrap_used)]

mod answers;
mod budget;
mod groups;
mod parts;

use std::fmt::Write;

use greenlight_data::Role;
use greenlight_metrics::wilson;
use greenlight_readiness::examination::LatencyLook;
use greenlight_readiness::latency_words::LatencyWords;
use greenlight_readiness::{Choices, Profile, Source, SourceReader};

fn read(csv: &str) -> Source {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    reader.finish_alone().unwrap()
}

fn examined(csv: &str, choices: &Choices) -> Profile {
    let source = read(csv);
    let mut profile = Profile::of(&source, choices).unwrap();
    profile.examine(&source, choices).unwrap();
    profile
}

fn look(csv: &str, choices: &Choices) -> LatencyLook {
    examined(csv, choices).latency_look().unwrap().clone()
}

fn budget(ms: f64) -> Choices {
    Choices {
        latency_budget_ms: Some(ms),
        ..Choices::default()
    }
}

fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}

/// Numbers that look as if drawn, the same every time.
fn unit(row: u64) -> f64 {
    let mixed = (row + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed >> 44) as f64 / (1_u64 << 20) as f64
}

const HEADER: &str = "label,prediction,latency_ms,split,error,count,region\n";

/// Lines with everything: slow answers are wrong more often, some calls fail.
fn lines(rows: u64) -> Vec<(String, u64)> {
    let line = |row| {
        let latency = (10.0 + 90.0 * unit(row).powi(3)).round();
        let label = u8::from(unit(row + 10_000) < 0.4);
        let is_wrong = unit(row + 20_000) < 0.05 + latency / 300.0;
        let prediction = label ^ u8::from(is_wrong);
        let split = if row % 4 == 0 { "train" } else { "test" };
        let error = if unit(row + 30_000) < 0.05 {
            "timeout"
        } else {
            ""
        };
        let latency = match (error, unit(row + 40_000)) {
            ("timeout", _) => "30000".to_owned(),
            (_, blank) if blank < 0.05 => String::new(),
            _ => latency.to_string(),
        };
        let region = ["north", "south"][usize::from(latency.len() > 2 && error.is_empty())];
        let line = format!("{label},{prediction},{latency},{split},{error},COUNT,{region}");
        (line, (unit(row + 50_000) * 4.0) as u64)
    };
    (0..rows).map(line).collect()
}

fn counted(lines: &[(String, u64)]) -> String {
    let mut csv = HEADER.to_owned();
    for (line, count) in lines {
        writeln!(csv, "{}", line.replace("COUNT", &count.to_string())).unwrap();
    }
    csv
}

fn everything() -> Choices {
    let mut choices = Choices::default();
    choices.set_role(Role::Error, ["error"]);
    choices.set_role(Role::Count, ["count"]);
    choices.set_role(Role::Segment, ["region"]);
    choices
}
