//! A picture to keep: drawn anew in light colours on white, as SVG or as PNG with two pixels for each of CSS.

use greenlight_charts::{Svg, Theme};
use plotters_backend::DrawingBackend;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, HtmlCanvasElement};
use yew::Callback;

use super::{Canvas2d, CanvasError, Draw, Frame, Surface};

/// Pixels of a PNG for each CSS pixel.
const PNG_RATIO: f64 = 2.0;

/// The picture as SVG of a size in CSS pixels.
///
/// # Errors
/// Where the picture cannot be drawn.
pub fn svg(draw: &Draw, size: (u32, u32), title: &str) -> Result<String, CanvasError> {
    let svg = Svg::new(size, title);
    print(draw, Surface::Svg(svg.clone()))?;
    Ok(svg.finish())
}

/// The picture as PNG, once the browser has made it; of a size in CSS pixels.
///
/// # Errors
/// Where the picture cannot be drawn, or the browser makes no PNG of it.
pub fn png(draw: &Draw, size: (u32, u32), made: Callback<Blob>) -> Result<(), CanvasError> {
    let canvas = gloo::utils::document()
        .create_element("canvas")
        .map_err(|error| CanvasError::thrown(&error))?;
    let canvas: HtmlCanvasElement = canvas.unchecked_into();
    let (width, height) = (f64::from(size.0), f64::from(size.1));
    let surface = Canvas2d::new(&canvas, (width, height), PNG_RATIO)?;
    print(draw, Surface::Canvas(surface))?;
    let take = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(blob) = blob {
            made.emit(blob);
        }
    });
    canvas
        .to_blob(take.unchecked_ref())
        .map_err(|error| CanvasError::thrown(&error))
}

fn print(draw: &Draw, mut canvas: Surface) -> Result<(), CanvasError> {
    let theme = Theme::light();
    let (width, height) = canvas.get_size();
    let corner = (width as i32, height as i32);
    canvas.draw_rect((0, 0), corner, &theme.surface, true)?;
    draw.emit(Frame { canvas, theme })
}
