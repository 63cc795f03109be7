//! A plotters backend for a 2D canvas, in CSS pixels, sharp at any pixel ratio.
//!
//! plotters-canvas draws the shapes. What it leaves to be wished is done here: the pixel ratio, edges on device pixels,
//! text of the system's font measured without a document, and styles that are set only when they change.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
};

use greenlight_charts::{css_size, drop_to_baseline};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle, FontTransform, text_anchor::HPos,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::CanvasError;

/// The most device pixels that every browser still draws.
const MOST_PIXELS: f64 = 16_777_216.0;

/// How many widths of texts are remembered before forgetting all of them.
const MOST_WIDTHS: usize = 4096;

thread_local! {
    /// Widths by font, then text.
    static WIDTHS: RefCell<HashMap<String, HashMap<String, f64>>> = RefCell::default();
}

type Drawn = Result<(), DrawingErrorKind<CanvasError>>;

fn thrown(value: JsValue) -> DrawingErrorKind<CanvasError> {
    DrawingErrorKind::DrawingError(CanvasError::thrown(&value))
}

/// A drawing backend around a canvas. One unit is one CSS pixel.
pub struct Canvas2d {
    shapes: CanvasBackend,
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    /// Device pixels per CSS pixel, across and down.
    ratio: (f64, f64),
    fill: Option<BackendColor>,
    font: Cell<Option<String>>,
}

impl Canvas2d {
    /// Clears a canvas and makes it ready for a picture of a size in CSS pixels.
    ///
    /// The canvas gets a store of that size times the pixel ratio, or less where that would be more than browsers draw.
    ///
    /// # Errors
    /// Where the browser gives no 2D context.
    pub fn new(
        canvas: &HtmlCanvasElement,
        size: (f64, f64),
        pixel_ratio: f64,
    ) -> Result<Self, CanvasError> {
        let none = || CanvasError::from("the browser gave no canvas to draw on");
        let context: CanvasRenderingContext2d = canvas
            .get_context("2d")
            .map_err(|error| CanvasError::thrown(&error))?
            .and_then(|context| context.dyn_into().ok())
            .ok_or_else(none)?;
        let shapes = CanvasBackend::with_canvas_object(canvas.clone()).ok_or_else(none)?;

        let (width, height) = store_size(size, pixel_ratio);
        if (canvas.width(), canvas.height()) != (width, height) {
            // Either of these clears the canvas and all that was set on its context.
            canvas.set_width(width);
            canvas.set_height(height);
        } else {
            context
                .reset_transform()
                .map_err(|error| CanvasError::thrown(&error))?;
            context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
        }
        let ratio = (
            f64::from(width) / size.0.max(1.0),
            f64::from(height) / size.1.max(1.0),
        );
        context
            .scale(ratio.0, ratio.1)
            .map_err(|error| CanvasError::thrown(&error))?;
        context.set_line_join("round");
        context.set_line_cap("butt");
        context.set_text_baseline("alphabetic");
        Ok(Self {
            shapes,
            context,
            size: (size.0.max(0.0) as u32, size.1.max(0.0) as u32),
            ratio,
            fill: None,
            font: Cell::new(None),
        })
    }

    /// Where a CSS coordinate falls on a whole device pixel, across.
    fn snap_x(&self, x: f64) -> f64 {
        (x * self.ratio.0).round() / self.ratio.0
    }

    fn snap_y(&self, y: f64) -> f64 {
        (y * self.ratio.1).round() / self.ratio.1
    }

    fn set_fill(&mut self, colour: BackendColor) {
        let same = self
            .fill
            .is_some_and(|set| set.rgb == colour.rgb && set.alpha == colour.alpha);
        if !same {
            self.context.set_fill_style_str(&css_colour(colour));
            self.fill = Some(colour);
        }
    }

    /// A filled rectangle between CSS coordinates, its edges on device pixels. None is thinner than one.
    fn fill_snapped(&mut self, from: (f64, f64), to: (f64, f64), colour: BackendColor) {
        self.set_fill(colour);
        let (left, top) = (self.snap_x(from.0), self.snap_y(from.1));
        let width = (self.snap_x(to.0) - left).max(1.0 / self.ratio.0);
        let height = (self.snap_y(to.1) - top).max(1.0 / self.ratio.1);
        self.context.fill_rect(left, top, width, height);
    }

    /// Lets plotters-canvas draw; it sets styles of its own.
    fn delegate(
        &mut self,
        draw: impl FnOnce(
            &mut CanvasBackend,
        )
            -> Result<(), DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>>,
    ) -> Drawn {
        self.fill = None;
        draw(&mut self.shapes)
            .map_err(|error| DrawingErrorKind::DrawingError(error.to_string().as_str().into()))
    }

    fn set_font(&self, font: String) {
        if self.font.take().as_ref() != Some(&font) {
            self.context.set_font(&font);
        }
        self.font.set(Some(font));
    }

