//! The policies of a person's own beside the presets, and those that were in force, to go back to.

use std::rc::Rc;

use greenlight_readiness::Policy;
use greenlight_readiness::policy::PRESETS;

use super::Session;

/// Own policies, and what to go back to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policies {
    /// The policies that are no presets; their names are unique.
    pub own: Vec<Rc<Policy>>,
    /// Why something that was stored on an earlier visit is not among them.
    pub fault: Option<Rc<str>>,
    /// What held when the last change was done with; `None` where nothing has changed since.
    settled: Option<Held>,
    before: Vec<Held>,
}

/// What held at some time.
#[derive(Clone, Debug, PartialEq)]
struct Held {
    policy: Rc<Policy>,
    own: Vec<Rc<Policy>>,
}

/// What can be done about what is asked.
#[derive(Clone, Debug)]
pub enum PolicyAction {
    /// A change to the policy in force, which may go on, as while someone types. A preset stays what it is: the change
    /// makes an own policy of it.
    Edit(Policy),
    /// The change is done with: it is one step back.
    Settle,
    /// A policy from elsewhere: it is kept and judges, in place of the own one of its name.
    Keep(Policy),
    /// Back to what held before the last change.
    Undo,
    /// The own policy in force is given up.
    Remove,
    /// No own policies any more.
    Forget,
}

/// So many steps can be gone back.
const MOST: usize = 100;

/// Whether it is a policy that comes with Greenlight.
pub fn is_preset(policy: &Policy) -> bool {
    Policy::preset(&policy.name).is_some_and(|preset| preset == *policy)
}

/// Takes away what a preset says of the limit that was there `before`, where another is now; whether there was any.
fn drop_foreign_reasons(policy: &mut Policy, before: &Policy) -> bool {
    let presets = PRESETS.into_iter().filter_map(Policy::preset);
    let reasons: Vec<Option<String>> = presets
        .flat_map(|preset| {
            let criteria = preset.criteria.into_iter().map(|criterion| criterion.why);
            criteria.chain(preset.monitoring.into_iter().map(|rule| rule.why))
        })
        .collect();
    let mut any = false;
    let mut drop =
        |why: &mut Option<String>, limit: f64, before: Option<(f64, &Option<String>)>| {
            let is_moved = before.is_some_and(|before| before.0 != limit && before.1 == &*why);
            if is_moved && why.is_some() && reasons.contains(why) {
                *why = None;
                any = true;
            }
        };
    for criterion in &mut policy.criteria {
        let mut before = before.criteria.iter();
        let before = before.find(|one| one.name == criterion.name);
        let before = before.map(|before| (before.limit, &before.why));
        drop(&mut criterion.why, criterion.limit, before);
    }
    for rule in &mut policy.monitoring {
        let mut before = before.monitoring.iter();
        let before = before.find(|one| one.name == rule.name);
        let before = before.map(|before| (before.limit, &before.why));
        drop(&mut rule.why, rule.limit, before);
    }
    any
}

impl Policies {
    /// As a visit begins.
    pub(super) fn stored(own: Vec<Rc<Policy>>, fault: Option<Rc<str>>) -> Self {
        Self {
            own,
            fault,
            ..Self::default()
        }
    }

    /// Whether there is something to go back to.
    pub fn can_undo(&self) -> bool {
        self.settled.is_some() || !self.before.is_empty()
    }

    /// Whether a policy may be called so, in place of the one in force.
    pub fn is_free(&self, name: &str, in_force: &Policy) -> bool {
        let is_taken = |own: &Rc<Policy>| own.name == name && own.name != in_force.name;
        Policy::preset(name).is_none() && !self.own.iter().any(is_taken)
    }

    /// A name for what is made of a preset: `our_fraud`, `our_fraud_2` and so on.
    fn name_after(&self, preset: &str) -> String {
        let is_taken = |name: &str| self.own.iter().any(|own| own.name == name);
        let mut name = format!("our_{preset}");
        let mut number = 2;
        while is_taken(&name) {
            name = format!("our_{preset}_{number}");
            number += 1;
        }
        name
    }

    /// Puts a policy where the one called `name` is, or last.
    pub(super) fn put(&mut self, name: &str, policy: &Rc<Policy>) {
        match self.own.iter_mut().find(|own| own.name == name) {
            Some(own) => *own = Rc::clone(policy),
            None => self.own.push(Rc::clone(policy)),
        }
    }
}

