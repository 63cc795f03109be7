//! Calls that failed.

use greenlight_readiness::latency_words::FailureWords;
use yew::prelude::*;

use crate::session::Loaded;
use crate::views::View;

pub fn failures(loaded: &Loaded) -> Html {
    let body = match FailureWords::of(&loaded.profile) {
        Ok(words) => {
            html! {
                <>
                    <p data-testid="failures-finding">
                        <span data-testid="metric-error_rate" data-value={words.rate.value.to_string()}>{ &words.finding }</span>
                        { "." }
                    </p>
                    if let Some(remark) = &words.remark {
                        <p class="aside">{ remark }{ "." }</p>
                    }
                </>
            }
        }
        Err(lacking) => html! {
            <p class="aside" data-testid="no-failures">
                { lacking }
                { " " }
                <a href={View::Load.address_of("role-error")}>{ "Choose the column" }</a>
            </p>
        },
    };
    html! {
        <>
            <h2>{ "Failed calls" }</h2>
            { body }
        </>
    }
}
