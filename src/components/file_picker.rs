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
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
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
            <input
                type="file"
                accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,text/csv,application/json"
                data-testid="file-input"
                {onchange}
            />
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d="M12 3v12m-5-5 5 5 5-5M4 16v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3" />
            </svg>
            <span class="drop-here">{ "Drop a file of predictions here" }</span>
            <span class="button primary">{ "Choose a file…" }</span>
            <span class="aside">
                { "CSV, TSV or JSON, one row per prediction. " }
                <span class="with-keys">{ "Copied rows can be pasted with Ctrl+V." }</span>
            </span>
        </label>
    }
}
