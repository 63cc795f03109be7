//! A confusion matrix of any number of classes: rows are actual, columns are predicted.

mod cells;
mod layout;

use std::borrow::Cow;

use greenlight_format as format;
use plotters::backend::DrawingBackend;

use crate::{Drawn, Rect, Text, Theme, pen::Pen};

pub use layout::MatrixLayout;
use layout::{LABEL_GAP, LABEL_SIZE, TITLE_SIZE};

/// What the larger number in a cell says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Normalise {
    /// How many rows of the data fell into the cell; the share of its actual class stands below.
    #[default]
    Counts,
    /// The share of the actual class: a row sums to 100 %. Its diagonal is the recall.
    Row,
    /// The share of the predicted class: a column sums to 100 %. Its diagonal is the precision.
    Column,
    /// The share of all.
    All,
}

/// The picture of a confusion matrix.
///
/// A cell's colour is its share of its row (with [`Normalise::Column`], of its column), never the raw count: a rare class
/// that is always missed is as loud as a frequent one. Numbers appear where they fit, in the same size in all cells.
#[derive(Clone, Copy, Debug)]
pub struct ConfusionMatrix<'a> {
    /// The classes, in the order of both rows and columns.
    pub classes: &'a [String],
    /// The counts, row by row: `counts[actual * classes.len() + predicted]`. What is missing counts as 0.
    pub counts: &'a [u64],
    /// What the numbers say.
    pub normalise: Normalise,
}

/// How long the colour scale below the matrix is.
const LEGEND_BAR: i32 = 72;

impl ConfusionMatrix<'_> {
    /// Draws the matrix over the whole backend.
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB, theme: &Theme) -> Drawn<DB> {
        let size = backend.get_size();
        let mut pen = Pen(backend);
        let Some(layout) = MatrixLayout::new(size, self.classes) else {
            let style = Text::new(LABEL_SIZE, theme.muted).centred();
            let middle = ((size.0 / 2) as i32, (size.1 / 2) as i32);
            let text = if self.classes.is_empty() {
                "No classes to compare"
            } else {
                ""
            };
            return pen.text_within(text, &style, middle, size.0 as i32);
        };
        self.draw_labels(&mut pen, &layout, theme)?;
        self.draw_cells(&mut pen, &layout, theme)?;
        self.draw_legend(&mut pen, &layout, theme)
    }

    fn draw_labels<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &MatrixLayout,
        theme: &Theme,
    ) -> Drawn<DB> {
        let title = Text::new(TITLE_SIZE, theme.muted).centred();
        let grid = layout.grid;
        let (across, down) = (grid.x + grid.width / 2, grid.y + grid.height / 2);
        pen.text("Predicted", &title, (across, layout.column_title_y))?;
        pen.text("Actual", &title.upwards(), (layout.row_title_x, down))?;

        let label = Text::new(layout.label_size, theme.ink);
        let place = |index: usize| {
            let name = self.classes.get(index).map_or("", String::as_str);
            let style = if name.trim().is_empty() {
                label.colour(theme.muted)
            } else {
                label
            };
            (readable(name), style)
        };
        for row in (0..self.classes.len()).step_by(layout.row_label_step) {
            let (name, style) = place(row);
            let cell = layout.cell_rect(row, 0);
            let at = (grid.x - LABEL_GAP, cell.y + cell.height / 2);
            pen.text_within(&name, &style.ending(), at, layout.row_label_room)?;
        }
        for column in (0..self.classes.len()).step_by(layout.column_label_step) {
            let (name, style) = place(column);
            let cell = layout.cell_rect(0, column);
            let middle = cell.x + cell.width / 2;
            if layout.column_labels_upwards {
                let at = (middle, grid.y - LABEL_GAP);
                pen.text_within(&name, &style.upwards(), at, layout.column_label_room)?;
            } else {
                let at = (middle, grid.y - LABEL_GAP - layout.column_label_height / 2);
                pen.text_within(&name, &style.centred(), at, layout.column_label_room)?;
            }
        }
        Ok(())
    }

    /// What the colours mean, where the cells do not all say it themselves.
    fn draw_legend<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &MatrixLayout,
        theme: &Theme,
    ) -> Drawn<DB> {
        let Some(area) = layout.legend else {
            return Ok(());
        };
        let middle = area.y + area.height / 2;
        let style = Text::new(TITLE_SIZE, theme.muted);
        let words = match self.normalise {
            Normalise::Column => "Share of the predicted class",
            Normalise::Counts | Normalise::Row | Normalise::All => "Share of the actual class",
        };
        let ends = [format::percent(0.0), format::percent(1.0)];
        let widths = [
            pen.width(words, &style)?,
            pen.width(&ends[0], &style)?,
            pen.width(&ends[1], &style)?,
        ];
        let needed = widths.iter().sum::<i32>() + 4 * LABEL_GAP + LEGEND_BAR;
        let mut x = layout.grid.x.min(area.x + area.width - needed);
        if x < area.x {
            return Ok(());
        }
        pen.text(words, &style, (x, middle))?;
        x += widths[0] + 2 * LABEL_GAP;
        pen.text(&ends[0], &style, (x, middle))?;
        x += widths[1] + LABEL_GAP;
        let steps = LEGEND_BAR / 2;
        for step in 0..steps {
            let part = Rect {
                x: x + step * 2,
                y: middle - 4,
                width: 2,
                height: 8,
            };
            pen.fill(part, theme.ramp(f64::from(step) / f64::from(steps - 1)))?;
        }
        pen.text(&ends[1], &style, (x + LEGEND_BAR + LABEL_GAP, middle))
    }
}

