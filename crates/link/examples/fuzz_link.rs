//! Looks for links that make a page panic: `cargo run --release -p greenlight-link --example fuzz_link -- --minutes 10`. Alters what valid
//! links hold, byte by byte behind their head and value by value in their statistics, makes head and checksum fit, and does with whatever
//! is read what pages and terminals do. Ends with an error where anything panicked.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a tool for developers"
)]

#[path = "../tests/files/exercise.rs"]
mod exercise;
#[path = "../tests/files/mod.rs"]
mod files;
#[path = "../tests/files/mutation.rs"]
mod mutation;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use greenlight_link::{LinkError, SharedReport, decode, encode};
use mutation::{Draw, altered, rewritten};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)?.parse::<f64>().ok()
    };
    let minutes = after("--minutes").unwrap_or(1.0);
    let first = after("--seed").unwrap_or(1.0) as u64;
    let reports: Vec<(SharedReport, serde_json::Value, String)> = files::kinds()
        .into_iter()
        .map(|(_, report)| {
            let json = serde_json::to_value(&report.profile).unwrap();
            let text = encode(&report).unwrap();
            (report, json, text)
        })
        .collect();
    let end = Instant::now() + Duration::from_secs_f64(minutes * 60.0);
    let (mut tried, mut read, mut refused, mut panicked) = (0_u64, 0_u64, 0_u64, 0_u64);
    for seed in first.. {
        if Instant::now() > end {
            break;
        }
        let mut draw = Draw(seed.wrapping_mul(0x2545_F491_4F6C_DD1D));
        let (report, json, text) = &reports[draw.next(reports.len())];
        let text = match draw.next(4) {
            0 => rewritten(text, &mut draw),
            _ => match altered(report, json, &mut draw).map(|altered| encode(&altered)) {
                Some(Ok(text)) => text,
                _ => continue,
            },
        };
        tried += 1;
        let outcome = catch_unwind(AssertUnwindSafe(|| match decode(&text) {
            Ok(report) => {
                exercise::exercise(&report);
                Ok(())
            }
            Err(error @ LinkError::Damaged { .. }) => Err(error),
            Err(other) => panic!("an unexpected kind of error: {other:?}"),
        }));
        match outcome {
            Ok(Ok(())) => read += 1,
            Ok(Err(_)) => refused += 1,
            Err(_) => {
                panicked += 1;
                println!("panicked: --seed {seed}");
                if panicked >= 200 {
                    break;
                }
            }
        }
    }
    println!("{tried} links: {read} shown, {refused} refused, {panicked} panicked");
    std::process::exit(i32::from(panicked > 0));
}
