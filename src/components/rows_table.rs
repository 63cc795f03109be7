//! The rows behind a number: some of them to look at, all of them to keep.

use std::rc::Rc;

use greenlight_format as format;
use greenlight_readiness::{RowFilter, RowOrder, RowPage};
use web_sys::Blob;
use yew::prelude::*;

use crate::engine::client::Client;
use crate::engine::protocol::RowsAsked;
use crate::files::download_blob;
use crate::session::Loaded;

/// Rows on a page.
const PAGE: usize = 20;

fn asked(loaded: &Loaded, filter: RowFilter) -> RowsAsked {
    RowsAsked {
        choices: loaded.table.choices.clone(),
        settings: loaded.profile.settings.clone(),
        filter,
    }
}

/// Of which data which rows are asked for: with the same, the rows are the same, whatever else comes to be known of the data.
type Wanted = (usize, RowsAsked);

/// What the engine answered.
struct Found {
    wanted: Wanted,
    /// The first row, counted from 0.
    first: usize,
    page: Result<RowPage, String>,
}

/// The properties of [`RowsTable`].
#[derive(Properties)]
pub struct Props {
    /// Whom to ask.
    pub engine: Client,
    /// The data and their judgement.
    pub loaded: Rc<Loaded>,
    /// Which rows.
    pub filter: RowFilter,
    /// What they are called, given how many there are.
    pub title: Callback<u64, String>,
    /// The panel was closed.
    pub on_close: Callback<()>,
    /// Will hold the heading, which can be focused.
    pub heading: NodeRef,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        // What else there is follows from these.
        Rc::ptr_eq(&self.loaded, &other.loaded) && self.filter == other.filter
    }
}

/// Rows, page by page. Give it another `key` for other rows of the same data.
#[component]
pub fn RowsTable(props: &Props) -> Html {
    let order = use_state_eq(RowOrder::default);
    let first = use_state_eq(|| 0_usize);
    let found = use_state(|| None::<Found>);
    let wanted: Wanted = (
        Rc::as_ptr(&props.loaded.table) as usize,
        asked(&props.loaded, props.filter),
    );
    {
        let first = first.setter();
        use_effect_with(wanted.clone(), move |_| first.set(0));
    }
    use_effect_with((wanted.clone(), *order, *first), {
        let (engine, found) = (props.engine.clone(), found.setter());
        move |(wanted, order, first)| {
            let (wanted, first) = (wanted.clone(), *first);
            let asked = wanted.1.clone();
            let to = Callback::from(move |page| {
                let wanted = wanted.clone();
                found.set(Some(Found {
                    wanted,
                    first,
                    page,
                }));
            });
            engine.rows(asked, *order, first, PAGE, to);
        }
    });
    let close = props.on_close.reform(|_: MouseEvent| ());
    let on_escape = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                on_close.emit(());
            }
        })
    };
    let found = found.as_ref().filter(|found| found.wanted == wanted);
    let page = found.and_then(|found| found.page.as_ref().ok());
    let fault = found.and_then(|found| found.page.as_ref().err());
    let start = found.map_or(0, |found| found.first);
    html! {
        <section class="rows" onkeydown={on_escape} data-testid="rows">
            <div class="rows-head">
                <h2 ref={props.heading.clone()} tabindex="-1">
                    { page.map_or_else(
                        || "Looking for the rows…".to_owned(),
                        |page| props.title.emit(page.total),
                    ) }
                </h2>
                <button type="button" class="quiet" onclick={close} data-testid="rows-close">
                    { "Close" }
                </button>
            </div>
            if let Some(why) = fault {
                <p class="fail" role="alert">{ format!("The rows could not be shown: {why}.") }</p>
            }
            if let Some(page) = page.filter(|page| page.total > 0) {
                { order_control(page, &order, &first) }
                { table(page) }
                <div class="rows-foot">
                    { pager(page, start, &first) }
                    <RowsDownload
                        engine={props.engine.clone()}
                        loaded={props.loaded.clone()}
                        filter={props.filter}
                        name="rows"
                        label={match page.total {
                            1 => "Download it as CSV".to_owned(),
                            more => format!("Download all {} as CSV", format::count(more)),
                        }}
                    />
                </div>
            }
        </section>
    }
}

fn order_control(
    page: &RowPage,
    order: &UseStateHandle<RowOrder>,
    first: &UseStateHandle<usize>,
) -> Html {
    if !page.has_confidence || page.total < 2 {
        return Html::default();
    }
    let (order, first) = (order.clone(), first.clone());
    let checked = *order == RowOrder::Confidence;
    let onchange = Callback::from(move |_: Event| {
        first.set(0);
        order.set(if checked {
            RowOrder::File
        } else {
            RowOrder::Confidence
        });
    });
    html! {
        <label class="check">
            <input type="checkbox" {checked} {onchange} data-testid="rows-confident" />
            { "Most confident first" }
        </label>
    }
}

