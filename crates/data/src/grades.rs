//! Grades of answers: which columns hold them, and which words accept an answer.

use crate::guess::{Name, vocabulary};

/// Whether a word accepts an answer or rejects it, whatever its case; `None` where it says neither.
///
/// ```
/// # use greenlight_data::accepts;
/// assert_eq!((accepts("Pass"), accepts("bad")), (Some(true), Some(false)));
/// assert_eq!(accepts("partly"), None);
/// ```
pub fn accepts(word: &str) -> Option<bool> {
    const ACCEPTED: &[&str] = &[
        "pass",
        "passed",
        "accept",
        "accepted",
        "acceptable",
        "approve",
        "approved",
        "good",
        "correct",
        "right",
        "ok",
        "okay",
        "up",
        "yes",
        "y",
        "true",
        "t",
        "1",
    ];
    const REJECTED: &[&str] = &[
        "fail",
        "failed",
        "reject",
        "rejected",
        "unacceptable",
        "bad",
        "incorrect",
        "wrong",
        "down",
        "no",
        "n",
        "false",
        "f",
        "0",
    ];
    let word = word.trim();
    let is = |known: &&str| known.eq_ignore_ascii_case(word);
    if ACCEPTED.iter().any(is) {
        Some(true)
    } else {
        REJECTED.iter().any(is).then_some(false)
    }
}

/// Whether columns of these names hold grades of answers: a person's as the label, a judge's as the prediction, or one of
/// both alone.
///
/// ```
/// # use greenlight_data::are_grades;
/// assert!(are_grades(Some("human"), Some("judge_verdict")));
/// assert!(are_grades(None, Some("llm_judge")));
/// assert!(!are_grades(Some("label"), Some("prediction")));
/// ```
pub fn are_grades(label: Option<&str>, prediction: Option<&str>) -> bool {
    let label = label.map(Name::new);
    let prediction = prediction.map(Name::new);
    let is_human = |name: &Name| is_of(name, vocabulary::HUMAN, vocabulary::HUMAN_WORDS);
    let is_judge = |name: &Name| is_of(name, vocabulary::JUDGE, vocabulary::JUDGE_WORDS);
    // What else such columns are called says so only beside nothing that speaks against it.
    let is_verdict = |name: &Name| is_judge(name) || is_of(name, vocabulary::VERDICT, &[]);
    match (&label, &prediction) {
        (_, Some(prediction)) if is_judge(prediction) => true,
        (Some(label), Some(prediction)) => is_human(label) && is_verdict(prediction),
        (None, Some(prediction)) => is_verdict(prediction),
        (Some(label), None) => is_human(label),
        (None, None) => false,
    }
}

fn is_of(name: &Name, names: &[&str], words: &[&str]) -> bool {
    names.contains(&name.compact.as_str())
        || words.contains(&name.first())
        || words.contains(&name.last())
}
