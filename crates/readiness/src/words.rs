//! The words a judgement is written in.

use greenlight_data::LatencyUnit;
use greenlight_format as format;

use crate::criteria::{Outcome, shown_limit};
use crate::policy::{Criterion, Metric, Operator, Severity, Unit};
use crate::profile::Profile;

/// How the positive class is spoken of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Positive {
    /// With a share before it: "fraud", "positives", "“churned” cases".
    pub cases: String,
    /// What a row is, where that has a name: "fraud", "“churned”".
    pub noun: Option<String>,
    /// Whether the verb is singular: "fraud goes", "positives go".
    singular: bool,
}

/// Class names that say no more than that what the label column is called holds.
const YES: [&str; 5] = ["1", "true", "t", "yes", "y"];
/// Class names that say "positive" without saying of what.
const BARE_NAMES: [&str; 5] = ["positive", "pos", "+", "bad", "anomalous"];
/// Words of a label column's name that do not say what is looked for.
const NO_SUBJECT: [&str; 38] = [
    "is",
    "has",
    "was",
    "did",
    "y",
    "true",
    "test",
    "ytrue",
    "ytest",
    "actual",
    "actuals",
    "gold",
    "golden",
    "standard",
    "label",
    "labels",
    "target",
    "targets",
    "class",
    "truth",
    "ground",
    "groundtruth",
    "expected",
    "outcome",
    "outcomes",
    "response",
    "flag",
    "gt",
    "observed",
    "positive",
    "value",
    "result",
    "column",
    "col",
    "answer",
    "correct",
    "event",
    "binary",
];
/// Words that need no article and take a singular verb.
const MASS_NOUNS: [&str; 6] = ["fraud", "spam", "churn", "abuse", "toxicity", "phishing"];

impl Positive {
    /// From the name of the positive class, or from the name of the label column where the class
    /// itself says nothing (`is_fraud` or `cancelled` with classes 0 and 1).
    pub fn of(profile: &Profile) -> Self {
        Self::named(&profile.settings.positive, &profile.roles.label)
    }

    /// From the names of the positive class and of the label column.
    pub fn named(class: &Option<String>, label: &Option<String>) -> Self {
        let class = class.as_deref().unwrap_or_default();
        let label = label.as_deref().unwrap_or_default();
        let is_yes = YES.iter().any(|yes| class.eq_ignore_ascii_case(yes));
        let is_bare = is_yes || BARE_NAMES.contains(&class.to_ascii_lowercase().as_str());
        let words = || label.split(|c: char| !c.is_alphanumeric());
        let noun = MASS_NOUNS.into_iter().find(|noun| {
            class.eq_ignore_ascii_case(noun)
                || (is_bare && words().any(|word| word.eq_ignore_ascii_case(noun)))
        });
        let subject: Vec<&str> = words().filter(|word| says_what(word)).collect();
        let subject = match is_yes {
            true => subject.join(" "),
            false if is_bare => String::new(),
            false => class.to_owned(),
        };
        match noun {
            Some(noun) => Self {
                cases: noun.to_owned(),
                noun: Some(noun.to_owned()),
                singular: true,
            },
            None if subject.is_empty() => Self {
                cases: "positives".to_owned(),
                noun: None,
                singular: false,
            },
            None => Self {
                cases: format!("“{subject}” cases"),
                noun: Some(format!("“{subject}”")),
                singular: false,
            },
        }
    }

    /// "goes unnoticed" or "go unnoticed".
    pub fn go(&self) -> &'static str {
        if self.singular { "goes" } else { "go" }
    }

    /// "is" or "are".
    pub fn are(&self) -> &'static str {
        if self.singular { "is" } else { "are" }
    }
}

/// Whether a word of a label column's name says what is looked for.
fn says_what(word: &str) -> bool {
    let is_number = word.chars().all(|c| c.is_ascii_digit());
    !is_number
        && !NO_SUBJECT
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
}

/// How the rows of the positive class are counted: "cases of fraud", "positives", "“churned” cases".
pub fn cases(profile: &Profile) -> String {
    let Positive {
        cases, singular, ..
    } = Positive::of(profile);
    match singular {
        true => format!("cases of {cases}"),
        false => cases,
    }
}

/// A latency given in the unit of its column, as a person reads it.
pub(crate) fn latency(value: f64, unit: LatencyUnit) -> String {
    format::duration_ms(value * unit.in_ms())
}

/// "24 of 200".
pub(crate) fn of(part: u64, whole: u64) -> String {
    format!("{} of {}", format::count(part), format::count(whole))
}

