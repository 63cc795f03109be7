//! The large field that takes files by click, keyboard or drop.

use wasm_bindgen::prelude::*;
use web_sys::{File, HtmlInputElement};
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
    let field = use_node_ref();
    let latest = use_mut_ref(|| open.clone());
    latest.replace(open.clone());
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                take_files(&field, move |files| {
                    let open = latest.borrow().clone();
                    open.emit(Input::Files(files));
                });
            }
        });
    }
    html! {
        <label class="file-picker">
            <input
                type="file"
                multiple=true
                accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,text/csv,application/json"
                data-testid="file-input"
                ref={field}
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

/// Hands over what is chosen in the field, for as long as the browser holds it: where a person is still choosing while the page moves on,
/// the field is no longer part of the page, and what listens on the page hears nothing.
fn take_files(field: &HtmlInputElement, take: impl Fn(Vec<File>) + 'static) {
    let chosen = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let Some(field) = event.target_dyn_into::<HtmlInputElement>() else {
            return;
        };
        let files = field.files().map(files_of_list).unwrap_or_default();
        // So that choosing the same files again, after mending them, is a change.
        field.set_value("");
        if !files.is_empty() {
            take(files);
        }
    });
    // It goes when the field does. That an element is listened to cannot fail.
    let listener = chosen.into_js_value();
    let _ = field.add_event_listener_with_callback("change", listener.unchecked_ref());
}
