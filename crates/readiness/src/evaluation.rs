//! One set of rows as the report shows it: every metric by its scikit-learn name.

use std::collections::BTreeMap;

use greenlight_metrics::{
    BinaryCounts, ConfusionMatrix, Interval, LatencyIntervals, LatencySummary, Undefined,
    balanced_accuracy_interval, f1_interval, wilson,
};
use serde::{Deserialize, Deserializer, Serialize};

use crate::absent::Absent;
use crate::classes::Classes;
use crate::notes::NotesAt;
use crate::statistics::{CostSummary, ScoreStatistics, Statistics};

/// The metrics of some rows. What is `None` has its reason in the report's notes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the metric of that name; see the report's schema"
)]
pub struct Evaluation {
    pub rows: u64,
    pub classes: Vec<String>,
    /// Rows actual, columns predicted, both in the order of `classes`.
    pub confusion_matrix: Option<Vec<Vec<u64>>>,
    pub accuracy: Option<f64>,
    pub balanced_accuracy: Option<f64>,
    pub precision: Option<f64>,
    pub recall: Option<f64>,
    pub specificity: Option<f64>,
    pub f1: Option<f64>,
    pub f0_5: Option<f64>,
    pub f2: Option<f64>,
    pub jaccard: Option<f64>,
    pub matthews_corrcoef: Option<f64>,
    pub cohen_kappa: Option<f64>,
    pub prevalence: Option<f64>,
    pub majority_baseline_accuracy: Option<f64>,
    #[serde(rename = "macro")]
    pub macro_average: Average,
    #[serde(rename = "micro")]
    pub micro_average: Average,
    #[serde(rename = "weighted")]
    pub weighted_average: Average,
    pub per_class: BTreeMap<String, ClassMetrics>,
    pub intervals: Intervals,
    pub roc_auc: Option<f64>,
    pub average_precision: Option<f64>,
    pub log_loss: Option<f64>,
    pub brier_score: Option<f64>,
    pub expected_calibration_error: Option<f64>,
    pub latency: Option<LatencySummary>,
    pub error_rate: Option<f64>,
    pub cost: Option<Cost>,
}

/// A mean over the classes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the metric of that name")]
pub struct Average {
    pub precision: Option<f64>,
    pub recall: Option<f64>,
    pub f1: Option<f64>,
}

/// The metrics of one class against all others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the metric of that name")]
pub struct ClassMetrics {
    pub precision: Option<f64>,
    pub recall: Option<f64>,
    pub f1: Option<f64>,
    pub support: u64,
    /// One against the rest; there only where each of more than two classes has scores.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub roc_auc: Option<Option<f64>>,
    /// As [`roc_auc`](Self::roc_auc).
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub average_precision: Option<Option<f64>>,
}

/// A key that is there, if only with `null`.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<f64>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// 95 % intervals: Wilson for proportions, what follows from Wilson's for `balanced_accuracy` and `f1`, DeLong on the logit
/// scale for `roc_auc`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the interval of the metric of that name"
)]
pub struct Intervals {
    pub accuracy: Option<Interval>,
    pub balanced_accuracy: Option<Interval>,
    pub precision: Option<Interval>,
    pub recall: Option<Interval>,
    pub specificity: Option<Interval>,
    pub f1: Option<Interval>,
    pub roc_auc: Option<Interval>,
}

/// What predictions cost, in the unit of the cost column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field says what it is")]
pub struct Cost {
    pub total: Option<f64>,
    pub per_prediction: Option<f64>,
    pub per_correct: Option<f64>,
}

/// The keys that a confusion matrix of any number of classes gives a value.
const MATRIX_KEYS: [&str; 5] = [
    "accuracy",
    "balanced_accuracy",
    "matthews_corrcoef",
    "cohen_kappa",
    "majority_baseline_accuracy",
];
/// The keys that only two classes give a meaning.
const BINARY_KEYS: [&str; 8] = [
    "precision",
    "recall",
    "specificity",
    "f1",
    "f0_5",
    "f2",
    "jaccard",
    "prevalence",
];
const BINARY_INTERVALS: [&str; 4] = ["precision", "recall", "specificity", "f1"];
/// The keys that only a score gives a value.
const SCORE_KEYS: [&str; 5] = [
    "roc_auc",
    "average_precision",
    "log_loss",
    "brier_score",
    "expected_calibration_error",
];