/// What is asked, after what is: "at least 80 % is required".
pub(crate) fn demand(criterion: &Criterion, outcome: Outcome, profile: &Profile) -> String {
    let Criterion {
        metric,
        operator,
        limit,
        severity,
        ..
    } = criterion;
    let shown = shown_limit(*metric, *limit);
    let compared_with_baseline = *metric == Metric::AccuracyAboveBaseline
        || (*metric == Metric::YoudensJ && profile.classes.len() > 2);
    let limit = match operator {
        Operator::Above if compared_with_baseline && *limit == 0.0 => "better than that".to_owned(),
        Operator::AtMost if *metric == Metric::WeakestSegmentGap => format!("at most {shown}"),
        Operator::AtMost if metric.unit() == Unit::Fall => format!("a fall of at most {shown}"),
        Operator::AtLeast => format!("at least {shown}"),
        Operator::Above => format!("more than {shown}"),
        Operator::AtMost => format!("at most {shown}"),
        Operator::Below => format!("less than {shown}"),
    };
    let asked = match severity {
        Severity::Must => "required",
        Severity::Should => "advised",
    };
    let doubt = match outcome {
        Outcome::AtRisk => ", and these rows leave it open",
        _ => "",
    };
    let beats_chance = *metric == Metric::YoudensJ && *operator == Operator::Above;
    if beats_chance && !compared_with_baseline && criterion.limit == 0.0 {
        if outcome == Outcome::Pass {
            return "so it tells them apart".to_owned();
        }
        let asked = match severity {
            Severity::Must => "must",
            Severity::Should => "should",
        };
        return format!("the first {asked} be clearly larger");
    }
    format!("{limit} is {asked}{doubt}")
}

/// What cannot be judged for want of evidence, and why.
pub(crate) fn not_judged(metrics: &[Metric], why: &str) -> String {
    let mut subjects: Vec<&str> = Vec::new();
    for metric in metrics {
        if !subjects.contains(&subject(*metric)) {
            subjects.push(subject(*metric));
        }
    }
    let subjects = match subjects.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => subjects.concat(),
    };
    format!(
        "{} cannot be judged: {why}.",
        format::capitalised(&subjects)
    )
}

/// The metric in a sentence.
pub(crate) fn subject(metric: Metric) -> &'static str {
    match metric {
        Metric::Accuracy => "accuracy",
        Metric::AccuracyAboveBaseline => "the gain over the simplest answer",
        Metric::YoudensJ => "whether it beats chance",
        Metric::BalancedAccuracy => "balanced accuracy",
        Metric::Recall => "recall",
        Metric::Precision => "precision",
        Metric::Specificity => "specificity",
        Metric::F1 => "F1",
        Metric::F0_5 => "F0.5",
        Metric::F2 => "F2",
        Metric::MatthewsCorrcoef => "Matthews correlation",
        Metric::CohenKappa => "agreement beyond chance",
        Metric::RocAuc => "ROC AUC",
        Metric::AveragePrecision => "average precision",
        Metric::LogLoss => "log loss",
        Metric::BrierScore => "the Brier score",
        Metric::ExpectedCalibrationError => "calibration",
        Metric::LatencyP50
        | Metric::LatencyP90
        | Metric::LatencyP95
        | Metric::LatencyP99
        | Metric::LatencyMax
        | Metric::OverBudgetShare => "latency",
        Metric::ErrorRate => "the share of calls that fail",
        Metric::CostPerPrediction | Metric::CostPerCorrect => "cost",
        Metric::AcceptedShare => "how many answers are accepted",
        Metric::JudgeAgreement => "agreement with people",
        Metric::RepeatConsistency => "the consistency of repeats",
        Metric::CostPerAccepted => "the cost of an accepted answer",
        Metric::AccuracyGap => "the fall of accuracy",
        Metric::BalancedAccuracyGap => "the fall of balanced accuracy",
        Metric::PrecisionGap => "the fall of precision",
        Metric::RecallGap => "the fall of recall",
        Metric::SpecificityGap => "the fall of specificity",
        Metric::F1Gap => "the fall of F1",
        Metric::RocAucGap => "the fall of ROC AUC",
        Metric::PerturbationAccuracyDrop => "the fall under perturbation",
        Metric::FlipRate => "the share of answers that flip when the input is perturbed",
        Metric::WeakestSegmentGap => "the gap of the weakest group",
        Metric::WorstWindowAccuracy => "accuracy over time",
        Metric::AccuracyDrop => "the fall of accuracy over time",
        Metric::ScorePsi => "the drift of the score",
        Metric::DriftedColumnsShare => "the share of columns that have drifted",
        Metric::Rows => "the number of rows",
        Metric::Positives => "the number of positives",
    }
}

/// Why so few rows tell nothing: "only 12 of the 30 alarms that are asked for".
pub(crate) fn too_few(rows: u64, counted: &str, minimum: u64) -> String {
    format!(
        "only {} of the {} {counted} that are asked for",
        format::count(rows),
        format::count(minimum)
    )
}

/// After a sentence: how many more rows would settle it.
pub(crate) fn more_rows(metric: Metric, rows: u64) -> String {
    let kind = match (metric.needs_labels(), rows) {
        (true, 1) if metric.is_of_answers() => "graded answer",
        (true, _) if metric.is_of_answers() => "graded answers",
        (true, 1) => "labelled row",
        (true, _) => "labelled rows",
        (false, 1) => "row",
        (false, _) => "rows",
    };
    format!(
        " About {} more {kind} would settle this.",
        format::count(rows)
    )
}

