//! Latency from window to window.

use greenlight_format as format;
use greenlight_readiness::latency_words::{GroupLatency, GroupStanding, GroupsWords};
use yew::prelude::*;

use super::percentiles::cell;
use crate::components::Downloads;
use crate::session::Loaded;
use crate::views::segments::{DRAWN, push, rate_cell};

pub fn over_time(loaded: &Loaded) -> Html {
    let examination = loaded.profile.examination.as_ref();
    let Some(windows) = examination.and_then(|found| found.windows.as_ref()) else {
        return Html::default();
    };
    let Some(words) = GroupsWords::of_windows(&loaded.profile, windows) else {
        return Html::default();
    };
    let csv = {
        let rows = words.rows.clone();
        Callback::from(move |()| csv(&rows))
    };
    html! {
        <>
            <h2>{ "Over time" }</h2>
            <p data-testid="latency-over-time-finding">{ &words.finding }{ "." }</p>
            { table(&words) }
            <Downloads name="latency_over_time" title="Latency over time" {csv} />
        </>
    }
}

fn table(words: &GroupsWords) -> Html {
    let is_long = words.rows.len() > DRAWN;
    html! {
        <details class="table-twin">
            <summary>{ "As a table" }</summary>
            <div class={classes!("scroll", is_long.then_some("long"))} tabindex="0" role="group" aria-label="Latency over time">
                <table class="table" data-testid="table-latency_over_time">
                    <caption>{ "Latency in each window." }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "Window" }</th>
                            <th scope="col" class="number">{ "Answers" }</th>
                            <th scope="col" class="number">{ "p50" }</th>
                            <th scope="col" class="number">{ "p95" }</th>
                            <th scope="col" class="number">{ "p99" }</th>
                            <th scope="col" class="number">{ "Over the budget" }</th>
                            <th scope="col" class="standing">{ "Against all rows" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for words.rows.iter().map(|row| html! {
                            <tr key={row.place}>
                                <th scope="row" class="where">{ &row.name }</th>
                                <td class="number">{ format::count(row.rows) }</td>
                                { cell(&row.p50, None) }
                                { cell(&row.p95, None) }
                                { cell(&row.p99, None) }
                                { rate_cell(Some(&row.over_budget), "") }
                                <td class={classes!("standing", (row.standing == GroupStanding::Over).then_some("fail"))}>
                                    { row.standing.words() }
                                </td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </details>
    }
}

fn csv(rows: &[GroupLatency]) -> String {
    let mut text = String::new();
    let header = [
        "window",
        "rows",
        "p50_ms",
        "p95_ms",
        "p99_ms",
        "over_budget_share",
        "standing",
    ];
    push(&mut text, &header.map(str::to_owned));
    for row in rows {
        let numbers = [row.p50.ms, row.p95.ms, row.p99.ms, row.over_budget.value];
        let mut record = vec![row.name.clone(), row.rows.to_string()];
        record.extend(numbers.map(|number| number.to_string()));
        record.push(row.standing.words().to_owned());
        push(&mut text, &record);
    }
    text
}