impl Session {
    /// The session with another policy in force; one step back.
    pub(super) fn choosing(&self, policy: Rc<Policy>) -> Self {
        let mut next = self.settled();
        next.remember();
        next.judged_by(policy).settled()
    }

    /// The session after that; the same where nothing is different.
    pub(super) fn with_policy_action(&self, action: PolicyAction) -> Self {
        match action {
            PolicyAction::Edit(policy) => self.edited(policy),
            PolicyAction::Settle => self.with_own_reasons().settled(),
            PolicyAction::Keep(policy) => {
                let mut next = self.settled();
                next.remember();
                let policy = Rc::new(policy);
                if !is_preset(&policy) {
                    next.policies.put(&policy.name, &policy);
                }
                next.judged_by(policy).settled()
            }
            PolicyAction::Undo => self.undone(),
            PolicyAction::Remove => self.without(|own| own.name == self.policy.name),
            PolicyAction::Forget => self.without(|_| true),
        }
    }

    /// Gives own policies up; where one of them was in force, the first preset judges.
    fn without(&self, is_given_up: impl Fn(&Policy) -> bool) -> Self {
        let mut next = self.settled();
        next.remember();
        next.policies.own.retain(|own| !is_given_up(own));
        next.policies.fault = None;
        match is_preset(&self.policy) {
            true => next.settled(),
            false => next.judged_by(Rc::new(Policy::balanced())).settled(),
        }
    }

    fn edited(&self, mut policy: Policy) -> Self {
        if policy == *self.policy {
            return self.clone();
        }
        let mut next = self.clone();
        next.remember();
        let is_preset = is_preset(&self.policy);
        if is_preset && policy.name == self.policy.name {
            policy.name = self.policies.name_after(&policy.name);
        }
        let policy = Rc::new(policy);
        let place = if is_preset { &policy } else { &self.policy };
        next.policies.put(&place.name, &policy);
        next.judged_by(policy)
    }

    /// After a change: a preset's reason for a limit goes where the limit went.
    fn with_own_reasons(&self) -> Self {
        let mut policy = (*self.policy).clone();
        let before = self.policies.settled.as_ref();
        match before.is_some_and(|before| drop_foreign_reasons(&mut policy, &before.policy)) {
            true => self.edited(policy),
            false => self.clone(),
        }
    }

    /// Notes what holds before a change, unless a change is under way.
    fn remember(&mut self) {
        if self.policies.settled.is_none() {
            self.policies.settled = Some(Held {
                policy: Rc::clone(&self.policy),
                own: self.policies.own.clone(),
            });
        }
    }

    /// A change that is under way is done with.
    fn settled(&self) -> Self {
        let mut next = self.clone();
        let policies = &mut next.policies;
        if let Some(held) = policies.settled.take()
            && (held.policy != next.policy || held.own != policies.own)
        {
            if policies.before.len() == MOST {
                policies.before.remove(0);
            }
            policies.before.push(held);
        }
        next
    }

    fn undone(&self) -> Self {
        let mut next = self.settled();
        let Some(held) = next.policies.before.pop() else {
            return next;
        };
        next.policies.own = held.own;
        next.judged_by(held.policy)
    }

