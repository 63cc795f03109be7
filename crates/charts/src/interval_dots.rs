//! Shares of groups as dots with their intervals, one below the other, against a line.

use plotters::{backend::DrawingBackend, style::RGBColor};

use crate::{
    Axis, Drawn, Rect, Text, Theme, Unit, estimate_width, pen::Pen, text::line_height, theme::mix,
};

/// How a dot stands to the line; decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Surely on the wrong side.
    Low,
    /// Not surely.
    Plain,
    /// There are too few rows to say.
    Unsure,
}

/// The share of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct IntervalDot {
    /// What the group is called.
    pub name: String,
    /// The share; NaN where there is none.
    pub value: f64,
    /// Its interval: low, high.
    pub interval: (f64, f64),
    /// How it stands to the line.
    pub tone: Tone,
}

/// Shares as dots with their intervals, one below the other, against a line.
///
/// What does not exist is NaN and is not drawn.
#[derive(Clone, Copy, Debug)]
pub struct IntervalDots<'a> {
    /// The groups, from the top.
    pub dots: &'a [IntervalDot],
    /// What they are held against; NaN for nothing.
    pub line: f64,
    /// What the line is called.
    pub line_name: &'a str,
    /// What the shares are.
    pub title: &'a str,
}

/// Where everything lies in a picture.
///
/// ```
/// use greenlight_charts::{IntervalDot, IntervalDots, interval_dots::Tone};
///
/// let dot = |name: &str, value| IntervalDot { name: name.into(), value, interval: (value, value), tone: Tone::Plain };
/// let dots = [dot("north", 0.9), dot("south", 0.7)];
/// let picture = IntervalDots { dots: &dots, line: 0.8, line_name: "all rows", title: "Accuracy" };
/// let layout = picture.layout((600, IntervalDots::height(2, 600.0))).unwrap();
/// assert_eq!((layout.dot_at(0.0), layout.dot_at(1e9)), (Some(0), Some(1)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DotsLayout {
    /// The plot without names and numbers.
    area: Rect,
    /// Pixels for a group.
    pitch: i32,
    /// Whether names stand above their dots, for want of room beside them.
    stacked: bool,
    range: (f64, f64),
    dots: usize,
}

const NAME_SIZE: f64 = 13.0;
const TICK_SIZE: f64 = 11.0;
const TITLE_SIZE: f64 = 12.0;
const GAP: i32 = 8;
/// Room above the plot for what the line is called.
const TOP: i32 = 20;
/// Room below it for ticks and title.
const BOTTOM: i32 = 42;
/// Names in capitals need so many times what is estimated.
const WIDEST_FONT: f64 = 1.25;
/// Room at the right for a number.
const NUMBER: i32 = 56;
/// From this width on names stand beside their dots.
const WIDE: i32 = 520;
/// Pixels for a group, with the name beside it and above it.
const PITCH: (i32, i32) = (28, 42);
/// The least that the axis spans.
const LEAST_ROOM: f64 = 0.04;
/// Pixels that a tick takes up.
const TICK_ROOM: i32 = 72;
const BAND: i32 = 8;

