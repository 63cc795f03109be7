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

    /// The outcome of a criterion that has the sign and the colour of this answer.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Ready => Outcome::Pass,
            Self::ReadyWithWarnings => Outcome::AtRisk,
            Self::NotReady => Outcome::Fail,
            Self::NotEnoughEvidence => Outcome::NoEvidence,
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
        .map(|criterion| CriterionResult::new(criterion, policy, profile))
        .collect();
    let pitfalls = pitfalls::detect(profile, policy);
    let verdict = verdict(policy, &criteria, &pitfalls);
    let reasons = reasons(verdict, policy, &criteria, &pitfalls);
    Report::new(profile, policy, criteria, pitfalls, verdict, reasons)
}

/// Whether a stricter criterion asks the very same. With more than two classes beating chance and
/// beating the most frequent answer are one.
fn is_repeated(criterion: &Criterion, policy: &Policy, profile: &Profile) -> bool {
    let asked = |criterion| {
        let criterion: &Criterion = criterion;
        let metric = match criterion.metric {
            Metric::YoudensJ if profile.classes.len() > 2 => Metric::AccuracyAboveBaseline,
            metric => metric,
        };
        (
            metric,
            &criterion.scope,
            criterion.operator,
            criterion.limit,
        )
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
    // Without the rows that it takes, what the others say counts for little.
    let enough_rows = !criteria.iter().any(|c| {
        c.group == Group::Data && c.severity == Severity::Must && c.outcome == Outcome::NoEvidence
    });
    if !right_answers_judged || !required_judged || !enough_rows {
        return Verdict::NotEnoughEvidence;
    }
    let warned = criteria.iter().any(|c| c.outcome == Outcome::AtRisk)
        || any(Severity::Should, Outcome::Fail)
        || criteria
            .iter()
            .any(|c| c.severity == Severity::Must && is_missed(c, policy))
        || worst_pitfall == Some(PitfallSeverity::Warning);
    if warned {
        Verdict::ReadyWithWarnings
    } else {
        Verdict::Ready
    }
}

/// Whether a criterion lacks its evidence, and not because it asks only of data that tells.
fn is_missed(criterion: &CriterionResult, policy: &Policy) -> bool {
    let mut asked = policy.criteria.iter();
    let if_measured = asked.any(|c| c.name == criterion.name && c.if_measured);
    criterion.outcome == Outcome::NoEvidence && !(if_measured && criterion.value.is_none())
}

/// What is required and could not be judged; what is so for one cause is said in one sentence.
fn not_judged(policy: &Policy, criteria: &[CriterionResult]) -> Vec<String> {
    let mut reasons = Vec::new();
    let mut causes: Vec<(&str, Vec<&CriterionResult>)> = Vec::new();
    let is_required = |c: &CriterionResult| {
        c.severity == Severity::Must || policy.required_evidence.contains(&c.name)
    };
    for criterion in criteria {
        if !is_required(criterion) || !is_missed(criterion, policy) {
            continue;
        }
        if criterion.group == Group::Data {
            reasons.push(criterion.reason.clone());
            continue;
        }
        // The reason is what cannot be judged, why, and how many rows would settle it.
        let why = criterion.reason.split_once(": ").map_or("", |(_, why)| why);
        let more = criterion
            .rows_needed
            .map(|rows| words::more_rows(criterion.metric, rows));
        let why = more.and_then(|more| why.strip_suffix(&more)).unwrap_or(why);
        match causes.iter_mut().find(|(cause, _)| *cause == why) {
            Some((_, of_cause)) => of_cause.push(criterion),
            None => causes.push((why, vec![criterion])),
        }
    }
    reasons.extend(causes.into_iter().map(|(why, of_cause)| {
        let metrics: Vec<Metric> = of_cause.iter().map(|c| c.metric).collect();
        let rows = of_cause
            .iter()
            .filter_map(|c| Some((c.rows_needed?, c.metric)));
        let more = rows
            .max()
            .map(|(rows, metric)| words::more_rows(metric, rows));
        words::not_judged(&metrics, why.trim_end_matches('.')) + &more.unwrap_or_default()
    }));
    reasons
}

/// The sentences that decide, the worst first; what a sentence before has said is not said again.
fn reasons(
    verdict: Verdict,
    policy: &Policy,
    criteria: &[CriterionResult],
    pitfalls: &[Pitfall],
) -> Vec<String> {
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
            // The paradox tells recall and compares with the baseline in its own words.
            let by_paradox = paradox
                && matches!(
                    criterion.metric,
                    Metric::AccuracyAboveBaseline | Metric::Recall
                );
            if !by_paradox && !told.iter().any(said) {
                told.push(criterion);
                reasons.push(criterion.reason.clone());
            }
        }
    };
    tell_pitfalls(PitfallSeverity::Serious, &mut reasons);
    tell(Severity::Must, Outcome::Fail, &mut reasons);
    if verdict == Verdict::NotEnoughEvidence {
        reasons.extend(not_judged(policy, criteria));
    }
    tell(Severity::Must, Outcome::AtRisk, &mut reasons);
    tell_pitfalls(PitfallSeverity::Warning, &mut reasons);
    tell(Severity::Should, Outcome::Fail, &mut reasons);
    tell(Severity::Should, Outcome::AtRisk, &mut reasons);
    // Where it does not decide, what is unknown comes after what is known to be wrong or in doubt.
    if verdict != Verdict::NotEnoughEvidence {
        reasons.extend(not_judged(policy, criteria));
    }
    if verdict == Verdict::Ready {
        tell(Severity::Must, Outcome::Pass, &mut reasons);
    }
    reasons
}
