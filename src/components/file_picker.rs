//! The large field that takes a file by click, keyboard or drop.

use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

/// The properties of [`FilePicker`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Gets each file that is chosen.
    pub on_file: Callback<File>,
}

/// The large field that takes a file. Drops are taken by the whole page; this says where.
#[component]
pub fn FilePicker(Props { on_file }: &Props) -> Html {
    let onchange = {
        let on_file = on_file.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let file = input.files().and_then(|files| files.get(0));
            if let Some(file) = file {
                on_file.emit(file);
            }
            // So that choosing the same file again, after mending it, is a change.
            input.set_value("");
        })
    };
    html! {
        <label class="file-picker">
            <input type="file" accept=".csv,.tsv,.txt,text/csv" data-testid="file-input" {onchange} />
            <span class="file-picker-action">{ "Choose a file…" }</span>
            <span class="file-picker-hint">
                { "or drop a CSV anywhere on this page, or press Ctrl+V" }
            </span>
            <span class="file-picker-hint">
                { "One row a prediction: the true class, the predicted class or its score, and if \
                   you have them latency and split" }
            </span>
        </label>
    }
}
