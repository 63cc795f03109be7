//! What is read of a report to compare it with another.

use greenlight_data::LatencyUnit;
use greenlight_format::Told;
use greenlight_metrics::ConfusionMatrix;
use serde::Serialize;
use serde_json::Value;

use super::number::{NO_INTERVAL, Number, Scale};
use crate::criteria::{CriterionResult, Evidence};
use crate::judge::Verdict;
use crate::pitfalls::Pitfall;
use crate::policy::{Group, Metric, NotAReport};
use crate::report::{REPORT_SCHEMA, Report};

/// One of two reports, as far as it is compared. Only that is read, and what a report from an earlier version lacks is
/// taken to be unknown.
///
/// ```
/// use greenlight_readiness::comparison::Side;
///
/// let json = r#"{"schema": "greenlight.report/1", "sources": [{"name": "june.csv"}], "settings": {},
///                "overall": {"rows": 400, "classes": ["0", "1"], "confusion_matrix": [[200, 20], [30, 150]]}}"#;
/// let june = Side::from_json(json)?;
/// assert_eq!((june.files, june.rows, june.verdict), (vec!["june.csv".to_owned()], 400, None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    /// The files that were judged.
    pub files: Vec<String>,
    /// The split that was judged, where there was one.
    pub split: Option<String>,
    /// The range of times or rows that alone was judged, in words, where one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<String>,
    /// How many rows that were.
    pub rows: u64,
    /// The policy that judged.
    pub policy: String,
    /// The threshold that decided, where one did.
    pub threshold: Option<f64>,
    /// The answer, where the report tells one.
    pub verdict: Option<Verdict>,
    /// The deciding reasons.
    pub reasons: Vec<String>,
    /// The SHA-256 of each file; none where one is not known.
    #[serde(skip)]
    pub(super) fingerprints: Vec<String>,
    #[serde(skip)]
    pub(super) positive: Option<String>,
    #[serde(skip)]
    pub(super) classes: Vec<String>,
    /// How many rows each class has.
    #[serde(skip)]
    pub(super) support: Vec<u64>,
    #[serde(skip)]
    pub(super) latency_budget: Option<f64>,
    /// Of how many windows the worst is the worst.
    #[serde(skip)]
    pub(super) windows_judged: u64,
    /// The numbers of the rows that were judged.
    #[serde(skip)]
    pub(super) numbers: Vec<(Metric, Number)>,
    #[serde(skip)]
    pub(super) criteria: Vec<CriterionResult>,
    #[serde(skip)]
    pub(super) pitfalls: Vec<Pitfall>,
    /// Whether its numbers that are no counts were rounded on their way here.
    #[serde(skip)]
    pub(super) told: Told,
    /// How well right and wrong answers are known.
    #[serde(skip)]
    pub(super) counts_told: Told,
}

/// More rows than this no double counts.
const MOST_ROWS: u64 = 1 << 53;

impl Side {
    /// What a report as JSON says.
    ///
    /// # Errors
    /// When the text is no report of this version.
    pub fn from_json(json: &str) -> Result<Self, NotAReport> {
        let report: Value =
            serde_json::from_str(json).map_err(|error| NotAReport::OtherJson(error.to_string()))?;
        match report["schema"].as_str() {
            Some(REPORT_SCHEMA) => Ok(Self::of_value(&report)),
            Some(schema) if schema.starts_with("greenlight.report/") => {
                Err(NotAReport::OtherVersion(schema.chars().take(40).collect()))
            }
            _ => Err(NotAReport::OtherJson(
                "it does not say which version it is".to_owned(),
            )),
        }
    }

    /// What a report says.
    pub fn of(report: &Report) -> Self {
        // A report can always be written.
        Self::of_value(&serde_json::to_value(report).unwrap_or_default())
    }

