//! Two answers to each of some questions: how often they differ, and how much less often the second is right.

use serde::{Deserialize, Serialize};

use crate::binomial::fair_lower_tail;
use crate::interval::{Interval, wilson_at, wilson_share_at};
use crate::undefined::{Undefined, Value};

/// Pairs of answers, the first to the plain form of an example and the second to a perturbed copy of it.
///
/// An example may have several copies. Their answers are not independent, so intervals are those of
/// [`effective_pairs`](Self::effective_pairs).
///
/// ```
/// use greenlight_metrics::{Answer, PairedAnswers};
/// let (yes, no) = (Answer { class: 1, is_right: true }, Answer { class: 0, is_right: false });
/// let mut pairs = PairedAnswers::default();
/// for (first, second) in [(yes, yes), (yes, no), (no, no), (yes, yes)] {
///     pairs.add(first, second, 1);
/// }
/// assert_eq!((pairs.pairs, pairs.flips, pairs.right_to_wrong), (4, 1, 1));
/// assert_eq!((pairs.accuracy_drop(), pairs.flip_rate()), (Ok(0.25), Ok(0.25)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairedAnswers {
    /// How many pairs.
    pub pairs: u64,
    /// Those of which the first answer is right.
    pub first_right: u64,
    /// Those of which the first answer is right and the second wrong.
    pub right_to_wrong: u64,
    /// Those of which the first answer is wrong and the second right.
    pub wrong_to_right: u64,
    /// Those whose answers differ.
    pub flips: u64,
    /// The squares of the numbers of pairs of each example, added up.
    pub squared_copies: u64,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it says.
    pub class: usize,
    /// Whether that is right.
    pub is_right: bool,
}

impl PairedAnswers {
    /// Adds so many pairs of the same answers. Their example has to be told by [`add_copies`](Self::add_copies).
    ///
    /// ```
    /// # use greenlight_metrics::{Answer, PairedAnswers};
    /// let answer = Answer { class: 1, is_right: true };
    /// let mut pairs = PairedAnswers::default();
    /// pairs.add(answer, answer, 2);
    /// assert_eq!((pairs.pairs, pairs.first_right, pairs.flips), (2, 2, 0));
    /// ```
    pub fn add(&mut self, first: Answer, second: Answer, count: u64) {
        let mut add = |to: fn(&mut Self) -> &mut u64, is_so: bool| {
            let to = to(self);
            *to = to.saturating_add(if is_so { count } else { 0 });
        };
        add(|all| &mut all.pairs, true);
        add(|all| &mut all.first_right, first.is_right);
        let (was, is) = (first.is_right, second.is_right);
        add(|all| &mut all.right_to_wrong, was && !is);
        add(|all| &mut all.wrong_to_right, !was && is);
        add(|all| &mut all.flips, first.class != second.class);
    }

    /// Says that `count` pairs are of an example of which there were `before` so far.
    ///
    /// ```
    /// let mut pairs = greenlight_metrics::PairedAnswers::default();
    /// pairs.add_copies(2, 0);
    /// pairs.add_copies(1, 2);
    /// assert_eq!(pairs.squared_copies, 9);
    /// ```
    pub fn add_copies(&mut self, count: u64, before: u64) {
        // (before + count)² − before².
        let twice = before.saturating_mul(2).saturating_add(count);
        let more = twice.saturating_mul(count);
        self.squared_copies = self.squared_copies.saturating_add(more);
    }

    /// Pairs of which the second answer is right.
    ///
    /// ```
    /// # use greenlight_metrics::PairedAnswers;
    /// assert_eq!(PairedAnswers::default().second_right(), 0);
    /// ```
    pub fn second_right(&self) -> u64 {
        (self.first_right + self.wrong_to_right).saturating_sub(self.right_to_wrong)
    }

