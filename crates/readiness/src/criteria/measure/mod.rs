//! The numbers that criteria ask for, each with its interval, the rows behind it and a sentence.

mod answers;
mod drift;
mod graded;
mod operations;
mod robustness;
mod stability;

use greenlight_format as format;
use greenlight_metrics::{BinaryCounts, ConfusionMatrix, Interval, Undefined, wilson};

use super::evidence::{Evidence, difference};
use super::shown::shown_value;
use crate::absent::Absent;
use crate::policy::{DriftSettings, Metric};
use crate::profile::Profile;
use crate::statistics::{ScoreStatistics, Statistics};
use crate::words::{self, Positive};

/// A 95 % interval; an end that too few rows leave open is `None`.
pub(crate) type Ends = Option<(Option<f64>, Option<f64>)>;

/// A number with what is known of it.
pub(crate) struct Measurement {
    pub value: f64,
    pub interval: Ends,
    /// The rows behind it.
    pub rows: u64,
    /// The fewest rows on any side of a comparison: those that have to be enough.
    pub fewest: u64,
    /// What those are called.
    pub counted: String,
    /// How many rows it takes for one of them.
    pub rows_for_each: f64,
    /// What the interval is made of, where there is one.
    pub evidence: Option<Evidence>,
    /// The number in a sentence without its limit.
    pub sentence: String,
    /// Why a value beyond the limit would be no more than chance, where it would.
    pub chance: Option<String>,
    /// Why a value within the limit shows nothing, where it does not.
    pub hollow: Option<&'static str>,
    /// Whether it is a count, or the largest of the values that are there: nothing in it is left to chance.
    pub is_fact: bool,
}

impl Measurement {
    fn new(value: f64, rows: u64, sentence: String) -> Self {
        Self {
            value,
            interval: None,
            rows,
            fewest: rows,
            counted: "rows".to_owned(),
            rows_for_each: 1.0,
            evidence: None,
            sentence,
            chance: None,
            hollow: None,
            is_fact: false,
        }
    }

    fn known(self, interval: Interval, evidence: Evidence) -> Self {
        Self {
            interval: Some((Some(interval.low), Some(interval.high))),
            evidence: Some(evidence),
            ..self
        }
    }

    /// Behind it are only some of all `rows`.
    fn counting(self, counted: &str, rows: u64) -> Self {
        Self {
            counted: counted.to_owned(),
            rows_for_each: rows as f64 / self.rows.max(1) as f64,
            ..self
        }
    }
}

/// Rows and what it takes to speak of them.
#[derive(Clone, Copy)]
pub(crate) struct Measured<'p> {
    pub profile: &'p Profile,
    pub rows: &'p Statistics,
    /// What the number is compared with, to be told from it.
    pub limit: f64,
    /// A group of fewer rows is not among those of which the worst is judged.
    pub fewest: u64,
    /// So many rows have to be behind it.
    pub minimum_rows: u64,
    /// When a column counts as drifted.
    pub drift: DriftSettings,
}

impl<'p> Measured<'p> {
    /// The number, or why there is none.
    pub fn measure(self, metric: Metric) -> Result<Measurement, String> {
        if let Some(of) = metric.falls() {
            return self.fall(metric, of);
        }
        let is_multiclass = self.profile.classes.len() > 2;
        match metric {
            Metric::Accuracy => self.accuracy(),
            Metric::AccuracyAboveBaseline => self.above_baseline(),
            Metric::YoudensJ if is_multiclass => self.above_baseline(),
            Metric::YoudensJ => self.youdens_j(),
            Metric::BalancedAccuracy => self.mean_recall("Mean recall over the classes is"),
            Metric::Recall if is_multiclass => self.mean_recall("Mean recall over the classes is"),
            Metric::Precision if is_multiclass => self.mean_precision(),
            Metric::F1 if is_multiclass => {
                let value = self.matrix()?.macro_averages().f1;
                self.of_matrix("Mean F1 over the classes is", metric, value)
            }
            Metric::Recall => self.recall(),
            Metric::Precision => self.precision(),
            Metric::Specificity => self.specificity(),
            Metric::F1 => self.f_beta("F1", 1.0),
            Metric::F0_5 => self.f_beta("F0.5", 0.5),
            Metric::F2 => self.f_beta("F2", 2.0),
            Metric::MatthewsCorrcoef => {
                let value = self.matrix()?.matthews_corrcoef();
                self.of_matrix("Matthews correlation is", metric, value)
            }
            Metric::CohenKappa => {
                let value = self.matrix()?.cohen_kappa();
                self.of_matrix("Agreement beyond chance (Cohen’s κ) is", metric, value)
            }
            Metric::RocAuc => self.roc_auc(),
            Metric::AveragePrecision => {
                self.of_scores("Average precision is", metric, |s| s.average_precision)
            }
            Metric::LogLoss => self.of_scores("Log loss is", metric, |s| s.log_loss),
            Metric::BrierScore => self.of_scores("Brier score is", metric, |s| s.brier_score),
            Metric::ExpectedCalibrationError => {
                let of = |s: &ScoreStatistics| s.expected_calibration_error;
                self.of_scores("Expected calibration error is", metric, of)
            }
            Metric::LatencyP50 => self.percentile(50, |l| (l.p50, l.intervals.p50)),
            Metric::LatencyP90 => self.percentile(90, |l| (l.p90, l.intervals.p90)),
            Metric::LatencyP95 => self.percentile(95, |l| (l.p95, l.intervals.p95)),
            Metric::LatencyP99 => self.percentile(99, |l| (l.p99, l.intervals.p99)),
            Metric::LatencyMax => self.latency_max(),
            Metric::OverBudgetShare => self.over_budget_share(),
            Metric::ErrorRate => self.error_rate(),
            Metric::CostPerPrediction => {
                self.cost("A prediction costs", metric, |cost| Ok(cost.per_prediction))
            }
            Metric::CostPerCorrect => self.cost("A right answer costs", metric, |cost| {
                cost.per_correct.clone()
            }),
            Metric::PerturbationAccuracyDrop => self.perturbation_accuracy_drop(),
            Metric::FlipRate => self.flip_rate(),
            Metric::WeakestSegmentGap => self.weakest_segment_gap(),
            Metric::WorstWindowAccuracy => self.worst_window_accuracy(),
            Metric::AccuracyDrop => self.accuracy_drop(),
            Metric::ScorePsi => self.score_psi(),
            Metric::DriftedColumnsShare => self.drifted_columns_share(),
            Metric::AcceptedShare => self.accepted_share(),
            Metric::JudgeAgreement => self.judge_agreement(),
            Metric::RepeatConsistency => self.repeat_consistency(),
            Metric::CostPerAccepted => self.cost_per_accepted(),
            Metric::Rows => Ok(self.count("rows", self.rows.rows)),
            Metric::Positives => {
                let positives = self.binary()?.actual_positives();
                Ok(self.count(&words::cases(self.profile), positives))
            }
            Metric::AccuracyGap
            | Metric::BalancedAccuracyGap
            | Metric::PrecisionGap
            | Metric::RecallGap
            | Metric::SpecificityGap
            | Metric::F1Gap
            | Metric::RocAucGap => Err("there is no reference split to compare with".to_owned()),
        }
    }

