//! A small picture of shares, for lists.

use greenlight_charts::{BinNames, OverlaidHistogram};
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use crate::canvas::{Canvas2d, CanvasError, Frame, Surface, use_pixel_ratio, use_theme};

/// What a [`Spark`] takes.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The shares of the reference.
    pub reference: std::rc::Rc<[f64]>,
    /// The shares of the current rows.
    pub current: std::rc::Rc<[f64]>,
}

/// Its size in CSS pixels.
const SIZE: (f64, f64) = (120.0, 32.0);

/// Draws the shares of the reference and of the current rows, bin by bin.
///
/// # Errors
/// What the canvas says.
pub fn draw_spark(mut frame: Frame, reference: &[f64], current: &[f64]) -> Result<(), CanvasError> {
    let picture = OverlaidHistogram {
        reference,
        current,
        names: ("", ""),
        bins: BinNames::Values(&[]),
        title: "",
        contributions: &[],
        contributions_name: "",
    };
    picture.draw_spark(&mut frame.canvas, &frame.theme)?;
    Ok(())
}

/// Both sides of a column, bin by bin. What it says stands beside it in words.
#[component]
pub fn Spark(Props { reference, current }: &Props) -> Html {
    let canvas = use_node_ref();
    let (ratio, theme) = (use_pixel_ratio(), use_theme());
    let shares = (reference.clone(), current.clone());
    use_effect_with(
        (canvas.clone(), shares, ratio, theme),
        |(canvas, (reference, current), ratio, theme)| {
            let Some(canvas) = canvas.cast::<HtmlCanvasElement>() else {
                return;
            };
            let drawn = Canvas2d::new(&canvas, SIZE, *ratio).and_then(|canvas| {
                let canvas = Surface::Canvas(canvas);
                let theme = *theme;
                draw_spark(Frame { canvas, theme }, reference, current)
            });
            if let Err(error) = drawn {
                gloo::console::error!("a picture could not be drawn:", error.to_string());
            }
        },
    );
    html! { <canvas class="spark" ref={canvas} aria-hidden="true" /> }
}
