//! How long the second look at the rows takes, and how much memory: `cargo run --release -p greenlight-readiness --example
//! second_look -- 200000 30` for so many rows and features.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::time::Instant;

use greenlight_data::{Column, Role, Table};
use greenlight_readiness::{
    Choices, Examiner, Operator, Policy, Profile, ReadFile, RowMetric, RowRule, Source, judge,
};

/// Numbers that look as if drawn.
struct Drawn(u64);

impl Drawn {
    fn unit(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The largest memory that the process had, in MB.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1e3
}

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter_map(|number| number.parse().ok());
    let rows: usize = arguments.next().unwrap_or(200_000);
    let features: usize = arguments.next().unwrap_or(30);
    let mut drawn = Drawn(1);
    let names: Vec<String> = (0..60).map(|value| format!("value {value}")).collect();
    let words = |drawn: &mut Drawn, values: f64| -> Vec<usize> {
        (0..rows)
            .map(|_| (drawn.unit() * values) as usize)
            .collect()
    };
    let mut columns = Vec::new();
    let scores: Vec<f64> = (0..rows).map(|_| drawn.unit()).collect();
    let labels = scores
        .iter()
        .map(|score| f64::from(u8::from(drawn.unit() < *score)));
    columns.push(Column::numbers("label", labels.collect()));
    columns.push(Column::numbers("score", scores));
    let latencies = (0..rows).map(|_| 40.0 / (drawn.unit() + 0.01));
    columns.push(Column::numbers("latency_ms", latencies.collect()));
    let split = |row| {
        Some(if row < rows / 2 {
            "train"
        } else {
            "production"
        })
    };
    columns.push(Column::categories("split", (0..rows).map(split)));
    for segment in ["region", "country"] {
        let values = words(&mut drawn, if segment == "region" { 5.0 } else { 60.0 });
        let texts = values
            .iter()
            .map(|&value| names.get(value).map(String::as_str));
        columns.push(Column::categories(segment, texts));
    }
    let mut choices = Choices::default();
    choices.set_role(Role::Segment, ["region", "country"]);
    choices.set_role(Role::Split, ["split"]);
    choices.set_role(Role::Latency, ["latency_ms"]);
    let names_of_features: Vec<String> =
        (2..features).map(|feature| format!("x{feature}")).collect();
    for (index, name) in names_of_features.iter().enumerate() {
        if index % 3 == 0 {
            let values = words(&mut drawn, 20.0);
            let texts = values
                .iter()
                .map(|&value| names.get(value).map(String::as_str));
            columns.push(Column::categories(name, texts));
        } else {
            columns.push(Column::numbers(
                name,
                (0..rows).map(|_| drawn.unit()).collect(),
            ));
        }
    }
    choices.set_role(Role::Feature, names_of_features);
    let table = Table::from_columns(columns).unwrap();
    let file = ReadFile {
        name: "drawn".to_owned(),
        bytes: 0,
        sha256: None,
        table,
        wide: None,
    };
    let source = Source::of(vec![file]).unwrap();
    let mut profile = Profile::of(&source, &choices).unwrap();
    let before = peak();
    let started = Instant::now();
    let mut examiner = Examiner::new(&source, &choices, &profile).unwrap();
    let mut longest = 0.0_f64;
    let mut since = Instant::now();
    while examiner.step() {
        longest = longest.max(since.elapsed().as_secs_f64());
        since = Instant::now();
    }
    let (steps, _) = examiner.progress();
    profile.examination = Some(examiner.finish());
    println!(
        "{rows} rows, {features} columns: {:.2} s in {steps} steps, the longest {:.0} ms; memory from {before:.0} to {:.0} MB",
        started.elapsed().as_secs_f64(),
        longest * 1e3,
        peak(),
    );
    let started = Instant::now();
    let rule = |limit| RowRule {
        metric: RowMetric::LatencyMs,
        operator: Operator::AtMost,
        limit,
    };
    let rules = [rule(100.0), rule(1_000.0)];
    profile.watch(&source, &choices, &rules).unwrap();
    println!(
        "two rules over rows: {:.0} ms",
        started.elapsed().as_secs_f64() * 1e3
    );
    let started = Instant::now();
    let moves = 100;
    for place in 0..moves {
        let threshold = f64::from(place) / f64::from(moves) + 0.001;
        let decided = profile.decided_at(threshold, None).unwrap();
        std::hint::black_box(decided);
    }
    let deciding = started.elapsed().as_secs_f64() / f64::from(moves);
    let started = Instant::now();
    for _ in 0..moves {
        std::hint::black_box(judge(&profile, &Policy::balanced()));
    }
    let judging = started.elapsed().as_secs_f64() / f64::from(moves);
    println!(
        "a moved threshold: {:.2} ms to decide, {:.2} ms to judge",
        deciding * 1e3,
        judging * 1e3
    );
}
