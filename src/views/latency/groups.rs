//! Latency by the values of a column, or by model.

use greenlight_format as format;
use greenlight_readiness::Statistics;
use greenlight_readiness::latency_words::{GroupLatency, GroupStanding, GroupsWords};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::percentiles::cell;
use crate::components::{Downloads, still_looking};
use crate::session::Loaded;
use crate::views::View;
use crate::views::segments::{DRAWN, push, rate_cell};

/// What rows are grouped by.
struct Grouping<'a> {
    /// The column.
    name: &'a str,
    groups: Vec<(&'a str, &'a Statistics)>,
}

pub fn groups(loaded: &Loaded, chosen: &UseStateHandle<String>) -> Html {
    let groupings = groupings(loaded);
    let found = groupings.iter().find(|grouping| grouping.name == **chosen);
    let body = match found.or(groupings.first()) {
        None if loaded.profile.examination.is_none() => {
            still_looking(loaded, "To see which groups wait longest")
        }
        None => html! {
            <p class="aside" data-testid="no-latency-groups">
                { "To see which groups wait longest, " }
                <a href={View::Load.address_of("role-segment")}>{ "say which columns are segments" }</a>
                { " or which one names the model." }
            </p>
        },
        Some(grouping) => html! {
            <>
                if groupings.len() > 1 {
                    { select(&groupings, grouping.name, chosen) }
                }
                { compared(loaded, grouping) }
            </>
        },
    };
    html! {
        <>
            <h2>{ "By group" }</h2>
            { body }
        </>
    }
}

fn groupings(loaded: &Loaded) -> Vec<Grouping<'_>> {
    let mut groupings = Vec::new();
    let Some(examination) = &loaded.profile.examination else {
        return groupings;
    };
    let columns = examination.segments.columns.iter();
    groupings.extend(columns.map(|column| Grouping {
        name: &column.column,
        groups: column.values().collect(),
    }));
    groupings.extend(examination.models.as_ref().map(|models| Grouping {
        name: &models.models.column,
        groups: models.models.values().collect(),
    }));
    groupings
}

fn select(groupings: &[Grouping<'_>], current: &str, chosen: &UseStateHandle<String>) -> Html {
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                chosen.set(select.value());
            }
        })
    };
    html! {
        <div class="asked">
            <label for="latency-groups">{ "Values of" }</label>
            <select id="latency-groups" data-testid="latency-groups" {onchange}>
                { for groupings.iter().map(|Grouping { name, .. }| html! {
                    <option key={*name} value={(*name).to_owned()} selected={*name == current}>{ *name }</option>
                }) }
            </select>
        </div>
    }
}

fn compared(loaded: &Loaded, grouping: &Grouping<'_>) -> Html {
    let groups = grouping.groups.iter().copied();
    let Some(words) = GroupsWords::of(&loaded.profile, groups) else {
        return html! {
            <p class="aside">{ format!("No value of {} has a latency.", grouping.name) }</p>
        };
    };
    let is_long = words.rows.len() > DRAWN;
    let csv = {
        let rows = words.rows.clone();
        Callback::from(move |()| csv(&rows))
    };
    html! {
        <>
            <p data-testid="groups-finding">{ &words.finding }{ "." }</p>
            <div class={classes!("scroll", is_long.then_some("long"))} tabindex="0" role="group" aria-label="Latency by group">
                <table class="table" data-testid="table-latency_groups">
                    <caption>{ format!("Each value of {}, the slowest first.", grouping.name) }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "Value" }</th>
                            <th scope="col" class="number">{ "Answers" }</th>
                            <th scope="col" class="number">{ "p50" }</th>
                            <th scope="col" class="number">{ "p95" }</th>
                            <th scope="col" class="number">{ "Over the budget" }</th>
                            <th scope="col" class="standing">{ "Against all rows" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for words.rows.iter().map(|row| html! {
                            <tr key={row.name.clone()}>
                                <th scope="row" class="where" dir="auto">{ &row.name }</th>
                                <td class="number">{ format::count(row.rows) }</td>
                                { cell(&row.p50, None) }
                                { cell(&row.p95, None) }
                                { rate_cell(Some(&row.over_budget), row.told_over.about()) }
                                <td class={classes!("standing", (row.standing == GroupStanding::Over).then_some("fail"))}>
                                    { row.standing.words() }
                                </td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
            if words.without > 0 {
                <p class="aside">
                    { match words.without {
                        1 => "1 value has no latency.".to_owned(),
                        more => format!("{} values have no latency.", format::count(more)),
                    } }
                </p>
            }
            <Downloads name="latency_groups" title="Latency by group" {csv} />
        </>
    }
}

fn csv(rows: &[GroupLatency]) -> String {
    let mut text = String::new();
    let header = [
        "value",
        "rows",
        "p50_ms",
        "p95_ms",
        "p95_ms_low",
        "p95_ms_high",
        "over_budget_share",
        "over_budget_low",
        "over_budget_high",
    ];
    push(&mut text, &header.map(str::to_owned));
    for row in rows {
        let interval = row.p95.interval;
        let over = &row.over_budget;
        let mut record = vec![row.name.clone(), row.rows.to_string()];
        let numbers = [
            Some(row.p50.ms),
            Some(row.p95.ms),
            interval.and_then(|interval| interval.low),
            interval.and_then(|interval| interval.high),
            Some(over.value),
            Some(over.interval.low),
            Some(over.interval.high),
        ];
        record.extend(
            numbers.map(|number| number.map_or_else(String::new, |number| number.to_string())),
        );
        push(&mut text, &record);
    }
    text
}