    fn measure(&self, text: &str, font: String) -> Result<f64, DrawingErrorKind<CanvasError>> {
        let known = WIDTHS.with_borrow(|widths| widths.get(&font)?.get(text).copied());
        if let Some(width) = known {
            return Ok(width);
        }
        self.set_font(font.clone());
        let width = self.context.measure_text(text).map_err(thrown)?.width();
        WIDTHS.with_borrow_mut(|widths| {
            let of_font = widths.entry(font).or_default();
            if of_font.len() >= MOST_WIDTHS {
                of_font.clear();
            }
            of_font.insert(text.to_owned(), width);
        });
        Ok(width)
    }
}

impl DrawingBackend for Canvas2d {
    type ErrorType = CanvasError;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        if from.0 != to.0 && from.1 != to.1 {
            return self.delegate(|shapes| shapes.draw_path([from, to], style));
        }
        if style.color().alpha == 0.0 {
            return Ok(());
        }
        // Upright and level lines are thin rectangles, as sharp as these. They lie on the pixel that names them.
        let half = f64::from(style.stroke_width().saturating_sub(1)) / 2.0;
        let (left, right) = (f64::from(from.0.min(to.0)), f64::from(from.0.max(to.0)));
        let (top, bottom) = (f64::from(from.1.min(to.1)), f64::from(from.1.max(to.1)));
        let (start, end) = if from.0 == to.0 {
            ((left - half, top), (right + half + 1.0, bottom))
        } else {
            ((left, top - half), (right, bottom + half + 1.0))
        };
        self.fill_snapped(start, end, style.color());
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        if style.color().alpha == 0.0 {
            return Ok(());
        }
        if fill {
            let point = |(x, y): BackendCoord| (f64::from(x), f64::from(y));
            self.fill_snapped(point(upper_left), point(bottom_right), style.color());
            return Ok(());
        }
        let ((left, top), (right, bottom)) = (upper_left, bottom_right);
        self.draw_line((left, top), (right, top), style)?;
        self.draw_line((left, bottom), (right, bottom), style)?;
        self.draw_line((left, top), (left, bottom), style)?;
        self.draw_line((right, top), (right, bottom + 1), style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.delegate(|shapes| shapes.draw_path(path, style))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.delegate(|shapes| shapes.fill_polygon(path, style))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.delegate(|shapes| shapes.draw_circle(centre, radius, style, fill))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        if style.color().alpha == 0.0 || text.is_empty() {
            return Ok(());
        }
        self.set_fill(style.color());
        self.set_font(css_font(style));
        // Not "start" and "end", which trade places in languages that are read from the right.
        self.context.set_text_align(match style.anchor().h_pos {
            HPos::Left => "left",
            HPos::Center => "center",
            HPos::Right => "right",
        });
        let drop = drop_to_baseline(style);
        let (x, y) = (f64::from(at.0), f64::from(at.1));
        let quarter_turns = match style.transform() {
            FontTransform::None => {
                return self
                    .context
                    .fill_text(text, x, self.snap_y(y + drop))
                    .map_err(thrown);
            }
            FontTransform::Rotate90 => 1.0,
            FontTransform::Rotate180 => 2.0,
            FontTransform::Rotate270 => 3.0,
        };
        self.context.save();
        let drawn = self
            .context
            .translate(x, y)
            .and_then(|()| {
                self.context
                    .rotate(quarter_turns * std::f64::consts::FRAC_PI_2)
            })
            .and_then(|()| self.context.fill_text(text, 0.0, drop));
        self.context.restore();
        drawn.map_err(thrown)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<CanvasError>> {
        let width = self.measure(text, css_font(style))?;
        Ok((width.ceil() as u32, css_size(style).ceil() as u32))
    }
}

/// The size of a canvas in device pixels.
fn store_size(size: (f64, f64), pixel_ratio: f64) -> (u32, u32) {
    let ratio = if pixel_ratio.is_finite() && pixel_ratio > 0.0 {
        pixel_ratio
    } else {
        1.0
    };
    let (width, height) = (size.0.max(1.0) * ratio, size.1.max(1.0) * ratio);
    let shrink = (MOST_PIXELS / (width * height)).sqrt().min(1.0);
    let whole = |length: f64| {
        let length = length * shrink;
        let whole = if shrink < 1.0 {
            length.floor()
        } else {
            length.round()
        };
        whole.max(1.0) as u32
    };
    (whole(width), whole(height))
}

fn css_font<S: BackendTextStyle>(style: &S) -> String {
    let weight = match style.style() {
        FontStyle::Normal => "",
        FontStyle::Oblique | FontStyle::Italic => "italic ",
        FontStyle::Bold => "600 ",
    };
    format!(
        "{weight}{:.2}px {}",
        css_size(style),
        style.family().as_str()
    )
}

fn css_colour(colour: BackendColor) -> String {
    let (red, green, blue) = colour.rgb;
    if colour.alpha >= 1.0 {
        format!("#{red:02x}{green:02x}{blue:02x}")
    } else {
        format!("rgba({red},{green},{blue},{})", colour.alpha)
    }
}
