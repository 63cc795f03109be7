//! A rule's number, window after window, and what becomes of the rule.

use greenlight_metrics::simultaneous_z;

use super::alert::{Alert, Latch};
use crate::criteria::Evidence;
use crate::policy::Operator;

/// A number of a window.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The number, in the unit of its metric.
    pub value: f64,
    /// The rows behind it.
    pub rows: u64,
    /// Its 95 % interval, where it has one; an end that too few rows leave open is `None`.
    pub interval: Option<(Option<f64>, Option<f64>)>,
    /// What tells an interval at any level.
    pub(super) doubt: Doubt,
}

/// What tells how far a number can be trusted.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Doubt {
    /// An interval at any level.
    Interval(Evidence),
    /// The probability of a number as far from the reference, where nothing has changed.
    Chance(f64),
    /// It is a count, or the largest of the values that are there: a fact.
    None,
    /// Nothing is known.
    Unknown,
}

/// Whether a number that breaks a rule may do so by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// It lies beyond the limit also where chance is taken into account.
    Sure,
    /// Chance alone may have brought it there.
    MayBeChance,
    /// There is no interval for the number.
    Unknown,
}

impl Reading {
    /// A number that is a fact.
    ///
    /// ```
    /// use greenlight_readiness::monitoring::Reading;
    /// assert_eq!(Reading::fact(0.95, 100).value, 0.95);
    /// ```
    pub fn fact(value: f64, rows: u64) -> Self {
        Self {
            value,
            rows,
            interval: None,
            doubt: Doubt::None,
        }
    }

    /// Whether a number beyond the limit is so for sure, where it is one of `k` that are judged: at level 1 − 0.05/k, so that
    /// of all of them together one in twenty files is accused wrongly, however many windows it has.
    fn certainty(&self, operator: Operator, limit: f64, k: usize) -> Certainty {
        let is_sure = match &self.doubt {
            Doubt::None => true,
            Doubt::Chance(p_value) => *p_value * k.max(1) as f64 <= 0.05,
            Doubt::Interval(evidence) => {
                let (low, high) = evidence.at(simultaneous_z(k as u64)).ends(1.0);
                !operator.holds(low, limit) && !operator.holds(high, limit)
            }
            Doubt::Unknown => return Certainty::Unknown,
        };
        match is_sure {
            true => Certainty::Sure,
            false => Certainty::MayBeChance,
        }
    }
}

/// Why a window is not judged by a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unjudged {
    /// There is nothing in it.
    Empty,
    /// Data begins or ends within it.
    Partial,
    /// It is not, or not all of it, within the range of time that is looked at.
    Outside,
    /// It is the first, against which the others are held.
    First,
    /// There are fewer rows behind its number than are asked for, or fewer of the kind that counts.
    TooFew {
        /// So many there are.
        rows: u64,
        /// So many are asked for.
        minimum: u64,
        /// What they are: "rows", or the few of them that count.
        counted: String,
    },
    /// Its number does not exist, for this reason.
    NoNumber(String),
}

/// A window as a rule sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Its number, where there is one; also where it is not judged.
    pub reading: Option<Reading>,
    /// Why it is not judged, where it is not.
    pub unjudged: Option<Unjudged>,
}

impl Point {
    /// A number that is judged.
    pub fn judged(reading: Reading) -> Self {
        Self {
            reading: Some(reading),
            unjudged: None,
        }
    }

    /// A window without a number.
    pub fn without(why: Unjudged) -> Self {
        Self {
            reading: None,
            unjudged: Some(why),
        }
    }

    /// The number, where it is judged.
    fn to_judge(&self) -> Option<&Reading> {
        self.reading.as_ref().filter(|_| self.unjudged.is_none())
    }
}

/// What a rule says of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowState {
    /// The number is as asked.
    Holds,
    /// It lies beyond the limit.
    Over(Certainty),
    /// The window is not judged.
    Unjudged,
}

