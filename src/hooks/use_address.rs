//! What the address carries beside the view: the threshold, and a report that someone shared.

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::utils::window;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::use_hash::current_hash;
use crate::input::Input;
use crate::session::{Action, Loaded, Session};
use crate::views::View;

/// Decides as the address says when the first data are there and when the address changes, and opens the report that it holds; writes into it
/// where the threshold was let go, and the report on screen.
#[hook]
pub fn use_address(session: &Session, act: Callback<Action>, open: Callback<Input>) {
    let settled = session.thresholds.settled();
    let is_loaded = session.loaded.is_some();
    let has_scores = session.loaded.as_deref().is_some_and(has_scores);
    let report = session.shared().and_then(|shared| shared.payload.clone());
    {
        let act = act.clone();
        use_effect_with((has_scores, report.clone()), move |&(has_scores, _)| {
            if has_scores {
                follow(&act);
            }
        });
    }
    use_effect_with(
        (is_loaded, has_scores, settled, report),
        move |(is_loaded, has_scores, settled, report)| {
            let (is_loaded, has_scores, settled) = (*is_loaded, *has_scores, *settled);
            let report: Option<Rc<str>> = report.clone();
            if is_loaded {
                write(settled, report.as_deref());
            }
            let listener = EventListener::new(&window(), "hashchange", move |_| {
                let hash = current_hash();
                let other = View::report_of_address(&hash)
                    .filter(|other| report.as_deref() != Some(*other));
                match (other, View::threshold_of_address(&hash)) {
                    (Some(other), _) => open.emit(Input::Shared(other.to_owned())),
                    (None, Some(_)) if has_scores => follow(&act),
                    // The links between views carry nothing.
                    _ if is_loaded => write(settled, report.as_deref()),
                    _ => {}
                }
            });
            move || drop(listener)
        },
    );
}

fn has_scores(loaded: &Loaded) -> bool {
    loaded.given.overall.tradeoff().is_some()
}

fn follow(act: &Callback<Action>) {
    if let Some(threshold) = View::threshold_of_address(&current_hash()) {
        act.emit(Action::Decide(Some(threshold)));
        act.emit(Action::Settle);
    }
}

/// In place of the address, so that going back leads to the view before and not through every threshold.
fn write(threshold: Option<f64>, report: Option<&str>) {
    let hash = current_hash();
    let is_written =
        View::threshold_of_address(&hash) == threshold && View::report_of_address(&hash) == report;
    if is_written {
        return;
    }
    let view = View::of_hash(&hash);
    let hash = match View::of_address(&hash) {
        Some(_) => View::address_with(&hash, threshold, report),
        None => View::address_with(view.address().trim_start_matches('#'), threshold, report),
    };
    let history = window().history();
    // Refused only where a page changes its address hundreds of times a minute; the next time will do.
    let _ =
        history.and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&hash)));
}