/// Outlines a cell, marks its row and column and writes their names, which the matrix may have had no room for: for the
/// layer above it.
pub fn draw_highlight<DB: DrawingBackend>(
    backend: &mut DB,
    theme: &Theme,
    classes: &[String],
    (row, column): (usize, usize),
) -> Drawn<DB> {
    let Some(layout) = MatrixLayout::new(backend.get_size(), classes) else {
        return Ok(());
    };
    if row >= classes.len() || column >= classes.len() {
        return Ok(());
    }
    let mut pen = Pen(backend);
    let (cell, grid) = (layout.cell_rect(row, column), layout.grid);
    pen.fill(
        Rect {
            x: grid.x - 4,
            width: 2,
            ..cell
        },
        theme.accent,
    )?;
    pen.fill(
        Rect {
            y: grid.y - 4,
            height: 2,
            ..cell
        },
        theme.accent,
    )?;
    let grown = |by: i32| Rect {
        x: cell.x - by,
        y: cell.y - by,
        width: cell.width + 2 * by,
        height: cell.height + 2 * by,
    };
    pen.frame(grown(2), 2, theme.ink)?;
    pen.frame(cell, 1, theme.surface)?;
    let name = |class: usize| readable(classes.get(class).map_or("", String::as_str));
    draw_row_tag(&mut pen, &layout, theme, &name(row), cell)?;
    draw_column_tag(&mut pen, &layout, theme, &name(column), cell)
}

/// Half the height of a name above others.
const HALF_TAG: i32 = 8;

fn draw_row_tag<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    layout: &MatrixLayout,
    theme: &Theme,
    name: &str,
    cell: Rect,
) -> Drawn<DB> {
    let style = Text::new(LABEL_SIZE, theme.accent).bold().ending();
    let (end, middle) = (layout.grid.x - LABEL_GAP, cell.y + cell.height / 2);
    let behind = Rect {
        x: end - layout.row_label_room - 2,
        y: middle - HALF_TAG,
        width: layout.row_label_room + 3,
        height: 2 * HALF_TAG,
    };
    pen.fill(behind, theme.surface)?;
    pen.text_within(name, &style, (end, middle), layout.row_label_room)
}

fn draw_column_tag<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    layout: &MatrixLayout,
    theme: &Theme,
    name: &str,
    cell: Rect,
) -> Drawn<DB> {
    let style = Text::new(LABEL_SIZE, theme.accent).bold();
    let (room, height) = (layout.column_label_room, layout.column_label_height);
    let (end, middle) = (layout.grid.y - LABEL_GAP, cell.x + cell.width / 2);
    let half = if layout.column_labels_upwards {
        HALF_TAG
    } else {
        room / 2 + 1
    };
    let behind = Rect {
        x: middle - half,
        y: end - height - 1,
        width: 2 * half,
        height: height + 2,
    };
    pen.fill(behind, theme.surface)?;
    if layout.column_labels_upwards {
        pen.text_within(name, &style.upwards(), (middle, end), room)
    } else {
        pen.text_within(name, &style.centred(), (middle, end - height / 2), room)
    }
}

/// The cell under a point, given the size of the picture.
#[must_use]
pub fn hit_test(size: (u32, u32), classes: &[String], x: f64, y: f64) -> Option<(usize, usize)> {
    MatrixLayout::new(size, classes)?.hit_test(x, y)
}

/// Where a cell lies, given the size of the picture.
#[must_use]
pub fn cell_rect(size: (u32, u32), classes: &[String], row: usize, column: usize) -> Option<Rect> {
    let inside = row < classes.len() && column < classes.len();
    inside.then(|| MatrixLayout::new(size, classes).map(|layout| layout.cell_rect(row, column)))?
}

/// A class name on one line; one without visible letters says so.
fn readable(name: &str) -> Cow<'_, str> {
    if name.trim().is_empty() {
        Cow::Borrowed("(empty)")
    } else if name.chars().any(char::is_control) {
        Cow::Owned(
            name.chars()
                .map(|c| if c.is_control() { ' ' } else { c })
                .collect(),
        )
    } else {
        Cow::Borrowed(name)
    }
}
