//! The reducer, from action to action.

mod checklist;
mod choices;
mod ranges;
mod reading;
mod rules;
mod shared;
mod thresholds;

use greenlight_readiness::{Profile, SourceReader};
use yew::Reducible;

use super::*;
use crate::engine::protocol::Answer;

const SCORED: &[u8] = b"label,prediction,score\n1,1,0.9\n0,0,0.2\n1,0,0.4\n0,1,0.7\n";

const HALF_RIGHT: &[u8] = b"label,prediction\n1,1\n0,0\n1,0\n0,1\n";

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
