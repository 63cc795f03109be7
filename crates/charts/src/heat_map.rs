//! Many columns over many windows as colours: which moved, and when.

mod layout;

use plotters::backend::DrawingBackend;

use crate::{Drawn, Rect, Text, Theme, Windows, pen::Pen};

pub use layout::HeatMapLayout;
use layout::{GAP, LEGEND_BAR, TICK_SIZE};

/// A number for each row and window as a colour, rows ranked by whoever gives them.
#[derive(Clone, Copy, Debug)]
pub struct HeatMap<'a> {
    /// What the rows are called, from the top.
    pub rows: &'a [String],
    /// The windows, from the left.
    pub windows: Windows<'a>,
    /// The numbers, row by row: `values[row * windows.len() + window]`. NaN, and what is missing, where there is none.
    pub values: &'a [f64],
    /// What the numbers are.
    pub title: &'a str,
    /// What they are held against: cells above it carry a dot. NaN for nothing.
    pub limit: f64,
    /// What the limit is called, with its number.
    pub limit_name: &'a str,
    /// The number of the strongest colour; beyond it none is stronger.
    pub top: f64,
    /// That number for people.
    pub top_name: &'a str,
    /// The row at the top of the picture: what is above it was scrolled away.
    pub first: usize,
}

const NAME_SIZE: f64 = 12.0;
/// Below this width the legend keeps short.
const NARROW: i32 = 420;
/// So many colours the eye can tell apart, and styles a picture needs.
const COLOURS: usize = 48;

impl<'a> HeatMap<'a> {
    /// How tall a picture of so many rows is.
    #[must_use]
    pub fn height(rows: usize) -> u32 {
        layout::height(rows)
    }

