//! How long answers take, on a log scale.

use greenlight_format as format;
use plotters::{backend::DrawingBackend, style::RGBColor};

use crate::{
    Axis, Drawn, PlotLayout, Rect, Text, Theme, Unit, curve::dashed, labels::Labels, pen::Pen,
    theme::mix,
};

/// The rows in a stretch of latencies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatencyBin {
    /// The lower edge in milliseconds, inside; above 0.
    pub low: f64,
    /// The upper edge, outside.
    pub high: f64,
    /// The rows in between.
    pub rows: u64,
}

/// A percentile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatencyMark<'a> {
    /// What it is called, with its number: "p95 240 ms".
    pub name: &'a str,
    /// Where it is, in milliseconds.
    pub ms: f64,
}

/// How latencies are spread, the slow tail as plain to see as the fast bulk.
///
/// A bar's area on the log scale is its share of the rows: bins need not be equally wide.
#[derive(Clone, Copy, Debug)]
pub struct LatencyHistogram<'a> {
    /// The bins with rows, from the fastest.
    pub bins: &'a [LatencyBin],
    /// The same of the reference data, drawn as an outline. Empty for none.
    pub reference: &'a [LatencyBin],
    /// What the rows and those of the reference are called; empty where nothing is to be told apart.
    pub names: (&'a str, &'a str),
    /// The percentiles, in order.
    pub marks: &'a [LatencyMark<'a>],
    /// The most that an answer may take, in milliseconds; NaN for nothing.
    pub budget_ms: f64,
    /// What the budget is called, with its number.
    pub budget_name: &'a str,
}

/// Where everything lies in a picture of latencies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatencyLayout {
    plot: PlotLayout,
}

const LABEL_SIZE: f64 = 12.0;
const TICK_SIZE: f64 = 11.0;
const LABEL_HEIGHT: i32 = 16;
const GAP: i32 = 6;
/// Lines above the plot for the percentiles, in a wide picture and in a narrow one.
const LINES: (i32, i32) = (2, 3);
const NARROW: u32 = 720;
const BELOW: i32 = 42;
const TICK_ROOM: f64 = 56.0;

impl<'a> LatencyHistogram<'a> {
    /// Where everything lies in a picture of `size`; `None` where there is no room or nothing to show.
    #[must_use]
    pub fn layout(&self, size: (u32, u32)) -> Option<LatencyLayout> {
        let edges = || {
            let bins = self.bins.iter().chain(self.reference);
            let edges = bins.flat_map(|bin| [bin.low, bin.high]);
            let marks = self.marks.iter().map(|mark| mark.ms);
            let shown = edges.chain(marks).chain([self.budget_ms]);
            shown.filter(|ms| ms.is_finite() && *ms > 0.0)
        };
        self.bins.first().or(self.reference.first())?;
        let (low, high) = (
            edges().fold(f64::INFINITY, f64::min),
            edges().fold(0.0, f64::max),
        );
        let (low, high) = (log(low), log(high));
        let margin = 0.02 * (high - low).max(0.1);
        let x = Axis {
            range: (low - margin, high + margin),
            title: "",
            unit: Unit::Plain,
        };
        let above = above(size.0);
        let size = (size.0, size.1.saturating_sub(above as u32));
        let mut plot = PlotLayout::above(size, &x, &Y, BELOW)?;
        // There are no numbers at the left: a height is nothing that has a name.
        let spare = plot.area.x - GAP - 20;
        plot.area.x -= spare;
        plot.area.width += spare;
        plot.area.y += above;
        Some(LatencyLayout { plot })
    }

