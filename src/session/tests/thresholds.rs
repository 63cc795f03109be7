//! Thresholds that are moved, let go and gone back from.

use greenlight_readiness::CountsAt;

use super::*;

#[test]
fn rows_are_looked_at_again_where_the_threshold_is_let_go() {
    let mut csv = "label,score,region\n".to_owned();
    for row in 0..300_u32 {
        let score = f64::from(row * 7_919 % 1_009) / 1_009.0;
        csv += &format!(
            "{},{score},{}\n",
            row % 3 / 2,
            ["north", "south"][row as usize % 2]
        );
    }
    let csv = csv.as_bytes();
    let session = after([open()]);
    assert_eq!(session.to_examine(), None);
    let session = session.reduce(profiled(csv));
    assert_eq!(session.to_examine(), Some(None));
    assert!(session.report().unwrap().segments.is_empty());
    let session = session.reduce(examined(csv, None));
    assert_eq!(session.to_examine(), None);
    assert_eq!(session.report().unwrap().segments["region"].len(), 2);

    let session = session.reduce(Action::Decide(Some(0.3)));
    assert_eq!(session.to_examine(), None, "not while it moves");
    assert_eq!(session.report().unwrap().weak_segments, None);
    let session = session.reduce(Action::Settle);
    assert_eq!(session.to_examine(), Some(Some(0.3)));
    assert_eq!(
        Rc::clone(&session).reduce(open()).to_examine(),
        None,
        "nor while a file is read"
    );
    let session = session.reduce(examined(csv, Some(0.3)));
    assert_eq!(session.to_examine(), None);
    assert!(session.report().unwrap().weak_segments.is_some());
    let session = session.reduce(Action::Undo);
    assert_eq!(session.to_examine(), None, "that is known");
    assert!(session.report().unwrap().weak_segments.is_some());
    // A look at a threshold that has been left changes nothing.
    let late = Rc::clone(&session).reduce(examined(csv, Some(0.3)));
    assert_eq!(late.report(), session.report());
}

#[test]
fn the_threshold_decides_until_it_is_given_back() {
    let loaded = after([open(), profiled(SCORED)]);
    let moved = Rc::clone(&loaded).reduce(Action::Decide(Some(0.4)));
    let settings = &moved.report().unwrap().settings;
    assert_eq!(settings.threshold, Some(0.4));
    assert_eq!(moved.report().unwrap().current().recall, Some(1.0));
    let back = moved.reduce(Action::Settle).reduce(Action::Undo);
    assert_eq!(back.report(), loaded.report());
    // Another file decides as it says.
    let other = back
        .reduce(Action::Redo)
        .reduce(open())
        .reduce(profiled(SCORED));
    assert_eq!(other.thresholds, Thresholds::default());
    assert_eq!(other.report(), loaded.report());
}

#[test]
fn counts_of_a_threshold_that_was_left_change_nothing() {
    let session = after([open(), profiled(SCORED), Action::Decide(Some(0.5))]);
    let counts = CountsAt {
        threshold: 0.6,
        parts: vec![],
        amounts: None,
    };
    let late = Action::Answer(Answer::Counts { id: 1, counts });
    assert!(Rc::ptr_eq(&session, &Rc::clone(&session).reduce(late)));
}