impl Evaluation {
    /// Every metric of `statistics`; the reasons for those that do not exist go to `notes`.
    pub fn new(statistics: &Statistics, classes: &Classes, notes: &mut NotesAt<'_>) -> Self {
        let mut evaluation = Self {
            rows: statistics.rows,
            classes: classes.names().to_vec(),
            ..Self::default()
        };
        if let Some(confusion) = notes.value("confusion_matrix", statistics.confusion.as_ref()) {
            evaluation.add_matrix(confusion, classes, notes);
        } else {
            note_all_absent("there is no confusion matrix", notes);
        }
        match &statistics.scores {
            Ok(scores) => {
                evaluation.add_scores(scores, notes);
                evaluation.add_class_scores(scores, classes, notes);
            }
            Err(reason) => {
                for key in SCORE_KEYS {
                    notes.note(key, reason);
                }
                notes.below("intervals").note("roc_auc", reason);
            }
        }
        evaluation.latency = notes.value("latency", statistics.latency.as_ref()).copied();
        if let Some(latency) = &evaluation.latency {
            note_open_ends(latency, &mut notes.below("latency"));
        }
        evaluation.error_rate = notes.value("error_rate", error_rate(statistics));
        let cost = notes.value("cost", statistics.cost.as_ref());
        evaluation.cost = cost.map(|cost| Cost::new(cost, &mut notes.below("cost")));
        evaluation
    }

    fn add_matrix(
        &mut self,
        confusion: &ConfusionMatrix,
        classes: &Classes,
        notes: &mut NotesAt<'_>,
    ) {
        self.confusion_matrix = Some(confusion.rows());
        self.accuracy = notes.value("accuracy", confusion.accuracy());
        self.balanced_accuracy = notes.value("balanced_accuracy", confusion.balanced_accuracy());
        self.matthews_corrcoef = notes.value("matthews_corrcoef", confusion.matthews_corrcoef());
        self.cohen_kappa = notes.value("cohen_kappa", confusion.cohen_kappa());
        self.majority_baseline_accuracy = notes.value(
            "majority_baseline_accuracy",
            confusion.majority_baseline_accuracy(),
        );
        self.macro_average = average(confusion.macro_averages(), &mut notes.below("macro"));
        self.micro_average = average(confusion.micro_averages(), &mut notes.below("micro"));
        self.weighted_average =
            average(confusion.weighted_averages(), &mut notes.below("weighted"));
        for (class, name) in classes.names().iter().enumerate() {
            let counts = confusion.binary(class);
            let mut per_class = notes.below("per_class");
            let mut notes = per_class.below(name);
            let metrics = ClassMetrics {
                precision: notes.value("precision", counts.precision()),
                recall: notes.value("recall", counts.recall()),
                f1: notes.value("f1", counts.f1()),
                support: confusion.support(class),
                ..ClassMetrics::default()
            };
            self.per_class.insert(name.clone(), metrics);
        }
        let mut of_matrix = notes.below("intervals");
        self.intervals.accuracy =
            of_matrix.value("accuracy", wilson(confusion.correct(), confusion.total()));
        self.intervals.balanced_accuracy =
            of_matrix.value("balanced_accuracy", balanced_accuracy_interval(confusion));
        match classes.positive() {
            Some(positive) => self.add_binary(&confusion.binary(positive), notes),
            None => {
                let reason: Absent = match classes.len() {
                    0 | 1 => Undefined::OneClass.into(),
                    2 => Absent::NoPositiveClass,
                    _ => Undefined::NotBinary.into(),
                };
                for key in BINARY_KEYS {
                    notes.note(key, &reason);
                }
                let mut notes = notes.below("intervals");
                for key in BINARY_INTERVALS {
                    notes.note(key, &reason);
                }
            }
        }
    }

