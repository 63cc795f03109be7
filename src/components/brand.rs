//! The name and its mark, which lead back to the start.

use yew::prelude::*;

/// The name and its mark.
#[component]
pub fn Brand() -> Html {
    html! {
        <a class="brand" href="#/" aria-label="Greenlight">
            <svg viewBox="8 1 16 30" aria-hidden="true">
                <rect x="8" y="1" width="16" height="30" rx="8" />
                <circle cx="16" cy="8.2" r="3.4" />
                <circle cx="16" cy="16" r="3.4" />
                <circle class="lit" cx="16" cy="23.8" r="4.2" />
            </svg>
            <span>{ "Greenlight" }</span>
        </a>
    }
}
