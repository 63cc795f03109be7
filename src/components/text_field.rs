//! A field to type into, which keeps what is being typed while the page around it is drawn anew.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The properties of [`TextField`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What it is called for tests.
    pub name: AttrValue,
    /// What holds.
    pub value: AttrValue,
    /// Hears what was typed once that is settled: with Enter, or when the field is left.
    pub onchange: Callback<Event>,
    /// What a label points at.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// What it is for, where no label says so.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// What stands in it while it is empty.
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// Which keys a phone offers.
    #[prop_or(AttrValue::Static("decimal"))]
    pub inputmode: AttrValue,
    /// Whether what was typed last cannot be used.
    #[prop_or_default]
    pub is_wrong: bool,
}

/// A field for a line of text. Numbers that arrive meanwhile draw the page anew; without a draft that would put back what held before.
#[component]
pub fn TextField(props: &Props) -> Html {
    let draft = use_state_eq(|| None::<AttrValue>);
    let oninput = {
        let draft = draft.setter();
        Callback::from(move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            draft.set(input.map(|input| input.value().into()));
        })
    };
    let onchange = {
        let (draft, onchange) = (draft.setter(), props.onchange.clone());
        Callback::from(move |event: Event| {
            onchange.emit(event);
            draft.set(None);
        })
    };
    let onblur = {
        let draft = draft.setter();
        Callback::from(move |_: FocusEvent| draft.set(None))
    };
    html! {
        <input
            type="text"
            inputmode={props.inputmode.clone()}
            autocomplete="off"
            id={props.id.clone()}
            data-testid={props.name.clone()}
            aria-label={props.label.clone()}
            aria-invalid={props.is_wrong.then_some("true")}
            placeholder={props.placeholder.clone()}
            value={draft.as_ref().unwrap_or(&props.value).clone()}
            {oninput}
            {onchange}
            {onblur}
        />
    }
}
