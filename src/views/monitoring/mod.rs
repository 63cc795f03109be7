//! What is watched over time: rules, the alerts they raised, and a replay of how that came about.

mod changes;
mod log;
mod picture;
mod replay;
mod rule_card;
mod table;

use std::rc::Rc;

use greenlight_readiness::monitoring::{
    FalseAlarms, Over, Replay, RuleState, STILL_LOOKING, Watched,
};
use greenlight_readiness::monitoring_words;
use greenlight_readiness::{Metric, Policy};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::components::pictures::{Picture, SharedPicture};
use crate::context::Context;
use crate::session::Loaded;
use crate::views::over_time::{answers_about_score, time_notes};
use crate::views::policy::drafts::Part;
use crate::views::policy::editor::Editor;
use crate::views::policy::focus_on;

use picture::picture_of;
use replay::{ReplayControls, use_playing};
use rule_card::Card;

/// The properties of [`MonitoringView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// The data and its judgement.
    pub loaded: Rc<Loaded>,
}

/// What is watched over time.
#[component]
pub fn MonitoringView(Props { context, loaded }: &Props) -> Html {
    let session = &context.session;
    let chosen = use_state_eq(|| None::<String>);
    let drafts = use_state(Vec::new);
    let focus = use_mut_ref(|| None::<String>);
    {
        let focus = Rc::clone(&focus);
        use_effect(move || focus_on(focus.take()));
    }
    let key = (Same(Rc::clone(loaded)), Same(Rc::clone(&session.policy)));
    let replay = use_memo(key.clone(), |(Same(loaded), Same(policy))| {
        Replay::of(&loaded.profile, policy)
    });
    let false_alarms = use_memo(key.clone(), |(Same(loaded), Same(policy))| {
        FalseAlarms::of(&loaded.profile, policy)
    });
    let playing = use_playing(replay.windows());
    let editor = Editor {
        policy: Rc::clone(&session.policy),
        policies: session.policies.clone(),
        act: context.act.clone(),
        drafts,
        focus,
    };
    let as_known = |states| match session.shared() {
        Some(shared) => without_rows(states, shared.thinned.without_windows),
        None => states,
    };
    let at_end = playing.step == replay.steps();
    let states = as_known(replay.at(playing.step));
    let end = as_known(replay.end());
    let shown = shown(&end, chosen.as_deref());
    let choose = {
        let chosen = chosen.setter();
        Callback::from(move |name: String| chosen.set(Some(name)))
    };
    let picture = use_memo((key, shown), |((Same(loaded), _), shown)| {
        let state = replay.end().get((*shown)?).cloned()?;
        picture_of(&state, &loaded.profile).map(SharedPicture::new)
    });
    html! {
        <section class="view monitoring">
            <h1 data-testid="monitoring-finding">
                { match playing.step {
                    0 if replay.steps() > 0 => "No window is seen yet".to_owned(),
                    _ => monitoring_words::finding(&states, &loaded.profile),
                } }
            </h1>
            <p class="lead">
                { "An alert that was raised stays raised. It says when to look, and leaves the verdict as it is." }
            </p>
            { for loaded.profile.windows().map(time_notes) }
            { range(context, loaded) }
            if end.iter().any(|state| state.standing.is_ok()) && replay.steps() > 0 {
                <ReplayControls playing={playing.clone()} profile={Rc::clone(loaded)} />
            }
            if let (Some(picture), Some(index)) = (&*picture, shown) {
                <Picture
                    name="monitoring"
                    picture={picture.clone()}
                    chosen={loaded.chosen_windows()}
                    on_choose={context.selecting()}
                    seen={(!at_end).then_some(playing.behind())}
                    twin=false
                />
                { for states.get(index).map(|state| table::table(state, &loaded.profile)) }
            }
            { log::log(&states, &loaded.profile, at_end) }
            <h2 id="rules" tabindex="-1">{ "What is watched" }</h2>
            <ul class="rules" data-testid="rules">
                { for states.iter().enumerate().map(|(index, state)| Card {
                    editor: &editor,
                    index,
                    state,
                    // What it would have missed since is known at the end alone.
                    false_alarms: false_alarms.get(index).filter(|_| at_end),
                    profile: &loaded.profile,
                    is_chosen: shown == Some(index),
                    elsewhere: match state.rule.metric == Watched::Of(Metric::ScorePsi) {
                        true if at_end => answers_about_score(&loaded.report),
                        _ => Html::default(),
                    },
                    choose: choose.reform({
                        let name = state.rule.name.clone();
                        move |()| name.clone()
                    }),
                }.view()) }
            </ul>
            { add(&editor, loaded, choose.clone()) }
            { method() }
        </section>
    }
}

