//! The bins in which reference and current values are counted, from the reference alone.

use serde::{Deserialize, Serialize};

use crate::order::interpolated;

/// So many different values of the reference get a bin each.
const MOST_SINGLE_VALUES: usize = 20;
/// The reference is cut into so many parts where it has more.
const PARTS: u64 = 10;

/// Bins of a column of numbers, lowest first.
///
/// Of at most 20 different reference values each is a bin, and what the reference never has is one more. Otherwise bins begin at the
/// reference's deciles (numpy: `quantile`, linear) and, so that a value which more than a tenth of the rows has is alone, at each such
/// value and at the next larger one. Edges at or below the lowest value are dropped, for nothing of the reference lies below.
///
/// ```
/// use greenlight_metrics::drift::{BinRange, DriftBins};
/// let flags = DriftBins::of(&[(1.0, 30), (0.0, 70)]);
/// assert_eq!(flags.count(&[(2.0, 1), (1.0, 4), (0.0, 5)]), [5, 4, 1]);
/// assert_eq!(flags.range(2), BinRange::Unseen);
///
/// // Half of the rows are 0, which so has a bin of its own.
/// let spiked: Vec<(f64, u64)> = (1..=50).rev().map(|n| (f64::from(n), 1)).chain([(0.0, 50)]).collect();
/// let bins = DriftBins::of(&spiked);
/// assert_eq!(bins.range(0), BinRange::Numbers { at_least: None, below: Some(0.5) });
/// assert_eq!(bins.count(&spiked)[0], 50);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum DriftBins {
    /// One bin a value, and a last one for what is none of them.
    Values(Vec<f64>),
    /// Where each bin but the first begins.
    Edges(Vec<f64>),
}

/// What lies in a bin.
///
/// ```
/// use greenlight_metrics::drift::{BinRange, DriftBins};
/// assert_eq!(DriftBins::of(&[(3.0, 1)]).range(0), BinRange::Value(3.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum BinRange {
    /// One value.
    Value(f64),
    /// Values that the reference never has.
    Unseen,
    /// From one number on, below another; `None` where the bin is open.
    Numbers {
        /// The lowest number in it.
        at_least: Option<f64>,
        /// The lowest number above it.
        below: Option<f64>,
    },
}

impl DriftBins {
    /// The bins of a reference with these different values and the rows of each, the highest value first. One pass.
    ///
    /// ```
    /// # use greenlight_metrics::drift::DriftBins;
    /// let hundred: Vec<(f64, u64)> = (0..=100).rev().map(|n| (f64::from(n), 1)).collect();
    /// let deciles = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0];
    /// assert_eq!(DriftBins::of(&hundred), DriftBins::Edges(deciles.to_vec()));
    /// ```
    pub fn of(reference: &[(f64, u64)]) -> Self {
        if reference.len() <= MOST_SINGLE_VALUES {
            return Self::Values(reference.iter().rev().map(|(value, _)| *value).collect());
        }
        let rows = reference
            .iter()
            .fold(0_u64, |sum, (_, rows)| sum.saturating_add(*rows));
        let mut edges = deciles(reference, rows);
        let mut above = None;
        for &(value, of_value) in reference {
            if u128::from(of_value) * u128::from(PARTS) > u128::from(rows) {
                edges.extend([value].into_iter().chain(above));
            }
            above = Some(value);
        }
        let lowest = reference
            .last()
            .map_or(f64::NEG_INFINITY, |(value, _)| *value);
        edges.retain(|edge| edge.is_finite() && *edge > lowest);
        edges.sort_unstable_by(f64::total_cmp);
        edges.dedup();
        Self::Edges(edges)
    }

    /// How many there are, empty ones too.
    ///
    /// ```
    /// assert_eq!(greenlight_metrics::drift::DriftBins::of(&[(1.0, 1), (0.0, 1)]).bins(), 3);
    /// ```
    pub fn bins(&self) -> usize {
        let (Self::Values(bounds) | Self::Edges(bounds)) = self;
        bounds.len() + 1
    }

    /// The bin of a value.
    ///
    /// ```
    /// # use greenlight_metrics::drift::DriftBins;
    /// let bins = DriftBins::Edges(vec![1.0, 2.0]);
    /// assert_eq!([0.5, 1.0, 1.5, 2.0, 9.0].map(|value| bins.bin_of(value)), [0, 1, 1, 2, 2]);
    /// ```
    pub fn bin_of(&self, value: f64) -> usize {
        match self {
            Self::Edges(edges) => edges.partition_point(|edge| *edge <= value),
            Self::Values(values) => {
                let place = values.partition_point(|known| *known < value);
                match values.get(place) {
                    Some(known) if *known == value => place,
                    _ => values.len(),
                }
            }
        }
    }

    /// The rows in each bin, of different values with the rows of each.
    ///
    /// ```
    /// # use greenlight_metrics::drift::DriftBins;
    /// assert_eq!(DriftBins::Edges(vec![1.0]).count(&[(5.0, 2), (0.0, 3)]), [3, 2]);
    /// ```
    pub fn count(&self, distinct: &[(f64, u64)]) -> Vec<u64> {
        let mut counts = vec![0_u64; self.bins()];
        for &(value, rows) in distinct {
            if let Some(count) = counts.get_mut(self.bin_of(value)) {
                *count = count.saturating_add(rows);
            }
        }
        counts
    }

    /// What lies in a bin.
    ///
    /// ```
    /// # use greenlight_metrics::drift::{BinRange, DriftBins};
    /// let bins = DriftBins::Edges(vec![1.0]);
    /// assert_eq!(bins.range(1), BinRange::Numbers { at_least: Some(1.0), below: None });
    /// ```
    pub fn range(&self, bin: usize) -> BinRange {
        match self {
            Self::Values(values) => values
                .get(bin)
                .map_or(BinRange::Unseen, |value| BinRange::Value(*value)),
            Self::Edges(edges) => BinRange::Numbers {
                at_least: bin.checked_sub(1).and_then(|bin| edges.get(bin)).copied(),
                below: edges.get(bin).copied(),
            },
        }
    }
}

/// The nine deciles of different values with the rows of each, the highest first (numpy: `quantile(values, [0.1, …, 0.9])`, with its
/// arithmetic).
fn deciles(distinct: &[(f64, u64)], rows: u64) -> Vec<f64> {
    let last = rows.saturating_sub(1);
    let mut lowest_first = distinct.iter().rev();
    // The value at hand, and how many rows are not above it. With more rows than twice the parts, ranks only ever grow.
    let (mut value, mut up_to) = (f64::NAN, 0_u64);
    let mut at = |rank: u64| {
        while up_to <= rank.min(last) {
            let Some((next, rows)) = lowest_first.next() else {
                break;
            };
            value = *next;
            up_to = up_to.saturating_add(*rows);
        }
        value
    };
    let decile = |part: u64| {
        let rank = last as f64 * (part as f64 / PARTS as f64);
        let below = rank.floor();
        let (low, high) = (at(below as u64), at(below as u64 + 1));
        interpolated(low, high, rank - below)
    };
    (1..PARTS).map(decile).collect()
}
