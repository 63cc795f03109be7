//! The large field that takes files by click, keyboard or drop.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::files::files_of_list;
use crate::input::Input;

/// The properties of [`FilePicker`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Gets the files that are chosen.
    pub open: Callback<Input>,
}

/// The large field that takes files. Drops are taken by the whole page; this says where.
#[component]
pub fn FilePicker(Props { open }: &Props) -> Html {
    let onchange = {
        let open = open.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let files = input.files().map(files_of_list).unwrap_or_default();
            if !files.is_empty() {
                open.emit(Input::Files(files));
            }
            // So that choosing the same files again, after mending them, is a change.
            input.set_value("");
        })
    };
    html! {
        <label class="file-picker">
            <input
                type="file"
                multiple=true
                accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,text/csv,application/json"
                data-testid="file-input"
                {onchange}
            />
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d="M12 3v12m-5-5 5 5 5-5M4 16v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3" />
            </svg>
            <span class="drop-here">{ "Drop a file of predictions here" }</span>
            <span class="button primary">{ "Choose files…" }</span>
            <span class="aside">
                { "CSV, TSV or JSON, one row per prediction. Several files are read as splits, or joined on their ids. " }
                <span class="with-keys">{ "Copied rows can be pasted with Ctrl+V." }</span>
            </span>
        </label>
    }
}