/// What a criterion measures, as the head of a row; with more than two classes some are means over the classes.
pub fn title(metric: Metric, multiclass: bool) -> &'static str {
    match metric {
        Metric::Accuracy => "Right answers (accuracy)",
        Metric::AccuracyAboveBaseline => "Gain over the most frequent answer",
        Metric::YoudensJ if multiclass => "Better than chance",
        Metric::YoudensJ => "Better than chance (Youden’s J)",
        Metric::BalancedAccuracy => "Right answers per class (balanced accuracy)",
        Metric::Recall if multiclass => "Caught per class (mean recall)",
        Metric::Recall => "Cases caught (recall)",
        Metric::Precision if multiclass => "Right per answer (mean precision)",
        Metric::Precision => "Alarms that are real (precision)",
        Metric::Specificity => "Others left alone (specificity)",
        Metric::F1 if multiclass => "Mean F1 over the classes",
        Metric::F1 => "Precision and recall together (F1)",
        Metric::F0_5 => "Precision before recall (F0.5)",
        Metric::F2 => "Recall before precision (F2)",
        Metric::MatthewsCorrcoef => "Matthews correlation",
        Metric::CohenKappa => "Agreement beyond chance (Cohen’s κ)",
        Metric::RocAuc => "Order of the scores (ROC AUC)",
        Metric::AveragePrecision => "Average precision",
        Metric::LogLoss => "Log loss",
        Metric::BrierScore => "Brier score",
        Metric::ExpectedCalibrationError => "Expected calibration error",
        Metric::LatencyP50 => "Half of the answers within (p50)",
        Metric::LatencyP90 => "90 of 100 answers within (p90)",
        Metric::LatencyP95 => "95 of 100 answers within (p95)",
        Metric::LatencyP99 => "99 of 100 answers within (p99)",
        Metric::LatencyMax => "Slowest answer",
        Metric::OverBudgetShare => "Answers over the latency budget",
        Metric::ErrorRate => "Calls that fail",
        Metric::CostPerPrediction => "Cost of a prediction",
        Metric::CostPerCorrect => "Cost of a right answer",
        Metric::AcceptedShare => "Accepted answers",
        Metric::JudgeAgreement => "Agreement of judge and people (κ)",
        Metric::RepeatConsistency => "Repeats that agree",
        Metric::CostPerAccepted => "Cost of an accepted answer",
        Metric::AccuracyGap => "Fall of accuracy",
        Metric::BalancedAccuracyGap => "Fall of balanced accuracy",
        Metric::PrecisionGap => "Fall of precision",
        Metric::RecallGap => "Fall of recall",
        Metric::SpecificityGap => "Fall of specificity",
        Metric::F1Gap => "Fall of F1",
        Metric::RocAucGap => "Fall of ROC AUC",
        Metric::PerturbationAccuracyDrop => "Worst fall under a perturbation",
        Metric::FlipRate => "Answers that flip when perturbed",
        Metric::ScorePsi => "Drift of the score (PSI)",
        Metric::DriftedColumnsShare => "Columns that have drifted",
        Metric::WeakestSegmentGap => "Weakest group below all rows",
        Metric::WorstWindowAccuracy => "Right answers in the worst window",
        Metric::AccuracyDrop => "Fall to the worst window",
        Metric::Rows => "Rows",
        Metric::Positives => "Positive rows",
    }
}

/// Of features that could not be looked at.
pub(crate) fn unread(columns: &[String]) -> String {
    let are = match columns {
        [column] => format!("the feature {column} was"),
        _ => format!(
            "{} features, {} among them, were",
            format::count(columns.len() as u64),
            columns.first().map_or("", String::as_str)
        ),
    };
    format!("{are} not looked at: they do not fit in memory, and the file could not be read again")
}

/// Of columns among which no weak groups were looked for.
pub(crate) fn passed_over(columns: u64) -> String {
    format!(
        "weak groups and the tree of errors are without {} that did not fit in memory",
        match columns {
            1 => "1 column".to_owned(),
            columns => format!("{} columns", format::count(columns)),
        }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_called_as_the_file_calls_it() {
        for (class, label, expected) in [
            ("1", "is_fraud", "fraud"),
            ("fraud", "label", "fraud"),
            ("1", "cancelled", "“cancelled” cases"),
            ("yes", "is_default", "“default” cases"),
            ("true", "Loan_Default", "“Loan Default” cases"),
            ("1", "y_true", "positives"),
            ("1", "label_2", "positives"),
            ("bad", "status", "positives"),
            ("malignant", "diagnosis", "“malignant” cases"),
        ] {
            let positive = Positive::named(&Some(class.to_owned()), &Some(label.to_owned()));
            assert_eq!(positive.cases, expected, "{class} of {label}");
        }
        assert_eq!(Positive::named(&None, &None).cases, "positives");
    }
}
