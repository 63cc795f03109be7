//! What is taken for what: the confusion matrix, the metrics that follow from it, and its table.

use std::rc::Rc;

use greenlight_charts::confusion_matrix::draw_highlight;
use greenlight_charts::{ConfusionMatrix, MatrixLayout, Normalise};
use greenlight_format as format;
use greenlight_readiness::{Evaluation, Report};
use yew::prelude::*;

use crate::canvas::{Chart, Frame, Pointer};
use crate::components::Metric;
use crate::session::Loaded;
use crate::words::Term;

/// The properties of [`ConfusionView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The data and its judgement.
    pub loaded: Rc<Loaded>,
}

/// What is taken for what.
#[component]
pub fn ConfusionView(Props { loaded }: &Props) -> Html {
    let report = &loaded.report;
    let evaluation = report.current();
    let Some(counts) = &evaluation.confusion_matrix else {
        return missing(loaded);
    };
    html! {
        <section class="view confusion">
            <h1>{ finding(evaluation, counts) }</h1>
            <div class={classes!("beside", (evaluation.classes.len() > 4).then_some("large"))}>
                <Matrix classes={evaluation.classes.clone()} counts={counts.concat()} />
                <div>
                    <h2>{ "What follows from it" }</h2>
                    { metrics(loaded) }
                </div>
            </div>
            { table(evaluation, counts) }
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
fn finding(evaluation: &Evaluation, counts: &[Vec<u64>]) -> String {
    let classes = &evaluation.classes;
    let mistakes = counts.iter().enumerate().flat_map(|(actual, row)| {
        row.iter()
            .enumerate()
            .filter(move |&(predicted, &count)| predicted != actual && count > 0)
            .map(move |(predicted, &count)| (count, actual, predicted))
    });
    // Of equally frequent ones the first in reading order.
    let worst = mistakes
        .max_by_key(|&(count, actual, predicted)| (count, std::cmp::Reverse((actual, predicted))));
    let named = |class: usize| classes.get(class).map_or("", String::as_str);
    match worst {
        None => format!("All {} answers are right", format::count(evaluation.rows)),
        Some((count, actual, predicted)) => format!(
            "Most frequent mistake: “{}” taken for “{}”, {} times",
            named(actual),
            named(predicted),
            format::count(count)
        ),
    }
}

#[derive(Properties, PartialEq)]
struct MatrixProps {
    classes: Vec<String>,
    counts: Vec<u64>,
}

/// Pixels a class gets before the matrix stops growing.
const CLASS_HEIGHT: u32 = 120;
const LEAST_HEIGHT: u32 = 360;
const MOST_HEIGHT: u32 = 720;

#[component]
fn Matrix(MatrixProps { classes, counts }: &MatrixProps) -> Html {
    let normalise = use_state_eq(Normalise::default);
    let cell = use_state_eq(|| None::<(usize, usize)>);
    let draw = use_callback(
        (classes.clone(), counts.clone(), *normalise),
        |mut frame: Frame, (classes, counts, normalise)| {
            let matrix = ConfusionMatrix {
                classes,
                counts,
                normalise: *normalise,
            };
            matrix
                .draw(&mut frame.canvas, &frame.theme)
                .map_err(Into::into)
        },
    );
    let overlay = use_callback(
        (classes.clone(), *cell),
        |mut frame: Frame, (classes, cell)| {
            let Some(cell) = *cell else { return Ok(()) };
            draw_highlight(&mut frame.canvas, &frame.theme, classes, cell).map_err(Into::into)
        },
    );
    let on_pointer = {
        let (cell, classes) = (cell.clone(), classes.clone());
        Callback::from(move |pointer: Option<Pointer>| {
            cell.set(pointer.and_then(|Pointer { x, y, size }| {
                MatrixLayout::new(size, &classes)?.hit_test(x, y)
            }));
        })
    };
    let on_key = {
        let (cell, last) = (cell.clone(), classes.len().saturating_sub(1));
        Callback::from(move |event: KeyboardEvent| {
            let (row, column) = cell.unwrap_or((0, 0));
            let next = match event.key().as_str() {
                "ArrowUp" => (row.saturating_sub(1), column),
                "ArrowDown" => ((row + 1).min(last), column),
                "ArrowLeft" => (row, column.saturating_sub(1)),
                "ArrowRight" => (row, (column + 1).min(last)),
                "Home" => (0, 0),
                "End" => (last, last),
                _ => return,
            };
            event.prevent_default();
            // The first key only shows where one is.
            cell.set(Some(if cell.is_some() { next } else { (row, column) }));
        })
    };
    let on_focus = {
        let cell = cell.clone();
        Callback::from(move |focused: bool| {
            if !focused {
                cell.set(None);
            }
        })
    };
    let height = (classes.len() as u32 * CLASS_HEIGHT).clamp(LEAST_HEIGHT, MOST_HEIGHT);
    html! {
        <figure class="picture">
            { normalise_control(&normalise) }
            <Chart
                name="confusion_matrix"
                label="Confusion matrix. Arrow keys move from cell to cell; the same numbers stand in the table below."
                {height}
                {draw}
                overlay={overlay}
                {on_pointer}
                on_key={on_key}
                {on_focus}
            />
            <figcaption class="read-out" aria-live="polite" data-testid="read-out">
                { cell.map_or_else(
                    || "Point at a cell, or move through them with the arrow keys.".to_owned(),
                    |cell| read_out(classes, counts, cell),
                ) }
            </figcaption>
        </figure>
    }
}

fn normalise_control(normalise: &UseStateHandle<Normalise>) -> Html {
    let choices = [
        (Normalise::Counts, "Counts"),
        (Normalise::Row, "Share of the true class"),
        (Normalise::Column, "Share of the predicted class"),
        (Normalise::All, "Share of all"),
    ];
    html! {
        <fieldset class="choice">
            <legend class="visually-hidden">{ "What the cells show" }</legend>
            { for choices.into_iter().map(|(choice, title)| {
                let normalise = normalise.clone();
                let checked = *normalise == choice;
                let onchange = Callback::from(move |_: Event| normalise.set(choice));
                html! {
                    <label key={title}>
                        <input type="radio" name="normalise" {checked} {onchange} />
                        <span>{ title }</span>
                    </label>
                }
            }) }
        </fieldset>
    }
}

/// A cell in a sentence.
fn read_out(classes: &[String], counts: &[u64], (actual, predicted): (usize, usize)) -> String {
    let size = classes.len();
    let at = |row: usize, column: usize| counts.get(row * size + column).copied().unwrap_or(0);
    let count = at(actual, predicted);
    let row: u64 = (0..size).map(|column| at(actual, column)).sum();
    let column: u64 = (0..size).map(|row| at(row, predicted)).sum();
    let share = |part: u64, whole: u64| match whole {
        0 => format::undefined(),
        _ => format::percent(part as f64 / whole as f64),
    };
    let named = |class: usize| classes.get(class).map_or("", String::as_str);
    format!(
        "{} rows are “{}” and were predicted “{}”: {} of the true class, {} of the predictions.",
        format::count(count),
        named(actual),
        named(predicted),
        share(count, row),
        share(count, column),
    )
}

fn metrics(loaded: &Loaded) -> Html {
    let Report { settings, .. } = &loaded.report;
    let evaluation = loaded.report.current();
    let Evaluation { intervals, .. } = evaluation;
    let terms = if settings.positive.is_some() {
        vec![
            (Term::Accuracy, evaluation.accuracy, intervals.accuracy),
            (Term::Precision, evaluation.precision, intervals.precision),
            (Term::Recall, evaluation.recall, intervals.recall),
            (
                Term::Specificity,
                evaluation.specificity,
                intervals.specificity,
            ),
            (Term::F1, evaluation.f1, None),
            (Term::BalancedAccuracy, evaluation.balanced_accuracy, None),
            (Term::MatthewsCorrcoef, evaluation.matthews_corrcoef, None),
            (Term::CohenKappa, evaluation.cohen_kappa, None),
            (Term::RocAuc, evaluation.roc_auc, intervals.roc_auc),
            (Term::AveragePrecision, evaluation.average_precision, None),
            (Term::LogLoss, evaluation.log_loss, None),
            (Term::BrierScore, evaluation.brier_score, None),
            (
                Term::ExpectedCalibrationError,
                evaluation.expected_calibration_error,
                None,
            ),
        ]
    } else {
        let mean = &evaluation.macro_average;
        vec![
            (Term::Accuracy, evaluation.accuracy, intervals.accuracy),
            (Term::BalancedAccuracy, evaluation.balanced_accuracy, None),
            (Term::MacroPrecision, mean.precision, None),
            (Term::MacroRecall, mean.recall, None),
            (Term::MacroF1, mean.f1, None),
            (Term::MatthewsCorrcoef, evaluation.matthews_corrcoef, None),
            (Term::CohenKappa, evaluation.cohen_kappa, None),
        ]
    };
    let shown = terms.into_iter().map(|(term, value, interval)| {
        let key = term.name().replace('-', "/");
        let why = loaded
            .report
            .why_absent(&key)
            .map(|why| AttrValue::from(why.to_owned()));
        html! { <Metric key={term.name()} {term} {value} {interval} {why} /> }
    });
    html! { <dl class="metrics">{ for shown }</dl> }
}

fn table(evaluation: &Evaluation, counts: &[Vec<u64>]) -> Html {
    html! {
        <details class="table-twin">
            <summary>{ "As a table" }</summary>
            <div class="scroll">
                <table class="table" data-testid="table-confusion_matrix">
                    <caption>{ "Rows: true class. Columns: predicted class." }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "True class" }</th>
                            { for evaluation.classes.iter().map(|class| html! {
                                <th scope="col" class="number" key={class.clone()}>{ class }</th>
                            }) }
                        </tr>
                    </thead>
                    <tbody>
                        { for evaluation.classes.iter().zip(counts).map(|(class, row)| html! {
                            <tr key={class.clone()}>
                                <th scope="row">{ class }</th>
                                { for row.iter().map(|&count| html! {
                                    <td class="number">{ format::count(count) }</td>
                                }) }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </details>
    }
}
