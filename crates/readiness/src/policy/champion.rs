//! A policy from another report: no worse than the champion.

use super::{Criterion, DEFAULT_MINIMUM_ROWS, DriftSettings, Metric, Operator, Policy, Severity};
use crate::report::{REPORT_SCHEMA, Report};
use greenlight_data::LatencyUnit;
use greenlight_format as format;
use serde_json::Value;

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

/// Why a text is no report to take a champion from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAReport {
    /// It is no JSON, or that of something else.
    #[error("this is not a report as the page or `greenlight check --format json` gives it: {0}")]
    OtherJson(String),
    /// A report of another version.
    #[error("this is a report of another version: {0} instead of {REPORT_SCHEMA}")]
    OtherVersion(String),
}

/// What a report says of the rows it judged, as far as one can ask for no worse.
///
/// ```
/// use greenlight_readiness::policy::{Champion, Margins};
///
/// let json = r#"{"schema": "greenlight.report/1", "sources": [{"name": "june.csv"}], "settings": {},
///                "overall": {"rows": 400, "accuracy": 0.9}}"#;
/// let champion = Champion::from_json(json)?;
/// let policy = champion.no_worse(Margins::default())?;
/// assert_eq!((policy.criteria.len(), policy.criteria[0].limit), (1, 0.89));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Champion {
    /// The files it was judged by.
    pub files: Vec<String>,
    /// The split that was judged, where there was one.
    pub split: Option<String>,
    /// How many rows that were.
    pub rows: u64,
    /// Its numbers; latencies in milliseconds.
    pub values: Vec<(Metric, f64)>,
}

impl Champion {
    /// The champion of a report as JSON. Only what is compared is read.
    ///
    /// # Errors
    /// When the text is no report of this version.
    pub fn from_json(json: &str) -> Result<Self, NotAReport> {
        let other = |why: String| NotAReport::OtherJson(why);
        let report: Value = serde_json::from_str(json).map_err(|error| other(error.to_string()))?;
        match report["schema"].as_str() {
            Some(REPORT_SCHEMA) => Ok(Self::of_value(&report)),
            Some(schema) if schema.starts_with("greenlight.report/") => {
                Err(NotAReport::OtherVersion(schema.to_owned()))
            }
            _ => Err(other("it does not say which version it is".to_owned())),
        }
    }

    /// The champion of a report.
    pub fn of(report: &Report) -> Self {
        // A report can always be written.
        Self::of_value(&serde_json::to_value(report).unwrap_or_default())
    }

    fn of_value(report: &Value) -> Self {
        let settings = &report["settings"];
        let split = settings["current"].as_str();
        let judged = split.and_then(|split| report["splits"].get(split));
        let now = judged.unwrap_or(&report["overall"]);
        let number = |key: &str| now[key].as_f64();
        // Averages of all classes are the champion's numbers only where no class is the positive one.
        let classes = now["classes"].as_array().map_or(0, Vec::len);
        let is_unsettled = classes == 2 && settings["positive"].is_null();
        let of_positive = |key: &str| {
            let value = number(key).or(now["macro"][key].as_f64());
            value.filter(|_| !is_unsettled)
        };
        let unit = settings["latency_unit"].as_str();
        let unit = LatencyUnit::ALL
            .into_iter()
            .find(|known| Some(known.short_name()) == unit)
            .unwrap_or_default();
        let latency = |key: &str| Some(now["latency"][key].as_f64()? * unit.in_ms());
        let values = [
            (Metric::Accuracy, number("accuracy")),
            (Metric::BalancedAccuracy, number("balanced_accuracy")),
            (Metric::Recall, of_positive("recall")),
            (Metric::Precision, of_positive("precision")),
            (Metric::F1, of_positive("f1")),
            (Metric::RocAuc, number("roc_auc")),
            (Metric::ErrorRate, number("error_rate")),
            (Metric::LatencyP50, latency("p50")),
            (Metric::LatencyP95, latency("p95")),
            (
                Metric::CostPerPrediction,
                now["cost"]["per_prediction"].as_f64(),
            ),
        ];
        let sources = report["sources"].as_array();
        let names = sources.into_iter().flatten();
        Self {
            files: names
                .filter_map(|source| source["name"].as_str())
                .map(str::to_owned)
                .collect(),
            split: split.map(str::to_owned),
            rows: now["rows"].as_u64().unwrap_or_default(),
            values: values
                .into_iter()
                .filter_map(|(metric, value)| Some((metric, value?)))
                .collect(),
        }
    }

    /// A limit for each of its numbers: no worse by more than the margins. Limits are rounded to the lenient side, shares
    /// to 0.0001, others to three figures.
    ///
    /// # Errors
    /// When there is no number to compare with, or a margin is none.
    pub fn no_worse(&self, margins: Margins) -> Result<Policy, NoChampion> {
        let is_margin = |margin: f64| (0.0..=1.0).contains(&margin);
        if !is_margin(margins.share) || !is_margin(margins.relative) {
            return Err(NoChampion::Margin);
        }
        let values = self.values.iter();
        let criteria: Vec<Criterion> = values
            .map(|&(metric, value)| no_worse(metric, value, margins))
            .collect();
        let accuracy = criteria.iter().find(|c| c.metric == Metric::Accuracy);
        let Some(leading) = accuracy.or(criteria.first()) else {
            return Err(NoChampion::NoNumbers);
        };
        let split = match &self.split {
            Some(split) => format!(", split “{split}”"),
            None => String::new(),
        };
        Ok(Policy {
            name: "no_worse_than_champion".to_owned(),
            description: format!(
                "No worse than the champion ({}{split}, {} rows) by more than {} of a share, and \
                 no slower or dearer by more than {}.",
                self.files.join(", "),
                format::count(self.rows),
                format::difference(margins.share).trim_start_matches('+'),
                format::percent_exact(margins.relative),
            ),
            minimum_rows: DEFAULT_MINIMUM_ROWS,
            required_evidence: vec![leading.name.clone()],
            criteria,
            drift: DriftSettings::default(),
            monitoring: Vec::new(),
        })
    }
}

impl Policy {
    /// No worse than the rows that `champion` judged by more than the margins: [`Champion::no_worse`] of a report.
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
        Champion::of(champion).no_worse(margins)
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
