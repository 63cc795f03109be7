//! What predictions cost.

use greenlight_format::{self as format, Told};
use greenlight_readiness::Absent;
use greenlight_readiness::latency_words::CostWords;
use yew::prelude::*;

use crate::components::table_download;
use crate::session::Loaded;
use crate::views::View;
use crate::words::split;

pub fn cost(loaded: &Loaded) -> Html {
    let body = match CostWords::of(&loaded.profile) {
        Ok(words) => table(&words, loaded),
        Err(lacking) => html! {
            <p class="aside" data-testid="no-cost">
                { lacking }
                { " " }
                <a href={View::Load.address_of("role-cost")}>{ "Choose the column" }</a>
            </p>
        },
    };
    html! {
        <>
            <h2>{ "Cost" }</h2>
            { body }
        </>
    }
}

fn table(words: &CostWords, loaded: &Loaded) -> Html {
    let (settings, told) = (&loaded.profile.settings, loaded.profile.told);
    let has_reference = words.rows.iter().any(|row| row.reference.is_some());
    let reference = settings.reference.as_ref().filter(|_| has_reference);
    html! {
        <>
            <p data-testid="cost-finding">{ &words.finding }{ "." }</p>
            <div class="scroll" tabindex="0" role="group" aria-label="Cost">
                <table class="table" data-testid="table-cost">
                    <caption class="visually-hidden">{ "What predictions cost, in the unit of the cost column." }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "Cost of" }</th>
                            <th scope="col" class="number">{ split(settings.current.as_deref()) }</th>
                            if let Some(name) = reference {
                                <th scope="col" class="number">{ format!("“{name}”, the reference") }</th>
                            }
                        </tr>
                    </thead>
                    <tbody>
                        { for words.rows.iter().map(|row| html! {
                            <tr key={row.name}>
                                <th scope="row">{ row.title }</th>
                                { cell(&row.current, Some(row.name), told) }
                                if let Some(value) = &row.reference {
                                    { cell(value, None, told) }
                                }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
            { table_download("cost", "Cost") }
        </>
    }
}

fn cell(value: &Result<f64, Absent>, handle: Option<&str>, told: Told) -> Html {
    match value {
        Ok(value) => html! {
            <td
                class="number"
                data-testid={handle.map(|name| format!("metric-cost_{name}"))}
                data-value={value.to_string()}
                title={told.mark(format::exact(*value))}
            >
                { told.mark(format::significant(*value, 3)) }
            </td>
        },
        Err(why) => html! {
            <td class="number">
                { format::undefined() }
                <span class="interval">{ why.to_string() }</span>
            </td>
        },
    }
}
