//! The rows by windows of time, and in equal parts where there is no time.

#![allow(clippy::unwrap_used, clippy::panic)]

mod criteria;
mod places;
mod ranges;
mod sums;

use std::fmt::Write;

use greenlight_data::{iso_time, iso_time_at};
use greenlight_readiness::{
    Certainty, Choices, Criterion, CriterionResult, Metric, Moment, Operator, Outcome, Policy,
    Profile, Severity, Source, SourceReader, Span, Statistics, WindowRule, Windows, judge,
};

const HEADER: &str = "timestamp,label,score,split,latency_ms,cost,error,count\n";

/// Numbers that look as if drawn, the same every time.
struct Drawn(u64);

impl Drawn {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: u64) -> u64 {
        (self.unit() * n as f64) as u64
    }
}

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

fn windows(csv: &str, choices: &Choices) -> Windows {
    examined(csv, choices).examination.unwrap().windows.unwrap()
}

fn by(window: WindowRule) -> Choices {
    Choices {
        window,
        ..Choices::default()
    }
}

/// A file with a right answer at each of these times.
fn at(times: &[&str]) -> String {
    let mut csv = "timestamp,label,prediction\n".to_owned();
    for (row, time) in times.iter().enumerate() {
        let class = row % 2;
        writeln!(csv, "{time},{class},{class}").unwrap();
    }
    csv
}

/// Where windows begin, where the last one ends, and the rows of each.
fn layout(windows: &Windows) -> (Vec<String>, Vec<u64>) {
    let iso = |ms| iso_time_at(ms, windows.time_zone_minutes);
    let mut starts = Vec::new();
    let mut end = String::new();
    for window in &windows.windows {
        let Span::Time { from_ms, to_ms } = window.span else {
            panic!("{:?}", window.span);
        };
        assert!(end.is_empty() || end == iso(from_ms), "no gaps");
        starts.push(iso(from_ms));
        end = iso(to_ms);
    }
    starts.push(end);
    let rows = windows.windows.iter().map(|window| window.statistics.rows);
    (starts, rows.collect())
}

/// Lines with everything, and how often each is there.
fn lines(rows: usize) -> Vec<(String, u64)> {
    let mut drawn = Drawn(rows as u64);
    let line = |_| {
        let score = (drawn.unit() * 500.0).round() / 500.0;
        let label = match drawn.below(20) {
            0 => String::new(),
            _ => u8::from(drawn.unit() < score).to_string(),
        };
        let time = match drawn.below(30) {
            0 => String::new(),
            _ => iso_time(1_700_000_000_000 + drawn.below(12 * 86_400) as i64 * 1_000),
        };
        let split = if drawn.unit() < 0.4 { "train" } else { "test" };
        let error = if drawn.unit() < 0.03 { "timeout" } else { "" };
        let (latency, cost) = (drawn.below(900), drawn.below(8));
        (
            format!("{time},{label},{score},{split},{latency},{cost},{error}"),
            1 + drawn.below(3),
        )
    };
    (0..rows).map(line).collect()
}

fn counted(lines: &[(String, u64)]) -> String {
    let mut csv = HEADER.to_owned();
    for (line, count) in lines {
        writeln!(csv, "{line},{count}").unwrap();
    }
    csv
}
