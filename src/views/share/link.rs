//! The link: how long it is, what is inside and what is not, and what can be left out.

use std::rc::Rc;

use gloo::utils::window;
use greenlight_link::Parts;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::contents::{length_in_words, slack_in_words};
use super::lengths::{DIGITS, SMALLEST, use_lengths};
use super::made::Made;
use crate::context::Context;
use crate::session::Loaded;
use crate::views::View;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub context: Context,
    pub loaded: Rc<Loaded>,
}

#[component]
pub fn LinkSection(Props { context, loaded }: &Props) -> Html {
    let parts = use_state_eq(Parts::default);
    let copied = use_state_eq(|| None::<bool>);
    let field = use_node_ref();
    let report = use_memo(loaded.clone(), |loaded| {
        context.session.shared_report(loaded)
    });
    let made = use_memo((loaded.clone(), *parts), |(loaded, parts)| {
        Made::of(&report, loaded.report.verdict, parts)
    });
    let is_complete = context.session.is_complete();
    let length = made.as_ref().as_ref().map_or(0, |made| made.length);
    let lengths = use_lengths(&report, *parts, length, is_complete && made.is_ok());
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
    let now = *parts;
    let beside = |other: Parts| lengths.beside(length, other);
    let kept = [
        (
            "windows",
            "Windows of time",
            now.windows,
            beside(Parts {
                windows: !now.windows,
                ..now
            }),
            change(|parts, kept| parts.windows = kept),
        ),
        (
            "segments",
            "Segments and weak groups",
            now.segments,
            beside(Parts {
                segments: !now.segments,
                ..now
            }),
            change(|parts, kept| parts.segments = kept),
        ),
        (
            "features",
            "Drift of features",
            now.features,
            beside(Parts {
                features: !now.features,
                ..now
            }),
            change(|parts, kept| parts.features = kept),
        ),
    ];
    let settings = &loaded.profile.settings;
    let range = settings.range;
    let range = range.map(|range| range.in_words(settings.time_zone_minutes));
    let slack = slack_in_words(length, lengths.shortest());
    html! {
        <section aria-labelledby="share-link-title">
            <h2 id="share-link-title">{ "A link" }</h2>
            <p class="lead">
                { "Everything is in the link itself: whoever opens it sees this report live, with its slider, on any host of this page. Nothing is uploaded." }
            </p>
            if !is_complete {
                <p class="aside" role="status">{ "The rows are still being looked at; the link holds what is known so far." }</p>
            }
            if let Some(range) = range {
                <p class="aside" data-testid="share-range">
                    { format!("This link is of one range alone, {range}. Look at all rows again to pass on the whole report.") }
                </p>
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
            <p data-testid="share-length" data-characters={length.to_string()}>
                { length_in_words(length) }
            </p>
            if let Some((fits, said)) = slack {
                <p data-testid="share-slack" data-fits={fits.to_string()}>
                    { said }
                    if !fits {
                        { " " }
                        <a href={View::Share.address_of("files")}>{ "Download the page in one file" }</a>
                        { ": that goes with a message to anyone." }
                    }
                </p>
            }
            if let Some(warning) = &made.warning {
                <p class="fail" role="alert" data-testid="share-warning">{ warning }</p>
            }
            <fieldset class="share-parts">
                <legend>{ "What the link holds" }</legend>
                { for kept.into_iter().map(|(name, label, checked, difference, onchange)| html! {
                    <label key={name}>
                        <input type="checkbox" data-testid={format!("share-{name}")} {checked} {onchange} />
                        { label }
                        if let Some(difference) = difference {
                            <span class="aside" data-testid={format!("share-saves-{name}")}>
                                { format!("{}: {difference}", if checked { "without" } else { "with" }) }
                            </span>
                        }
                    </label>
                }) }
                <label>
                    { "Fewest rows of a value or window" }
                    <select data-testid="share-smallest" onchange={choose(|parts, smallest| parts.smallest = smallest)}>
                        { for SMALLEST.into_iter().map(|rows| html! {
                            <option key={rows} value={rows.to_string()} selected={rows == now.smallest}>
                                { choice(rows.to_string(), beside(Parts { smallest: rows, ..now })) }
                            </option>
                        }) }
                    </select>
                </label>
                <label>
                    { "Precision of rates and averages" }
                    <select data-testid="share-digits" onchange={choose(|parts, digits| parts.digits = digits as u32)}>
                        { for DIGITS.into_iter().map(|digits| html! {
                            <option key={digits} value={digits.to_string()} selected={digits == now.digits}>
                                { choice(
                                    if digits < 17 { format!("{digits} digits") } else { "as measured".to_owned() },
                                    beside(Parts { digits, ..now }),
                                ) }
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
                    <h3>{ "Left out or rounded" }</h3>
                    <ul data-testid="share-not-inside">
                        <li>{ "All rows." }</li>
                        { for made.lacking.iter().map(line) }
                    </ul>
                </div>
            </div>
        </section>
    }
}

/// A choice with what it does to the length: "10 (−310 characters)".
fn choice(name: String, difference: Option<String>) -> String {
    match difference {
        Some(difference) => format!("{name} ({difference})"),
        None => name,
    }
}

fn line(line: &String) -> Html {
    html! { <li key={line.clone()}>{ line }</li> }
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
