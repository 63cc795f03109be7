//! Files dropped anywhere on the page and text pasted anywhere on it.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, HtmlElement};
use yew::prelude::*;

use crate::files::files_of_list;
use crate::input::Input;

/// Whether something hovers over the page, ready to be dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDrop {
    /// It does.
    Hovering,
    /// It does not.
    Away,
}

/// Emits what is dropped or pasted on the page: all files of a drop together, or text.
#[hook]
pub fn use_files(on_input: Callback<Input>) -> FileDrop {
    let drop = use_state_eq(|| FileDrop::Away);
    {
        let drop = drop.clone();
        use_effect_with(on_input, move |on_input| {
            let on_input = on_input.clone();
            let listen = |event, callback: Box<dyn Fn(&Event)>| {
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&document(), event, options, move |event| {
                    callback(event);
                })
            };
            let hover = drop.clone();
            let leave = drop.clone();
            let pasted = on_input.clone();
            let listeners = [
                listen(
                    "dragover",
                    Box::new(move |event| {
                        // Without this the browser would open the file in place of the page.
                        event.prevent_default();
                        hover.set(FileDrop::Hovering);
                    }),
                ),
                listen(
                    "dragleave",
                    Box::new(move |event| {
                        // Leaving the page, not moving between its parts.
                        let to = event
                            .dyn_ref::<DragEvent>()
                            .and_then(|event| event.related_target());
                        if to.is_none() {
                            leave.set(FileDrop::Away);
                        }
                    }),
                ),
                listen(
                    "drop",
                    Box::new(move |event| {
                        event.prevent_default();
                        drop.set(FileDrop::Away);
                        let data = event
                            .dyn_ref::<DragEvent>()
                            .and_then(DragEvent::data_transfer);
                        if let Some(input) = data.and_then(|data| dropped(&data)) {
                            on_input.emit(input);
                        }
                    }),
                ),
                listen(
                    "paste",
                    Box::new(move |event| {
                        if is_in_a_field(event) {
                            return;
                        }
                        let data = event.dyn_ref::<ClipboardEvent>();
                        let data = data.and_then(ClipboardEvent::clipboard_data);
                        if let Some(input) = data.and_then(|data| dropped(&data)) {
                            event.prevent_default();
                            pasted.emit(input);
                        }
                    }),
                ),
            ];
            move || std::mem::drop(listeners)
        });
    }
    *drop
}

fn dropped(data: &DataTransfer) -> Option<Input> {
    let files = data.files().map(files_of_list).unwrap_or_default();
    if !files.is_empty() {
        return Some(Input::Files(files));
    }
    let text = data.get_data("text/plain").ok()?;
    (!text.trim().is_empty()).then_some(Input::Text(text))
}

fn is_in_a_field(event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|target| matches!(target.tag_name().as_str(), "TEXTAREA" | "INPUT"))
}
