//! The four counts of a positive class against the rest.
//!
//! Additions stop at `u64::MAX` instead of wrapping round.

use serde::{Deserialize, Serialize};

use crate::confusion::{ConfusionMatrix, saturating_sum};

/// The four counts of a positive class against the rest. Their metrics are in [`crate::classification`].
///
/// ```
/// use greenlight_metrics::BinaryCounts;
/// let counts = BinaryCounts { tp: 90, fp: 5, fn_: 10, tn: 95 };
/// assert_eq!(counts.total(), 200);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BinaryCounts {
    /// True positives.
    pub tp: u64,
    /// False positives.
    pub fp: u64,
    /// False negatives; `fn` where serialised.
    #[serde(rename = "fn")]
    pub fn_: u64,
    /// True negatives.
    pub tn: u64,
}

impl BinaryCounts {
    /// The counts of class `positive` against all others: [`ConfusionMatrix::binary`].
    ///
    /// ```
    /// # use greenlight_metrics::{BinaryCounts, ConfusionMatrix};
    /// let matrix = ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?;
    /// assert_eq!(BinaryCounts::from_matrix(&matrix, 1).tp, 95);
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn from_matrix(matrix: &ConfusionMatrix, positive: usize) -> Self {
        matrix.binary(positive)
    }

    /// The same rows where nothing is flagged.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// let counts = BinaryCounts { tp: 3, fp: 1, fn_: 7, tn: 89 };
    /// assert_eq!(counts.flagging_nothing(), BinaryCounts { tp: 0, fp: 0, fn_: 10, tn: 90 });
    /// ```
    pub fn flagging_nothing(&self) -> Self {
        Self {
            fn_: self.tp.saturating_add(self.fn_),
            tn: self.fp.saturating_add(self.tn),
            ..Self::default()
        }
    }

    /// The same rows where everything is.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// let counts = BinaryCounts { tp: 3, fp: 1, fn_: 7, tn: 89 };
    /// assert_eq!(counts.flagging_everything(), BinaryCounts { tp: 10, fp: 90, fn_: 0, tn: 0 });
    /// ```
    pub fn flagging_everything(&self) -> Self {
        Self {
            tp: self.tp.saturating_add(self.fn_),
            fp: self.fp.saturating_add(self.tn),
            ..Self::default()
        }
    }

    /// All rows.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 1, fp: 2, fn_: 3, tn: 4 }.total(), 10);
    /// ```
    pub fn total(&self) -> u64 {
        saturating_sum([self.tp, self.fp, self.fn_, self.tn])
    }

    /// Rows that are actually positive.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 1, fp: 2, fn_: 3, tn: 4 }.actual_positives(), 4);
    /// ```
    pub fn actual_positives(&self) -> u64 {
        self.tp.saturating_add(self.fn_)
    }

    /// Rows that are actually negative.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 1, fp: 2, fn_: 3, tn: 4 }.actual_negatives(), 6);
    /// ```
    pub fn actual_negatives(&self) -> u64 {
        self.fp.saturating_add(self.tn)
    }

    /// Rows that were predicted positive: the alerts.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 1, fp: 2, fn_: 3, tn: 4 }.predicted_positives(), 3);
    /// ```
    pub fn predicted_positives(&self) -> u64 {
        self.tp.saturating_add(self.fp)
    }

    /// Rows that were predicted negative.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 1, fp: 2, fn_: 3, tn: 4 }.predicted_negatives(), 7);
    /// ```
    pub fn predicted_negatives(&self) -> u64 {
        self.fn_.saturating_add(self.tn)
    }

    /// The same rows with the roles of the two classes exchanged.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// let counts = BinaryCounts { tp: 1, fp: 2, fn_: 3, tn: 4 };
    /// assert_eq!(counts.swapped(), BinaryCounts { tp: 4, fp: 3, fn_: 2, tn: 1 });
    /// ```
    pub fn swapped(&self) -> Self {
        Self {
            tp: self.tn,
            fp: self.fn_,
            fn_: self.fp,
            tn: self.tp,
        }
    }

    /// Adds the counts of other rows.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// let mut counts = BinaryCounts { tp: 1, fp: 2, fn_: 3, tn: 4 };
    /// counts.merge(&BinaryCounts { tp: 1, ..BinaryCounts::default() });
    /// assert_eq!(counts.tp, 2);
    /// ```
    pub fn merge(&mut self, other: &Self) {
        self.tp = self.tp.saturating_add(other.tp);
        self.fp = self.fp.saturating_add(other.fp);
        self.fn_ = self.fn_.saturating_add(other.fn_);
        self.tn = self.tn.saturating_add(other.tn);
    }

    /// `[[tn, fp], [fn, tp]]`: rows actual, columns predicted, the positive class last.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 1, fp: 2, fn_: 3, tn: 4 }.rows(), [[4, 2], [3, 1]]);
    /// ```
    pub fn rows(&self) -> [[u64; 2]; 2] {
        [[self.tn, self.fp], [self.fn_, self.tp]]
    }
}
