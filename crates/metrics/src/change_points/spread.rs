//! How far numbers lie from the middle, where windows of few rows vary more.

use libm::{exp, log};

use crate::order::{median, sorted};

/// How far each number lies from the middle, for the spread of its window, of which such a part is due to its rows.
pub(super) fn away(windows: &[(f64, u64)], part: f64) -> Vec<f64> {
    let spread = |rows: u64| (1.0 - part + part / rows as f64).sqrt();
    // The middle is where numbers weigh as much on both sides: each the more the less it varies.
    let values: Vec<f64> = windows.iter().map(|window| window.0).collect();
    let weight = |range: fn(f64, f64) -> bool, middle: f64| -> f64 {
        let within = windows.iter().filter(|window| range(window.0, middle));
        within.map(|window| 1.0 / spread(window.1)).sum()
    };
    let half = weight(|_, _| true, 0.0) / 2.0;
    let sorted = sorted(&values);
    let middle = sorted.partition_point(|&value| weight(|one, middle| one <= middle, value) < half);
    let middle = sorted
        .get(middle)
        .copied()
        .unwrap_or_else(|| median(&sorted));
    let from_middle = |window: &(f64, u64)| (window.0 - middle) / spread(window.1);
    windows.iter().map(from_middle).collect()
}

/// Which part of the variance of a window of one row may be due to its rows, σ² of τ² + σ²: first the likely one, then, where windows differ in
/// their rows, none and all of it.
pub(super) fn parts_of_chance(windows: &[(f64, u64)]) -> Vec<f64> {
    let sizes = || windows.iter().map(|(_, rows)| *rows);
    match sizes().min() == sizes().max() {
        true => vec![0.0],
        false => vec![likely_part(windows), 0.0, 1.0],
    }
}

/// By the likelihood of the differences between
/// neighbours, which know nothing of the level, as of Laplace's distribution, to which a few large ones matter
/// little.
fn likely_part(windows: &[(f64, u64)]) -> f64 {
    let neighbours = || windows.iter().zip(windows.iter().skip(1));
    let ln_likelihood = |part: f64| {
        let (mut scales, mut differences) = (0.0, 0.0);
        for (one, next) in neighbours() {
            let of_rows = 1.0 / one.1 as f64 + 1.0 / next.1 as f64;
            let scale = (2.0 * (1.0 - part) + part * of_rows).sqrt();
            scales += log(scale);
            differences += (next.0 - one.0).abs() / scale;
        }
        -scales - (windows.len() as f64 - 1.0) * log(differences)
    };
    // 0, all of it, and between them so that the rest is as much as the chance of 1 to 1,000,000 rows.
    let parts = (0..=12).map(|half| 1.0 / (1.0 + exp(-1.151_292_546_497_022_8 * f64::from(half))));
    let mut best = (0.0, ln_likelihood(0.0));
    for part in parts.chain([1.0]) {
        let likelihood = ln_likelihood(part);
        if likelihood > best.1 {
            best = (part, likelihood);
        }
    }
    best.0
}