    /// How many independent pairs these are worth: all of them where each example has one, else Kish's (Σm)²/Σm² for m pairs
    /// of each example. It takes the pairs of an example for one and the same, which is the most they can be alike, so
    /// that intervals by it are never too short on that account.
    ///
    /// ```
    /// # use greenlight_metrics::PairedAnswers;
    /// let pairs = PairedAnswers { pairs: 6, squared_copies: 12, ..PairedAnswers::default() };
    /// assert_eq!(pairs.effective_pairs(), Ok(3.0));
    /// ```
    pub fn effective_pairs(&self) -> Value {
        match self.squared_copies {
            0 => Err(Undefined::NoRows),
            squared => Ok(self.pairs as f64 * (self.pairs as f64 / squared as f64)),
        }
    }

    /// How much more often the first answer is right.
    ///
    /// ```
    /// # use greenlight_metrics::{PairedAnswers, Undefined};
    /// assert_eq!(PairedAnswers::default().accuracy_drop(), Err(Undefined::NoRows));
    /// ```
    pub fn accuracy_drop(&self) -> Value {
        match self.pairs {
            0 => Err(Undefined::NoRows),
            pairs => Ok((self.right_to_wrong as f64 - self.wrong_to_right as f64) / pairs as f64),
        }
    }

    /// Which share of pairs has both answers right, the first alone, and the second alone.
    ///
    /// ```
    /// # use greenlight_metrics::PairedAnswers;
    /// let pairs = PairedAnswers { pairs: 4, first_right: 3, right_to_wrong: 1, ..PairedAnswers::default() };
    /// assert_eq!(pairs.right()?.both, 0.5);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn right(&self) -> Result<PairedShares, Undefined> {
        if self.pairs == 0 {
            return Err(Undefined::NoRows);
        }
        let share = |part: u64| part as f64 / self.pairs as f64;
        Ok(PairedShares {
            both: share(self.first_right.saturating_sub(self.right_to_wrong)),
            first: share(self.right_to_wrong),
            second: share(self.wrong_to_right),
        })
    }

    /// The interval of [`accuracy_drop`](Self::accuracy_drop) at `z`.
    ///
    /// ```
    /// # use greenlight_metrics::{PairedAnswers, Z_95};
    /// let pairs = PairedAnswers { pairs: 100, first_right: 95, right_to_wrong: 10, squared_copies: 100, ..PairedAnswers::default() };
    /// assert!(pairs.accuracy_drop_interval(Z_95)?.low > 0.03);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn accuracy_drop_interval(&self, z: f64) -> Result<Interval, Undefined> {
        self.right()?
            .difference_interval(self.effective_pairs()?, z)
    }

    /// The chance of so uneven a division of the pairs of which one answer is right, either way, where both are right equally often:
    /// McNemar's test, exact (statsmodels: `mcnemar(exact=True)`). 1 where no pair is divided. Pairs have to be independent, so
    /// one of each example.
    ///
    /// ```
    /// # use greenlight_metrics::PairedAnswers;
    /// let pairs = PairedAnswers { pairs: 100, first_right: 95, right_to_wrong: 10, wrong_to_right: 2, ..PairedAnswers::default() };
    /// assert!((pairs.mcnemar_p_value() - 158.0 / 4096.0).abs() < 1e-15);
    /// ```
    pub fn mcnemar_p_value(&self) -> f64 {
        let (lost, gained) = (self.right_to_wrong, self.wrong_to_right);
        (2.0 * fair_lower_tail(lost.min(gained), lost.saturating_add(gained))).min(1.0)
    }

    /// The share of pairs whose answers differ.
    ///
    /// ```
    /// # use greenlight_metrics::PairedAnswers;
    /// let pairs = PairedAnswers { pairs: 8, flips: 2, ..PairedAnswers::default() };
    /// assert_eq!(pairs.flip_rate(), Ok(0.25));
    /// ```
    pub fn flip_rate(&self) -> Value {
        match self.pairs {
            0 => Err(Undefined::NoRows),
            pairs => Ok(self.flips as f64 / pairs as f64),
        }
    }

    /// Its interval at `z`, by Wilson.
    ///
    /// ```
    /// # use greenlight_metrics::{PairedAnswers, Z_95, wilson};
    /// let pairs = PairedAnswers { pairs: 8, flips: 2, squared_copies: 8, ..PairedAnswers::default() };
    /// assert_eq!(pairs.flip_rate_interval(Z_95), wilson(2, 8));
    /// ```
    pub fn flip_rate_interval(&self, z: f64) -> Result<Interval, Undefined> {
        if self.squared_copies == self.pairs {
            return wilson_at(self.flips, self.pairs, z);
        }
        wilson_share_at(self.flip_rate()?, self.effective_pairs()?, z)
    }
}