    /// The verdict as it was before the last change, on what is on screen now.
    pub fn verdict_before(&self) -> Option<greenlight_readiness::Verdict> {
        let before = self.policies.settled.as_ref();
        let before = before.or(self.policies.before.last())?;
        let loaded = self.loaded.as_deref()?;
        Some(loaded.judged_by(&before.policy).report.verdict)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Action;
    use yew::Reducible;

    fn act(session: &Rc<Session>, action: PolicyAction) -> Rc<Session> {
        Rc::clone(session).reduce(Action::Policy(action))
    }

    fn with_limit(session: &Session, limit: f64) -> PolicyAction {
        let mut policy = (*session.policy).clone();
        policy.criteria[0].limit = limit;
        PolicyAction::Edit(policy)
    }

    fn names(session: &Session) -> Vec<&str> {
        let own = session.policies.own.iter();
        own.map(|own| own.name.as_str()).collect()
    }

    #[test]
    fn what_is_typed_is_one_step_and_makes_a_preset_an_own_policy() {
        let preset = Rc::new(Session::default());
        let mut session = Rc::clone(&preset);
        for limit in [0.9, 0.09, 0.95] {
            session = act(&session, with_limit(&session, limit));
        }
        session = act(&session, PolicyAction::Settle);
        assert_eq!(session.policy.name, "our_balanced");
        assert_eq!(session.policy.criteria[0].limit, 0.95);
        assert_eq!(names(&session), ["our_balanced"]);
        let session = act(&session, with_limit(&session, 0.7));
        let back = act(&session, PolicyAction::Undo);
        assert_eq!(back.policy.criteria[0].limit, 0.95);
        let back = act(&back, PolicyAction::Undo);
        assert_eq!((&back.policy, names(&back)), (&preset.policy, vec![]));
        assert!(!back.policies.can_undo());
        assert_eq!(act(&back, PolicyAction::Undo), back);
    }

    #[test]
    fn a_reason_goes_with_the_limit_it_is_given_for() {
        let session = Rc::new(Session::default());
        let session = act(&session, with_limit(&session, 0.85));
        assert!(
            session.policy.criteria[0].why.is_some(),
            "while it is typed"
        );
        let session = act(&session, PolicyAction::Settle);
        assert_eq!(session.policy.criteria[0].why, None);
        assert!(session.policy.criteria[1].why.is_some());
        let mut policy = (*session.policy).clone();
        policy.criteria[0].why = Some("The desk can take 15 %.".to_owned());
        let session = act(&session, PolicyAction::Edit(policy));
        let session = act(&session, with_limit(&session, 0.86));
        let session = act(&session, PolicyAction::Settle);
        assert!(session.policy.criteria[0].why.is_some());
        assert_eq!(names(&session), ["our_balanced"]);
    }

    #[test]
    fn a_change_that_changes_nothing_is_no_step() {
        let session = Rc::new(Session::default());
        let typed = act(&session, with_limit(&session, 0.5));
        let session = act(&session, PolicyAction::Edit((*session.policy).clone()));
        assert_eq!(names(&session), Vec::<&str>::new());
        assert!(!session.policies.can_undo());
        let typed = act(&typed, PolicyAction::Settle);
        let again = act(&typed, PolicyAction::Edit((*typed.policy).clone()));
        assert_eq!(act(&again, PolicyAction::Settle), typed);
    }

    #[test]
    fn policies_are_kept_by_name_and_forgotten_together() {
        let mut ours = Policy::fraud();
        ours.name = "ours".to_owned();
        let session = Rc::new(Session::default());
        let session = act(&session, PolicyAction::Keep(ours.clone()));
        assert_eq!(
            (session.policy.name.as_str(), names(&session)),
            ("ours", vec!["ours"])
        );
        ours.minimum_rows = 50;
        let session = act(&session, PolicyAction::Keep(ours));
        assert_eq!(
            (session.policy.minimum_rows, names(&session)),
            (50, vec!["ours"])
        );
        // A preset is there already.
        let session = act(&session, PolicyAction::Keep(Policy::spam()));
        assert_eq!(
            (session.policy.name.as_str(), names(&session)),
            ("spam", vec!["ours"])
        );
        assert!(!session.policies.is_free("ours", &session.policy));
        assert!(!session.policies.is_free("fraud", &session.policy));
        let chosen = Rc::clone(&session).reduce(Action::Judge(Rc::clone(&session.policies.own[0])));
        assert!(chosen.policies.is_free("ours", &chosen.policy));
        let forgotten = act(&chosen, PolicyAction::Forget);
        assert_eq!(
            (forgotten.policy.name.as_str(), names(&forgotten)),
            ("balanced", vec![])
        );
        let back = act(&forgotten, PolicyAction::Undo);
        assert_eq!(back.policy.name, "ours");
        let removed = act(&back, PolicyAction::Remove);
        assert_eq!(
            (removed.policy.name.as_str(), names(&removed)),
            ("balanced", vec![])
        );
        // Renamed, it stays one policy.
        let mut renamed = (*chosen.policy).clone();
        renamed.name = "theirs".to_owned();
        let renamed = act(&chosen, PolicyAction::Edit(renamed));
        assert_eq!(names(&renamed), ["theirs"]);
    }
}
