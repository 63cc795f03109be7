//! How a column is spread: the current rows beside those of the reference, bin by bin.

use plotters::{backend::DrawingBackend, style::RGBColor};

use crate::{Axis, Drawn, PlotLayout, Rect, Text, Theme, Unit, pen::Pen, theme::mix};

/// What the bins are called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BinNames<'a> {
    /// What stands between neighbours: one fewer than there are bins. The outer bins are open.
    Edges(&'a [String]),
    /// What stands below each bin: values, categories.
    Values(&'a [String]),
}

/// Shares of the reference and of the current rows in the same bins, as pairs of bars.
///
/// Bins are equally wide in the picture, whatever they span: those of quantiles would else be a few bars among slivers.
#[derive(Clone, Copy, Debug)]
pub struct OverlaidHistogram<'a> {
    /// The shares of the reference, each from 0 to 1.
    pub reference: &'a [f64],
    /// The shares of the current rows.
    pub current: &'a [f64],
    /// What the two are called.
    pub names: (&'a str, &'a str),
    /// What the bins are called.
    pub bins: BinNames<'a>,
    /// What the bins are of.
    pub title: &'a str,
    /// What each bin adds to the statistic, drawn as a strip below; empty for no strip.
    pub contributions: &'a [f64],
    /// What that statistic is called.
    pub contributions_name: &'a str,
}

/// Where everything lies in a picture of bins.
///
/// ```
/// use greenlight_charts::{OverlaidHistogram, overlaid_histogram::BinNames};
///
/// let picture = OverlaidHistogram {
///     reference: &[0.5, 0.5], current: &[0.2, 0.8], names: ("train", "production"),
///     bins: BinNames::Edges(&["7".to_owned()]), title: "age", contributions: &[], contributions_name: "",
/// };
/// let layout = picture.layout((400, 240)).unwrap();
/// assert_eq!((layout.bin_at(0.0), layout.bin_at(400.0)), (Some(0), Some(1)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BinsLayout {
    plot: PlotLayout,
    strip: Rect,
    bins: usize,
}

const LABEL_SIZE: f64 = 12.0;
const TICK_SIZE: f64 = 11.0;
const GAP: i32 = 6;
const BELOW: i32 = 40;
const STRIP: i32 = 22;
const STRIP_GAP: i32 = 8;
/// Room above the plot for what the bars are called.
const KEY: i32 = 20;

