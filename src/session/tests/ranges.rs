//! Ranges of time.

use greenlight_readiness::{Certainty, Span};

use super::*;

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
    assert!(loaded.is_at_once() && loaded.profile.certainty == Certainty::NearestStop);
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
    assert!(!loaded.is_at_once() && loaded.profile.certainty == Certainty::Exact);
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