impl IntervalDots<'_> {
    /// How tall a picture of so many groups is, for its width.
    #[must_use]
    pub fn height(dots: usize, width: f64) -> u32 {
        let pitch = if width < f64::from(WIDE) {
            PITCH.1
        } else {
            PITCH.0
        };
        (TOP + BOTTOM) as u32 + pitch as u32 * dots.clamp(1, 100) as u32
    }

    /// Where everything lies; `None` where there is no room or nothing to show.
    #[must_use]
    pub fn layout(&self, size: (u32, u32)) -> Option<DotsLayout> {
        let (width, height) = (size.0.min(1 << 16) as i32, size.1.min(1 << 16) as i32);
        let stacked = width < WIDE;
        let names = self.dots.iter();
        let widest = names
            .map(|dot| estimate_width(&dot.name, NAME_SIZE) * WIDEST_FONT)
            .fold(0.0, f64::max);
        let left = match stacked {
            true => GAP,
            false => (widest.ceil().min(f64::from(width) * 0.45) as i32) + 2 * GAP,
        };
        let area = Rect {
            x: left,
            y: TOP,
            width: width - left - NUMBER,
            height: height - TOP - BOTTOM,
        };
        let pitch = area.height / self.dots.len().clamp(1, 1 << 16) as i32;
        let has_room = area.width >= 60 && pitch >= 8;
        Some(DotsLayout {
            area,
            pitch,
            stacked,
            range: self.range()?,
            dots: self.dots.len(),
        })
        .filter(|_| has_room)
    }

    /// Both ends of the axis: a little beyond everything that can be judged, or else everything.
    fn range(&self) -> Option<(f64, f64)> {
        let is_judged = |dot: &&IntervalDot| dot.tone != Tone::Unsure;
        let all = !self.dots.iter().any(|dot| is_judged(&dot));
        let ends = |dot: &IntervalDot| [dot.value, dot.interval.0, dot.interval.1];
        let dots = self.dots.iter().filter(|dot| all || is_judged(dot));
        let shown = dots.flat_map(ends).chain([self.line]);
        let shown = shown.filter(|value| (0.0..=1.0).contains(value));
        let (low, high) = shown.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let margin = 0.04 * (high - low) + (LEAST_ROOM - (high - low)).max(0.0) / 2.0;
        let (low, high) = ((low - margin).max(0.0), (high + margin).min(1.0));
        (low < high).then_some((low, high))
    }

    /// Draws the picture over the whole backend; nothing where there is no room for it.
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB, theme: &Theme) -> Drawn<DB> {
        let Some(layout) = self.layout(backend.get_size()) else {
            return Ok(());
        };
        let mut pen = Pen(backend);
        self.draw_axis(&mut pen, &layout, theme)?;
        for (index, dot) in self.dots.iter().enumerate() {
            draw_dot(&mut pen, &layout, theme, index, dot)?;
        }
        Ok(())
    }

    /// Marks a group. For the layer above.
    pub fn draw_highlight<DB: DrawingBackend>(
        &self,
        backend: &mut DB,
        theme: &Theme,
        dot: usize,
    ) -> Drawn<DB> {
        let Some(layout) = self.layout(backend.get_size()) else {
            return Ok(());
        };
        let Some(value) = self.dots.get(dot).map(|dot| dot.value) else {
            return Ok(());
        };
        let mut pen = Pen(backend);
        let row = layout.row(dot);
        // To the left of the names: a bar that covers nothing.
        pen.fill(
            Rect {
                x: 0,
                width: 3,
                ..row
            },
            theme.accent,
        )?;
        match layout.position(value) {
            Some(x) => {
                let y = layout.middle(dot);
                pen.dot((x, y), 7, theme.ink)?;
                pen.dot((x, y), 5, theme.surface)?;
                pen.dot((x, y), 4, theme.accent)
            }
            None => Ok(()),
        }
    }

    fn draw_axis<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &DotsLayout,
        theme: &Theme,
    ) -> Drawn<DB> {
        let Rect {
            x: left,
            y: top,
            width,
            height,
        } = layout.area;
        let bottom = top + height;
        let axis = Axis {
            range: layout.range,
            title: self.title,
            unit: Unit::Share,
        };
        let tick = Text::new(TICK_SIZE, theme.muted).centred().below();
        for (value, text) in axis.ticks((width / TICK_ROOM).max(2) as usize) {
            if let Some(x) = layout.position(value) {
                let line = Rect {
                    x,
                    y: top,
                    width: 1,
                    height,
                };
                pen.fill(line, theme.hairline)?;
                pen.text(&text, &tick, (x, bottom + 5))?;
            }
        }
        let title = Text::new(TITLE_SIZE, theme.muted).centred().below();
        let under = bottom + 7 + line_height(TICK_SIZE) as i32;
        pen.text_within(
            self.title,
            &title,
            (left + width / 2, under),
            width + NUMBER,
        )?;
        let Some(x) = layout.position(self.line) else {
            return Ok(());
        };
        let line = Rect {
            x: x - 1,
            y: top - 4,
            width: 2,
            height: height + 4,
        };
        pen.fill(line, theme.reference)?;
        let half = (estimate_width(self.line_name, TICK_SIZE) / 2.0).ceil() as i32;
        let (first, last) = (half + 2, left + width + NUMBER - half - 2);
        let name = Text::new(TICK_SIZE, theme.muted).centred();
        pen.text(self.line_name, &name, (x.min(last).max(first), TOP / 2 - 2))
    }
}

