//! Percentiles with their intervals, of the rows that are judged and of the reference.

use greenlight_data::Role;
use greenlight_format as format;
use greenlight_readiness::latency_words::{LatencyRow, LatencyValue, LatencyWords};
use yew::prelude::*;

use crate::components::Downloads;
use crate::session::Loaded;
use crate::views::View;
use crate::views::segments::push;

pub fn percentiles(words: &LatencyWords, loaded: &Loaded, is_unit_chosen: bool) -> Html {
    let settings = &loaded.profile.settings;
    let current = crate::words::split(settings.current.as_deref());
    let has_reference = words.rows.iter().any(|row| row.reference.is_some());
    let reference = settings.reference.clone().filter(|_| has_reference);
    let rows = words.rows.clone();
    let csv = Callback::from(move |()| csv(&rows));
    html! {
        <>
            <h2>{ "In numbers" }</h2>
            <div class="scroll" tabindex="0" role="group" aria-label="Latency in numbers">
                <table class="table" data-testid="table-latency_numbers">
                    <caption class="visually-hidden">{ "Latency in numbers, with 95 % intervals." }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "Answers" }</th>
                            <th scope="col" class="number">{ current }</th>
                            if let Some(name) = &reference {
                                <th scope="col" class="number">{ format!("“{name}”, the reference") }</th>
                            }
                        </tr>
                    </thead>
                    <tbody>
                        { for words.rows.iter().map(|row| html! {
                            <tr key={row.name}>
                                <th scope="row">
                                    { row.title }
                                    <span class="interval">{ percentile(row.name) }</span>
                                </th>
                                { cell(&row.current, Some(row.name)) }
                                if let Some(value) = &row.reference {
                                    { cell(value, None) }
                                }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
            <p class="aside">
                { &words.unit }
                { match why_unit(loaded) {
                    _ if is_unit_chosen => ", as you chose. ".to_owned(),
                    Some(why) => format!(" ({why}). "),
                    // A report that was shared does not say.
                    None => ". ".to_owned(),
                } }
                <a href={View::Load.address_of("latency-unit")}>{ "Change the unit" }</a>
            </p>
            <Downloads name="latency_numbers" title="Latency in numbers" {csv} />
        </>
    }
}

/// Why the column was taken for the latency, in its unit.
fn why_unit(loaded: &Loaded) -> Option<&str> {
    let name = loaded.table.roles.latency.as_ref()?;
    let mut columns = loaded.table.columns.iter();
    let guess = columns
        .find(|column| column.name == *name)?
        .guess
        .as_ref()?;
    (guess.role == Role::Latency).then_some(&guess.reason)
}

/// What the report calls a percentile.
fn percentile(name: &str) -> String {
    match name.strip_prefix('p') {
        Some(percent) => format!("p{}", percent.replace('_', ".")),
        None => String::new(),
    }
}

/// A latency with its interval below it.
pub fn cell(value: &LatencyValue, handle: Option<&str>) -> Html {
    html! {
        <td
            class="number"
            data-testid={handle.map(|name| format!("metric-latency_{name}"))}
            data-value={value.ms.to_string()}
            title={value.told.mark(format!("{} ms", format::exact(value.ms)))}
        >
            { value.shown() }
            if let Some(interval) = value.interval_words() {
                <span class="interval">{ interval }</span>
            }
        </td>
    }
}

fn csv(rows: &[LatencyRow]) -> String {
    let mut text = String::new();
    let columns =
        |prefix: &str| ["ms", "ms_low", "ms_high"].map(|column| format!("{prefix}{column}"));
    let mut header = vec!["name".to_owned()];
    header.extend(columns(""));
    header.extend(columns("reference_"));
    push(&mut text, &header);
    for row in rows {
        let mut record = vec![row.name.to_owned()];
        for value in [Some(&row.current), row.reference.as_ref()] {
            let interval = value.and_then(|value| value.interval);
            let numbers = [
                value.map(|value| value.ms),
                interval.and_then(|interval| interval.low),
                interval.and_then(|interval| interval.high),
            ];
            record.extend(
                numbers.map(|number| number.map_or_else(String::new, |number| number.to_string())),
            );
        }
        push(&mut text, &record);
    }
    text
}
