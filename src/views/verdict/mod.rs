//! The page for a release meeting: the answer, why, what to do next, what was asked and measured, the traps, and what
//! cannot be told.

mod coverage;
mod criteria;
mod next_steps;
mod pitfalls;

use std::rc::Rc;

use greenlight_format as format;
use greenlight_readiness::{Report, WindowRule, Windows};
use yew::prelude::*;

use crate::components::{PolicySelect, ReportDownload, checklist_line, read_as, sign};
use crate::context::Context;
use crate::marks;
use crate::session::{Action, Loaded};
use crate::views::View;
use crate::views::over_time::time_notes;
use crate::words;

/// The properties of [`VerdictView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// The data and its judgement.
    pub loaded: Rc<Loaded>,
}

/// Reasons shown at once, and steps; the rest is one click away.
const SHOWN: usize = 3;

/// The answer, why, and what to do.
#[component]
pub fn VerdictView(Props { context, loaded }: &Props) -> Html {
    let report = &loaded.report;
    use_effect_with(Rc::as_ptr(loaded) as usize, |_| {
        marks::mark_painted(marks::VERDICT_PAINTED);
    });
    let outcome = report.verdict.outcome();
    let is_examined = loaded.is_examined();
    let print = Callback::from(|_: MouseEvent| {
        // Refused only where a page may not print, and then nothing can be done.
        let _ = gloo::utils::window().print();
    });
    html! {
        <section class="view verdict">
            <div class="headline">
                <h1
                    class={classes!("answer", words::outcome_class(outcome))}
                    data-testid="verdict"
                    data-verdict={report.verdict.name()}
                >
                    { sign(outcome) }
                    { report.verdict.words() }
                    <span class="so-far" role="status">
                        if !is_examined {
                            { match loaded.origin.shared() {
                                Some(_) => "as far as it is known without the rows",
                                None => "so far: still looking for leaks and weak groups…",
                            } }
                        }
                    </span>
                </h1>
                <div class="actions">
                    <PolicySelect context={context.clone()} changeable=true />
                    <ReportDownload context={context.clone()} loaded={Rc::clone(loaded)} />
                    <button onclick={print}>{ "Print or save as PDF" }</button>
                </div>
            </div>
            { tried(context) }
            <div class="deciding">
                <div>
                    <h2>{ "Why" }</h2>
                    { reasons(report) }
                    { for parts_of_rows(loaded).map(time_notes) }
                </div>
                <div>
                    <h2>{ "What to do next" }</h2>
                    { next_steps::next_steps(report, is_examined) }
                </div>
            </div>
            <p class="print-only aside">
                { format!("Judged by the policy “{}”.", report.settings.policy) }
            </p>
            <p class="aside read-as" data-testid="read-as">
                { left_out(report) }
                { read_as(report) }
                { " " }
                <a href={View::Load.address_of("role-label")}>{ "Change…" }</a>
            </p>
            { criteria::criteria(loaded, &context.session.policy) }
            <div class="deciding">
                { pitfalls::pitfalls(loaded, &context.session.policy, is_examined) }
                { coverage::coverage(report) }
            </div>
            { checklist_line(&context.session) }
            <details class="method">
                <summary>{ "How is this computed?" }</summary>
                <p>
                    { "Each criterion compares one number with one limit. It passes where the whole \
                       95 % interval is on the good side of the limit, is at risk where only the \
                       number itself is, and fails where the number is not. The interval is where \
                       the number would lie if there were endlessly many rows like these; in one \
                       file of twenty it lies outside. One failed requirement, \
                       or one serious trap, makes the model not ready; better than chance has to \
                       be shown with the whole interval. What the file cannot tell is said, not \
                       guessed, and where that leaves open whether the answers beat chance, there is \
                       not enough evidence." }
                </p>
            </details>
        </section>
    }
}

/// That another threshold decides than the file's, and the way back.
fn tried(context: &Context) -> Html {
    let Some(threshold) = context.session.thresholds.current() else {
        return Html::default();
    };
    let back = context.act.clone();
    let back = Callback::from(move |_: MouseEvent| {
        back.emit(Action::Decide(None));
        back.emit(Action::Settle);
    });
    html! {
        <p class="tried" data-testid="tried">
            { format!("Tried out: decided at the threshold {}, and not as the file decides. ", format::exact(threshold)) }
            <button type="button" onclick={back}>{ "Back to the file’s own answers" }</button>
        </p>
    }
}

fn reasons(report: &Report) -> Html {
    let item = |reason: &String| html! { <li>{ reason }</li> };
    let (first, rest) = report.reasons.split_at(report.reasons.len().min(SHOWN));
    html! {
        <>
            <ol class="reasons" data-testid="reasons">{ for first.iter().map(item) }</ol>
            if !rest.is_empty() {
                <details class="more">
                    <summary>{ more(rest.len(), "reason") }</summary>
                    <ol class="reasons" start={(SHOWN + 1).to_string()}>
                        { for rest.iter().map(item) }
                    </ol>
                </details>
            }
        </>
    }
}

/// The windows, where they are rows and not times: whatever keeps them from being times should be known.
fn parts_of_rows(loaded: &Loaded) -> Option<&Windows> {
    let windows = loaded.profile.windows();
    windows.filter(|windows| matches!(windows.rule, WindowRule::Parts(_)))
}

/// "1 more reason", "4 more reasons".
fn more(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 more {what}"),
        number => format!("{number} more {what}s"),
    }
}

/// Rows that the verdict does not rest on.
fn left_out(report: &Report) -> Html {
    let sources = report.sources.iter();
    // What lies outside of a range of time that was chosen is neither used nor left out.
    let left: u64 = sources
        .clone()
        .flat_map(|source| &source.rejected)
        .map(|rejection| rejection.rows)
        .sum();
    let rows: u64 = left + sources.map(|source| source.rows_used).sum::<u64>();
    if left == 0 {
        return Html::default();
    }
    let (left, rows) = (format::count(left), format::count(rows));
    html! {
        <>
            { format!("{left} of {rows} rows could not be used: ") }
            <a href={View::Load.address()}>{ "see why" }</a>
            { ". " }
        </>
    }
}
