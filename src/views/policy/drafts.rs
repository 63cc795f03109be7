//! What is typed and cannot be taken yet: it stays where it is typed, and the policy in force stays as it was.

use greenlight_readiness::Policy;

use super::changes::Change;

/// A part of a policy that has keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The policy itself.
    Whole,
    /// The criterion at a place.
    Criterion(usize),
    /// The rule over time at a place.
    Rule(usize),
}

impl Part {
    /// One of its keys as the validator writes the place.
    pub fn path(self, key: &str) -> String {
        match self {
            Self::Whole => key.to_owned(),
            Self::Criterion(index) => format!("criteria[{index}].{key}"),
            Self::Rule(index) => format!("monitoring[{index}].{key}"),
        }
    }

    /// Where it stands in its list.
    fn index(self) -> usize {
        match self {
            Self::Whole => 0,
            Self::Criterion(index) | Self::Rule(index) => index,
        }
    }

    /// The part after another of its list is gone.
    fn without(self, gone: Self) -> Self {
        let before = |index: usize, gone: usize| index - usize::from(index > gone);
        match (self, gone) {
            (Self::Criterion(index), Self::Criterion(gone)) => Self::Criterion(before(index, gone)),
            (Self::Rule(index), Self::Rule(gone)) => Self::Rule(before(index, gone)),
            (part, _) => part,
        }
    }
}

/// What a control says while someone is at it, or because it cannot be taken.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The place in the policy's JSON, as `limit` of a criterion or `name` of the policy.
    pub key: &'static str,
    /// Of what.
    pub part: Part,
    /// What was typed or chosen.
    pub text: String,
    /// What it changes.
    pub change: Change,
    /// Why it is not in force.
    pub message: Option<String>,
}

impl Draft {
    /// The place as the validator writes it.
    pub fn path(&self) -> String {
        self.part.path(self.key)
    }
}

/// Draws what can be taken into the policy: the new draft, then those that could not be taken before.
/// `is_free` says whether the policy may be called so.
pub fn taken(
    policy: &Policy,
    drafts: &[Draft],
    new: Draft,
    is_free: impl Fn(&str) -> bool,
) -> (Policy, Vec<Draft>) {
    let mut policy = policy.clone();
    let place = (new.part, new.key);
    let others = drafts
        .iter()
        .filter(|draft| (draft.part, draft.key) != place);
    let mut drafts = vec![new];
    drafts.extend(others.cloned());
    for (position, draft) in drafts.iter_mut().enumerate() {
        if position > 0 && draft.message.is_none() {
            continue;
        }
        let mut changed = policy.clone();
        let done = (draft.change)(&mut changed, draft.part.index(), &draft.text)
            .and_then(|()| checked(&changed, &policy, draft, &is_free));
        draft.message = done.err();
        if draft.message.is_none() {
            policy = changed;
        }
    }
    (policy, drafts)
}

/// The drafts after a part is gone.
pub fn without(drafts: &[Draft], gone: Part) -> Vec<Draft> {
    let stay = drafts.iter().filter(|draft| draft.part != gone);
    let mut stay: Vec<Draft> = stay.cloned().collect();
    for draft in &mut stay {
        draft.part = draft.part.without(gone);
    }
    stay
}

fn checked(
    changed: &Policy,
    before: &Policy,
    draft: &Draft,
    is_free: impl Fn(&str) -> bool,
) -> Result<(), String> {
    if changed.name != before.name && !is_free(&changed.name) {
        return Err(format!(
            "There is another policy called “{}”.",
            changed.name
        ));
    }
    let Err(error) = changed.check() else {
        return Ok(());
    };
    let path = draft.path();
    let problems = error.problems;
    let here = problems.iter().find(|problem| problem.path == path);
    Err(match (here, problems.first()) {
        (Some(problem), _) => problem.message.clone(),
        (None, Some(problem)) => format!("{}: {}", problem.path, problem.message),
        (None, None) => String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::policy::changes::{set_criterion_name, set_limit, set_name, set_operator};
    use greenlight_readiness::Operator;

    fn draft(index: usize, key: &'static str, text: &str, change: Change) -> Draft {
        Draft {
            key,
            part: Part::Criterion(index),
            text: text.to_owned(),
            change,
            message: None,
        }
    }

    #[test]
    fn what_cannot_be_taken_stays_and_is_taken_once_it_can() {
        let spam = Policy::spam();
        let above = draft(0, "operator", ">", set_operator);
        let (policy, drafts) = taken(&spam, &[], draft(0, "limit", "100", set_limit), |_| true);
        assert_eq!((policy.criteria[0].limit, &drafts[0].message), (1.0, &None));
        let (policy, drafts) = taken(&policy, &drafts, above, |_| true);
        assert_eq!(policy.criteria[0].operator, Operator::AtLeast);
        let message = drafts[0].message.as_deref().unwrap();
        assert!(message.contains("would always hold, or never"), "{message}");
        let (same, drafts) = taken(
            &policy,
            &drafts,
            draft(0, "limit", "nine", set_limit),
            |_| true,
        );
        assert_eq!(same, policy);
        let faults = drafts.iter().filter(|draft| draft.message.is_some());
        assert_eq!(faults.count(), 2);
        let (policy, drafts) = taken(&policy, &drafts, draft(0, "limit", "90", set_limit), |_| {
            true
        });
        assert_eq!(policy.criteria[0].operator, Operator::Above);
        assert_eq!(policy.criteria[0].limit, 0.9);
        assert!(drafts.iter().all(|draft| draft.message.is_none()));
    }

    #[test]
    fn names_are_held_to_the_validator_and_to_the_other_policies() {
        let spam = Policy::spam();
        let name = spam.criteria[1].name.clone();
        let (same, drafts) = taken(
            &spam,
            &[],
            draft(0, "name", &name, set_criterion_name),
            |_| true,
        );
        assert_eq!(same, spam);
        let message = drafts[0].message.as_deref().unwrap();
        assert!(message.contains("names are unique"), "{message}");
        let taken_name = Draft {
            part: Part::Whole,
            ..draft(0, "name", "fraud", set_name)
        };
        let (same, drafts) = taken(&spam, &drafts, taken_name, |name| name != "fraud");
        assert_eq!(same, spam);
        assert_eq!(drafts.len(), 2);
        let rule = Draft {
            part: Part::Rule(2),
            ..draft(0, "limit", "x", set_limit)
        };
        let typed = [draft(2, "limit", "x", set_limit), drafts[1].clone(), rule];
        let left = without(&typed, Part::Criterion(0));
        let parts: Vec<Part> = left.iter().map(|draft| draft.part).collect();
        assert_eq!(parts, [Part::Criterion(1), Part::Rule(2)]);
    }
}
