//! Each criterion of a policy, measured: value, interval, outcome and a sentence.

use greenlight_data::LatencyUnit;
use greenlight_format as format;
use greenlight_metrics::{
    BinaryCounts, ConfusionMatrix, Interval, Undefined, Value, newcombe_difference, wilson,
};
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::policy::{Criterion, Metric, Operator, Severity};
use crate::profile::Profile;
use crate::statistics::Statistics;
use crate::words::{self, Positive};

/// How a criterion came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Value and interval lie on the good side of the limit.
    Pass,
    /// The value lies on the wrong side.
    Fail,
    /// The value passes, but its 95 % interval crosses the limit.
    AtRisk,
    /// The data lacks the role or the rows.
    NoEvidence,
}

/// A criterion of the policy with what the data says of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CriterionResult {
    /// The criterion's name.
    pub name: String,
    /// The number it asks for.
    pub metric: Metric,
    /// The rows it looks at: the name of the current split, or `overall`.
    pub scope: String,
    /// How the value must stand to the limit.
    pub operator: Operator,
    /// The limit; milliseconds for a latency.
    pub limit: f64,
    /// What follows when it fails.
    pub severity: Severity,
    /// The number; milliseconds for a latency.
    pub value: Option<f64>,
    /// Its 95 % interval, where the metric has one; an end that too few rows leave open is `null`.
    pub interval: Option<(Option<f64>, Option<f64>)>,
    /// Rows behind the number.
    pub rows: u64,
    /// How it came out.
    pub outcome: Outcome,
    /// The outcome in plain words.
    pub reason: String,
}

/// A number with what is known of it.
struct Measurement {
    value: f64,
    interval: Option<(Option<f64>, Option<f64>)>,
    rows: u64,
    /// The number in a sentence without its limit.
    sentence: String,
}

impl CriterionResult {
    /// Measures `criterion` on the current split of `profile`.
    pub fn new(criterion: &Criterion, profile: &Profile) -> Self {
        let measured = measure(criterion, profile);
        let (value, interval, rows, outcome, reason) = match measured {
            Ok(Measurement {
                value,
                interval,
                rows,
                sentence,
            }) => {
                let outcome = outcome(criterion, value, interval);
                let reason = format!(
                    "{sentence}; {}.",
                    words::demand(criterion, outcome, profile)
                );
                (Some(value), interval, rows, outcome, reason)
            }
            Err(why) => {
                let reason = words::not_judged(&[criterion.metric], &why);
                (None, None, 0, Outcome::NoEvidence, reason)
            }
        };
        Self {
            name: criterion.name.clone(),
            metric: criterion.metric,
            scope: profile
                .settings
                .current
                .clone()
                .unwrap_or_else(|| "overall".to_owned()),
            operator: criterion.operator,
            limit: criterion.limit,
            severity: criterion.severity,
            value,
            interval,
            rows,
            outcome,
            reason,
        }
    }

    /// How far the value is beyond the limit, as a share of the limit; 0 where it is not.
    pub(crate) fn shortfall(&self) -> f64 {
        let Some(value) = self.value.filter(|_| self.outcome == Outcome::Fail) else {
            return 0.0;
        };
        let scale = if self.limit == 0.0 {
            1.0
        } else {
            self.limit.abs()
        };
        (value - self.limit).abs() / scale
    }
}

fn outcome(
    criterion: &Criterion,
    value: f64,
    interval: Option<(Option<f64>, Option<f64>)>,
) -> Outcome {
    let holds = |value: f64| criterion.operator.holds(value, criterion.limit);
    if !holds(value) {
        return Outcome::Fail;
    }
    // The end of the interval that could break the limit; one that too few rows leave open does.
    let worst = interval.map(|(low, high)| match criterion.operator {
        Operator::AtLeast | Operator::Above => low,
        Operator::AtMost => high,
    });
    match worst {
        None => Outcome::Pass,
        Some(Some(worst)) if holds(worst) => Outcome::Pass,
        // Beating chance has to be shown: "perhaps" is what chance itself looks like.
        Some(_) if criterion.metric == Metric::YoudensJ => Outcome::Fail,
        Some(_) => Outcome::AtRisk,
    }
}

