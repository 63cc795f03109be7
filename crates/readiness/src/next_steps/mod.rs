//! What to do next: each suggestion is a rule on a measured fact, and says which.

mod answers;
mod evidence;
mod operations;

pub use answers::threshold_for;
use serde::{Deserialize, Serialize};

use crate::criteria::{CriterionResult, Outcome};
use crate::judge::Verdict;
use crate::pitfalls::{self, Pitfall, PitfallSeverity};
use crate::policy::{EvidenceView, Metric, Policy, Severity};
use crate::profile::Profile;

/// Something to do next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextStep {
    /// What kind of step it is, such as `move_threshold`; the pitfall's name where it mends one.
    pub name: String,
    /// What to do.
    pub advice: String,
    /// The measured fact that suggests it.
    pub because: String,
    /// Where the page shows that fact, beside the verdict itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<EvidenceView>,
    /// The threshold to move to, where that is the advice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<f64>,
}

impl NextStep {
    fn new(
        name: &str,
        view: impl Into<Option<EvidenceView>>,
        advice: impl Into<String>,
        because: impl Into<String>,
    ) -> Self {
        Self {
            name: name.to_owned(),
            advice: advice.into(),
            because: because.into(),
            view: view.into(),
            threshold: None,
        }
    }
}

/// What the rules go by.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub profile: &'a Profile,
    pub policy: &'a Policy,
    pub criteria: &'a [CriterionResult],
    pub pitfalls: &'a [Pitfall],
    pub verdict: Verdict,
}

/// What to do next, what matters most first. The cost does not depend on the rows behind the profile.
///
/// Where the numbers cannot be believed, as with leakage, nothing is advised that rests on them.
pub(crate) fn next_steps(facts: Facts<'_>) -> Vec<NextStep> {
    let mut steps = Vec::new();
    let answers = match facts.is_unbelievable() {
        true => Vec::new(),
        false => answers::steps(facts),
    };
    let is_answered = !answers.is_empty();
    // The paradox's own advice is the general form of what is said about the answers.
    let mends = |pitfall: &&Pitfall| !(is_answered && pitfall.name == pitfalls::ACCURACY_PARADOX);
    let of_severity = |severity| {
        let of = facts
            .pitfalls
            .iter()
            .filter(move |p| p.severity == severity);
        of.filter(mends).map(mending)
    };
    steps.extend(evidence::positive_class(facts));
    steps.extend(of_severity(PitfallSeverity::Serious));
    steps.extend(answers);
    steps.extend(operations::steps(facts));
    steps.extend(evidence::missing(facts));
    let is_ready = facts.verdict == Verdict::Ready;
    if is_ready {
        steps.extend(release(facts));
    }
    if !facts.is_unbelievable() {
        steps.extend(evidence::more_rows(facts));
        steps.extend(evidence::weak_segment(facts));
    }
    steps.extend(of_severity(PitfallSeverity::Warning));
    if !is_ready {
        steps.extend(release(facts));
    }
    steps
}

fn mending(pitfall: &Pitfall) -> NextStep {
    let view = pitfall.view();
    NextStep::new(&pitfall.name, view, &pitfall.advice, &pitfall.reason)
}

/// Where nothing forbids it: how to go into production, and how to stay there.
fn release(facts: Facts<'_>) -> Option<NextStep> {
    let advice = match facts.verdict {
        Verdict::Ready => {
            "Release it, keep this report, and judge labelled rows from production by the same policy each week."
        }
        Verdict::ReadyWithWarnings => {
            "Decide whether the warnings can be lived with. If so, release it to a small share first, and judge labelled rows \
             from there by the same policy."
        }
        Verdict::NotReady | Verdict::NotEnoughEvidence => return None,
    };
    let held = facts.criteria.iter().filter(|c| c.outcome == Outcome::Pass);
    let because = match held.count() {
        1 => "1 criterion is met, and none that is required is missed.".to_owned(),
        held => format!("{held} criteria are met, and none that is required is missed."),
    };
    Some(NextStep::new("release", None, advice, because))
}

impl<'a> Facts<'a> {
    /// Whether a pitfall stands that makes the other numbers worthless.
    fn is_unbelievable(self) -> bool {
        let mut serious = self
            .pitfalls
            .iter()
            .filter(|pitfall| pitfall.severity == PitfallSeverity::Serious);
        serious.any(|pitfall| pitfalls::MAKES_NUMBERS_WORTHLESS.contains(&pitfall.name.as_str()))
    }

    /// The criteria that fail for one of these metrics.
    fn failing(self, of: impl Fn(Metric) -> bool) -> impl Iterator<Item = &'a CriterionResult> {
        let failed = self.criteria.iter().filter(|c| c.outcome == Outcome::Fail);
        failed.filter(move |criterion| of(criterion.metric))
    }

    fn has_pitfall(self, name: &str) -> bool {
        self.pitfalls.iter().any(|pitfall| pitfall.name == name)
    }
}

/// Whether the policy requires it and wants to hear where it cannot be judged.
fn is_required(criterion: &CriterionResult, policy: &Policy) -> bool {
    let asked = policy.criteria.iter().find(|c| c.name == criterion.name);
    criterion.severity == Severity::Must && asked.is_none_or(|asked| !asked.if_measured)
}
