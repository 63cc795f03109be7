//! The worst of several shares, without blaming one that chance made the worst.

use crate::interval::{Interval, simultaneous_z, wilson_at};

/// Groups of fewer rows are not judged.
pub const FEWEST_ROWS: u64 = 30;

/// The worst of several groups by a share that had better be high.
///
/// ```
/// use greenlight_metrics::WorstOfK;
/// // 70 of 100 is below 0.8, and so for sure; 20 of 29 are too few rows to say.
/// let worst = WorstOfK::of([(95, 100), (700, 1_000), (20, 29)], 0.8).unwrap();
/// assert_eq!((worst.index, worst.judged, worst.is_surely_below), (1, 2, true));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorstOfK {
    /// Which group.
    pub index: usize,
    /// Its share.
    pub value: f64,
    /// Its rows.
    pub rows: u64,
    /// Wilson's interval at level 1 − 0.05/k.
    pub interval: Interval,
    /// How many groups were judged: k.
    pub judged: u64,
    /// Whether the whole interval lies below the limit.
    pub is_surely_below: bool,
}

impl WorstOfK {
    /// The group of the lowest share among those of at least [`FEWEST_ROWS`] rows, each given as successes and rows. Those
    /// whose whole interval lies below `limit` go before others, however low: a small group of bad luck must not hide
    /// a large one that is surely bad. `None` where no group has enough rows.
    ///
    /// ```
    /// use greenlight_metrics::WorstOfK;
    /// assert_eq!(WorstOfK::of([(1, 2)], 0.8), None);
    /// // The first is lower, the second is surely too low.
    /// let worst = WorstOfK::of([(22, 30), (750, 1_000)], 0.8).unwrap();
    /// assert_eq!((worst.index, worst.is_surely_below), (1, true));
    /// ```
    pub fn of(groups: impl IntoIterator<Item = (u64, u64)>, limit: f64) -> Option<Self> {
        let groups = groups.into_iter().enumerate();
        let judged: Vec<(usize, (u64, u64))> = groups
            .filter(|(_, (_, rows))| *rows >= FEWEST_ROWS)
            .collect();
        let k = judged.len() as u64;
        let z = simultaneous_z(k);
        let mut worst: Option<Self> = None;
        for (index, (successes, rows)) in judged {
            let Ok(interval) = wilson_at(successes, rows, z) else {
                continue;
            };
            let found = Self {
                index,
                value: successes as f64 / rows as f64,
                rows,
                interval,
                judged: k,
                is_surely_below: interval.high < limit,
            };
            let is_worse = |worst: &Self| match (found.is_surely_below, worst.is_surely_below) {
                (true, false) => true,
                (false, true) => false,
                _ => found.value < worst.value,
            };
            if worst.as_ref().is_none_or(is_worse) {
                worst = Some(found);
            }
        }
        worst
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// Thirty groups that are all truly better than the limit: the rule may accuse one in at most 5 % of the files.
    #[test]
    fn good_groups_are_seldom_accused() {
        let mut random = Random::new(11);
        let (files, mut accused) = (2_000, 0);
        for _ in 0..files {
            let groups = (0..30).map(|_| {
                let (right, wrong) = (random.poisson(92), random.poisson(8));
                (right, right + wrong)
            });
            let worst = WorstOfK::of(groups, 0.9).unwrap();
            accused += u32::from(worst.is_surely_below);
        }
        assert!(f64::from(accused) / f64::from(files) <= 0.05, "{accused}");
    }
}
