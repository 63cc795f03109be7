//! Every picture, drawn on any plotters [`DrawingBackend`](plotters::backend::DrawingBackend): a canvas in the page, SVG
//! in exports and tests.
//!
//! A chart is a plain struct of borrowed numbers with a `draw(backend, theme)`. It takes its size from the backend, one
//! unit being one CSS pixel, and returns the backend's error. Where people point at it, its layout is a value of its own,
//! so that pointing and drawing cannot disagree. Nothing here measures with plotters' own fonts, which would need a
//! document: see [`Text`].

pub mod confusion_matrix;
mod curve;
pub mod heat_map;
pub mod interval_bar;
pub mod interval_dots;
mod labels;
pub mod latency_histogram;
pub mod line_plot;
pub mod list_row;
pub mod overlaid_histogram;
mod pen;
pub mod plot;
pub mod reliability;
pub mod score_histogram;
mod svg;
mod text;
mod theme;
pub mod timeline;
mod windows;

pub use confusion_matrix::{ConfusionMatrix, MatrixLayout, Normalise};
pub use heat_map::{HeatMap, HeatMapLayout};
pub use interval_bar::{IntervalBar, Outcome};
pub use interval_dots::{DotsLayout, IntervalDot, IntervalDots};
pub use latency_histogram::{LatencyBin, LatencyHistogram, LatencyLayout, LatencyMark};
pub use line_plot::{LinePlot, Series, Stroke};
pub use list_row::ListRow;
pub use overlaid_histogram::{BinNames, BinsLayout, OverlaidHistogram};
pub use plot::{Axis, PlotLayout, Unit};
pub use reliability::{Reliability, ReliabilityPoint};
pub use score_histogram::ScoreHistogram;
pub use svg::Svg;
pub use text::{FONT_FAMILY, Text, css_size, drop_to_baseline, estimate_width, line_height};
pub use theme::Theme;
pub use timeline::{
    Alert, Change, Level, LevelKind, Timeline, TimelineLayout, TimelineSeries, WindowState,
};
pub use windows::Windows;

/// What drawing on a backend gives.
pub type Drawn<DB> = Result<
    (),
    plotters_backend::DrawingErrorKind<<DB as plotters::backend::DrawingBackend>::ErrorType>,
>;

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// From the left edge to the right.
    pub width: i32,
    /// From the top edge to the bottom.
    pub height: i32,
}
