//! Rows in two halves, one to find something in, the other to see whether it is true. Which half a row is in follows from what
//! is in it, not from where it stands: so neither the order of the rows nor whether equal ones are written out can matter.

use crate::random::Random;
use crate::tally::Tally;

/// Rows by a hash of what is in them, of which about half go to the first half: as if a coin were thrown for each, always with
/// the same result.
///
/// ```
/// use greenlight_metrics::Halves;
/// let rows = || (0..10_000).map(|row| (row % 100, 1));
/// let mut halves = Halves::of(rows());
/// let first: u64 = rows().map(|(hash, count)| halves.first(hash, count)).sum();
/// assert!((4_800..5_200).contains(&first));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Halves {
    /// Each hash, the highest first, with the rows that still go to the first half.
    left: Vec<(u64, u64)>,
}

impl Halves {
    /// Throws the coins for rows with their hashes and counts. One sort; 8 bytes a row while it lasts.
    ///
    /// ```
    /// # use greenlight_metrics::Halves;
    /// let (mut one, mut several) = (Halves::of([(7, 1), (7, 1), (7, 1)]), Halves::of([(7, 3)]));
    /// let apart = one.first(7, 1) + one.first(7, 1) + one.first(7, 1);
    /// assert_eq!(apart, several.first(7, 3));
    /// ```
    pub fn of(rows: impl IntoIterator<Item = (u64, u64)>) -> Self {
        let mut tally = Tally::default();
        for (hash, count) in rows {
            tally.push_key(hash, count);
        }
        let mut sorted = tally.sorted();
        let mut left = Vec::new();
        while let Some(hash) = sorted.highest() {
            left.push((hash, heads(hash, sorted.take(hash))));
        }
        Self { left }
    }

    /// How many of the `count` observations of the next row with this hash go to the first half.
    ///
    /// ```
    /// # use greenlight_metrics::Halves;
    /// assert_eq!(Halves::default().first(7, 1), 0);
    /// ```
    pub fn first(&mut self, hash: u64, count: u64) -> u64 {
        let place = self.left.partition_point(|(known, _)| *known > hash);
        match self.left.get_mut(place) {
            Some((known, left)) if *known == hash => {
                let first = count.min(*left);
                *left -= first;
                first
            }
            _ => 0,
        }
    }
}

/// Heads among so many coins.
pub(crate) fn heads(seed: u64, coins: u64) -> u64 {
    /// From here on the normal distribution, rounded, is as good.
    const MANY: u64 = 4_096;
    let mut random = Random::new(seed);
    if coins > MANY {
        let coins = coins as f64;
        let heads = 0.5 * coins + 0.5 * coins.sqrt() * random.normal();
        return heads.clamp(0.0, coins).round() as u64;
    }
    let (mut heads, mut left) = (0, coins);
    while left > 0 {
        let thrown = left.min(64);
        heads += u64::from((random.next() >> (64 - thrown)).count_ones());
        left -= thrown;
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coins_have_their_mean_and_variance() {
        for coins in [1, 10, 64, 100, 4_096, 5_000] {
            let (throws, mut sum, mut squares) = (20_000, 0.0, 0.0);
            for seed in 0..throws {
                let apart = heads(seed, coins) as f64 - coins as f64 / 2.0;
                sum += apart;
                squares += apart * apart;
            }
            let (throws, variance) = (throws as f64, coins as f64 / 4.0);
            assert!(
                (sum / throws).abs() < 4.0 * (variance / throws).sqrt(),
                "{coins}"
            );
            assert!((squares / throws / variance - 1.0).abs() < 0.06, "{coins}");
        }
    }
}
