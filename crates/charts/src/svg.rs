//! Pictures as SVG, written with no more than attributes: nothing to fetch, no style sheets, no scripts.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write;
use std::rc::Rc;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle, FontTransform, text_anchor::HPos,
};

use crate::text::{css_size, drop_to_baseline};

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// A backend that writes SVG. Clones share the picture; [`finish`](Self::finish) gives it.
///
/// ```
/// use greenlight_charts::{ConfusionMatrix, Normalise, Svg, Theme};
///
/// let classes = ["ham".to_owned(), "spam".to_owned()];
/// let counts = [95, 5, 10, 90];
/// let matrix = ConfusionMatrix { classes: &classes, counts: &counts, normalise: Normalise::Counts };
/// let mut svg = Svg::new((400, 300), "Confusion matrix");
/// matrix.draw(&mut svg, &Theme::light())?;
/// assert!(svg.finish().contains("spam</text>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Svg {
    size: (u32, u32),
    text: Rc<RefCell<String>>,
}

impl Svg {
    /// An empty picture of a size in CSS pixels, with a title for those who do not see it.
    #[must_use]
    pub fn new((width, height): (u32, u32), title: &str) -> Self {
        let text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{}</title>\n",
            escaped(title)
        );
        Self {
            size: (width, height),
            text: Rc::new(RefCell::new(text)),
        }
    }

    /// The picture as it is now.
    #[must_use]
    pub fn finish(&self) -> String {
        format!("{}</svg>\n", self.text.borrow())
    }

    fn write(&self, element: std::fmt::Arguments<'_>) -> Drawn {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text.borrow_mut(), "{element}");
        Ok(())
    }

    fn rectangle(&self, from: (f64, f64), to: (f64, f64), colour: BackendColor) -> Drawn {
        self.write(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {}/>",
            from.0,
            from.1,
            (to.0 - from.0).max(0.0),
            (to.1 - from.1).max(0.0),
            paint("fill", colour)
        ))
    }
}

impl DrawingBackend for Svg {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        let (x, y) = (f64::from(x), f64::from(y));
        self.rectangle((x, y), (x + 1.0, y + 1.0), colour)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        if !fill {
            let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
            return self.draw_path(corners.into_iter().chain([(left, top)]), style);
        }
        let (from, to) = ((left.into(), top.into()), (right.into(), bottom.into()));
        self.rectangle(from, to, style.color())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        // A line lies on the pixels that name it: through their middles.
        self.write(format_args!(
            "<polyline points=\"{}\" fill=\"none\" {} stroke-width=\"{}\" stroke-linejoin=\"round\"/>",
            points(path, 0.5),
            paint("stroke", style.color()),
            style.stroke_width()
        ))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let (points, paint) = (points(path, 0.0), paint("fill", style.color()));
        self.write(format_args!("<polygon points=\"{points}\" {paint}/>"))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let paint = if fill {
            paint("fill", style.color())
        } else {
            let stroke = paint("stroke", style.color());
            format!(
                "fill=\"none\" {stroke} stroke-width=\"{}\"",
                style.stroke_width()
            )
        };
        self.write(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {paint}/>"
        ))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        if text.is_empty() {
            return Ok(());
        }
        let turn = match style.transform() {
            FontTransform::None => 0,
            FontTransform::Rotate90 => 90,
            FontTransform::Rotate180 => 180,
            FontTransform::Rotate270 => 270,
        };
        let turn = match turn {
            0 => String::new(),
            _ => format!(" transform=\"rotate({turn} {} {})\"", at.0, at.1),
        };
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let weight = match style.style() {
            FontStyle::Bold => " font-weight=\"600\"",
            FontStyle::Normal | FontStyle::Oblique | FontStyle::Italic => "",
        };
        self.write(format_args!(
            "<text x=\"{}\" y=\"{:.1}\" font-family=\"{}\" font-size=\"{:.1}\"{weight} \
             text-anchor=\"{anchor}\" {}{turn}>{}</text>",
            at.0,
            f64::from(at.1) + drop_to_baseline(style),
            style.family().as_str(),
            css_size(style),
            paint("fill", style.color()),
            escaped(text)
        ))
    }
}

fn points(path: impl IntoIterator<Item = BackendCoord>, shift: f64) -> String {
    let mut points = String::new();
    for (x, y) in path {
        let space = if points.is_empty() { "" } else { " " };
        let (x, y) = (f64::from(x) + shift, f64::from(y) + shift);
        // Writing to a string cannot fail.
        let _ = write!(points, "{space}{x},{y}");
    }
    points
}

/// A colour as the attribute of that name, with its opacity where it has any.
fn paint(attribute: &str, BackendColor { alpha, rgb }: BackendColor) -> String {
    let (red, green, blue) = rgb;
    let opacity = if alpha < 1.0 {
        format!(" {attribute}-opacity=\"{alpha}\"")
    } else {
        String::new()
    };
    format!("{attribute}=\"#{red:02x}{green:02x}{blue:02x}\"{opacity}")
}

/// Text as XML can hold it.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            _ if character.is_control() => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}
