//! What is asked of the engine because of what is on screen, without anyone asking.

use std::rc::Rc;

use yew::prelude::*;

use crate::engine::client::Client;
use crate::session::Session;

/// Asks the engine for the counts at a threshold that the page knows only roughly.
#[hook]
pub fn use_exact_counts(session: &Session, engine: Client) {
    let loaded = session.loaded.as_deref();
    let rough =
        loaded.is_some_and(|loaded| loaded.profile.certainty.is_rough()) && !session.is_shared();
    let wanted = session.thresholds.current().filter(|_| rough);
    // What was asked of the data before is not answered once there are others.
    let table = loaded.map(|loaded| Rc::as_ptr(&loaded.table));
    use_effect_with((table, wanted), move |(_, wanted)| {
        if let Some(threshold) = *wanted {
            engine.count(threshold);
        }
    });
}

/// Has the engine find the best thresholds for what is asked of them.
#[hook]
pub fn use_demands(session: &Session, engine: Client) {
    let loaded = session.loaded.clone();
    let table = loaded.as_deref().map(|loaded| Rc::as_ptr(&loaded.table));
    use_effect_with((table, session.to_demand()), move |(_, wanted)| {
        if let (Some(demands), Some(loaded)) = (wanted, loaded) {
            let (choices, settings) = (&loaded.table.choices, &loaded.given.settings);
            engine.choose_thresholds(demands.clone(), choices.clone(), settings.clone());
        }
    });
}

/// Has the engine look at the rows a second time, once the verdict on the first look is on screen.
#[hook]
pub fn use_examination(session: &Session, engine: Client) {
    let table = session
        .loaded
        .as_deref()
        .map(|loaded| Rc::as_ptr(&loaded.table));
    let wanted = session.to_examine();
    use_effect_with((table, wanted), move |(_, wanted)| {
        if let Some(threshold) = *wanted {
            engine.examine(threshold);
        }
    });
}

/// Has the engine watch the rows for rules over single rows, as soon as the policy has other ones.
#[hook]
pub fn use_row_watch(session: &Session, engine: Client) {
    let table = session
        .loaded
        .as_deref()
        .map(|loaded| Rc::as_ptr(&loaded.table));
    use_effect_with((table, session.to_watch()), move |(_, wanted)| {
        if let Some(rules) = wanted {
            engine.watch(rules.clone());
        }
    });
}
