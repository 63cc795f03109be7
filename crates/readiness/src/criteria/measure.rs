//! The numbers that criteria ask for, each with its interval, the rows behind it and a sentence.

use greenlight_format as format;
use greenlight_metrics::{
    BinaryCounts, ConfusionMatrix, Interval, LatencySummary, PercentileInterval, Undefined, Value,
    balanced_accuracy_interval, f1_interval, newcombe_difference, wilson,
};

use super::evidence::{Evidence, Share, difference};
use super::shown::shown_value;
use crate::absent::Absent;
use crate::policy::Metric;
use crate::profile::{Profile, Settings};
use crate::statistics::{CostSummary, ScoreStatistics, Statistics};
use crate::words::{self, Positive};

/// A 95 % interval; an end that too few rows leave open is `None`.
pub(super) type Ends = Option<(Option<f64>, Option<f64>)>;

/// A number with what is known of it.
pub(super) struct Measurement {
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
pub(super) struct Measured<'p> {
    pub profile: &'p Profile,
    pub rows: &'p Statistics,
    /// What the number is compared with, to be told from it.
    pub limit: f64,
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
            Metric::Precision if is_multiclass => {
                let value = self.matrix()?.macro_averages().precision;
                self.of_matrix("Mean precision over the classes is", metric, value)
            }
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

/// Answers, right and wrong.
impl Measured<'_> {
    fn accuracy(self) -> Result<Measurement, String> {
        let matrix = self.matrix()?;
        let (right, rows) = (matrix.correct(), matrix.total());
        let (value, interval) = proportion(right, rows)?;
        let sentence = format!(
            "{} of the answers are right ({})",
            self.percent(value),
            words::of(right, rows)
        );
        let measurement = Measurement::new(value, rows, sentence);
        Ok(measurement.known(interval, Evidence::share(right, rows)))
    }

    fn above_baseline(self) -> Result<Measurement, String> {
        let matrix = self.matrix()?;
        let (right, rows) = (matrix.correct(), matrix.total());
        let (accuracy, interval) = proportion(right, rows)?;
        let baseline = matrix.majority_baseline_accuracy().map_err(in_words)?;
        let sentence = format!(
            "{} of the answers are right; always giving the most frequent answer would be right \
             {} of the time",
            format::percent(accuracy),
            format::percent(baseline)
        );
        let above = Interval {
            low: interval.low - baseline,
            high: interval.high - baseline,
        };
        let evidence = Evidence::ShareLess(Share::of(right, rows), baseline);
        Ok(Measurement::new(accuracy - baseline, rows, sentence).known(above, evidence))
    }

    fn youdens_j(self) -> Result<Measurement, String> {
        let (counts, positive) = (self.binary()?, self.positive());
        let BinaryCounts { tp, fp, fn_, tn } = counts;
        let value = counts.youdens_j().map_err(in_words)?;
        let interval = newcombe_difference(tp, tp + fn_, fp, fp + tn).map_err(in_words)?;
        let (caught, alarms) = (Share::of(tp, tp + fn_), Share::of(fp, fp + tn));
        let sentence = format!(
            "An alarm is raised for {} of {} and for {} of the other rows",
            format::percent(caught.share),
            positive.cases,
            format::percent(alarms.share)
        );
        let measurement = Measurement::new(value, counts.total(), sentence);
        Ok(measurement.known(interval, Evidence::Difference(caught, alarms)))
    }

    fn mean_recall(self, subject: &str) -> Result<Measurement, String> {
        let matrix = self.matrix()?;
        let value = matrix.balanced_accuracy().map_err(in_words)?;
        let interval = balanced_accuracy_interval(matrix).map_err(in_words)?;
        let sentence = format!("{subject} {}", self.percent(value));
        let measurement = Measurement::new(value, matrix.total(), sentence);
        Ok(measurement.known(interval, Evidence::mean_recall(matrix)))
    }

    fn recall(self) -> Result<Measurement, String> {
        let (counts, positive) = (self.binary()?, self.positive());
        let (caught, cases) = (counts.tp, counts.actual_positives());
        let none = |_| {
            format!(
                "there {} no {} in these rows",
                positive.are(),
                positive.cases
            )
        };
        let (value, interval) = proportion(caught, cases).map_err(none)?;
        let sentence = format!(
            "{} of {} {} caught (recall, {})",
            self.percent(value),
            positive.cases,
            positive.are(),
            words::of(caught, cases)
        );
        Ok(Measurement::new(value, cases, sentence)
            .known(interval, Evidence::share(caught, cases))
            .counting(&words::cases(self.profile), counts.total()))
    }

