//! Text styles that know no font engine, and rough widths for layouts that must not depend on a backend.

use plotters_backend::{
    BackendColor, BackendCoord, BackendTextStyle, FontFamily, FontStyle, FontTransform,
    text_anchor::{HPos, Pos, VPos},
};

use plotters::style::RGBColor;

/// The font of every picture: the system's own.
pub const FONT_FAMILY: &str = "system-ui, sans-serif";

/// plotters counts a font's size as the height of its line: so many times what CSS calls its size.
const LINE_OVER_EM: f64 = 1.24;

/// How text looks and which of its points is placed: a plotters text style without plotters' fonts.
///
/// Sizes are CSS pixels. Backends that ask for the size of a text get a rough one, unless they measure themselves.
#[derive(Clone, Copy)]
pub struct Text {
    colour: RGBColor,
    size: f64,
    bold: bool,
    upwards: bool,
    anchor: Pos,
}

impl Text {
    /// Text that starts at its point, at half its height.
    #[must_use]
    pub const fn new(size: f64, colour: RGBColor) -> Self {
        Self {
            colour,
            size,
            bold: false,
            upwards: false,
            anchor: Pos {
                h_pos: HPos::Left,
                v_pos: VPos::Center,
            },
        }
    }

    /// Text whose middle is at its point.
    #[must_use]
    pub const fn centred(mut self) -> Self {
        self.anchor.h_pos = HPos::Center;
        self
    }

    /// Text that ends at its point.
    #[must_use]
    pub const fn ending(mut self) -> Self {
        self.anchor.h_pos = HPos::Right;
        self
    }

    /// Text that hangs below its point.
    #[must_use]
    pub const fn below(mut self) -> Self {
        self.anchor.v_pos = VPos::Top;
        self
    }

    /// Text that reads from bottom to top.
    #[must_use]
    pub const fn upwards(mut self) -> Self {
        self.upwards = true;
        self
    }

    /// Text in the heavier of the two weights.
    #[must_use]
    pub const fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    /// The same text in another colour.
    #[must_use]
    pub const fn colour(mut self, colour: RGBColor) -> Self {
        self.colour = colour;
        self
    }
}

/// No text of ours fails to be laid out; a backend that wants glyphs as pixels gets none.
#[derive(Debug)]
pub enum NoFontError {}

impl std::fmt::Display for NoFontError {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {}
    }
}

impl std::error::Error for NoFontError {}

impl BackendTextStyle for Text {
    type FontError = NoFontError;

    fn color(&self) -> BackendColor {
        BackendColor {
            alpha: 1.0,
            rgb: (self.colour.0, self.colour.1, self.colour.2),
        }
    }

    fn size(&self) -> f64 {
        line_height(self.size)
    }

    fn transform(&self) -> FontTransform {
        if self.upwards {
            FontTransform::Rotate270
        } else {
            FontTransform::None
        }
    }

    fn style(&self) -> FontStyle {
        if self.bold {
            FontStyle::Bold
        } else {
            FontStyle::Normal
        }
    }

    fn anchor(&self) -> Pos {
        self.anchor
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(FONT_FAMILY)
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        let weight = if self.bold { 1.08 } else { 1.0 };
        let width = (estimate_width(text, self.size) * weight).ceil() as i32;
        Ok(((0, 0), (width, self.size.ceil() as i32)))
    }

    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _text: &str,
        _at: BackendCoord,
        _draw: DrawFunc,
    ) -> Result<Result<(), E>, Self::FontError> {
        Ok(Ok(()))
    }
}

/// plotters' font size for a CSS font size.
#[must_use]
pub fn line_height(css_size: f64) -> f64 {
    css_size * LINE_OVER_EM
}

/// A style's font size as CSS counts it.
#[must_use]
pub fn css_size<S: BackendTextStyle>(style: &S) -> f64 {
    style.size() / LINE_OVER_EM
}

/// How far below its point a text's baseline lies, in CSS pixels: half a capital's height where the text
/// is centred on its point.
#[must_use]
pub fn drop_to_baseline<S: BackendTextStyle>(style: &S) -> f64 {
    css_size(style)
        * match style.anchor().v_pos {
            VPos::Top => 0.76,
            VPos::Center => 0.36,
            VPos::Bottom => -0.24,
        }
}

/// About how wide a text is, in CSS pixels: a little more than most system fonts need.
#[must_use]
pub fn estimate_width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// The width of a character over the font's size.
fn em(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 0.32,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '/' | '-' | '"' => 0.41,
        '\u{202F}' | '\u{2009}' => 0.2,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 0.95,
        '0'..='9' => 0.62,
        'A'..='Z' => 0.7,
        'a'..='z' | '_' => 0.6,
        _ if joins_previous(character) => 0.0,
        '\0'..='\u{10FF}' => 0.64,
        _ => 1.1,
    }
}

/// Whether a character belongs to the one before it: accents, variation selectors, skin tones, joiners.
pub(crate) fn joins_previous(character: char) -> bool {
    matches!(character,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}' | '\u{064B}'..='\u{065F}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}')
}
