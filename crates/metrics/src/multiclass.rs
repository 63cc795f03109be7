//! Metrics of a whole confusion matrix, with any number of classes.
//!
//! Averages over classes skip those where the metric is undefined, as scikit-learn's do with
//! `zero_division=np.nan`.

use crate::binary_counts::BinaryCounts;
use crate::confusion::ConfusionMatrix;
use crate::sum::CompensatedSum;
use crate::undefined::{Undefined, Value, difference, ratio};

/// Precision, recall and F1 of one class against the rest.
///
/// ```
/// # use greenlight_metrics::ConfusionMatrix;
/// let matrix = ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?;
/// assert_eq!(matrix.per_class()[0].recall, Ok(0.9));
/// # Ok::<(), greenlight_metrics::ConfusionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassMetrics {
    /// Of the rows predicted as this class, the share that are.
    pub precision: Value,
    /// Of the rows of this class, the share predicted as such.
    pub recall: Value,
    /// 2TP / (2TP + FP + FN).
    pub f1: Value,
    /// The rows of this class.
    pub support: u64,
}

/// Precision, recall and F1 averaged over the classes.
///
/// ```
/// # use greenlight_metrics::{ConfusionMatrix, Undefined};
/// assert_eq!(ConfusionMatrix::new(2).macro_averages().f1, Err(Undefined::NoRows));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Averages {
    /// Averaged precision.
    pub precision: Value,
    /// Averaged recall.
    pub recall: Value,
    /// Averaged F1.
    pub f1: Value,
}

/// The plain mean of the values that exist; the reason of the first where none does
/// (scikit-learn: `average="macro"`).
///
/// ```
/// use greenlight_metrics::{Undefined, macro_average};
/// assert_eq!(macro_average([Ok(1.0), Err(Undefined::NoActualPositives), Ok(0.5)]), Ok(0.75));
/// assert_eq!(macro_average([]), Err(Undefined::NoRows));
/// ```
pub fn macro_average(values: impl IntoIterator<Item = Value>) -> Value {
    weighted_mean(values.into_iter().map(|value| (value, 1)))
}

fn weighted_mean(values: impl IntoIterator<Item = (Value, u64)>) -> Value {
    let (mut sum, mut weights, mut reason) = (CompensatedSum::default(), 0_u128, None);
    for (value, weight) in values {
        match value {
            Ok(value) => {
                sum.add_times(value, weight);
                weights += u128::from(weight);
            }
            Err(undefined) => reason = reason.or(Some(undefined)),
        }
    }
    match weights {
        0 => Err(reason.unwrap_or(Undefined::NoRows)),
        _ => Ok(sum.value() / weights as f64),
    }
}

impl ConfusionMatrix {
    /// Share of rows predicted as what they are (scikit-learn: `accuracy_score`).
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// assert_eq!(ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?.accuracy(), Ok(0.925));
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn accuracy(&self) -> Value {
        ratio(
            self.correct().into(),
            self.total().into(),
            Undefined::NoRows,
        )
    }

    /// The mean recall of the classes that have rows (scikit-learn: `balanced_accuracy_score`).
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// let matrix = ConfusionMatrix::from_rows(&[vec![3, 1], vec![1, 1]])?;
    /// assert_eq!(matrix.balanced_accuracy(), Ok(0.625));
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn balanced_accuracy(&self) -> Value {
        self.macro_averages().recall
    }

