//! What to do next, each step with the fact that suggests it and a way to see it.

use greenlight_readiness::{NextStep, Report};
use yew::prelude::*;

use super::{SHOWN, more};
use crate::views::View;

/// The steps that matter most, and the others one click away.
pub(super) fn next_steps(report: &Report, is_examined: bool) -> Html {
    let steps = &report.next_steps;
    if steps.is_empty() && is_examined {
        return html! { <p class="aside">{ "Nothing more can be told from this file." }</p> };
    }
    let (first, rest) = steps.split_at(steps.len().min(SHOWN));
    let item = |step: &NextStep| item(step, report);
    html! {
        <>
            <ol class="reasons steps" data-testid="next-steps">{ for first.iter().map(item) }</ol>
            if !rest.is_empty() {
                <details class="more">
                    <summary>{ more(rest.len(), "step") }</summary>
                    <ol class="reasons steps" start={(SHOWN + 1).to_string()}>
                        { for rest.iter().map(item) }
                    </ol>
                </details>
            }
            if report.roles.label.is_none() && report.latency.is_some() {
                <p data-testid="latency-alone">
                    { "What these rows do tell is how long answers take: " }
                    <a href={View::Latency.address()}>{ View::Latency.title() }</a>
                    { "." }
                </p>
            }
        </>
    }
}

fn item(step: &NextStep, report: &Report) -> Html {
    // What stands among the reasons is not told twice.
    let is_told = report.reasons.contains(&step.because);
    let view = step.view.and_then(View::of_evidence);
    let address = match step.name.as_str() {
        "choose_positive_class" => Some(View::Load.address_of("positive-class")),
        _ => view.map(View::address),
    };
    html! {
        <li data-step={step.name.clone()}>
            { &step.advice }
            if let Some(threshold) = step.threshold {
                { " " }
                <a href={View::address_with(View::Verdict.address().trim_start_matches('#'), Some(threshold), None, None)}>
                    { "Try it" }
                </a>
            }
            if !is_told || address.is_some() {
                <span class="aside because">
                    if !is_told {
                        { &step.because }
                        { " " }
                    }
                    if let (Some(view), Some(address)) = (view, address) {
                        <a href={address}>{ view.title() }</a>
                    }
                </span>
            }
        </li>
    }
}
