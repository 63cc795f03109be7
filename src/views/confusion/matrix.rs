//! The picture of the matrix: pointed at, walked through with keys, and opened cell by cell.

use std::rc::Rc;

use greenlight_charts::confusion_matrix::draw_highlight;
use greenlight_charts::{ConfusionMatrix, MatrixLayout, Normalise};
use greenlight_format as format;
use greenlight_metrics::{Actual, Predicted, Value};
use yew::prelude::*;

use crate::canvas::{Chart, Frame, Pointer, use_size};
use crate::components::{Downloads, Picture};

use super::table::csv;
use super::{Cell, Confusion};

#[derive(Properties, PartialEq)]
pub struct MatrixProps {
    pub confusion: Rc<Option<Confusion>>,
    /// The cell whose rows are shown.
    pub selected: Option<Cell>,
    pub on_select: Callback<Cell>,
    /// Will hold the picture, which can be focused.
    pub place: NodeRef,
}

/// Pixels a class gets before the matrix stops growing.
const CLASS_HEIGHT: u32 = 120;
const LEAST_HEIGHT: u32 = 360;
const MOST_HEIGHT: u32 = 720;
/// Where there are so many classes that each still needs these pixels, the matrix may be taller.
const LEAST_CLASS_HEIGHT: u32 = 14;
const HEIGHT_OF_MANY: u32 = 1_000;
/// What lies around the cells.
const AROUND: u32 = 240;

/// How tall the matrix may be on screen.
fn most_height(classes: u32) -> u32 {
    let many = classes * LEAST_CLASS_HEIGHT + AROUND;
    (classes * CLASS_HEIGHT)
        .clamp(LEAST_HEIGHT, MOST_HEIGHT)
        .max(many.min(HEIGHT_OF_MANY))
}

/// The size of a picture to keep: every name can be read, as far as that goes.
fn picture_size(classes: &[String]) -> (u32, u32) {
    const LARGEST: u32 = 3_000;
    let count = classes.len() as u32;
    let side = (count * LEAST_CLASS_HEIGHT + AROUND).clamp(MOST_HEIGHT, LARGEST);
    let width = side + AROUND / 3;
    (
        width,
        MatrixLayout::height(width, side.max(most_height(count)), classes),
    )
}

#[component]
pub fn Matrix(
    MatrixProps {
        confusion,
        selected,
        on_select,
        place,
    }: &MatrixProps,
) -> Html {
    let normalise = use_state_eq(Normalise::default);
    let cell = use_state_eq(|| None::<(usize, usize)>);
    let figure = use_node_ref();
    let (width, _) = use_size(&figure);
    let draw = use_callback(
        (confusion.clone(), *normalise),
        |mut frame: Frame, (confusion, normalise)| {
            let Some(Confusion {
                classes, counts, ..
            }) = &**confusion
            else {
                return Ok(());
            };
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
    let marked = cell.or(selected.map(|(Actual(row), Predicted(column))| (row, column)));
    let overlay = use_callback(
        (confusion.clone(), marked),
        |mut frame: Frame, (confusion, marked)| match (&**confusion, marked) {
            (Some(confusion), Some(cell)) => {
                draw_highlight(&mut frame.canvas, &frame.theme, &confusion.classes, *cell)
                    .map_err(Into::into)
            }
            _ => Ok(()),
        },
    );
    let csv = {
        let confusion = confusion.clone();
        Callback::from(move |()| (*confusion).as_ref().map_or_else(String::new, csv))
    };
    let Some(shown) = &**confusion else {
        return Html::default();
    };
    let at = {
        let confusion = confusion.clone();
        move |Pointer { x, y, size }: Pointer| {
            let classes = &(*confusion).as_ref()?.classes;
            MatrixLayout::new(size, classes)?.hit_test(x, y)
        }
    };
    let on_pointer = {
        let (cell, at) = (cell.setter(), at.clone());
        Callback::from(move |pointer: Option<Pointer>| cell.set(pointer.and_then(&at)))
    };
    let on_click = {
        let on_select = on_select.clone();
        Callback::from(move |pointer: Pointer| {
            if let Some(cell) = at(pointer) {
                on_select.emit(typed(cell));
            }
        })
    };
    let on_key = key_handler(&cell, marked, shown.classes.len(), on_select);
    let on_focus = {
        let cell = cell.setter();
        Callback::from(move |focused: bool| {
            if !focused {
                cell.set(None);
            }
        })
    };
    let most = most_height(shown.classes.len() as u32);
    let height = match width as u32 {
        // Not laid out yet.
        0 => most,
        width => MatrixLayout::height(width, most, &shown.classes),
    };
    html! {
        <figure class="picture" ref={figure}>
            { normalise_control(&normalise) }
            <Chart
                name="confusion_matrix"
                label="Confusion matrix. Arrow keys move from cell to cell, Enter shows the rows of one; the same numbers stand in the table below."
                {height}
                draw={draw.clone()}
                overlay={overlay}
                {on_pointer}
                on_select={on_click}
                on_key={on_key}
                {on_focus}
                place={place.clone()}
            />
            <figcaption>
                <p class="read-out" aria-live="polite" data-testid="read-out">
                    { cell.map_or_else(
                        || "Point at a cell or tap it; click it for its rows. With a keyboard: arrows and Enter.".to_owned(),
                        |cell| read_out(shown, typed(cell)),
                    ) }
                </p>
                <Downloads
                    name="confusion_matrix"
                    title="Confusion matrix"
                    picture={Picture { draw, size: picture_size(&shown.classes) }}
                    {csv}
                />
            </figcaption>
        </figure>
    }
}

fn typed((row, column): (usize, usize)) -> Cell {
    (Actual(row), Predicted(column))
}

/// Arrow keys move, Enter and the space bar open.
fn key_handler(
    cell: &UseStateHandle<Option<(usize, usize)>>,
    marked: Option<(usize, usize)>,
    classes: usize,
    on_select: &Callback<Cell>,
) -> Callback<KeyboardEvent> {
    let (cell, on_select) = (cell.clone(), on_select.clone());
    let last = classes.saturating_sub(1);
    Callback::from(move |event: KeyboardEvent| {
        let (row, column) = marked.unwrap_or((0, 0));
        let next = match event.key().as_str() {
            "ArrowUp" => (row.saturating_sub(1), column),
            "ArrowDown" => ((row + 1).min(last), column),
            "ArrowLeft" => (row, column.saturating_sub(1)),
            "ArrowRight" => (row, (column + 1).min(last)),
            "Home" => (0, 0),
            "End" => (last, last),
            "Enter" | " " => (row, column),
            _ => return,
        };
        event.prevent_default();
        match (*cell, event.key().as_str()) {
            (Some(cell), "Enter" | " ") => on_select.emit(typed(cell)),
            (Some(_), _) => cell.set(Some(next)),
            // The first key only shows where one is.
            (None, _) => cell.set(Some((row, column))),
        }
    })
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
fn read_out(confusion: &Confusion, (actual, predicted): Cell) -> String {
    let matrix = &confusion.matrix;
    let share = |share: Value| share.map_or_else(|_| format::undefined(), format::percent);
    format!(
        "{}: {} of the true class, {} of the predictions.",
        confusion.rows_of(matrix.count(actual, predicted), (actual, predicted)),
        share(matrix.share_of_actual(actual, predicted)),
        share(matrix.share_of_predicted(actual, predicted)),
    )
}
