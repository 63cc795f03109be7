//! Rows in two halves, the same everywhere: one to find something in, the other to see whether it is true.

use crate::random::Random;

/// How many of the `count` observations that row number `row` stands for go to the first half: as if a coin were thrown for
/// each, always with the same result.
///
/// ```
/// use greenlight_metrics::first_half;
/// let in_first: u64 = (0..10_000).map(|row| first_half(row, 1)).sum();
/// assert!((4_800..5_200).contains(&in_first));
/// assert_eq!(first_half(7, 0), 0);
/// ```
pub fn first_half(row: u64, count: u64) -> u64 {
    /// From here on the normal distribution, rounded, is as good.
    const MANY: u64 = 4_096;
    let mut random = Random::new(row);
    if count > MANY {
        let count = count as f64;
        let first = 0.5 * count + 0.5 * count.sqrt() * random.normal();
        return first.clamp(0.0, count).round() as u64;
    }
    let mut first = 0;
    let mut left = count;
    while left > 0 {
        let coins = left.min(64);
        first += u64::from((random.next() >> (64 - coins)).count_ones());
        left -= coins;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coins_have_their_mean_and_variance() {
        for count in [1, 10, 64, 100, 4_096, 5_000] {
            let (rows, mut sum, mut squares) = (20_000, 0.0, 0.0);
            for row in 0..rows {
                let apart = first_half(row, count) as f64 - count as f64 / 2.0;
                sum += apart;
                squares += apart * apart;
            }
            let (rows, variance) = (rows as f64, count as f64 / 4.0);
            assert!(
                (sum / rows).abs() < 4.0 * (variance / rows).sqrt(),
                "{count}"
            );
            assert!((squares / rows / variance - 1.0).abs() < 0.06, "{count}");
        }
    }
}
