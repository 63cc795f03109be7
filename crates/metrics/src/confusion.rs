//! Confusion matrices: rows are actual classes, columns predicted ones.
//!
//! Counts are `u64`; additions stop at `u64::MAX` instead of wrapping round.

use serde::{Deserialize, Serialize};

use crate::binary_counts::BinaryCounts;

/// The index of a row's actual class.
///
/// ```
/// use greenlight_metrics::Actual;
/// assert!(Actual(0) < Actual(1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Actual(pub usize);

/// The index of a row's predicted class.
///
/// ```
/// use greenlight_metrics::Predicted;
/// assert!(Predicted(0) < Predicted(1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Predicted(pub usize);

/// What is wrong with a confusion matrix or with an addition to it.
///
/// ```
/// use greenlight_metrics::ConfusionMatrix;
/// let error = ConfusionMatrix::from_rows(&[vec![1, 2], vec![3]]).unwrap_err();
/// assert_eq!(error.to_string(), "row 2 of the matrix has 1 columns, not 2");
/// ```
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfusionError {
    /// The matrix is not square. `row` counts from 1.
    #[error("row {row} of the matrix has {columns} columns, not {classes}")]
    NotSquare {
        /// The offending row, from 1.
        row: usize,
        /// How many columns it has.
        columns: usize,
        /// How many it should have: as many as there are rows.
        classes: usize,
    },
    /// A class index is not below the number of classes.
    #[error("class index {class} is not below {classes}")]
    ClassOutOfRange {
        /// The offending index.
        class: usize,
        /// The number of classes.
        classes: usize,
    },
    /// Two matrices of different sizes cannot be merged.
    #[error("a matrix of {left} classes and one of {right} do not merge")]
    DifferentClasses {
        /// The classes of the one.
        left: usize,
        /// The classes of the other.
        right: usize,
    },
}

/// Row counts by actual and predicted class (scikit-learn: `confusion_matrix`).
///
/// Holds `classes²` counts of 8 bytes; whoever builds it from user data limits the classes first.
/// Serialises as its rows. Its metrics are in [`crate::multiclass`].
///
/// ```
/// use greenlight_metrics::{Actual, ConfusionMatrix, Predicted};
/// let mut matrix = ConfusionMatrix::new(2);
/// matrix.add(Actual(0), Predicted(0), 90)?;
/// matrix.add(Actual(0), Predicted(1), 10)?;
/// assert_eq!(matrix.count(Actual(0), Predicted(1)), 10);
/// assert_eq!(matrix.support(0), 100);
/// # Ok::<(), greenlight_metrics::ConfusionError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<Vec<u64>>", try_from = "Vec<Vec<u64>>")]
pub struct ConfusionMatrix {
    classes: usize,
    /// Row-major, `classes²` long.
    counts: Vec<u64>,
}

impl ConfusionMatrix {
    /// An empty matrix of `classes` classes.
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// assert_eq!(ConfusionMatrix::new(3).total(), 0);
    /// ```
    pub fn new(classes: usize) -> Self {
        Self {
            classes,
            counts: vec![0; classes.saturating_mul(classes)],
        }
    }

    /// The matrix with these rows; row *i* holds the predictions of the rows actually of class *i*.
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// assert_eq!(ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?.total(), 200);
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn from_rows(rows: &[Vec<u64>]) -> Result<Self, ConfusionError> {
        let classes = rows.len();
        for (row, columns) in rows.iter().enumerate() {
            if columns.len() != classes {
                let columns = columns.len();
                return Err(ConfusionError::NotSquare {
                    row: row + 1,
                    columns,
                    classes,
                });
            }
        }
        Ok(Self {
            classes,
            counts: rows.concat(),
        })
    }

    /// Adds `count` rows of one actual and one predicted class.
    ///
    /// ```
    /// # use greenlight_metrics::{Actual, ConfusionMatrix, Predicted};
    /// let mut matrix = ConfusionMatrix::new(2);
    /// assert!(matrix.add(Actual(1), Predicted(0), 1).is_ok());
    /// assert!(matrix.add(Actual(2), Predicted(0), 1).is_err());
    /// ```
    pub fn add(
        &mut self,
        actual: Actual,
        predicted: Predicted,
        count: u64,
    ) -> Result<(), ConfusionError> {
        let classes = self.classes;
        let class = actual.0.max(predicted.0);
        match self
            .index(actual, predicted)
            .and_then(|index| self.counts.get_mut(index))
        {
            Some(cell) => {
                *cell = cell.saturating_add(count);
                Ok(())
            }
            None => Err(ConfusionError::ClassOutOfRange { class, classes }),
        }
    }

