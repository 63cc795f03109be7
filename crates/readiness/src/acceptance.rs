//! Which grades accept an answer.

use greenlight_data::{accepts, boolean_of, parse_number};
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::classes::{Classes, class_of};

/// Which classes of a file mean that an answer is accepted.
///
/// Words speak for themselves (`pass`, `good`, `yes`, `1` against `fail`, `bad`, `no`, `0`); of grades that are numbers
/// those from the pass mark on accept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Acceptance {
    /// For each class of the file, in order.
    accepted: Vec<bool>,
    /// Grades from this one on accept, where grades are numbers.
    pub pass_mark: Option<f64>,
    /// The lowest and the highest grade there can be, where the pass mark was taken from them and not chosen.
    pub scale: Option<(f64, f64)>,
}

impl Acceptance {
    /// Of `classes`: by the `pass_mark` that was chosen, a grade or a class; else by what the classes are called, and of
    /// numbers by two thirds of the way up their scale: 4 of 1 to 5, 7 of 0 to 10, 3 of 1 to 4. `positive` is the positive
    /// class, where one was chosen.
    ///
    /// # Errors
    /// [`Absent::NoGrades`] without classes; [`Absent::NoPassMark`] where no class is known to accept; and
    /// [`Absent::UnknownPassMark`] where the chosen one is none of them.
    pub fn of(
        classes: &Classes,
        pass_mark: Option<&str>,
        positive: Option<&str>,
    ) -> Result<Self, Absent> {
        let names = classes.names();
        if names.is_empty() {
            return Err(Absent::NoGrades);
        }
        let numbers = numbers(names);
        if let Some(chosen) = pass_mark {
            return match (&numbers, parse_number(chosen), class_of(chosen, names)) {
                (Some(grades), Some(mark), _) => Ok(Self::from(grades, mark, None)),
                (_, _, Some(class)) => Ok(Self::is(names, |index, _| index == class)),
                _ => Err(Absent::UnknownPassMark {
                    chosen: chosen.to_owned(),
                }),
            };
        }
        let are_booleans = names.iter().all(|name| boolean_of(name).is_some());
        if let Some(positive) = positive.filter(|_| are_booleans && names.len() == 2) {
            return Ok(Self::is(names, |_, name| name == positive));
        }
        if names.iter().all(|name| accepts(name).is_some()) {
            return Ok(Self::is(names, |_, name| accepts(name) == Some(true)));
        }
        if let Some(grades) = &numbers {
            let (low, high) = scale(grades);
            return Ok(Self::from(
                grades,
                pass_mark_of(grades, low, high),
                Some((low, high)),
            ));
        }
        // "correct" beside "partly" and "wrong"; a number among words says nothing.
        let says = |name: &str| parse_number(name).is_none() && accepts(name) == Some(true);
        if names.iter().any(|name| says(name)) {
            return Ok(Self::is(names, |_, name| says(name)));
        }
        match classes.positive() {
            Some(positive) => Ok(Self::is(names, |index, _| index == positive)),
            None => Err(Absent::NoPassMark),
        }
    }

    fn is(names: &[String], accepted: impl Fn(usize, &str) -> bool) -> Self {
        let names = names.iter().enumerate();
        Self {
            accepted: names.map(|(index, name)| accepted(index, name)).collect(),
            pass_mark: None,
            scale: None,
        }
    }

    fn from(grades: &[f64], mark: f64, scale: Option<(f64, f64)>) -> Self {
        Self {
            accepted: grades.iter().map(|grade| *grade >= mark).collect(),
            pass_mark: Some(mark),
            scale,
        }
    }

    /// Whether a class means that an answer is accepted.
    pub fn accepts(&self, class: usize) -> bool {
        self.accepted.get(class).copied().unwrap_or(false)
    }
}

/// The numbers that classes stand for, where all are numbers.
pub(crate) fn numbers(names: &[String]) -> Option<Vec<f64>> {
    names.iter().map(|name| parse_number(name)).collect()
}

/// The highest grades of usual scales.
const USUAL_TOPS: [f64; 8] = [1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 100.0];