    fn precision(self) -> Result<Measurement, String> {
        let (counts, positive) = (self.binary()?, self.positive());
        let (right, alarms) = (counts.tp, counts.predicted_positives());
        let none = |_| Undefined::NoPredictedPositives.to_string();
        let (value, interval) = proportion(right, alarms).map_err(none)?;
        let sentence = format!(
            "{} of the alarms are real {} (precision, {})",
            self.percent(value),
            positive.cases,
            words::of(right, alarms)
        );
        Ok(Measurement::new(value, alarms, sentence)
            .known(interval, Evidence::share(right, alarms))
            .counting("alarms", counts.total()))
    }

    fn specificity(self) -> Result<Measurement, String> {
        let counts = self.binary()?;
        let (quiet, others) = (counts.tn, counts.actual_negatives());
        let none = |_| Undefined::NoActualNegatives.to_string();
        let (value, interval) = proportion(quiet, others).map_err(none)?;
        let sentence = format!(
            "{} of the other rows raise no alarm (specificity, {})",
            self.percent(value),
            words::of(quiet, others)
        );
        Ok(Measurement::new(value, others, sentence)
            .known(interval, Evidence::share(quiet, others))
            .counting("negative rows", counts.total()))
    }

    fn f_beta(self, name: &str, beta: f64) -> Result<Measurement, String> {
        let counts = self.binary()?;
        let value = counts.f_beta(beta).map_err(in_words)?;
        let sentence = format!("{name} is {}", self.percent(value));
        let rows = counts.tp + counts.fp + counts.fn_;
        let measurement = Measurement::new(value, rows, sentence);
        let measurement = match f1_interval(&counts) {
            Ok(interval) if beta == 1.0 => measurement.known(interval, Evidence::f1(&counts)),
            _ => measurement,
        };
        Ok(measurement.counting("rows that are positive or flagged", counts.total()))
    }

    fn of_matrix(self, subject: &str, metric: Metric, value: Value) -> Result<Measurement, String> {
        let value = value.map_err(in_words)?;
        let sentence = format!("{subject} {}", shown_value(metric, Some(value)));
        Ok(Measurement::new(value, self.matrix()?.total(), sentence))
    }
}

/// Scores, latencies, errors and costs.
impl Measured<'_> {
    fn of_scores(
        self,
        subject: &str,
        metric: Metric,
        of: impl Fn(&ScoreStatistics) -> Value,
    ) -> Result<Measurement, String> {
        let scores = self.rows.scores.as_ref().map_err(Absent::to_string)?;
        let value = of(scores).map_err(in_words)?;
        let sentence = format!("{subject} {}", shown_value(metric, Some(value)));
        // Each row that is not an error has its score.
        let errors = self.rows.errors.as_ref().copied().unwrap_or(0);
        let rows = self.rows.rows.saturating_sub(errors);
        Ok(Measurement::new(value, rows, sentence))
    }

    fn roc_auc(self) -> Result<Measurement, String> {
        let measurement = self.of_scores("ROC AUC is", Metric::RocAuc, |s| s.roc_auc)?;
        let interval = self.rows.scores.as_ref().ok().map(|s| s.roc_auc_interval);
        let value = measurement.value;
        Ok(match interval {
            Some(Ok(interval)) => {
                let low = interval.low;
                measurement.known(interval, Evidence::Logit { value, low })
            }
            _ => measurement,
        })
    }

    fn percentile(
        self,
        percent: u8,
        of: impl Fn(&LatencySummary) -> (f64, PercentileInterval),
    ) -> Result<Measurement, String> {
        let latency = self.rows.latency.as_ref().map_err(Absent::to_string)?;
        let unit = self.profile.settings.latency_unit;
        let to_ms = |value: f64| value * unit.in_ms();
        let (value, ends) = of(latency);
        let sentence = format!(
            "{percent} of 100 answers come within {} (p{percent} of {})",
            words::latency(value, unit),
            format::count(latency.rows)
        );
        let evidence = Evidence::Percentile {
            share: f64::from(percent) / 100.0,
            rows: latency.rows as f64,
            over_limit: share_over(self.limit / unit.in_ms(), latency, &self.profile.settings),
            limit: self.limit,
        };
        Ok(Measurement {
            interval: Some((ends.low.map(to_ms), ends.high.map(to_ms))),
            evidence: Some(evidence),
            counted: "rows with a latency".to_owned(),
            ..Measurement::new(to_ms(value), latency.rows, sentence)
        })
    }

    fn latency_max(self) -> Result<Measurement, String> {
        let latency = self.rows.latency.as_ref().map_err(Absent::to_string)?;
        let unit = self.profile.settings.latency_unit;
        let sentence = format!(
            "The slowest of {} answers takes {}",
            format::count(latency.rows),
            words::latency(latency.max, unit)
        );
        let value = latency.max * unit.in_ms();
        Ok(Measurement {
            counted: "rows with a latency".to_owned(),
            ..Measurement::new(value, latency.rows, sentence)
        })
    }

    fn over_budget_share(self) -> Result<Measurement, String> {
        let latency = self.rows.latency.as_ref().map_err(Absent::to_string)?;
        let settings = &self.profile.settings;
        let share = latency
            .over_budget_share
            .ok_or("there is no latency budget")?;
        let over = (share * latency.rows as f64).round() as u64;
        let (value, interval) = proportion(over, latency.rows)?;
        let sentence = format!(
            "{} of the answers take longer than {} ({})",
            self.percent(value),
            words::latency(settings.latency_budget, settings.latency_unit),
            words::of(over, latency.rows)
        );
        Ok(Measurement {
            counted: "rows with a latency".to_owned(),
            ..Measurement::new(value, latency.rows, sentence)
                .known(interval, Evidence::share(over, latency.rows))
        })
    }

    fn error_rate(self) -> Result<Measurement, String> {
        let errors = *self.rows.errors.as_ref().map_err(Absent::to_string)?;
        let (value, interval) = proportion(errors, self.rows.rows)?;
        let sentence = format!(
            "{} of the calls fail ({})",
            self.percent(value),
            words::of(errors, self.rows.rows)
        );
        Ok(Measurement::new(value, self.rows.rows, sentence)
            .known(interval, Evidence::share(errors, self.rows.rows)))
    }

    fn cost(
        self,
        subject: &str,
        metric: Metric,
        of: impl Fn(&CostSummary) -> Result<f64, Absent>,
    ) -> Result<Measurement, String> {
        let cost = self.rows.cost.as_ref().map_err(Absent::to_string)?;
        let value = of(cost).map_err(in_words)?;
        let shown = shown_value(metric, Some(value));
        let sentence = format!("{subject} {shown} in the unit of the cost column");
        Ok(Measurement::new(value, self.rows.rows, sentence))
    }

    fn count(self, of: &str, count: u64) -> Measurement {
        let sentence = format!("There are {} {of}", format::count(count));
        Measurement::new(count as f64, count, sentence).counting(of, self.rows.rows)
    }
}

