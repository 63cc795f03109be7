//! The other report: a file, or a link that somebody shared.

use std::rc::Rc;

use greenlight_link::decode;
use greenlight_readiness::comparison::Side;
use greenlight_readiness::import::{Exported, ImportError, Kind, LARGEST_BYTES, kind_of, read};
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use crate::components::FileField;
use crate::context::Context;
use crate::files::text_of;
use crate::session::{Action, Compared};
use crate::words::sentence;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub context: Context,
}

#[component]
pub fn Bring(Props { context }: &Props) -> Html {
    let fault = use_state_eq(|| None::<String>);
    let is_before = context
        .session
        .compared
        .as_ref()
        .is_none_or(|compared| compared.is_before);
    let take = {
        let (act, fault) = (context.act.clone(), fault.setter());
        Callback::from(
            move |(name, side): (String, Result<Side, String>)| match side {
                Err(message) => fault.set(Some(message)),
                Ok(side) => {
                    fault.set(None);
                    let compared = Compared {
                        name,
                        side,
                        is_before,
                    };
                    act.emit(Action::Compare(Some(Rc::new(compared))));
                }
            },
        )
    };
    let on_file = {
        let take = take.clone();
        Callback::from(move |file: File| {
            let take = take.clone();
            spawn_local(async move { take.emit((file.name(), side_of_file(&file).await)) });
        })
    };
    let on_link = {
        let take = take.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let text = input.value();
            if !text.trim().is_empty() {
                take.emit(("a shared link".to_owned(), side_of_link(&text)));
            }
        })
    };
    let title = match context.session.compared {
        Some(_) => "Compare with another one",
        None => "The other report",
    };
    html! {
        <div class="bring-report">
            <h2>{ title }</h2>
            <div>
                <FileField
                    name="compare-file"
                    label="A report as JSON (from this page or “greenlight check --format json”) or as one HTML file"
                    accept=".json,.html,application/json,text/html"
                    described_by="compare-fault"
                    {on_file}
                />
            </div>
            <div>
                <label for="compare-link">{ "Or a link that somebody shared" }</label>
                <input
                    type="url"
                    id="compare-link"
                    data-testid="compare-link"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="compare-fault"
                    onchange={on_link}
                />
            </div>
            <div id="compare-fault" role="alert" class="fail" data-testid="compare-fault">
                { for fault.iter().cloned() }
            </div>
        </div>
    }
}

/// What a file says, as far as it is compared.
async fn side_of_file(file: &File) -> Result<Side, String> {
    let refused = |error: ImportError| sentence(&error.to_string());
    if file.size() > LARGEST_BYTES as f64 {
        return Err(refused(ImportError::TooLarge));
    }
    let text = text_of(file).await;
    if kind_of(text.as_bytes()) != Some(Kind::Html) {
        let json = text.trim_start_matches('\u{FEFF}');
        return Side::from_json(json).map_err(|error| sentence(&error.to_string()));
    }
    match read(Kind::Html, &text).map_err(refused)? {
        Exported::Live(payload) => side_of_payload(&payload),
        Exported::Numbers => Err(refused(ImportError::EmptyPage)),
    }
}

fn side_of_link(link: &str) -> Result<Side, String> {
    let pairs = link
        .split(['?', '&', '#'])
        .filter_map(|pair| pair.split_once('='));
    let payload = pairs
        .filter(|(key, _)| *key == "r")
        .map(|(_, payload)| payload)
        .next_back();
    side_of_payload(payload.unwrap_or(link))
}

fn side_of_payload(payload: &str) -> Result<Side, String> {
    let shared = decode(payload).map_err(|error| sentence(&error.to_string()))?;
    Ok(Side::of(&shared.judged()).told(shared.profile.told))
}
