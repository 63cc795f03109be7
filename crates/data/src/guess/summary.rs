//! What the values of a column look like: enough to tell a class from a measurement.

use crate::boolean::boolean_of;
use crate::number::canonical_number;
use crate::time::MISSING;
use crate::values::{Categories, Values};
use foldhash::fast::FixedState;
use hashbrown::HashSet;
use std::collections::BTreeSet;

/// The look of a column.
#[derive(Debug, Clone)]
pub(crate) struct Summary {
    pub is_number: bool,
    pub is_time: bool,
    /// The values that are there, and how many rows have one.
    pub range: Option<(f64, f64)>,
    pub values: usize,
    /// Whether all are whole numbers.
    pub is_whole: bool,
    /// Whether each is larger by one than the one before.
    pub counts_up: bool,
    /// The distinct values as text; `None` if there are more than [`MOST_DISTINCT`].
    pub distinct: Option<BTreeSet<String>>,
}

/// So many distinct values are told apart.
const MOST_DISTINCT: usize = 1000;

/// Numbers with more distinct values than this are taken for a measurement, unless each has a column of scores.
pub const MOST_NUMERIC_CLASSES: usize = 50;

/// A scale of grades has no more than this: 0 to 100.
pub const MOST_GRADES: usize = 101;

/// So many distinct numbers can be classes; more are a measurement or a count.
const MOST_NUMBERED_CLASSES: usize = 100;

impl Summary {
    pub(crate) fn new(values: &Values) -> Self {
        match values {
            Values::Number(numbers) => Self::of_numbers(numbers),
            Values::Category(categories) => Self::of_categories(categories),
            Values::Timestamp(times) => Self::of_times(times),
            Values::Deferred(deferred) => Self::new(&deferred.sample.values),
        }
    }

    /// Whether the values can be classes: few, each repeated, and not fractions.
    pub(crate) fn is_class_like(&self) -> bool {
        let Some(distinct) = self.distinct.as_ref().map(BTreeSet::len) else {
            return false;
        };
        let few = distinct <= 20 || distinct * 2 <= self.values;
        let whole = !self.is_number || (self.is_whole && distinct <= MOST_NUMBERED_CLASSES);
        distinct > 0 && few && whole
    }

    /// Whether the values can be grades: classes, or few numbers, also halves, but no probabilities.
    pub(crate) fn is_grade(&self) -> bool {
        let few = self
            .distinct_count()
            .is_some_and(|distinct| (1..=MOST_GRADES).contains(&distinct));
        self.is_class_like() || (self.is_number && few && (self.is_whole || !self.is_probability()))
    }

    /// Whether the values are so many different numbers that they measure something, in a regression say.
    pub(crate) fn is_measured(&self) -> bool {
        self.is_number
            && self
                .distinct_count()
                .is_none_or(|distinct| distinct > MOST_NUMERIC_CLASSES)
    }

    /// Whether all values are numbers from 0 to 1.
    pub(crate) fn is_probability(&self) -> bool {
        self.range
            .is_some_and(|(least, most)| least >= 0.0 && most <= 1.0)
    }

    /// How many distinct values there are, if they were told apart.
    pub(crate) fn distinct_count(&self) -> Option<usize> {
        self.distinct.as_ref().map(BTreeSet::len)
    }

    /// Whether both columns hold the same distinct values.
    pub(crate) fn has_values_of(&self, other: &Self) -> bool {
        self.distinct.is_some() && self.distinct == other.distinct
    }

    /// Whether a value of this column is one of the other's; words for yes and no are, however they are spelled.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        match (&self.distinct, &other.distinct) {
            (Some(ours), Some(theirs)) => {
                let are_booleans = ours
                    .iter()
                    .chain(theirs)
                    .all(|text| boolean_of(text).is_some());
                !ours.is_disjoint(theirs)
                    || (are_booleans && !ours.is_empty() && !theirs.is_empty())
            }
            _ => false,
        }
    }

    fn of_numbers(numbers: &[f64]) -> Self {
        let mut seen: HashSet<u64, FixedState> = HashSet::with_hasher(FixedState::with_seed(0));
        let mut distinct = Some(BTreeSet::new());
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut values, mut is_whole, mut counts_up) = (0, true, true);
        let mut previous = f64::NAN;
        for &number in numbers.iter().filter(|number| !number.is_nan()) {
            values += 1;
            if number == previous {
                counts_up = false;
                continue;
            }
            counts_up &= previous.is_nan() || number == previous + 1.0;
            previous = number;
            (least, most) = (least.min(number), most.max(number));
            is_whole &= number.fract() == 0.0;
            if let Some(texts) = distinct.as_mut().filter(|_| seen.insert(number.to_bits())) {
                texts.insert(canonical_number(number));
                if texts.len() > MOST_DISTINCT {
                    distinct = None;
                }
            }
        }
        let range = (values > 0).then_some((least, most));
        Self {
            is_number: true,
            is_time: false,
            range,
            values,
            is_whole,
            counts_up: counts_up && values > 0,
            distinct,
        }
    }

    fn of_times(times: &[i64]) -> Self {
        Self {
            is_number: false,
            is_time: true,
            range: None,
            values: times.iter().filter(|&&time| time != MISSING).count(),
            is_whole: false,
            counts_up: false,
            distinct: None,
        }
    }

    fn of_categories(categories: &Categories) -> Self {
        let values = categories
            .codes()
            .iter()
            .filter(|&&code| code != Categories::MISSING)
            .count();
        let texts = categories.dictionary();
        let distinct = (texts.len() <= MOST_DISTINCT).then(|| {
            let mut distinct = BTreeSet::new();
            distinct.extend(texts.iter().cloned());
            distinct
        });
        Self {
            is_number: false,
            is_time: false,
            range: None,
            values,
            is_whole: false,
            counts_up: false,
            distinct,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(numbers: impl IntoIterator<Item = f64>) -> Summary {
        Summary::new(&Values::Number(numbers.into_iter().collect()))
    }

    #[test]
    fn classes_and_measurements() {
        assert!(numbers([0.0, 1.0, f64::NAN, 1.0]).is_class_like());
        assert!(!numbers([0.0, 0.5]).is_class_like());
        assert!(!numbers((0..101).chain(0..101).map(f64::from)).is_class_like());
        assert!(!numbers([]).is_class_like());
        assert!(numbers((5..2000).map(f64::from)).counts_up);
        assert_eq!(numbers((0..2000).map(f64::from)).distinct_count(), None);
        assert!(numbers([0.0, 1.0]).is_probability() && !numbers([0.0, 1.1]).is_probability());
        let texts: Vec<String> = (0..30).map(|i| i.to_string() + "x").collect();
        let unique = Categories::from_texts(texts.iter().map(|text| Some(text.as_str())));
        assert!(!Summary::new(&Values::Category(unique)).is_class_like());
    }
}
