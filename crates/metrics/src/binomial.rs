//! Tails of the binomial distribution, for intervals that are ranks.

use crate::normal;
use crate::sum::CompensatedSum;

/// Beyond this many trials the ranks come from a normal approximation, which by then is off by a rank
/// or so; the exact way would take seconds.
const EXACT_TRIALS: u64 = 10_000_000_000;

/// How many of the outcomes 0, 1, 2, … of Binomial(`trials`, `p`), taken from the lowest, have a
/// cumulative share of at most `tail` (scipy: the number of `k` with `binom.cdf(k, trials, p) <= tail`).
/// `p` and `tail` lie strictly between 0 and 1; elsewhere the answer is 0.
///
/// The shares are summed from the mode outwards as multiples of the mode's and divided by their total, so
/// no factorial is needed and the result is exact but for roundings of about 1e-13.
///
/// ```
/// use greenlight_metrics::binomial::lower_tail_count;
/// // Ten throws of a coin: 0 or 1 heads have 11/1024 together, 0 to 2 heads 56/1024.
/// assert_eq!(lower_tail_count(10, 0.5, 0.025), 2);
/// assert_eq!(lower_tail_count(10, 0.5, 0.06), 3);
/// ```
pub fn lower_tail_count(trials: u64, p: f64, tail: f64) -> u64 {
    if !(p > 0.0 && p < 1.0 && tail > 0.0 && tail < 1.0) {
        return 0;
    }
    if trials > EXACT_TRIALS {
        return approximate_count(trials, p, tail);
    }
    let mode = (((trials as f64 + 1.0) * p).floor() as u64).min(trials);
    let odds = p / (1.0 - p);
    // Shares relative to the mode's: outwards until they no longer count.
    let mut upper = 0.0;
    let (mut share, mut k) = (1.0, mode);
    while k < trials && share > 1e-20 {
        share *= odds * (trials - k) as f64 / (k + 1) as f64;
        upper += share;
        k += 1;
    }
    let mut below = Vec::new();
    let (mut share, mut k) = (1.0, mode);
    while k > 0 && share > 1e-20 {
        share *= k as f64 / (odds * (trials - k + 1) as f64);
        below.push(share);
        k -= 1;
    }
    // `k` is now the lowest outcome that counts; from there upwards, smallest first.
    let lower: f64 = below.iter().rev().sum();
    let limit = tail * (lower + 1.0 + upper);
    let (mut cumulative, mut outcomes) = (0.0, k);
    for share in below.into_iter().rev() {
        cumulative += share;
        if cumulative > limit {
            return outcomes;
        }
        outcomes += 1;
    }
    let (mut share, mut k) = (1.0, mode);
    while cumulative + share <= limit && k < trials {
        cumulative += share;
        outcomes += 1;
        share *= odds * (trials - k) as f64 / (k + 1) as f64;
        k += 1;
    }
    outcomes
}

/// The chance of at most `k` heads among so many throws of a fair coin (scipy: `binom.cdf(k, throws, 0.5)`). The shares are summed as
/// multiples of that of the middle: exact but for roundings of about 1e-13 relative down to 1e-300, and 0 below. Beyond ten million
/// throws by the normal distribution, corrected for continuity.
///
/// ```
/// use greenlight_metrics::binomial::fair_lower_tail;
/// assert_eq!(fair_lower_tail(1, 3), 0.5);
/// assert!((fair_lower_tail(2, 10) - 56.0 / 1024.0).abs() < 1e-15);
/// ```
pub fn fair_lower_tail(k: u64, throws: u64) -> f64 {
    const MOST_COUNTED: u64 = 10_000_000;
    if k >= throws {
        return 1.0;
    } else if k > throws / 2 {
        return 1.0 - fair_lower_tail(throws - k - 1, throws);
    } else if throws > MOST_COUNTED {
        let (throws, k) = (throws as f64, k as f64);
        return normal::cdf((2.0 * k + 1.0 - throws) / throws.sqrt());
    }
    // From the middle down; the upper half is the lower one once more.
    let middle = throws / 2;
    let (mut share, mut all, mut tail) =
        (1.0, CompensatedSum::default(), CompensatedSum::default());
    let mut heads = middle;
    loop {
        all.add(share);
        if heads <= k {
            tail.add(share);
        }
        if heads == 0 || share < 1e-300 {
            break;
        }
        share *= heads as f64 / (throws - heads + 1) as f64;
        heads -= 1;
    }
    let twice = 2.0 * all.value();
    // Of an even number of throws the middle is there once.
    let total = twice - if throws.is_multiple_of(2) { 1.0 } else { 0.0 };
    tail.value() / total
}

/// The normal approximation with the correction for skewness.
fn approximate_count(trials: u64, p: f64, tail: f64) -> u64 {
    let Ok(z) = normal::quantile(tail) else {
        return 0;
    };
    let n = trials as f64;
    let skew = (1.0 - 2.0 * p) * (z * z - 1.0) / 6.0;
    let rank = n * p + z * (n * p * (1.0 - p)).sqrt() + skew + 0.5;
    (rank.max(0.0) as u64).min(trials)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_approximation_takes_over_where_it_is_within_a_rank() {
        for p in [0.001, 0.01, 0.5, 0.9, 0.99] {
            let (trials, tail) = (100_000_000, 0.025);
            let exact = lower_tail_count(trials, p, tail);
            assert!(
                exact.abs_diff(approximate_count(trials, p, tail)) <= 1,
                "{p}"
            );
        }
        assert!(lower_tail_count(u64::MAX, 0.5, 0.025) > u64::MAX / 2 - 10_000_000_000);
    }
}
