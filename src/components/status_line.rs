//! What is going on: nothing, reading with progress, done, or a message that says what is wrong.

use greenlight_format as format;
use greenlight_readiness::Outcome;
use yew::prelude::*;

use crate::app::Context;
use crate::components::sign;
use crate::session::{Failure, Loaded, Loading};

/// The properties of [`StatusLine`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
}

/// What is going on.
#[component]
pub fn StatusLine(Props { context }: &Props) -> Html {
    let session = &context.session;
    let loading = session.loading.as_ref();
    let rows = match (loading, &session.loaded) {
        (Some(loading), _) => Some(loading.rows),
        (None, Some(loaded)) => Some(loaded.profile.overall.rows),
        (None, None) => None,
    };
    html! {
        <div
            class="status"
            data-testid="status"
            data-state={session.status().name()}
            data-rows={rows.map(|rows| rows.to_string())}
            data-bytes={loading.map(|loading| loading.bytes.to_string())}
        >
            if let Some(loading) = loading {
                { progress(loading, context) }
            } else if session.asked.is_some() {
                <div class="progress">
                    <p>{ "Counting again…" }</p>
                    <progress aria-label="Counting again" />
                </div>
            }
            if let Some(failure) = &session.failure {
                { message(failure, context) }
            }
        </div>
    }
}

fn progress(loading: &Loading, context: &Context) -> Html {
    let Loading {
        name,
        total_bytes,
        bytes,
        rows,
    } = loading;
    let cancel = context.cancel.reform(|_: MouseEvent| ());
    html! {
        <div class="progress">
            <p>
                { "Reading " }
                <span class="source">{ name }</span>
                { format!(
                    ": {} rows, {} of {}",
                    format::count(*rows),
                    format::bytes(*bytes),
                    format::bytes(*total_bytes),
                ) }
            </p>
            <progress
                max={total_bytes.to_string()}
                value={bytes.to_string()}
                aria-label={format!("Reading {name}")}
            />
            <button class="quiet" onclick={cancel}>{ "Cancel" }</button>
        </div>
    }
}

fn message(failure: &Failure, context: &Context) -> Html {
    let dismiss = context.dismiss.reform(|_: MouseEvent| ());
    html! {
        <div class="failure" role="alert" data-testid="error">
            { sign(Outcome::Fail) }
            <div>
                <p>{ capitalised(&failure.message) }{ "." }</p>
                if let Some(loaded) = &context.session.loaded {
                    <p class="aside">{ still_there(loaded) }</p>
                }
            </div>
            <button class="quiet" onclick={dismiss}>{ "Dismiss" }</button>
        </div>
    }
}

/// What the numbers below the message come from.
fn still_there(loaded: &Loaded) -> String {
    let name = loaded
        .profile
        .sources
        .first()
        .map_or("", |source| source.name.as_str());
    format!("What you see below is still {name}.")
}

/// Messages are parts of sentences; here they stand alone.
fn capitalised(message: &str) -> String {
    let mut letters = message.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