/// About the share of rows above a latency: exact at the budget, between percentiles read off a straight line.
fn share_over(limit: f64, latency: &LatencySummary, settings: &Settings) -> f64 {
    if limit == settings.latency_budget
        && let Some(over) = latency.over_budget_share
    {
        return over;
    }
    let known = [
        (latency.p50, 0.5),
        (latency.p90, 0.1),
        (latency.p95, 0.05),
        (latency.p99, 0.01),
        (latency.p99_9, 0.001),
        (latency.max, 0.0),
    ];
    let (mut at, mut over) = (0.0, 1.0);
    for (next, next_over) in known {
        if limit < next {
            let way = if next > at {
                (limit - at) / (next - at)
            } else {
                0.0
            };
            return over + way.clamp(0.0, 1.0) * (next_over - over);
        }
        (at, over) = (next, next_over);
    }
    0.0
}

/// A fall from the reference split.
impl Measured<'_> {
    fn fall(self, metric: Metric, of: Metric) -> Result<Measurement, String> {
        let settings = &self.profile.settings;
        let (Some(name), Some(reference)) = (&settings.reference, self.profile.reference()) else {
            return Err("there is no reference split to compare with".to_owned());
        };
        let now = self.measure(of)?;
        let reference = Self {
            rows: reference,
            ..self
        };
        let before = reference.measure(of)?;
        let value = before.value - now.value;
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
        let (was, is) = (
            shown_value(of, Some(before.value)),
            shown_value(of, Some(now.value)),
        );
        let sentence = match metric {
            Metric::AccuracyGap => {
                format!("{was} of the answers are right on “{name}” and {is} on the rows judged")
            }
            _ => {
                let subject = words::capitalised(words::subject(of));
                format!("{subject} is {was} on “{name}” and {is} on the rows judged")
            }
        };
        let evidence = match (before.evidence, now.evidence) {
            (Some(reference), Some(current)) if interval.is_some() => Some(Evidence::Fall {
                reference: Box::new(reference),
                current: Box::new(current),
            }),
            _ => None,
        };
        let (fewest, counted) = match before.rows < now.rows {
            true => (before.rows, format!("{} on “{name}”", before.counted)),
            false => (now.rows, now.counted),
        };
        Ok(Measurement {
            value,
            interval,
            rows: now.rows,
            counted,
            rows_for_each: now.rows_for_each,
            evidence,
            sentence,
            fewest,
        })
    }
}