    /// Where everything lies in a picture of `size`; `None` where there is no room or nothing to show.
    #[must_use]
    pub fn layout(&self, size: (u32, u32)) -> Option<HeatMapLayout<'a>> {
        HeatMapLayout::new(size, self.rows, self.windows, self.first)
    }

    /// Draws the picture over the whole backend; nothing where there is no room for it.
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB, theme: &Theme) -> Drawn<DB> {
        let Some(layout) = self.layout(backend.get_size()) else {
            return Ok(());
        };
        let mut pen = Pen(backend);
        self.draw_cells(&mut pen, &layout, theme)?;
        let name = Text::new(NAME_SIZE, theme.ink).ending();
        for row in layout.rows() {
            let cell = layout.row(row);
            let at = (cell.x - GAP, cell.y + cell.height / 2);
            let text = self.rows.get(row).map_or("", String::as_str);
            pen.text_within(text, &name, at, cell.x - 2 * GAP)?;
        }
        layout.draw_ticks(&mut pen, theme)?;
        self.draw_legend(&mut pen, &layout, theme)
    }

    /// Frames a cell. For the layer above.
    pub fn draw_highlight<DB: DrawingBackend>(
        &self,
        backend: &mut DB,
        theme: &Theme,
        (row, window): (usize, usize),
    ) -> Drawn<DB> {
        let cell = self
            .layout(backend.get_size())
            .filter(|layout| layout.rows().contains(&row))
            .and_then(|layout| layout.cell(row, window));
        let Some(cell) = cell else {
            return Ok(());
        };
        let around = Rect {
            x: cell.x - 2,
            y: cell.y - 2,
            width: cell.width + 4,
            height: cell.height + 4,
        };
        let mut pen = Pen(backend);
        pen.frame(around, 1, theme.surface)?;
        let inner = Rect {
            x: cell.x - 1,
            y: cell.y - 1,
            width: cell.width + 2,
            height: cell.height + 2,
        };
        pen.frame(inner, 2, theme.ink)
    }

    fn value(&self, row: usize, window: usize) -> f64 {
        let index = row
            .checked_mul(self.windows.len())
            .and_then(|start| start.checked_add(window));
        let value = index.and_then(|index| self.values.get(index));
        value.copied().unwrap_or(f64::NAN)
    }

    fn share(&self, value: f64) -> f64 {
        value / self.top
    }

    /// The number of a value's colour; `None` where there is no value.
    fn colour(&self, value: f64) -> Option<usize> {
        let share = self.share(value);
        // What is infinite is beyond the top.
        let step = (share.clamp(0.0, 1.0) * (COLOURS - 1) as f64).round();
        (!share.is_nan()).then_some(step as usize)
    }

    /// Neighbours of one colour are one rectangle, and all of one colour are filled in turn: canvases are slow to change
    /// their style.
    fn draw_cells<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &HeatMapLayout<'_>,
        theme: &Theme,
    ) -> Drawn<DB> {
        let mut by_colour: [Vec<Rect>; COLOURS] = std::array::from_fn(|_| Vec::new());
        let mut missing: Vec<Rect> = Vec::new();
        let mut dots: Vec<((i32, i32), usize)> = Vec::new();
        for row in layout.rows() {
            let cells = (0..self.windows.len()).filter_map(|window| {
                let cell = layout.cell(row, window)?;
                Some((cell, self.value(row, window)))
            });
            // Of many windows in one column of pixels the strongest shows.
            let mut columns: Vec<(Rect, f64)> = Vec::new();
            for (cell, value) in cells {
                match columns.last_mut() {
                    Some((last, strongest)) if last.x == cell.x => {
                        *strongest = strongest.max(value)
                    }
                    _ => columns.push((cell, value)),
                }
            }
            for (cell, value) in columns {
                let colour = self.colour(value);
                let rects = match colour {
                    Some(colour) => by_colour.get_mut(colour),
                    None => Some(&mut missing),
                };
                let Some(rects) = rects else {
                    continue;
                };
                match rects.last_mut() {
                    Some(last) if last.y == cell.y && last.x + last.width == cell.x => {
                        last.width += cell.width;
                    }
                    _ => rects.push(cell),
                }
                if let Some(colour) = colour.filter(|_| value > self.limit) {
                    let centre = (cell.x + cell.width / 2, cell.y + cell.height / 2);
                    dots.push((centre, colour));
                }
            }
        }
        let ramp = |colour: usize| theme.ramp(colour as f64 / (COLOURS - 1) as f64);
        for (colour, rects) in by_colour.iter().enumerate() {
            for rect in rects {
                pen.fill(*rect, ramp(colour))?;
            }
        }
        for rect in missing {
            pen.hatch(rect, theme.hairline)?;
        }
        // A dot says it to those who do not see the colour; where cells are too small it says nothing.
        if layout.is_roomy() {
            dots.sort_unstable_by_key(|(_, colour)| *colour);
            for (centre, colour) in dots {
                pen.dot(centre, 2, theme.text_on(ramp(colour)))?;
            }
        }
        Ok(())
    }

    /// What the colours mean, with the limit where it lies among them.
    fn draw_legend<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &HeatMapLayout<'_>,
        theme: &Theme,
    ) -> Drawn<DB> {
        let style = Text::new(TICK_SIZE, theme.muted);
        let area = layout.legend();
        let middle = area.y + area.height / 2;
        let zero = greenlight_format::tick(0.0, 1.0);
        let title = format!("{}  {zero}", self.title);
        let mut x = area.x;
        let width = pen.width(&title, &style)?;
        pen.text_within(&title, &style, (x, middle), area.width)?;
        x += width + GAP;
        let room = area.x + area.width - x;
        let bar = match area.width < NARROW {
            true => LEGEND_BAR.1,
            false => LEGEND_BAR.0,
        };
        if room < bar {
            return Ok(());
        }
        for step in 0..bar {
            let part = Rect {
                x: x + step,
                y: middle - 5,
                width: 1,
                height: 10,
            };
            pen.fill(part, theme.ramp(f64::from(step) / f64::from(bar - 1)))?;
        }
        let limit = self.share(self.limit);
        let has_limit = (0.0..=1.0).contains(&limit);
        if has_limit {
            let mark = Rect {
                x: x + (limit * f64::from(bar)).round() as i32,
                y: middle - 8,
                width: 2,
                height: 16,
            };
            pen.fill(mark, theme.ink)?;
        }
        x += bar + GAP;
        let top = match self.top_name {
            "" => String::new(),
            name => format!("≥{}{name}", greenlight_format::SPACE),
        };
        let mut items = vec![(None, top)];
        if has_limit {
            items.push((Some(false), format!("above {}", self.limit_name)));
        }
        if self.has_missing(layout) {
            items.push((Some(true), "too few rows".to_owned()));
        }
        for (sign, text) in items {
            let wide = match sign {
                None => 0,
                Some(_) => 14 + 2 * GAP,
            };
            let width = pen.width(&text, &style)?;
            if x + wide + width > area.x + area.width {
                break;
            }
            let key = Rect {
                x: x + GAP,
                y: middle - 5,
                width: 14,
                height: 11,
            };
            match sign {
                Some(true) => pen.hatch(key, theme.muted)?,
                Some(false) => {
                    let ground = theme.ramp((limit + 0.15).min(1.0));
                    pen.fill(key, ground)?;
                    let centre = (key.x + key.width / 2, key.y + key.height / 2);
                    pen.dot(centre, 2, theme.text_on(ground))?;
                }
                None => {}
            }
            let after = if sign.is_some() { GAP } else { 0 };
            pen.text(&text, &style, (x + wide + after, middle))?;
            x += wide + after + width + GAP;
        }
        Ok(())
    }

    fn has_missing(&self, layout: &HeatMapLayout<'_>) -> bool {
        let mut cells = layout
            .rows()
            .flat_map(|row| (0..self.windows.len()).map(move |at| (row, at)));
        cells.any(|(row, window)| self.value(row, window).is_nan())
    }
}
