//! One line of a list of small pictures, for a list that is kept as a picture: a name, room for the small picture, and what it says.

use plotters::backend::DrawingBackend;

use crate::{Drawn, Rect, Text, Theme, pen::Pen};

/// Room at all sides, and between the three.
const GAP: i32 = 16;
const TEXT: f64 = 13.0;
/// The parts of the width that names and pictures take.
const NAME: f64 = 0.36;
const PICTURE: f64 = 0.32;

/// A line of a list: what stands beside its small picture.
#[derive(Clone, Copy, Debug)]
pub struct ListRow<'a> {
    /// What the picture is of.
    pub name: &'a str,
    /// What it says, in a few words.
    pub said: &'a str,
}

impl ListRow<'_> {
    /// Where the small picture of such a line lies.
    #[must_use]
    pub fn picture(line: Rect) -> Rect {
        let left = (f64::from(line.width) * NAME) as i32;
        Rect {
            x: line.x + left,
            width: (f64::from(line.width) * PICTURE) as i32,
            ..line
        }
    }

    /// Writes the name and what the picture says at both sides of the picture, in the middle of the line.
    ///
    /// # Errors
    /// What the backend says.
    pub fn draw<DB: DrawingBackend>(
        &self,
        backend: &mut DB,
        theme: &Theme,
        line: Rect,
    ) -> Drawn<DB> {
        let mut pen = Pen(backend);
        let picture = Self::picture(line);
        let middle = line.y + line.height / 2;
        let name = Text::new(TEXT, theme.ink);
        let room = picture.x - line.x - 2 * GAP;
        pen.text_within(self.name, &name, (line.x + GAP, middle), room)?;
        let said = Text::new(TEXT, theme.muted);
        let from = picture.x + picture.width + GAP;
        let room = line.x + line.width - from - GAP;
        pen.text_within(self.said, &said, (from, middle), room)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Svg;

    #[test]
    fn name_and_words_stand_at_both_sides_of_the_picture_and_are_cut_to_their_room() {
        let line = Rect {
            x: 0,
            y: 40,
            width: 960,
            height: 32,
        };
        let mut svg = Svg::new((960, 72), "A list");
        let row = ListRow {
            name: "accuracy",
            said: &"very ".repeat(200),
        };
        row.draw(&mut svg, &Theme::light(), line).unwrap();
        let svg = svg.finish();
        assert!(svg.contains(">accuracy<"), "{svg}");
        assert!(svg.contains("very…<"), "{svg}");
        let picture = ListRow::picture(line);
        assert_eq!((picture.y, picture.height), (40, 32));
        assert!(picture.x > 300 && picture.x + picture.width < 700);
    }
}
