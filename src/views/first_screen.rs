//! What one sees first: the question, and the ways in.

use yew::prelude::*;

use crate::components::WaysIn;
use crate::input::Input;

/// The properties of [`FirstScreen`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Gets what a person brings.
    pub open: Callback<Input>,
    /// Gets a message where there is nothing to read.
    pub fail: Callback<String>,
}

/// What one sees first.
#[component]
pub fn FirstScreen(Props { open, fail }: &Props) -> Html {
    html! {
        <section class="first-screen">
            <h1>{ "Is your model ready for production?" }</h1>
            <p class="lead">
                { "Give it a file of predictions. The answer comes with its reasons, in seconds." }
            </p>
            <WaysIn {open} {fail} />
        </section>
    }
}
