//! How often the intervals of a chosen threshold hold what they promise, by simulation:
//! `cargo run --release -p greenlight-metrics --example bootstrap_coverage`.
//!
//! Scores of negatives are standard normal, those of positives lie 1.5 higher, so that the best threshold and
//! the F1 of any threshold on new rows are known.

use greenlight_metrics::normal;
use greenlight_metrics::{Choice, Objective, ScoreGroups, ThresholdBootstrap};

const APART: f64 = 1.5;
const SAMPLES: u64 = 400;
const REPLICATES: usize = 200;

fn main() {
    println!("| rows | positives | threshold | F1 | F1 without the shift |");
    println!("| --- | --- | --- | --- | --- |");
    for (rows, prevalence) in [
        (200, 0.3),
        (500, 0.1),
        (2_000, 0.1),
        (2_000, 0.02),
        (5_000, 0.3),
    ] {
        let best = (-3_000..6_000)
            .map(|step| f64::from(step) / 1_000.0)
            .max_by(|a, b| f1(*a, prevalence).total_cmp(&f1(*b, prevalence)))
            .unwrap_or(f64::NAN);
        let mut held = [0_u32; 3];
        for sample in 0..SAMPLES {
            let mut state = sample * 7_919 + rows;
            let drawn = (0..rows).map(|_| {
                let positive = uniform(&mut state) < prevalence;
                let noise = normal::quantile(uniform(&mut state)).unwrap_or(f64::NAN);
                (noise + if positive { APART } else { 0.0 }, positive)
            });
            let Ok(groups) = ScoreGroups::from_rows(drawn.collect::<Vec<_>>()) else {
                continue;
            };
            let choice = Choice::Best(Objective::F1);
            let Some(mut bootstrap) = ThresholdBootstrap::new(&groups, choice, sample) else {
                continue;
            };
            for _ in 0..REPLICATES {
                bootstrap.step();
            }
            let Some(band) = bootstrap.finish() else {
                continue;
            };
            let threshold = bootstrap.point().threshold.unwrap_or(f64::INFINITY);
            let holds = |low: f64, value: f64, high: f64| u32::from(low <= value && value <= high);
            let low = band.threshold.above.unwrap_or(f64::NEG_INFINITY);
            held[0] += holds(low, best, band.threshold.up_to.unwrap_or(f64::INFINITY));
            if let Some(interval) = band.value {
                let truth = f1(threshold, prevalence);
                held[1] += holds(interval.low, truth, interval.high);
                let unshifted = [interval.low, interval.high].map(|end| end + band.optimism);
                held[2] += holds(unshifted[0], truth, unshifted[1]);
            }
        }
        let [threshold, shifted, unshifted] =
            held.map(|held| 100.0 * f64::from(held) / SAMPLES as f64);
        println!(
            "| {rows} | {:.0} % | {threshold:.0} % | {shifted:.0} % | {unshifted:.0} % |",
            100.0 * prevalence
        );
    }
}

/// F1 of a threshold on all rows there could ever be.
fn f1(threshold: f64, prevalence: f64) -> f64 {
    let caught = prevalence * (1.0 - normal::cdf(threshold - APART));
    let alarms = caught + (1.0 - prevalence) * (1.0 - normal::cdf(threshold));
    2.0 * caught / (alarms + prevalence)
}

/// A small generator of numbers between 0 and 1, both outside.
fn uniform(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (*state ^ (*state >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let z = (z ^ (z >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    ((z >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}
