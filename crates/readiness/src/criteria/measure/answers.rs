//! How right the answers are, by the confusion matrix.

use greenlight_format as format;
use greenlight_metrics::{
    BinaryCounts, Interval, Undefined, Value, balanced_accuracy_interval, f1_interval,
    macro_precision_interval, newcombe_difference,
};

use super::{Measured, Measurement, in_words, proportion};
use crate::criteria::evidence::{Evidence, Share};
use crate::policy::Metric;
use crate::words;

impl Measured<'_> {
    pub(super) fn accuracy(self) -> Result<Measurement, String> {
        let matrix = self.matrix()?;
        let (right, rows) = (matrix.correct(), matrix.total());
        let (value, interval) = proportion(right, rows)?;
        let sentence = format!(
            "{} of the answers are right ({})",
            self.near_percent(value),
            self.near_of(right, rows)
        );
        let measurement = Measurement::new(value, rows, sentence);
        Ok(measurement.known(interval, Evidence::share(right, rows)))
    }

    pub(super) fn above_baseline(self) -> Result<Measurement, String> {
        let matrix = self.matrix()?;
        let (right, rows) = (matrix.correct(), matrix.total());
        let (accuracy, interval) = proportion(right, rows)?;
        let baseline = matrix.majority_baseline_accuracy().map_err(in_words)?;
        let sentence = format!(
            "{} of the answers are right; always giving the most frequent answer would be right \
             {} of the time",
            self.profile
                .certainty
                .told()
                .mark(format::percent(accuracy)),
            format::percent(baseline)
        );
        let above = Interval {
            low: interval.low - baseline,
            high: interval.high - baseline,
        };
        let evidence = Evidence::ShareLess(Share::of(right, rows), baseline);
        Ok(Measurement::new(accuracy - baseline, rows, sentence).known(above, evidence))
    }

    pub(super) fn youdens_j(self) -> Result<Measurement, String> {
        let (counts, positive) = (self.binary()?, self.positive());
        let BinaryCounts { tp, fp, fn_, tn } = counts;
        let value = counts.youdens_j().map_err(in_words)?;
        let interval = newcombe_difference(tp, tp + fn_, fp, fp + tn).map_err(in_words)?;
        let (caught, alarms) = (Share::of(tp, tp + fn_), Share::of(fp, fp + tn));
        let near = |share| self.profile.certainty.told().mark(format::percent(share));
        let sentence = format!(
            "An alarm is raised for {} of {} and for {} of the other rows",
            near(caught.share),
            positive.cases,
            near(alarms.share)
        );
        let measurement = Measurement::new(value, counts.total(), sentence);
        Ok(measurement.known(interval, Evidence::Difference(caught, alarms)))
    }

    pub(super) fn mean_recall(self, subject: &str) -> Result<Measurement, String> {
        let matrix = self.matrix()?;
        let value = matrix.balanced_accuracy().map_err(in_words)?;
        let interval = balanced_accuracy_interval(matrix).map_err(in_words)?;
        let sentence = format!("{subject} {}", self.near_percent(value));
        let measurement = Measurement::new(value, matrix.total(), sentence);
        Ok(measurement.known(interval, Evidence::mean_recall(matrix)))
    }

    pub(super) fn mean_precision(self) -> Result<Measurement, String> {
        let matrix = self.matrix()?;
        let value = matrix.macro_averages().precision.map_err(in_words)?;
        let interval = macro_precision_interval(matrix).map_err(in_words)?;
        let sentence = format!(
            "Mean precision over the classes is {}",
            self.near_percent(value)
        );
        let measurement = Measurement::new(value, matrix.total(), sentence);
        Ok(measurement.known(interval, Evidence::mean_precision(matrix)))
    }

    pub(super) fn recall(self) -> Result<Measurement, String> {
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
            self.near_percent(value),
            positive.cases,
            positive.are(),
            self.near_of(caught, cases)
        );
        Ok(Measurement::new(value, cases, sentence)
            .known(interval, Evidence::share(caught, cases))
            .counting(&words::cases(self.profile), counts.total()))
    }

    pub(super) fn precision(self) -> Result<Measurement, String> {
        let (counts, positive) = (self.binary()?, self.positive());
        let (right, alarms) = (counts.tp, counts.predicted_positives());
        let none = |_| Undefined::NoPredictedPositives.to_string();
        let (value, interval) = proportion(right, alarms).map_err(none)?;
        let sentence = format!(
            "{} of the alarms are real {} (precision, {})",
            self.near_percent(value),
            positive.cases,
            self.near_of(right, alarms)
        );
        Ok(Measurement::new(value, alarms, sentence)
            .known(interval, Evidence::share(right, alarms))
            .counting("alarms", counts.total()))
    }

    pub(super) fn specificity(self) -> Result<Measurement, String> {
        let counts = self.binary()?;
        let (quiet, others) = (counts.tn, counts.actual_negatives());
        let none = |_| Undefined::NoActualNegatives.to_string();
        let (value, interval) = proportion(quiet, others).map_err(none)?;
        let sentence = format!(
            "{} of the other rows raise no alarm (specificity, {})",
            self.near_percent(value),
            self.near_of(quiet, others)
        );
        Ok(Measurement::new(value, others, sentence)
            .known(interval, Evidence::share(quiet, others))
            .counting("negative rows", counts.total()))
    }

    pub(super) fn f_beta(self, name: &str, beta: f64) -> Result<Measurement, String> {
        let counts = self.binary()?;
        let value = counts.f_beta(beta).map_err(in_words)?;
        let sentence = format!("{name} is {}", self.near_percent(value));
        let rows = counts.tp + counts.fp + counts.fn_;
        let measurement = Measurement::new(value, rows, sentence);
        let measurement = match f1_interval(&counts) {
            Ok(interval) if beta == 1.0 => measurement.known(interval, Evidence::f1(&counts)),
            _ => measurement,
        };
        Ok(measurement.counting("rows that are positive or flagged", counts.total()))
    }

    pub(super) fn of_matrix(
        self,
        subject: &str,
        metric: Metric,
        value: Value,
    ) -> Result<Measurement, String> {
        let value = value.map_err(in_words)?;
        let sentence = format!("{subject} {}", self.told(metric, value));
        Ok(Measurement::new(value, self.matrix()?.total(), sentence))
    }
}
