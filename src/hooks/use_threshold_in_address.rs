//! The threshold as a part of the address, so that a link leads to it.

use gloo::events::EventListener;
use gloo::utils::window;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::use_hash::current_hash;
use crate::session::{Action, Loaded, Session};
use crate::views::View;

/// Decides as the address says when the first data are there and when the address changes; writes into it where the
/// threshold was let go.
#[hook]
pub fn use_threshold_in_address(session: &Session, act: Callback<Action>) {
    let settled = session.thresholds.settled();
    let is_loaded = session.loaded.is_some();
    let has_scores = session.loaded.as_deref().is_some_and(has_scores);
    {
        let act = act.clone();
        use_effect_with(has_scores, move |&has_scores| {
            if has_scores {
                follow(&act);
            }
        });
    }
    use_effect_with(
        (is_loaded, has_scores, settled),
        move |&(is_loaded, has_scores, settled)| {
            let listener = is_loaded.then(|| {
                write(settled);
                EventListener::new(&window(), "hashchange", move |_| {
                    match View::threshold_of_address(&current_hash()) {
                        Some(_) if has_scores => follow(&act),
                        // The links between views carry none.
                        _ => write(settled),
                    }
                })
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
fn write(threshold: Option<f64>) {
    let hash = current_hash();
    if hash.is_empty() && threshold.is_none() || View::threshold_of_address(&hash) == threshold {
        return;
    }
    let view = View::of_hash(&hash);
    let hash = match View::of_address(&hash) {
        Some(_) => View::address_at(&hash, threshold),
        None => View::address_at(view.address().trim_start_matches('#'), threshold),
    };
    let history = window().history();
    // Refused only where a page changes its address hundreds of times a minute; the next time will do.
    let _ =
        history.and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&hash)));
}
