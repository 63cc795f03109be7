//! Where everything in a confusion matrix lies: the one answer for drawing and for pointing.

use crate::{Rect, estimate_width};

use super::readable;

pub(super) const LABEL_SIZE: f64 = 12.0;
pub(super) const TITLE_SIZE: f64 = 12.0;
/// Between a label and the grid.
pub(super) const LABEL_GAP: i32 = 8;

/// Around everything, so that a highlight at the edge is whole.
const PADDING: i32 = 4;
/// A title and the space that follows it.
const TITLE_ROOM: i32 = 24;
const LABEL_HEIGHT: i32 = 16;
const LEGEND_ROOM: i32 = 32;
const LEGEND_HEIGHT: i32 = 16;
/// Labels closer than this would touch: some are left out.
const LABEL_PITCH: f64 = 12.0;
const LONGEST_LABEL: f64 = 160.0;
/// Widths are estimated for a narrow system font; some are wider by this much.
const WIDE_FONT: f64 = 1.2;
const LARGEST_CELL: (f64, f64) = (240.0, 160.0);
/// How far a cell may be from a square: times as wide as tall, times as tall as wide.
const STRETCH: (f64, f64) = (1.6, 1.2);

/// The layout of a confusion matrix in a picture of a given size.
#[derive(Clone, Debug)]
pub struct MatrixLayout {
    /// All cells together.
    pub grid: Rect,
    classes: usize,
    /// From one cell to the next.
    pitch: (f64, f64),
    pub(super) gap: i32,
    pub(super) label_size: f64,
    pub(super) row_title_x: i32,
    pub(super) column_title_y: i32,
    pub(super) row_label_room: i32,
    pub(super) column_label_room: i32,
    pub(super) column_label_height: i32,
    pub(super) column_labels_upwards: bool,
    pub(super) row_label_step: usize,
    pub(super) column_label_step: usize,
    pub(super) legend: Option<Rect>,
}

impl MatrixLayout {
    /// Lays the matrix out; `None` where there are no classes, or no room for them.
    #[must_use]
    pub fn new(size: (u32, u32), classes: &[String]) -> Option<Self> {
        let count = classes.len();
        if count == 0 {
            return None;
        }
        let (width, height) = (
            f64::from(size.0.min(1 << 16)),
            f64::from(size.1.min(1 << 16)),
        );
        let longest = classes
            .iter()
            .map(|class| estimate_width(&readable(class), LABEL_SIZE))
            .fold(0.0, f64::max);
        let longest = (longest * WIDE_FONT).ceil().min(LONGEST_LABEL);

        let row_label_room = longest.min((width * 0.28).floor());
        let left = f64::from(PADDING + TITLE_ROOM + LABEL_GAP) + row_label_room;
        let room_across = width - left - f64::from(PADDING);
        let widest = (room_across / count as f64).min(LARGEST_CELL.0);

        // Names stand upright where they fit above their column, or at least ten letters of them do.
        let upwards = longest > widest - 8.0 && widest < 84.0;
        let column_label_height = if upwards {
            longest.min((height * 0.22).floor())
        } else {
            f64::from(LABEL_HEIGHT)
        };
        let legend_room = if count > 2 && height >= 240.0 {
            LEGEND_ROOM
        } else {
            0
        };
        let top = f64::from(PADDING + TITLE_ROOM + LABEL_GAP) + column_label_height;
        let room_down = height - top - f64::from(PADDING + legend_room);
        let tallest = (room_down / count as f64).min(LARGEST_CELL.1);

        let pitch = (
            whole(widest.min(whole(tallest) * STRETCH.0)),
            whole(tallest.min(widest * STRETCH.1)),
        );
        let gap = match pitch.0.min(pitch.1) {
            narrow if narrow >= 24.0 => 2,
            narrow if narrow >= 6.0 => 1,
            _ => 0,
        };
        let extent = |pitch: f64| (pitch * count as f64).floor() as i32 - gap;
        let grid = Rect {
            x: left as i32,
            y: top as i32,
            width: extent(pitch.0),
            height: extent(pitch.1),
        };
        if grid.width < 1 || grid.height < 1 {
            return None;
        }
        let crowded = pitch.0.min(pitch.1) < 18.0;
        let legend = Rect {
            x: PADDING,
            y: grid.y + grid.height + LEGEND_ROOM - LEGEND_HEIGHT,
            width: width as i32 - 2 * PADDING,
            height: LEGEND_HEIGHT,
        };
        Some(Self {
            grid,
            classes: count,
            pitch,
            gap,
            label_size: if crowded {
                LABEL_SIZE - 1.0
            } else {
                LABEL_SIZE
            },
            row_title_x: PADDING + 8,
            column_title_y: PADDING + 8,
            row_label_room: row_label_room as i32,
            column_label_room: if upwards {
                column_label_height
            } else {
                pitch.0 - 8.0
            } as i32,
            column_label_height: column_label_height as i32,
            column_labels_upwards: upwards,
            row_label_step: label_step(pitch.1),
            column_label_step: if upwards { label_step(pitch.0) } else { 1 },
            legend: (legend_room > 0).then_some(legend),
        })
    }

