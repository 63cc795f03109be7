//! Answers to the same id one after the other: how often the next differs from the last, from what to what, and at which ids.

use serde::{Deserialize, Serialize};

use crate::confusion::{Actual, ConfusionMatrix, Predicted};
use crate::consistency::Consistency;
use crate::interval::{Interval, wilson};
use crate::order::{key_of, sort_keys};
use crate::tally::{Tally, sort_pairs};
use crate::undefined::{Undefined, Value, ratio};

/// The ids that have several answers, by their fingerprints.
///
/// ```
/// use greenlight_metrics::RepeatedIds;
/// let repeated = RepeatedIds::of([(7, 1), (3, 1), (7, 1), (5, 2)]);
/// assert!(repeated.contain(7) && repeated.contain(5) && !repeated.contain(3));
/// ```
#[derive(Clone, Debug, Default)]
pub struct RepeatedIds {
    prints: Vec<u64>,
}

impl RepeatedIds {
    /// Of each row the fingerprint of its id, and how many observations it stands for. One sort; 8 bytes a row while it lasts.
    ///
    /// ```
    /// assert!(greenlight_metrics::RepeatedIds::of([(7, 1)]).is_empty());
    /// ```
    pub fn of(rows: impl IntoIterator<Item = (u64, u64)>) -> Self {
        let mut tally = Tally::default();
        for (print, count) in rows {
            tally.push_key(print, count);
        }
        let (mut sorted, mut prints) = (tally.sorted(), Vec::new());
        while let Some(print) = sorted.highest() {
            if sorted.take(print) > 1 {
                prints.push(print);
            }
        }
        prints.reverse();
        Self { prints }
    }

    /// Whether the id of this fingerprint is one of them.
    ///
    /// ```
    /// assert!(!greenlight_metrics::RepeatedIds::default().contain(7));
    /// ```
    pub fn contain(&self, print: u64) -> bool {
        self.prints.binary_search(&print).is_ok()
    }

    /// Whether there is none.
    ///
    /// ```
    /// assert!(greenlight_metrics::RepeatedIds::default().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.prints.is_empty()
    }
}

/// An answer to an id.
///
/// ```
/// use greenlight_metrics::TimedAnswer;
/// let answer = TimedAnswer { id: 7, time: Some(1.7e12), row: 0, class: 1, count: 1 };
/// assert_eq!(answer.class, 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimedAnswer {
    /// The fingerprint of the id.
    pub id: u64,
    /// When it was given, in any unit; those without a time come last.
    pub time: Option<f64>,
    /// The row it stands in: of equal times the first row comes first.
    pub row: usize,
    /// What it says.
    pub class: usize,
    /// How many equal answers the row stands for, one after the other.
    pub count: u64,
}

/// Collects the answers to ids, in any order. 40 bytes for each: give it those of [`RepeatedIds`] alone.
///
/// ```
/// use greenlight_metrics::{AnswerSequences, TimedAnswer};
/// let mut answers = AnswerSequences::new(2);
/// for (row, (id, time, class)) in [(9, 1.0, 1), (7, 3.0, 1), (7, 1.0, 0), (7, 2.0, 0), (9, 2.0, 1)].into_iter().enumerate() {
///     answers.push(TimedAnswer { id, time: Some(time), row, class, count: 1 });
/// }
/// let found = answers.finish(20);
/// // 7 says 0, 0, 1; 9 says 1, 1.
/// assert_eq!((found.consistency.ids, found.pairs, found.flips), (2, 3, 1));
/// assert_eq!(found.flip_rate(), Ok(0.5));
/// assert_eq!((found.unstable.len(), found.unstable[0].row), (1, 1));
/// ```
#[derive(Clone, Debug)]
pub struct AnswerSequences {
    classes: usize,
    answers: Vec<TimedAnswer>,
}

impl AnswerSequences {
    /// For answers of so many classes; further ones are left out.
    ///
    /// ```
    /// assert_eq!(greenlight_metrics::AnswerSequences::new(2).finish(9).pairs, 0);
    /// ```
    pub fn new(classes: usize) -> Self {
        Self {
            classes,
            answers: Vec::new(),
        }
    }

    /// Adds an answer.
    ///
    /// ```
    /// # use greenlight_metrics::{AnswerSequences, TimedAnswer};
    /// let mut answers = AnswerSequences::new(2);
    /// answers.push(TimedAnswer { id: 7, time: None, row: 0, class: 1, count: 3 });
    /// assert_eq!(answers.finish(9).pairs, 2);
    /// ```
    pub fn push(&mut self, answer: TimedAnswer) {
        if answer.class < self.classes && answer.count > 0 {
            self.answers.push(answer);
        }
    }

