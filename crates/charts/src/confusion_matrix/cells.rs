//! The cells: their colours, and the numbers in them.

use greenlight_format as format;
use plotters::{backend::DrawingBackend, style::RGBColor};

use crate::{Drawn, Rect, Text, Theme, estimate_width, pen::Pen};

use super::{ConfusionMatrix, MatrixLayout, Normalise};

/// Sizes of the larger number, and of the smaller one below it.
const NUMBER_SIZES: [(f64, f64); 6] = [
    (22.0, 13.0),
    (18.0, 12.0),
    (15.0, 11.0),
    (13.0, 10.0),
    (11.0, 10.0),
    (10.0, 10.0),
];

/// A number that stands alone is not larger than this.
const LARGEST_ALONE: f64 = 15.0;

/// Free room beside a number.
const NUMBER_MARGIN: f64 = 2.0;

/// The height of a line of text over its size.
const LINE: f64 = 1.5;

/// How the numbers of all cells are written.
struct Numbers {
    size: f64,
    second_size: Option<f64>,
    short: bool,
}

/// The sums that shares are of.
struct Totals {
    rows: Vec<u128>,
    columns: Vec<u128>,
    all: u128,
}

impl ConfusionMatrix<'_> {
    pub(super) fn draw_cells<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &MatrixLayout,
        theme: &Theme,
    ) -> Drawn<DB> {
        let classes = self.classes.len();
        let totals = self.totals();
        let numbers = self.numbers(layout, &totals);

        // Empty cells are one area with the gaps ruled over it: however many classes, only what was counted costs.
        pen.fill(layout.grid, theme.ramp(0.0))?;
        for index in 1..classes {
            let Rect { x, y, .. } = layout.cell_rect(index, index);
            let gap = layout.gap;
            pen.fill(
                Rect {
                    x: x - gap,
                    width: gap,
                    ..layout.grid
                },
                theme.surface,
            )?;
            pen.fill(
                Rect {
                    y: y - gap,
                    height: gap,
                    ..layout.grid
                },
                theme.surface,
            )?;
        }

        for row in 0..classes {
            for column in 0..classes {
                let count = self.count(row, column);
                if count == 0 && numbers.is_none() {
                    continue;
                }
                let cell = layout.cell_rect(row, column);
                let total = match self.normalise {
                    Normalise::Column => totals.columns[column],
                    Normalise::Counts | Normalise::Row | Normalise::All => totals.rows[row],
                };
                let colour = theme.ramp(share(count, total));
                if count > 0 {
                    pen.fill(cell, colour)?;
                }
                match &numbers {
                    // Among many classes, zeros step back and leave the second line out.
                    Some(numbers) if count == 0 && classes > 2 => {
                        let zero = (format::count(0), String::new());
                        draw_numbers(pen, numbers, cell, &zero, theme.muted)?;
                    }
                    Some(numbers) => {
                        let lines = self.lines((row, column), &totals, numbers.short);
                        draw_numbers(pen, numbers, cell, &lines, theme.text_on(colour))?;
                    }
                    None => {}
                }
            }
        }
        Ok(())
    }

    /// The largest size in which every number fits, with its second line where there is room for both.
    fn numbers(&self, layout: &MatrixLayout, totals: &Totals) -> Option<Numbers> {
        let cell = layout.cell_rect(0, 0);
        let (width, height) = (
            f64::from(cell.width) - 2.0 * NUMBER_MARGIN,
            f64::from(cell.height),
        );
        let smallest = NUMBER_SIZES[NUMBER_SIZES.len() - 1].0;
        if width < estimate_width("0", smallest) || height < LINE * smallest {
            return None;
        }
        let widest = [false, true].map(|short| self.widest(totals, short));
        for two_lines in [true, false] {
            for (short, (first, second)) in [false, true].into_iter().zip(widest) {
                for (size, second_size) in NUMBER_SIZES {
                    let fits = if two_lines {
                        first * size <= width
                            && second * second_size <= width
                            && LINE * (size + second_size) <= height
                    } else {
                        first * size <= width && LINE * size <= height && size <= LARGEST_ALONE
                    };
                    if fits {
                        let second_size = two_lines.then_some(second_size);
                        return Some(Numbers {
                            size,
                            second_size,
                            short,
                        });
                    }
                }
            }
        }
        None
    }

    /// How wide the widest first and second lines are, at size 1.
    fn widest(&self, totals: &Totals, short: bool) -> (f64, f64) {
        let (mut first, mut second) = (0.0_f64, 0.0_f64);
        for row in 0..self.classes.len() {
            for column in 0..self.classes.len() {
                let lines = self.lines((row, column), totals, short);
                first = first.max(estimate_width(&lines.0, 1.0));
                second = second.max(estimate_width(&lines.1, 1.0));
            }
        }
        (first, second)
    }

    /// The two numbers of a cell.
    fn lines(
        &self,
        (row, column): (usize, usize),
        totals: &Totals,
        short: bool,
    ) -> (String, String) {
        let count = self.count(row, column);
        let written = if short {
            format::count_short(count)
        } else {
            format::count(count)
        };
        // All cells with the same decimals, so that they compare at a glance.
        let percent = |of: u128| format::percent_to(share(count, of), 1);
        match self.normalise {
            Normalise::Counts => (written, percent(totals.rows[row])),
            Normalise::Row => (percent(totals.rows[row]), written),
            Normalise::Column => (percent(totals.columns[column]), written),
            Normalise::All => (percent(totals.all), written),
        }
    }

    fn count(&self, row: usize, column: usize) -> u64 {
        self.counts
            .get(row * self.classes.len() + column)
            .copied()
            .unwrap_or(0)
    }

    fn totals(&self) -> Totals {
        let classes = self.classes.len();
        let (mut rows, mut columns) = (vec![0; classes], vec![0; classes]);
        for (row, row_total) in rows.iter_mut().enumerate() {
            for (column, column_total) in columns.iter_mut().enumerate() {
                let count = u128::from(self.count(row, column));
                *row_total += count;
                *column_total += count;
            }
        }
        let all = rows.iter().sum();
        Totals { rows, columns, all }
    }
}

fn draw_numbers<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    numbers: &Numbers,
    cell: Rect,
    (first, second): &(String, String),
    ink: RGBColor,
) -> Drawn<DB> {
    let style = Text::new(numbers.size, ink).centred();
    let (x, y) = (cell.x + cell.width / 2, cell.y + cell.height / 2);
    match numbers.second_size {
        Some(second_size) if !second.is_empty() => {
            let apart = numbers.size * 0.5 + second_size * 0.75;
            // The taller line takes more of the room above the middle.
            let up = (apart * second_size / (numbers.size + second_size)).round() as i32;
            pen.text(first, &style, (x, y - up))?;
            let style = Text::new(second_size, ink).centred();
            pen.text(second, &style, (x, y - up + apart.round() as i32))
        }
        _ => pen.text(first, &style, (x, y)),
    }
}

/// NaN where there is nothing to share.
fn share(count: u64, of: u128) -> f64 {
    if of == 0 {
        f64::NAN
    } else {
        count as f64 / of as f64
    }
}