/// The lowest and the highest grade that there can be: 0 or 1 and the top of the smallest usual scale that holds all,
/// unless they go beyond.
fn scale(grades: &[f64]) -> (f64, f64) {
    let least = grades.iter().copied().fold(f64::INFINITY, f64::min);
    let most = grades.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let low = match least {
        least if least >= 1.0 => 1.0,
        least => least.min(0.0),
    };
    let top = USUAL_TOPS.into_iter().find(|top| *top >= most);
    (low, top.unwrap_or(most))
}

/// Two thirds of the way up: a whole grade where grades are whole, else the next grade that was given.
fn pass_mark_of(grades: &[f64], low: f64, high: f64) -> f64 {
    let mark = (low + 2.0 * high) / 3.0;
    // Grades next to the largest double: nothing is above the highest.
    let mark = if mark.is_finite() { mark } else { high };
    if grades.iter().all(|grade| grade.fract() == 0.0) {
        return mark.ceil();
    }
    let next = grades.iter().copied().filter(|grade| *grade >= mark);
    let next = next.fold(f64::INFINITY, f64::min);
    if next.is_finite() { next } else { mark }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(
        names: &[&str],
        pass_mark: Option<&str>,
        positive: Option<&str>,
    ) -> Result<String, Absent> {
        let owned = names.iter().map(|name| (*name).to_owned()).collect();
        let classes = Classes::new(owned, positive);
        let acceptance = Acceptance::of(&classes, pass_mark, positive)?;
        let names = classes.names().iter().enumerate();
        let accepted = names.filter(|(index, _)| acceptance.accepts(*index));
        let accepted: Vec<&str> = accepted.map(|(_, name)| name.as_str()).collect();
        Ok(accepted.join(" "))
    }

    #[test]
    fn words_accept_by_what_they_say_and_numbers_from_the_pass_mark_on() {
        for (names, accepted) in [
            (&["pass", "fail"][..], "pass"),
            (&["good", "bad"], "good"),
            (&["0", "1"], "1"),
            (&["1"], "1"),
            (&["No", "Yes"], "Yes"),
            (&["correct", "partly", "incorrect"], "correct"),
            (&["1", "2", "3", "4", "5"], "4 5"),
            (&["2", "3", "4", "5"], "4 5"),
            (&["1", "2", "3", "4"], "3 4"),
            (&["0", "3", "6", "7", "9"], "7 9"),
            (&["0", "1", "2"], "2"),
            (&["0", "0.25", "0.5", "0.75", "1"], "0.75 1"),
            (&["1", "3.5", "4.5"], "4.5"),
            (&["10", "66", "67", "88"], "67 88"),
            // Nobody gave the pass mark, or more.
            (&["1", "2", "3.5"], "3.5"),
            (&["-3", "150", "200"], "150 200"),
            (&["spam", "ham"], "spam"),
        ] {
            assert_eq!(of(names, None, None).as_deref(), Ok(accepted), "{names:?}");
        }
        assert_eq!(of(&[], None, None), Err(Absent::NoGrades));
        for names in [&["A", "B", "C"][..], &["1", "2", "n.a.!"], &["cat", "dog"]] {
            assert_eq!(of(names, None, None), Err(Absent::NoPassMark), "{names:?}");
        }
    }

    #[test]
    fn what_is_chosen_goes_before() {
        let grades = ["1", "2", "3", "4", "5"];
        assert_eq!(of(&grades, Some("3"), None).as_deref(), Ok("3 4 5"));
        assert_eq!(of(&grades, Some("9"), None).as_deref(), Ok(""));
        assert_eq!(of(&["A", "B", "C"], Some("B"), None).as_deref(), Ok("B"));
        assert!(of(&grades, Some("good"), None).is_err());
        // 1 may say that something is wrong with the answer.
        assert_eq!(of(&["0", "1"], None, Some("0")).as_deref(), Ok("0"));
        // But "bad" never accepts, however it is looked for.
        assert_eq!(
            of(&["good", "bad"], None, Some("bad")).as_deref(),
            Ok("good")
        );
    }
}
