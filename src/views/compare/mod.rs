//! The report on screen beside another, such as the last release's: what got better, what got worse, and what chance explains.

mod bring;
mod table;

use std::rc::Rc;

use greenlight_readiness::comparison::{Comparison, Side};
use greenlight_readiness::written::comparison::{method, origin, verdict};
use greenlight_readiness::{Outcome, Pitfall, Verdict};
use yew::prelude::*;

use crate::components::{sign, table_download};
use crate::context::Context;
use crate::session::{Action, Compared, Loaded};
use crate::words;
use bring::Bring;
use table::NumberTable;

/// The properties of [`CompareView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// The data and its judgement.
    pub loaded: Rc<Loaded>,
}

/// Two reports side by side.
#[component]
pub fn CompareView(Props { context, loaded }: &Props) -> Html {
    let compared = context.session.compared.clone();
    let comparison = use_memo(
        (compared.clone(), Rc::as_ptr(loaded) as usize),
        |(compared, _)| {
            compared
                .as_ref()
                .map(|compared| Rc::new(compared.with(&loaded.report, &loaded.profile)))
        },
    );
    html! {
        <section class="view compare" data-testid="compare">
            { match (&*comparison, compared) {
                (Some(comparison), Some(compared)) => side_by_side(context, &compared, comparison),
                _ => html! {
                    <>
                        <h1>{ "What has changed since another report?" }</h1>
                        <p class="lead">
                            { "Bring the report of the last release, or of another model: what got better, what got worse, and what \
                               chance explains." }
                        </p>
                    </>
                },
            } }
            <Bring context={context.clone()} />
            <details class="method">
                <summary>{ "How is this computed?" }</summary>
                { for comparison.as_ref().as_ref().map(|comparison| html! { <p>{ method(comparison) }</p> }) }
                <p>
                    { "Each number is held against its like as two independent samples. Shares come with their counts, so the interval of \
                       a difference is Newcombe’s; ROC AUC, F1, balanced accuracy, κ and percentiles of latency have intervals of their \
                       own, which are combined in the same way. What has no interval is shown, and called neither better nor worse." }
                </p>
                <p>
                    { "Answers to the very same examples are more alike than two samples: put both models’ answers into one file with a column \
                       that names the model, and the Stability view compares them example by example." }
                </p>
            </details>
        </section>
    }
}

fn side_by_side(context: &Context, compared: &Rc<Compared>, comparison: &Rc<Comparison>) -> Html {
    let swap = {
        let (act, compared) = (context.act.clone(), Rc::clone(compared));
        Callback::from(move |_: MouseEvent| {
            let swapped = Compared {
                is_before: !compared.is_before,
                ..(*compared).clone()
            };
            act.emit(Action::Compare(Some(Rc::new(swapped))));
        })
    };
    let other = format!("“{}”", compared.name);
    let this = "this one, on screen".to_owned();
    let (before, after) = match compared.is_before {
        true => (other, this),
        false => (this, other),
    };
    html! {
        <>
            <h1 data-testid="compare-headline">{ &comparison.headline }</h1>
            <p class="lead" data-testid="compare-summary">{ &comparison.summary }</p>
            <div class="sides">
                { side("Before", &before, &comparison.before) }
                { side("After", &after, &comparison.after) }
                <button type="button" class="quiet" data-testid="compare-swap" onclick={swap}>
                    { "Swap before and after" }
                </button>
            </div>
            if !comparison.notes.is_empty() {
                <ul class="notes" data-testid="compare-notes">
                    { for comparison.notes.iter().map(|note| html! { <li>{ note }</li> }) }
                </ul>
            }
            <NumberTable comparison={Rc::clone(comparison)} />
            { criteria(comparison) }
            { traps("New traps", &comparison.pitfalls.raised) }
            { traps("Traps that are gone", &comparison.pitfalls.gone) }
        </>
    }
}

fn side(when: &str, what: &str, side: &Side) -> Html {
    let outcome = side.verdict.map_or(Outcome::NoEvidence, Verdict::outcome);
    html! {
        <div class="side" data-testid={format!("side-{}", when.to_ascii_lowercase())}>
            <h2>{ format!("{when}: {what}") }</h2>
            <p class={classes!("side-verdict", words::outcome_class(outcome))}>
                { sign(outcome) }
                { verdict(side) }
            </p>
            <p class="aside">{ format!("{}.", origin(side)) }</p>
            { for side.reasons.first().map(|reason| html! { <p>{ reason }</p> }) }
        </div>
    }
}

/// The criteria that came out otherwise.
fn criteria(comparison: &Comparison) -> Html {
    let moved: Vec<_> = comparison
        .criteria
        .iter()
        .filter(|one| one.before != one.after)
        .collect();
    if moved.is_empty() {
        return Html::default();
    }
    let cell = |outcome: Option<Outcome>| match outcome {
        Some(outcome) => html! {
            <td class={classes!("outcome", words::outcome_class(outcome))}>
                { sign(outcome) }
                { words::outcome(outcome) }
            </td>
        },
        None => html! { <td>{ "not asked" }</td> },
    };
    let is_multiclass = comparison.has_many_classes();
    html! {
        <>
            <h2>{ "Criteria that came out otherwise" }</h2>
            <div class="scroll">
                <table class="table" data-testid="table-compared_criteria">
                    <thead>
                        <tr>
                            <th scope="col">{ "Criterion" }</th>
                            <th scope="col">{ "Before" }</th>
                            <th scope="col">{ "After" }</th>
                            <th scope="col">{ "To know" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for moved.into_iter().map(|one| html! {
                            <tr key={one.name.clone()}>
                                <th scope="row">
                                    { greenlight_readiness::title(one.metric, is_multiclass) }
                                    <span class="aside">{ format!(" ({})", words::severity(one.severity)) }</span>
                                </th>
                                { cell(one.before) }
                                { cell(one.after) }
                                <td>{ for one.reason.iter() }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
            { table_download("compared_criteria", "Criteria that came out otherwise") }
        </>
    }
}

fn traps(title: &str, pitfalls: &[Pitfall]) -> Html {
    if pitfalls.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h2>{ title.to_owned() }</h2>
            <ul class="notes">
                { for pitfalls.iter().map(|pitfall| html! {
                    <li key={pitfall.name.clone()}>
                        <strong>{ pitfall.title().to_owned() }</strong>
                        { format!(": {}", pitfall.reason) }
                    </li>
                }) }
            </ul>
        </>
    }
}
