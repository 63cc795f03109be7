//! The link: how long it is, what is inside and what is not, and what can be left out.

use std::rc::Rc;

use gloo::utils::window;
use greenlight_link::{Parts, encode};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::contents::{inside, length_in_words};
use crate::app::Context;
use crate::components::lacking;
use crate::session::{Loaded, Session};
use crate::views::View;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub context: Context,
    pub loaded: Rc<Loaded>,
}

/// Smallest numbers of rows that can be chosen.
const SMALLEST: [u64; 5] = [1, 5, 10, 20, 50];
/// Digits that can be chosen; the last keeps every number as it is.
const DIGITS: [u32; 4] = [3, 4, 6, 17];

#[component]
pub fn LinkSection(Props { context, loaded }: &Props) -> Html {
    let parts = use_state_eq(Parts::default);
    let copied = use_state_eq(|| None::<bool>);
    let field = use_node_ref();
    let made = use_memo((loaded.clone(), *parts), {
        let session = Rc::clone(&context.session);
        move |(loaded, parts)| Made::of(&session, loaded, parts)
    });
    {
        let copied = copied.setter();
        use_effect_with(*parts, move |_| copied.set(None));
    }
    let made = match &*made {
        Ok(made) => made,
        Err(fault) => {
            return html! {
                <section>
                    <h2>{ "A link" }</h2>
                    <p class="fail" role="alert" data-testid="share-fault">{ fault }</p>
                </section>
            };
        }
    };
    let copy = {
        let (copied, link, field) = (copied.setter(), made.link.clone(), field.clone());
        Callback::from(move |_: MouseEvent| {
            let (copied, link, field) = (copied.clone(), link.clone(), field.clone());
            spawn_local(async move { copied.set(Some(copy(&link, &field).await)) });
        })
    };
    let change = |change: fn(&mut Parts, bool)| {
        let parts = parts.clone();
        Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let mut next = *parts;
                change(&mut next, input.checked());
                parts.set(next);
            }
        })
    };
    let choose = |choose: fn(&mut Parts, u64)| {
        let parts = parts.clone();
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            if let Some(value) = select.and_then(|select| select.value().parse().ok()) {
                let mut next = *parts;
                choose(&mut next, value);
                parts.set(next);
            }
        })
    };
    let kept = [
        (
            "windows",
            "Windows of time",
            parts.windows,
            change(|parts, kept| parts.windows = kept),
        ),
        (
            "segments",
            "Segments and weak groups",
            parts.segments,
            change(|parts, kept| parts.segments = kept),
        ),
        (
            "features",
            "Drift of features",
            parts.features,
            change(|parts, kept| parts.features = kept),
        ),
    ];
    let is_complete = context.session.is_complete();
    html! {
        <section aria-labelledby="share-link-title">
            <h2 id="share-link-title">{ "A link" }</h2>
            <p class="lead">
                { "Everything is in the link itself: whoever opens it sees this report live, with its slider, on any host of this page. Nothing is uploaded." }
            </p>
            if !is_complete {
                <p class="aside" role="status">{ "The rows are still being looked at; the link holds what is known so far." }</p>
            }
            <div class="share-link">
                <input
                    ref={field}
                    type="text"
                    readonly=true
                    aria-label="Link to this report"
                    data-testid="share-link"
                    value={made.link.clone()}
                />
                <button type="button" class="primary" data-testid="share-copy" onclick={copy}>{ "Copy link" }</button>
                <span role="status" data-testid="share-copied">
                    { match *copied {
                        None => "",
                        Some(true) => "Copied.",
                        Some(false) => "This browser does not let the page copy: the link is selected, so copy it with your keyboard.",
                    } }
                </span>
            </div>
            <p data-testid="share-length" data-characters={made.link.chars().count().to_string()}>
                { length_in_words(made.link.chars().count()) }
            </p>
            if let Some(warning) = &made.warning {
                <p class="fail" role="alert" data-testid="share-warning">{ warning }</p>
            }
            <fieldset class="share-parts">
                <legend>{ "What the link holds" }</legend>
                { for kept.into_iter().map(|(name, label, checked, onchange)| html! {
                    <label key={name}>
                        <input type="checkbox" data-testid={format!("share-{name}")} {checked} {onchange} />
                        { label }
                    </label>
                }) }
                <label>
                    { "Fewest rows of a value or window" }
                    <select data-testid="share-smallest" onchange={choose(|parts, smallest| parts.smallest = smallest)}>
                        { for SMALLEST.into_iter().map(|rows| html! {
                            <option key={rows} value={rows.to_string()} selected={rows == parts.smallest}>{ rows }</option>
                        }) }
                    </select>
                </label>
                <label>
                    { "Digits of numbers that are no counts" }
                    <select data-testid="share-digits" onchange={choose(|parts, digits| parts.digits = digits as u32)}>
                        { for DIGITS.into_iter().map(|digits| html! {
                            <option key={digits} value={digits.to_string()} selected={digits == parts.digits}>
                                { if digits < 17 { digits.to_string() } else { "all".to_owned() } }
                            </option>
                        }) }
                    </select>
                </label>
            </fieldset>
            <div class="beside share-contents">
                <div>
                    <h3>{ "Inside" }</h3>
                    <ul data-testid="share-inside">{ for made.inside.iter().map(line) }</ul>
                </div>
                <div>
                    <h3>{ "Not inside" }</h3>
                    <ul data-testid="share-not-inside">
                        <li>{ "No row, and no id of a row." }</li>
                        { for made.lacking.iter().map(line) }
                    </ul>
                </div>
            </div>
        </section>
    }
}

fn line(line: &String) -> Html {
    html! { <li key={line.clone()}>{ line }</li> }
}

/// A link, and what is to be said of it.
struct Made {
    link: String,
    inside: Vec<String>,
    lacking: Vec<String>,
    /// Where what is left out changes the verdict.
    warning: Option<String>,
}

impl Made {
    fn of(session: &Session, loaded: &Loaded, parts: &Parts) -> Result<Self, String> {
        let report = session.shared_report(loaded);
        let thin = report.thinned(parts);
        let payload = encode(&thin).map_err(|error| error.to_string())?;
        let (before, after) = (loaded.report.verdict, thin.outcomes().0);
        Ok(Self {
            link: format!("{}{}", here(), address(&payload)),
            inside: inside(&thin),
            lacking: lacking(&thin.thinned),
            warning: (before != after).then(|| {
                format!(
                    "Without what is left out the report says “{}” instead of “{}”.",
                    after.words(),
                    before.words()
                )
            }),
        })
    }
}

/// The address that leads to the verdict of a report.
fn address(payload: &str) -> String {
    View::address_with(
        View::Verdict.address().trim_start_matches('#'),
        None,
        None,
        Some(payload),
    )
}

/// The address of the page itself.
fn here() -> String {
    let location = window().location();
    let href = location.href().unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Copies the link; where that is forbidden, selects it in its field. Whether it was copied.
async fn copy(link: &str, field: &NodeRef) -> bool {
    let clipboard = window().navigator().clipboard();
    let is_copied = JsFuture::from(clipboard.write_text(link)).await.is_ok();
    if let (false, Some(field)) = (is_copied, field.cast::<HtmlInputElement>()) {
        // Selecting in a field of text cannot fail.
        let _ = field.focus();
        field.select();
    }
    is_copied
}
