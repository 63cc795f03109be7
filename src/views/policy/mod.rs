//! What "ready" means, to be changed: each limit beside what was measured, and the answer that follows.

mod bring;
pub(super) mod changes;
pub(super) mod criterion;
pub(super) mod drafts;
pub(super) mod editor;
pub(super) mod limit;

use std::rc::Rc;

use greenlight_format as format;
use greenlight_readiness::policy::{Group, PRESETS};
use greenlight_readiness::{Metric, Policy};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlSelectElement};
use yew::prelude::*;

use crate::components::{PolicySelect, sign};
use crate::context::Context;
use crate::hooks::can_store;
use crate::session::{Action, Loaded, PolicyAction, is_preset};
use crate::views::View;
use crate::words;
use bring::Bring;
use criterion::{criterion_card, metric_options};
use drafts::Part;
use editor::{Editor, Place};

/// The properties of [`PolicyView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// The data and its judgement.
    pub loaded: Rc<Loaded>,
}

/// What "ready" means, to be changed.
#[component]
pub fn PolicyView(Props { context, loaded }: &Props) -> Html {
    let drafts = use_state(Vec::new);
    let focus = use_mut_ref(|| None::<String>);
    {
        let focus = Rc::clone(&focus);
        use_effect(move || focus_on(focus.take()));
    }
    // Whatever was typed belongs to the policy that was in force.
    let forget_drafts = {
        let drafts = drafts.setter();
        Callback::from(move |()| drafts.set(Vec::new()))
    };
    let session = &context.session;
    let editor = Editor {
        policy: Rc::clone(&session.policy),
        policies: session.policies.clone(),
        act: context.act.clone(),
        drafts,
        focus,
    };
    let choosing = {
        let (judge, forget_drafts) = (context.judge.clone(), forget_drafts.clone());
        Context {
            judge: Callback::from(move |policy| {
                forget_drafts.emit(());
                judge.emit(policy);
            }),
            ..context.clone()
        }
    };
    let multiclass = loaded.report.overall.classes.len() > 2;
    html! {
        <section class="view policy">
            <h1>{ "What does “ready” mean for you?" }</h1>
            <div class="summary">
                { answer(context, loaded) }
                <div class="actions">
                    <PolicySelect context={choosing.clone()} explained=true />
                    { ways_back(&editor, &choosing, &forget_drafts) }
                </div>
            </div>
            <h2 id="asked" tabindex="-1">{ "What is asked" }</h2>
            { asked(&editor, loaded) }
            { add(&editor, multiclass) }
            <h2>{ "The policy as a whole" }</h2>
            { whole(&editor) }
            <Bring
                policy={Rc::clone(&session.policy)}
                {multiclass}
                act={context.act.clone()}
                on_kept={forget_drafts}
            />
            { stored(&editor) }
            { method() }
        </section>
    }
}

/// What these limits come to, and what it was before the last change.
fn answer(context: &Context, loaded: &Loaded) -> Html {
    let verdict = loaded.report.verdict;
    let outcome = verdict.outcome();
    let before = context.session.verdict_before();
    let before = before.filter(|before| *before != verdict);
    html! {
        <div class="findings">
            <p class={classes!("verdict-now", words::outcome_class(outcome))} role="status" data-testid="policy-verdict">
                { sign(outcome) }
                <span>{ format!("With these limits: {}", verdict.words()) }</span>
            </p>
            if let Some(before) = before {
                <p class="aside" data-testid="policy-verdict-before">
                    { format!("Before the last change: {}", before.words()) }
                </p>
            }
            if let Some(reason) = loaded.report.reasons.first() {
                <p class="lead">{ reason }</p>
            }
            <p class="aside"><a href={View::Verdict.address()}>{ "All reasons" }</a></p>
        </div>
    }
}

fn ways_back(editor: &Editor, context: &Context, forget_drafts: &Callback<()>) -> Html {
    let act = |action: PolicyAction| {
        let (act, forget_drafts) = (editor.act.clone(), forget_drafts.clone());
        Callback::from(move |_: MouseEvent| {
            forget_drafts.emit(());
            act.emit(Action::Policy(action.clone()));
        })
    };
    let can_undo = editor.policies.can_undo();
    let undo = act(PolicyAction::Undo);
    let name = &editor.policy.name;
    let is_own = !is_preset(&editor.policy);
    let made_of = |preset: &&str| {
        name.strip_prefix("our_")
            .is_some_and(|rest| rest.starts_with(*preset))
    };
    let origin = PRESETS.into_iter().find(made_of).filter(|_| is_own);
    html! {
        <div class="policy-buttons">
            <button
                type="button"
                class="quiet"
                data-testid="policy-undo"
                aria-disabled={(!can_undo).then_some("true")}
                onclick={undo}
            >
                { "Undo the last change" }
            </button>
            if let Some((origin, preset)) = origin.and_then(|name| Some((name, Policy::preset(name)?))) {
                <button
                    type="button"
                    class="quiet"
                    data-testid="policy-restore"
                    onclick={context.judge.reform(move |_: MouseEvent| Rc::new(preset.clone()))}
                >
                    { format!("Back to “{}”", words::policy(origin)) }
                </button>
            }
            if is_own {
                <button
                    type="button"
                    class="quiet"
                    data-testid="policy-remove"
                    onclick={act(PolicyAction::Remove)}
                >
                    { "Remove this policy" }
                </button>
            }
        </div>
    }
}

