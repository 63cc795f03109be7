//! Files on their way in.

use greenlight_readiness::Verdict;

use super::*;

#[test]
fn a_warning_stays_beside_what_is_read_until_it_is_put_away() {
    let csv = b"label,prediction\n1,1\n0,0\n";
    let warn = || Action::Warn("the policy cannot be read".to_owned());
    let session = after([warn(), open(), profiled(csv)]);
    assert_eq!(
        session.warning.as_deref(),
        Some("the policy cannot be read")
    );
    assert_eq!(session.status(), Status::Ready);
    let session = session.reduce(failed()).reduce(Action::DismissFailure);
    assert!(session.failure.is_none() && session.warning.is_some());
    let session = session.reduce(Action::DismissFailure);
    assert_eq!(session.warning, None);
    assert!(session.loaded.is_some());
}

#[test]
fn what_cannot_be_read_stops_nothing_that_is_being_read() {
    let csv = b"label,prediction\n1,1\n0,0\n";
    let fail = || Action::Fail("there are no lists yet".to_owned());
    let session = after([fail()]);
    assert_eq!(session.status(), Status::Failed);
    let session = after([open(), fail()]);
    assert_eq!(session.status(), Status::Loading);
    let session = session.reduce(profiled(csv));
    assert_eq!(session.status(), Status::Ready);
    assert_eq!(session.warning.as_deref(), Some("there are no lists yet"));
    // A choice that is being counted stays asked for.
    let choices = session.choices();
    let session = session.reduce(Action::Choose(choices)).reduce(fail());
    assert!(session.asked.is_some() && session.failure.is_none());
}

#[test]
fn a_file_whose_roles_were_settled_by_hand_is_as_new_as_any() {
    let table = || TableSummary {
        name: "b.csv".to_owned(),
        ..TableSummary::default()
    };
    let unclear = || {
        Action::Answer(Answer::Failed {
            id: 2,
            message: "no column says what was right".to_owned(),
            table: Some(table()),
        })
    };
    let decided = after([
        open(),
        profiled(SCORED),
        Action::Decide(Some(0.3)),
        Action::Settle,
    ]);
    let settle = |session: Rc<Session>| {
        let choices = session.choices();
        session
            .reduce(unclear())
            .reduce(Action::Choose(choices))
            .reduce(profiled(SCORED))
    };
    // A choice that cannot be, of the data on screen, is mended and all is as before.
    let mended = settle(Rc::clone(&decided));
    assert_eq!(mended.thresholds.current(), Some(0.3));
    let new = settle(decided.reduce(open()));
    assert_eq!(new.thresholds.current(), None);
    assert!(new.failure.is_none());
}

#[test]
fn a_file_goes_from_empty_through_loading_to_ready() {
    assert_eq!(Session::default().status(), Status::Empty);
    let session = after([open()]);
    assert_eq!(session.status(), Status::Loading);
    let session = session.reduce(progress(40, 0.0));
    assert_eq!(session.loading.as_ref().unwrap().rows, 4);
    let session = session.reduce(profiled(HALF_RIGHT));
    assert_eq!(session.status(), Status::Ready);
    assert_eq!(session.report().unwrap().verdict, Verdict::NotReady);
}

#[test]
fn what_was_good_stays_while_new_data_loads_fails_or_is_cancelled() {
    let good = after([open(), profiled(HALF_RIGHT)]);
    for then in [
        vec![open()],
        vec![open(), failed()],
        vec![open(), Action::Cancel],
    ] {
        let session = then
            .into_iter()
            .fold(Rc::clone(&good), |session, action| session.reduce(action));
        assert_eq!(session.loaded, good.loaded);
        assert_ne!(session.loaded, None);
    }
}

#[test]
fn a_failure_is_shown_until_the_next_file_or_until_it_is_dismissed() {
    let session = after([open(), failed()]);
    assert_eq!(session.status(), Status::Failed);
    assert_eq!(session.failure.as_ref().unwrap().message, "row 3 is broken");
    assert_eq!(
        Rc::clone(&session).reduce(Action::DismissFailure).status(),
        Status::Empty
    );
    assert_eq!(session.reduce(open()).failure, None);
}

#[test]
fn progress_is_shown_ten_times_a_second_and_at_the_end() {
    let session = after([open(), progress(10, 1_000.0)]);
    let soon = Rc::clone(&session).reduce(progress(20, 1_050.0));
    assert!(Rc::ptr_eq(&session, &soon), "shown too soon");
    let later = Rc::clone(&session).reduce(progress(30, 1_100.0));
    assert_eq!(later.loading.as_ref().unwrap().bytes, 30);
    let end = session.reduce(progress(100, 1_010.0));
    assert!(end.loading.as_ref().unwrap().is_read());
}

#[test]
fn the_time_left_follows_from_the_progress() {
    let session = after([
        open(),
        progress(10, 0.0),
        progress(40, 300.0),
        progress(70, 600.0),
    ]);
    let loading = session.loading.as_ref().unwrap();
    let left = loading.pace.ms_left(loading.total_bytes).unwrap();
    assert!((left - 300.0).abs() < 1e-9, "{left}");
    assert_eq!(loading.pace.rows_per_second(), Some(10.0));
    // Another file has a pace of its own.
    let next = session.reduce(open());
    assert_eq!(next.loading.as_ref().unwrap().pace, Pace::default());
}

#[test]
fn progress_of_a_file_that_was_cancelled_changes_nothing() {
    let cancelled = after([open(), Action::Cancel]);
    assert!(Rc::ptr_eq(
        &cancelled,
        &Rc::clone(&cancelled).reduce(progress(50, 10.0))
    ));
}
