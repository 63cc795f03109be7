//! Pictures in the page: a plotters backend for a 2D canvas, and the component that keeps it sharp and up to date.

mod backend;
mod chart;
mod environment;
mod error;
pub mod export;
mod surface;

#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

pub use backend::Canvas2d;
pub use chart::{Chart, ChartProps, Drag, Draw, Frame, Pointer};
pub use environment::{use_less_motion, use_pixel_ratio, use_size, use_theme};
pub use error::CanvasError;
pub use surface::Surface;