impl DotsLayout {
    /// The group at a height in the picture, or the nearest.
    #[must_use]
    pub fn dot_at(&self, y: f64) -> Option<usize> {
        let last = self.dots.checked_sub(1)?;
        let row = (y - f64::from(self.area.y)) / f64::from(self.pitch);
        Some((row.max(0.0) as usize).min(last))
    }

    fn row(&self, index: usize) -> Rect {
        let index = index.min(1 << 10) as i32;
        Rect {
            y: self.area.y + index * self.pitch,
            height: self.pitch,
            ..self.area
        }
    }

    /// The height of a dot's centre.
    fn middle(&self, index: usize) -> i32 {
        let row = self.row(index);
        match self.stacked {
            true => row.y + row.height * 3 / 4,
            false => row.y + row.height / 2,
        }
    }

    /// Where a share lies on the axis; `None` where there is none.
    fn position(&self, value: f64) -> Option<i32> {
        let (from, to) = self.range;
        let part = ((value - from) / (to - from)).clamp(0.0, 1.0);
        let across = f64::from(self.area.x) + part * f64::from(self.area.width);
        (!part.is_nan()).then(|| across.round() as i32)
    }
}

fn draw_dot<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    layout: &DotsLayout,
    theme: &Theme,
    index: usize,
    dot: &IntervalDot,
) -> Drawn<DB> {
    let row = layout.row(index);
    let middle = layout.middle(index);
    let colour = colour(dot.tone, theme);
    let name = Text::new(NAME_SIZE, theme.ink);
    match layout.stacked {
        true => {
            // On ground of its own, so that no line strikes it through.
            let room = row.width + NUMBER - GAP;
            let ground = Rect {
                x: row.x - 2,
                y: row.y + 2,
                width: pen.width(&dot.name, &name)?.min(room) + 4,
                height: row.height / 2 - 2,
            };
            pen.fill(ground, theme.surface)?;
            let at = (row.x, row.y + row.height / 3);
            pen.text_within(&dot.name, &name, at, room)?;
        }
        false => {
            let room = row.x - 2 * GAP;
            pen.text_within(&dot.name, &name, (GAP, middle), room)?;
        }
    }
    let (low, high) = dot.interval;
    if let (Some(low), Some(high)) = (layout.position(low), layout.position(high)) {
        let band = Rect {
            x: low,
            y: middle - BAND / 2,
            // A narrow interval is still there.
            width: (high - low).max(2),
            height: BAND,
        };
        pen.fill(band, mix(theme.surface, colour, 0.35))?;
    }
    let number = Text::new(NAME_SIZE, theme.ink).ending();
    let end = (row.x + row.width + NUMBER, middle);
    let (from, to) = layout.range;
    match layout.position(dot.value) {
        // Beyond the axis stands its number alone.
        Some(_) if !(from..=to).contains(&dot.value) => {
            pen.text(&greenlight_format::percent(dot.value), &number, end)
        }
        Some(value) => {
            pen.dot((value, middle), 5, theme.surface)?;
            pen.dot((value, middle), 4, colour)?;
            // A ring, so that not only the colour says it.
            if dot.tone == Tone::Unsure {
                pen.dot((value, middle), 2, theme.surface)?;
            }
            pen.text(&greenlight_format::percent(dot.value), &number, end)
        }
        None => pen.text(&greenlight_format::undefined(), &number, end),
    }
}

fn colour(tone: Tone, theme: &Theme) -> RGBColor {
    match tone {
        Tone::Low => theme.fail,
        Tone::Plain => theme.accent,
        Tone::Unsure => theme.no_evidence,
    }
}
