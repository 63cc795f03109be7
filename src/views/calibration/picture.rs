//! The reliability curve: pointed at, and walked along with keys.

use std::rc::Rc;

use greenlight_charts::Reliability;
use greenlight_readiness::Binning;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::curves::{Curves, points};
use super::table::csv;
use crate::canvas::{CanvasError, Chart, Frame, Pointer, use_size};
use crate::components::pictures::step;
use crate::components::{Downloads, Picture as Kept};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub curves: Rc<Curves>,
    pub binning: Binning,
    pub on_choose: Callback<Binning>,
}

/// Height over width, and the pixels it may have.
const SHAPE: (f64, f64, f64) = (0.75, 280.0, 440.0);
/// The size of a picture to keep.
const KEPT: (u32, u32) = (720, 540);

#[component]
pub fn Picture(
    Props {
        curves,
        binning,
        on_choose,
    }: &Props,
) -> Html {
    let with_fit = use_state_eq(|| false);
    let marked = use_state_eq(|| None::<usize>);
    let figure = use_node_ref();
    let (width, _) = use_size(&figure);
    {
        // The same place is another bin there.
        let marked = marked.setter();
        use_effect_with((curves.clone(), *binning), move |_| marked.set(None));
    }
    let draw = use_callback(
        (curves.clone(), *binning, *with_fit),
        |mut frame: Frame, (curves, binning, with_fit)| {
            with_picture(curves, *binning, *with_fit, |picture| {
                picture.draw(&mut frame.canvas, &frame.theme)
            })
            .map_err(CanvasError::from)
        },
    );
    let overlay = use_callback(
        (curves.clone(), *binning, *marked),
        |mut frame: Frame, (curves, binning, marked)| match *marked {
            Some(point) => with_picture(curves, *binning, false, |picture| {
                picture.draw_highlight(&mut frame.canvas, &frame.theme, point)
            })
            .map_err(CanvasError::from),
            None => Ok(()),
        },
    );
    let on_pointer = {
        let (curves, binning, marked) = (curves.clone(), *binning, marked.setter());
        Callback::from(move |pointer: Option<Pointer>| {
            let nearest = |Pointer { x, size, .. }: Pointer| {
                with_picture(&curves, binning, false, |picture| {
                    picture.nearest(&picture.layout(size)?, x)
                })
            };
            marked.set(pointer.and_then(nearest));
        })
    };
    let filled = curves.filled(*binning);
    let on_key = key_handler(&marked, filled.len());
    let on_focus = {
        let marked = marked.setter();
        Callback::from(move |focused: bool| {
            if !focused {
                marked.set(None);
            }
        })
    };
    let csv = {
        let (curves, binning) = (curves.clone(), *binning);
        Callback::from(move |()| csv(&curves, binning))
    };
    let (shape, least, most) = SHAPE;
    let height = (width * shape).clamp(least, most) as u32;
    let marked = marked.and_then(|point| filled.get(point));
    html! {
        <figure class="picture" ref={figure}>
            <div class="switches">
                { bins_control(*binning, on_choose) }
                { fit_control(&with_fit) }
            </div>
            <Chart
                name="reliability"
                label="Reliability curve: what the model says against what happens. Arrow keys move from bin to bin; the same numbers stand in the table below."
                {height}
                draw={draw.clone()}
                {overlay}
                {on_pointer}
                {on_key}
                {on_focus}
            />
            <figcaption>
                <p class="read-out" aria-live="polite" data-testid="read-out">
                    { marked.map_or_else(
                        || "Point at a bin, or move through them with the arrow keys. Grey bars on \
                            the axis: how many rows each bin holds.".to_owned(),
                        |bin| curves.words.read_out(bin),
                    ) }
                </p>
                <Downloads
                    name="reliability"
                    title="Reliability curve"
                    picture={Kept { draw, size: KEPT }}
                    {csv}
                />
            </figcaption>
        </figure>
    }
}

/// Makes the picture of borrowed parts, and does something with it.
fn with_picture<T>(
    curves: &Curves,
    binning: Binning,
    with_fit: bool,
    act: impl FnOnce(&Reliability<'_>) -> T,
) -> T {
    let current = points(curves.bins(binning));
    let (reference_name, bins) = curves.reference(binning).unwrap_or_default();
    let reference = points(bins);
    act(&Reliability {
        points: &current,
        // One curve alone needs no name.
        name: if reference.is_empty() {
            ""
        } else {
            &curves.name
        },
        reference: &reference,
        reference_name,
        fit: if with_fit { &curves.fit } else { &[] },
    })
}

/// Arrow keys move from bin to bin.
fn key_handler(marked: &UseStateHandle<Option<usize>>, bins: usize) -> Callback<KeyboardEvent> {
    let marked = marked.clone();
    Callback::from(move |event: KeyboardEvent| {
        if let Some(next) = step(*marked, &event.key(), bins) {
            event.prevent_default();
            marked.set(Some(next));
        }
    })
}

fn bins_control(binning: Binning, on_choose: &Callback<Binning>) -> Html {
    let choices = [
        (Binning::Uniform, "uniform", "Bins of equal width"),
        (Binning::Quantile, "quantile", "Of equal numbers of rows"),
    ];
    html! {
        <fieldset class="choice" data-testid="calibration-bins">
            <legend class="visually-hidden">{ "Which bins" }</legend>
            { for choices.into_iter().map(|(choice, value, title)| {
                let onchange = on_choose.reform(move |_: Event| choice);
                html! {
                    <label key={value}>
                        <input type="radio" name="calibration-bins" {value} checked={binning == choice} {onchange} />
                        <span>{ title }</span>
                    </label>
                }
            }) }
        </fieldset>
    }
}

fn fit_control(with_fit: &UseStateHandle<bool>) -> Html {
    let checked = **with_fit;
    let with_fit = with_fit.setter();
    let onchange = Callback::from(move |event: Event| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        with_fit.set(input.is_some_and(|input| input.checked()));
    });
    html! {
        <label class="check">
            <input type="checkbox" data-testid="calibration-isotonic" {checked} {onchange} />
            <span>{ "Isotonic fit" }</span>
        </label>
    }
}
