//! Which error matters more: the presets of what "ready" means.

use std::rc::Rc;

use greenlight_readiness::Policy;
use greenlight_readiness::policy::PRESETS;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::words;

/// The properties of [`PolicySelect`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The name of the policy in force.
    pub current: AttrValue,
    /// Judges by another policy.
    pub judge: Callback<Rc<Policy>>,
    /// Whether the chosen one says in a sentence what it is for.
    #[prop_or_default]
    pub explained: bool,
}

/// Which error matters more: the presets of what "ready" means.
#[component]
pub fn PolicySelect(props: &Props) -> Html {
    let Props {
        current,
        judge,
        explained,
    } = props;
    let judge = judge.clone();
    let onchange = Callback::from(move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        if let Some(policy) = select.and_then(|select| Policy::preset(&select.value())) {
            judge.emit(Rc::new(policy));
        }
    });
    let description = Policy::preset(current).map(|policy| policy.description);
    html! {
        <div class="control">
            <label for="policy">{ "Which error matters more?" }</label>
            <select id="policy" data-testid="policy" {onchange}>
                { for PRESETS.into_iter().filter_map(Policy::preset).map(|policy| html! {
                    <option value={policy.name.clone()} selected={policy.name == **current}>
                        { words::policy(&policy.name) }
                    </option>
                }) }
            </select>
            if let (true, Some(description)) = (*explained, description) {
                <p class="aside">{ description }</p>
            }
        </div>
    }
}