    /// Draws the picture over the whole backend; nothing where there is no room for it.
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB, theme: &Theme) -> Drawn<DB> {
        let Some(layout) = self.layout(backend.get_size()) else {
            return Ok(());
        };
        let mut pen = Pen(backend);
        let tallest = tallest(self.bins).max(tallest(self.reference));
        for bin in self.bins {
            layout.draw_bar(
                &mut pen,
                bin,
                density(bin, rows(self.bins)) / tallest,
                theme.accent,
            )?;
        }
        layout.draw_outline(
            &mut pen,
            self.reference,
            tallest,
            mix(theme.reference, theme.ink, 0.35),
        )?;
        layout.draw_ticks(&mut pen, theme)?;
        self.draw_marks(&mut pen, &layout, theme)?;
        self.draw_names(&mut pen, &layout, theme)
    }

    /// The bin of the rows at a place across the picture, or the nearest, as its position among the bins.
    #[must_use]
    pub fn bin_at(&self, layout: &LatencyLayout, x: f64) -> Option<usize> {
        let at = layout.plot.value_at(x, 0.0).0;
        let distance = |bin: &LatencyBin| {
            let (low, high) = (log(bin.low), log(bin.high));
            (low - at).max(at - high).max(0.0)
        };
        let bins = self.bins.iter().map(distance).enumerate();
        let bins = bins.filter(|_| !at.is_nan());
        bins.min_by(|(_, a), (_, b)| a.total_cmp(b))
            .map(|(index, _)| index)
    }

    /// Marks a bin. For the layer above.
    pub fn draw_highlight<DB: DrawingBackend>(
        &self,
        backend: &mut DB,
        theme: &Theme,
        bin: usize,
    ) -> Drawn<DB> {
        let (Some(layout), Some(at)) = (self.layout(backend.get_size()), self.bins.get(bin)) else {
            return Ok(());
        };
        let Some((left, right)) = layout.columns(at) else {
            return Ok(());
        };
        let area = layout.plot.area;
        let around = Rect {
            x: left - 2,
            y: area.y,
            width: right - left + 4,
            height: area.height,
        };
        Pen(backend).frame(around, 1, theme.ink)
    }

    /// The percentiles above the plot, and the budget as a line through it.
    fn draw_marks<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &LatencyLayout,
        theme: &Theme,
    ) -> Drawn<DB> {
        let area = layout.plot.area;
        let above = above(pen.0.get_size().0);
        let room = Rect {
            x: 0,
            y: 0,
            width: area.x + area.width + 18,
            height: above,
        };
        let mut labels = Labels::new(room);
        let mut words = Vec::new();
        let budget = LatencyMark {
            name: self.budget_name,
            ms: self.budget_ms,
        };
        let marks = self.marks.iter().map(|mark| (*mark, false));
        for (mark, is_budget) in [(budget, true)].into_iter().chain(marks) {
            let Some(x) = layout.across(mark.ms) else {
                continue;
            };
            let colour = if is_budget { theme.ink } else { theme.muted };
            let style = Text::new(LABEL_SIZE, colour);
            let width = pen.width(mark.name, &style)?;
            let rect = |x: i32, y: i32| Rect {
                x,
                y,
                width,
                height: LABEL_HEIGHT,
            };
            // To the right of its line or to the left, as low as it can be.
            let lines = (1..=above / LABEL_HEIGHT).map(|line| above - line * LABEL_HEIGHT - 4);
            let mut places = lines.flat_map(|y| [rect(x + 4, y), rect(x - width - 4, y)]);
            let place = places.find(|rect| labels.is_free(rect));
            let top = match place {
                Some(rect) => rect.y + 2,
                None => above - 4,
            };
            let line = Rect {
                x,
                y: top,
                width: 1,
                height: area.y + area.height - top,
            };
            match is_budget {
                true => pen.fill(Rect { width: 2, ..line }, colour)?,
                false => dashed(pen, &[(x, top), (x, area.y + area.height)], colour)?,
            }
            labels.keep_off(Rect {
                x: x - 2,
                width: 5,
                ..line
            });
            if let Some(rect) = place {
                labels.keep_off(rect);
                words.push((mark.name, style, rect));
            }
        }
        // Above all lines, on ground of their own.
        for (name, style, rect) in words {
            pen.fill(rect, theme.surface)?;
            pen.text(name, &style, (rect.x, rect.y + rect.height / 2))?;
        }
        Ok(())
    }

    /// Which rows are which, where there are two kinds.
    fn draw_names<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &LatencyLayout,
        theme: &Theme,
    ) -> Drawn<DB> {
        let area = layout.plot.area;
        let mut y = area.y + 10;
        for (name, colour) in [(self.names.0, theme.accent), (self.names.1, theme.muted)] {
            if name.is_empty() {
                continue;
            }
            let style = Text::new(LABEL_SIZE, colour).ending();
            let (end, most) = (area.x + area.width - 4, area.width / 3);
            // On ground of its own, so that no line strikes it through.
            let width = pen.width(name, &style)?.min(most) + 4;
            let ground = Rect {
                x: end - width + 2,
                y: y - LABEL_HEIGHT / 2,
                width,
                height: LABEL_HEIGHT,
            };
            pen.fill(ground, theme.surface)?;
            pen.text_within(name, &style, (end, y), most)?;
            y += LABEL_HEIGHT;
        }
        Ok(())
    }
}

/// Room above the plot of a picture of that width.
const fn above(width: u32) -> i32 {
    let lines = if width < NARROW { LINES.1 } else { LINES.0 };
    lines * LABEL_HEIGHT + 8
}

const Y: Axis<'static> = Axis {
    range: (0.0, 1.0),
    title: "Rows",
    unit: Unit::Plain,
};

impl LatencyLayout {
    /// Where a latency lies across the picture; `None` where it has no place.
    fn across(&self, ms: f64) -> Option<i32> {
        (ms.is_finite() && ms > 0.0).then(|| self.plot.place(log(ms), 0.0).0)
    }

