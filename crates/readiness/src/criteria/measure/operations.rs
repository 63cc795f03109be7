//! What scores are worth, how long answers take, how many fail and what they cost.

use greenlight_format as format;
use greenlight_metrics::{ConfusionMatrix, LatencySummary, PercentileInterval, Value, Z_95};

use super::{Measured, Measurement, in_words, proportion};
use crate::absent::Absent;
use crate::criteria::evidence::Evidence;
use crate::policy::Metric;
use crate::profile::Settings;
use crate::statistics::{CostSummary, ScoreStatistics};
use crate::words;

impl Measured<'_> {
    pub(super) fn of_scores(
        self,
        subject: &str,
        metric: Metric,
        of: impl Fn(&ScoreStatistics) -> Value,
    ) -> Result<Measurement, String> {
        let scores = self.rows.scores.as_ref().map_err(Absent::to_string)?;
        let value = of(scores).map_err(in_words)?;
        let shown = self.told(metric, value);
        let sentence = format!("{subject} {shown}");
        // Each row that is not an error has its score; of graded answers those alone that people graded.
        let errors = self.rows.errors.as_ref().copied().unwrap_or(0);
        let labelled = self.rows.confusion.as_ref();
        let labelled = labelled.map_or(u64::MAX, ConfusionMatrix::total);
        let rows = self.rows.rows.saturating_sub(errors).min(labelled);
        Ok(Measurement::new(value, rows, sentence))
    }

    pub(super) fn roc_auc(self) -> Result<Measurement, String> {
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

    pub(super) fn percentile(
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
            self.profile.told.mark(words::latency(value, unit)),
            format::count(latency.rows)
        );
        let evidence = Evidence::Percentile {
            share: f64::from(percent) / 100.0,
            rows: latency.rows as f64,
            over_limit: share_over(self.limit / unit.in_ms(), latency, &self.profile.settings),
            limit: self.limit,
            z: Z_95,
        };
        Ok(Measurement {
            interval: Some((ends.low.map(to_ms), ends.high.map(to_ms))),
            evidence: Some(evidence),
            counted: "rows with a latency".to_owned(),
            hollow: unmeasured(latency),
            ..Measurement::new(to_ms(value), latency.rows, sentence)
        })
    }

    pub(super) fn latency_max(self) -> Result<Measurement, String> {
        let latency = self.rows.latency.as_ref().map_err(Absent::to_string)?;
        let unit = self.profile.settings.latency_unit;
        let sentence = format!(
            "The slowest of {} answers takes {}",
            format::count(latency.rows),
            self.profile.told.mark(words::latency(latency.max, unit))
        );
        let value = latency.max * unit.in_ms();
        Ok(Measurement {
            counted: "rows with a latency".to_owned(),
            hollow: unmeasured(latency),
            is_fact: true,
            ..Measurement::new(value, latency.rows, sentence)
        })
    }

    pub(super) fn over_budget_share(self) -> Result<Measurement, String> {
        let latency = self.rows.latency.as_ref().map_err(Absent::to_string)?;
        let settings = &self.profile.settings;
        let share = latency
            .over_budget_share
            .ok_or("there is no latency budget")?;
        let over = (share * latency.rows as f64).round() as u64;
        let (value, interval) = proportion(over, latency.rows)?;
        let sentence = format!(
            "{} of the answers take longer than {} ({})",
            self.profile.told.mark(self.percent(value)),
            words::latency(settings.latency_budget, settings.latency_unit),
            words::of(over, latency.rows)
        );
        Ok(Measurement {
            counted: "rows with a latency".to_owned(),
            hollow: unmeasured(latency),
            ..Measurement::new(value, latency.rows, sentence)
                .known(interval, Evidence::share(over, latency.rows))
        })
    }

    pub(super) fn error_rate(self) -> Result<Measurement, String> {
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

    pub(super) fn cost(
        self,
        subject: &str,
        metric: Metric,
        of: impl Fn(&CostSummary) -> Result<f64, Absent>,
    ) -> Result<Measurement, String> {
        let cost = self.rows.cost.as_ref().map_err(Absent::to_string)?;
        let value = of(cost).map_err(in_words)?;
        let shown = self.told(metric, value);
        let sentence = format!("{subject} {shown} in the unit of the cost column");
        Ok(Measurement::new(value, self.rows.rows, sentence))
    }

    pub(super) fn count(self, of: &str, count: u64) -> Measurement {
        let sentence = format!("There are {} {of}", format::count(count));
        let measurement = Measurement::new(count as f64, count, sentence);
        Measurement {
            is_fact: true,
            ..measurement.counting(of, self.rows.rows)
        }
    }
}

/// No answer takes no time.
fn unmeasured(latency: &LatencySummary) -> Option<&'static str> {
    (latency.max == 0.0).then_some("every latency is 0, so that none seems to have been measured")
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
