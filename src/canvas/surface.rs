//! What a picture is drawn on. One type for the screen and for SVG, so that the code of every chart is in the module once.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use greenlight_charts::{Rect, Svg};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::{Canvas2d, CanvasError};

/// A canvas, or SVG that is written, or a part of one of them.
pub enum Surface {
    /// A canvas, on screen or off it.
    Canvas(Canvas2d),
    /// SVG.
    Svg(Svg),
    /// A rectangle of another, for one of several pictures on it.
    Part(Rc<RefCell<Surface>>, Rect),
}

/// A point of a part, on the whole.
fn within(area: &Rect, (x, y): BackendCoord) -> BackendCoord {
    (x + area.x, y + area.y)
}

/// The points of a path likewise; as a list, so that a part of a part is no other type.
fn all_within(area: &Rect, path: impl IntoIterator<Item = BackendCoord>) -> Vec<BackendCoord> {
    path.into_iter().map(|point| within(area, point)).collect()
}

type Drawn = Result<(), DrawingErrorKind<CanvasError>>;

/// Writing SVG cannot fail.
fn written(drawn: Result<(), DrawingErrorKind<Infallible>>) -> Drawn {
    match drawn {
        Ok(()) => Ok(()),
        Err(DrawingErrorKind::DrawingError(never)) => match never {},
        Err(DrawingErrorKind::FontError(error)) => Err(DrawingErrorKind::FontError(error)),
    }
}

impl DrawingBackend for Surface {
    type ErrorType = CanvasError;

    fn get_size(&self) -> (u32, u32) {
        match self {
            Self::Canvas(canvas) => canvas.get_size(),
            Self::Svg(svg) => svg.get_size(),
            Self::Part(_, area) => (area.width.max(0) as u32, area.height.max(0) as u32),
        }
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Drawn {
        match self {
            Self::Canvas(canvas) => canvas.draw_pixel(point, colour),
            Self::Svg(svg) => written(svg.draw_pixel(point, colour)),
            Self::Part(of, area) => of.borrow_mut().draw_pixel(within(area, point), colour),
        }
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        match self {
            Self::Canvas(canvas) => canvas.draw_line(from, to, style),
            Self::Svg(svg) => written(svg.draw_line(from, to, style)),
            Self::Part(of, area) => {
                let (from, to) = (within(area, from), within(area, to));
                of.borrow_mut().draw_line(from, to, style)
            }
        }
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        match self {
            Self::Canvas(canvas) => canvas.draw_rect(upper_left, bottom_right, style, fill),
            Self::Svg(svg) => written(svg.draw_rect(upper_left, bottom_right, style, fill)),
            Self::Part(of, area) => {
                let corners = (within(area, upper_left), within(area, bottom_right));
                of.borrow_mut().draw_rect(corners.0, corners.1, style, fill)
            }
        }
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        match self {
            Self::Canvas(canvas) => canvas.draw_path(path, style),
            Self::Svg(svg) => written(svg.draw_path(path, style)),
            Self::Part(of, area) => of.borrow_mut().draw_path(all_within(area, path), style),
        }
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        match self {
            Self::Canvas(canvas) => canvas.fill_polygon(path, style),
            Self::Svg(svg) => written(svg.fill_polygon(path, style)),
            Self::Part(of, area) => of.borrow_mut().fill_polygon(all_within(area, path), style),
        }
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        match self {
            Self::Canvas(canvas) => canvas.draw_circle(centre, radius, style, fill),
            Self::Svg(svg) => written(svg.draw_circle(centre, radius, style, fill)),
            Self::Part(of, area) => {
                let centre = within(area, centre);
                of.borrow_mut().draw_circle(centre, radius, style, fill)
            }
        }
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        match self {
            Self::Canvas(canvas) => canvas.draw_text(text, style, at),
            Self::Svg(svg) => written(svg.draw_text(text, style, at)),
            Self::Part(of, area) => of.borrow_mut().draw_text(text, style, within(area, at)),
        }
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<CanvasError>> {
        match self {
            Self::Canvas(canvas) => canvas.estimate_text_size(text, style),
            Self::Part(of, _) => of.borrow().estimate_text_size(text, style),
            Self::Svg(svg) => svg
                .estimate_text_size(text, style)
                .map_err(|error| match error {
                    DrawingErrorKind::DrawingError(never) => match never {},
                    DrawingErrorKind::FontError(error) => DrawingErrorKind::FontError(error),
                }),
        }
    }
}
