//! Lists that belong together: one for the label, one for the prediction …

use greenlight_data::Role;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::Props;
use crate::input::Input;

/// The lists, what people call them, and what one looks like.
const LISTS: [(Role, &str, &str); 4] = [
    (Role::Label, "Label", "1\n0\n1"),
    (Role::Prediction, "Prediction", "1\n0\n0"),
    (Role::Score, "Score", "0.97\n0.12\n0.41"),
    (Role::Latency, "Latency, ms", "41\n38\n52"),
];

/// A field for each list, and what sends them off.
#[component]
pub fn PasteLists(Props { open, fail }: &Props) -> Html {
    let fields = use_memo((), |()| LISTS.map(|_| NodeRef::default()));
    let onclick = {
        let (open, fail, fields) = (open.clone(), fail.clone(), fields.clone());
        Callback::from(move |_: MouseEvent| {
            let text = |field: &NodeRef| {
                field
                    .cast::<HtmlTextAreaElement>()
                    .map(|field| field.value())
            };
            let lists: Vec<(Role, String)> = LISTS
                .iter()
                .zip(fields.iter())
                .filter_map(|((role, ..), field)| Some((*role, text(field)?)))
                .filter(|(_, text)| !text.trim().is_empty())
                .collect();
            match lists.is_empty() {
                true => fail.emit("there are no lists yet; copy the true classes into one field and the predictions or scores into another".to_owned()),
                false => open.emit(Input::Lists(lists)),
            }
        })
    };
    let list = |((role, title, example), field): (&(Role, &str, &'static str), &NodeRef)| {
        let id = format!("paste-{}", role.name());
        html! {
            <div key={role.name()}>
                <label for={id.clone()}>{ *title }</label>
                <textarea
                    id={id.clone()}
                    data-testid={id}
                    rows="4"
                    spellcheck="false"
                    placeholder={*example}
                    ref={field}
                />
            </div>
        }
    };
    html! {
        <section>
            <h2>{ "Paste lists" }</h2>
            <p class="aside">{ "A value per prediction in each, in the same order." }</p>
            <div class="lists">{ for LISTS.iter().zip(fields.iter()).map(list) }</div>
            <button data-testid="paste-lists-submit" {onclick}>{ "Judge these lists" }</button>
        </section>
    }
}
