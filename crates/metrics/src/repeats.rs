//! Rows that say the same, counted by fingerprints of a word each.

use serde::{Deserialize, Serialize};

use crate::order::sort_keys;

/// Rows whose inputs are identical to those of others, among reference and current rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeats {
    /// Rows of the reference.
    pub reference_rows: u64,
    /// Current rows.
    pub current_rows: u64,
    /// Current rows whose inputs a reference row has as well.
    pub current_in_reference: u64,
    /// Those of them with a class that such a reference row has as well.
    pub with_the_same_class: u64,
    /// Reference rows whose inputs another reference row has as well.
    pub repeated_in_reference: u64,
    /// Current rows whose inputs another current row has as well.
    pub repeated_in_current: u64,
    /// Current rows whose inputs another current row has with another class.
    pub conflicting: u64,
    /// Current rows that are wrong even where every input gets its most frequent class.
    pub fewest_errors: u64,
}

/// Collects one key a row: 8 bytes each.
///
/// A key is the fingerprint of the inputs without its lowest bits, where class and side stand. With two classes 62 bits
/// are left, and each doubling of the classes takes one. Two rows of different inputs count as identical
/// where those bits agree: among *n* rows that is expected for about n²/2⁶³ pairs of two classes, one in 90,000 files of ten million
/// rows. With a thousand classes it is 53 bits, and about one pair in every hundred such files.
///
/// ```
/// use greenlight_metrics::RepeatCounter;
/// let mut counter = RepeatCounter::new(2);
/// let (a, b) = (0xA5A5_5A5A_0000_1111, 0x1234_5678_9ABC_DEF0);
/// for (fingerprint, class, is_current) in [(a, 0, false), (a, 0, true), (b, 1, true), (b, 0, true)] {
///     counter.push(fingerprint, class, is_current);
/// }
/// let repeats = counter.finish();
/// assert_eq!((repeats.current_in_reference, repeats.with_the_same_class), (1, 1));
/// assert_eq!((repeats.conflicting, repeats.fewest_errors), (2, 1));
/// ```
#[derive(Clone, Debug)]
pub struct RepeatCounter {
    keys: Vec<u64>,
    class_bits: u32,
}

impl RepeatCounter {
    /// For rows of so many classes, at most 65,536; further ones count as the last.
    ///
    /// ```
    /// assert_eq!(greenlight_metrics::RepeatCounter::new(2).finish().current_rows, 0);
    /// ```
    pub fn new(classes: usize) -> Self {
        let most = classes.saturating_sub(1).min(0xFFFF) as u32;
        Self {
            keys: Vec::new(),
            class_bits: u32::BITS - most.leading_zeros(),
        }
    }

    /// Adds a row.
    ///
    /// ```
    /// let mut counter = greenlight_metrics::RepeatCounter::new(2);
    /// counter.push(7 << 32, 0, true);
    /// assert_eq!(counter.finish().current_rows, 1);
    /// ```
    pub fn push(&mut self, fingerprint: u64, class: usize, is_current: bool) {
        let low = self.low_mask();
        let class = (class as u64).min(low >> 1);
        self.keys
            .push(fingerprint & !low | class << 1 | u64::from(is_current));
    }

    fn low_mask(&self) -> u64 {
        (1 << (self.class_bits + 1)) - 1
    }

    /// Sorts once and counts.
    ///
    /// ```
    /// let mut counter = greenlight_metrics::RepeatCounter::new(2);
    /// counter.push(7 << 32, 0, false);
    /// counter.push(7 << 32, 1, false);
    /// assert_eq!(counter.finish().repeated_in_reference, 2);
    /// ```
    pub fn finish(mut self) -> Repeats {
        sort_keys(&mut self.keys);
        let low = self.low_mask();
        let mut found = Repeats::default();
        for same in self.keys.chunk_by(|a, b| a & !low == b & !low) {
            found.add(same, low);
        }
        found
    }
}

impl Repeats {
    /// Adds rows of the same inputs; their keys are in order of class.
    fn add(&mut self, same: &[u64], low: u64) {
        let (mut reference, mut current, mut of_shared_class) = (0_u64, 0_u64, 0_u64);
        let (mut classes, mut most) = (0_u32, 0_u64);
        for of_class in same.chunk_by(|a, b| (a & low) >> 1 == (b & low) >> 1) {
            let here = of_class.iter().filter(|key| *key & 1 == 1).count() as u64;
            let there = of_class.len() as u64 - here;
            reference += there;
            current += here;
            classes += u32::from(here > 0);
            most = most.max(here);
            if there > 0 {
                of_shared_class += here;
            }
        }
        self.reference_rows += reference;
        self.current_rows += current;
        if reference > 0 {
            self.current_in_reference += current;
            self.with_the_same_class += of_shared_class;
        }
        if reference > 1 {
            self.repeated_in_reference += reference;
        }
        if current > 1 {
            self.repeated_in_current += current;
        }
        if classes > 1 {
            self.conflicting += current;
            self.fewest_errors += current - most;
        }
    }
}
