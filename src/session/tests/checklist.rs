//! What people attest.

use greenlight_readiness::checklist::{Attestations, ITEMS, Item, Level};

use super::*;

fn attest(item: &'static Item, level: Level) -> Action {
    Action::Fill(Fill::Level(item, level))
}

fn note(item: &'static Item, note: &str) -> Action {
    Action::Fill(Fill::Note(item, note.to_owned()))
}

#[test]
fn what_is_attested_joins_the_checklist_of_any_data() {
    let all = ITEMS
        .iter()
        .flat_map(|item| [attest(item, Level::ByHand), note(item, "see the wiki")]);
    let session = after(all);
    assert_eq!(session.checklist(), None, "there is no data");
    let loaded = session.reduce(open()).reduce(profiled(SCORED));
    let checklist = loaded.checklist().unwrap();
    assert_eq!(checklist.score, Some(3.5));
    assert_eq!(checklist.items[0].note, "see the wiki");
    // The judgement is what it was.
    let without = after([open(), profiled(SCORED)]);
    assert_eq!(loaded.report(), without.report());
    assert_eq!(without.checklist().unwrap().score, None);
    let same = Rc::clone(&loaded).reduce(note(&ITEMS[0], "see the wiki"));
    assert!(Rc::ptr_eq(&loaded, &same), "nothing is rendered for it");
    let other = loaded.reduce(attest(&ITEMS[0], Level::NotDone));
    assert_eq!(other.checklist().unwrap().score, Some(3.0));
}

#[test]
fn a_form_that_is_cleared_or_replaced_comes_back() {
    let session = after([
        open(),
        profiled(SCORED),
        attest(&ITEMS[0], Level::Automated),
    ]);
    let filled = session.checklist_form.clone();
    let cleared = session.reduce(Action::Fill(Fill::Replace(Attestations::default())));
    assert!(cleared.checklist_form.attested.is_empty());
    let back = Rc::clone(&cleared).reduce(Action::Fill(Fill::TakeBack));
    assert_eq!(back.checklist_form, filled);
    let again = Rc::clone(&back).reduce(Action::Fill(Fill::TakeBack));
    assert!(Rc::ptr_eq(&back, &again), "there is nothing to go back to");
    // What is filled in since stays.
    let since = cleared.reduce(attest(&ITEMS[1], Level::ByHand));
    assert_eq!(since.checklist_form.before, None);
}

#[test]
fn a_form_that_cannot_be_read_leaves_what_was_filled_in() {
    let session = after([attest(&ITEMS[0], Level::Automated)]);
    let fail = || Action::Fill(Fill::Fail("“x.json” is no checklist.".into()));
    let failed = Rc::clone(&session).reduce(fail());
    assert_eq!(
        failed.checklist_form.attested,
        session.checklist_form.attested
    );
    assert_eq!(
        failed.checklist_form.fault.as_deref(),
        Some("“x.json” is no checklist.")
    );
    assert!(Rc::ptr_eq(&failed, &Rc::clone(&failed).reduce(fail())));
    let mended = failed.reduce(Action::Fill(Fill::Replace(Attestations::default())));
    assert_eq!(mended.checklist_form.fault, None);

    // What the browser kept is nothing to go back from.
    let mut kept = Attestations::default();
    kept.set(&ITEMS[2], session.checklist_form.attested.of(ITEMS[0].name));
    let read = after([Action::Fill(Fill::Kept(kept.clone()))]);
    assert_eq!(*read.checklist_form.attested, kept);
    assert_eq!(read.checklist_form.before, None);
}
