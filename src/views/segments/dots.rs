//! Shares of groups with their intervals: pointed at, and walked along with keys.

use std::rc::Rc;

use greenlight_charts::{IntervalDot, IntervalDots};
use yew::prelude::*;

use crate::canvas::{CanvasError, Chart, Frame, Pointer, use_size};
use crate::components::{Downloads, Picture};

/// What is drawn, and what it says where it is pointed at.
#[derive(Default)]
pub struct Dots {
    pub dots: Vec<IntervalDot>,
    /// What each dot says.
    pub said: Vec<String>,
    /// What all rows have; NaN where there is none.
    pub line: f64,
    pub title: String,
    /// What stands below while nothing is pointed at.
    pub hint: String,
    /// The table as CSV.
    pub csv: String,
}

// A share that does not exist is NaN, which equals nothing; and yet it is the same picture.
impl PartialEq for Dots {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: f64, b: f64| a.to_bits() == b.to_bits();
        let alike = |a: &IntervalDot, b: &IntervalDot| {
            a.name == b.name && a.tone == b.tone && same(a.value, b.value)
        };
        let pairs = || self.dots.iter().zip(&other.dots);
        self.dots.len() == other.dots.len()
            && pairs().all(|(a, b)| alike(a, b))
            && same(self.line, other.line)
            && (&self.said, &self.title, &self.csv) == (&other.said, &other.title, &other.csv)
    }
}

impl Dots {
    fn with<T>(&self, act: impl FnOnce(&IntervalDots<'_>) -> T) -> T {
        act(&IntervalDots {
            dots: &self.dots,
            line: self.line,
            line_name: "all rows",
            title: &self.title,
        })
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Names the chart and its files.
    pub name: &'static str,
    /// What it is, in words.
    pub label: &'static str,
    pub dots: Rc<Dots>,
}

/// The width of a picture to keep.
const KEPT: u32 = 820;

#[component]
pub fn DotsPicture(Props { name, label, dots }: &Props) -> Html {
    let marked = use_state_eq(|| None::<usize>);
    let figure = use_node_ref();
    let (width, _) = use_size(&figure);
    {
        let marked = marked.setter();
        use_effect_with(dots.clone(), move |_| marked.set(None));
    }
    let draw = use_callback(dots.clone(), |mut frame: Frame, dots| {
        dots.with(|picture| picture.draw(&mut frame.canvas, &frame.theme))
            .map_err(CanvasError::from)
    });
    let overlay = use_callback(
        (dots.clone(), *marked),
        |mut frame: Frame, (dots, marked)| match *marked {
            Some(dot) => dots
                .with(|picture| picture.draw_highlight(&mut frame.canvas, &frame.theme, dot))
                .map_err(CanvasError::from),
            None => Ok(()),
        },
    );
    let on_pointer = {
        let (dots, marked) = (dots.clone(), marked.setter());
        Callback::from(move |pointer: Option<Pointer>| {
            let at = |Pointer { y, size, .. }: Pointer| {
                dots.with(|picture| picture.layout(size)?.dot_at(y))
            };
            marked.set(pointer.and_then(at));
        })
    };
    let on_key = {
        let (marked, last) = (marked.clone(), dots.dots.len().saturating_sub(1));
        Callback::from(move |event: KeyboardEvent| {
            let at = marked.filter(|at| *at <= last);
            let next = match (event.key().as_str(), at) {
                ("ArrowUp" | "ArrowLeft", Some(at)) => at.saturating_sub(1),
                ("ArrowDown" | "ArrowRight", Some(at)) => (at + 1).min(last),
                ("End", _) => last,
                ("Home", _) => 0,
                // The first key only shows where one is.
                ("ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight", None) => 0,
                _ => return,
            };
            event.prevent_default();
            marked.set(Some(next));
        })
    };
    let on_focus = {
        let marked = marked.setter();
        Callback::from(move |focused: bool| {
            if !focused {
                marked.set(None);
            }
        })
    };
    let csv = {
        let dots = dots.clone();
        Callback::from(move |()| dots.csv.clone())
    };
    let height = |width| IntervalDots::height(dots.dots.len(), width);
    let said = marked.and_then(|dot| dots.said.get(dot));
    html! {
        <figure class="picture" ref={figure}>
            <Chart
                name={*name}
                label={format!("{label}. Arrow keys move from group to group; the same numbers stand in the table below.")}
                height={height(width)}
                draw={draw.clone()}
                {overlay}
                {on_pointer}
                {on_key}
                {on_focus}
            />
            <figcaption>
                <p class="read-out" aria-live="polite" data-testid={format!("read-out-{name}")}>
                    { said.unwrap_or(&dots.hint) }
                </p>
                <Downloads
                    name={*name}
                    title={label.to_owned()}
                    picture={Picture { draw, size: (KEPT, height(f64::from(KEPT))) }}
                    {csv}
                />
            </figcaption>
        </figure>
    }
}
