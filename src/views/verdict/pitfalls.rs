//! The traps that the file has fallen into, each with what shows it and what to do.

use greenlight_format::{self as format, Told};
use greenlight_readiness::pitfalls::looked_for;
use greenlight_readiness::{Outcome, Pitfall, PitfallSeverity, Policy};
use yew::prelude::*;

use crate::components::sign;
use crate::session::Loaded;

/// What was looked for, and what was found.
pub(super) fn pitfalls(loaded: &Loaded, policy: &Policy, is_examined: bool) -> Html {
    let looked_for = looked_for(policy);
    let (found, told) = (&loaded.report.pitfalls, loaded.profile.told);
    let finding = match (found.len(), is_examined) {
        (_, false) => "Some are still being looked for…".to_owned(),
        (0, true) => format!("None of the {looked_for} that are looked for was found."),
        (number, true) => {
            let is_one = |pitfall: &&Pitfall| pitfall.severity != PitfallSeverity::Info;
            let traps = found.iter().filter(is_one).count();
            let other = match number - traps {
                0 => String::new(),
                other => format!(", and {other} good to know"),
            };
            match traps {
                0 => format!("None of the {looked_for} that are looked for was found{other}."),
                traps => format!("{traps} of the {looked_for} that are looked for{other}."),
            }
        }
    };
    html! {
        <div data-testid="pitfalls">
            <h2>{ "Traps" }</h2>
            <p class="aside">{ finding }</p>
            <ul class="traps">{ for found.iter().map(|pitfall| item(pitfall, told)) }</ul>
        </div>
    }
}

fn item(pitfall: &Pitfall, told: Told) -> Html {
    let (outcome, severity, name) = match pitfall.severity {
        PitfallSeverity::Serious => (Outcome::Fail, "serious", "serious"),
        PitfallSeverity::Warning => (Outcome::AtRisk, "warning", "warning"),
        PitfallSeverity::Info => (Outcome::NoEvidence, "good to know", "info"),
    };
    let evidence = pitfall.evidence.iter().map(|(name, value)| {
        let told = match Pitfall::rests_on_counts(name) {
            true => Told::Exactly,
            false => told,
        };
        html! {
            <><dt>{ name.replace('_', " ") }</dt><dd title={told.mark(format::exact(*value))}>{ told.mark(format::significant(*value, 3)) }</dd></>
        }
    });
    html! {
        <li data-pitfall={pitfall.name.clone()} data-severity={name}>
            <details class="term">
                <summary>
                    { sign(outcome) }
                    { pitfall.title() }
                    <span class="aside">{ severity }</span>
                </summary>
                <p>{ &pitfall.reason }</p>
                <p>{ &pitfall.advice }</p>
                if !pitfall.evidence.is_empty() {
                    <dl class="facts">{ for evidence }</dl>
                }
            </details>
        </li>
    }
}