/// What has become of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// What it says of each window so far.
    pub states: Vec<WindowState>,
    /// How many windows were judged.
    pub judged: usize,
    /// The alert, where one was raised.
    pub alert: Option<Alert>,
}

impl Course {
    /// What becomes of a rule on these windows.
    ///
    /// ```
    /// use greenlight_readiness::Operator;
    /// use greenlight_readiness::monitoring::{Course, Point, Reading, Unjudged};
    ///
    /// let mut points = [0.95, 0.85].map(|value| Point::judged(Reading::fact(value, 100))).to_vec();
    /// points.insert(1, Point::without(Unjudged::Empty));
    /// let course = Course::of(Operator::AtLeast, 0.9, &points);
    /// assert_eq!((course.judged, course.alert.unwrap().first.at), (2, 2));
    /// ```
    pub fn of(operator: Operator, limit: f64, points: &[Point]) -> Self {
        let judged = points.iter().filter_map(Point::to_judge).count();
        let mut latch = Latch::new(operator, limit);
        let mut states = Vec::with_capacity(points.len());
        for point in points {
            states.push(match point.to_judge() {
                None => {
                    latch.skip();
                    WindowState::Unjudged
                }
                Some(reading) if latch.see(reading.value) => WindowState::Holds,
                Some(reading) => WindowState::Over(reading.certainty(operator, limit, judged)),
            });
        }
        Self {
            states,
            judged,
            alert: latch.into_alert(),
        }
    }

    /// Whether any window lies beyond the limit for sure; `None` where no alert was raised, or nothing is known of any
    /// offender.
    pub fn is_sure(&self) -> Option<bool> {
        let has = |certainty| self.states.contains(&WindowState::Over(certainty));
        match (has(Certainty::Sure), has(Certainty::MayBeChance)) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(right: u64, rows: u64) -> Point {
        Point::judged(Reading {
            doubt: Doubt::Interval(Evidence::share(right, rows)),
            ..Reading::fact(right as f64 / rows as f64, rows)
        })
    }

    #[test]
    fn chance_is_told_from_what_is_sure_however_many_windows_there_are() {
        // 80 of 100: Wilson's 95 % interval ends at 86.7 %, that of one of twenty at 89.5 %.
        let mut points = vec![share(80, 100), share(85, 100)];
        let course = Course::of(Operator::AtLeast, 0.89, &points);
        let states = [Certainty::Sure, Certainty::MayBeChance].map(WindowState::Over);
        assert_eq!(course.states, states);
        points.extend((0..18).map(|_| share(95, 100)));
        let course = Course::of(Operator::AtLeast, 0.89, &points);
        assert_eq!(course.states[0], WindowState::Over(Certainty::MayBeChance));
        assert_eq!((course.judged, course.is_sure()), (20, Some(false)));
        let strict = Course::of(Operator::AtLeast, 0.90, &points);
        assert_eq!(strict.is_sure(), Some(true));
    }

    #[test]
    fn what_came_later_changes_nothing_of_what_was_raised() {
        let points: Vec<Point> = (0..40)
            .map(|at: u64| match at % 7 {
                3 => Point::without(Unjudged::Empty),
                _ => share(90 - at * at % 13, 100),
            })
            .collect();
        let mut raised = None;
        for n in 0..=points.len() {
            let course = Course::of(Operator::AtLeast, 0.85, &points[..n]);
            assert_eq!(course.states.len(), n);
            let first = course.alert.map(|alert| alert.first);
            assert!(raised.is_none() || first == raised);
            raised = first;
        }
        assert!(raised.is_some());
    }

    #[test]
    fn nothing_to_look_at_is_no_silence() {
        let points = vec![Point::without(Unjudged::Empty); 3];
        let course = Course::of(Operator::AtLeast, 0.9, &points);
        assert_eq!((course.judged, course.alert), (0, None));
    }
}