    /// Puts the answers to each id in order and counts; names the `most` unstable ids at most. Some sorts.
    ///
    /// ```
    /// # use greenlight_metrics::AnswerSequences;
    /// assert!(AnswerSequences::new(2).finish(9).unstable.is_empty());
    /// ```
    pub fn finish(mut self, most: usize) -> RepeatedAnswers {
        self.in_order();
        let mut found = RepeatedAnswers::new(self.classes);
        let mut counts = vec![0; self.classes];
        for answers in self.answers.chunk_by(|one, other| one.id == other.id) {
            found.add(answers, &mut counts, most);
        }
        found.consistency.finish();
        found
    }

    /// By id, time and row.
    fn in_order(&mut self) {
        let places = |of: fn(&TimedAnswer) -> u64| {
            let mut keys: Vec<u64> = self.answers.iter().map(of).collect();
            sort_keys(&mut keys);
            keys.dedup();
            keys
        };
        let time = |answer: &TimedAnswer| {
            let key = answer.time.and_then(|time| key_of(time).ok());
            key.unwrap_or(u64::MAX)
        };
        let (ids, times) = (places(|answer| answer.id), places(time));
        let place = |of: &[u64], key: u64| of.partition_point(|known| *known < key) as u64;
        // What is equal stays in order.
        self.sort_by(|answer| answer.row as u64);
        self.sort_by(|answer| place(&ids, answer.id) << 32 | place(&times, time(answer)));
    }

    fn sort_by(&mut self, key: impl Fn(&TimedAnswer) -> u64) {
        let answers = self.answers.iter().enumerate();
        let mut order: Vec<(u64, u64)> = answers
            .map(|(at, answer)| (key(answer), at as u64))
            .collect();
        sort_pairs(&mut order);
        let sorted = order
            .iter()
            .filter_map(|(_, at)| self.answers.get(*at as usize).copied());
        self.answers = sorted.collect();
    }
}

/// What became of ids that have several answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RepeatedAnswers {
    /// Ids with several answers, and how many of them always say the same.
    pub consistency: Consistency,
    /// Pairs of an answer and the next one to the same id.
    pub pairs: u64,
    /// Those of them that differ.
    pub flips: u64,
    /// The pairs by what the earlier answer says (in the place of the actual class) and what the later one does (in that of the
    /// predicted one).
    pub transitions: ConfusionMatrix,
    /// The ids whose answers flip most often; of equals those of fewer answers first.
    pub unstable: Vec<UnstableId>,
}

/// An id whose answers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnstableId {
    /// The row of its first answer.
    pub row: usize,
    /// How many answers it has.
    pub answers: u64,
    /// How many different ones.
    pub distinct: u64,
    /// How often the next differs from the last.
    pub flips: u64,
}

impl RepeatedAnswers {
    fn new(classes: usize) -> Self {
        Self {
            consistency: Consistency::default(),
            pairs: 0,
            flips: 0,
            transitions: ConfusionMatrix::new(classes),
            unstable: Vec::new(),
        }
    }

    /// The share of ids with several answers whose answers differ.
    ///
    /// ```
    /// # use greenlight_metrics::{AnswerSequences, Undefined};
    /// assert_eq!(AnswerSequences::new(2).finish(9).flip_rate(), Err(Undefined::NoRepeats));
    /// ```
    pub fn flip_rate(&self) -> Value {
        let Consistency {
            ids, consistent, ..
        } = self.consistency;
        ratio((ids - consistent).into(), ids.into(), Undefined::NoRepeats)
    }

    /// Its 95 % interval, by Wilson: ids are independent of each other.
    ///
    /// ```
    /// # use greenlight_metrics::AnswerSequences;
    /// assert!(AnswerSequences::new(2).finish(9).flip_rate_interval().is_err());
    /// ```
    pub fn flip_rate_interval(&self) -> Result<Interval, Undefined> {
        let Consistency {
            ids, consistent, ..
        } = self.consistency;
        wilson(ids - consistent, ids).map_err(|_| Undefined::NoRepeats)
    }

    /// The share of answers that differ from the one before to the same id.
    ///
    /// ```
    /// # use greenlight_metrics::AnswerSequences;
    /// assert!(AnswerSequences::new(2).finish(9).consecutive_flip_rate().is_err());
    /// ```
    pub fn consecutive_flip_rate(&self) -> Value {
        ratio(self.flips.into(), self.pairs.into(), Undefined::NoRepeats)
    }

