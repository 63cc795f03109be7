//! Files to share the reports of.
#![allow(dead_code, reason = "each test uses some of it")]

use std::path::PathBuf;

use greenlight_link::{Parts, SharedReport};
use greenlight_readiness::checklist::Attestations;
use greenlight_readiness::monitoring::row_rules;
use greenlight_readiness::{Choices, Policy, Profile, Source, SourceReader};

pub const SAMPLES: [&str; 5] = ["flights", "bicycles", "breast_cancer", "digits", "matrix"];

/// The report of a sample, all of it.
pub fn sample(name: &str) -> SharedReport {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../static/samples");
    let bytes = std::fs::read(folder.join(format!("{name}.csv"))).unwrap();
    report(
        &format!("{name}.csv"),
        &bytes,
        Policy::balanced(),
        &Choices::default(),
    )
}

/// The report of a file, all of it.
pub fn report(name: &str, bytes: &[u8], policy: Policy, choices: &Choices) -> SharedReport {
    let source = source(name, bytes);
    let mut profile = Profile::of(&source, choices).unwrap();
    profile.examine(&source, choices).unwrap();
    profile
        .watch(&source, choices, &row_rules(&policy))
        .unwrap();
    SharedReport::of(profile, policy, Attestations::default(), name, "")
}

fn source(name: &str, bytes: &[u8]) -> Source {
    let mut reader = SourceReader::new(name);
    reader.feed(bytes).unwrap();
    reader.finish_alone().unwrap()
}

/// Numbers that look as if drawn.
pub fn drawn(seed: u64) -> u64 {
    let mixed = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 40
}

fn unit(seed: u64) -> f64 {
    drawn(seed) as f64 / (1_u64 << 24) as f64
}

/// A typical binary report: 30 days of traffic and a reference, a segment column, latencies, and 20 features, some of which drift.
pub fn typical(rows: u64) -> Vec<u8> {
    use std::fmt::Write;
    let mut csv = "time,split,country,is_fraud,score,latency_ms".to_owned();
    for feature in 0..20 {
        write!(csv, ",feature_{feature}").unwrap();
    }
    csv.push('\n');
    for row in 0..rows {
        let seed = row * 64;
        let day = row * 60 / rows;
        let (split, day) = match day {
            0..30 => ("reference", day),
            _ => ("production", day),
        };
        let is_fraud = unit(seed) < 0.05;
        let base = if is_fraud { 0.75 } else { 0.18 };
        let score = (base + (unit(seed + 1) + unit(seed + 2) - 1.0) * 0.5).clamp(0.0, 1.0);
        let country =
            ["DE", "FR", "PL", "ES", "IT", "NL", "AT", "CZ"][(drawn(seed + 3) % 8) as usize];
        let latency = 20.0 + 200.0 * unit(seed + 4).powi(4);
        let (month, date) = (1 + day / 30, 1 + day % 30);
        let hour = drawn(seed + 5) % 24;
        write!(
            csv,
            "2026-{:02}-{date:02}T{hour:02}:30:00Z,{split},{country},{},{score:.6},{latency:.2}",
            if month == 2 { 3 } else { month },
            u8::from(is_fraud),
        )
        .unwrap();
        for feature in 0..20_u64 {
            let moved = if split == "production" && feature < 4 {
                0.3
            } else {
                0.0
            };
            let value = unit(seed + 8 + feature) + unit(seed + 30 + feature) + moved;
            match feature % 5 {
                4 => write!(
                    csv,
                    ",{}",
                    ["web", "app", "phone", "shop"][(value * 2.0) as usize % 4]
                ),
                _ => write!(csv, ",{:.4}", value * 10_f64.powi((feature % 4) as i32)),
            }
            .unwrap();
        }
        csv.push('\n');
    }
    csv.into_bytes()
}

/// A bare binary report: labels and scores.
pub fn bare(rows: u64) -> Vec<u8> {
    use std::fmt::Write;
    let mut csv = "label,score\n".to_owned();
    for row in 0..rows {
        let is_positive = unit(row * 8) < 0.2;
        let base = if is_positive { 0.6 } else { 0.3 };
        let score = (base + (unit(row * 8 + 1) + unit(row * 8 + 2) - 1.0) * 0.4).clamp(0.0, 1.0);
        writeln!(csv, "{},{score:.6}", u8::from(is_positive)).unwrap();
    }
    csv.into_bytes()
}

/// Reports whose links are measured: a typical one, a bare one, both of so many rows, and those of the samples.
pub fn measured(rows: u64) -> Vec<(&'static str, SharedReport)> {
    let of = |bytes: &[u8]| {
        report(
            "predictions.csv",
            bytes,
            Policy::fraud(),
            &Choices::default(),
        )
    };
    let made = [
        ("30 windows, 20 features", of(&typical(rows))),
        ("a score alone", of(&bare(rows))),
    ];
    let samples = SAMPLES.into_iter().map(|name| (name, sample(name)));
    made.into_iter().chain(samples).collect()
}

/// As little as a link can carry.
pub fn least() -> Parts {
    Parts {
        windows: false,
        segments: false,
        features: false,
        ..Parts::default()
    }
}

/// Small reports of many kinds, so that every part of a report is in one of them.
pub fn kinds() -> Vec<(&'static str, SharedReport)> {
    use std::fmt::Write;
    let choices = Choices::default();
    let mut kinds = vec![
        (
            "typical",
            report("typical.csv", &typical(600), Policy::fraud(), &choices),
        ),
        (
            "bare",
            report("bare.csv", &bare(80), Policy::balanced(), &choices),
        ),
        ("matrix", sample("matrix")),
    ];
    let mut many =
        "id,variant,model,label,prediction,proba_a,proba_b,proba_c,latency_ms,cost,error,region\n"
            .to_owned();
    for row in 0..240_u64 {
        let class = |at: u64| ["a", "b", "c"][(drawn(row * 7 + at) % 3) as usize];
        let (a, b) = (unit(row * 5) / 2.0, unit(row * 5 + 1) / 2.0);
        let variant = ["clean", "noise", "blur"][(row % 3) as usize];
        let model = ["old", "new"][(row / 3 % 2) as usize];
        writeln!(
            many,
            "{},{variant},{model},{},{},{a:.4},{b:.4},{:.4},{:.1},0.0{},{},{}",
            row / 6,
            class(row / 6),
            class(row),
            1.0 - a - b,
            10.0 + unit(row) * 90.0,
            1 + row % 5,
            u8::from(row % 50 == 7),
            ["north", "south", "east"][(drawn(row) % 3) as usize],
        )
        .unwrap();
    }
    kinds.push((
        "many classes",
        report(
            "many.csv",
            many.as_bytes(),
            Policy::classification(),
            &choices,
        ),
    ));
    let mut graded = "id,human_grade,judge_grade,latency_ms,cost\n".to_owned();
    for row in 0..150_u64 {
        let human = 1 + drawn(row) % 5;
        let judge = (human + drawn(row * 3) % 2).min(5);
        writeln!(
            graded,
            "q{},{human},{judge},{},0.01",
            row / 3,
            300 + drawn(row) % 900
        )
        .unwrap();
    }
    kinds.push((
        "graded",
        report(
            "graded.csv",
            graded.as_bytes(),
            Policy::assistant(),
            &choices,
        ),
    ));
    kinds
}