fn table(page: &RowPage) -> Html {
    let files = page
        .rows
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a.file != b.file));
    html! {
        <div class="scroll" tabindex="0" role="group" aria-label="The rows">
            <table class="table" data-testid="table-rows">
                <thead>
                    <tr>
                        if files {
                            <th scope="col">{ "File" }</th>
                        }
                        <th scope="col" class="number">{ "Row" }</th>
                        { for page.columns.iter().map(|name| html! {
                            <th scope="col" key={name.clone()}>{ name }</th>
                        }) }
                    </tr>
                </thead>
                <tbody>
                    { for page.rows.iter().map(|row| html! {
                        <tr key={format!("{} {}", row.number, row.file)}>
                            if files {
                                <td>{ &row.file }</td>
                            }
                            <th scope="row" class="number">{ format::count(row.number) }</th>
                            { for row.cells.iter().map(|cell| html! {
                                <td dir="auto">{ cell }</td>
                            }) }
                        </tr>
                    }) }
                </tbody>
            </table>
            if page.columns_left_out > 0 {
                <p class="aside">
                    { format!(
                        "{} more columns are in the download.",
                        format::count(page.columns_left_out as u64),
                    ) }
                </p>
            }
            if page.columns_in_file > 0 {
                <p class="aside">
                    { format!(
                        "{} features are in your file alone: they do not fit in memory.",
                        format::count(page.columns_in_file as u64),
                    ) }
                </p>
            }
        </div>
    }
}

/// Where the page that is shown lies, which begins at the row `start`, and the ways to others.
fn pager(page: &RowPage, start: usize, first: &UseStateHandle<usize>) -> Html {
    let end = start + page.rows.len();
    let total = usize::try_from(page.total).unwrap_or(usize::MAX);
    // A button that is disabled would lose the focus: at the end it only says so.
    let step = |title: &'static str, name: &'static str, to: Option<usize>| {
        let first = first.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            if let Some(to) = to {
                first.set(to);
            }
        });
        html! {
            <button
                type="button"
                aria-disabled={to.is_none().then_some("true")}
                data-testid={name}
                {onclick}
            >
                { title }
            </button>
        }
    };
    if total <= PAGE {
        return Html::default();
    }
    let before = (start > 0).then(|| start.saturating_sub(PAGE));
    let after = (end < total).then_some(start + PAGE);
    html! {
        <div class="pager">
            { step("Previous", "rows-previous", before) }
            <span role="status">
                { format!(
                    "{} to {} of {}",
                    format::count(start as u64 + 1),
                    format::count(end as u64),
                    format::count(page.total),
                ) }
            </span>
            { step("Next", "rows-next", after) }
        </div>
    }
}

/// The properties of [`RowsDownload`].
#[derive(Properties)]
pub struct DownloadProps {
    /// Whom to ask.
    pub engine: Client,
    /// The data and their judgement.
    pub loaded: Rc<Loaded>,
    /// Which rows.
    pub filter: RowFilter,
    /// Names the file and the handle: `download-csv-NAME`.
    pub name: AttrValue,
    /// What the button says.
    pub label: AttrValue,
}

impl PartialEq for DownloadProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.loaded, &other.loaded)
            && (self.filter, &self.name, &self.label) == (other.filter, &other.name, &other.label)
    }
}

/// A button that keeps all rows as CSV. The engine makes the file; its bytes do not pass through the page.
#[component]
pub fn RowsDownload(props: &DownloadProps) -> Html {
    let fault = use_state_eq(|| None::<String>);
    let onclick = {
        let (engine, loaded) = (props.engine.clone(), props.loaded.clone());
        let (filter, fault) = (props.filter, fault.setter());
        let name = format!("greenlight-{}.csv", props.name);
        Callback::from(move |_: MouseEvent| {
            let (name, fault) = (name.clone(), fault.clone());
            let to = Callback::from(move |file: Result<Blob, String>| {
                let refused = |_| "the browser refused the download".to_owned();
                let done = file.and_then(|file| download_blob(&name, &file).map_err(refused));
                fault.set(done.err());
            });
            engine.rows_file(asked(&loaded, filter), to);
        })
    };
    html! {
        <>
            <button type="button" {onclick} data-testid={format!("download-csv-{}", props.name)}>
                { &props.label }
            </button>
            if let Some(fault) = &*fault {
                <p class="fail" role="alert">{ format!("This did not work: {fault}.") }</p>
            }
        </>
    }
}
