//! Which of two classes is the positive one, and the order of classes.

use crate::number::parse_number;
use std::cmp::Ordering;

/// The position of the positive class among two, where it can be told: `1` against `0` or `-1`, `true` against
/// `false`, `fraud` against `legit`, `churn` against `no churn` and the like, whatever their case.
///
/// ```
/// # use greenlight_data::guess_positive;
/// let guess = |classes: &[&str]| guess_positive(&classes.iter().map(|c| c.to_string()).collect::<Vec<_>>());
/// assert_eq!(guess(&["0", "1"]), Some(1));
/// assert_eq!(guess(&["Spam", "not spam"]), Some(0));
/// assert_eq!(guess(&["cat", "dog"]), None);
/// ```
pub fn guess_positive(classes: &[String]) -> Option<usize> {
    let [first, second] = classes else {
        return None;
    };
    let (first, second) = (normalised(first), normalised(second));
    match (is_positive(&first, &second), is_positive(&second, &first)) {
        (true, false) => Some(0),
        (false, true) => Some(1),
        _ => None,
    }
}

/// Sorts classes for every table and picture: numbers first, by value; then texts, by code point.
///
/// ```
/// # use greenlight_data::sort_classes;
/// let mut classes = ["b", "10", "A", "9"].map(String::from).to_vec();
/// sort_classes(&mut classes);
/// assert_eq!(classes, ["9", "10", "A", "b"]);
/// ```
pub fn sort_classes(classes: &mut [String]) {
    classes.sort_unstable_by(|left, right| {
        let by_kind = match (parse_number(left), parse_number(right)) {
            (Some(left), Some(right)) => left.total_cmp(&right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_kind.then_with(|| left.cmp(right))
    });
}

/// What one looks for.
const POSITIVE: &[&str] = &[
    "1",
    "true",
    "yes",
    "y",
    "t",
    "on",
    "+",
    "p",
    "pos",
    "positive",
    "fraud",
    "fraudulent",
    "spam",
    "phishing",
    "malware",
    "malicious",
    "malignant",
    "toxic",
    "abuse",
    "attack",
    "intrusion",
    "anomaly",
    "anomalous",
    "abnormal",
    "outlier",
    "defect",
    "defective",
    "faulty",
    "fault",
    "bad",
    "unsafe",
    "churn",
    "churned",
    "default",
    "defaulted",
    "sick",
    "disease",
    "diseased",
    "ill",
    "cancer",
    "click",
    "clicked",
    "converted",
    "conversion",
    "hate",
    "offensive",
    "fake",
    "bot",
    "event",
    "alert",
    "alarm",
    "hit",
    "case",
    "suspicious",
    "risky",
    "pass",
    "passed",
    "accept",
    "accepted",
    "approve",
    "approved",
    "correct",
];

/// What is there anyway.
const NEGATIVE: &[&str] = &[
    "0",
    "-1",
    "false",
    "no",
    "n",
    "f",
    "off",
    "-",
    "neg",
    "negative",
    "ok",
    "ham",
    "legit",
    "legitimate",
    "genuine",
    "normal",
    "clean",
    "benign",
    "good",
    "safe",
    "healthy",
    "valid",
    "none",
    "regular",
    "inlier",
    "nominal",
    "retained",
    "stayed",
    "stay",
    "paid",
    "real",
    "human",
    "control",
    "neutral",
    "miss",
    "fail",
    "failed",
    "reject",
    "rejected",
    "incorrect",
    "wrong",
];

fn is_positive(class: &str, other: &str) -> bool {
    (POSITIVE.contains(&class) && NEGATIVE.contains(&other)) || is_negation(other, class)
}

/// Whether a class is `not …` of the other one.
fn is_negation(class: &str, of: &str) -> bool {
    !of.is_empty()
        && ["not", "non", "no"]
            .into_iter()
            .filter_map(|prefix| class.strip_prefix(prefix))
            .any(|rest| rest.trim_start_matches(SEPARATORS) == of)
}

const SEPARATORS: [char; 3] = [' ', '-', '_'];

fn normalised(class: &str) -> String {
    class.trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(classes: &[&str]) -> Vec<String> {
        classes.iter().map(|class| (*class).to_owned()).collect()
    }

    #[test]
    fn the_positive_class() {
        for (classes, positive) in [
            (&["0", "1"][..], Some("1")),
            (&["-1", "1"], Some("1")),
            (&["True", "False"], Some("True")),
            (&["N", "Y"], Some("Y")),
            (&["ok", "FRAUD"], Some("FRAUD")),
            (&["non-fraud", "fraud"], Some("fraud")),
            (&["Churn", "No churn"], Some("Churn")),
            (&["normal", "abnormal"], Some("abnormal")),
            (&["+", "-"], Some("+")),
            (&["fail", "pass"], Some("pass")),
            (&["Accepted", "Rejected"], Some("Accepted")),
            (&["correct", "incorrect"], Some("correct")),
            // Of customers and products one looks for the bad ones; of answers see `accepts`.
            (&["good", "bad"], Some("bad")),
            (&["1", "2"], None),
            (&["yes", "1"], None),
            (&["cat", "dog"], None),
            (&["", "no"], None),
            (&["1"], None),
            (&["0", "1", "2"], None),
        ] {
            let guess = guess_positive(&owned(classes)).map(|position| classes[position]);
            assert_eq!(guess, positive, "{classes:?}");
        }
    }

    #[test]
    fn the_order_of_classes() {
        let mut classes = owned(&["é", "a", "B", "-1", "1e1", "2", "007"]);
        sort_classes(&mut classes);
        assert_eq!(classes, ["-1", "2", "1e1", "007", "B", "a", "é"]);
    }
}