/// The criteria by what they are about.
fn asked(editor: &Editor, loaded: &Loaded) -> Html {
    let criteria = &editor.policy.criteria;
    let of = |group: Group| {
        let criteria = criteria.iter().enumerate();
        criteria.filter(move |(_, asked)| asked.metric.group() == group)
    };
    let groups = Group::ALL
        .into_iter()
        .filter(|group| of(*group).next().is_some());
    html! {
        <>{ for groups.map(|group| html! {
            <section key={group.title()} class="asked">
                <h3>{ group.title() }</h3>
                <ul>
                    { for of(group).map(|(index, asked)| criterion_card(editor, index, asked, loaded)) }
                </ul>
            </section>
        }) }</>
    }
}

/// One more criterion: the number is chosen, then it is added.
fn add(editor: &Editor, multiclass: bool) -> Html {
    let is_asked = |metric: &Metric| {
        editor
            .policy
            .criteria
            .iter()
            .any(|one| one.metric == *metric)
    };
    let first = Metric::ALL.iter().find(|metric| !is_asked(metric));
    let first = first.map_or("", |metric| metric.name());
    let adder = editor.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        let select = gloo::utils::document().get_element_by_id("policy-new");
        let select = select.and_then(|select| select.dyn_into::<HtmlSelectElement>().ok());
        if let Some(select) = select {
            let place = Part::Criterion(adder.policy.criteria.len()).path("limit");
            adder.alter(changes::add, 0, &select.value(), place);
        }
    });
    html! {
        <div class="add">
            <div class="entry">
                <label for="policy-new">{ "Ask for one more number" }</label>
                <select id="policy-new" data-testid="policy-new">{ metric_options(first, multiclass) }</select>
            </div>
            <button type="button" data-testid="policy-add" {onclick}>{ "Add" }</button>
        </div>
    }
}

/// What is said of the policy rather than of a number.
fn whole(editor: &Editor) -> Html {
    let place = |key, label, change| Place {
        key,
        part: Part::Whole,
        label,
        change,
    };
    let policy = &editor.policy;
    html! {
        <div class="ask-more whole">
            { editor.text(place("name", "Name", changes::set_name), policy.name.clone(), None) }
            { editor.text(
                place("minimum_rows", "Least rows behind each number", changes::set_minimum_rows),
                format::count(policy.minimum_rows),
                None,
            ) }
            { editor.long_text(place("description", "What it is for", changes::set_description), policy.description.clone()) }
        </div>
    }
}

/// Where own policies are, and how to be rid of them.
fn stored(editor: &Editor) -> Html {
    let act = editor.act.clone();
    let onclick =
        Callback::from(move |_: MouseEvent| act.emit(Action::Policy(PolicyAction::Forget)));
    let own = editor.policies.own.len();
    html! {
        <div class="stored">
            <p class="aside">
                { match (can_store(), own) {
                    (false, _) => "This browser does not let the page keep anything: download the policy to have it on your next visit.",
                    (true, 0) => "What you change is kept in this browser, as a policy of your own. No row of your data ever is.",
                    (true, _) => "Your own policies and which one judges are kept in this browser. No row of your data ever is.",
                } }
            </p>
            if own > 0 {
                <button type="button" class="quiet" data-testid="policy-forget" {onclick}>
                    { "Forget stored policies" }
                </button>
            }
        </div>
    }
}

fn method() -> Html {
    html! {
        <details class="method">
            <summary>{ "How does a policy judge?" }</summary>
            <p>
                { "Each line compares one number with its limit. A required one that fails makes the model not \
                   ready; an advised one is a warning. Where the value passes but its 95 % interval crosses the \
                   limit, it is at risk. With fewer rows behind a number than asked for, it is no evidence, unless \
                   even so few rows show that it fails. Shares are typed in percent (90, 90 % and 0.9 are the \
                   same), differences in percentage points, latencies in ms or s." }
            </p>
        </details>
    }
}

pub(super) fn focus_on(id: Option<String>) {
    let element = id.and_then(|id| gloo::utils::document().get_element_by_id(&id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // What is folded away cannot have the focus.
        if let Ok(Some(folded)) = element.closest("details:not([open])") {
            let _ = folded.set_attribute("open", "");
        }
        // An element that cannot be focused leaves the focus where it is.
        let _ = element.focus();
    }
}
