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
    /// Whether the rows on screen have been looked at a second time.
    #[prop_or_default]
    pub examined: bool,
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
            data-examined={props.examined.then_some("true")}
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
    let name = &loading.name;
    let bar = if loading.is_read() {
        // How long counting takes nobody knows beforehand.
        html! { <progress aria-label="Counting" /> }
    } else {
        html! {
            <progress
                max={loading.total_bytes.to_string()}
                value={loading.bytes.to_string()}
                aria-label={format!("Reading {name}")}
            />
        }
    };
    html! {
        <div class="progress">
            <p>
                { if loading.is_read() { "Read " } else { "Reading " } }
                <span class="source">{ name }</span>
                { format!(": {}", how_far(loading)) }
            </p>
            { bar }
            if let Some(on_cancel) = on_cancel {
                <button class="quiet" onclick={on_cancel.reform(|_: MouseEvent| ())}>{ "Cancel" }</button>
            }
        </div>
    }
}

/// How far reading has come, how fast it goes and, once that can be told, how long it will take.
fn how_far(loading: &Loading) -> String {
    let total = format::bytes(loading.total_bytes);
    let rows = format::count(loading.rows);
    if loading.is_read() {
        return format!("{rows} rows, {total}. Counting…");
    }
    let mut text = format!("{rows} rows, {} of {total}", format::bytes(loading.bytes));
    if let Some(rows) = loading.pace.rows_per_second() {
        text += &format!(", {} rows/s", format::count_short(rows.round() as u64));
    }
    if let Some(left) = loading.pace.ms_left(loading.total_bytes) {
        text += &format!(", {}", time_left(left));
    }
    text
}

/// As coarse as it is known, so that it changes seldom.
fn time_left(ms: f64) -> String {
    let seconds = (ms / 1e3).ceil().max(1.0) as u64;
    let (number, unit) = match seconds {
        0..=10 => (seconds, "s"),
        11..=57 => (seconds.next_multiple_of(5), "s"),
        _ => ((seconds as f64 / 60.0).round() as u64, "min"),
    };
    format!(
        "about {}{}{unit} left",
        format::count(number),
        format::SPACE
    )
}

fn message(failing: &Failing, on_dismiss: &Callback<()>) -> Html {
    html! {
        <div class="failure" role="alert" data-testid="error">
            { sign(Outcome::Fail) }
            <div>
                <p>{ format::capitalised(&failing.message) }{ "." }</p>
                if let Some(beside) = &failing.beside {
                    <p class="aside">{ format!("What you see below is still {beside}.") }</p>
                }
            </div>
            <button class="quiet" onclick={on_dismiss.reform(|_: MouseEvent| ())}>{ "Dismiss" }</button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_as_coarse_as_it_is_known() {
        for (ms, text) in [
            (40.0, "about 1 s left"),
            (2_100.0, "about 3 s left"),
            (10_000.0, "about 10 s left"),
            (31_000.0, "about 35 s left"),
            (56_000.0, "about 60 s left"),
            (59_000.0, "about 1 min left"),
            (150_000.0, "about 3 min left"),
        ] {
            assert_eq!(time_left(ms).replace(format::SPACE, " "), text, "{ms}");
        }
    }

    #[test]
    fn reading_ends_with_counting() {
        let mut loading = Loading::of("a.csv", 1_000);
        assert_eq!(plain(&loading), "0 rows, 0 B of 1.00 kB");
        (loading.bytes, loading.rows) = (1_000, 70);
        assert_eq!(plain(&loading), "70 rows, 1.00 kB. Counting…");
    }

    fn plain(loading: &Loading) -> String {
        how_far(loading).replace(format::SPACE, " ")
    }
}
