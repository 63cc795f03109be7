//! How often the interval of Cohen's κ holds the true one, by simulation:
//! `cargo run --release -p greenlight-metrics --example kappa_coverage`.

use greenlight_metrics::{Actual, Agreement, ConfusionMatrix, Predicted};

const SAMPLES: u64 = 2_000;

fn main() {
    println!("| grades | true κ | rows | held | too low | too high |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for accepted in [0.5, 0.8, 0.9, 0.95] {
        for kappa in [0.3, 0.6, 0.8, 0.95] {
            let shares = two_graders(accepted, kappa);
            simulate(&format!("two, {accepted} accepted"), &shares, None);
        }
    }
    let grades = [1.0, 2.0, 3.0, 4.0, 5.0];
    for spread in [0.4, 0.8, 1.5] {
        let shares = graded(spread);
        simulate(&format!("five, spread {spread}"), &shares, Some(&grades));
    }
}

/// Two graders who accept alike often and agree with this κ.
fn two_graders(accepted: f64, kappa: f64) -> Vec<f64> {
    let rejected = 1.0 - accepted;
    let apart = accepted * rejected * (1.0 - kappa);
    vec![rejected - apart, apart, apart, accepted - apart]
}

/// A second grader whose grades lie about those of the first.
fn graded(spread: f64) -> Vec<f64> {
    let first = [0.05, 0.1, 0.15, 0.3, 0.4];
    let mut shares = Vec::new();
    for (one, share) in first.iter().enumerate() {
        let weight = |other: usize| {
            let away = (other as f64 - one as f64) / spread;
            libm::exp(-0.5 * away * away)
        };
        let all: f64 = (0..5).map(weight).sum();
        shares.extend((0..5).map(|other| share * weight(other) / all));
    }
    shares
}

fn simulate(name: &str, shares: &[f64], grades: Option<&[f64]>) {
    let classes = if shares.len() == 4 { 2 } else { 5 };
    let table = |count: &dyn Fn(usize) -> u64| {
        let mut matrix = ConfusionMatrix::new(classes);
        for cell in 0..shares.len() {
            let (one, other) = (Actual(cell / classes), Predicted(cell % classes));
            let _ = matrix.add(one, other, count(cell));
        }
        matrix
    };
    let all = table(&|cell| (1e12 * shares[cell]).round() as u64);
    let truth = Agreement::new(&all, grades).kappa().unwrap_or(f64::NAN);
    for rows in [30_u64, 100, 400] {
        let (mut held, mut low, mut high) = (0_u32, 0_u32, 0_u32);
        for sample in 0..SAMPLES {
            let mut state = sample * 7_919 + rows;
            let mut counts = vec![0_u64; shares.len()];
            for _ in 0..rows {
                let mut at = uniform(&mut state);
                let cell = shares.iter().position(|share| {
                    at -= share;
                    at < 0.0
                });
                counts[cell.unwrap_or(0)] += 1;
            }
            let matrix = table(&|cell| counts[cell]);
            match Agreement::new(&matrix, grades).interval(1.0) {
                Ok(interval) if interval.contains(truth) => held += 1,
                Ok(interval) if interval.high < truth => low += 1,
                Ok(_) => high += 1,
                // Both gave one grade alone: there is no κ.
                Err(_) => {}
            }
        }
        let of = |count: u32| 100.0 * f64::from(count) / f64::from(held + low + high);
        let (held, low, high) = (of(held), of(low), of(high));
        println!("| {name} | {truth:.2} | {rows} | {held:.1} % | {low:.1} % | {high:.1} % |");
    }
}

/// A small generator of numbers between 0 and 1, both outside.
fn uniform(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (*state ^ (*state >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let z = (z ^ (z >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    ((z >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}
