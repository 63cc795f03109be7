//! What fired when.

use greenlight_readiness::Profile;
use greenlight_readiness::monitoring::{Broken, MonitoringRule, RuleState};
use greenlight_readiness::monitoring_words::{place_name, title, value};
use yew::prelude::*;

/// The alerts in the order in which they were raised.
pub fn log(states: &[RuleState], profile: &Profile, is_end: bool) -> Html {
    let mut raised: Vec<(&MonitoringRule, Broken)> = Vec::new();
    for state in states {
        let standing = state.standing.as_ref().ok();
        if let Some(alert) = standing.and_then(|standing| standing.raised.as_ref()) {
            raised.push((&state.rule, alert.first));
        }
    }
    // What is in no window comes last.
    raised.sort_by_key(|(_, first)| first.place.window().unwrap_or(usize::MAX));
    html! {
        <>
            <h2>{ "What fired when" }</h2>
            if raised.is_empty() {
                <p class="aside" data-testid="no-alerts">
                    { if is_end { "Nothing did." } else { "Nothing yet." } }
                </p>
            }
            <ol class="alert-log" data-testid="alert-log" aria-live="polite">
                { for raised.iter().map(|(rule, first)| html! {
                    <li
                        key={rule.name.clone()}
                        data-testid={format!("alert-{}", rule.name)}
                        data-window={first.place.window().map(|window| window.to_string())}
                        data-value={first.value.to_string()}
                    >
                        <strong>{ place_name(first.place, profile) }</strong>
                        { format!(": {} — {}", title(rule), value(rule, first.value, profile)) }
                    </li>
                }) }
            </ol>
        </>
    }
}
