//! What was read, what its columns are taken for, and how to correct it.

use greenlight_format as format;
use greenlight_readiness::{Report, SourceSummary};
use yew::prelude::*;

use crate::app::Context;
use crate::components::{FilePicker, Mapping};

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
    let unsettled = session.failure.as_ref().is_some_and(|failure| failure.table.is_some());
    let report = session.report().filter(|_| !unsettled);
    html! {
        <section class="view">
            <h1>{ report.map_or_else(|| "Which column is which?".to_owned(), read_as) }</h1>
            if let Some(table) = session.table() {
                <Mapping context={context.clone()} table={table.clone()} />
            }
            if let Some(report) = report {
                { sources(report) }
            }
            <h2>{ "Another file" }</h2>
            <FilePicker on_file={context.open.clone()} />
        </section>
    }
}

/// The finding: what everything that follows is computed from.
fn read_as(report: &Report) -> String {
    let roles = &report.roles;
    let parts = [
        ("label", &roles.label),
        ("prediction", &roles.prediction),
        ("score", &roles.score),
        ("latency", &roles.latency),
        ("split", &roles.split),
        ("positive", &report.settings.positive),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|(role, name)| Some(format!("{role} = {}", name.as_ref()?)))
        .collect();
    format!("Read as {}", parts.join(", "))
}

fn sources(report: &Report) -> Html {
    html! {
        <>
            <h2>{ "What was read" }</h2>
            { for report.sources.iter().map(source) }
        </>
    }
}

fn source(source: &SourceSummary) -> Html {
    let used = format::count(source.rows_used);
    let rows = format::count(source.rows);
    html! {
        <>
            <p>
                { format!("{}: {used} of {rows} rows used, {}", source.name, format::bytes(source.bytes)) }
            </p>
            if !source.rejected.is_empty() {
                <table class="table" data-testid="table-rejected">
                    <caption>{ "Rows that were left out" }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "Why" }</th>
                            <th scope="col" class="number">{ "Rows" }</th>
                            <th scope="col" class="number">{ "First row" }</th>
                            <th scope="col">{ "What stands there" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for source.rejected.iter().map(|rejected| html! {
                            <tr key={rejected.reason.clone()}>
                                <td>{ &rejected.reason }</td>
                                <td class="number">{ format::count(rejected.rows) }</td>
                                <td class="number">{ format::count(rejected.first_row) }</td>
                                <td><code>{ &rejected.example }</code></td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            }
        </>
    }
}
