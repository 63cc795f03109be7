use greenlight_metrics::Constraint;
use greenlight_readiness::checklist::{Attestations, ITEMS, Item, Level};
use greenlight_readiness::monitoring::{MonitoringRule, Watched};
use greenlight_readiness::{Certainty, Operator, Profile, SourceReader, Span, Verdict};

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

fn progress(bytes: u64, at_ms: f64) -> Action {
    let rows = bytes / 10;
    Action::Progress(Progress { bytes, rows, at_ms })
}

/// What the engine finds with a second look at that file, decided by this threshold.
fn examined(csv: &[u8], threshold: Option<f64>) -> Action {
    let mut reader = SourceReader::new("a.csv");
    reader.feed(csv).unwrap();
    let source = reader.finish_alone().unwrap();
    let choices = Choices {
        threshold,
        ..Choices::default()
    };
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    Action::Answer(Answer::Examined {
        id: 1,
        threshold,
        examination: Box::new(profile.examination.unwrap()),
    })
}

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

const HALF_RIGHT: &[u8] = b"label,prediction\n1,1\n0,0\n1,0\n0,1\n";

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

#[test]
fn a_column_that_was_given_away_can_be_had_back() {
    let roles = |label: &str, prediction: &str| {
        let column = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        RoleNames {
            label: column(label),
            prediction: column(prediction),
            ..RoleNames::default()
        }
    };
    let answered = |roles: RoleNames, choices: &Choices| {
        Action::Answer(Answer::Failed {
            id: 1,
            message: "what is the label?".into(),
            table: Some(TableSummary {
                roles,
                choices: choices.clone(),
                ..TableSummary::default()
            }),
        })
    };
    let mut choices = Choices::default();
    let session = after([open(), answered(roles("a", "b"), &choices)]);
    choices.give(greenlight_data::Role::Prediction, ["a"]);
    let asked = session.reduce(Action::Choose(choices.clone()));
    assert_eq!(asked.moves(), [], "the engine has yet to answer");
    let session = asked.reduce(answered(roles("", "a"), &choices));
    let moves = session.moves();
    assert_eq!(moves.len(), 1);
    assert!(moves[0].is_vacant);
    let before = session.before.as_ref().unwrap();
    assert_eq!(before.choices, Choices::default());
    // What is settled about one table says nothing of another.
    assert_eq!(session.reduce(open()).before, None);
}

const SCORED: &[u8] = b"label,prediction,score\n1,1,0.9\n0,0,0.2\n1,0,0.4\n0,1,0.7\n";

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

#[test]
fn demands_are_part_of_what_is_settled_until_another_file_comes() {
    let demands = Demands {
        constraints: vec![Constraint::RecallAtLeast(0.8)],
        ..Demands::default()
    };
    let session = after([
        open(),
        profiled(SCORED),
        Action::Demand(demands.clone()),
        Action::CountCostsIn("euros".into()),
        Action::Decide(Some(0.5)),
        Action::Settle,
    ]);
    assert_eq!(session.choices().demands, demands);
    let other = session.reduce(open()).reduce(profiled(SCORED));
    assert_eq!(other.choices(), Choices::default());
    assert_eq!(&*other.currency, "euros");
}

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

/// Three hundred answers on each of ten days; those of the third are wrong more often.
fn ten_days() -> String {
    let mut csv = "date,label,score\n".to_owned();
    for row in 0..3_000_u32 {
        let (day, label) = (1 + row / 300, row % 3 / 2);
        let is_wrong = row % if day == 3 { 4 } else { 20 } == 0;
        let score = f64::from(row * 7_919 % 1_009) / 2_018.0
            + if (label == 1) != is_wrong { 0.5 } else { 0.0 };
        csv += &format!("2025-03-{day:02},{label},{score}\n");
    }
    csv
}

/// What the engine answers of that file with these choices.
fn profiled_with(csv: &str, choices: &Choices) -> Action {
    let mut reader = SourceReader::new("a.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    Action::Answer(Answer::Profiled {
        id: 1,
        profile: Box::new(Profile::of(&source, choices).unwrap()),
        table: TableSummary {
            name: "a.csv".into(),
            choices: choices.clone(),
            ..TableSummary::default()
        },
    })
}

fn look(session: &Session) -> (u64, Option<f64>) {
    let now = session.report().unwrap().current();
    (now.rows, now.accuracy)
}

#[test]
fn a_run_of_windows_is_judged_at_once_then_exactly_and_all_rows_come_back() {
    let csv = ten_days();
    let begun = after([
        open(),
        profiled_with(&csv, &Choices::default()),
        examined(csv.as_bytes(), None),
    ]);
    let all = look(&begun);
    assert_eq!(begun.to_examine(), None);

    let chosen = Rc::clone(&begun).reduce(Action::Select(Some(2..4)));
    let loaded = chosen.loaded.as_deref().unwrap();
    assert!(loaded.is_at_once() && loaded.certainty == Certainty::NearestStop);
    assert_eq!(loaded.chosen_windows(), Some(2..4));
    assert_eq!(chosen.report().unwrap().windows.len(), 10);
    // The engine is asked first.
    assert_eq!(
        (chosen.to_examine(), chosen.status()),
        (None, Status::Ready)
    );
    let asked = chosen.asked.clone().unwrap();
    let at_once = look(&chosen);
    assert_eq!(at_once.0, 600);

    let exact = Rc::clone(&chosen).reduce(profiled_with(&csv, &asked));
    let loaded = exact.loaded.as_deref().unwrap();
    assert!(!loaded.is_at_once() && loaded.certainty == Certainty::Exact);
    assert_eq!(look(&exact), at_once);
    assert_eq!(loaded.profile.windows().unwrap().windows.len(), 10);
    // The rows in the range are still to be looked at a second time.
    assert_eq!(exact.to_examine(), Some(None));

    let back = Rc::clone(&exact).reduce(Action::Select(None));
    assert_eq!(look(&back), all);
    let asked = back.asked.clone().unwrap();
    assert_eq!(asked, Choices::default());
    let back = back.reduce(profiled_with(&csv, &asked));
    assert_eq!((look(&back), back.to_examine()), (all, None));
    assert_eq!(back.report(), begun.report());
}