    fn columns(&self, bin: &LatencyBin) -> Option<(i32, i32)> {
        let (left, right) = (self.across(bin.low)?, self.across(bin.high)?);
        Some((left, right.max(left + 1)))
    }

    fn draw_bar<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        bin: &LatencyBin,
        share: f64,
        colour: RGBColor,
    ) -> Drawn<DB> {
        let Some((left, right)) = self.columns(bin).filter(|_| bin.rows > 0) else {
            return Ok(());
        };
        let area = self.plot.area;
        let gap = i32::from(right - left > 3);
        // One row is still there.
        let height = ((share.min(1.0) * f64::from(area.height)).round() as i32).max(2);
        let bar = Rect {
            x: left,
            y: area.y + area.height - height,
            width: right - left - gap,
            height,
        };
        pen.fill(bar, colour)
    }

    /// The tops of bars as a line of steps, down to the axis where there are no rows.
    fn draw_outline<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        bins: &[LatencyBin],
        tallest: f64,
        colour: RGBColor,
    ) -> Drawn<DB> {
        let area = self.plot.area;
        let bottom = area.y + area.height;
        let all = rows(bins);
        let mut steps: Vec<(i32, i32)> = Vec::new();
        for bin in bins.iter().filter(|bin| bin.rows > 0) {
            let Some((left, right)) = self.columns(bin) else {
                continue;
            };
            let share = (density(bin, all) / tallest).min(1.0);
            let top = bottom - ((share * f64::from(area.height)).round() as i32).max(2);
            if steps.last().is_none_or(|(x, _)| *x < left) {
                steps.extend(steps.last().map(|(x, _)| (*x, bottom)));
                steps.push((left, bottom));
            }
            steps.extend([(left, top), (right, top)]);
        }
        steps.extend(steps.last().map(|(x, _)| (*x, bottom)));
        pen.path(&steps, 2, colour)
    }

    fn draw_ticks<DB: DrawingBackend>(&self, pen: &mut Pen<'_, DB>, theme: &Theme) -> Drawn<DB> {
        let area = self.plot.area;
        let bottom = area.y + area.height;
        let axis = Rect {
            y: bottom,
            height: 1,
            ..area
        };
        pen.fill(axis, theme.muted)?;
        let style = Text::new(TICK_SIZE, theme.muted).centred().below();
        let from = self.plot.value_at(f64::from(area.x), 0.0).0;
        let to = self.plot.value_at(f64::from(area.x + area.width), 0.0).0;
        for ms in round_between(from, to, f64::from(area.width) / TICK_ROOM) {
            let Some(x) = self.across(ms) else {
                continue;
            };
            let mark = Rect {
                x,
                y: bottom,
                width: 1,
                height: 4,
            };
            pen.fill(mark, theme.muted)?;
            pen.text(&format::duration_tick(ms, ms), &style, (x, bottom + GAP))?;
        }
        let title = Text::new(LABEL_SIZE, theme.muted).centred().below();
        let under = bottom + GAP + (TICK_SIZE * 1.4) as i32;
        let at = (area.x + area.width / 2, under);
        pen.text_within("Latency, on a log scale", &title, at, area.width)?;
        self.plot.draw_title_up(pen, theme, Y.title)
    }
}

/// 1, 2 and 5 times the powers of ten between two exponents, or powers alone, or every so many of them: no more than `most`.
fn round_between(from: f64, to: f64, most: f64) -> Vec<f64> {
    let decades = to - from;
    if !(decades > 0.0 && decades < 700.0) {
        return Vec::new();
    }
    let (first, last) = (from.floor() as i32, to.ceil() as i32);
    let factors: &[f64] = match decades {
        few if few * 3.0 <= most => &[1.0, 2.0, 5.0],
        some if some * 2.0 <= most => &[1.0, 3.0],
        _ => &[1.0],
    };
    let every = (decades / most).ceil().max(1.0) as usize;
    let powers = (first..=last).step_by(every);
    let numbers = powers.flat_map(|power| factors.iter().map(move |one| one * 10_f64.powi(power)));
    let inside = |ms: &f64| log(*ms) >= from - 1e-9 && log(*ms) <= to + 1e-9;
    numbers.filter(inside).collect()
}

/// Rows for each tenfold on the log scale, as a share of all.
fn density(bin: &LatencyBin, all: f64) -> f64 {
    let width = log(bin.high) - log(bin.low);
    let density = bin.rows as f64 / all / width;
    if density.is_finite() { density } else { 0.0 }
}

fn rows(bins: &[LatencyBin]) -> f64 {
    bins.iter().map(|bin| bin.rows as f64).sum::<f64>().max(1.0)
}

fn tallest(bins: &[LatencyBin]) -> f64 {
    let all = rows(bins);
    let densities = bins.iter().map(|bin| density(bin, all));
    densities.fold(f64::MIN_POSITIVE, f64::max)
}

fn log(ms: f64) -> f64 {
    ms.log10()
}
