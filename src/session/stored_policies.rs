//! Policies as this browser keeps them from one visit to the next: the own ones, and the name of the one in force.

use std::rc::Rc;

use greenlight_readiness::Policy;
use greenlight_readiness::policy::PolicyError;

use super::{Policies, Session};

/// Under this key. Another form of what is stored gets another number.
pub const KEY: &str = "greenlight.policies/1";

/// What there is to store: policies and nothing of the data they judged.
///
/// # Errors
/// Where a policy cannot be written; none that judges.
pub fn write(session: &Session) -> Result<String, String> {
    let mut text = String::new();
    for policy in std::iter::once(&session.policy).chain(&session.policies.own) {
        text += &policy.to_json().map_err(|error| error.to_string())?;
        text.push(SEPARATOR);
    }
    Ok(text)
}

/// Between two policies; no JSON holds it as it is.
const SEPARATOR: char = '\u{1e}';

/// A session as it begins with what was stored. What cannot be read is left out, and said.
pub fn read(text: &str) -> Session {
    let mut own: Vec<Rc<Policy>> = Vec::new();
    let mut in_force = None;
    let mut fault = None;
    let pieces = text
        .split(SEPARATOR)
        .filter(|piece| !piece.trim().is_empty());
    for (index, piece) in pieces.enumerate() {
        match Policy::from_json(piece) {
            Ok(policy) if index == 0 => in_force = Some(Rc::new(policy)),
            Ok(policy) => own.push(Rc::new(policy)),
            Err(error) => fault = Some(fault.unwrap_or_else(|| in_words(&error))),
        }
    }
    if let Some(policy) = &in_force {
        // The one that judges is the very one of the list.
        match own.iter_mut().find(|own| own.name == policy.name) {
            Some(own) => *own = Rc::clone(policy),
            None if super::is_preset(policy) => {}
            None => own.push(Rc::clone(policy)),
        }
    }
    let session = Session::default();
    Session {
        policy: in_force.unwrap_or_else(|| Rc::clone(&session.policy)),
        policies: Policies::stored(own, fault),
        ..session
    }
}

fn in_words(error: &PolicyError) -> Rc<str> {
    let first = error.problems.first();
    let first = first.map_or_else(String::new, |problem| format!(" ({problem})"));
    Rc::from(format!(
        "A policy that this browser has stored cannot be read and is left out{first}."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Action, PolicyAction};
    use yew::Reducible;

    #[test]
    fn what_is_stored_is_there_on_the_next_visit() {
        let mut ours = Policy::assistant();
        ours.name = "ours".to_owned();
        let mut theirs = Policy::spam();
        theirs.name = "theirs \u{1e}".to_owned();
        let session = Rc::new(Session::default())
            .reduce(Action::Policy(PolicyAction::Keep(ours.clone())))
            .reduce(Action::Policy(PolicyAction::Keep(theirs.clone())));
        let stored = read(&write(&session).unwrap());
        assert_eq!(stored.policy, session.policy);
        assert_eq!(stored.policies.own, session.policies.own);
        assert_eq!(stored.policies.fault, None);
        let preset = session.reduce(Action::Judge(Rc::new(Policy::fraud())));
        let stored = read(&write(&preset).unwrap());
        assert_eq!(*stored.policy, Policy::fraud());
        assert_eq!(stored.policies.own.len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_left_out_and_said() {
        let session = Rc::new(Session::default())
            .reduce(Action::Policy(PolicyAction::Keep(Policy {
                name: "ours".to_owned(),
                ..Policy::spam()
            })))
            .reduce(Action::Judge(Rc::new(Policy::fraud())));
        let text = write(&session).unwrap();
        let broken = text.replacen("\"metric\": \"recall\"", "\"metric\": \"recal\"", 1);
        let stored = read(&broken);
        assert_eq!(*stored.policy, Policy::balanced());
        assert_eq!(stored.policies.own, session.policies.own);
        let fault = stored.policies.fault.unwrap();
        assert!(fault.contains("criteria[0].metric"), "{fault}");
        for other in ["", "{}", "nonsense", "[1, 2]"] {
            let stored = read(other);
            assert_eq!(*stored.policy, Policy::balanced());
            assert_eq!(
                stored.policies.fault.is_some(),
                !other.is_empty(),
                "{other}"
            );
        }
    }
}
