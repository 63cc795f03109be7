//! What is taken for what: the confusion matrix, the metrics that follow from it, its tables, and the rows
//! behind each cell.

mod matrix;
mod metrics;
mod pairs;
mod per_class;
mod table;

use std::rc::Rc;

use greenlight_format as format;
use greenlight_metrics::{Actual, ConfusionMatrix, Predicted};
use greenlight_readiness::{Evaluation, RowFilter};
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::components::{RowsTable, needs_rows};
use crate::context::Context;
use crate::session::Loaded;

use matrix::Matrix;
use metrics::metrics;
use pairs::pairs;
use per_class::PerClass;
use table::TableTwin;

/// The properties of [`ConfusionView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// The data and its judgement.
    pub loaded: Rc<Loaded>,
}

/// The matrix that is judged, and the names of its classes.
#[derive(PartialEq, Eq)]
struct Confusion {
    classes: Vec<String>,
    matrix: ConfusionMatrix,
    /// The matrix row by row, as pictures take it.
    counts: Vec<u64>,
}

impl Confusion {
    fn of(loaded: &Loaded) -> Option<Self> {
        let matrix = loaded.profile.current().confusion.as_ref().ok()?;
        Some(Self {
            classes: loaded.profile.classes.names().to_vec(),
            matrix: matrix.clone(),
            counts: matrix.rows().concat(),
        })
    }

    fn name(&self, class: usize) -> &str {
        self.classes.get(class).map_or("", String::as_str)
    }

    /// A name within a sentence. One in another script keeps its direction to itself.
    fn quoted(&self, class: usize) -> String {
        let name = self.name(class);
        if name.is_ascii() {
            format!("“{name}”")
        } else {
            format!("“\u{2068}{name}\u{2069}”")
        }
    }

    /// So many rows of a cell in words.
    fn rows_of(&self, lines: u64, (actual, predicted): Cell) -> String {
        let count = self.matrix.count(actual, predicted);
        if count != lines {
            // With a column of counts.
            let lines = match lines {
                1 => "1 line stands".to_owned(),
                more => format!("{} lines stand", format::count(more)),
            };
            let (actual, predicted) = (self.quoted(actual.0), self.quoted(predicted.0));
            let count = format::count(count);
            return format!(
                "{lines} for the {count} rows that are {actual} and were predicted {predicted}"
            );
        }
        let (rows, are, were) = match count {
            0 => ("No row".to_owned(), "is", "was"),
            1 => ("1 row".to_owned(), "is", "was"),
            more => (format!("{} rows", format::count(more)), "are", "were"),
        };
        let (actual, predicted) = (self.quoted(actual.0), self.quoted(predicted.0));
        format!("{rows} {are} {actual} and {were} predicted {predicted}")
    }
}

type Cell = (Actual, Predicted);

/// From so many classes on, the most frequent mistakes are listed: they are hard to find among the cells.
const MANY: usize = 10;

/// What is taken for what.
#[component]
pub fn ConfusionView(Props { context, loaded }: &Props) -> Html {
    let data = Rc::as_ptr(loaded) as usize;
    let confusion = use_memo(data, |_| Confusion::of(loaded));
    let selected = use_state_eq(|| None::<Cell>);
    let (chart, heading) = (use_node_ref(), use_node_ref());
    {
        let heading = heading.clone();
        use_effect_with(*selected, move |selected| {
            if selected.is_some() {
                focus(&heading);
            }
        });
    }
    {
        // A class's place means something else among other classes.
        let selected = selected.setter();
        let classes = (*confusion).as_ref().map(|shown| shown.classes.clone());
        use_effect_with(classes, move |_| selected.set(None));
    }
    let on_close = {
        let (selected, chart) = (selected.setter(), chart.clone());
        Callback::from(move |()| {
            selected.set(None);
            focus(&chart);
        })
    };
    let title = {
        let (confusion, selected) = (confusion.clone(), *selected);
        Callback::from(move |count| match (&*confusion, selected) {
            (Some(confusion), Some(cell)) => confusion.rows_of(count, cell),
            _ => String::new(),
        })
    };
    let Some(shown) = (*confusion).as_ref() else {
        return missing(loaded);
    };
    let evaluation = loaded.report.current();
    let on_select = {
        let selected = selected.setter();
        Callback::from(move |cell: Cell| selected.set(Some(cell)))
    };
    let many = shown.classes.len() > MANY;
    html! {
        <section class="view confusion">
            <h1>{ format!("{}{}", loaded.about_counts(), finding(evaluation, shown)) }</h1>
            if !loaded.about_counts().is_empty() {
                <p class="aside" role="status" data-testid="matrix-about">
                    { "≈ Counted close to the threshold in force: the report knows it at some thresholds alone." }
                </p>
            }
            <div class={classes!("beside", (shown.classes.len() > 4).then_some("large"))}>
                <Matrix confusion={confusion.clone()} selected={*selected} on_select={on_select.clone()} place={chart} />
                <div>
                    <h2>{ "What follows from it" }</h2>
                    { metrics(loaded) }
                    if many {
                        { pairs(&confusion, &on_select) }
                    }
                </div>
            </div>
            if let Some((Actual(actual), Predicted(predicted))) = *selected {
                if context.session.is_shared() {
                    { needs_rows("Which rows stand in a cell") }
                } else {
                    <RowsTable
                        key={format!("{actual} {predicted}")}
                        engine={context.engine.clone()}
                        loaded={loaded.clone()}
                        filter={RowFilter::Cell { actual, predicted }}
                        {title}
                        {on_close}
                        {heading}
                    />
                }
            }
            if shown.classes.len() > 2 {
                <PerClass loaded={loaded.clone()} />
            }
            <TableTwin confusion={confusion.clone()} />
            <details class="method">
                <summary>{ "How is this computed?" }</summary>
                <p>
                    { "Each row of the matrix is a true class, each column a predicted one, and each \
                       cell counts the rows of the file that are both. The diagonal is right. Colour \
                       is the share of the cell in its row, so a rare class is as visible as a \
                       frequent one. Intervals are Wilson’s, at 95 %." }
                </p>
            </details>
        </section>
    }
}

fn focus(place: &NodeRef) {
    if let Some(element) = place.cast::<HtmlElement>() {
        // Fails for elements that cannot be focused; these can.
        let _ = element.focus();
    }
}

/// What is lacking, and how to add it.
fn missing(loaded: &Loaded) -> Html {
    let why = loaded
        .report
        .why_absent("confusion_matrix")
        .unwrap_or_default();
    html! {
        <section class="view">
            <h1>{ "There is no confusion matrix yet" }</h1>
            <p>{ format!("It needs the true class and a prediction or a score of each row, but {why}.") }</p>
            <p><a class="button" href="#/load">{ "Say which column is which" }</a></p>
        </section>
    }
}

/// The most frequent mistake, in a sentence.
fn finding(evaluation: &Evaluation, confusion: &Confusion) -> String {
    match confusion.matrix.confused_pairs(1).first() {
        None => format!("All {} answers are right", format::count(evaluation.rows)),
        Some(worst) => {
            let times = match worst.count {
                1 => "once".to_owned(),
                2 => "twice".to_owned(),
                more => format!("{} times", format::count(more)),
            };
            format!(
                "Most frequent mistake: {} taken for {}, {times}",
                confusion.quoted(worst.actual.0),
                confusion.quoted(worst.predicted.0),
            )
        }
    }
}