    /// Adds the answers to an id in order; `counts` has a 0 for each class, and has so again.
    fn add(&mut self, answers: &[TimedAnswer], counts: &mut [u64], most: usize) {
        let Some(first) = answers.first() else { return };
        let (mut rows, mut flips, mut before) = (0_u64, 0_u64, None);
        for answer in answers {
            let mut pairs = |earlier: usize, pairs: u64| {
                let (earlier, later) = (Actual(earlier), Predicted(answer.class));
                // Cannot fail: only answers of known classes were taken.
                let _ = self.transitions.add(earlier, later, pairs);
            };
            if let Some(before) = before {
                flips += u64::from(before != answer.class);
                pairs(before, 1);
            }
            pairs(answer.class, answer.count - 1);
            rows = rows.saturating_add(answer.count);
            if let Some(count) = counts.get_mut(answer.class) {
                *count = count.saturating_add(answer.count);
            }
            before = Some(answer.class);
        }
        if rows > 1 {
            self.pairs = self.pairs.saturating_add(rows - 1);
            self.flips = self.flips.saturating_add(flips);
        }
        let mut distinct = 0;
        let last = counts.len().saturating_sub(1);
        let (mut always_last, mut pairs_alike) = (false, 0.0);
        for answer in answers {
            let count = counts.get_mut(answer.class).map_or(0, std::mem::take);
            if count > 0 {
                distinct += 1;
                always_last = answer.class == last && count == rows;
                pairs_alike += count as f64 * (count as f64 - 1.0);
            }
        }
        self.consistency
            .add(rows, distinct == 1, always_last, pairs_alike);
        if distinct > 1 {
            let unstable = UnstableId {
                row: answers
                    .iter()
                    .map(|answer| answer.row)
                    .min()
                    .unwrap_or(first.row),
                answers: rows,
                distinct,
                flips,
            };
            let is_before = |other: &UnstableId| {
                (other.flips, std::cmp::Reverse((other.answers, other.row)))
                    > (flips, std::cmp::Reverse((rows, unstable.row)))
            };
            let place = self.unstable.partition_point(is_before);
            if place < most {
                self.unstable.insert(place, unstable);
                self.unstable.truncate(most);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consistency::ConsistencyCounter;
    use crate::random::Random;

    fn answers() -> Vec<TimedAnswer> {
        let mut random = Random::new(8);
        let row = |row| TimedAnswer {
            id: (random.next() % 40).wrapping_mul(0x9E37_79B9_7F4A_7C15),
            time: (row % 7 != 0).then(|| (random.next() % 30) as f64 - 15.0),
            row,
            class: (random.next() % 3) as usize,
            count: 1 + random.next() % 2,
        };
        (0..200).map(row).collect()
    }

    fn found(answers: impl IntoIterator<Item = TimedAnswer>, most: usize) -> RepeatedAnswers {
        let mut sequences = AnswerSequences::new(3);
        answers
            .into_iter()
            .for_each(|answer| sequences.push(answer));
        sequences.finish(most)
    }

    #[test]
    fn the_order_in_which_answers_come_cannot_matter() {
        let mut shuffled = answers();
        shuffled.reverse();
        shuffled.rotate_left(77);
        assert_eq!(found(shuffled, 5), found(answers(), 5));
    }

    #[test]
    fn a_row_that_stands_for_several_is_as_those_rows() {
        let counted = answers();
        // Rows apart by two, so that the copies stand where the row stood.
        let mut written_out = Vec::new();
        for answer in &counted {
            for copy in 0..answer.count {
                written_out.push(TimedAnswer {
                    row: 2 * answer.row + copy as usize,
                    count: 1,
                    ..*answer
                });
            }
        }
        let (one, mut other) = (found(counted, 9), found(written_out, 9));
        other.unstable.iter_mut().for_each(|id| id.row /= 2);
        assert_eq!(one, other);
    }

    #[test]
    fn consistency_is_that_of_the_counter_and_pairs_are_those_of_the_table() {
        let answers: Vec<TimedAnswer> = answers()
            .into_iter()
            .map(|of| TimedAnswer { count: 1, ..of })
            .collect();
        let mut counter = ConsistencyCounter::new(3);
        answers
            .iter()
            .for_each(|answer| counter.push(answer.id, answer.class));
        let (found, counted) = (found(answers, usize::MAX), counter.finish());
        let apart = found.consistency.pairwise_agreement - counted.pairwise_agreement;
        assert!(apart.abs() < 1e-12);
        let consistency = Consistency {
            pairwise_agreement: counted.pairwise_agreement,
            ..found.consistency
        };
        assert_eq!(consistency, counted);
        assert_eq!(found.pairs, found.transitions.total());
        assert_eq!(found.flips, found.pairs - found.transitions.correct());
        assert_eq!(found.pairs, counted.rows - counted.ids);
        assert_eq!(
            found.unstable.len() as u64,
            counted.ids - counted.consistent
        );
        assert_eq!(
            found.unstable.iter().map(|id| id.flips).sum::<u64>(),
            found.flips
        );
        assert!(
            found
                .unstable
                .is_sorted_by_key(|id| std::cmp::Reverse(id.flips))
        );
    }
}
