//! Whether repeats of the same question get the same answer.

use serde::{Deserialize, Serialize};

use crate::order::sort_keys;

/// What became of ids that occur more than once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Consistency {
    /// Ids with at least two rows.
    pub ids: u64,
    /// Their rows.
    pub rows: u64,
    /// Those ids whose rows are all of one class.
    pub consistent: u64,
    /// Those whose rows are all of the last class: where it means right, all repeats are (pass^k).
    pub always_last: u64,
    /// The mean over those ids of the share of pairs of rows that are of one class; 0 without any id.
    pub pairwise_agreement: f64,
}

impl Consistency {
    /// Adds an id with its rows, of which so many ordered pairs are of one class. An id with one row says nothing.
    pub(crate) fn add(
        &mut self,
        rows: u64,
        is_consistent: bool,
        is_always_last: bool,
        pairs_alike: f64,
    ) {
        if rows < 2 {
            return;
        }
        self.ids += 1;
        self.rows = self.rows.saturating_add(rows);
        self.consistent += u64::from(is_consistent);
        self.always_last += u64::from(is_always_last);
        self.pairwise_agreement += pairs_alike / (rows as f64 * (rows as f64 - 1.0));
    }

    /// After the last id: the sum becomes a mean.
    pub(crate) fn finish(&mut self) {
        if self.ids > 0 {
            self.pairwise_agreement /= self.ids as f64;
        }
    }
}

/// Collects one key a row, 8 bytes each: the fingerprint of its id, whose lowest bits make room for its class. With two classes 63
/// bits are left, and two different ids are taken for one in about one of 180,000 files of ten million rows.
///
/// ```
/// use greenlight_metrics::ConsistencyCounter;
/// let mut counter = ConsistencyCounter::new(2);
/// let (a, b, c) = (0xA5A5_5A5A_0000_1110, 0x1234_5678_9ABC_DEF0, 0x0F0F_F0F0_3C3C_C3C0);
/// for (id, class) in [(a, 1), (b, 0), (a, 1), (b, 1), (b, 1), (c, 0)] {
///     counter.push(id, class);
/// }
/// let consistency = counter.finish();
/// assert_eq!((consistency.ids, consistency.rows), (2, 5));
/// assert_eq!((consistency.consistent, consistency.always_last), (1, 1));
/// assert_eq!(consistency.pairwise_agreement, (1.0 + 1.0 / 3.0) / 2.0);
/// ```
#[derive(Clone, Debug)]
pub struct ConsistencyCounter {
    keys: Vec<u64>,
    classes: u64,
    class_bits: u32,
}

impl ConsistencyCounter {
    /// For rows of so many classes, at most 65,536; further ones count as the last.
    ///
    /// ```
    /// assert_eq!(greenlight_metrics::ConsistencyCounter::new(2).finish().ids, 0);
    /// ```
    pub fn new(classes: usize) -> Self {
        let most = classes.saturating_sub(1).min(0xFFFF) as u32;
        Self {
            keys: Vec::new(),
            classes: u64::from(most) + 1,
            class_bits: u32::BITS - most.leading_zeros(),
        }
    }

    /// Adds a row by the fingerprint of its id.
    ///
    /// ```
    /// let mut counter = greenlight_metrics::ConsistencyCounter::new(2);
    /// counter.push(7 << 32, 0);
    /// counter.push(7 << 32, 1);
    /// assert_eq!(counter.finish().consistent, 0);
    /// ```
    pub fn push(&mut self, id: u64, class: usize) {
        let class = (class as u64).min(self.classes - 1);
        self.keys.push(id & !self.low_mask() | class);
    }

    fn low_mask(&self) -> u64 {
        (1 << self.class_bits) - 1
    }

    /// Sorts once and counts; neither order nor anything else but the rows can change a bit.
    ///
    /// ```
    /// let mut counter = greenlight_metrics::ConsistencyCounter::new(3);
    /// counter.push(7 << 32, 2);
    /// counter.push(7 << 32, 2);
    /// assert_eq!(counter.finish().always_last, 1);
    /// ```
    pub fn finish(mut self) -> Consistency {
        sort_keys(&mut self.keys);
        let low = self.low_mask();
        let pairs = |rows: usize| rows as f64 * (rows as f64 - 1.0);
        let mut found = Consistency::default();
        for same in self.keys.chunk_by(|a, b| a & !low == b & !low) {
            let (Some(first), Some(last), 2..) = (same.first(), same.last(), same.len()) else {
                continue;
            };
            let alike = same.chunk_by(|a, b| a == b);
            found.add(
                same.len() as u64,
                // Keys are in order of class.
                first == last,
                first & low == self.classes - 1,
                alike.map(|rows| pairs(rows.len())).sum(),
            );
        }
        found.finish();
        found
    }
}