fn measure(criterion: &Criterion, profile: &Profile) -> Result<Measurement, String> {
    let rows = profile.current();
    let limit = criterion.limit;
    match criterion.metric {
        Metric::LatencyP95 => latency_p95(rows, profile.settings.latency_unit),
        Metric::Accuracy => accuracy(matrix(rows)?, limit),
        Metric::AccuracyAboveBaseline => above_baseline(matrix(rows)?),
        Metric::AccuracyGap => accuracy_gap(profile, matrix(rows)?),
        Metric::YoudensJ if profile.classes.len() > 2 => above_baseline(matrix(rows)?),
        Metric::YoudensJ => youdens_j(binary(profile, matrix(rows)?)?, &Positive::of(profile)),
        Metric::Recall if profile.classes.len() > 2 => {
            macro_average("recall", matrix(rows)?, |matrix| {
                matrix.macro_averages().recall
            })
        }
        Metric::Precision if profile.classes.len() > 2 => {
            macro_average("precision", matrix(rows)?, |matrix| {
                matrix.macro_averages().precision
            })
        }
        Metric::Recall => recall(
            binary(profile, matrix(rows)?)?,
            &Positive::of(profile),
            limit,
        ),
        Metric::Precision => precision(
            binary(profile, matrix(rows)?)?,
            &Positive::of(profile),
            limit,
        ),
    }
}

fn matrix(statistics: &Statistics) -> Result<&ConfusionMatrix, String> {
    statistics.confusion.as_ref().map_err(Absent::to_string)
}

fn binary(profile: &Profile, matrix: &ConfusionMatrix) -> Result<BinaryCounts, String> {
    match profile.classes.positive() {
        Some(positive) => Ok(matrix.binary(positive)),
        None if profile.classes.len() < 2 => Err(Undefined::OneClass.to_string()),
        None => Err(format!(
            "it is not known which class is positive, {}",
            profile
                .classes
                .names()
                .iter()
                .map(|name| format!("“{name}”"))
                .collect::<Vec<_>>()
                .join(" or ")
        )),
    }
}

fn both(interval: Interval) -> Option<(Option<f64>, Option<f64>)> {
    Some((Some(interval.low), Some(interval.high)))
}

fn proportion(part: u64, whole: u64) -> Result<(f64, Interval), String> {
    let interval = wilson(part, whole).map_err(|why| why.to_string())?;
    Ok((part as f64 / whole as f64, interval))
}

fn accuracy(matrix: &ConfusionMatrix, limit: f64) -> Result<Measurement, String> {
    let (right, rows) = (matrix.correct(), matrix.total());
    let (value, interval) = proportion(right, rows)?;
    Ok(Measurement {
        value,
        interval: both(interval),
        rows,
        sentence: format!(
            "{} of the answers are right ({})",
            format::percent_beside(value, limit),
            words::of(right, rows)
        ),
    })
}

fn above_baseline(matrix: &ConfusionMatrix) -> Result<Measurement, String> {
    let (right, rows) = (matrix.correct(), matrix.total());
    let (accuracy, interval) = proportion(right, rows)?;
    let baseline = matrix
        .majority_baseline_accuracy()
        .map_err(|why| why.to_string())?;
    Ok(Measurement {
        value: accuracy - baseline,
        interval: Some((
            Some(interval.low - baseline),
            Some(interval.high - baseline),
        )),
        rows,
        sentence: format!(
            "{} of the answers are right; always giving the most frequent answer would be right \
             {} of the time",
            format::percent(accuracy),
            format::percent(baseline)
        ),
    })
}

fn youdens_j(counts: BinaryCounts, positive: &Positive) -> Result<Measurement, String> {
    let BinaryCounts { tp, fp, fn_, tn } = counts;
    let value = counts.youdens_j().map_err(|why| why.to_string())?;
    let interval = newcombe_difference(tp, tp + fn_, fp, fp + tn).map_err(|why| why.to_string())?;
    let (caught, false_alarms) = (tp as f64 / (tp + fn_) as f64, fp as f64 / (fp + tn) as f64);
    Ok(Measurement {
        value,
        interval: both(interval),
        rows: counts.total(),
        sentence: format!(
            "An alarm is raised for {} of {} and for {} of the other rows",
            format::percent(caught),
            positive.cases,
            format::percent(false_alarms)
        ),
    })
}

fn recall(counts: BinaryCounts, positive: &Positive, limit: f64) -> Result<Measurement, String> {
    let (caught, cases) = (counts.tp, counts.tp + counts.fn_);
    let (value, interval) = proportion(caught, cases).map_err(|_| no_actual(positive))?;
    Ok(Measurement {
        value,
        interval: both(interval),
        rows: cases,
        sentence: format!(
            "{} of {} {} caught (recall, {})",
            format::percent_beside(value, limit),
            positive.cases,
            positive.are(),
            words::of(caught, cases)
        ),
    })
}

