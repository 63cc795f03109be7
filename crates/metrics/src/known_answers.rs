//! The answer that is known of each example, to look up by the example's fingerprint.

use crate::order::sort_keys;
use crate::paired::Answer;

/// Answers by the fingerprint of their example, of which the lowest bits give way to the answer as in
/// [`RepeatCounter`](crate::RepeatCounter). 8 bytes for each answer.
///
/// ```
/// use greenlight_metrics::{Answer, Found, KnownAnswers};
/// let (a, b) = (0xA5A5_5A5A_0000_1111, 0x1234_5678_9ABC_DEF0);
/// let (yes, no) = (Answer { class: 1, is_right: true }, Answer { class: 0, is_right: false });
/// let mut known = KnownAnswers::new(2);
/// for (example, answer) in [(b, yes), (a, yes), (a, yes), (b, no)] {
///     known.push(example, answer);
/// }
/// known.sort();
/// assert!(matches!(known.find(a), Found::One { answer, .. } if answer == yes));
/// assert_eq!(known.find(b), Found::Several);
/// assert_eq!(known.find(7), Found::None);
/// ```
#[derive(Clone, Debug)]
pub struct KnownAnswers {
    keys: Vec<u64>,
    low: u64,
}

/// What is known of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    None,
    /// One answer, however often it was given.
    One {
        /// The place of the example among the known answers, below [`KnownAnswers::len`].
        place: usize,
        /// The answer.
        answer: Answer,
    },
    /// Answers that differ.
    Several,
}

impl KnownAnswers {
    /// For answers of so many classes, at most 65,536; further ones count as the last.
    ///
    /// ```
    /// assert_eq!(greenlight_metrics::KnownAnswers::new(2).len(), 0);
    /// ```
    pub fn new(classes: usize) -> Self {
        let most = classes.saturating_sub(1).min(0xFFFF) as u64;
        let class_bits = u64::BITS - most.leading_zeros();
        Self {
            keys: Vec::new(),
            low: (1 << (class_bits + 1)) - 1,
        }
    }

    /// Adds the answer of an example.
    ///
    /// ```
    /// # use greenlight_metrics::{Answer, KnownAnswers};
    /// let mut known = KnownAnswers::new(2);
    /// known.push(7 << 32, Answer { class: 1, is_right: true });
    /// assert_eq!(known.len(), 1);
    /// ```
    pub fn push(&mut self, fingerprint: u64, Answer { class, is_right }: Answer) {
        let class = (class as u64).min(self.low >> 1);
        self.keys
            .push(fingerprint & !self.low | class << 1 | u64::from(is_right));
    }

    /// Sorts them, for [`find`](Self::find).
    ///
    /// ```
    /// greenlight_metrics::KnownAnswers::new(2).sort();
    /// ```
    pub fn sort(&mut self) {
        sort_keys(&mut self.keys);
        self.keys.dedup();
    }

    /// The answer of an example; answers have to be sorted.
    ///
    /// ```
    /// # use greenlight_metrics::{Found, KnownAnswers};
    /// assert_eq!(KnownAnswers::new(2).find(7), Found::None);
    /// ```
    pub fn find(&self, fingerprint: u64) -> Found {
        let example = fingerprint & !self.low;
        let place = self.keys.partition_point(|key| *key < example);
        let of_example = |place: usize| {
            let key = self.keys.get(place).copied();
            key.filter(|key| key & !self.low == example)
        };
        match (of_example(place), of_example(place + 1)) {
            (None, _) => Found::None,
            (Some(_), Some(_)) => Found::Several,
            (Some(key), None) => Found::One {
                place,
                answer: Answer {
                    class: ((key & self.low) >> 1) as usize,
                    is_right: key & 1 == 1,
                },
            },
        }
    }

    /// How many answers there are; once they are sorted, how many different ones.
    ///
    /// ```
    /// assert_eq!(greenlight_metrics::KnownAnswers::new(9).len(), 0);
    /// ```
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    ///
    /// ```
    /// assert!(greenlight_metrics::KnownAnswers::new(9).is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

/// How many different fingerprints there are.
///
/// ```
/// assert_eq!(greenlight_metrics::count_distinct(vec![3, 1, 3]), 2);
/// ```
pub fn count_distinct(fingerprints: Vec<u64>) -> u64 {
    distinct(fingerprints).len() as u64
}

/// The different fingerprints, in order.
///
/// ```
/// assert_eq!(greenlight_metrics::known_answers::distinct(vec![3, 1, 3]), [1, 3]);
/// ```
pub fn distinct(mut fingerprints: Vec<u64>) -> Vec<u64> {
    sort_keys(&mut fingerprints);
    fingerprints.dedup();
    fingerprints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_found_whatever_the_number_of_classes() {
        for classes in [1, 2, 3, 10, 1_000, 70_000] {
            let mut known = KnownAnswers::new(classes);
            let answer = |example: u64| Answer {
                class: (example % classes.min(65_536) as u64) as usize,
                is_right: example.is_multiple_of(3),
            };
            let print = |example: u64| example.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            for example in 0..500 {
                known.push(print(example), answer(example));
            }
            known.sort();
            assert_eq!(known.len(), 500);
            for example in 0..500 {
                match known.find(print(example)) {
                    Found::One {
                        answer: found,
                        place,
                    } => {
                        assert_eq!(found, answer(example));
                        assert!(place < known.len());
                    }
                    other => panic!("{other:?}"),
                }
            }
            assert_eq!(known.find(print(501)), Found::None);
        }
    }
}