impl OverlaidHistogram<'_> {
    /// Where everything lies in a picture of `size`; `None` where there is no room or nothing to show.
    #[must_use]
    pub fn layout(&self, size: (u32, u32)) -> Option<BinsLayout> {
        let bins = self.bins();
        let x = Axis {
            range: (0.0, bins as f64),
            title: "",
            unit: Unit::Plain,
        };
        let strip = match self.contributions {
            [] => 0,
            _ => STRIP + STRIP_GAP,
        };
        let size = (size.0, size.1.saturating_sub(KEY as u32));
        let mut plot = PlotLayout::above(size, &x, &self.y(), BELOW + strip)?;
        plot.area.y += KEY;
        let strip = Rect {
            y: plot.area.y + plot.area.height + STRIP_GAP,
            height: strip.min(STRIP),
            ..plot.area
        };
        Some(BinsLayout { plot, strip, bins })
    }

    fn bins(&self) -> usize {
        self.reference.len().max(self.current.len())
    }

    /// The largest share that there is.
    fn tallest(&self) -> f64 {
        let shares = self.reference.iter().chain(self.current);
        shares
            .copied()
            .filter(|share| share.is_finite())
            .fold(0.0, f64::max)
    }

    fn y(&self) -> Axis<'static> {
        let tallest = self.tallest();
        let to = if tallest > 0.0 { tallest } else { 1.0 };
        Axis {
            range: (0.0, to * 1.04),
            title: "Share of rows",
            unit: Unit::Share,
        }
    }

    /// Draws the picture over the whole backend; nothing where there is no room for it.
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB, theme: &Theme) -> Drawn<DB> {
        let Some(layout) = self.layout(backend.get_size()) else {
            return Ok(());
        };
        let mut pen = Pen(backend);
        layout.plot.draw_up(&mut pen, theme, &self.y())?;
        self.draw_key(&mut pen, &layout, theme)?;
        let area = layout.plot.area;
        self.draw_bars(&mut pen, theme, area, self.y().range.1)?;
        let axis = Rect {
            y: area.y + area.height,
            height: 1,
            ..area
        };
        pen.fill(axis, theme.muted)?;
        self.draw_contributions(&mut pen, &layout, theme)?;
        self.draw_bin_names(&mut pen, &layout, theme)
    }

    /// Draws the bars alone over the whole backend: small, without axes, for lists.
    pub fn draw_spark<DB: DrawingBackend>(&self, backend: &mut DB, theme: &Theme) -> Drawn<DB> {
        let (width, height) = backend.get_size();
        let (width, height) = (width.min(1 << 16) as i32, height.min(1 << 16) as i32);
        let tallest = self.tallest();
        if width < 8 || height < 4 || tallest <= 0.0 {
            return Ok(());
        }
        let area = Rect {
            x: 0,
            y: 0,
            width,
            height: height - 1,
        };
        let mut pen = Pen(backend);
        self.draw_bars(&mut pen, theme, area, tallest)?;
        let axis = Rect {
            y: height - 1,
            height: 1,
            ..area
        };
        pen.fill(axis, theme.hairline)
    }

    /// Marks a bin. For the layer above.
    pub fn draw_highlight<DB: DrawingBackend>(
        &self,
        backend: &mut DB,
        theme: &Theme,
        bin: usize,
    ) -> Drawn<DB> {
        let Some(layout) = self.layout(backend.get_size()).filter(|at| bin < at.bins) else {
            return Ok(());
        };
        let area = layout.plot.area;
        let (left, right) = slot(area, layout.bins, bin);
        let around = Rect {
            x: left,
            y: area.y,
            width: right - left,
            height: layout.bottom() - area.y,
        };
        Pen(backend).frame(around, 1, theme.ink)
    }

    fn draw_bars<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        theme: &Theme,
        area: Rect,
        top: f64,
    ) -> Drawn<DB> {
        let bins = self.bins();
        for bin in 0..bins {
            let (left, right) = slot(area, bins, bin);
            let width = right - left;
            // Pairs stand side by side; where there is no room for that, the current bar stands before the other.
            let gap = (width / 6).clamp(0, 8);
            let half = (width - gap) / 2;
            let (one, other) = match half >= 2 {
                true => ((left + gap / 2, half), (left + gap / 2 + half, half)),
                false => ((left, width.max(1)), (left, (width / 2).max(1))),
            };
            for ((x, width), shares, colour) in [
                (one, self.reference, theme.reference),
                (other, self.current, theme.accent),
            ] {
                let share = shares.get(bin).copied().unwrap_or(0.0) / top;
                if share.is_nan() || share <= 0.0 {
                    continue;
                }
                // A single row is still there.
                let height = ((share.min(1.0) * f64::from(area.height)).round() as i32).max(1);
                let bar = Rect {
                    x,
                    y: area.y + area.height - height,
                    width,
                    height,
                };
                pen.fill(bar, colour)?;
            }
        }
        Ok(())
    }

    /// Which colour is which.
    fn draw_key<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &BinsLayout,
        theme: &Theme,
    ) -> Drawn<DB> {
        let area = layout.plot.area;
        let mut x = area.x;
        let end = area.x + area.width;
        for (name, colour, ink) in [
            (self.names.0, theme.reference, theme.muted),
            (self.names.1, theme.accent, theme.accent),
        ] {
            let style = Text::new(LABEL_SIZE, ink);
            let box_ = Rect {
                x,
                y: 6,
                width: 10,
                height: 10,
            };
            pen.fill(box_, colour)?;
            let room = (end - x - 16).min(area.width / 2 - 24);
            pen.text_within(name, &style, (x + 16, 11), room)?;
            x += 16 + pen.width(name, &style)?.min(room) + 18;
        }
        Ok(())
    }

    /// Which bins the statistic comes from.
    fn draw_contributions<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &BinsLayout,
        theme: &Theme,
    ) -> Drawn<DB> {
        let strip = layout.strip;
        if strip.height == 0 {
            return Ok(());
        }
        let finite = self
            .contributions
            .iter()
            .copied()
            .filter(|one| one.is_finite());
        let most = finite.fold(0.0, f64::max);
        for (bin, contribution) in self.contributions.iter().enumerate().take(layout.bins) {
            let share = contribution / most;
            if share.is_nan() || share <= 0.0 {
                continue;
            }
            let (left, right) = slot(strip, layout.bins, bin);
            let height = ((share.min(1.0) * f64::from(strip.height)).round() as i32).max(1);
            let bar = Rect {
                x: left,
                y: strip.y + strip.height - height,
                width: (right - left - 1).max(1),
                height,
            };
            pen.fill(bar, self.heat(theme, share))?;
        }
        let axis = Rect {
            y: strip.y + strip.height,
            height: 1,
            ..strip
        };
        pen.fill(axis, theme.muted)?;
        let style = Text::new(TICK_SIZE, theme.muted).ending();
        let at = (strip.x - GAP, strip.y + strip.height / 2);
        pen.text_within(self.contributions_name, &style, at, strip.x - GAP)
    }

    fn heat(&self, theme: &Theme, share: f64) -> RGBColor {
        mix(theme.surface, theme.at_risk, 0.35 + 0.65 * share.min(1.0))
    }

    fn draw_bin_names<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &BinsLayout,
        theme: &Theme,
    ) -> Drawn<DB> {
        let area = layout.plot.area;
        let bottom = layout.bottom();
        let style = Text::new(TICK_SIZE, theme.muted).centred().below();
        let (names, is_between) = match self.bins {
            BinNames::Edges(names) => (names, true),
            BinNames::Values(names) => (names, false),
        };
        let most = match is_between {
            true => layout.bins.saturating_sub(1),
            false => layout.bins,
        };
        let pitch = (area.width / layout.bins.max(1) as i32).max(1);
        let names = names.get(..most.min(names.len())).unwrap_or_default();
        // Every so many are shown that all have room; words that are longer are cut.
        let mut widest = 0;
        for name in names {
            widest = widest.max(pen.width(name, &style)?);
        }
        let room = match is_between {
            true => widest + 10,
            false => (widest + 10).min(92),
        };
        let step = (room + pitch - 1) / pitch;
        for (index, name) in names.iter().enumerate().step_by(step.max(1) as usize) {
            let (left, right) = slot(area, layout.bins, index);
            let x = if is_between {
                right
            } else {
                (left + right) / 2
            };
            if is_between {
                let mark = Rect {
                    x,
                    y: bottom,
                    width: 1,
                    height: 4,
                };
                pen.fill(mark, theme.muted)?;
            }
            let room = (step * pitch - 6).max(20);
            pen.text_within(name, &style, (x, bottom + GAP), room)?;
        }
        let title = Text::new(LABEL_SIZE, theme.muted).centred().below();
        let under = bottom + GAP + (TICK_SIZE * 1.4) as i32;
        pen.text_within(
            self.title,
            &title,
            (area.x + area.width / 2, under),
            area.width,
        )
    }
}

impl BinsLayout {
    /// The bin at a place across the picture, or the nearest.
    #[must_use]
    pub fn bin_at(&self, x: f64) -> Option<usize> {
        let last = self.bins.checked_sub(1)?;
        let (bin, _) = self.plot.value_at(x, 0.0);
        (!bin.is_nan()).then(|| (bin as usize).min(last))
    }

    /// The bottom of everything but the words.
    fn bottom(&self) -> i32 {
        match self.strip.height {
            0 => self.plot.area.y + self.plot.area.height,
            height => self.strip.y + height,
        }
    }
}

/// Both ends of a bin across an area.
fn slot(area: Rect, bins: usize, bin: usize) -> (i32, i32) {
    let at = |bin: usize| {
        let part = bin as f64 / bins.max(1) as f64;
        area.x + (part * f64::from(area.width)).round() as i32
    };
    (at(bin), at(bin + 1))
}