    fn matrix(self) -> Result<&'p ConfusionMatrix, String> {
        self.rows.confusion.as_ref().map_err(Absent::to_string)
    }

    fn binary(self) -> Result<BinaryCounts, String> {
        let (classes, matrix) = (&self.profile.classes, self.matrix()?);
        match classes.positive() {
            Some(positive) => Ok(matrix.binary(positive)),
            None if classes.len() < 2 => Err(Undefined::OneClass.to_string()),
            None if classes.len() > 2 => Err(Undefined::NotBinary.to_string()),
            None => Err(format!(
                "it is not known which class is positive, {}",
                classes
                    .names()
                    .iter()
                    .map(|name| format!("“{name}”"))
                    .collect::<Vec<_>>()
                    .join(" or ")
            )),
        }
    }

    fn positive(self) -> Positive {
        Positive::of(self.profile)
    }

    /// A value as a person reads it, with ≈ where it was rounded on its way.
    fn told(self, metric: Metric, value: f64) -> String {
        let told = self.profile.told_of(metric);
        told.mark(shown_value(metric, Some(value)))
    }

    /// A share of right or wrong answers, likewise.
    fn near_percent(self, share: f64) -> String {
        self.profile.certainty.told().mark(self.percent(share))
    }

    /// So many answers of so many, likewise.
    fn near_of(self, part: u64, whole: u64) -> String {
        self.profile.certainty.told().mark(words::of(part, whole))
    }

    fn percent(self, share: f64) -> String {
        format::percent_beside(share, self.limit)
    }
}

fn proportion(part: u64, whole: u64) -> Result<(f64, Interval), String> {
    let interval = wilson(part, whole).map_err(in_words)?;
    Ok((part as f64 / whole as f64, interval))
}

fn in_words(why: impl ToString) -> String {
    why.to_string()
}

/// A fall from the reference split.
impl Measured<'_> {
    fn fall(self, metric: Metric, of: Metric) -> Result<Measurement, String> {
        let settings = &self.profile.settings;
        let (Some(name), Some(reference)) = (&settings.reference, self.profile.reference()) else {
            return Err("there is no reference split to compare with".to_owned());
        };
        if !self.profile.is_split(self.rows) {
            return Err(format!("“{name}” is not looked at by segment"));
        }
        let now = self.measure(of)?;
        let reference = Self {
            rows: reference,
            ..self
        };
        let before = reference.measure(of)?;
        let (was, is) = (self.told(of, before.value), self.told(of, now.value));
        let sentence = match metric {
            Metric::AccuracyGap => {
                format!("{was} of the answers are right on “{name}” and {is} on the rows judged")
            }
            _ => {
                let subject = format::capitalised(words::subject(of));
                format!("{subject} is {was} on “{name}” and {is} on the rows judged")
            }
        };
        let mut fallen = fall(&before, now);
        if before.rows < fallen.rows {
            fallen.counted = format!("{} on “{name}”", before.counted);
        }
        Ok(Measurement { sentence, ..fallen })
    }
}

/// The first less the second, of which the first stays as it is; the sentence is still that of the second.
pub(crate) fn fall(before: &Measurement, now: Measurement) -> Measurement {
    let interval = match (before.interval, now.interval) {
        (Some((Some(low), Some(high))), Some((Some(now_low), Some(now_high)))) => {
            let ends = difference(
                (before.value, (low, high)),
                (now.value, (now_low, now_high)),
            );
            Some((Some(ends.0.max(-1.0)), Some(ends.1.min(1.0))))
        }
        _ => None,
    };
    let evidence = match (&before.evidence, now.evidence) {
        (Some(reference), Some(current)) if interval.is_some() => Some(Evidence::Fall {
            reference: Box::new(reference.clone()),
            current: Box::new(current),
        }),
        _ => None,
    };
    Measurement {
        value: before.value - now.value,
        interval,
        fewest: before.rows.min(now.rows),
        evidence,
        ..now
    }
}