fn no_actual(positive: &Positive) -> String {
    format!(
        "there {} no {} in these rows",
        positive.are(),
        positive.cases
    )
}

fn precision(counts: BinaryCounts, positive: &Positive, limit: f64) -> Result<Measurement, String> {
    let (right, alarms) = (counts.tp, counts.tp + counts.fp);
    let (value, interval) =
        proportion(right, alarms).map_err(|_| Undefined::NoPredictedPositives.to_string())?;
    Ok(Measurement {
        value,
        interval: both(interval),
        rows: alarms,
        sentence: format!(
            "{} of the alarms are real {} (precision, {})",
            format::percent_beside(value, limit),
            positive.cases,
            words::of(right, alarms)
        ),
    })
}

fn macro_average(
    name: &str,
    matrix: &ConfusionMatrix,
    of: impl Fn(&ConfusionMatrix) -> Value,
) -> Result<Measurement, String> {
    let value = of(matrix).map_err(|why| why.to_string())?;
    Ok(Measurement {
        value,
        interval: None,
        rows: matrix.total(),
        sentence: format!("Mean {name} over the classes is {}", format::percent(value)),
    })
}

fn accuracy_gap(profile: &Profile, current: &ConfusionMatrix) -> Result<Measurement, String> {
    let (Some(name), Some(reference)) = (&profile.settings.reference, profile.reference()) else {
        return Err("there is no reference split to compare with".to_owned());
    };
    let reference = matrix(reference)?;
    let (before, _) = proportion(reference.correct(), reference.total())?;
    let (now, _) = proportion(current.correct(), current.total())?;
    let interval = newcombe_difference(
        reference.correct(),
        reference.total(),
        current.correct(),
        current.total(),
    )
    .map_err(|why| why.to_string())?;
    Ok(Measurement {
        value: before - now,
        interval: both(interval),
        rows: current.total(),
        sentence: format!(
            "{} of the answers are right on “{name}” and {} on the rows judged",
            format::percent(before),
            format::percent(now)
        ),
    })
}

fn latency_p95(rows: &Statistics, unit: LatencyUnit) -> Result<Measurement, String> {
    let latency = rows.latency.as_ref().map_err(Absent::to_string)?;
    let to_ms = |value: f64| value * unit.in_ms();
    let ends = latency.intervals.p95;
    Ok(Measurement {
        value: to_ms(latency.p95),
        interval: Some((ends.low.map(to_ms), ends.high.map(to_ms))),
        rows: latency.rows,
        sentence: format!(
            "95 of 100 answers come within {} (p95 of {})",
            words::latency(latency.p95, unit),
            format::count(latency.rows)
        ),
    })
}

/// The value of a criterion as a person reads it: with the digits that tell it from the limit.
pub fn shown_beside_limit(criterion: &CriterionResult) -> String {
    match (criterion.metric, criterion.value) {
        (Metric::Accuracy | Metric::Recall | Metric::Precision, Some(value)) => {
            format::percent_beside(value, criterion.limit)
        }
        (metric, value) => shown_value(metric, value),
    }
}

/// A value or limit of `metric` as a person reads it.
pub fn shown_value(metric: Metric, value: Option<f64>) -> String {
    let Some(value) = value else {
        return format::undefined();
    };
    match metric {
        Metric::LatencyP95 => format::duration_ms(value),
        Metric::AccuracyGap | Metric::AccuracyAboveBaseline => format::difference(value),
        // A difference of two shares that needs no unit to be compared with 0.
        Metric::YoudensJ => format::significant(value, 3),
        Metric::Accuracy | Metric::Recall | Metric::Precision => format::percent(value),
    }
}

/// A limit of `metric` as a person reads it: with no more digits than it has.
pub fn shown_limit(metric: Metric, limit: f64) -> String {
    match metric {
        Metric::AccuracyGap | Metric::AccuracyAboveBaseline => {
            format::difference(limit).trim_start_matches('+').to_owned()
        }
        Metric::Accuracy | Metric::Recall | Metric::Precision => format::percent_exact(limit),
        Metric::YoudensJ | Metric::LatencyP95 => shown_value(metric, Some(limit)),
    }
}
