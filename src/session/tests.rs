use greenlight_readiness::{SourceReader, Verdict};

use super::*;

fn after(actions: impl IntoIterator<Item = Action>) -> Rc<Session> {
    actions
        .into_iter()
        .fold(Rc::new(Session::default()), |session, action| {
            session.reduce(action)
        })
}

fn open() -> Action {
    Action::Open {
        name: "a.csv".into(),
        bytes: 100,
    }
}

fn profiled(csv: &[u8]) -> Action {
    let mut reader = SourceReader::new("a.csv");
    reader.feed(csv).unwrap();
    let profile = Profile::of(&reader.finish_alone().unwrap(), &Choices::default()).unwrap();
    let table = TableSummary {
        name: "a.csv".into(),
        ..TableSummary::default()
    };
    Action::Answer(Answer::Profiled {
        id: 1,
        profile: Box::new(profile),
        table,
    })
}

fn failed() -> Action {
    let message = "row 3 is broken".into();
    Action::Answer(Answer::Failed {
        id: 1,
        message,
        table: None,
    })
}

const HALF_RIGHT: &[u8] = b"label,prediction\n1,1\n0,0\n1,0\n0,1\n";

#[test]
fn a_file_goes_from_empty_through_loading_to_ready() {
    assert_eq!(Session::default().status(), Status::Empty);
    let session = after([open()]);
    assert_eq!(session.status(), Status::Loading);
    let progress = Answer::Progress {
        id: 1,
        bytes: 40,
        rows: 3,
    };
    let session = session.reduce(Action::Answer(progress));
    assert_eq!(session.loading.as_ref().unwrap().rows, 3);
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
fn another_policy_judges_the_same_profile_anew() {
    let session = after([open(), profiled(HALF_RIGHT)]);
    let judged = Rc::clone(&session).reduce(Action::Judge(Rc::new(Policy::spam())));
    assert_eq!(judged.report().unwrap().settings.policy, "spam");
    assert_eq!(
        judged.loaded.as_ref().unwrap().profile,
        session.loaded.as_ref().unwrap().profile
    );
}

#[test]
fn choices_hold_for_the_table_they_were_made_for() {
    let choices = Choices {
        positive: Some("0".into()),
        ..Choices::default()
    };
    let session = after([
        open(),
        profiled(HALF_RIGHT),
        Action::Choose(choices.clone()),
    ]);
    assert_eq!(session.choices(), choices);
    assert_eq!(session.reduce(open()).choices(), Choices::default());
}

#[test]
fn a_table_without_roles_can_be_settled_or_given_up() {
    let choices = Choices {
        positive: Some("yes".into()),
        ..Choices::default()
    };
    let table = TableSummary {
        name: "b.csv".into(),
        choices: choices.clone(),
        ..TableSummary::default()
    };
    let failed = Answer::Failed {
        id: 2,
        message: "which is the label?".into(),
        table: Some(table),
    };
    let session = after([open(), profiled(HALF_RIGHT), open(), Action::Answer(failed)]);
    assert_eq!(session.table().unwrap().name, "b.csv");
    assert_eq!(session.choices(), choices);
    let given_up = session.reduce(Action::DismissFailure);
    assert_eq!(given_up.table().unwrap().name, "a.csv");
    assert_eq!(given_up.choices(), Choices::default());
}
