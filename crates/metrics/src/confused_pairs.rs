//! What a cell of a confusion matrix is a share of, and which mistakes are the most frequent.

use crate::confusion::{Actual, ConfusionMatrix, Predicted};
use crate::undefined::{Undefined, Value, ratio};

/// An actual class that was taken for another one.
///
/// ```
/// # use greenlight_metrics::{Actual, ConfusionMatrix, Predicted};
/// let matrix = ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?;
/// let worst = matrix.confused_pairs(1)[0];
/// assert_eq!((worst.actual, worst.predicted, worst.count), (Actual(0), Predicted(1), 10));
/// # Ok::<(), greenlight_metrics::ConfusionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfusedPair {
    /// What the rows are.
    pub actual: Actual,
    /// What they were predicted as.
    pub predicted: Predicted,
    /// How many rows.
    pub count: u64,
}

impl ConfusionMatrix {
    /// The count of a cell over its row sum: of the rows of class `actual`, the share predicted as
    /// `predicted` (scikit-learn: `normalize="true"`). On the diagonal it is the recall.
    ///
    /// ```
    /// # use greenlight_metrics::{Actual, ConfusionMatrix, Predicted};
    /// let matrix = ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?;
    /// assert_eq!(matrix.share_of_actual(Actual(0), Predicted(1)), Ok(0.1));
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn share_of_actual(&self, actual: Actual, predicted: Predicted) -> Value {
        let (count, all) = (self.count(actual, predicted), self.support(actual.0));
        ratio(count.into(), all.into(), Undefined::NoActualPositives)
    }

    /// The count of a cell over its column sum: of the rows predicted as `predicted`, the share
    /// that are of class `actual` (scikit-learn: `normalize="pred"`). On the diagonal it is the
    /// precision.
    ///
    /// ```
    /// # use greenlight_metrics::{Actual, ConfusionMatrix, Predicted};
    /// let matrix = ConfusionMatrix::from_rows(&[vec![90, 10], vec![0, 0]])?;
    /// assert_eq!(matrix.share_of_predicted(Actual(0), Predicted(1)), Ok(1.0));
    /// assert!(matrix.share_of_actual(Actual(1), Predicted(1)).is_err());
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn share_of_predicted(&self, actual: Actual, predicted: Predicted) -> Value {
        let (count, all) = (self.count(actual, predicted), self.predicted(predicted.0));
        ratio(count.into(), all.into(), Undefined::NoPredictedPositives)
    }

    /// The most frequent mistakes, the most frequent first and of equally frequent ones the first in
    /// reading order; at most `limit`. One pass over the cells.
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// let matrix = ConfusionMatrix::from_rows(&[vec![9, 1, 3], vec![3, 9, 0], vec![0, 0, 9]])?;
    /// let counts: Vec<u64> = matrix.confused_pairs(2).iter().map(|pair| pair.count).collect();
    /// assert_eq!(counts, [3, 3]);
    /// assert_eq!(matrix.confused_pairs(9).len(), 3);
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn confused_pairs(&self, limit: usize) -> Vec<ConfusedPair> {
        let mut pairs: Vec<ConfusedPair> = Vec::new();
        for actual in 0..self.classes() {
            for predicted in 0..self.classes() {
                let (actual, predicted) = (Actual(actual), Predicted(predicted));
                let count = self.count(actual, predicted);
                if actual.0 == predicted.0 || count == 0 {
                    continue;
                }
                // Few are kept: each finds its place among them, behind its equals.
                let place = pairs.partition_point(|pair| pair.count >= count);
                if place < limit {
                    pairs.truncate(limit - 1);
                    pairs.insert(
                        place,
                        ConfusedPair {
                            actual,
                            predicted,
                            count,
                        },
                    );
                }
            }
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: &[Vec<u64>]) -> ConfusionMatrix {
        ConfusionMatrix::from_rows(rows).unwrap()
    }

    #[test]
    fn shares_are_of_the_row_and_of_the_column() {
        let matrix = matrix(&[vec![1, 2, 0], vec![3, 4, 0], vec![0, 0, 0]]);
        assert_eq!(
            matrix.share_of_actual(Actual(0), Predicted(1)),
            Ok(2.0 / 3.0)
        );
        assert_eq!(
            matrix.share_of_predicted(Actual(0), Predicted(1)),
            Ok(2.0 / 6.0)
        );
        assert_eq!(
            matrix.share_of_actual(Actual(2), Predicted(0)),
            Err(Undefined::NoActualPositives)
        );
        assert_eq!(
            matrix.share_of_predicted(Actual(0), Predicted(2)),
            Err(Undefined::NoPredictedPositives)
        );
        for class in 0..2 {
            let diagonal = (Actual(class), Predicted(class));
            let per_class = matrix.per_class()[class];
            assert_eq!(
                matrix.share_of_actual(diagonal.0, diagonal.1),
                per_class.recall
            );
            assert_eq!(
                matrix.share_of_predicted(diagonal.0, diagonal.1),
                per_class.precision
            );
        }
    }

    #[test]
    fn the_most_frequent_mistakes_are_those_of_a_full_sort() {
        let classes = 9;
        let rows: Vec<Vec<u64>> = (0..classes)
            .map(|row| {
                (0..classes)
                    .map(|column| (row * 7919 + column * 104_729 + row * column * 31) % 13)
                    .collect()
            })
            .collect();
        let matrix = matrix(&rows);
        let mut all: Vec<(u64, usize, usize)> = Vec::new();
        for (row, counts) in rows.iter().enumerate() {
            for (column, &count) in counts.iter().enumerate() {
                if row != column && count > 0 {
                    all.push((count, row, column));
                }
            }
        }
        all.sort_by_key(|&(count, row, column)| (u64::MAX - count, row, column));
        for limit in [0, 1, 5, 15, 1_000] {
            let found = matrix.confused_pairs(limit);
            let found = found
                .iter()
                .map(|pair| (pair.count, pair.actual.0, pair.predicted.0));
            assert!(found.eq(all.iter().copied().take(limit)), "{limit}");
        }
    }
}
