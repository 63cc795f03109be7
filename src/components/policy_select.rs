//! What kind of task it is: the presets of what "ready" means, and the policies of one's own.

use std::rc::Rc;

use greenlight_readiness::Policy;
use greenlight_readiness::policy::PRESETS;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::context::Context;
use crate::session::is_preset;
use crate::views::View;
use crate::words;

/// The properties of [`PolicySelect`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// Whether the chosen one says in a sentence what it is for.
    #[prop_or_default]
    pub explained: bool,
    /// Whether it leads to where the policy is changed.
    #[prop_or_default]
    pub changeable: bool,
}

/// Before the name of an own policy, which may be that of a preset.
const OWN: &str = "own:";

/// What kind of task it is: the presets of what "ready" means, and the policies of one's own.
#[component]
pub fn PolicySelect(props: &Props) -> Html {
    let session = &props.context.session;
    let (policy, own) = (&session.policy, &session.policies.own);
    let onchange = {
        let (judge, own) = (props.context.judge.clone(), own.clone());
        Callback::from(move |event: Event| {
            let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else {
                return;
            };
            let chosen = select.value();
            let policy = match chosen.strip_prefix(OWN) {
                Some(name) => own.iter().find(|own| own.name == name).cloned(),
                None => Policy::preset(&chosen).map(Rc::new),
            };
            if let Some(policy) = policy {
                judge.emit(policy);
            }
        })
    };
    let of_preset = is_preset(policy);
    html! {
        <div class="control">
            <label for="policy">{ "What kind of task is it?" }</label>
            <select id="policy" data-testid="policy" {onchange}>
                { for PRESETS.into_iter().map(|name| html! {
                    <option value={name} selected={of_preset && name == policy.name}>
                        { words::policy(name) }
                    </option>
                }) }
                { for own.iter().map(|own| html! {
                    <option
                        value={format!("{OWN}{}", own.name)}
                        selected={!of_preset && own.name == policy.name}
                    >
                        { format!("Own: {}", own.name) }
                    </option>
                }) }
            </select>
            if props.explained && !policy.description.is_empty() {
                <p class="aside">{ &policy.description }</p>
            }
            if let Some(fault) = &session.policies.fault {
                <p class="fail" role="alert" data-testid="stored-fault">{ &**fault }</p>
            }
            if props.changeable {
                <p class="aside"><a href={View::Policy.address()}>{ "Change what is asked…" }</a></p>
            }
        </div>
    }
}
