//! The words a judgement is written in.

use greenlight_data::LatencyUnit;
use greenlight_format as format;

use crate::criteria::{Outcome, shown_limit};
use crate::policy::{Criterion, Metric, Operator, Severity};
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
    let limit = match (metric, operator) {
        (_, Operator::Above) if compared_with_baseline && *limit == 0.0 => {
            "better than that".to_owned()
        }
        (Metric::AccuracyGap, Operator::AtMost) => format!("a fall of at most {shown}"),
        (_, Operator::AtLeast) => format!("at least {shown}"),
        (_, Operator::Above) => format!("more than {shown}"),
        (_, Operator::AtMost) => format!("at most {shown}"),
    };
    let asked = match severity {
        Severity::Must => "required",
        Severity::Should => "advised",
    };
    let doubt = match outcome {
        Outcome::AtRisk => ", and these rows leave it open",
        _ => "",
    };
    if *metric == Metric::YoudensJ && !compared_with_baseline {
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
    let subject = |metric: &Metric| match metric {
        Metric::Accuracy => "accuracy",
        Metric::AccuracyAboveBaseline => "the gain over the simplest answer",
        Metric::YoudensJ => "whether it beats chance",
        Metric::Recall => "recall",
        Metric::Precision => "precision",
        Metric::LatencyP95 => "latency",
        Metric::AccuracyGap => "the fall from a reference",
    };
    let subjects: Vec<&str> = metrics.iter().map(subject).collect();
    let subjects = match subjects.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => subjects.concat(),
    };
    let (first, rest) = subjects.split_at(subjects.len().min(1));
    format!("{}{rest} cannot be judged: {why}.", first.to_uppercase())
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
