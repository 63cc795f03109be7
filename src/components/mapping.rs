//! Which column plays which part: the guess, its reason, and the way to correct it.

use greenlight_data::{ColumnKind, LatencyUnit, Role};
use greenlight_readiness::{Choices, RoleNames};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::Context;
use crate::engine::protocol::TableSummary;
use crate::session::Session;

/// The roles that this version judges by.
const ROLES: [(Role, &str); 5] = [
    (Role::Label, "True class"),
    (Role::Prediction, "Predicted class"),
    (Role::Score, "Score of the positive class"),
    (Role::Latency, "Latency"),
    (Role::Split, "Split"),
];

/// The properties of [`Mapping`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// The table whose columns are settled.
    pub table: std::rc::Rc<TableSummary>,
}

/// A control for each role, and one for the positive class.
#[component]
pub fn Mapping(Props { context, table }: &Props) -> Html {
    let choices = context.session.choices();
    html! {
        <div class="mapping">
            { for ROLES.iter().map(|&(role, title)| role_control(role, title, table, &choices, context)) }
            { latency_unit_control(table, &choices, context) }
            { positive_control(&choices, context) }
        </div>
    }
}

fn role_control(
    role: Role,
    title: &'static str,
    table: &TableSummary,
    choices: &Choices,
    context: &Context,
) -> Html {
    let name = role.name();
    let chosen = match choices.roles.get(&role) {
        Some(columns) => columns.first().cloned(),
        None => played_by(&table.roles, role),
    };
    let onchange = on_select(choices, context, move |choices, value| {
        choices.set_role(role, (!value.is_empty()).then_some(value));
    });
    html! {
        <div class="control" key={name}>
            <label for={format!("role-{name}")}>{ title }</label>
            <select id={format!("role-{name}")} data-testid={format!("role-{name}")} {onchange}>
                <option value="" selected={chosen.is_none()}>{ "None" }</option>
                { for table.columns.iter().map(|column| html! {
                    <option
                        value={column.name.clone()}
                        selected={chosen.as_ref() == Some(&column.name)}
                    >
                        { &column.name }
                    </option>
                }) }
            </select>
            <p class="aside">{ reason(role, chosen.as_deref(), table, choices) }</p>
        </div>
    }
}

fn reason(role: Role, chosen: Option<&str>, table: &TableSummary, choices: &Choices) -> String {
    let Some(chosen) = chosen else {
        return "not in this file".to_owned();
    };
    let Some(column) = table.columns.iter().find(|column| column.name == chosen) else {
        return String::new();
    };
    let kind = match (column.kind, column.distinct) {
        (ColumnKind::Timestamp, _) => "points in time".to_owned(),
        (ColumnKind::Boolean, _) => "yes and no".to_owned(),
        (_, Some(distinct)) => format!("{distinct} different words"),
        _ => "numbers".to_owned(),
    };
    match &column.guess {
        _ if choices.roles.contains_key(&role) => format!("chosen by you; {kind}"),
        Some(guess) if guess.role == role => guess.reason.clone(),
        _ => kind,
    }
}

fn latency_unit_control(table: &TableSummary, choices: &Choices, context: &Context) -> Html {
    if table.roles.latency.is_none() {
        return Html::default();
    }
    let onchange = on_select(choices, context, |choices, value| {
        choices.latency_unit = LatencyUnit::ALL
            .into_iter()
            .find(|unit| unit.short_name() == value);
    });
    let chosen = choices.latency_unit.unwrap_or(table.latency_unit);
    html! {
        <div class="control">
            <label for="latency-unit">{ "Unit of the latencies" }</label>
            <select id="latency-unit" data-testid="latency-unit" {onchange}>
                { for LatencyUnit::ALL.into_iter().map(|unit| html! {
                    <option value={unit.short_name()} selected={unit == chosen}>
                        { unit.short_name() }
                    </option>
                }) }
            </select>
            <p class="aside">
                { if choices.latency_unit.is_some() { "chosen by you" } else { "from the column, else ms" } }
            </p>
        </div>
    }
}

fn positive_control(choices: &Choices, context: &Context) -> Html {
    let Some(classes) = two_classes(&context.session) else {
        return Html::default();
    };
    let positive = context.session.loaded.as_ref();
    let positive = positive.and_then(|loaded| loaded.profile.settings.positive.clone());
    let onchange = on_select(choices, context, |choices, value| {
        choices.positive = (!value.is_empty()).then_some(value);
    });
    html! {
        <div class="control">
            <label for="positive-class">{ "Positive class" }</label>
            <select id="positive-class" data-testid="positive-class" {onchange}>
                if positive.is_none() {
                    <option value="" selected={true}>{ "Choose…" }</option>
                }
                { for classes.iter().map(|class| html! {
                    <option value={class.clone()} selected={positive.as_ref() == Some(class)}>
                        { class }
                    </option>
                }) }
            </select>
            <p class="aside">
                { match (&positive, &choices.positive) {
                    (None, _) => "which of the two does the model look for?",
                    (_, Some(_)) => "chosen by you",
                    (_, None) => "by its name, what the model looks for",
                } }
            </p>
        </div>
    }
}

/// The classes of the table on screen, where there are two.
fn two_classes(session: &Session) -> Option<Vec<String>> {
    let failed = session
        .failure
        .as_ref()
        .is_some_and(|failure| failure.table.is_some());
    let loaded = session.loaded.as_ref().filter(|_| !failed)?;
    let names = loaded.profile.classes.names();
    (names.len() == 2).then(|| names.to_vec())
}

fn on_select(
    choices: &Choices,
    context: &Context,
    settle: impl Fn(&mut Choices, String) + 'static,
) -> Callback<Event> {
    let (choices, choose) = (choices.clone(), context.choose.clone());
    Callback::from(move |event: Event| {
        let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else {
            return;
        };
        let mut choices = choices.clone();
        settle(&mut choices, select.value());
        choose.emit(choices);
    })
}

fn played_by(roles: &RoleNames, role: Role) -> Option<String> {
    match role {
        Role::Label => roles.label.clone(),
        Role::Prediction => roles.prediction.clone(),
        Role::Score => roles.score.clone(),
        Role::Latency => roles.latency.clone(),
        Role::Split => roles.split.clone(),
        _ => None,
    }
}
