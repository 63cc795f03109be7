//! The component that shows a picture: two canvases on top of each other, so that what moves redraws nothing else.

use std::rc::Rc;

use greenlight_charts::Theme;
use web_sys::{Element, HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

use super::{Canvas2d, CanvasError, Surface, use_pixel_ratio, use_size, use_theme};

/// What a picture is drawn on, and in which colours.
pub struct Frame {
    /// The cleared canvas.
    pub canvas: Surface,
    /// Light or dark.
    pub theme: Theme,
}

/// Draws a picture. Made with `use_callback`, it is called again only when what it depends on changes, or its canvas does.
pub type Draw = Callback<Frame, Result<(), CanvasError>>;

/// Where a pointer is on a picture, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// From the left edge.
    pub x: f64,
    /// From the top edge.
    pub y: f64,
    /// The size of the picture, as its backend gave it.
    pub size: (u32, u32),
}

/// A pointer that is held down on a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drag {
    /// Where it is; beyond the picture where it was dragged out of it.
    pub at: Pointer,
    /// Whether it was let go there.
    pub is_over: bool,
}

/// What a [`Chart`] takes.
#[derive(Properties, PartialEq)]
pub struct ChartProps {
    /// Names the canvas: `data-testid="chart-NAME"`.
    pub name: AttrValue,
    /// What the picture shows, for those who do not see it.
    pub label: AttrValue,
    /// How tall it is, in CSS pixels; it is as wide as its place.
    pub height: u32,
    /// The picture.
    pub draw: Draw,
    /// What lies above it and moves: a highlight, a line at the pointer.
    #[prop_or_default]
    pub overlay: Option<Draw>,
    /// The pointer moved, or left (`None`). A finger's last place stays.
    #[prop_or_default]
    pub on_pointer: Callback<Option<Pointer>>,
    /// Something is dragged across the picture, or put down on it with a click or a tap. With this, fingers scroll the page
    /// up and down only.
    #[prop_or_default]
    pub on_drag: Option<Callback<Drag>>,
    /// A click or a tap.
    #[prop_or_default]
    pub on_select: Callback<Pointer>,
    /// A key was pressed on the picture. With this, it can be focused.
    #[prop_or_default]
    pub on_key: Option<Callback<KeyboardEvent>>,
    /// The focus came (`true`) or went.
    #[prop_or_default]
    pub on_focus: Callback<bool>,
    /// Will hold what can be focused.
    #[prop_or_default]
    pub place: Option<NodeRef>,
}

/// A picture that stays sharp: drawn anew when its data, its room, the screen's pixel ratio or light and dark change.
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let (own, base, top) = (use_node_ref(), use_node_ref(), use_node_ref());
    let place = props.place.clone().unwrap_or(own);
    let size = use_size(&place);
    let pixel_ratio = use_pixel_ratio();
    let theme = use_theme();
    let fault = use_state_eq(|| None::<CanvasError>);

    let drags = props.on_drag.is_some();
    use_effect_with(
        (
            place.clone(),
            base.clone(),
            top.clone(),
            props.height,
            drags,
        ),
        |(place, base, top, height, drags)| {
            // Through the style object: a strict content security policy forbids style attributes.
            let height = format!("{height}px");
            set_styles(
                place,
                &[
                    ("position", "relative"),
                    ("height", &height),
                    (
                        "touch-action",
                        if *drags { "pan-y" } else { "manipulation" },
                    ),
                ],
            );
            for canvas in [base, top] {
                set_styles(
                    canvas,
                    &[
                        ("position", "absolute"),
                        ("inset", "0"),
                        ("width", "100%"),
                        ("height", "100%"),
                    ],
                );
            }
            set_styles(top, &[("pointer-events", "none")]);
        },
    );
    {
        let (base, fault) = (base.clone(), fault.setter());
        use_effect_with(
            (props.draw.clone(), size, pixel_ratio, theme),
            move |(draw, size, ratio, theme)| {
                fault.set(paint(&base, *size, *ratio, *theme, Some(draw)).err());
            },
        );
    }
    {
        let (top, fault) = (top.clone(), fault.setter());
        use_effect_with(
            (props.overlay.clone(), size, pixel_ratio, theme),
            move |(overlay, size, ratio, theme)| {
                if let Err(error) = paint(&top, *size, *ratio, *theme, overlay.as_ref()) {
                    fault.set(Some(error));
                }
            },
        );
    }

    let held = use_mut_ref(|| None::<Held>);
    let on_pressed = |phase: Phase| {
        let (place, on_pointer) = (place.clone(), props.on_pointer.clone());
        let (held, on_drag) = (Rc::clone(&held), props.on_drag.clone());
        Callback::from(move |event: PointerEvent| {
            let at = pointer(&place, &event);
            if phase != Phase::Released {
                on_pointer.emit(at);
            }
            if let (Some(at), Some(on_drag)) = (at, &on_drag)
                && let Some(drag) = Held::next(&mut held.borrow_mut(), phase, at, (&place, &event))
            {
                on_drag.emit(drag);
            }
        })
    };
    let left = {
        let on_pointer = props.on_pointer.clone();
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() != "touch" {
                on_pointer.emit(None);
            }
        })
    };
    let selected = {
        let (place, on_select) = (place.clone(), props.on_select.clone());
        Callback::from(move |event: MouseEvent| {
            if let Some(at) = pointer(&place, &event) {
                on_select.emit(at);
            }
        })
    };
    let on_focus = props.on_focus.clone();
    let focused = Callback::from(move |_: FocusEvent| on_focus.emit(true));
    let on_focus = props.on_focus.clone();
    let blurred = Callback::from(move |_: FocusEvent| on_focus.emit(false));
    let focusable = props.on_key.is_some();

    html! {
        <div
            ref={place.clone()}
            class="chart"
            tabindex={focusable.then_some("0")}
            role={focusable.then_some("group")}
            aria-label={focusable.then(|| props.label.clone())}
            onpointermove={on_pressed(Phase::Moved)}
            onpointerdown={on_pressed(Phase::Pressed)}
            onpointerup={on_pressed(Phase::Released)}
            onpointercancel={on_pressed(Phase::Lost)}
            onpointerleave={left}
            onclick={selected}
            onkeydown={props.on_key.clone()}
            onfocus={focused}
            onblur={blurred}
        >
            <canvas
                ref={base}
                data-testid={format!("chart-{}", props.name)}
                role="img"
                aria-label={props.label.clone()}
            />
            <canvas ref={top} aria-hidden="true" />
            if let Some(fault) = &*fault {
                <p class="chart-fault" role="status">
                    { format!("This picture could not be drawn: {fault}. Its numbers are in the table.") }
                </p>
            }
        </div>
    }
}

