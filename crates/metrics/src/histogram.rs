//! A histogram on a log scale whose edges never depend on the data, so that any two of them merge.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::latency::Latencies;

/// Each octave is cut into 2³ bins: the top three bits of the mantissa.
const BIN_SHIFT: u32 = 52 - 3;

/// Counts of positive values in bins of 6 to 12.5 % width: eight equal ones between each power of two and
/// the next. Only bins with rows take memory; there are at most 2¹⁴ of them, for all doubles.
///
/// ```
/// use greenlight_metrics::LogHistogram;
/// let mut histogram = LogHistogram::default();
/// histogram.add(4.2, 3);
/// histogram.add(4.4, 1);
/// let bin = histogram.bins().next();
/// assert_eq!(bin.map(|bin| (bin.low, bin.high, bin.count)), Some((4.0, 4.5, 4)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogHistogram {
    bins: BTreeMap<u64, u64>,
    not_positive: u64,
}

/// A bin of a [`LogHistogram`]: the values in [low, high), in the unit of the input.
///
/// ```
/// # use greenlight_metrics::LogHistogram;
/// let mut histogram = LogHistogram::default();
/// histogram.add(1.0, 1);
/// assert_eq!(histogram.bins().next().map(|bin| bin.high), Some(1.125));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogBin {
    /// The lower edge, inside.
    pub low: f64,
    /// The upper edge, outside.
    pub high: f64,
    /// The rows in between.
    pub count: u64,
}

impl LogHistogram {
    /// The histogram of all latencies.
    ///
    /// ```
    /// # use greenlight_metrics::{Latencies, LogHistogram};
    /// let latencies = Latencies::from_rows([8.0, 8.5, 100.0])?;
    /// assert_eq!(LogHistogram::of(&latencies).bins().count(), 2);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn of(latencies: &Latencies) -> Self {
        let mut histogram = Self::default();
        for (latency, rows) in latencies.groups() {
            histogram.add(latency, rows);
        }
        histogram
    }

    /// Adds `count` rows of one value. Zero, negative and NaN have no place on a log scale and are only
    /// counted.
    ///
    /// ```
    /// # use greenlight_metrics::LogHistogram;
    /// let mut histogram = LogHistogram::default();
    /// histogram.add(0.0, 2);
    /// assert_eq!((histogram.bins().count(), histogram.not_positive()), (0, 2));
    /// ```
    pub fn add(&mut self, value: f64, count: u64) {
        let cell = if value > 0.0 {
            self.bins
                .entry(value.min(f64::MAX).to_bits() >> BIN_SHIFT)
                .or_default()
        } else {
            &mut self.not_positive
        };
        *cell = cell.saturating_add(count);
    }

    /// Adds all that another histogram holds.
    ///
    /// ```
    /// # use greenlight_metrics::LogHistogram;
    /// let (mut left, mut right) = (LogHistogram::default(), LogHistogram::default());
    /// left.add(2.0, 1);
    /// right.add(2.0, 2);
    /// left.merge(&right);
    /// assert_eq!(left.bins().next().map(|bin| bin.count), Some(3));
    /// ```
    pub fn merge(&mut self, other: &Self) {
        for (&bin, &count) in &other.bins {
            let cell = self.bins.entry(bin).or_default();
            *cell = cell.saturating_add(count);
        }
        self.not_positive = self.not_positive.saturating_add(other.not_positive);
    }

    /// The bins with rows, lowest first.
    ///
    /// ```
    /// # use greenlight_metrics::LogHistogram;
    /// assert_eq!(LogHistogram::default().bins().count(), 0);
    /// ```
    pub fn bins(&self) -> impl Iterator<Item = LogBin> + '_ {
        // A bin number read from outside may be no double's: it is kept within them.
        let edge =
            |bin: u64| f64::from_bits(bin.min(f64::INFINITY.to_bits() >> BIN_SHIFT) << BIN_SHIFT);
        self.bins.iter().map(move |(&bin, &count)| LogBin {
            low: edge(bin),
            high: edge(bin.saturating_add(1)).min(f64::MAX),
            count,
        })
    }

    /// How many rows were zero or negative.
    ///
    /// ```
    /// # use greenlight_metrics::LogHistogram;
    /// assert_eq!(LogHistogram::default().not_positive(), 0);
    /// ```
    pub fn not_positive(&self) -> u64 {
        self.not_positive
    }
}
