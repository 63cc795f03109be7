//! Metrics of the four counts of a positive class against the rest.
//!
//! All are shares or coefficients without a unit. Products of counts are taken in 128 bits, so counts
//! of 10¹² and more are safe. A metric with a zero denominator is an [`Undefined`] error, where
//! scikit-learn gives what `zero_division` says, or 0.

use crate::binary_counts::BinaryCounts;
use crate::multiclass::macro_average;
use crate::undefined::{Undefined, Value, difference, ratio};

impl BinaryCounts {
    /// Share of rows predicted as what they are (scikit-learn: `accuracy_score`).
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 90, fp: 5, fn_: 10, tn: 95 }.accuracy(), Ok(0.925));
    /// ```
    pub fn accuracy(&self) -> Value {
        ratio(
            wide(self.tp) + wide(self.tn),
            wide(self.total()),
            Undefined::NoRows,
        )
    }

    /// TP / (TP + FP): of the rows predicted positive, the share that are (scikit-learn: `precision_score`).
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 3, fp: 1, fn_: 0, tn: 0 }.precision(), Ok(0.75));
    /// ```
    pub fn precision(&self) -> Value {
        self.of(
            self.tp,
            self.predicted_positives(),
            Undefined::NoPredictedPositives,
        )
    }

    /// TP / (TP + FN): of the positive rows, the share found (scikit-learn: `recall_score`).
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 9, fp: 0, fn_: 1, tn: 0 }.recall(), Ok(0.9));
    /// ```
    pub fn recall(&self) -> Value {
        self.of(
            self.tp,
            self.actual_positives(),
            Undefined::NoActualPositives,
        )
    }

    /// TN / (TN + FP): of the negative rows, the share left alone (scikit-learn: `recall_score` of the
    /// negative class).
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 0, fp: 1, fn_: 0, tn: 9 }.specificity(), Ok(0.9));
    /// ```
    pub fn specificity(&self) -> Value {
        self.of(
            self.tn,
            self.actual_negatives(),
            Undefined::NoActualNegatives,
        )
    }

    /// TN / (TN + FN): of the rows predicted negative, the share that are (scikit-learn:
    /// `precision_score` of the negative class).
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 0, fp: 0, fn_: 1, tn: 3 }.negative_predictive_value(), Ok(0.75));
    /// ```
    pub fn negative_predictive_value(&self) -> Value {
        self.of(
            self.tn,
            self.predicted_negatives(),
            Undefined::NoPredictedNegatives,
        )
    }

    /// FP / (FP + TN) (scikit-learn: `fpr` of `roc_curve`).
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 0, fp: 1, fn_: 0, tn: 3 }.false_positive_rate(), Ok(0.25));
    /// ```
    pub fn false_positive_rate(&self) -> Value {
        self.of(
            self.fp,
            self.actual_negatives(),
            Undefined::NoActualNegatives,
        )
    }

    /// FN / (FN + TP) (scikit-learn: `fnr` of `det_curve`).
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 3, fp: 0, fn_: 1, tn: 0 }.false_negative_rate(), Ok(0.25));
    /// ```
    pub fn false_negative_rate(&self) -> Value {
        self.of(
            self.fn_,
            self.actual_positives(),
            Undefined::NoActualPositives,
        )
    }

    /// F1 = 2TP / (2TP + FP + FN) (scikit-learn: `f1_score`).
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 3, fp: 1, fn_: 1, tn: 5 }.f1(), Ok(0.75));
    /// ```
    pub fn f1(&self) -> Value {
        let doubled = 2 * wide(self.tp);
        self.of_wide(
            doubled,
            doubled + wide(self.fp) + wide(self.fn_),
            Undefined::NoPositives,
        )
    }

    /// Fβ = (1 + β²)TP / ((1 + β²)TP + β²FN + FP) (scikit-learn: `fbeta_score`): 0 is precision,
    /// infinity is recall. β is 0 or more.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 5, fp: 5, fn_: 0, tn: 0 }.f_beta(2.0), Ok(25.0 / 30.0));
    /// ```
    pub fn f_beta(&self, beta: f64) -> Value {
        let squared = beta * beta;
        if beta.is_nan() || beta < 0.0 {
            return Err(Undefined::InvalidParameter);
        } else if squared == f64::INFINITY {
            return self.recall();
        } else if squared == 0.0 {
            return self.precision();
        } else if self.total() == 0 {
            return Err(Undefined::NoRows);
        }
        let numerator = (1.0 + squared) * self.tp as f64;
        let denominator =
            squared * self.actual_positives() as f64 + self.predicted_positives() as f64;
        if denominator == 0.0 {
            Err(Undefined::NoPositives)
        } else {
            Ok(numerator / denominator)
        }
    }

    /// TP / (TP + FP + FN) (scikit-learn: `jaccard_score`).
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 2, fp: 1, fn_: 1, tn: 5 }.jaccard(), Ok(0.5));
    /// ```
    pub fn jaccard(&self) -> Value {
        let either = wide(self.tp) + wide(self.fp) + wide(self.fn_);
        self.of_wide(wide(self.tp), either, Undefined::NoPositives)
    }

    /// The mean of recall and specificity; with one class present, that class's share alone
    /// (scikit-learn: `balanced_accuracy_score`).
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 3, fp: 1, fn_: 1, tn: 1 }.balanced_accuracy(), Ok(0.625));
    /// ```
    pub fn balanced_accuracy(&self) -> Value {
        macro_average([self.recall(), self.specificity()])
    }

    /// Matthews correlation coefficient, −1 to 1 (scikit-learn: `matthews_corrcoef`).
    ///
    /// ```
    /// # use greenlight_metrics::{BinaryCounts, Undefined};
    /// assert_eq!(BinaryCounts { tp: 5, fp: 0, fn_: 0, tn: 5 }.matthews_corrcoef(), Ok(1.0));
    /// let silent = BinaryCounts { tp: 0, fp: 0, fn_: 5, tn: 5 };
    /// assert_eq!(silent.matthews_corrcoef(), Err(Undefined::NoPredictedPositives));
    /// ```
    pub fn matthews_corrcoef(&self) -> Value {
        self.both_classes()?;
        if self.predicted_positives() == 0 {
            return Err(Undefined::NoPredictedPositives);
        } else if self.predicted_negatives() == 0 {
            return Err(Undefined::NoPredictedNegatives);
        }
        let actual = wide(self.actual_positives()) * wide(self.actual_negatives());
        let predicted = wide(self.predicted_positives()) * wide(self.predicted_negatives());
        let spread = (actual as f64).sqrt() * (predicted as f64).sqrt();
        // Rounding must not lead beyond what is perfect.
        Ok((covariance(self) / spread).clamp(-1.0, 1.0))
    }

    /// Cohen's κ: agreement beyond chance, at most 1 (scikit-learn: `cohen_kappa_score`).
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 4, fp: 2, fn_: 1, tn: 3 }.cohen_kappa(), Ok(0.4));
    /// ```
    pub fn cohen_kappa(&self) -> Value {
        if self.total() == 0 {
            return Err(Undefined::NoRows);
        }
        let crossed = wide(self.actual_positives()) * wide(self.predicted_negatives());
        let disagreement = crossed
            .saturating_add(wide(self.actual_negatives()) * wide(self.predicted_positives()));
        if disagreement == 0 {
            return Err(Undefined::OneClass);
        }
        Ok(2.0 * covariance(self) / disagreement as f64)
    }

    /// Youden's J = recall + specificity − 1, −1 to 1 (scikit-learn: `balanced_accuracy_score` with
    /// `adjusted=True`).
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 3, fp: 1, fn_: 1, tn: 3 }.youdens_j(), Ok(0.5));
    /// ```
    pub fn youdens_j(&self) -> Value {
        self.both_classes()?;
        let pairs = wide(self.actual_positives()) * wide(self.actual_negatives());
        Ok(covariance(self) / pairs as f64)
    }

    /// Share of rows that are actually positive.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 1, fp: 0, fn_: 1, tn: 6 }.prevalence(), Ok(0.25));
    /// ```
    pub fn prevalence(&self) -> Value {
        self.of(self.actual_positives(), self.total(), Undefined::NoRows)
    }

    /// Share of rows that were predicted positive: what somebody has to look at.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 1, fp: 1, fn_: 0, tn: 6 }.queue_rate(), Ok(0.25));
    /// ```
    pub fn queue_rate(&self) -> Value {
        self.of(self.predicted_positives(), self.total(), Undefined::NoRows)
    }

    /// Precision over prevalence: how many times likelier a flagged row is to be positive than any row.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// assert_eq!(BinaryCounts { tp: 1, fp: 1, fn_: 0, tn: 6 }.lift(), Ok(4.0));
    /// ```
    pub fn lift(&self) -> Value {
        let precision = self.precision()?;
        self.recall()?;
        Ok(precision / self.prevalence()?)
    }

    /// The accuracy of always predicting the commoner class (scikit-learn:
    /// `DummyClassifier(strategy="most_frequent")`).
    ///
    /// ```
    /// # use greenlight_metrics::BinaryCounts;
    /// let counts = BinaryCounts { tp: 1, fp: 1, fn_: 1, tn: 5 };
    /// assert_eq!(counts.majority_baseline_accuracy(), Ok(0.75));
    /// ```
    pub fn majority_baseline_accuracy(&self) -> Value {
        let majority = self.actual_positives().max(self.actual_negatives());
        self.of(majority, self.total(), Undefined::NoRows)
    }

    fn of(&self, part: u64, whole: u64, reason: Undefined) -> Value {
        self.of_wide(wide(part), wide(whole), reason)
    }

    fn of_wide(&self, part: u128, whole: u128, reason: Undefined) -> Value {
        let reason = if self.total() == 0 {
            Undefined::NoRows
        } else {
            reason
        };
        ratio(part, whole, reason)
    }

    fn both_classes(&self) -> Result<(), Undefined> {
        if self.total() == 0 {
            Err(Undefined::NoRows)
        } else if self.actual_positives() == 0 || self.actual_negatives() == 0 {
            Err(Undefined::OneClass)
        } else {
            Ok(())
        }
    }
}

/// TP·TN − FP·FN, rounded once. It decides ties between thresholds, so it must not depend on the
/// order of operations.
fn covariance(counts: &BinaryCounts) -> f64 {
    difference(
        wide(counts.tp) * wide(counts.tn),
        wide(counts.fp) * wide(counts.fn_),
    )
}

fn wide(count: u64) -> u128 {
    u128::from(count)
}
