//! The words and signs of the page: outcomes, verdicts and the terms of the field.

mod roles;

pub use roles::{role_hint, role_noun, role_title};

use greenlight_data::ColumnKind;
use greenlight_readiness::{Outcome, Severity};

/// A message as a sentence of its own: with a capital letter and a full stop.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let text: String = first.into_iter().chain(letters).collect();
    match text.ends_with('.') {
        true => text,
        false => text + ".",
    }
}

/// Some rows in a sentence.
pub fn split(name: Option<&str>) -> String {
    name.map_or_else(|| "all rows".to_owned(), |name| format!("“{name}”"))
}

/// An outcome in words.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "Pass",
        Outcome::Fail => "Fail",
        Outcome::AtRisk => "At risk",
        Outcome::NoEvidence => "No evidence",
    }
}

/// The name that styles know an outcome by.
pub fn outcome_class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::AtRisk => "at-risk",
        Outcome::NoEvidence => "no-evidence",
    }
}

/// What a column holds, in a word or two.
pub fn column_kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Number => "numbers",
        ColumnKind::Boolean => "yes and no",
        ColumnKind::Timestamp => "times",
        _ => "words",
    }
}

/// How binding a criterion is.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Must => "required",
        Severity::Should => "advised",
    }
}

/// A policy that comes with Greenlight, as the answer to "What kind of task is it?".
pub fn policy(name: &str) -> &str {
    match name {
        "balanced" => "Balanced",
        "fraud" => "Fraud and other rare cases",
        "spam" => "Spam and filters",
        "classification" => "Image or text classes",
        "assistant" => "LLM assistant",
        _ => name,
    }
}

/// A term of the field, with its short explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the metric of that name")]
pub enum Term {
    Accuracy,
    BalancedAccuracy,
    Precision,
    Recall,
    Specificity,
    F1,
    MatthewsCorrcoef,
    CohenKappa,
    RocAuc,
    AveragePrecision,
    LogLoss,
    BrierScore,
    ExpectedCalibrationError,
    MaximumCalibrationError,
    BrierSkillScore,
    CalibrationSlope,
    CalibrationIntercept,
    NegativePredictiveValue,
    YoudensJ,
    Lift,
    QueueRate,
    Cost,
    MacroPrecision,
    MacroRecall,
    MacroF1,
}