    fn of_value(report: &Value) -> Self {
        let settings = &report["settings"];
        let split = text(&settings["current"]);
        let judged = split.as_ref().and_then(|split| report["splits"].get(split));
        let now = judged.unwrap_or(&report["overall"]);
        let sources = list(&report["sources"]);
        let all_fingerprints: Option<Vec<String>> = sources
            .iter()
            .map(|source| text(&source["sha256"]))
            .collect();
        let classes: Vec<String> = list(&now["classes"]).iter().filter_map(text).collect();
        let matrix = matrix(&now["confusion_matrix"]).filter(|m| m.classes() == classes.len());
        let positive = text(&settings["positive"]);
        let rows = Rows {
            now,
            report,
            matrix: matrix.as_ref(),
            is_settled: positive.is_some() || classes.len() != 2,
        };
        Self {
            files: sources
                .iter()
                .filter_map(|source| text(&source["name"]))
                .collect(),
            range: range(&settings["range"]),
            rows: now["rows"].as_u64().unwrap_or_default(),
            policy: text(&settings["policy"]).unwrap_or_default(),
            threshold: settings["threshold"].as_f64(),
            verdict: read(&report["verdict"]),
            reasons: list(&report["reasons"]).iter().filter_map(text).collect(),
            fingerprints: all_fingerprints.unwrap_or_default(),
            support: matrix.as_ref().map_or_else(Vec::new, |matrix| {
                (0..matrix.classes())
                    .map(|class| matrix.support(class))
                    .collect()
            }),
            latency_budget: settings["latency_budget"].as_f64(),
            windows_judged: report["stability"]["windows_judged"]
                .as_u64()
                .unwrap_or_default(),
            numbers: rows.numbers(),
            criteria: list(&report["criteria"]).iter().filter_map(read).collect(),
            pitfalls: list(&report["pitfalls"]).iter().filter_map(read).collect(),
            split,
            positive,
            classes,
            told: Told::Exactly,
            counts_told: Told::Exactly,
        }
    }

    /// The same of a report that a link brought, which says whether its numbers were rounded.
    #[must_use]
    pub fn told(self, told: Told) -> Self {
        Self { told, ..self }
    }

    /// The same of a report whose threshold may lie between two at which right and wrong answers were counted.
    #[must_use]
    pub fn counts_told(self, counts_told: Told) -> Self {
        Self {
            counts_told,
            ..self
        }
    }

    /// The numbers of the rows that were judged, and those that only a criterion asked for, each with the rows it is of where
    /// those are others.
    pub(super) fn all_numbers(&self) -> Vec<(Metric, Option<String>, Number)> {
        let judged = self.split.as_deref().unwrap_or("overall");
        let of_rows = self.numbers.iter().cloned();
        let mut all: Vec<_> = of_rows
            .map(|(metric, number)| (metric, None, number))
            .collect();
        for criterion in &self.criteria {
            let scope = (criterion.scope != judged).then(|| criterion.scope.clone());
            let is_there = all
                .iter()
                .any(|(metric, of, _)| (*metric, of) == (criterion.metric, &scope));
            // How many rows there are is no quality.
            if criterion.group == Group::Data || is_there {
                continue;
            }
            if let Some(value) = criterion.value {
                let number = Number::within(value, criterion.interval, Scale::Plain);
                all.push((criterion.metric, scope, number));
            }
        }
        all
    }

    pub(super) fn criterion(&self, name: &str) -> Option<&CriterionResult> {
        self.criteria
            .iter()
            .find(|criterion| criterion.name == name)
    }

    /// The share of rows in the last class, which is the positive one of two.
    pub(super) fn positives(&self) -> Option<(u64, u64)> {
        match (self.support.as_slice(), &self.positive) {
            ([negatives, positives], Some(_)) => Some((*positives, negatives + positives)),
            _ => None,
        }
    }
}

/// The range of a report in words: days without their hour where it is midnight.
fn range(range: &Value) -> Option<String> {
    let end = |end: &Value| match end {
        Value::Number(row) => Some(format!("row {row}")),
        end => Some(end.as_str()?.trim_end_matches("T00:00:00Z").to_owned()),
    };
    match (end(&range["from"]), end(&range["to"])) {
        (Some(from), Some(to)) => Some(format!("from {from} to before {to}")),
        (Some(from), None) => Some(format!("from {from} on")),
        (None, to) => Some(format!("before {}", to?)),
    }
}