    /// How tall a picture of a width has to be so that its cells are as large as they get, up to a limit.
    #[must_use]
    pub fn height(width: u32, most: u32, classes: &[String]) -> u32 {
        Self::new((width, most), classes).map_or(most, |layout| {
            let legend = layout.legend.map_or(0, |_| LEGEND_ROOM);
            let bottom = layout.grid.y + layout.grid.height + layout.gap + legend + PADDING;
            (bottom.max(0) as u32).min(most)
        })
    }

    /// Where a cell lies, without the gap that follows it.
    #[must_use]
    pub fn cell_rect(&self, row: usize, column: usize) -> Rect {
        let start = |index: usize, pitch: f64| (index as f64 * pitch).floor() as i32;
        let extent =
            |index: usize, pitch: f64| start(index + 1, pitch) - start(index, pitch) - self.gap;
        Rect {
            x: self.grid.x + start(column, self.pitch.0),
            y: self.grid.y + start(row, self.pitch.1),
            width: extent(column, self.pitch.0),
            height: extent(row, self.pitch.1),
        }
    }

    /// The cell under a point, as (row, column). A gap belongs to the cell before it.
    #[must_use]
    pub fn hit_test(&self, x: f64, y: f64) -> Option<(usize, usize)> {
        let find = |at: f64, pitch: f64, extent: i32| {
            let inside = at >= 0.0 && at < f64::from(extent + self.gap);
            inside.then(|| {
                // Cells begin at whole pixels: the last that begins at or before this one. The quotient may be off by
                // one, because products and quotients are rounded.
                let begins = |index: usize| (index as f64 * pitch).floor() <= at;
                let near = (((at.floor() + 1.0) / pitch).ceil() as usize)
                    .saturating_sub(1)
                    .min(self.classes - 1);
                let next = (near + 2).min(self.classes);
                (near.saturating_sub(1)..next)
                    .rev()
                    .find(|&index| begins(index))
                    .unwrap_or(near)
            })
        };
        let row = find(y - f64::from(self.grid.y), self.pitch.1, self.grid.height)?;
        let column = find(x - f64::from(self.grid.x), self.pitch.0, self.grid.width)?;
        Some((row, column))
    }
}

/// Cells start at whole pixels and are all of one size, unless they are so small that this would waste much of the room.
fn whole(pitch: f64) -> f64 {
    if pitch >= 5.0 { pitch.floor() } else { pitch }
}

/// Every how many classes a label is written: 1, 2, 5, 10, 20 …
fn label_step(pitch: f64) -> usize {
    let mut step = 1;
    for factor in [2, 5, 10].iter().cycle().take(27) {
        if pitch * step as f64 >= LABEL_PITCH {
            break;
        }
        step = match factor {
            5 => step / 2 * 5,
            _ => step * 2,
        };
    }
    step
}
