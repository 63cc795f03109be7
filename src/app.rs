//! The shell of the page.

use yew::prelude::*;

/// The whole page.
#[component]
pub fn App() -> Html {
    html! { <h1>{ "Is your model ready for production?" }</h1> }
}
