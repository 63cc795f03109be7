//! How drift is measured, and where it begins: part of the policy.

use greenlight_format as format;
use greenlight_readiness::Policy;
use greenlight_readiness::drift_words::method_title;
use greenlight_readiness::policy::{DriftMethod, DriftSettings};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::components::TextField;

use crate::context::Context;
use crate::session::{Action, PolicyAction};

pub fn settings(context: &Context) -> Html {
    let settings = context.session.policy.drift;
    let change = {
        let (act, policy) = (context.act.clone(), context.session.policy.clone());
        Callback::from(move |drift: DriftSettings| {
            let changed = Policy {
                drift,
                ..(*policy).clone()
            };
            act.emit(Action::Policy(PolicyAction::Edit(changed)));
            act.emit(Action::Policy(PolicyAction::Settle));
        })
    };
    let on_method = change.reform(|event: Event| {
        let select: Option<HtmlSelectElement> = event.target_dyn_into();
        let chosen = select.map(|select| select.value()).unwrap_or_default();
        let mut methods = DriftMethod::ALL.into_iter();
        DriftSettings::of(
            methods
                .find(|method| method.name() == chosen)
                .unwrap_or_default(),
        )
    });
    let on_limit = {
        let method = settings.method;
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            match input.value().trim().replace(',', ".").parse::<f64>() {
                Ok(limit) if limit.is_finite() && limit >= 0.0 => {
                    change.emit(DriftSettings { method, limit });
                }
                // What is no limit gives way to the one in force.
                _ => input.set_value(&format::exact(settings.limit)),
            }
        })
    };
    let has_limit = settings.method != DriftMethod::EvidentlyDefaults;
    html! {
        <div class="asked">
            <label for="drift-method">{ "Measured by" }</label>
            <select id="drift-method" data-testid="drift-method" onchange={on_method}>
                { for DriftMethod::ALL.into_iter().map(|method| html! {
                    <option key={method.name()} value={method.name()} selected={method == settings.method}>
                        { method_title(method) }
                    </option>
                }) }
            </select>
            if has_limit {
                <label for="drift-limit">{ "Drift begins above" }</label>
                <TextField id="drift-limit" name="drift-limit" value={format::exact(settings.limit)} onchange={on_limit} />
            }
        </div>
    }
}