/// What a pointer does that may drag.
#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Pressed,
    Moved,
    Released,
    /// The browser took it, to scroll.
    Lost,
}

/// A pointer that was pressed on the picture and not let go yet.
#[derive(Clone, Copy)]
struct Held {
    from: Pointer,
    /// Whether it drags: a finger may be about to scroll.
    drags: bool,
}

/// A finger that has moved by so many pixels across means to drag.
const SLOP: f64 = 6.0;

impl Held {
    /// What to tell of the drag after an event, which came at a place.
    fn next(
        held: &mut Option<Self>,
        phase: Phase,
        at: Pointer,
        (place, event): (&NodeRef, &PointerEvent),
    ) -> Option<Drag> {
        match (phase, *held) {
            (Phase::Pressed, _) if event.button() == 0 => {
                // Not the event's own: Yew listens at the root.
                if let Some(element) = place.cast::<Element>() {
                    // Fails for a pointer that is gone already, which will not drag.
                    let _ = element.set_pointer_capture(event.pointer_id());
                }
                let drags = event.pointer_type() != "touch";
                *held = Some(Self { from: at, drags });
                drags.then_some(Drag { at, is_over: false })
            }
            (Phase::Moved, Some(Self { from, drags })) => {
                let across = (at.x - from.x).abs();
                let drags = drags || (across > SLOP && across > (at.y - from.y).abs());
                *held = Some(Self { from, drags });
                drags.then_some(Drag { at, is_over: false })
            }
            (Phase::Released, Some(_)) => {
                *held = None;
                Some(Drag { at, is_over: true })
            }
            (Phase::Lost, Some(Self { drags, .. })) => {
                *held = None;
                drags.then_some(Drag { at, is_over: true })
            }
            _ => None,
        }
    }
}

/// Clears a canvas, if it is laid out, and draws on it.
fn paint(
    node: &NodeRef,
    size: (f64, f64),
    pixel_ratio: f64,
    theme: Theme,
    draw: Option<&Draw>,
) -> Result<(), CanvasError> {
    let Some(element) = node.cast::<HtmlCanvasElement>() else {
        return Ok(());
    };
    if size.0 < 1.0 || size.1 < 1.0 {
        return Ok(());
    }
    let canvas = Surface::Canvas(Canvas2d::new(&element, size, pixel_ratio)?);
    let drawn = draw.map_or(Ok(()), |draw| draw.emit(Frame { canvas, theme }));
    if let Err(error) = &drawn {
        gloo::console::error!("a picture could not be drawn:", error.to_string());
    }
    drawn
}

/// Where an event is within the picture.
fn pointer(place: &NodeRef, event: &MouseEvent) -> Option<Pointer> {
    let area = place.cast::<Element>()?.get_bounding_client_rect();
    Some(Pointer {
        x: f64::from(event.client_x()) - area.left(),
        y: f64::from(event.client_y()) - area.top(),
        size: (area.width() as u32, area.height() as u32),
    })
}

fn set_styles(node: &NodeRef, styles: &[(&str, &str)]) {
    let Some(element) = node.cast::<HtmlElement>() else {
        return;
    };
    for (name, value) in styles {
        // Fails only on read-only declarations, and this is not one.
        let _ = element.style().set_property(name, value);
    }
}
