//! The Profile judged by the Policy: outcomes, pitfalls and the verdict with its reasons.

use serde::{Deserialize, Serialize};

use crate::criteria::{CriterionResult, Outcome};
use crate::pitfalls::{self, Pitfall, PitfallSeverity};
use crate::policy::{Criterion, Group, Metric, Policy, Severity};
use crate::profile::Profile;
use crate::report::Report;
use crate::words;

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Everything that must and should hold does.
    Ready,
    /// What must hold does, but something is at risk, advised against or unmeasured.
    ReadyWithWarnings,
    /// Something that must hold does not.
    NotReady,
    /// The data cannot tell.
    NotEnoughEvidence,
}

impl Verdict {
    /// The value in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::ReadyWithWarnings => "ready_with_warnings",
            Self::NotReady => "not_ready",
            Self::NotEnoughEvidence => "not_enough_evidence",
        }
    }

    /// The answer in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Ready => "Ready",
            Self::ReadyWithWarnings => "Ready with warnings",
            Self::NotReady => "Not ready",
            Self::NotEnoughEvidence => "Not enough evidence",
        }
    }
}

/// Judges `profile` by `policy`. The cost does not depend on the rows behind the profile.
pub fn judge(profile: &Profile, policy: &Policy) -> Report {
    let criteria: Vec<CriterionResult> = policy
        .criteria
        .iter()
        .filter(|criterion| !is_repeated(criterion, policy, profile))
        .map(|criterion| CriterionResult::new(criterion, profile))
        .collect();
    let pitfalls = pitfalls::detect(profile);
    let verdict = verdict(policy, &criteria, &pitfalls);
    let reasons = reasons(verdict, &criteria, &pitfalls);
    Report::new(profile, policy, criteria, pitfalls, verdict, reasons)
}

/// Whether a stricter criterion asks the very same. With more than two classes beating chance and
/// beating the most frequent answer are one.
fn is_repeated(criterion: &Criterion, policy: &Policy, profile: &Profile) -> bool {
    let asked = |criterion: &Criterion| {
        let metric = match criterion.metric {
            Metric::YoudensJ if profile.classes.len() > 2 => Metric::AccuracyAboveBaseline,
            metric => metric,
        };
        (metric, criterion.operator, criterion.limit)
    };
    // `Must` comes before `Should`.
    policy
        .criteria
        .iter()
        .any(|other| other.severity < criterion.severity && asked(other) == asked(criterion))
}

fn verdict(policy: &Policy, criteria: &[CriterionResult], pitfalls: &[Pitfall]) -> Verdict {
    let any = |severity, outcome| {
        criteria
            .iter()
            .any(|c| c.severity == severity && c.outcome == outcome)
    };
    let worst_pitfall = pitfalls.iter().map(|pitfall| pitfall.severity).max();
    if any(Severity::Must, Outcome::Fail) || worst_pitfall == Some(PitfallSeverity::Serious) {
        return Verdict::NotReady;
    }
    let judged = |criterion: &&CriterionResult| criterion.outcome != Outcome::NoEvidence;
    let right_answers_judged = criteria
        .iter()
        .filter(|c| matches!(c.metric.group(), Group::Accuracy | Group::Balance))
        .filter(|c| c.severity == Severity::Must)
        .any(|c| judged(&c));
    let required_judged = policy
        .required_evidence
        .iter()
        .all(|name| criteria.iter().filter(judged).any(|c| c.name == *name));
    if !right_answers_judged || !required_judged {
        return Verdict::NotEnoughEvidence;
    }
    let warned = criteria.iter().any(|c| c.outcome == Outcome::AtRisk)
        || any(Severity::Should, Outcome::Fail)
        || any(Severity::Must, Outcome::NoEvidence)
        || worst_pitfall == Some(PitfallSeverity::Warning);
    if warned {
        Verdict::ReadyWithWarnings
    } else {
        Verdict::Ready
    }
}

/// What is required and could not be judged; what is so for one cause is said in one sentence.
fn not_judged(criteria: &[CriterionResult]) -> Vec<String> {
    let mut causes: Vec<(&str, Vec<Metric>)> = Vec::new();
    let absent = criteria
        .iter()
        .filter(|c| c.severity == Severity::Must && c.outcome == Outcome::NoEvidence);
    for criterion in absent {
        // The reason is what cannot be judged, and why.
        let why = criterion.reason.split_once(": ").map_or("", |(_, why)| why);
        match causes.iter_mut().find(|(cause, _)| *cause == why) {
            Some((_, metrics)) => metrics.push(criterion.metric),
            None => causes.push((why, vec![criterion.metric])),
        }
    }
    causes
        .into_iter()
        .map(|(why, metrics)| words::not_judged(&metrics, why.trim_end_matches('.')))
        .collect()
}

/// The sentences that decide, the worst first; what a sentence before has said is not said again.
fn reasons(verdict: Verdict, criteria: &[CriterionResult], pitfalls: &[Pitfall]) -> Vec<String> {
    let mut reasons = Vec::new();
    let mut told: Vec<&CriterionResult> = Vec::new();
    let tell_pitfalls = |severity, reasons: &mut Vec<String>| {
        let of_severity = pitfalls
            .iter()
            .filter(|pitfall| pitfall.severity == severity);
        reasons.extend(of_severity.map(|pitfall| pitfall.reason.clone()));
    };
    let paradox = pitfalls
        .iter()
        .any(|pitfall| pitfall.name == pitfalls::ACCURACY_PARADOX);
    let mut tell = |severity, outcome, reasons: &mut Vec<String>| {
        let mut chosen: Vec<&CriterionResult> = criteria
            .iter()
            .filter(|c| c.severity == severity && c.outcome == outcome)
            .collect();
        chosen.sort_by(|a, b| b.shortfall().total_cmp(&a.shortfall()));
        for criterion in chosen {
            let said = |before: &&CriterionResult| {
                criterion.value.is_some()
                    && (before.value, before.interval) == (criterion.value, criterion.interval)
            };
            // The paradox compares with the baseline in its own words.
            let by_paradox = paradox && criterion.metric == Metric::AccuracyAboveBaseline;
            if !by_paradox && !told.iter().any(said) {
                told.push(criterion);
                reasons.push(criterion.reason.clone());
            }
        }
    };
    tell_pitfalls(PitfallSeverity::Serious, &mut reasons);
    tell(Severity::Must, Outcome::Fail, &mut reasons);
    if verdict == Verdict::NotEnoughEvidence {
        reasons.extend(not_judged(criteria));
    }
    tell(Severity::Must, Outcome::AtRisk, &mut reasons);
    tell_pitfalls(PitfallSeverity::Warning, &mut reasons);
    tell(Severity::Should, Outcome::Fail, &mut reasons);
    tell(Severity::Should, Outcome::AtRisk, &mut reasons);
    // Where it does not decide, what is unknown comes after what is known to be wrong or in doubt.
    if verdict != Verdict::NotEnoughEvidence {
        reasons.extend(not_judged(criteria));
    }
    if verdict == Verdict::Ready {
        tell(Severity::Must, Outcome::Pass, &mut reasons);
    }
    reasons
}