    /// Matthews correlation coefficient, its generalisation R_K for more than two classes, −1 to 1
    /// (scikit-learn: `matthews_corrcoef`).
    ///
    /// ```
    /// # use greenlight_metrics::{ConfusionMatrix, Undefined};
    /// let matrix = ConfusionMatrix::from_rows(&[vec![4, 0, 0], vec![0, 3, 0], vec![0, 0, 2]])?;
    /// assert!((matrix.matthews_corrcoef()? - 1.0).abs() < 1e-15);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn matthews_corrcoef(&self) -> Value {
        let Margins {
            actual,
            predicted,
            total,
            correct,
        } = self.margins()?;
        let square = u128::from(total) * u128::from(total);
        let (of_actual, of_predicted) = (dot(&actual, &actual), dot(&predicted, &predicted));
        if of_actual >= square {
            return Err(Undefined::OneClass);
        } else if of_predicted >= square {
            return Err(Undefined::OnePredictedClass);
        }
        let agreement = u128::from(total) * u128::from(correct);
        let covariance = difference(agreement, dot(&actual, &predicted));
        let spread = ((square - of_actual) as f64).sqrt() * ((square - of_predicted) as f64).sqrt();
        // Rounding must not lead beyond what is perfect.
        Ok((covariance / spread).clamp(-1.0, 1.0))
    }

    /// Cohen's κ: agreement beyond chance, at most 1 (scikit-learn: `cohen_kappa_score`).
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// let matrix = ConfusionMatrix::from_rows(&[vec![3, 2], vec![1, 4]])?;
    /// assert_eq!(matrix.cohen_kappa(), Ok(0.4));
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn cohen_kappa(&self) -> Value {
        let Margins {
            actual,
            predicted,
            total,
            correct,
        } = self.margins()?;
        let square = u128::from(total) * u128::from(total);
        let chance = dot(&actual, &predicted);
        if chance >= square {
            return Err(Undefined::OneClass);
        }
        let agreement = u128::from(total) * u128::from(correct);
        Ok(difference(agreement, chance) / (square - chance) as f64)
    }

    /// The accuracy of always predicting the commonest class (scikit-learn:
    /// `DummyClassifier(strategy="most_frequent")`).
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// let matrix = ConfusionMatrix::from_rows(&[vec![3, 0], vec![1, 0]])?;
    /// assert_eq!(matrix.majority_baseline_accuracy(), Ok(0.75));
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn majority_baseline_accuracy(&self) -> Value {
        let Margins { actual, total, .. } = self.margins()?;
        let majority = actual.into_iter().max().unwrap_or(0);
        ratio(majority.into(), total.into(), Undefined::NoRows)
    }

    /// The counts of every class against the rest, in class order (scikit-learn:
    /// `multilabel_confusion_matrix`).
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// let matrix = ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?;
    /// assert_eq!(matrix.one_vs_rest()[1], matrix.binary(1));
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn one_vs_rest(&self) -> Vec<BinaryCounts> {
        let total = self.total();
        (0..self.classes())
            .map(|class| self.against_rest(class, total))
            .collect()
    }

    /// Precision, recall, F1 and support of every class, in class order (scikit-learn:
    /// `precision_recall_fscore_support(average=None)`).
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// let matrix = ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?;
    /// assert_eq!(matrix.per_class()[0].precision, Ok(90.0 / 95.0));
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn per_class(&self) -> Vec<ClassMetrics> {
        let metrics = |counts: BinaryCounts| ClassMetrics {
            precision: counts.precision(),
            recall: counts.recall(),
            f1: counts.f1(),
            support: counts.actual_positives(),
        };
        self.one_vs_rest().into_iter().map(metrics).collect()
    }

    /// The plain means over the classes where each metric is defined (scikit-learn:
    /// `precision_recall_fscore_support(average="macro", zero_division=np.nan)`).
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// let matrix = ConfusionMatrix::from_rows(&[vec![3, 1], vec![1, 1]])?;
    /// assert_eq!(matrix.macro_averages().recall, Ok(0.625));
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn macro_averages(&self) -> Averages {
        self.averages(|values| macro_average(values.iter().map(|&(value, _)| value)))
    }

    /// The metrics of all classes' counts added up: over a whole matrix all three equal the accuracy
    /// (scikit-learn: `precision_recall_fscore_support(average="micro")`).
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// let matrix = ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]])?;
    /// assert_eq!(matrix.micro_averages().f1, matrix.accuracy());
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn micro_averages(&self) -> Averages {
        let accuracy = self.accuracy();
        Averages {
            precision: accuracy,
            recall: accuracy,
            f1: accuracy,
        }
    }

    /// The means over the classes where each metric is defined, weighted by support (scikit-learn:
    /// `precision_recall_fscore_support(average="weighted", zero_division=np.nan)`). Where none of those
    /// classes has support, the plain mean, as there.
    ///
    /// ```
    /// # use greenlight_metrics::ConfusionMatrix;
    /// let matrix = ConfusionMatrix::from_rows(&[vec![3, 1], vec![1, 1]])?;
    /// assert_eq!(matrix.weighted_averages().recall, matrix.accuracy());
    /// # Ok::<(), greenlight_metrics::ConfusionError>(())
    /// ```
    pub fn weighted_averages(&self) -> Averages {
        self.averages(|values| {
            let supported = values
                .iter()
                .any(|&(value, support)| value.is_ok() && support > 0);
            weighted_mean(
                values
                    .iter()
                    .map(|&(value, support)| (value, if supported { support } else { 1 })),
            )
        })
    }

    fn averages(&self, mean: impl Fn(&[(Value, u64)]) -> Value) -> Averages {
        let classes = self.per_class();
        let over = |metric: fn(&ClassMetrics) -> Value| {
            let values: Vec<_> = classes
                .iter()
                .map(|class| (metric(class), class.support))
                .collect();
            mean(&values)
        };
        Averages {
            precision: over(|class| class.precision),
            recall: over(|class| class.recall),
            f1: over(|class| class.f1),
        }
    }

    fn margins(&self) -> Result<Margins, Undefined> {
        let total = self.total();
        if total == 0 {
            return Err(Undefined::NoRows);
        }
        let classes = 0..self.classes();
        Ok(Margins {
            actual: classes.clone().map(|class| self.support(class)).collect(),
            predicted: classes.map(|class| self.predicted(class)).collect(),
            total,
            correct: self.correct(),
        })
    }
}

struct Margins {
    actual: Vec<u64>,
    predicted: Vec<u64>,
    total: u64,
    correct: u64,
}

fn dot(a: &[u64], b: &[u64]) -> u128 {
    let products = a
        .iter()
        .zip(b)
        .map(|(&a, &b)| u128::from(a) * u128::from(b));
    products.fold(0, u128::saturating_add)
}