/// The rows that were judged.
struct Rows<'r> {
    now: &'r Value,
    report: &'r Value,
    matrix: Option<&'r ConfusionMatrix>,
    /// Whether it is known which class is positive, where that matters.
    is_settled: bool,
}

impl Rows<'_> {
    /// Every number there is, in the order in which they are shown.
    fn numbers(&self) -> Vec<(Metric, Number)> {
        let metrics = [
            Metric::Accuracy,
            Metric::BalancedAccuracy,
            Metric::Recall,
            Metric::Precision,
            Metric::Specificity,
            Metric::F1,
            Metric::CohenKappa,
            Metric::MatthewsCorrcoef,
            Metric::RocAuc,
            Metric::AveragePrecision,
            Metric::LogLoss,
            Metric::BrierScore,
            Metric::ExpectedCalibrationError,
            Metric::WorstWindowAccuracy,
            Metric::LatencyP50,
            Metric::LatencyP90,
            Metric::LatencyP95,
            Metric::LatencyP99,
            Metric::LatencyMax,
            Metric::OverBudgetShare,
            Metric::ErrorRate,
            Metric::CostPerPrediction,
            Metric::CostPerCorrect,
            Metric::ScorePsi,
            Metric::DriftedColumnsShare,
        ];
        let known = |metric| Some((metric, self.number(metric)?));
        metrics.into_iter().filter_map(known).collect()
    }

    fn number(&self, metric: Metric) -> Option<Number> {
        let now = self.now;
        let bare = |value: &Value| Some(Number::bare(value.as_f64()?, NO_INTERVAL));
        match metric {
            Metric::Accuracy
            | Metric::BalancedAccuracy
            | Metric::Recall
            | Metric::Precision
            | Metric::Specificity
            | Metric::F1
            | Metric::CohenKappa => self.of_matrix(metric),
            Metric::MatthewsCorrcoef => bare(&now["matthews_corrcoef"]),
            Metric::RocAuc => self.roc_auc(),
            Metric::AveragePrecision => bare(&now["average_precision"]),
            Metric::LogLoss => bare(&now["log_loss"]),
            Metric::BrierScore => bare(&now["brier_score"]),
            Metric::ExpectedCalibrationError => bare(&now["expected_calibration_error"]),
            Metric::LatencyP50 => self.percentile("p50"),
            Metric::LatencyP90 => self.percentile("p90"),
            Metric::LatencyP95 => self.percentile("p95"),
            Metric::LatencyP99 => self.percentile("p99"),
            Metric::LatencyMax => {
                let longest = now["latency"]["max"].as_f64()? * self.in_ms();
                Some(Number::bare(longest, "one slow answer decides it"))
            }
            Metric::OverBudgetShare => share(
                &now["latency"]["over_budget_share"],
                &now["latency"]["rows"],
            ),
            Metric::ErrorRate => share(&now["error_rate"], &now["rows"]),
            Metric::CostPerPrediction => bare(&now["cost"]["per_prediction"]),
            Metric::CostPerCorrect => bare(&now["cost"]["per_correct"]),
            Metric::WorstWindowAccuracy => {
                let worst = &self.report["stability"]["worst_window"];
                share(&worst["accuracy"], &worst["rows"])
            }
            Metric::ScorePsi => {
                let psi = self.report["drift"]["score"]["psi"].as_f64()?;
                Some(Number::bare(psi, ABOUT_DATA))
            }
            Metric::DriftedColumnsShare => {
                let drift = &self.report["drift"];
                let judged = drift["judged_columns"]
                    .as_f64()
                    .filter(|judged| *judged > 0.0)?;
                let drifted = drift["drifted_columns"].as_f64()?;
                Some(Number::bare(drifted / judged, ABOUT_DATA))
            }
            _ => None,
        }
    }

    fn of_matrix(&self, metric: Metric) -> Option<Number> {
        let matrix = self.matrix.filter(|matrix| matrix.total() > 0)?;
        let is_binary = matrix.classes() == 2;
        if metric == Metric::Accuracy {
            return Some(Number::of(Evidence::share(
                matrix.correct(),
                matrix.total(),
            )));
        }
        if metric == Metric::CohenKappa {
            let value = matrix.cohen_kappa().ok()?;
            return Some(Number::of(Evidence::Kappa {
                value,
                matrix: matrix.clone(),
                grades: None,
                z: greenlight_metrics::Z_95,
            }));
        }
        if metric == Metric::BalancedAccuracy {
            return Some(Number::of(Evidence::mean_recall(matrix)));
        }
        if !self.is_settled {
            return None;
        }
        let counts = matrix.binary(1);
        let of =
            |part: u64, whole: u64| (whole > 0).then(|| Number::of(Evidence::share(part, whole)));
        match metric {
            // With more classes the mean recall is balanced accuracy, which stands above.
            Metric::Recall if is_binary => of(counts.tp, counts.tp + counts.fn_),
            Metric::Precision if is_binary => of(counts.tp, counts.tp + counts.fp),
            Metric::Specificity if is_binary => of(counts.tn, counts.tn + counts.fp),
            Metric::F1 if is_binary => {
                let cases = counts.tp + counts.fp + counts.fn_;
                (cases > 0).then(|| Number::of(Evidence::f1(&counts)))
            }
            Metric::Precision => Some(Number::of(Evidence::mean_precision(matrix))),
            Metric::F1 => Some(Number::bare(self.now["macro"]["f1"].as_f64()?, NO_INTERVAL)),
            _ => None,
        }
    }

    fn roc_auc(&self) -> Option<Number> {
        let value = self.now["roc_auc"].as_f64()?;
        let low = self.now["intervals"]["roc_auc"][0].as_f64();
        match low.filter(|low| 0.0 < *low && *low <= value && value < 1.0) {
            Some(low) => Some(Number::of(Evidence::Logit { value, low })),
            None => Some(Number::bare(value, NO_INTERVAL)),
        }
    }

    fn percentile(&self, key: &str) -> Option<Number> {
        let (latency, in_ms) = (&self.now["latency"], self.in_ms());
        let value = latency[key].as_f64()? * in_ms;
        let end = |index: usize| Some(latency["intervals"][key][index].as_f64()? * in_ms);
        Some(Number::within(value, Some((end(0), end(1))), Scale::Log))
    }

    /// What the unit of latencies is in milliseconds.
    fn in_ms(&self) -> f64 {
        let unit = self.report["settings"]["latency_unit"].as_str();
        let known = LatencyUnit::ALL
            .into_iter()
            .find(|known| Some(known.short_name()) == unit);
        known.unwrap_or_default().in_ms()
    }
}

const ABOUT_DATA: &str = "it says how far the data has moved from each report’s own reference, not how good the model is";

/// A share of so many rows, which are a whole number.
fn share(share: &Value, rows: &Value) -> Option<Number> {
    let (share, rows) = (share.as_f64()?, rows.as_u64()?);
    let is_share = (0.0..=1.0).contains(&share) && (1..MOST_ROWS).contains(&rows);
    is_share.then(|| Number::of(Evidence::share((share * rows as f64).round() as u64, rows)))
}

/// A confusion matrix whose rows no sum of counts loses.
fn matrix(value: &Value) -> Option<ConfusionMatrix> {
    let row =
        |row: &Value| -> Option<Vec<u64>> { row.as_array()?.iter().map(Value::as_u64).collect() };
    let rows: Vec<Vec<u64>> = value.as_array()?.iter().map(row).collect::<Option<_>>()?;
    let counts = rows.iter().flatten();
    let total = counts.copied().try_fold(0_u64, u64::checked_add)?;
    match total < MOST_ROWS {
        true => ConfusionMatrix::from_rows(&rows).ok(),
        false => None,
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}
