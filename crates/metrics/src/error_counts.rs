//! Rows and wrong answers among them, by one code or by two. The loops here touch every row for each pair of columns.

use serde::{Deserialize, Serialize};

use crate::hypergeometric::upper_tail;
use crate::interval::{Interval, newcombe_difference_at, wilson};
use crate::undefined::{Undefined, Value};

/// Some rows, and the wrong answers among them.
///
/// ```
/// use greenlight_metrics::ErrorCount;
/// let count = ErrorCount { rows: 40, errors: 10 };
/// assert_eq!(count.accuracy(), Ok(0.75));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorCount {
    /// Rows.
    pub rows: u64,
    /// Wrong answers among them.
    pub errors: u64,
}

impl ErrorCount {
    /// The share of right answers.
    ///
    /// ```
    /// # use greenlight_metrics::{ErrorCount, Undefined};
    /// assert_eq!(ErrorCount::default().accuracy(), Err(Undefined::NoRows));
    /// ```
    pub fn accuracy(&self) -> Value {
        self.error_rate()
            .map(|_| self.right() as f64 / self.rows as f64)
    }

    /// The share of wrong answers.
    ///
    /// ```
    /// # use greenlight_metrics::ErrorCount;
    /// assert_eq!(ErrorCount { rows: 4, errors: 1 }.error_rate(), Ok(0.25));
    /// ```
    pub fn error_rate(&self) -> Value {
        match self.rows {
            0 => Err(Undefined::NoRows),
            rows => Ok(self.errors as f64 / rows as f64),
        }
    }

    /// Right answers.
    ///
    /// ```
    /// # use greenlight_metrics::ErrorCount;
    /// assert_eq!(ErrorCount { rows: 4, errors: 1 }.right(), 3);
    /// ```
    pub fn right(&self) -> u64 {
        self.rows.saturating_sub(self.errors)
    }

    /// Wilson's 95 % interval of the error rate.
    ///
    /// ```
    /// # use greenlight_metrics::{ErrorCount, wilson};
    /// assert_eq!(ErrorCount { rows: 4, errors: 1 }.error_interval(), wilson(1, 4));
    /// ```
    pub fn error_interval(&self) -> Result<Interval, Undefined> {
        wilson(self.errors, self.rows)
    }

    /// Adds rows.
    ///
    /// ```
    /// # use greenlight_metrics::ErrorCount;
    /// let mut count = ErrorCount { rows: 4, errors: 1 };
    /// count.add(ErrorCount { rows: 1, errors: 1 });
    /// assert_eq!(count, ErrorCount { rows: 5, errors: 2 });
    /// ```
    pub fn add(&mut self, other: Self) {
        self.rows = self.rows.saturating_add(other.rows);
        self.errors = self.errors.saturating_add(other.errors);
    }

    /// The rows that are in this count and not in `part`.
    ///
    /// ```
    /// # use greenlight_metrics::ErrorCount;
    /// let rest = ErrorCount { rows: 4, errors: 1 }.without(ErrorCount { rows: 1, errors: 1 });
    /// assert_eq!(rest, ErrorCount { rows: 3, errors: 0 });
    /// ```
    pub fn without(&self, part: Self) -> Self {
        Self {
            rows: self.rows.saturating_sub(part.rows),
            errors: self.errors.saturating_sub(part.errors),
        }
    }

    /// How much lower the accuracy of these rows is than that of the rest of `all`, as Newcombe's interval at `z`.
    ///
    /// ```
    /// # use greenlight_metrics::{ErrorCount, Z_95};
    /// let all = ErrorCount { rows: 1_000, errors: 130 };
    /// let gap = ErrorCount { rows: 100, errors: 40 }.gap(&all, Z_95)?;
    /// assert!(gap.low > 0.2 && gap.contains(0.3));
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn gap(&self, all: &Self, z: f64) -> Result<Interval, Undefined> {
        let rest = all.without(*self);
        newcombe_difference_at(self.errors, self.rows, rest.errors, rest.rows, z)
    }

    /// The chance of at least so many errors where the errors of `all` fall on rows blindly: Fisher's exact test.
    ///
    /// ```
    /// # use greenlight_metrics::ErrorCount;
    /// let all = ErrorCount { rows: 1_000, errors: 130 };
    /// assert!(ErrorCount { rows: 100, errors: 40 }.chance(&all) < 1e-12);
    /// ```
    pub fn chance(&self, all: &Self) -> f64 {
        upper_tail(self.errors, self.rows, all.errors, all.rows)
    }
}

