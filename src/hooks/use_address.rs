//! What the address carries beside the view: the threshold, the range of time that is looked at, and a report that someone shared.

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::utils::window;
use greenlight_readiness::Span;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::use_hash::current_hash;
use crate::context::Context;
use crate::input::Input;
use crate::session::{Action, Loaded};
use crate::views::View;

/// What is in force, as an address carries it.
#[derive(Clone, PartialEq)]
struct InForce {
    threshold: Option<f64>,
    range: Option<Span>,
    report: Option<Rc<str>>,
}

/// Decides as the address says when the first data are there and when the address changes, looks at the range of time that it says once there
/// are windows, and opens the report that it holds; writes into it where the threshold was let go, the range, and the report on screen.
#[hook]
pub fn use_address(context: &Context) {
    let session = &context.session;
    let loaded = session.loaded.as_deref();
    let is_loaded = loaded.is_some();
    let has_scores = loaded.is_some_and(has_scores);
    let has_windows = loaded.is_some_and(|loaded| loaded.profile.windows().is_some());
    // Where there are no windows, and will be none.
    let is_known = has_windows || session.is_complete();
    let in_force = InForce {
        threshold: session.thresholds.settled(),
        range: loaded.and_then(Loaded::chosen_range),
        report: session.shared().and_then(|shared| shared.payload.clone()),
    };
    // A range that the address says, until there are windows that it can be one of.
    let asked = use_mut_ref(|| View::range_of_address(&current_hash()));
    // The address that was last followed or written. Another one is followed first: its event is under way.
    let known = use_mut_ref(|| None::<String>);
    let latest = use_mut_ref(|| context.clone());
    latest.replace(context.clone());
    {
        let act = context.act.clone();
        use_effect_with(
            (has_scores, in_force.report.clone()),
            move |&(has_scores, _)| {
                if has_scores {
                    follow_threshold(&act);
                }
            },
        );
    }
    {
        let (asked, latest) = (Rc::clone(&asked), Rc::clone(&latest));
        let of = (is_known, in_force.report.clone());
        use_effect_with(of, move |&(is_known, _)| {
            if is_known && let Some(span) = asked.take() {
                let context = latest.borrow().clone();
                follow_range(&context, span);
            }
        });
    }
    use_effect_with(
        (is_loaded, has_scores, is_known, in_force),
        move |(is_loaded, has_scores, is_known, in_force)| {
            let (is_loaded, has_scores, is_known) = (*is_loaded, *has_scores, *is_known);
            let in_force = in_force.clone();
            let is_followed = known
                .borrow()
                .as_ref()
                .is_none_or(|known| *known == current_hash());
            if is_loaded && is_followed {
                write(&InForce {
                    range: in_force.range.or(*asked.borrow()),
                    ..in_force.clone()
                });
            }
            if is_followed {
                known.replace(Some(current_hash()));
            }
            let listener = EventListener::new(&window(), "hashchange", move |_| {
                let hash = current_hash();
                known.replace(Some(hash.clone()));
                let range = View::range_of_address(&hash);
                let other = View::report_of_address(&hash)
                    .filter(|other| in_force.report.as_deref() != Some(*other));
                if let Some(other) = other {
                    asked.replace(range);
                    latest.borrow().open.emit(Input::Shared(other.to_owned()));
                    return;
                }
                let context = latest.borrow().clone();
                let threshold = View::threshold_of_address(&hash).filter(|_| has_scores);
                if threshold.is_some() {
                    follow_threshold(&context.act);
                }
                if let Some(span) = range.filter(|span| in_force.range != Some(*span)) {
                    match is_known {
                        true => follow_range(&context, span),
                        false => _ = asked.replace(Some(span)),
                    }
                }
                // The links between views carry nothing.
                if is_loaded {
                    write(&InForce {
                        threshold: threshold.or(in_force.threshold),
                        range: in_force.range.or(*asked.borrow()),
                        ..in_force.clone()
                    });
                    known.replace(Some(current_hash()));
                }
            });
            move || drop(listener)
        },
    );
}

fn has_scores(loaded: &Loaded) -> bool {
    loaded.given.overall.tradeoff().is_some()
}

fn follow_threshold(act: &Callback<Action>) {
    if let Some(threshold) = View::threshold_of_address(&current_hash()) {
        act.emit(Action::Decide(Some(threshold)));
        act.emit(Action::Settle);
    }
}

/// Looks at the windows of a range, or says that there are no such.
fn follow_range(context: &Context, span: Span) {
    let loaded = context.session.loaded.as_deref();
    match loaded.and_then(|loaded| loaded.windows_of(span)) {
        Some(windows) => context.select(Some(windows)),
        // Not a failure: the next answer of the engine, which may be under way, would put it away unread.
        None => context.act.emit(Action::Warn(
            "the range of time in the address is none of these data, so it is not looked at alone"
                .to_owned(),
        )),
    }
}

/// In place of the address, so that going back leads to the view before and not through every threshold.
fn write(in_force: &InForce) {
    let InForce {
        threshold,
        range,
        report,
    } = in_force;
    let (hash, report) = (current_hash(), report.as_deref());
    let is_written = View::threshold_of_address(&hash) == *threshold
        && View::range_of_address(&hash) == *range
        && View::report_of_address(&hash) == report;
    if is_written {
        return;
    }
    let path = match View::of_address(&hash) {
        Some(_) => hash,
        None => View::of_hash(&hash)
            .address()
            .trim_start_matches('#')
            .to_owned(),
    };
    let hash = View::address_with(&path, *threshold, *range, report);
    let history = window().history();
    // Refused only where a page changes its address hundreds of times a minute; the next time will do.
    let _ =
        history.and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&hash)));
}
