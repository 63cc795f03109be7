//! Distinct scores with their counts by class, from one sort. Every score metric starts here, which is
//! why none of them can depend on the order of the rows.

use crate::binary_counts::BinaryCounts;
use crate::order::{NotFinite, value_of};
use crate::tally::Tally;
use crate::undefined::Undefined;

/// Collects scores in any order and in any number of parts; [`finish`](Self::finish) sorts them once.
///
/// A row takes 8 bytes, a row that stands for several 16.
///
/// ```
/// use greenlight_metrics::ScoreCollector;
/// let (mut left, mut right) = (ScoreCollector::default(), ScoreCollector::default());
/// left.push(0.9, true, 1)?;
/// right.push(0.2, false, 30)?;
/// left.merge(right);
/// assert_eq!(left.finish().rows(), 31);
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct ScoreCollector {
    positives: Tally,
    negatives: Tally,
}

impl ScoreCollector {
    /// Adds a row, or `count` equal rows; 0 adds none. −0 counts as 0.
    ///
    /// ```
    /// # use greenlight_metrics::ScoreCollector;
    /// let mut collector = ScoreCollector::default();
    /// assert!(collector.push(0.5, true, 1).is_ok());
    /// assert!(collector.push(f64::INFINITY, true, 1).is_err());
    /// ```
    pub fn push(&mut self, score: f64, positive: bool, count: u64) -> Result<(), NotFinite> {
        let rows = match positive {
            true => &mut self.positives,
            false => &mut self.negatives,
        };
        rows.push(score, count)
    }

    /// Adds all that another collector holds.
    ///
    /// ```
    /// # use greenlight_metrics::ScoreCollector;
    /// let mut whole = ScoreCollector::default();
    /// whole.merge(ScoreCollector::default());
    /// assert!(whole.finish().is_empty());
    /// ```
    pub fn merge(&mut self, other: Self) {
        self.positives.merge(other.positives);
        self.negatives.merge(other.negatives);
    }

    /// Sorts and groups.
    ///
    /// ```
    /// # use greenlight_metrics::ScoreCollector;
    /// let mut collector = ScoreCollector::default();
    /// collector.push(0.5, true, 2)?;
    /// collector.push(0.5, false, 1)?;
    /// assert_eq!(collector.finish().len(), 1);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    #[inline(never)]
    pub fn finish(self) -> ScoreGroups {
        let (mut positives, mut negatives) = (self.positives.sorted(), self.negatives.sorted());
        // Of ten million scores, growing would cost as much memory again.
        let mut groups = Vec::with_capacity(positives.distinct() + negatives.distinct());
        let mut above = Cumulative {
            score: f64::INFINITY,
            positives: 0,
            negatives: 0,
        };
        while let Some(key) = positives.highest().max(negatives.highest()) {
            above = above.and(value_of(key), positives.take(key), negatives.take(key));
            groups.push(above);
        }
        groups.shrink_to_fit();
        ScoreGroups { groups }
    }
}

/// One distinct score and the rows that have it.
///
/// ```
/// use greenlight_metrics::{ScoreGroup, ScoreGroups};
/// let groups = ScoreGroups::from_rows([(0.5, true), (0.5, false)])?;
/// assert_eq!(groups.groups().next(), Some(ScoreGroup { score: 0.5, positives: 1, negatives: 1 }));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreGroup {
    /// The score, finite.
    pub score: f64,
    /// Actually positive rows with this score.
    pub positives: u64,
    /// Actually negative rows with this score.
    pub negatives: u64,
}

/// A distinct score with the rows at or above it: what is flagged where it is the threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cumulative {
    pub(crate) score: f64,
    pub(crate) positives: u64,
    pub(crate) negatives: u64,
}

impl Cumulative {
    fn and(self, score: f64, positives: u64, negatives: u64) -> Self {
        Self {
            score,
            positives: self.positives.saturating_add(positives),
            negatives: self.negatives.saturating_add(negatives),
        }
    }
}

