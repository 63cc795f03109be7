//! The control of a role that one column plays.

use std::rc::Rc;

use greenlight_data::{ColumnKind, Role};
use greenlight_format as format;
use greenlight_readiness::Choices;
use web_sys::HtmlSelectElement;
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
    /// Whether all columns may be named yet; before that only the one that is chosen is.
    pub is_ready: bool,
}

/// Names of all columns to choose from, with the reason for the one that is chosen.
#[component]
pub fn ColumnSelect(
    Props {
        role,
        table,
        choices,
        give,
        is_ready,
    }: &Props,
) -> Html {
    let role = *role;
    let chosen = match choices.roles.get(&role) {
        Some(columns) => columns.first().map(String::as_str),
        None => table.roles.columns(role).first().copied(),
    };
    let place = use_node_ref();
    {
        // A select keeps what was clicked, whatever became of that; so it is told.
        let (place, value) = (place.clone(), chosen.unwrap_or_default().to_owned());
        use_effect(move || {
            if let Some(select) = place.cast::<HtmlSelectElement>() {
                select.set_value(&value);
            }
        });
    }
    let onchange = give.reform(move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let value = select.map(|select| select.value()).unwrap_or_default();
        let columns = if value.is_empty() {
            vec![]
        } else {
            vec![value]
        };
        (role, columns)
    });
    let is_named = |column: &&ColumnSummary| *is_ready || Some(column.name.as_str()) == chosen;
    let columns = table.columns.iter().filter(is_named);
    let id = format!("role-{}", role.name());
    let why = format!("{id}-why");
    html! {
        <div class="control">
            <label for={id.clone()}>{ words::role_title(role) }</label>
            <select
                ref={place}
                id={id.clone()}
                data-testid={id}
                aria-describedby={why.clone()}
                {onchange}
            >
                <option value="">{ "None" }</option>
                { for columns.map(|column| html! {
                    <option key={column.name.clone()} value={column.name.clone()}>
                        { &column.name }
                    </option>
                }) }
            </select>
            <p class="aside" id={why}>{ reason(role, chosen, table, choices) }</p>
        </div>
    }
}

/// Why this column, or what one would be good for.
fn reason(role: Role, chosen: Option<&str>, table: &TableSummary, choices: &Choices) -> String {
    let is_chosen_by_person = choices.roles.contains_key(&role);
    if let Some(chosen) = chosen {
        let column = table.columns.iter().find(|column| column.name == chosen);
        return match column {
            Some(column) if is_chosen_by_person => {
                format!("Chosen by you; {}", holds(column))
            }
            Some(column) => match &column.guess {
                Some(guess) if guess.role == role => guess.reason.clone(),
                _ => holds(column),
            },
            None => String::new(),
        };
    }
    let hint = words::role_hint(role);
    match given_away(role, table) {
        Some((column, to)) => format!(
            "It seemed to be “{}”, which you made {}. {hint}",
            column.name,
            words::role_noun(to)
        ),
        None if is_chosen_by_person => format!("None, by your choice. {hint}"),
        None => hint.to_owned(),
    }
}

/// The column that was guessed to play the role and has been given another.
fn given_away(role: Role, table: &TableSummary) -> Option<(&ColumnSummary, Role)> {
    let guessed = |column: &&ColumnSummary| {
        let guess = column.guess.as_ref();
        guess.is_some_and(|guess| guess.role == role)
    };
    let column = table.columns.iter().find(guessed)?;
    let to = table.roles.role_of(&column.name)?;
    (to != role).then_some((column, to))
}

fn holds(column: &ColumnSummary) -> String {
    let description = &column.description;
    let kind = words::column_kind(description.kind);
    match (description.kind, description.distinct) {
        (ColumnKind::Category, Some(distinct)) => {
            format!("{} different {kind}", format::count(distinct))
        }
        _ => kind.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::protocol::Guess;
    use greenlight_data::Column;
    use greenlight_readiness::RoleNames;

    fn table(label: Option<&str>, latency: Option<&str>) -> TableSummary {
        TableSummary {
            columns: vec![ColumnSummary {
                name: "y".into(),
                description: Column::numbers("y", vec![0.0, 1.0]).describe(),
                guess: Some(Guess {
                    role: Role::Label,
                    reason: "named like a label".into(),
                }),
            }],
            roles: RoleNames {
                label: label.map(str::to_owned),
                latency: latency.map(str::to_owned),
                ..RoleNames::default()
            },
            ..TableSummary::default()
        }
    }

    #[test]
    fn a_guess_says_why_and_a_choice_whose_it_is() {
        let guessed = Choices::default();
        let table = table(Some("y"), None);
        assert_eq!(
            reason(Role::Label, Some("y"), &table, &guessed),
            "named like a label"
        );
        let mut chosen = Choices::default();
        chosen.give(Role::Label, ["y"]);
        assert_eq!(
            reason(Role::Label, Some("y"), &table, &chosen),
            "Chosen by you; numbers"
        );
        assert_eq!(
            reason(Role::Cost, None, &table, &guessed),
            words::role_hint(Role::Cost)
        );
    }

    #[test]
    fn a_role_whose_column_was_given_away_says_so() {
        let mut choices = Choices::default();
        choices.give(Role::Latency, ["y"]);
        let table = table(None, Some("y"));
        let text = reason(Role::Label, None, &table, &choices);
        assert!(
            text.starts_with("It seemed to be “y”, which you made the latency."),
            "{text}"
        );
    }
}
