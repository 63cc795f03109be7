//! Ways in which good-looking numbers mislead, and how each is recognised.
//!
//! What each means, how often it is raised where nothing is wrong, and how often where something is, stands in
//! `docs/pitfalls.md`; `tests/pitfalls/healthy.py` measures it.

mod balance;
mod labels;
mod leakage;
mod overfitting;
mod perfect;
mod scores;
mod shared_rows;
mod training;
mod unmeasured;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::policy::{EvidenceView, Policy};
use crate::profile::Profile;

pub(crate) use balance::ACCURACY_PARADOX;

/// A trap that the data has fallen into.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pitfall {
    /// Its name, such as `accuracy_paradox`.
    pub name: String,
    /// How bad it is.
    pub severity: PitfallSeverity,
    /// What is wrong, in plain words.
    pub reason: String,
    /// What to do about it.
    pub advice: String,
    /// The numbers that show it.
    pub evidence: BTreeMap<String, f64>,
}

/// How bad a pitfall is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PitfallSeverity {
    /// Good to know.
    Info,
    /// The verdict carries a warning.
    Warning,
    /// The model is not ready.
    Serious,
}

/// Where one of these is serious, no other number can be believed.
pub(crate) const MAKES_NUMBERS_WORTHLESS: [&str; 2] = ["leakage", "constant_score"];

/// A way to recognise a pitfall.
type Detector = fn(&Profile) -> Option<Pitfall>;

/// Pitfalls of a model that predicts a class. They say nothing where the prediction is a judge's word on an answer: many accepted
/// answers are no imbalance, and a judge's grade cannot leak.
const OF_A_MODEL: [Detector; 12] = [
    balance::accuracy_paradox,
    leakage::leakage,
    scores::constant_prediction,
    scores::constant_score,
    overfitting::overfitting,
    perfect::suspiciously_perfect,
    scores::miscalibration,
    scores::threshold_mismatch,
    labels::conflicting_labels,
    balance::too_few_cases,
    balance::imbalance,
    shared_rows::repeated_rows,
];

/// Pitfalls of any file.
const OF_ANY: [Detector; 3] = [
    labels::labels_missing_not_at_random,
    unmeasured::latency_not_measured,
    unmeasured::cost_not_measured,
];

/// How many pitfalls are looked for where `policy` judges.
pub fn looked_for(policy: &Policy) -> usize {
    detectors(policy).count()
}

fn detectors(policy: &Policy) -> impl Iterator<Item = &'static Detector> {
    let of_a_model: &[Detector] = match policy.judges_answers() {
        true => &[],
        false => &OF_A_MODEL,
    };
    of_a_model.iter().chain(&OF_ANY)
}

/// All pitfalls of the rows that are judged by `policy`, the worst first. Those that need an
/// [`Examination`](crate::Examination) are not raised before it is done.
pub fn detect(profile: &Profile, policy: &Policy) -> Vec<Pitfall> {
    let found: Vec<Pitfall> = detectors(policy)
        .filter_map(|detector| detector(profile))
        .collect();
    let severities = [
        PitfallSeverity::Serious,
        PitfallSeverity::Warning,
        PitfallSeverity::Info,
    ];
    let mut sorted = Vec::with_capacity(found.len());
    for severity in severities {
        let such = found.iter().filter(|pitfall| pitfall.severity == severity);
        sorted.extend(such.cloned());
    }
    sorted
}

impl Pitfall {
    /// Whether a number of its evidence follows from counts, which nothing rounds on their way.
    pub fn rests_on_counts(evidence: &str) -> bool {
        const OF_SCORES: [&str; 9] = [
            "average_precision",
            "brier_score",
            "expected_calibration_error",
            "expected_identical_share",
            "intercept",
            "p_value",
            "roc_auc",
            "separability",
            "slope",
        ];
        !OF_SCORES.iter().any(|part| evidence.contains(part))
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        match self.name.as_str() {
            "accuracy_paradox" => "Accuracy flatters",
            "leakage" => "The answers may have leaked",
            "constant_prediction" => "Always the same answer",
            "constant_score" => "Always the same score",
            "overfitting" => "Learnt by heart",
            "suspiciously_perfect" => "Too good to be true",
            "miscalibration" => "Scores are no probabilities",
            "threshold_mismatch" => "Answers and scores disagree",
            "labels_missing_not_at_random" => "Labels are missing unevenly",
            "conflicting_labels" => "The same input, other labels",
            "too_few_positives" => "Too few cases",
            "imbalance" => "A rare class",
            "repeated_rows" => "Repeated rows",
            "latency_not_measured" => "Latency was not measured",
            "cost_not_measured" => "Cost was not measured",
            other => other,
        }
    }

    /// Where the page shows what it rests on, if it is a picture.
    pub fn view(&self) -> Option<EvidenceView> {
        match self.name.as_str() {
            "constant_score" | "threshold_mismatch" => Some(EvidenceView::Threshold),
            "miscalibration" => Some(EvidenceView::Calibration),
            "overfitting" => Some(EvidenceView::Stability),
            "accuracy_paradox"
            | "constant_prediction"
            | "imbalance"
            | "suspiciously_perfect"
            | "too_few_positives" => Some(EvidenceView::Confusion),
            // What these rest on is in the rows, and told in full.
            _ => None,
        }
    }

    /// With those numbers as evidence that exist.
    fn new(
        name: &str,
        severity: PitfallSeverity,
        reason: impl Into<String>,
        advice: impl Into<String>,
        evidence: &[(&str, Option<f64>)],
    ) -> Self {
        let mut known = BTreeMap::new();
        for (name, value) in evidence {
            if let Some(value) = value {
                known.insert((*name).to_owned(), *value);
            }
        }
        Self {
            name: name.to_owned(),
            severity,
            reason: reason.into(),
            advice: advice.into(),
            evidence: known,
        }
    }
}

/// `part / whole` of counts; 0 of nothing.
fn share(part: u64, whole: u64) -> f64 {
    match whole {
        0 => 0.0,
        whole => part as f64 / whole as f64,
    }
}
