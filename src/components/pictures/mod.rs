//! Pictures that several views show: pointed at, walked along with keys, read out, kept, and with a table that says the same.
//!
//! A view fills one of [`TimelineData`], [`HeatMapData`], [`SharesData`] and [`LatencyData`], and gives it to [`Picture`] as a
//! [`SharedPicture`].

mod heat_map;
mod keys;
mod latency;
mod listed;
mod picture;
mod shares;
mod sheet;
mod spark;
mod timeline;
mod twin;

#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

use std::ops::Range;
use std::rc::Rc;

pub use heat_map::HeatMapData;
pub use keys::step;
pub use latency::{LatencyData, LatencyMarkData};
pub use listed::{Listed, listed};
pub use picture::Picture;
pub use shares::{Bins, SharesData};
pub use sheet::{Cell, Sheet};
pub use spark::{Spark, draw_spark};
pub use timeline::{ChangeData, LevelData, SeriesData, TimelineData};

use crate::canvas::{CanvasError, Frame, Pointer};

/// What a picture is made of, and what it says where it is pointed at.
///
/// Places that can be pointed at (windows, bins, cells) are numbered from 0: its *marks*.
pub trait Pictured {
    /// What the picture shows.
    fn title(&self) -> &str;
    /// What arrow keys move between: "window", "bin".
    fn place(&self) -> &'static str;
    /// What stands below it while nothing is pointed at.
    fn hint(&self) -> &str;
    /// Which signs it holds that do not say themselves what they mean, and what that is.
    fn keys(&self) -> Vec<(Key, &'static str)> {
        Vec::new()
    }
    /// How many marks there are.
    fn marks(&self) -> usize;
    /// How tall it is for its width, in CSS pixels.
    fn height(&self, width: f64) -> u32;
    /// Draws it.
    ///
    /// # Errors
    /// What the canvas says.
    fn draw(&self, frame: &mut Frame) -> Result<(), CanvasError>;
    /// Draws what lies above it: a mark, the chosen marks, how many a replay has seen.
    ///
    /// # Errors
    /// What the canvas says.
    fn draw_above(&self, frame: &mut Frame, above: &Above) -> Result<(), CanvasError>;
    /// The mark at a place.
    fn mark_at(&self, pointer: Pointer) -> Option<usize>;
    /// What it says at a mark.
    fn said(&self, mark: usize) -> String;
    /// The same numbers as a table.
    fn sheet(&self) -> Sheet;
    /// The mark that a key leads to from another; `None` for keys that lead nowhere.
    fn step(&self, mark: Option<usize>, key: &str) -> Option<usize> {
        step(mark, key, self.marks())
    }
    /// Where the ends of a range of marks are, across; `None` where ranges cannot be chosen.
    fn ends(&self, _range: &Range<usize>, _size: (u32, u32)) -> Option<(f64, f64)> {
        None
    }
}

/// A sign in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// ◆ at a value.
    Diamond,
    /// ▼ at the top.
    Pointer,
}

impl Key {
    /// Its corners in a square of twelve.
    fn corners(self) -> &'static str {
        match self {
            Self::Diamond => "6,1 11,6 6,11 1,6",
            Self::Pointer => "0,2 12,2 6,10",
        }
    }
}

/// What lies above a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Above {
    /// The mark that is pointed at.
    pub mark: Option<usize>,
    /// The marks that are chosen: all others are dimmed.
    pub chosen: Option<Range<usize>>,
    /// How many marks a replay has seen: those after them are dimmed.
    pub seen: Option<usize>,
}

/// A picture as a property. Two are the same where they are one: a view makes it anew only when its numbers change
/// (`use_memo`), or else it is drawn anew each time.
#[derive(Clone)]
pub struct SharedPicture(Rc<dyn Pictured>);

impl SharedPicture {
    /// The picture of that data.
    pub fn new(pictured: impl Pictured + 'static) -> Self {
        Self(Rc::new(pictured))
    }
}

impl PartialEq for SharedPicture {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for SharedPicture {
    type Target = dyn Pictured;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}