    fn add_binary(&mut self, counts: &BinaryCounts, notes: &mut NotesAt<'_>) {
        self.precision = notes.value("precision", counts.precision());
        self.recall = notes.value("recall", counts.recall());
        self.specificity = notes.value("specificity", counts.specificity());
        self.f1 = notes.value("f1", counts.f1());
        self.f0_5 = notes.value("f0_5", counts.f_beta(0.5));
        self.f2 = notes.value("f2", counts.f_beta(2.0));
        self.jaccard = notes.value("jaccard", counts.jaccard());
        self.prevalence = notes.value("prevalence", counts.prevalence());
        let mut notes = notes.below("intervals");
        let &BinaryCounts { tp, fp, fn_, tn } = counts;
        self.intervals.precision = notes.value("precision", wilson(tp, tp + fp));
        self.intervals.recall = notes.value("recall", wilson(tp, tp + fn_));
        self.intervals.specificity = notes.value("specificity", wilson(tn, tn + fp));
        self.intervals.f1 = notes.value("f1", f1_interval(counts));
    }

    fn add_scores(&mut self, scores: &ScoreStatistics, notes: &mut NotesAt<'_>) {
        self.roc_auc = notes.value("roc_auc", scores.roc_auc);
        self.average_precision = notes.value("average_precision", scores.average_precision);
        self.log_loss = notes.value("log_loss", scores.log_loss);
        self.brier_score = notes.value("brier_score", scores.brier_score);
        self.expected_calibration_error = notes.value(
            "expected_calibration_error",
            scores.expected_calibration_error,
        );
        self.intervals.roc_auc = notes
            .below("intervals")
            .value("roc_auc", scores.roc_auc_interval);
    }
}

impl Evaluation {
    /// What each of more than two classes' scores are worth.
    fn add_class_scores(
        &mut self,
        scores: &ScoreStatistics,
        classes: &Classes,
        notes: &mut NotesAt<'_>,
    ) {
        for (name, scores) in classes.names().iter().zip(&scores.per_class) {
            let mut per_class = notes.below("per_class");
            let mut notes = per_class.below(name);
            let metrics = self.per_class.entry(name.clone()).or_default();
            metrics.roc_auc = Some(notes.value("roc_auc", scores.roc_auc));
            let average_precision = notes.value("average_precision", scores.average_precision);
            metrics.average_precision = Some(average_precision);
        }
    }
}

impl Cost {
    fn new(cost: &CostSummary, notes: &mut NotesAt<'_>) -> Self {
        Self {
            total: Some(cost.total),
            per_prediction: Some(cost.per_prediction),
            per_correct: notes.value("per_correct", cost.per_correct.clone()),
        }
    }
}

/// Failed calls over all calls.
fn error_rate(statistics: &Statistics) -> Result<f64, Absent> {
    let errors = statistics.errors.clone()?;
    match statistics.rows {
        0 => Err(Undefined::NoRows.into()),
        rows => Ok(errors as f64 / rows as f64),
    }
}

/// The reason for everything that is computed from a confusion matrix.
fn note_all_absent(reason: &str, notes: &mut NotesAt<'_>) {
    for key in MATRIX_KEYS.into_iter().chain(BINARY_KEYS) {
        notes.note(key, reason);
    }
    for average in ["macro", "micro", "weighted"] {
        for key in ["precision", "recall", "f1"] {
            notes.below(average).note(key, reason);
        }
    }
    let mut notes = notes.below("intervals");
    notes.note("accuracy", reason);
    for key in ["balanced_accuracy"].into_iter().chain(BINARY_INTERVALS) {
        notes.note(key, reason);
    }
}

/// The reason for the ends of intervals that do not exist.
fn note_open_ends(latency: &LatencySummary, notes: &mut NotesAt<'_>) {
    if latency.over_budget_share.is_none() {
        notes.note("over_budget_share", "there is no budget");
    }
    let LatencyIntervals {
        p50,
        p90,
        p95,
        p99,
        p99_9,
    } = latency.intervals;
    let mut notes = notes.below("intervals");
    for (key, interval) in [
        ("p50", p50),
        ("p90", p90),
        ("p95", p95),
        ("p99", p99),
        ("p99_9", p99_9),
    ] {
        notes.below(key).note_open_ends(interval.low, interval.high);
    }
}

fn average(average: greenlight_metrics::Averages, notes: &mut NotesAt<'_>) -> Average {
    Average {
        precision: notes.value("precision", average.precision),
        recall: notes.value("recall", average.recall),
        f1: notes.value("f1", average.f1),
    }
}
