//! What is going on: nothing, reading with progress, done, or a message that says what is wrong.

use greenlight_format as format;
use greenlight_readiness::Outcome;
use yew::prelude::*;

use crate::components::sign;
use crate::session::{Loading, Status};

/// A message that says what is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Failing {
    /// The part of a sentence that says it.
    pub message: AttrValue,
    /// The source of what is still on screen below it.
    pub beside: Option<AttrValue>,
}

/// The properties of [`StatusLine`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// In a word.
    pub status: Status,
    /// Rows on screen.
    #[prop_or_default]
    pub rows: Option<u64>,
    /// What is being read.
    #[prop_or_default]
    pub loading: Option<Loading>,
    /// Whether the engine counts again what it has read.
    #[prop_or_default]
    pub counting: bool,
    /// What is wrong.
    #[prop_or_default]
    pub failing: Option<Failing>,
    /// Stops reading.
    #[prop_or_default]
    pub on_cancel: Option<Callback<()>>,
    /// Puts the message away.
    pub on_dismiss: Callback<()>,
}

/// What is going on.
#[component]
pub fn StatusLine(props: &Props) -> Html {
    let loading = props.loading.as_ref();
    let rows = loading.map(|loading| loading.rows).or(props.rows);
    html! {
        <div
            class="status"
            data-testid="status"
            data-state={props.status.name()}
            data-rows={rows.map(|rows| rows.to_string())}
            data-bytes={loading.map(|loading| loading.bytes.to_string())}
        >
            if let Some(loading) = loading {
                { progress(loading, props.on_cancel.as_ref()) }
            } else if props.counting {
                <div class="progress">
                    <p>{ "Counting again…" }</p>
                    <progress aria-label="Counting again" />
                </div>
            }
            if let Some(failing) = &props.failing {
                { message(failing, &props.on_dismiss) }
            }
        </div>
    }
}

fn progress(loading: &Loading, on_cancel: Option<&Callback<()>>) -> Html {
    let Loading {
        name,
        total_bytes,
        bytes,
        rows,
    } = loading;
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
            if let Some(on_cancel) = on_cancel {
                <button class="quiet" onclick={on_cancel.reform(|_: MouseEvent| ())}>{ "Cancel" }</button>
            }
        </div>
    }
}

fn message(failing: &Failing, on_dismiss: &Callback<()>) -> Html {
    html! {
        <div class="failure" role="alert" data-testid="error">
            { sign(Outcome::Fail) }
            <div>
                <p>{ capitalised(&failing.message) }{ "." }</p>
                if let Some(beside) = &failing.beside {
                    <p class="aside">{ format!("What you see below is still {beside}.") }</p>
                }
            </div>
            <button class="quiet" onclick={on_dismiss.reform(|_: MouseEvent| ())}>{ "Dismiss" }</button>
        </div>
    }
}

/// Messages are parts of sentences; here they stand alone.
fn capitalised(message: &str) -> String {
    let mut letters = message.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
