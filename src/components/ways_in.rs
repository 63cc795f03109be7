//! Every way in: files, samples, pasted rows, lists, a typed matrix. All of it stands there; nothing has to be unfolded.

mod lists;
mod matrix;
mod rows;

use yew::prelude::*;

use crate::components::{FilePicker, Samples};
use crate::input::Input;
use lists::PasteLists;
use matrix::TypeMatrix;
use rows::PasteRows;

/// The properties of every way in.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Gets what a person brings.
    pub open: Callback<Input>,
    /// Gets a message where there is nothing to read.
    pub fail: Callback<String>,
}

/// Every way in.
#[component]
pub fn WaysIn(Props { open, fail }: &Props) -> Html {
    html! {
        <div class="ways-in">
            <FilePicker {open} />
            <p class="privacy">
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <path d="M5 7V5a3 3 0 0 1 6 0v2M3.5 7h9v6.5h-9z" />
                </svg>
                <span>
                    { "What you bring stays in this tab: it is read on this device and sent nowhere. " }
                    <a href="#/privacy" data-testid="privacy-link">{ "How to check that" }</a>
                </span>
            </p>
            <h2>{ "Or look at a sample" }</h2>
            <Samples {open} {fail} />
            <div class="by-hand">
                <PasteRows {open} {fail} />
                <PasteLists {open} {fail} />
                <TypeMatrix {open} {fail} />
            </div>
        </div>
    }
}
