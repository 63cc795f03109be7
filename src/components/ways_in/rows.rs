//! Rows copied from a spreadsheet or a file.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::Props;
use crate::input::Input;

/// An example stands where rows go.
const EXAMPLE: &str =
    "label,prediction,score,latency_ms,split\nspam,spam,0.97,41,test\nham,spam,0.62,38,test";

/// A field for rows, and what sends them off.
#[component]
pub fn PasteRows(Props { open, fail }: &Props) -> Html {
    let field = use_node_ref();
    let onclick = {
        let (open, fail, field) = (open.clone(), fail.clone(), field.clone());
        Callback::from(move |_: MouseEvent| {
            let text = field.cast::<HtmlTextAreaElement>();
            let text = text.map(|field| field.value()).unwrap_or_default();
            match text.trim().is_empty() {
                true => fail.emit(
                    "there are no rows yet; copy some with their header line into the field"
                        .to_owned(),
                ),
                false => open.emit(Input::Text(text)),
            }
        })
    };
    html! {
        <section>
            <h2>{ "Paste rows" }</h2>
            <label class="aside" for="paste">
                { "With their header line. JSON or a matrix of counts works too." }
            </label>
            <textarea
                id="paste"
                data-testid="paste"
                rows="6"
                spellcheck="false"
                placeholder={EXAMPLE}
                ref={field}
            />
            <button data-testid="paste-submit" {onclick}>{ "Judge these rows" }</button>
        </section>
    }
}
