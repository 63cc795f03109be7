//! The form as a file, cleared, and back again.

use greenlight_readiness::checklist::Attestations;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use crate::context::Context;
use crate::files::download;
use crate::session::{Action, Fill};

/// A form is a few kilobytes, with long notes some more.
const LONGEST_BYTES: f64 = 1e6;

/// Buttons to export, import and clear the form, and what came of it.
pub fn keeping(context: &Context) -> Html {
    let form = &context.session.checklist_form;
    let fill = context.act.reform(Action::Fill);
    let export = {
        let (attested, fill) = (form.attested.clone(), fill.clone());
        Callback::from(move |_: MouseEvent| {
            if let Err(fault) = save(&attested) {
                fill.emit(Fill::Fail(fault));
            }
        })
    };
    let import = {
        let fill = fill.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                let fill = fill.clone();
                spawn_local(async move { fill.emit(read(file).await) });
            }
            // So that choosing the same file again, after mending it, is a change.
            input.set_value("");
        })
    };
    let clear = fill.reform(|_: MouseEvent| Fill::Replace(Attestations::default()));
    let take_back = fill.reform(|_: MouseEvent| Fill::TakeBack);
    let is_empty = form.attested.is_empty();
    html! {
        <div class="keeping">
            <button type="button" data-testid="checklist-export" onclick={export}>
                { "Export the form (JSON)" }
            </button>
            <label class="button">
                { "Import a form…" }
                <input
                    type="file"
                    accept=".json,application/json"
                    data-testid="checklist-import"
                    onchange={import}
                />
            </label>
            // It stays where it is, so that the focus does.
            <button
                type="button"
                class="quiet"
                data-testid="checklist-clear"
                aria-disabled={is_empty.then_some("true")}
                onclick={clear}
            >
                { "Clear the form" }
            </button>
            <p role="status" data-testid="checklist-status">
                if form.before.is_some() {
                    { if is_empty { "The form is cleared. " } else { "The form is another now. " } }
                    <button type="button" class="quiet" data-testid="checklist-undo" onclick={take_back}>
                        { "Undo" }
                    </button>
                }
            </p>
            if let Some(fault) = &form.fault {
                <p class="fail" role="alert" data-testid="checklist-fault">{ &**fault }</p>
            }
        </div>
    }
}

fn save(attested: &Attestations) -> Result<(), String> {
    let json = attested.to_json().map_err(|error| error.to_string())?;
    download("greenlight-checklist.json", "application/json", &json)
        .map_err(|_| "This browser did not let the page offer a download.".to_owned())
}

/// What comes of a file that was chosen.
async fn read(file: File) -> Fill {
    let name = file.name();
    if file.size() > LONGEST_BYTES {
        return Fill::Fail(format!("“{name}” is too long for a checklist."));
    }
    let text = JsFuture::from(file.text()).await.ok();
    let Some(text) = text.and_then(|text| text.as_string()) else {
        return Fill::Fail(format!("“{name}” cannot be read."));
    };
    match Attestations::from_json(&text) {
        Ok(attested) => Fill::Replace(attested),
        Err(error) => Fill::Fail(format!("“{name}” is no checklist. {error}")),
    }
}
