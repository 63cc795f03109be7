//! Bins of about as many rows each, with edges at values that occur.

use serde::{Deserialize, Serialize};

use crate::order::{NotFinite, value_of};
use crate::tally::Tally;

/// Collects numbers in any order; a row takes 8 bytes, a row that stands for several 16.
///
/// ```
/// use greenlight_metrics::NumberCollector;
/// let mut numbers = NumberCollector::default();
/// for value in [3.0, 1.0, 3.0] {
///     numbers.push(value, 1)?;
/// }
/// assert_eq!(numbers.distinct(), [(3.0, 2), (1.0, 1)]);
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct NumberCollector(Tally);

impl NumberCollector {
    /// Adds a row, or `count` equal rows.
    ///
    /// ```
    /// # use greenlight_metrics::NumberCollector;
    /// assert!(NumberCollector::default().push(f64::NAN, 1).is_err());
    /// ```
    pub fn push(&mut self, value: f64, count: u64) -> Result<(), NotFinite> {
        self.0.push(value, count)
    }

    /// The distinct numbers, the highest first, and the rows that have each. One sort.
    ///
    /// ```
    /// # use greenlight_metrics::NumberCollector;
    /// assert!(NumberCollector::default().distinct().is_empty());
    /// ```
    pub fn distinct(self) -> Vec<(f64, u64)> {
        let mut sorted = self.0.sorted();
        let mut distinct = Vec::with_capacity(sorted.distinct());
        while let Some(key) = sorted.highest() {
            distinct.push((value_of(key), sorted.take(key)));
        }
        distinct
    }

    /// At most `most` bins. One sort.
    ///
    /// ```
    /// # use greenlight_metrics::NumberCollector;
    /// let mut numbers = NumberCollector::default();
    /// for value in 0..100 {
    ///     numbers.push(f64::from(value), 1)?;
    /// }
    /// let bins = numbers.bins(4);
    /// let lows: Vec<f64> = bins.bins().iter().map(|bin| bin.low).collect();
    /// assert_eq!(lows, [0.0, 25.0, 50.0, 75.0]);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn bins(self, most: usize) -> QuantileBins {
        QuantileBins::of(&self.distinct(), most)
    }
}

/// A bin: from its lowest to its highest value, both of which occur.
///
/// ```
/// use greenlight_metrics::QuantileBin;
/// assert_eq!(QuantileBin { low: 1.0, high: 2.0, rows: 3 }.rows, 3);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantileBin {
    /// The lowest value in it.
    pub low: f64,
    /// The highest value in it.
    pub high: f64,
    /// Rows.
    pub rows: u64,
}

/// Bins of about as many rows each, lowest first. A value that many rows have gets a bin of its own, and of few distinct
/// values each does.
///
/// ```
/// use greenlight_metrics::QuantileBins;
/// // Nine rows in ten are 0: that is one bin, and the rest another.
/// let bins = QuantileBins::of(&[(3.0, 2), (2.0, 3), (1.0, 5), (0.0, 90)], 3);
/// let bins: Vec<(f64, f64)> = bins.bins().iter().map(|bin| (bin.low, bin.high)).collect();
/// assert_eq!(bins, [(0.0, 0.0), (1.0, 3.0)]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuantileBins(Vec<QuantileBin>);

impl QuantileBins {
    /// At most `most` bins of `distinct` values, which stand highest first.
    ///
    /// ```
    /// # use greenlight_metrics::QuantileBins;
    /// assert_eq!(QuantileBins::of(&[(1.0, 7), (0.0, 1)], 10).bins().len(), 2);
    /// ```
    pub fn of(distinct: &[(f64, u64)], most: usize) -> Self {
        let total = |sum: u64, (_, rows): &(f64, u64)| sum.saturating_add(*rows);
        let mut left = distinct.iter().fold(0, total);
        let is_few = distinct.len() <= most;
        let mut bins: Vec<QuantileBin> = Vec::with_capacity(most.min(distinct.len()));
        let mut open: Option<QuantileBin> = None;
        let mut wanted = left.div_ceil(most.max(1) as u64);
        for &(value, rows) in distinct {
            if let Some(bin) = open {
                // Whether the bin comes nearer to what it should hold without this value.
                let over = (bin.rows.saturating_add(rows)).saturating_sub(wanted);
                let is_last = bins.len() + 1 >= most;
                if is_few || !is_last && over > wanted.saturating_sub(bin.rows) {
                    left = left.saturating_sub(bin.rows);
                    bins.push(bin);
                    wanted = left.div_ceil(most.saturating_sub(bins.len()).max(1) as u64);
                    open = None;
                }
            }
            let bin = open.get_or_insert(QuantileBin {
                low: value,
                high: value,
                rows: 0,
            });
            bin.low = value;
            bin.rows = bin.rows.saturating_add(rows);
        }
        bins.extend(open);
        bins.reverse();
        Self(bins)
    }

    /// The bins, lowest first.
    ///
    /// ```
    /// assert!(greenlight_metrics::QuantileBins::default().bins().is_empty());
    /// ```
    pub fn bins(&self) -> &[QuantileBin] {
        &self.0
    }

    /// The bin of a value: the highest whose lowest value is not above it; the first for what lies below all.
    ///
    /// ```
    /// # use greenlight_metrics::QuantileBins;
    /// let bins = QuantileBins::of(&[(4.0, 1), (2.0, 1)], 2);
    /// assert_eq!([1.0, 2.0, 3.9, 4.0, 9.0].map(|value| bins.bin_of(value)), [0, 0, 0, 1, 1]);
    /// ```
    pub fn bin_of(&self, value: f64) -> usize {
        let above = self.0.partition_point(|bin| bin.low <= value);
        above.saturating_sub(1)
    }
}