/// Rows to count: whether each answer is wrong (1) or right (0), and how many observations each stands for where that is
/// not one.
///
/// ```
/// use greenlight_metrics::CountedRows;
/// let rows = CountedRows { wrong: &[0, 1, 1], counts: None };
/// assert_eq!(rows.total().errors, 2);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct CountedRows<'r> {
    /// 1 for a wrong answer, 0 for a right one.
    pub wrong: &'r [u8],
    /// Observations by row; `None` where each row is one.
    pub counts: Option<&'r [u64]>,
}

impl CountedRows<'_> {
    /// All of them.
    ///
    /// ```
    /// # use greenlight_metrics::{CountedRows, ErrorCount};
    /// let rows = CountedRows { wrong: &[0, 1], counts: Some(&[5, 2]) };
    /// assert_eq!(rows.total(), ErrorCount { rows: 7, errors: 2 });
    /// ```
    pub fn total(&self) -> ErrorCount {
        let mut total = ErrorCount::default();
        for (row, &wrong) in self.wrong.iter().enumerate() {
            let count = match self.counts {
                None => 1,
                Some(counts) => counts.get(row).copied().unwrap_or(0),
            };
            total.add(ErrorCount {
                rows: count,
                errors: count * u64::from(wrong & 1),
            });
        }
        total
    }
}

/// Rows by two codes, to be counted again and again in the same room.
///
/// ```
/// use greenlight_metrics::{CountedRows, ErrorCount, JointErrorCounts};
/// let rows = CountedRows { wrong: &[0, 1, 1], counts: None };
/// let mut joint = JointErrorCounts::default();
/// joint.count((&[0, 0, 1], 2), (&[1, 1, 0], 2), rows);
/// assert_eq!(joint.at(0, 1), ErrorCount { rows: 2, errors: 1 });
/// assert_eq!(joint.at(0, 0), ErrorCount::default());
/// ```
#[derive(Clone, Debug, Default)]
pub struct JointErrorCounts {
    width: usize,
    /// Right answers, then wrong ones, by the first code and the second.
    ones: Vec<u32>,
    several: Vec<u64>,
}

/// A code a row, and how many codes there are.
pub type Coded<'c> = (&'c [u8], usize);

impl JointErrorCounts {
    /// Counts rows by the codes of two columns. One pass over the rows.
    ///
    /// ```
    /// # use greenlight_metrics::{CountedRows, JointErrorCounts};
    /// let mut joint = JointErrorCounts::default();
    /// joint.count((&[0], 1), (&[0], 1), CountedRows { wrong: &[1], counts: Some(&[9]) });
    /// assert_eq!(joint.at(0, 0).errors, 9);
    /// ```
    #[inline(never)]
    pub fn count(
        &mut self,
        (first, height): Coded<'_>,
        (second, width): Coded<'_>,
        rows: CountedRows<'_>,
    ) {
        self.width = width;
        self.ones.clear();
        self.several.clear();
        let cells = height * width * 2;
        let coded = first.iter().zip(second).zip(rows.wrong);
        let place = |a: u8, b: u8, wrong: u8| {
            (usize::from(a) * width + usize::from(b)) * 2 + usize::from(wrong & 1)
        };
        match rows.counts {
            None => {
                self.ones.resize(cells, 0);
                for ((&a, &b), &wrong) in coded {
                    if let Some(cell) = self.ones.get_mut(place(a, b, wrong)) {
                        *cell += 1;
                    }
                }
            }
            Some(counts) => {
                self.several.resize(cells, 0);
                for (((&a, &b), &wrong), &count) in coded.zip(counts) {
                    if let Some(cell) = self.several.get_mut(place(a, b, wrong)) {
                        *cell = cell.saturating_add(count);
                    }
                }
            }
        }
    }

    /// The rows with these codes.
    ///
    /// ```
    /// assert_eq!(greenlight_metrics::JointErrorCounts::default().at(3, 4).rows, 0);
    /// ```
    pub fn at(&self, first: usize, second: usize) -> ErrorCount {
        let place = (first * self.width + second) * 2;
        let cell = |place: usize| match self.ones.get(place) {
            Some(&rows) => u64::from(rows),
            None => self.several.get(place).copied().unwrap_or(0),
        };
        let (right, errors) = (cell(place), cell(place + 1));
        ErrorCount {
            rows: right.saturating_add(errors),
            errors,
        }
    }
}
