//! A policy from another report: no worse than the champion.

use super::{Criterion, DEFAULT_MINIMUM_ROWS, Metric, Operator, Policy, Severity};
use crate::report::Report;
use greenlight_format as format;

/// How much worse than the champion is still as good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margins {
    /// For shares, as a difference: 0.01 is a point.
    pub share: f64,
    /// For latencies and costs, as a part of the champion's: 0.1 allows a tenth more.
    pub relative: f64,
}

impl Default for Margins {
    fn default() -> Self {
        Self {
            share: 0.01,
            relative: 0.1,
        }
    }
}

/// Why there is no policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoChampion {
    /// The report holds none of the numbers.
    #[error(
        "the report holds neither accuracy nor latency to compare with: make it from a file with labels and predictions"
    )]
    NoNumbers,
    /// A margin is negative or no number.
    #[error("a margin is a number from 0 to 1")]
    Margin,
}

impl Policy {
    /// No worse than the rows that `champion` judged by more than the margins: a limit for each number that it holds.
    /// Limits are rounded to the lenient side, shares to 0.0001, others to three figures.
    ///
    /// # Errors
    /// When the report holds no number to compare with, or a margin is none.
    ///
    /// ```
    /// use greenlight_readiness::policy::Margins;
    /// use greenlight_readiness::{Choices, Policy, Profile, SourceReader, judge};
    ///
    /// let mut reader = SourceReader::new("champion.csv");
    /// reader.feed(b"label,prediction\n1,1\n0,0\n1,0\n0,0\n")?;
    /// let profile = Profile::of(&reader.finish_alone()?, &Choices::default())?;
    /// let champion = judge(&profile, &Policy::balanced());
    /// let policy = Policy::no_worse_than(&champion, Margins::default())?;
    /// assert_eq!(policy.criteria[0].name, "accuracy_no_worse");
    /// assert_eq!(policy.criteria[0].limit, 0.74);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn no_worse_than(champion: &Report, margins: Margins) -> Result<Self, NoChampion> {
        let is_margin = |margin: f64| (0.0..=1.0).contains(&margin);
        if !is_margin(margins.share) || !is_margin(margins.relative) {
            return Err(NoChampion::Margin);
        }
        let now = champion.current();
        let average = &now.macro_average;
        let latency = |of: fn(&greenlight_metrics::LatencySummary) -> f64| {
            now.latency
                .as_ref()
                .map(|latency| of(latency) * champion.settings.latency_unit.in_ms())
        };
        let cost = now.cost.as_ref();
        let values = [
            (Metric::Accuracy, now.accuracy),
            (Metric::BalancedAccuracy, now.balanced_accuracy),
            (Metric::Recall, now.recall.or(average.recall)),
            (Metric::Precision, now.precision.or(average.precision)),
            (Metric::F1, now.f1.or(average.f1)),
            (Metric::RocAuc, now.roc_auc),
            (Metric::ErrorRate, now.error_rate),
            (Metric::LatencyP50, latency(|latency| latency.p50)),
            (Metric::LatencyP95, latency(|latency| latency.p95)),
            (
                Metric::CostPerPrediction,
                cost.and_then(|cost| cost.per_prediction),
            ),
        ];
        // Averages of all classes are the champion's numbers only where no class is the positive one.
        let is_unsettled = now.classes.len() == 2 && champion.settings.positive.is_none();
        let of_positive =
            |metric| matches!(metric, Metric::Recall | Metric::Precision | Metric::F1);
        let criteria: Vec<Criterion> = values
            .into_iter()
            .filter(|(metric, _)| !(is_unsettled && of_positive(*metric)))
            .filter_map(|(metric, value)| Some(no_worse(metric, value?, margins)))
            .collect();
        let accuracy = criteria.iter().find(|c| c.metric == Metric::Accuracy);
        let Some(leading) = accuracy.or(criteria.first()) else {
            return Err(NoChampion::NoNumbers);
        };
        let files: Vec<&str> = champion.sources.iter().map(|s| s.name.as_str()).collect();
        let split = match &champion.settings.current {
            Some(split) => format!(", split “{split}”"),
            None => String::new(),
        };
        Ok(Self {
            name: "no_worse_than_champion".to_owned(),
            description: format!(
                "No worse than the champion ({}{split}, {} rows) by more than {} of a share, and \
                 no slower or dearer by more than {}.",
                files.join(", "),
                format::count(now.rows),
                format::difference(margins.share).trim_start_matches('+'),
                format::percent_exact(margins.relative),
            ),
            minimum_rows: DEFAULT_MINIMUM_ROWS,
            required_evidence: vec![leading.name.clone()],
            criteria,
        })
    }
}

fn no_worse(metric: Metric, value: f64, margins: Margins) -> Criterion {
    let name = format!("{}_no_worse", metric.name());
    let lower_is_better = Criterion::new(&name, metric, Operator::AtMost, value, Severity::Must);
    let criterion = match metric {
        Metric::ErrorRate => Criterion {
            limit: ceil_to((value + margins.share).min(1.0), SHARE_STEP),
            ..lower_is_better
        },
        Metric::LatencyP50 | Metric::LatencyP95 | Metric::CostPerPrediction => {
            let limit = value + margins.relative * value.abs();
            let step = libm::pow(10.0, libm::log10(limit.abs()).floor() - 2.0);
            Criterion {
                limit: if limit == 0.0 {
                    0.0
                } else {
                    ceil_to(limit, step)
                },
                ..lower_is_better
            }
        }
        _ => Criterion {
            operator: Operator::AtLeast,
            limit: 0.0 - ceil_to(-(value - margins.share).max(metric.range().0), SHARE_STEP),
            ..lower_is_better
        },
    };
    criterion.because(format!(
        "The champion has {}.",
        format::significant(value, 4)
    ))
}

const SHARE_STEP: f64 = 1e-4;

/// The next multiple of a power of ten; what is off it by a rounding error counts as on it.
fn ceil_to(value: f64, step: f64) -> f64 {
    // By dividing: a power of ten below 1 is no double, its inverse is.
    let (steps, inverse) = ((value / step - 1e-6).ceil(), (1.0 / step).round());
    // No negative zero.
    let rounded = match inverse >= 1.0 {
        true => steps / inverse,
        false => steps * step,
    };
    rounded + 0.0
}
