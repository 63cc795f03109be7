//! Small pictures of a list, kept as one picture with their names beside them.

use std::cell::RefCell;
use std::rc::Rc;

use greenlight_charts::{ListRow, Rect};
use yew::Callback;

use crate::canvas::{Draw, Frame, Surface};
use crate::components::Picture;

/// A small picture of a list.
#[derive(Clone)]
pub struct Listed {
    /// What it is of.
    pub name: String,
    /// What it says, in a few words.
    pub said: String,
    /// Draws it; the same as on screen. Nothing for a line that is words alone.
    pub draw: Option<Draw>,
}

/// The width of a list to keep, in CSS pixels.
const WIDTH: u32 = 960;
/// Room above and below.
const MARGIN: u32 = 12;

/// Small pictures below each other, each so tall, as one to keep.
pub fn listed(list: Vec<Listed>, height: u32) -> Picture {
    let size = (WIDTH, 2 * MARGIN + height * list.len() as u32);
    let draw = Callback::from(move |Frame { canvas, theme }: Frame| {
        let canvas = Rc::new(RefCell::new(canvas));
        let tops = (0..).map(|place| (MARGIN + height * place) as i32);
        for (Listed { name, said, draw }, y) in list.iter().zip(tops) {
            let line = Rect {
                x: 0,
                y,
                width: WIDTH as i32,
                height: height as i32,
            };
            ListRow { name, said }.draw(&mut *canvas.borrow_mut(), &theme, line)?;
            if let Some(draw) = draw {
                let canvas = Surface::Part(Rc::clone(&canvas), ListRow::picture(line));
                draw.emit(Frame { canvas, theme })?;
            }
        }
        Ok(())
    });
    Picture { draw, size }
}