    /// Adds all counts of a matrix over the same classes.
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// let mut whole = ConfusionMatrix::from_rows(&[vec![1, 0], vec![0, 1]])?;
    /// whole.merge(&ConfusionMatrix::from_rows(&[vec![0, 2], vec![0, 0]])?)?;
    /// assert_eq!(whole.rows(), [[1, 2], [0, 1]]);
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn merge(&mut self, other: &Self) -> Result<(), ConfusionError> {
        if self.classes != other.classes {
            return Err(ConfusionError::DifferentClasses {
                left: self.classes,
                right: other.classes,
            });
        }
        for (cell, more) in self.counts.iter_mut().zip(&other.counts) {
            *cell = cell.saturating_add(*more);
        }
        Ok(())
    }

    /// How many rows have this actual and this predicted class; 0 outside the matrix.
    ///
    /// ```
    /// # use greenlight_metrics::{Actual, ConfusionMatrix, Predicted};
    /// let matrix = ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?;
    /// assert_eq!(matrix.count(Actual(1), Predicted(0)), 5);
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn count(&self, actual: Actual, predicted: Predicted) -> u64 {
        self.index(actual, predicted)
            .and_then(|index| self.counts.get(index))
            .copied()
            .unwrap_or(0)
    }

    /// The number of classes.
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// assert_eq!(ConfusionMatrix::new(3).classes(), 3);
    /// ```
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// The counts, one vector an actual class.
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// assert_eq!(ConfusionMatrix::new(2).rows(), [[0, 0], [0, 0]]);
    /// ```
    pub fn rows(&self) -> Vec<Vec<u64>> {
        self.counts
            .chunks(self.classes.max(1))
            .map(<[u64]>::to_vec)
            .collect()
    }

    /// How many rows were counted.
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// assert_eq!(ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?.total(), 200);
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn total(&self) -> u64 {
        saturating_sum(self.counts.iter().copied())
    }

    /// How many rows were predicted as what they are: the diagonal.
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// assert_eq!(ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?.correct(), 185);
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn correct(&self) -> u64 {
        saturating_sum((0..self.classes).map(|class| self.count(Actual(class), Predicted(class))))
    }

    /// How many rows are actually of `class`: a row sum.
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// assert_eq!(ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?.support(0), 100);
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn support(&self, class: usize) -> u64 {
        saturating_sum((0..self.classes).map(|column| self.count(Actual(class), Predicted(column))))
    }

    /// How many rows were predicted as `class`: a column sum.
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// assert_eq!(ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?.predicted(0), 95);
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn predicted(&self, class: usize) -> u64 {
        saturating_sum((0..self.classes).map(|row| self.count(Actual(row), Predicted(class))))
    }

    /// The counts of class `positive` against all others (one-vs-rest), for any number of classes.
    ///
    /// ```
    /// # use greenlight_metrics::{BinaryCounts, ConfusionMatrix};
    /// let matrix = ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?;
    /// assert_eq!(matrix.binary(0), BinaryCounts { tp: 90, fp: 5, fn_: 10, tn: 95 });
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn binary(&self, positive: usize) -> BinaryCounts {
        self.against_rest(positive, self.total())
    }

    /// [`binary`](Self::binary) with the total at hand.
    pub(crate) fn against_rest(&self, class: usize, total: u64) -> BinaryCounts {
        let tp = self.count(Actual(class), Predicted(class));
        let fp = self.predicted(class).saturating_sub(tp);
        let fn_ = self.support(class).saturating_sub(tp);
        let tn = total
            .saturating_sub(tp)
            .saturating_sub(fp)
            .saturating_sub(fn_);
        BinaryCounts { tp, fp, fn_, tn }
    }

    fn index(&self, actual: Actual, predicted: Predicted) -> Option<usize> {
        (actual.0 < self.classes && predicted.0 < self.classes)
            .then(|| actual.0 * self.classes + predicted.0)
    }
}

impl From<ConfusionMatrix> for Vec<Vec<u64>> {
    fn from(matrix: ConfusionMatrix) -> Self {
        matrix.rows()
    }
}

impl TryFrom<Vec<Vec<u64>>> for ConfusionMatrix {
    type Error = ConfusionError;

    fn try_from(rows: Vec<Vec<u64>>) -> Result<Self, ConfusionError> {
        Self::from_rows(&rows)
    }
}

pub(crate) fn saturating_sum(counts: impl IntoIterator<Item = u64>) -> u64 {
    counts.into_iter().fold(0, u64::saturating_add)
}
