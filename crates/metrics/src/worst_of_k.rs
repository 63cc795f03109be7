//! The worst of several shares, without blaming one that chance made the worst.

use crate::interval::{Interval, simultaneous_z, wilson_at};

/// Groups of fewer rows are never judged.
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
    /// Its interval at level 1 − 0.05/k; Wilson's where it is a share.
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
        Self::of_at_least(FEWEST_ROWS, groups, limit)
    }

    /// As [`of`](Self::of), among the groups of at least so many rows.
    ///
    /// ```
    /// use greenlight_metrics::WorstOfK;
    /// let groups = [(22, 30), (75, 100)];
    /// assert_eq!(WorstOfK::of_at_least(50, groups, 0.8).map(|worst| worst.index), Some(1));
    /// ```
    pub fn of_at_least(
        fewest: u64,
        groups: impl IntoIterator<Item = (u64, u64)>,
        limit: f64,
    ) -> Option<Self> {
        let groups: Vec<(u64, u64)> = groups.into_iter().collect();
        let rows = groups.iter().map(|(_, rows)| *rows);
        Self::among(fewest, rows, limit, |index, z| {
            let &(successes, rows) = groups.get(index)?;
            let interval = wilson_at(successes, rows, z).ok()?;
            Some((successes as f64 / rows as f64, interval))
        })
    }

    /// The same rule for any number of which lower ones are worse: `value_at` gives that of the group at an index, with its
    /// interval at *z*, where there is one.
    ///
    /// ```
    /// use greenlight_metrics::{WorstOfK, wilson_at};
    /// let wrong = [(5, 100), (400, 1_000)];
    /// let right = |index: usize, z: f64| {
    ///     let (wrong, rows) = wrong[index];
    ///     Some(((rows - wrong) as f64 / rows as f64, wilson_at(rows - wrong, rows, z).ok()?))
    /// };
    /// let worst = WorstOfK::among(30, [100, 1_000], 0.9, right).unwrap();
    /// assert_eq!((worst.index, worst.value, worst.is_surely_below), (1, 0.6, true));
    /// ```
    pub fn among(
        fewest: u64,
        rows: impl IntoIterator<Item = u64>,
        limit: f64,
        value_at: impl Fn(usize, f64) -> Option<(f64, Interval)>,
    ) -> Option<Self> {
        let rows = rows.into_iter().enumerate();
        let judged: Vec<(usize, u64)> = rows
            .filter(|(_, rows)| *rows >= fewest.max(FEWEST_ROWS))
            .collect();
        let k = judged.len() as u64;
        let z = simultaneous_z(k);
        let mut worst: Option<Self> = None;
        for (index, rows) in judged {
            let Some((value, interval)) = value_at(index, z) else {
                continue;
            };
            let found = Self {
                index,
                value,
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