#[test]
fn a_threshold_moves_within_a_run_of_windows() {
    let csv = ten_days();
    let chosen = after([
        open(),
        profiled_with(&csv, &Choices::default()),
        examined(csv.as_bytes(), None),
        Action::Decide(Some(0.62)),
        Action::Settle,
        Action::Select(Some(0..5)),
    ]);
    let settings = &chosen.loaded.as_deref().unwrap().profile.settings;
    assert_eq!(
        (settings.threshold, settings.range.is_some()),
        (Some(0.62), true)
    );
    let asked = chosen.asked.clone().unwrap();
    let exact = Rc::clone(&chosen).reduce(profiled_with(&csv, &asked));
    assert_eq!(look(&exact).0, 1_500);
    let moved = exact.reduce(Action::Decide(Some(0.3)));
    assert_eq!(look(&moved).0, 1_500);
    let windows = moved.loaded.as_deref().unwrap().profile.windows().unwrap();
    assert!(
        windows
            .windows
            .iter()
            .all(|window| window.statistics.confusion.is_ok())
    );
}

#[test]
fn windows_that_are_not_there_cannot_be_chosen_and_a_failure_leads_back() {
    let csv = ten_days();
    let begun = after([open(), profiled_with(&csv, &Choices::default())]);
    // The windows are yet to be found.
    let same = Rc::clone(&begun).reduce(Action::Select(Some(0..2)));
    assert!(Rc::ptr_eq(&same, &begun));
    let begun = begun.reduce(examined(csv.as_bytes(), None));
    for none in [Some(3..3), Some(5..99), None] {
        let same = Rc::clone(&begun).reduce(Action::Select(none));
        assert!(Rc::ptr_eq(&same, &begun));
    }
    let chosen = Rc::clone(&begun).reduce(Action::Select(Some(0..2)));
    let failed = chosen.reduce(failed());
    assert_eq!(look(&failed), look(&begun));
    assert_eq!(failed.choices().span, None);
}

#[test]
fn a_range_of_an_address_is_known_again_where_windows_make_it_up() {
    let csv = ten_days();
    let begun = after([
        open(),
        profiled_with(&csv, &Choices::default()),
        examined(csv.as_bytes(), None),
    ]);
    let loaded = begun.loaded.as_deref().unwrap();
    assert_eq!(loaded.chosen_range(), None);
    let span = loaded.span_of(2..5).unwrap();
    assert_eq!(loaded.windows_of(span), Some(2..5));
    let Span::Time { from_ms, to_ms } = span else {
        panic!("{span:?}");
    };
    let late = to_ms + 1;
    for none in [
        Span::Time {
            from_ms,
            to_ms: late,
        },
        Span::Rows { from: 0, to: 0 },
        Span::Rows { from: 0, to: 300 },
    ] {
        assert_eq!(loaded.windows_of(none), None);
    }
    let chosen = Rc::clone(&begun).reduce(Action::Select(Some(2..5)));
    let chosen = chosen.loaded.as_deref().unwrap();
    assert_eq!(
        (chosen.chosen_range(), chosen.windows_of(span)),
        (Some(span), Some(2..5))
    );
}

#[test]
fn rows_are_watched_where_the_policy_has_rules_over_them() {
    let csv = b"label,prediction,latency_ms\n1,1,90\n0,0,110\n1,1,95\n0,0,105\n";
    let session = after([open(), profiled(csv), examined(csv, None)]);
    assert_eq!((session.to_watch(), session.is_complete()), (None, true));

    let rule = |limit| {
        let mut policy = Policy::balanced();
        policy.name = "ours".into();
        policy.monitoring = vec![MonitoringRule::new(
            "slow",
            Watched::LatencyMs,
            Operator::AtMost,
            limit,
        )];
        Action::Policy(PolicyAction::Keep(policy))
    };
    let watched = |session: &Session| {
        let mut reader = SourceReader::new("a.csv");
        reader.feed(csv).unwrap();
        let source = reader.finish_alone().unwrap();
        let choices = Choices::default();
        let mut profile = Profile::of(&source, &choices).unwrap();
        let rules = session.to_watch().unwrap();
        profile.watch(&source, &choices, &rules).unwrap();
        Action::Answer(Answer::Watched {
            id: 1,
            alerts: profile.row_alerts,
        })
    };
    let session = session.reduce(rule(100.0));
    assert!(!session.is_complete());
    assert_eq!(session.report().unwrap().alerts, []);
    let answer = watched(&session);
    let session = session.reduce(answer.clone());
    assert_eq!((session.to_watch(), session.is_complete()), (None, true));
    let alert = &session.report().unwrap().alerts[0];
    assert_eq!((alert.first.value, alert.count), (110.0, 2));

    // With another limit they are watched again; what comes late changes nothing.
    let session = session.reduce(rule(108.0));
    assert_eq!(session.report().unwrap().alerts, []);
    let late = Rc::clone(&session).reduce(answer);
    assert_eq!(late.report().unwrap().alerts, []);
    let answer = watched(&late);
    let session = late.reduce(answer);
    assert_eq!(session.report().unwrap().alerts[0].count, 1);
    // Other data are watched anew.
    assert!(session.reduce(profiled(csv)).to_watch().is_some());
}

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
