//! What was read, what its columns are taken for, and how to correct it.

use greenlight_data::Role;
use greenlight_format as format;
use greenlight_readiness::{Report, RowFilter, SourceSummary};
use yew::prelude::*;

use crate::components::columns_table::{AT_ONCE, ColumnsTable};
use crate::components::{Mapping, RowsDownload, WaysIn, needs_rows, read_as, table_download_as};
use crate::context::Context;
use crate::hooks::use_gradually;

/// The properties of [`LoadView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
}

/// What was read, what its columns are taken for, and how to correct it.
#[component]
pub fn LoadView(Props { context }: &Props) -> Html {
    let session = &context.session;
    let unsettled = session
        .failure
        .as_ref()
        .is_some_and(|failure| failure.table.is_some());
    // First the controls, then the table below them.
    let columns = session.table().map_or(0, |table| table.columns.len());
    let parts = Role::ALL.len() + columns.div_ceil(AT_ONCE);
    let gradually = use_gradually(parts);
    let ready = match session.table() {
        Some(table) if table.has_many_columns() => gradually,
        _ => parts,
    };
    let loaded = session.loaded.as_ref().filter(|_| !unsettled);
    let report = loaded.map(|loaded| &loaded.report);
    html! {
        <section class="view">
            <h1>{ report.map_or_else(|| "Which column is which?".to_owned(), used) }</h1>
            <p class="lead" data-testid="read-as">
                if let Some(report) = report {
                    { read_as(report) }
                    { judged(report, context.session.thresholds.current().is_some()) }
                } else {
                    { "Choose the columns below; the verdict follows at once." }
                }
            </p>
            if session.is_shared() {
                { needs_rows("To take columns for something else, or to judge other rows,") }
            } else if let Some(table) = session.table() {
                <Mapping
                    {table}
                    choices={session.choices()}
                    loaded={loaded.cloned()}
                    moves={session.moves()}
                    before={session.before.clone()}
                    choose={context.choose.clone()}
                    {ready}
                />
                <h2>{ "Column by column" }</h2>
                <ColumnsTable {table} ready={ready.saturating_sub(Role::ALL.len())} />
            }
            if let Some(report) = report {
                { sources(report, context) }
            }
            <h2>{ "Look at another file" }</h2>
            <WaysIn open={context.open.clone()} fail={context.fail.clone()} />
        </section>
    }
}

/// The finding: how much of what was read could be used.
fn used(report: &Report) -> String {
    let (used, rows) = report.sources.iter().fold((0, 0), |(used, rows), source| {
        (used + source.rows_used, rows + source.rows)
    });
    if used != report.overall.rows {
        // Joined files: a prediction and its label are one row.
        return format!(
            "{} rows are used, put together from {} files",
            format::count(report.overall.rows),
            report.sources.len()
        );
    }
    match (used == rows, rows) {
        (true, 1) => "The one row is used".to_owned(),
        (true, _) => format!("All {} rows are used", format::count(rows)),
        (false, _) => format!(
            "{} of {} rows are used",
            format::count(used),
            format::count(rows)
        ),
    }
}

/// Which rows the verdict is on, and from where on they are taken for positive.
fn judged(report: &Report, is_chosen: bool) -> String {
    let judged = match &report.settings.current {
        Some(split) => {
            format!(
                " The verdict is on the {} rows of “{split}”.",
                format::count(report.current().rows)
            )
        }
        None => String::new(),
    };
    let decided = match report.settings.threshold {
        Some(threshold) => format!(
            " Rows are taken for positive from a score of {} on{}.",
            format::significant(threshold, 3),
            match is_chosen {
                true => String::new(),
                false => why_threshold(report, threshold),
            },
        ),
        None => String::new(),
    };
    format!("{judged}{decided}")
}

/// Where a threshold that nobody chose comes from.
fn why_threshold(report: &Report, threshold: f64) -> String {
    let best = report
        .threshold
        .as_ref()
        .and_then(|report| report.best.f1.as_ref());
    let chosen_on = report
        .threshold
        .as_ref()
        .and_then(|report| report.chosen_on.clone());
    match best {
        Some(best) if best.threshold == Some(threshold) => format!(
            ", which gives the best F1 on {}: the scores are no probabilities, so one half means \
             nothing",
            chosen_on.map_or_else(|| "these rows".to_owned(), |split| format!("“{split}”")),
        ),
        _ => String::new(),
    }
}

fn sources(report: &Report, context: &Context) -> Html {
    let left_out = report
        .sources
        .iter()
        .any(|source| !source.rejected.is_empty());
    let has_rows = !context.session.is_shared();
    let loaded = context
        .session
        .loaded
        .clone()
        .filter(|_| left_out && has_rows);
    html! {
        <>
            <h2>{ "What was read" }</h2>
            { for report.sources.iter().enumerate().map(|(place, of)| source(of, place)) }
            if let Some(loaded) = loaded {
                <RowsDownload
                    engine={context.engine.clone()}
                    {loaded}
                    filter={RowFilter::Rejected}
                    name="rejected"
                    label="Download these rows as CSV"
                />
            }
        </>
    }
}

fn source(source: &SourceSummary, place: usize) -> Html {
    // Each file has a table of its own, to be kept under its own name.
    let name = match place {
        0 => "rejected".to_owned(),
        place => format!("rejected_{}", place + 1),
    };
    let used = format::count(source.rows_used);
    let rows = format::count(source.rows);
    html! {
        <>
            <p class="source-line">
                { format!("{}: {used} of {rows} rows used, {}", source.name, format::bytes(source.bytes)) }
            </p>
            if !source.notes.is_empty() {
                <ul class="notes" data-testid="notes">
                    { for source.notes.iter().map(|note| html! { <li key={note.clone()}>{ note }</li> }) }
                </ul>
            }
            if !source.rejected.is_empty() {
                <div class="scroll"><table class="table" data-testid={format!("table-{name}")}>
                    <caption>{ "Rows that were left out" }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "Why" }</th>
                            <th scope="col" class="number">{ "Rows" }</th>
                            <th scope="col" class="number">{ "First data row" }</th>
                            <th scope="col">{ "Example" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for source.rejected.iter().map(|rejected| html! {
                            <tr key={rejected.reason.clone()}>
                                <td class="sentence">{ &rejected.reason }</td>
                                <td class="number">{ format::count(rejected.rows) }</td>
                                <td class="number">{ format::count(rejected.first_row) }</td>
                                <td>
                                    if !rejected.example.is_empty() {
                                        <code>{ &rejected.example }</code>
                                    }
                                </td>
                            </tr>
                        }) }
                    </tbody>
                </table></div>
                { table_download_as(format!("{name}_reasons"), &name, "Why rows were left out") }
            }
        </>
    }
}
