//! Own policies and the choice among all, kept in this browser from one visit to the next.

use greenlight_readiness::Policy;
use web_sys::Storage;
use yew::prelude::*;

use super::storage;
use crate::session::{Session, stored_policies};

/// Whether this browser lets the page keep anything.
pub fn can_store() -> bool {
    storage().is_some()
}

/// The session as it begins, with what was stored.
pub fn session_with_stored() -> Session {
    let text = storage().and_then(|storage| storage.get_item(stored_policies::KEY).ok()?);
    text.map_or_else(Session::default, |text| stored_policies::read(&text))
}

/// Stores policies whenever they change; what cannot be stored lasts as long as the visit.
#[hook]
pub fn use_stored_policies(session: &Session) {
    let is_first = use_mut_ref(|| true);
    let held = (session.policy.clone(), session.policies.own.clone());
    let session = session.clone();
    use_effect_with(held, move |_| {
        // What was read is not written back before something has changed, least of all what could not be read.
        // The policies of a report that someone shared are not this person's.
        if !is_first.replace(false)
            && !session.is_shared()
            && let Some(storage) = storage()
        {
            store(&storage, &session);
        }
    });
}

fn store(storage: &Storage, session: &Session) {
    let is_plain = session.policies.own.is_empty() && *session.policy == Policy::balanced();
    // A storage that is full or forbidden costs the next visit its policies, and nothing now.
    let _ = match stored_policies::write(session) {
        Ok(text) if !is_plain => storage.set_item(stored_policies::KEY, &text),
        _ => storage.remove_item(stored_policies::KEY),
    };
}
