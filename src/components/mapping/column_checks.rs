//! The control of a role that several columns play.

use std::rc::Rc;

use greenlight_data::{ColumnKind, Role};
use greenlight_format as format;
use greenlight_readiness::Choices;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::engine::protocol::{ColumnSummary, TableSummary};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub role: Role,
    pub table: Rc<TableSummary>,
    pub choices: Choices,
    /// Gives the role to columns.
    pub give: Callback<(Role, Vec<String>)>,
    /// Whether the columns may be shown yet.
    pub is_ready: bool,
}

/// A checkbox for each column that could play the role.
#[component]
pub fn ColumnChecks(
    Props {
        role,
        table,
        choices,
        give,
        is_ready,
    }: &Props,
) -> Html {
    let role = *role;
    let playing: Vec<String> = match choices.roles.get(&role) {
        Some(columns) => columns.clone(),
        None => {
            let columns = table.roles.columns(role).into_iter();
            columns.map(str::to_owned).collect()
        }
    };
    let eligible = |column: &&ColumnSummary| {
        role != Role::ClassScores
            || column.description.kind == ColumnKind::Number
            || playing.contains(&column.name)
    };
    let parts = table.roles.by_column();
    // What else each column is; every column is at least a feature.
    let columns: Vec<(&ColumnSummary, Option<Role>)> = table
        .columns
        .iter()
        .filter(eligible)
        .map(|column| {
            let part = parts.get(column.name.as_str()).copied();
            let other = part.filter(|&part| part != role && part != Role::Feature);
            (column, other)
        })
        .collect();
    // What was given another part a moment ago, and the engine has yet to answer.
    let is_given = |name: &String| {
        let mut given = choices.roles.iter();
        given.any(|(&part, columns)| part != role && columns.contains(name))
    };
    let free: Vec<String> = columns
        .iter()
        .filter(|(column, other)| other.is_none() && !is_given(&column.name))
        .map(|(column, _)| column.name.clone())
        .collect();
    let toggle = {
        let (give, playing) = (give.clone(), playing.clone());
        let order: Vec<String> = columns.iter().map(|(c, _)| c.name.clone()).collect();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let (name, checked) = (input.value(), input.checked());
            let is_in = |column: &String| match *column == name {
                true => checked,
                false => playing.contains(column),
            };
            give.emit((role, order.iter().filter(|c| is_in(c)).cloned().collect()));
        })
    };
    let all = {
        let free = free.clone();
        give.reform(move |_: MouseEvent| (role, free.clone()))
    };
    let none = give.reform(move |_: MouseEvent| (role, vec![]));
    let title = words::role_title(role);
    let id = format!("role-{}", role.name());
    let list = match role {
        Role::Segment => "role-segments",
        Role::Feature => "role-features",
        _ => "role-class_scores-list",
    };
    html! {
        <fieldset class="checks" id={id.clone()} tabindex="-1" data-testid={id}>
            <legend>{ title }</legend>
            <div class="checks-head">
                <p class="aside">
                    { how_many(playing.len(), columns.len()) }
                    { format!(". {}", words::role_hint(role)) }
                </p>
                if columns.len() > 2 {
                    <button class="quiet" onclick={all} aria-label={format!("All free columns: {title}")}>
                        { "All" }
                    </button>
                    <button class="quiet" onclick={none} aria-label={format!("None: {title}")}>
                        { "None" }
                    </button>
                }
            </div>
            <ul class={classes!("boxes", table.has_many_columns().then_some("many"))} data-testid={list}>
                { for columns.iter().filter(|_| *is_ready).map(|(column, other)| html! {
                    <li key={column.name.clone()}>
                        <label>
                            <input
                                type="checkbox"
                                value={column.name.clone()}
                                checked={playing.contains(&column.name)}
                                onchange={toggle.clone()}
                            />
                            <span class="name" title={column.name.clone()}>{ &column.name }</span>
                            if let Some(other) = *other {
                                <span class="aside">{ words::role_noun(other) }</span>
                            }
                        </label>
                    </li>
                }) }
            </ul>
        </fieldset>
    }
}

fn how_many(playing: usize, of: usize) -> String {
    match (playing, of) {
        (_, 0) => "No column could be one".to_owned(),
        (0, _) => "None".to_owned(),
        _ => format!(
            "{} of {} columns",
            format::count(playing as u64),
            format::count(of as u64)
        ),
    }
}
