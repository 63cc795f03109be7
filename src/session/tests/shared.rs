//! Reports without their rows.

use greenlight_link::SharedReport;
use greenlight_readiness::checklist::{Attestations, ITEMS, Level};

use super::*;

fn shared(csv: &[u8], policy: Policy) -> Action {
    let mut reader = SourceReader::new("theirs.csv");
    reader.feed(csv).unwrap();
    let profile = Profile::of(&reader.finish_alone().unwrap(), &Choices::default()).unwrap();
    let attested = Attestations::default();
    let report = SharedReport::of(profile, policy, attested, "theirs.csv", "EUR");
    Action::Show(Box::new(report), Some(Rc::from("payload")))
}

const SHARED: &[u8] = b"label,score\n1,0.9\n0,0.2\n1,0.7\n0,0.4\n";

#[test]
fn a_shared_report_brings_its_policy_and_leaves_the_persons_own() {
    let mut ours = Policy::spam();
    ours.name = "ours".to_owned();
    let mut theirs = Policy::fraud();
    theirs.name = "theirs".to_owned();
    let session = after([
        Action::Policy(PolicyAction::Keep(ours.clone())),
        Action::CountCostsIn("$".into()),
        shared(SHARED, theirs.clone()),
    ]);
    assert!(session.is_shared() && session.is_complete());
    assert_eq!((&*session.policy, &*session.currency), (&theirs, "EUR"));
    assert_eq!(session.report().unwrap().settings.policy, "theirs");
    // What the person's browser has kept goes where it belongs.
    let mut kept = Attestations::default();
    let note = "ours".to_owned();
    kept.set(
        &ITEMS[0],
        greenlight_readiness::checklist::Attestation {
            level: Level::ByHand,
            note,
        },
    );
    let session = session.reduce(Action::Fill(Fill::Kept(kept.clone())));
    assert!(session.checklist_form.attested.is_empty());
    let home = session
        .reduce(open())
        .reduce(profiled(b"label,prediction\n1,1\n0,0\n"));
    assert!(!home.is_shared());
    assert_eq!((&*home.policy, &*home.currency), (&ours, "$"));
    assert_eq!(*home.checklist_form.attested, kept);
    assert_eq!(home.policies.own.len(), 1);
}

#[test]
fn of_a_shared_report_nothing_is_asked_of_the_engine() {
    let session = after([shared(SHARED, Policy::balanced())]);
    assert_eq!(session.to_examine(), None);
    assert_eq!(session.to_watch(), None);
    let moved = session
        .reduce(Action::Decide(Some(0.5)))
        .reduce(Action::Settle);
    assert_eq!(moved.to_examine(), None);
    let loaded = moved.loaded.as_deref().unwrap();
    assert_eq!(
        loaded.report.current().confusion_matrix,
        Some(vec![vec![2, 0], vec![0, 2]])
    );
    assert_eq!(moved.shared().unwrap().payload.as_deref(), Some("payload"));
}
