//! The part of the address behind `#`, so that back, forward and reload work.

use gloo::events::EventListener;
use gloo::utils::window;
use yew::prelude::*;

/// The hash without its `#`, kept up to date.
#[hook]
pub fn use_hash() -> String {
    let hash = use_state_eq(current_hash);
    {
        let hash = hash.clone();
        use_effect_with((), move |()| {
            let listener =
                EventListener::new(&window(), "hashchange", move |_| hash.set(current_hash()));
            move || drop(listener)
        });
    }
    (*hash).clone()
}

/// The hash without its `#`.
pub fn current_hash() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}
