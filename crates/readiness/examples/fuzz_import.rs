//! Throws damaged reports at what reads them, until the time is over.
//!
//! ```sh
//! cargo run --release -p greenlight-readiness --example fuzz_import -- --minutes 10
//! ```
//!
//! Real reports (of two and of three classes, with windows, segments and latencies) as JSON, and a page with one inside, are mutated: bytes flipped, pieces cut, repeated and
//! swapped, numbers made huge, negative or none, values replaced by others of the same document. Each text goes through the importer, and each JSON is compared with a whole report and
//! written out in every form. A panic ends the program with the seed of the round, and so does a round of over ten seconds, however busy the machine.

// How long it takes is what this is about.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::time::{Duration, Instant};

use greenlight_readiness::comparison::{Comparison, Side};
use greenlight_readiness::import::{Exported, Kind, kind_of, read};
use greenlight_readiness::written;
use greenlight_readiness::{Choices, Policy, Profile, Report, SourceReader, judge};

/// Numbers and other values that break careless readers.
const ODD: [&str; 16] = [
    "null",
    "true",
    "-1",
    "0",
    "1e308",
    "-1e308",
    "1e-320",
    "18446744073709551615",
    "9007199254740993",
    "0.1",
    "\"\"",
    "[]",
    "{}",
    "[null, null]",
    "[[1, 2], [3, 4]]",
    "\"NaN\"",
];

fn main() {
    let minutes: f64 = std::env::args()
        .skip_while(|word| word != "--minutes")
        .nth(1)
        .map_or(0.1, |minutes| minutes.parse().unwrap());
    let whole = report(2);
    let json = whole.to_json_live("AQ-_09azAZ").unwrap();
    let other = report(3).to_json_live("AQ-_09azAZ").unwrap();
    let page = format!(
        "<!doctype html><body><script type=\"text/plain\" id=\"greenlight-report\">{}</script>{}</body>",
        "Ab-_".repeat(50),
        "<p>x</p>".repeat(20)
    );
    let side = Side::of(&whole);
    let (until, mut random) = (
        Instant::now() + Duration::from_secs_f64(minutes * 60.0),
        Random(1),
    );
    let (mut rounds, mut read_back, mut compared, mut slowest) =
        (0_u64, 0_u64, 0_u64, Duration::ZERO);
    while Instant::now() < until {
        let from = [&json, &other, &page, &json][random.below(4)];
        let seed = random.0;
        let started = Instant::now();
        let outcome = std::panic::catch_unwind(|| {
            let mut random = Random(seed);
            let text = mutated(from, &mut random);
            let kind =
                kind_of(text.as_bytes()).unwrap_or([Kind::Json, Kind::Html][random.below(2)]);
            let is_live = matches!(read(kind, &text), Ok(Exported::Live(_)));
            let Ok(damaged) = Side::from_json(&text) else {
                return (is_live, false);
            };
            for comparison in [
                Comparison::of(side.clone(), damaged.clone()),
                Comparison::of(damaged.clone(), side.clone()),
                Comparison::of(damaged.clone(), damaged),
            ] {
                let document: serde_json::Value =
                    serde_json::from_str(&comparison.to_json().unwrap()).unwrap();
                assert!(document["summary"].is_string());
                assert!(written::comparison::markdown(&comparison).ends_with('\n'));
            }
            (is_live, true)
        });
        let Ok((is_live, is_compared)) = outcome else {
            eprintln!("round {rounds} with seed {seed} stopped the program");
            std::process::exit(1);
        };
        rounds += 1;
        read_back += u64::from(is_live);
        compared += u64::from(is_compared);
        slowest = slowest.max(started.elapsed());
    }
    println!(
        "{rounds} texts in {minutes} minutes: {read_back} read as live, {compared} compared, the slowest {slowest:?}; nothing stopped"
    );
    assert!(slowest < Duration::from_secs(10), "a text took {slowest:?}");
}

fn report(classes: u64) -> Report {
    let mut csv = "label,prediction,score,latency_ms,split,region,when\n".to_owned();
    for row in 0..600_u64 {
        let (label, draw) = (row % classes, row.wrapping_mul(2_654_435_761) % 100);
        let prediction = if draw < 15 {
            (label + 1) % classes
        } else {
            label
        };
        let (score, latency) = (draw as f64 / 100.0, 5 + draw);
        let (split, region, day) = (
            ["train", "production"][(row / 300) as usize],
            ["a", "b"][(row % 5 / 3) as usize],
            1 + row % 20,
        );
        csv.push_str(&format!(
            "{label},{prediction},{score},{latency},{split},{region},2025-01-{day:02}\n"
        ));
    }
    let mut reader = SourceReader::new("a.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let choices = Choices::default();
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    judge(&profile, &Policy::balanced())
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// The text with one to eight changes.
fn mutated(text: &str, random: &mut Random) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=random.below(8) {
        let (from, to) = (random.below(bytes.len()), random.below(bytes.len()));
        let (from, to) = (from.min(to), from.max(to));
        let short = (from + 1 + random.below(40)).min(bytes.len());
        match random.below(8) {
            // In most rounds the text stays JSON: a value in place of another.
            0..=3 => replace_value(&mut bytes, from, ODD[random.below(ODD.len())].as_bytes()),
            4 => bytes
                .iter_mut()
                .skip(from)
                .take(1)
                .for_each(|byte| *byte ^= 1 << (to % 8)),
            5 => drop(bytes.drain(from.min(short)..short)),
            6 => {
                let piece = bytes
                    .get(from..short)
                    .unwrap_or_default()
                    .repeat(1 + random.below(50));
                bytes.splice(to..to, piece);
            }
            _ => bytes.truncate(to.max(1)),
        }
        if bytes.is_empty() {
            break;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Puts `value` in place of the plain value that follows the next colon.
fn replace_value(bytes: &mut Vec<u8>, from: usize, value: &[u8]) {
    let Some(colon) = bytes.iter().skip(from).position(|byte| *byte == b':') else {
        return;
    };
    let start = from + colon + 1;
    let length = bytes
        .iter()
        .skip(start)
        .position(|byte| matches!(byte, b',' | b'\n' | b'}'));
    let end = start + length.unwrap_or(0);
    bytes.splice(start..end, value.iter().copied());
}