impl Term {
    /// The name in the report, which handles use.
    pub fn name(self) -> &'static str {
        self.entry().0
    }

    /// The term.
    pub fn title(self) -> &'static str {
        self.entry().1
    }

    /// What it says, in words.
    pub fn explanation(self) -> &'static str {
        self.entry().2
    }

    /// How it is computed.
    pub fn formula(self) -> &'static str {
        self.entry().3
    }

    /// Whether it is a share of rows, which people read as a percentage.
    pub fn is_share(self) -> bool {
        !matches!(
            self,
            Self::MatthewsCorrcoef
                | Self::CohenKappa
                | Self::RocAuc
                | Self::AveragePrecision
                | Self::LogLoss
                | Self::BrierScore
                | Self::BrierSkillScore
                | Self::CalibrationSlope
                | Self::CalibrationIntercept
                | Self::YoudensJ
                | Self::Lift
                | Self::Cost
        )
    }

    fn entry(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::Accuracy => (
                "accuracy",
                "Accuracy",
                "The share of answers that are right. It flatters where one class is rare.",
                "right answers ÷ all answers",
            ),
            Self::BalancedAccuracy => (
                "balanced_accuracy",
                "Balanced accuracy",
                "The share caught of each class, averaged: rare classes count as much as frequent \
                 ones.",
                "mean of the classes’ recalls",
            ),
            Self::Precision => (
                "precision",
                "Precision",
                "Of the alarms raised, the share that is real.",
                "true positives ÷ (true positives + false positives)",
            ),
            Self::Recall => (
                "recall",
                "Recall",
                "Of the real cases, the share that is caught.",
                "true positives ÷ (true positives + false negatives)",
            ),
            Self::Specificity => (
                "specificity",
                "Specificity",
                "Of the harmless rows, the share that raises no alarm.",
                "true negatives ÷ (true negatives + false positives)",
            ),
            Self::F1 => (
                "f1",
                "F1",
                "Precision and recall in one number, near the lower of the two.",
                "2 · true positives ÷ (2 · true positives + false positives + false negatives)",
            ),
            Self::MatthewsCorrcoef => (
                "matthews_corrcoef",
                "Matthews correlation",
                "How well answers follow the truth, from −1 to 1; 0 is chance. Fair to rare \
                 classes.",
                "correlation of predicted with actual class",
            ),
            Self::CohenKappa => (
                "cohen_kappa",
                "Cohen’s κ",
                "Agreement with the truth beyond what chance would give; 1 is perfect.",
                "(agreement − chance agreement) ÷ (1 − chance agreement)",
            ),
            Self::RocAuc => (
                "roc_auc",
                "ROC AUC",
                "How often a real case scores above a harmless one; 0.5 is chance, 1 is perfect.",
                "share of pairs in the right order, ties half",
            ),
            Self::AveragePrecision => (
                "average_precision",
                "Average precision",
                "Precision averaged over all thresholds, weighted by the recall each one gains.",
                "Σ (Rₙ − Rₙ₋₁) · Pₙ",
            ),
            Self::LogLoss => (
                "log_loss",
                "Log loss",
                "How surprised the scores are by the truth; 0 is best. Confident mistakes cost \
                 most.",
                "mean of −ln(score given to the true class)",
            ),
            Self::BrierScore => (
                "brier_score",
                "Brier score",
                "Mean squared distance of the scores from the truth; 0 is best.",
                "mean of (score − truth)²",
            ),
            Self::ExpectedCalibrationError => (
                "expected_calibration_error",
                "Calibration error",
                "How far the scores are from the shares they promise: at 80 %, 8 in 10 should be \
                 real.",
                "Σ share of bin · |share real − mean score|, 10 bins",
            ),
            Self::MaximumCalibrationError => (
                "maximum_calibration_error",
                "Largest error of a bin",
                "How far the worst bin is from what it promises. One with few rows can be far off \
                 by chance.",
                "largest |share real − mean score|, 10 bins",
            ),
            Self::BrierSkillScore => (
                "brier_skill_score",
                "Brier skill",
                "What the scores gain over always saying the average; 1 is perfect, 0 is no gain. \
                 With more than two classes that of the top class’s score.",
                "1 − Brier score ÷ Brier score of the average",
            ),
            Self::CalibrationSlope => (
                "calibration_slope",
                "Slope",
                "How far apart scores should lie: 1 is right. Below 1 the model is too sure, its \
                 high scores too high and its low ones too low; above 1 it is too cautious.",
                "a in logit(share real) = a · logit(score) + b",
            ),
            Self::CalibrationIntercept => (
                "calibration_intercept",
                "Intercept",
                "Where a score of 50 % should lie: 0 leaves it there. Below 0 such scores are too \
                 high, above 0 too low; with a slope of 1 that holds for all scores on the whole.",
                "b in logit(share real) = a · logit(score) + b",
            ),
            Self::NegativePredictiveValue => (
                "negative_predictive_value",
                "Negative predictive value",
                "Of the rows that raise no alarm, the share that is harmless.",
                "true negatives ÷ (true negatives + false negatives)",
            ),
            Self::YoudensJ => (
                "youdens_j",
                "Youden’s J",
                "How much more of the real cases are flagged than of the harmless rows; 0 is chance, \
                 1 is perfect.",
                "recall + specificity − 1",
            ),
            Self::Lift => (
                "lift",
                "Lift",
                "How many times as many real cases an alarm finds as a row picked blindly.",
                "precision ÷ share of real cases",
            ),
            Self::QueueRate => (
                "queue_rate",
                "Share flagged",
                "The share of rows that raise an alarm, for someone to look at.",
                "(true positives + false positives) ÷ all rows",
            ),
            Self::Cost => (
                "cost",
                "Total cost",
                "What all answers cost together, each at the cost of its kind.",
                "Σ rows of each kind · cost of the kind",
            ),
            Self::MacroPrecision => (
                "macro-precision",
                "Mean precision",
                "Precision of each class, averaged over the classes.",
                "mean of the classes’ precisions",
            ),
            Self::MacroRecall => (
                "macro-recall",
                "Mean recall",
                "Recall of each class, averaged over the classes.",
                "mean of the classes’ recalls",
            ),
            Self::MacroF1 => (
                "macro-f1",
                "Mean F1",
                "F1 of each class, averaged over the classes.",
                "mean of the classes’ F1",
            ),
        }
    }
}
