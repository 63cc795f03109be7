//! Which column plays which part: the guess, its reason, and the way to correct it.

mod column_checks;
mod column_select;
mod settings;

use std::rc::Rc;

use greenlight_data::Role;
use greenlight_readiness::Choices;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::engine::protocol::TableSummary;
use crate::session::{Before, Loaded, Move};
use crate::words;
use column_checks::ColumnChecks;
use column_select::ColumnSelect;
pub use settings::{judge_split, on_select};
use settings::{
    latency_unit_select, pass_mark_select, positive_select, split_selects, time_zone_select,
    window_controls,
};

/// The roles by the question that they answer.
const GROUPS: [(&str, &[Role]); 6] = [
    (
        "What was right, and what was answered",
        &[
            Role::Label,
            Role::Prediction,
            Role::Score,
            Role::ClassScores,
        ],
    ),
    (
        "When, and how fast",
        &[Role::Timestamp, Role::Latency, Role::Error],
    ),
    (
        "What it cost, and what users said",
        &[Role::Cost, Role::Feedback],
    ),
    ("Which rows", &[Role::Split, Role::Count]),
    (
        "Who and where",
        &[Role::Id, Role::Model, Role::Variant, Role::Segment],
    ),
    ("Everything else", &[Role::Feature]),
];

/// The properties of [`Mapping`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The table whose columns are settled.
    pub table: Rc<TableSummary>,
    /// What has been settled about it.
    pub choices: Choices,
    /// What is computed from it; `None` where its roles do not make observations yet.
    pub loaded: Option<Rc<Loaded>>,
    /// Columns that changed their parts with the last choice.
    pub moves: Vec<Move>,
    /// What was settled before that.
    pub before: Option<Rc<Before>>,
    /// Settles something.
    pub choose: Callback<Choices>,
    /// How many roles, in the order of [`Role::ALL`], may name all columns yet.
    pub ready: usize,
}

/// A control for each role, and for what else has to be known about the columns.
///
/// Each has the handle `role-ROLE`. The roles that several columns play have one checkbox a column: the whole
/// fieldset is `role-class_scores`, `role-segment`, `role-feature`; its list of boxes is named as in the report
/// where that differs, `role-segments` and `role-features`.
#[component]
pub fn Mapping(props: &Props) -> Html {
    let Props {
        table,
        choices,
        loaded,
        choose,
        ready,
        ..
    } = props;
    // The same callback for the same choices, so that controls are rendered anew only where something has changed.
    let give = use_callback(
        (choices.clone(), choose.clone()),
        |(role, columns): (Role, Vec<String>), (choices, choose)| {
            let mut choices = choices.clone();
            choices.give(role, columns);
            choose.emit(choices);
        },
    );
    let control = |&role: &Role| {
        let is_ready = Role::ALL.iter().position(|&other| other == role) < Some(*ready);
        let (choices, give) = (choices.clone(), give.clone());
        match role {
            Role::ClassScores | Role::Segment | Role::Feature => html! {
                <ColumnChecks key={role.name()} {role} {table} {choices} {give} {is_ready} />
            },
            _ => html! {
                <ColumnSelect key={role.name()} {role} {table} {choices} {give} {is_ready} />
            },
        }
    };
    let beside = |roles: &[Role]| match (roles, loaded) {
        ([Role::Label, ..], Some(loaded)) => html! {
            <>
                { positive_select(loaded, choices, choose) }
                { pass_mark_select(loaded, choices, choose) }
            </>
        },
        ([Role::Timestamp, ..], _) => html! {
            <>
                if table.roles.latency.is_some() {
                    { latency_unit_select(table.latency_unit, choices, choose) }
                }
                { window_controls(loaded.as_deref(), choices, choose) }
                if table.roles.timestamp.is_some() {
                    { time_zone_select(choices, choose) }
                }
            </>
        },
        ([Role::Split, ..], Some(loaded)) => split_selects(loaded, choices, choose),
        _ => Html::default(),
    };
    let mut guesses = choices.clone();
    guesses.forget_columns();
    html! {
        <div class="mapping">
            <div class="mapping-head">
                <h2 id="mapping" tabindex="-1">{ "Which column is what" }</h2>
                if !choices.are_guesses() {
                    <button
                        class="quiet"
                        data-testid="back-to-guesses"
                        onclick={go_back(guesses, choose, "mapping".to_owned())}
                    >
                        { "Back to the guesses" }
                    </button>
                }
            </div>
            { for GROUPS.iter().map(|(title, roles)| html! {
                <fieldset class="group" key={*title}>
                    <legend>{ *title }</legend>
                    <div class="controls">
                        { for roles.iter().filter(|role| !is_list(**role)).map(control) }
                        { beside(roles) }
                    </div>
                    { news(roles, props) }
                    { for roles.iter().filter(|role| is_list(**role)).map(control) }
                </fieldset>
            }) }
        </div>
    }
}

fn is_list(role: Role) -> bool {
    matches!(role, Role::ClassScores | Role::Segment | Role::Feature)
}

/// What the last choice has done beside what was asked for, where that was asked; and the way back.
fn news(roles: &[Role], props: &Props) -> Html {
    let moves = props.moves.iter().filter(|news| roles.contains(&news.to));
    let first = moves.clone().next();
    let asked = first.map(|news| format!("role-{}", news.to.name()));
    html! {
        // Always there, so that what comes into it is read out.
        <div class="news" role="status">
            if let Some((before, asked)) = props.before.as_ref().zip(asked) {
                <div class="notice" data-testid="moved">
                    { for moves.map(moved) }
                    <button
                        class="quiet"
                        data-testid="undo"
                        onclick={go_back(before.choices.clone(), &props.choose, asked)}
                    >
                        { "Undo" }
                    </button>
                </div>
            }
        </div>
    }
}

/// Settles what was settled before. The button for it is about to go, so the focus goes elsewhere.
fn go_back(choices: Choices, choose: &Callback<Choices>, focus: String) -> Callback<MouseEvent> {
    choose.reform(move |_| {
        let place = gloo::utils::document().get_element_by_id(&focus);
        if let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
            let _ = place.focus();
        }
        choices.clone()
    })
}

fn moved(news: &Move) -> Html {
    let from = words::role_noun(news.from);
    let vacant = match news.is_vacant {
        true => format!(", and no column is {from}"),
        false => String::new(),
    };
    html! {
        <p>
            <code>{ &news.column }</code>
            { format!(" was {from}; it is now {}{vacant}.", words::role_noun(news.to)) }
        </p>
    }
}