/// The distinct scores, descending, with the number of positive and negative rows of each. Counts stop
/// at `u64::MAX`.
///
/// ```
/// use greenlight_metrics::ScoreGroups;
/// let groups = ScoreGroups::from_rows([(0.2, false), (0.8, true), (0.2, true)])?;
/// let scores: Vec<f64> = groups.groups().map(|group| group.score).collect();
/// assert_eq!(scores, [0.8, 0.2]);
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScoreGroups {
    groups: Vec<Cumulative>,
}

impl ScoreGroups {
    /// Sorts and groups rows of a score and whether the row is actually positive.
    ///
    /// ```
    /// # use greenlight_metrics::ScoreGroups;
    /// assert!(ScoreGroups::from_rows([(f64::NAN, true)]).is_err());
    /// ```
    pub fn from_rows(rows: impl IntoIterator<Item = (f64, bool)>) -> Result<Self, NotFinite> {
        let mut collector = ScoreCollector::default();
        for (score, positive) in rows {
            collector.push(score, positive, 1)?;
        }
        Ok(collector.finish())
    }

    /// The groups of the rows of all parts together, without sorting again: one pass over their distinct
    /// scores, whose cost for each grows with the number of parts.
    ///
    /// ```
    /// # use greenlight_metrics::ScoreGroups;
    /// let left = ScoreGroups::from_rows([(0.2, false), (0.8, true)])?;
    /// let right = ScoreGroups::from_rows([(0.2, true)])?;
    /// let whole = ScoreGroups::from_rows([(0.2, false), (0.8, true), (0.2, true)])?;
    /// assert_eq!(ScoreGroups::merged([&left, &right]), whole);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    #[inline(never)]
    pub fn merged<'g>(parts: impl IntoIterator<Item = &'g Self>) -> Self {
        let mut parts: Vec<&[Cumulative]> = parts
            .into_iter()
            .map(|part| part.groups.as_slice())
            .filter(|part| !part.is_empty())
            .collect();
        if let [only] = parts.as_slice() {
            return Self {
                groups: only.to_vec(),
            };
        }
        // What each part has had so far.
        let mut before = vec![(0, 0); parts.len()];
        let mut groups = Vec::with_capacity(parts.iter().map(|part| part.len()).sum());
        let mut above = Cumulative {
            score: f64::INFINITY,
            positives: 0,
            negatives: 0,
        };
        loop {
            let heads = parts.iter().filter_map(|part| part.first());
            let Some(score) = heads.map(|head| head.score).reduce(f64::max) else {
                groups.shrink_to_fit();
                return Self { groups };
            };
            for (part, before) in parts.iter_mut().zip(&mut before) {
                if let [head, rest @ ..] = part
                    && head.score == score
                {
                    above = above.and(score, head.positives - before.0, head.negatives - before.1);
                    *before = (head.positives, head.negatives);
                    *part = rest;
                }
            }
            groups.push(above);
        }
    }

    /// The number of distinct scores.
    ///
    /// ```
    /// # use greenlight_metrics::ScoreGroups;
    /// assert_eq!(ScoreGroups::from_rows([(0.5, true), (0.5, false)])?.len(), 1);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether there is no score at all.
    ///
    /// ```
    /// assert!(greenlight_metrics::ScoreGroups::default().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The number of actually positive rows.
    ///
    /// ```
    /// # use greenlight_metrics::ScoreGroups;
    /// assert_eq!(ScoreGroups::from_rows([(0.5, true), (0.5, false)])?.positives(), 1);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn positives(&self) -> u64 {
        self.groups.last().map_or(0, |all| all.positives)
    }

    /// The number of actually negative rows.
    ///
    /// ```
    /// # use greenlight_metrics::ScoreGroups;
    /// assert_eq!(ScoreGroups::from_rows([(0.5, true), (0.5, false)])?.negatives(), 1);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn negatives(&self) -> u64 {
        self.groups.last().map_or(0, |all| all.negatives)
    }

    /// The number of rows.
    ///
    /// ```
    /// # use greenlight_metrics::ScoreGroups;
    /// assert_eq!(ScoreGroups::from_rows([(0.5, true), (0.5, false)])?.rows(), 2);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn rows(&self) -> u64 {
        self.positives().saturating_add(self.negatives())
    }

    /// The distinct scores, highest first.
    ///
    /// ```
    /// # use greenlight_metrics::ScoreGroups;
    /// let groups = ScoreGroups::from_rows([(0.1, false), (0.7, true)])?;
    /// assert_eq!(groups.groups().next().map(|group| group.score), Some(0.7));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn groups(&self) -> impl Iterator<Item = ScoreGroup> + '_ {
        self.groups
            .iter()
            .scan((0, 0), |(positives, negatives), at| {
                let group = ScoreGroup {
                    score: at.score,
                    positives: at.positives - *positives,
                    negatives: at.negatives - *negatives,
                };
                (*positives, *negatives) = (at.positives, at.negatives);
                Some(group)
            })
    }

    /// The lowest and the highest score.
    ///
    /// ```
    /// # use greenlight_metrics::ScoreGroups;
    /// let groups = ScoreGroups::from_rows([(0.1, false), (0.7, true)])?;
    /// assert_eq!(groups.range(), Some((0.1, 0.7)));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn range(&self) -> Option<(f64, f64)> {
        Some((self.groups.last()?.score, self.groups.first()?.score))
    }

    /// Whether every score lies in [0, 1], so that it can be read as a probability.
    ///
    /// ```
    /// # use greenlight_metrics::ScoreGroups;
    /// assert!(!ScoreGroups::from_rows([(1.5, true)])?.in_unit_interval());
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn in_unit_interval(&self) -> bool {
        self.range()
            .is_none_or(|(low, high)| low >= 0.0 && high <= 1.0)
    }

    /// Of groups from the highest score down, of which neighbours may be equal or without rows.
    pub(crate) fn from_descending(groups: impl IntoIterator<Item = ScoreGroup>) -> Self {
        let mut found: Vec<Cumulative> = Vec::new();
        let mut above = Cumulative {
            score: f64::INFINITY,
            positives: 0,
            negatives: 0,
        };
        for group in groups {
            if group.positives == 0 && group.negatives == 0 {
                continue;
            }
            found.pop_if(|last| last.score == group.score);
            above = above.and(group.score, group.positives, group.negatives);
            found.push(above);
        }
        Self { groups: found }
    }

    /// Takes the scores of `original`, each class of each score as often as `rows_of` makes of its rows.
    pub(crate) fn resample(&mut self, original: &Self, mut rows_of: impl FnMut(u64) -> u64) {
        self.groups.clear();
        let mut above = Cumulative {
            score: f64::INFINITY,
            positives: 0,
            negatives: 0,
        };
        for group in original.groups() {
            let (positives, negatives) = (rows_of(group.positives), rows_of(group.negatives));
            above = above.and(group.score, positives, negatives);
            self.groups.push(above);
        }
    }

    /// About so many of the scores, at least one of them, each with the rows from the last one on.
    pub(crate) fn thinned(&self, most: usize) -> Self {
        let step = self.len().div_ceil(most.max(1)).max(1);
        let mut groups: Vec<Cumulative> = self
            .groups
            .iter()
            .skip(step - 1)
            .step_by(step)
            .copied()
            .collect();
        if !self.len().is_multiple_of(step) {
            groups.extend(self.groups.last());
        }
        Self { groups }
    }

    pub(crate) fn cumulative(&self) -> &[Cumulative] {
        &self.groups
    }

    /// The counts where `at` and all scores above it are flagged; nothing is flagged without one.
    pub(crate) fn counts_from(&self, at: Option<&Cumulative>) -> BinaryCounts {
        let (tp, fp) = at.map_or((0, 0), |at| (at.positives, at.negatives));
        BinaryCounts {
            tp,
            fp,
            fn_: self.positives() - tp,
            tn: self.negatives() - fp,
        }
    }

    /// The numbers of positive and negative rows, where there are both.
    pub(crate) fn both_classes(&self) -> Result<(u64, u64), Undefined> {
        match (self.positives(), self.negatives()) {
            (0, 0) => Err(Undefined::NoScores),
            (0, _) | (_, 0) => Err(Undefined::OneClass),
            both => Ok(both),
        }
    }
}