/// The range of time within which rules look, where that is not all of it, and the way back.
fn range(context: &Context, loaded: &Loaded) -> Html {
    let Some((windows, chosen)) = loaded.profile.windows().zip(loaded.chosen_windows()) else {
        return Html::default();
    };
    let Some(span) = loaded.profile.settings.range else {
        return Html::default();
    };
    let selecting = context.selecting();
    html! {
        <p class="aside" data-testid="monitoring-range" data-windows={chosen.len().to_string()}>
            { monitoring_words::within(windows, span) }
            if loaded.chosen_range().is_some() {
                { " " }
                <button
                    type="button"
                    class="quiet"
                    data-testid="monitoring-range-reset"
                    onclick={move |_| selecting.emit(None)}
                >
                    { "Look at all of them" }
                </button>
            }
        </p>
    }
}

/// What is still to be looked at will never be, where a report came without its rows.
fn without_rows(mut states: Vec<RuleState>, without_windows: bool) -> Vec<RuleState> {
    for state in &mut states {
        let is_of_windows = state.rule.over == Over::Windows;
        if let Err(why) = &mut state.standing {
            if without_windows && is_of_windows {
                *why = "the windows of time were left out of this report".to_owned();
            } else if why == STILL_LOOKING {
                *why = "the report came without its rows".to_owned();
            }
        }
    }
    states
}

/// The same only where it is the very same.
struct Same<T>(Rc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The rule of which there is a picture: the chosen one, else the first that was raised, else the first with something to look
/// at.
fn shown(states: &[RuleState], chosen: Option<&str>) -> Option<usize> {
    let of = |is: &dyn Fn(&RuleState) -> bool| states.iter().position(is);
    let raised = |state: &RuleState| {
        let standing = state.standing.as_ref();
        standing.is_ok_and(|standing| standing.raised.is_some())
    };
    let by_name = chosen.and_then(|name| of(&|state| state.rule.name == name));
    by_name
        .or_else(|| of(&raised))
        .or_else(|| of(&|state| state.standing.is_ok()))
}

/// One more rule: the number is chosen, then it is added, drawn, and open for its limit.
fn add(editor: &Editor, loaded: &Loaded, choose: Callback<String>) -> Html {
    let is_watched = |name: &str| {
        let mut rules = editor.policy.monitoring.iter();
        rules.any(|rule| rule.metric.name() == name)
    };
    let first = ["error_rate", "recall", "accuracy"];
    let first = first.into_iter().find(|name| !is_watched(name));
    let adder = editor.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        let select = gloo::utils::document().get_element_by_id("rule-new");
        let select = select.and_then(|select| select.dyn_into::<HtmlSelectElement>().ok());
        if let Some(select) = select {
            let (added, policy) = (select.value(), &adder.policy);
            let place = Part::Rule(policy.monitoring.len()).path("limit");
            adder.alter(changes::add, 0, &added, place);
            if let Some(name) = changes::name_of_added(policy, &added) {
                choose.emit(name);
            }
        }
    });
    html! {
        <div class="add">
            <div class="entry">
                <label for="rule-new">{ "Watch one more number" }</label>
                <select id="rule-new" data-testid="rule-new">
                    { rule_card::options(first.unwrap_or_default(), &loaded.profile, None) }
                </select>
            </div>
            <button type="button" data-testid="rule-add" {onclick}>{ "Add" }</button>
            { kept(&editor.policy) }
        </div>
    }
}

/// Where the rules are kept.
fn kept(policy: &Policy) -> Html {
    html! {
        <p class="aside">
            { format!("Rules belong to the policy, “{}”: they are kept and exported with it. ", crate::words::policy(&policy.name)) }
        </p>
    }
}

fn method() -> Html {
    html! {
        <details class="method">
            <summary>{ "How is this computed?" }</summary>
            <p>
                { "A rule compares the number of each window, or of each row, with its limit. The first one beyond it raises \
                   the alert, which stays raised for these data: it keeps the first, the worst and how many there were. A \
                   window is not judged where it is empty, where the data begin or end within it, or where it has fewer rows \
                   behind its number than are asked for. Where a range of time is chosen, only what lies within it is looked at." }
            </p>
            <p>
                { "Fixed limits cry wolf on small windows: of a model that is right in 95 % of all cases, some window of \
                   thirty with 100 rows each is below 90 % in 29 % of all files. So an alert says whether chance may be \
                   behind it: it is sure where the window’s interval, at level 1 − 0.05/k for the k windows judged, lies \
                   wholly beyond the limit. For drift it is the chi-square test at that level that says so." }
            </p>
            <p>
                { "The replay shows what was known window by window: it looks at no window that comes later. The same rules on \
                   the windows of the reference, where all was well, say how often they would have cried wolf." }
            </p>
        </details>
    }
}
