//! The rows that are compared: which side each is on, and in which window.

use super::Drift;
use crate::observations::Observations;
use crate::windows::{Layout, Side, Sides, used_or_unlabelled};

/// Rows of both sides, with or without a label; failed calls, of which nothing else is known, are left out. A row takes 6 bytes,
/// 14 where rows stand for several. A row that lies in several windows is there once for each.
#[derive(Debug, Default)]
pub(in crate::examination) struct DriftRows {
    rows: Vec<u32>,
    /// Side, whether it is within the range, and the window.
    tags: Vec<u16>,
    /// Observations that each stands for; `None` where each is one.
    counts: Option<Vec<u64>>,
    /// How many windows each side has.
    pub(super) windows: usize,
    pub(super) reference_windows: usize,
    reference_rows: u64,
    current_rows: u64,
}

const REFERENCE: u16 = 1 << 15;
const OUT_OF_RANGE: u16 = 1 << 14;
/// What lies within the range of a row that is there by its windows as well.
const PART: u16 = 1 << 13;
/// There are fewer windows than this.
const NO_WINDOW: u16 = PART - 1;

/// Where a row is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub is_reference: bool,
    /// Whether it counts as a current row, or as one of its window alone.
    pub is_within: bool,
    /// Whether these observations are there once more, by their windows.
    pub is_again: bool,
    pub window: Option<usize>,
}

impl Place {
    fn of(tag: u16) -> Self {
        Self {
            is_reference: tag & REFERENCE != 0,
            is_within: tag & OUT_OF_RANGE == 0,
            is_again: tag & PART != 0,
            window: match tag & NO_WINDOW {
                NO_WINDOW => None,
                window => Some(usize::from(window)),
            },
        }
    }
}

impl DriftRows {
    /// One pass over the rows. The range that `observations` look at leaves windows and the reference as they are.
    pub fn of(observations: &Observations<'_>, sides: Sides, layout: Option<&Layout>) -> Self {
        let windows = |side| layout.map_or(0, |layout| layout.side(side).edges.len());
        let mut found = Self {
            windows: windows(Side::Judged),
            reference_windows: windows(Side::Reference),
            ..Self::default()
        };
        let all = observations.of_all();
        for row in 0..all.rows() {
            let Some(observation) = used_or_unlabelled(&all, row).filter(|seen| !seen.error) else {
                continue;
            };
            let Some(side) = sides.of(observation.split) else {
                continue;
            };
            let count = observation.count;
            let (tag, within) = match side {
                Side::Reference => (REFERENCE, count),
                Side::Judged => (0, count.saturating_sub(observations.outside(row))),
            };
            let key = all.times().key(row);
            let Some((layout, key)) = layout.zip(key) else {
                found.push(row, tag | NO_WINDOW, within);
                found.push(row, tag | OUT_OF_RANGE | NO_WINDOW, count - within);
                continue;
            };
            // A row that is within only in part counts as a current row apart from its windows.
            let outside = if within == count { 0 } else { OUT_OF_RANGE };
            if outside != 0 {
                found.push(row, PART | NO_WINDOW, within);
            }
            let mut in_windows = 0;
            layout
                .side(side)
                .edges
                .share(key, row, count, |window, share| {
                    let window = u16::try_from(window).unwrap_or(NO_WINDOW).min(NO_WINDOW);
                    found.push(row, tag | outside | window, share);
                    in_windows += share;
                });
            // Some may be before the first window, or after the last.
            found.push(row, tag | outside | NO_WINDOW, count - in_windows);
        }
        found
    }

    /// What is known of them before their columns are compared.
    pub fn drift(&self) -> Drift {
        Drift {
            reference_rows: self.reference_rows,
            current_rows: self.current_rows,
            ..Drift::default()
        }
    }

    fn push(&mut self, row: usize, tag: u16, count: u64) {
        if count == 0 {
            return;
        }
        let rows = match Place::of(tag) {
            Place {
                is_reference: true, ..
            } => Some(&mut self.reference_rows),
            Place {
                is_within: true, ..
            } => Some(&mut self.current_rows),
            _ => None,
        };
        if let Some(rows) = rows {
            *rows = rows.saturating_add(count);
        }
        if count != 1 && self.counts.is_none() {
            self.counts = Some(vec![1; self.rows.len()]);
        }
        if let Some(counts) = &mut self.counts {
            counts.push(count);
        }
        self.rows.push(row as u32);
        self.tags.push(tag);
    }

    /// Each with its place and the observations it stands for.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, Place, u64)> + '_ {
        let rows = self.rows.iter().zip(&self.tags).enumerate();
        rows.map(|(position, (&row, &tag))| {
            let counts = self.counts.as_ref();
            let count = counts.map_or(1, |counts| counts.get(position).copied().unwrap_or(0));
            (row as usize, Place::of(tag), count)
        })
    }
}
