//! Moving the threshold, measured: from the input to the last picture, and on to the screen.

use std::cell::Cell;
use std::rc::Rc;

use yew::prelude::*;

use crate::marks::{self, mark, mark_painted};

/// Inputs whose pictures have yet to be drawn.
#[derive(Clone)]
pub struct Moves(Rc<Cell<u32>>);

impl Moves {
    /// There was an input; `moves` where it moved something.
    pub fn begin(&self, moves: bool) {
        mark(marks::THRESHOLD_INPUT);
        if moves {
            self.0.set(self.0.get() + 1);
        } else {
            drawn();
        }
    }
}

/// Counts the inputs of a component and marks them as drawn once it has rendered: by then everything below it has drawn.
#[hook]
pub fn use_moves() -> Moves {
    let waiting = (*use_memo((), |()| Moves(Rc::default()))).clone();
    {
        let waiting = waiting.clone();
        use_effect(move || {
            for _ in 0..waiting.0.take() {
                drawn();
            }
        });
    }
    waiting
}

fn drawn() {
    mark(marks::THRESHOLD_DRAWN);
    mark_painted(marks::THRESHOLD_PAINTED);
}