/// Which share of pairs holds both, the first alone, and the second alone.
///
/// ```
/// use greenlight_metrics::PairedShares;
/// let shares = PairedShares { both: 0.8, first: 0.12, second: 0.02 };
/// assert!((shares.difference() - 0.1).abs() < 1e-15);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedShares {
    /// Both hold.
    pub both: f64,
    /// Only the first holds.
    pub first: f64,
    /// Only the second holds.
    pub second: f64,
}

impl PairedShares {
    /// How much more often the first holds.
    ///
    /// ```
    /// # use greenlight_metrics::PairedShares;
    /// assert_eq!(PairedShares { both: 0.5, first: 0.5, second: 0.0 }.difference(), 0.5);
    /// ```
    pub fn difference(&self) -> f64 {
        self.first - self.second
    }

    /// The interval of [`difference`](Self::difference) for so many pairs, which need not be a whole number; `z` is as for
    /// [`wilson_at`]. By Newcombe's hybrid of two Wilson score intervals for paired data (1998, method 10: with the
    /// correlation, corrected for continuity).
    ///
    /// ```
    /// # use greenlight_metrics::{PairedShares, Z_95};
    /// let shares = PairedShares { both: 0.8, first: 0.12, second: 0.02 };
    /// let interval = shares.difference_interval(200.0, Z_95)?;
    /// assert!((interval.low - 0.0496).abs() < 1e-4 && (interval.high - 0.1541).abs() < 1e-4);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn difference_interval(&self, pairs: f64, z: f64) -> Result<Interval, Undefined> {
        let (one, two) = (self.both + self.first, self.both + self.second);
        // What rounding leaves beyond 1 is 1.
        let is_share = |share: f64| (0.0..=1.0 + 1e-12).contains(&share);
        let all = self.both + self.first + self.second;
        if ![self.both, self.first, self.second, all]
            .into_iter()
            .all(is_share)
        {
            return Err(Undefined::InvalidParameter);
        }
        let (one, two) = (one.min(1.0), two.min(1.0));
        let (of_one, of_two) = (
            wilson_share_at(one, pairs, z)?,
            wilson_share_at(two, pairs, z)?,
        );
        let spread = (one * (1.0 - one) * two * (1.0 - two)).sqrt();
        let correlation = match self.both - one * two {
            _ if spread == 0.0 => 0.0,
            covariance if covariance < 0.0 => covariance / spread,
            covariance => (covariance - 0.5 / pairs).max(0.0) / spread,
        };
        let length = |x: f64, y: f64| (x * x - 2.0 * correlation * x * y + y * y).max(0.0).sqrt();
        let value = self.difference();
        Ok(Interval {
            low: (value - length(one - of_one.low, of_two.high - two)).max(-1.0),
            high: (value + length(of_one.high - one, two - of_two.low)).min(1.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::{Z_95, simultaneous_z};
    use crate::random::Random;

    const YES: Answer = Answer {
        class: 1,
        is_right: true,
    };
    const NO: Answer = Answer {
        class: 0,
        is_right: false,
    };
    /// The share of pairs that are wrong both times.
    const NEITHER: f64 = 0.08;

    fn unit(random: &mut Random) -> f64 {
        (random.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Each way in which a pair can come out, at random.
    fn draw(random: &mut Random, lost: f64, gained: f64) -> (Answer, Answer) {
        match unit(random) {
            u if u < lost => (YES, NO),
            u if u < lost + gained => (NO, YES),
            u if u < lost + gained + NEITHER => (NO, NO),
            _ => (YES, YES),
        }
    }

    #[test]
    fn the_drop_of_pairs_is_held_as_often_as_is_said() {
        let mut random = Random::new(5);
        for (lost, gained, pairs) in [
            (0.02, 0.01, 100),
            (0.1, 0.02, 60),
            (0.05, 0.05, 400),
            (0.3, 0.1, 200),
            (0.005, 0.0, 300),
        ] {
            let (mut held, samples) = (0, 4_000);
            for _ in 0..samples {
                let mut found = PairedAnswers::default();
                for _ in 0..pairs {
                    let (first, second) = draw(&mut random, lost, gained);
                    found.add(first, second, 1);
                    found.add_copies(1, 0);
                }
                let interval = found.accuracy_drop_interval(Z_95).unwrap();
                held += u32::from(interval.contains(lost - gained));
            }
            let share = f64::from(held) / f64::from(samples);
            assert!(
                (0.943..=1.0).contains(&share),
                "{share} of {lost} − {gained}, {pairs} pairs"
            );
        }
    }

    /// Copies of an example that mostly answer alike, several of each: counted as independent they would be too sure.
    #[test]
    fn copies_of_an_example_do_not_make_intervals_too_sure() {
        let mut random = Random::new(6);
        let (rate, drop, examples, copies, samples) = (0.12, 0.04, 150, 6, 2_000);
        let (mut held, mut as_independent) = ([0; 2], 0);
        for _ in 0..samples {
            let mut found = PairedAnswers::default();
            for _ in 0..examples {
                let of_example = draw(&mut random, 0.08, 0.04);
                for copy in 0..copies {
                    // Nine in ten copies do what the example does.
                    let (first, second) = match unit(&mut random) < 0.9 {
                        true => of_example,
                        false => (of_example.0, draw(&mut random, 0.08, 0.04).1),
                    };
                    found.add(first, second, 1);
                    found.add_copies(1, copy);
                }
            }
            let flips = found.flip_rate_interval(Z_95).unwrap();
            // In the redrawn tenth the second answer is drawn apart from the first; its chance to be right is the same.
            let (first, second) = (1.0 - 0.04 - NEITHER, 1.0 - 0.08 - NEITHER);
            let redrawn = first * (1.0 - second) + (1.0 - first) * second;
            let rate = 0.9 * rate + 0.1 * redrawn;
            held[0] += i32::from(flips.contains(rate));
            held[1] += i32::from(found.accuracy_drop_interval(Z_95).unwrap().contains(drop));
            let naive = wilson_at(found.flips, found.pairs, Z_95).unwrap();
            as_independent += i32::from(naive.contains(rate));
        }
        for held in held {
            let share = f64::from(held) / f64::from(samples);
            assert!((0.94..=1.0).contains(&share), "{share}");
        }
        let naive = f64::from(as_independent) / f64::from(samples);
        assert!(naive < 0.8, "{naive}: this simulation shows nothing");
    }

    #[test]
    fn ends_are_what_they_must_be() {
        let of = |both, first, second, pairs| {
            let shares = PairedShares {
                both,
                first,
                second,
            };
            shares.difference_interval(pairs, Z_95).unwrap()
        };
        assert_eq!(of(0.0, 1.0, 0.0, 20.0).high, 1.0);
        assert_eq!(of(0.0, 0.0, 1.0, 20.0).low, -1.0);
        let (one, other) = (of(0.7, 0.2, 0.05, 80.0), of(0.7, 0.05, 0.2, 80.0));
        assert!((one.low + other.high).abs() < 1e-12 && (one.high + other.low).abs() < 1e-12);
        // Where all is right on both sides, what a share of 1 leaves open is left open.
        let all_right = of(1.0, 0.0, 0.0, 50.0);
        let open = 1.0 - wilson_at(50, 50, Z_95).unwrap().low;
        assert!((all_right.high - open).abs() < 1e-12 && (all_right.low + open).abs() < 1e-12);
        let shares = PairedShares {
            both: 0.7,
            first: 0.2,
            second: 0.05,
        };
        let wide = shares
            .difference_interval(80.0, simultaneous_z(10))
            .unwrap();
        assert!(wide.low < one.low && wide.high > one.high);
        assert_eq!(
            shares.difference_interval(0.0, Z_95),
            Err(Undefined::NoRows)
        );
        let wrong = PairedShares {
            both: 0.9,
            ..shares
        };
        assert_eq!(
            wrong.difference_interval(10.0, Z_95),
            Err(Undefined::InvalidParameter)
        );
    }
}
