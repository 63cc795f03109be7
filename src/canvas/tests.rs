//! The backend and the component on real canvases.

#![allow(clippy::unwrap_used, reason = "a failed helper is a failed test")]

use std::{cell::RefCell, rc::Rc};

use gloo::utils::{body, document};
use greenlight_charts::{ConfusionMatrix, Normalise, Text, Theme, confusion_matrix};
use plotters::prelude::{BLACK, DrawingBackend};
use plotters::style::{RGBColor, ShapeStyle};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    CanvasRenderingContext2d, Element, HtmlCanvasElement, PointerEvent, PointerEventInit,
};
use yew::platform::time::sleep;
use yew::{
    Callback, Properties, Renderer, component, html, use_callback, use_effect_with, use_state,
};

use super::{Canvas2d, CanvasError, Chart, Frame, Pointer};

wasm_bindgen_test_configure!(run_in_browser);

fn canvas() -> HtmlCanvasElement {
    document()
        .create_element("canvas")
        .unwrap()
        .dyn_into()
        .unwrap()
}

/// The colour of a device pixel.
fn pixel(canvas: &HtmlCanvasElement, x: f64, y: f64) -> [u8; 4] {
    let context: CanvasRenderingContext2d = canvas
        .get_context("2d")
        .unwrap()
        .unwrap()
        .dyn_into()
        .unwrap();
    let data = context.get_image_data(x, y, 1.0, 1.0).unwrap().data();
    [data[0], data[1], data[2], data[3]]
}

fn solid(colour: RGBColor) -> [u8; 4] {
    [colour.0, colour.1, colour.2, 255]
}

fn classes() -> Vec<String> {
    vec!["negative".into(), "positive".into()]
}

const COUNTS: [u64; 4] = [95, 5, 10, 90];

#[wasm_bindgen_test]
fn draws_a_matrix_at_any_pixel_ratio() {
    let (theme, classes) = (Theme::light(), classes());
    for ratio in [1.0, 1.25, 1.5, 2.0, 3.0] {
        let element = canvas();
        let mut backend = Canvas2d::new(&element, (640.0, 400.0), ratio).unwrap();
        assert_eq!(backend.get_size(), (640, 400));
        assert_eq!(
            (element.width(), element.height()),
            ((640.0 * ratio) as u32, (400.0 * ratio) as u32)
        );

        let chart = ConfusionMatrix {
            classes: &classes,
            counts: &COUNTS,
            normalise: Normalise::Counts,
        };
        chart.draw(&mut backend, &theme).unwrap();
        for (row, column, share) in [(0, 0, 0.95), (0, 1, 0.05), (1, 0, 0.1), (1, 1, 0.9)] {
            let cell = confusion_matrix::cell_rect((640, 400), &classes, row, column).unwrap();
            // The outermost pixels of each corner: sharp edges, nothing blended.
            let first = |start: i32| (f64::from(start) * ratio).round();
            let last = |start: i32, length: i32| (f64::from(start + length) * ratio).round() - 1.0;
            for x in [first(cell.x), last(cell.x, cell.width)] {
                for y in [first(cell.y), last(cell.y, cell.height)] {
                    assert_eq!(
                        pixel(&element, x, y),
                        solid(theme.ramp(share)),
                        "{ratio} {row} {column} {x} {y}"
                    );
                }
            }
        }
        assert_eq!(
            pixel(&element, 1.0, 1.0)[3],
            0,
            "nothing is drawn in the corner"
        );
    }
}

#[wasm_bindgen_test]
fn lines_are_sharp() {
    let element = canvas();
    let mut backend = Canvas2d::new(&element, (20.0, 20.0), 1.0).unwrap();
    backend.draw_line((10, 0), (10, 20), &BLACK).unwrap();
    assert_eq!(pixel(&element, 10.0, 5.0), [0, 0, 0, 255]);
    assert_eq!(pixel(&element, 9.0, 5.0)[3], 0);
    assert_eq!(pixel(&element, 11.0, 5.0)[3], 0);
    backend
        .draw_circle((4, 4), 3, &ShapeStyle::from(&BLACK).filled(), true)
        .unwrap();
    backend
        .draw_rect((14, 14), (16, 16), &RGBColor(255, 0, 0), true)
        .unwrap();
    assert_eq!(pixel(&element, 4.0, 4.0), [0, 0, 0, 255]);
    assert_eq!(
        pixel(&element, 15.0, 15.0),
        [255, 0, 0, 255],
        "colours survive what plotters-canvas sets"
    );
}

#[wasm_bindgen_test]
fn a_store_never_grows_past_what_browsers_draw() {
    let element = canvas();
    let backend = Canvas2d::new(&element, (9000.0, 5000.0), 3.0).unwrap();
    assert!(u64::from(element.width()) * u64::from(element.height()) <= 16_777_216);
    assert_eq!(backend.get_size(), (9000, 5000));
    for ratio in [f64::NAN, 0.0, -1.0, f64::INFINITY] {
        assert_eq!(
            Canvas2d::new(&element, (0.0, 0.0), ratio)
                .unwrap()
                .get_size(),
            (0, 0)
        );
    }
}

#[wasm_bindgen_test]
fn measures_text_with_the_browser() {
    let backend = Canvas2d::new(&canvas(), (100.0, 100.0), 2.0).unwrap();
    let style = Text::new(12.0, BLACK);
    let width = |text: &str, style: &Text| backend.estimate_text_size(text, style).unwrap().0;
    assert_eq!(width("", &style), 0);
    assert!(
        (20..60).contains(&width("negative", &style)),
        "{}",
        width("negative", &style)
    );
    assert!(width("mmmm", &style) > width("iiii", &style));
    assert!(width("negative", &Text::new(24.0, BLACK)) > width("negative", &style));
    assert_eq!(
        width("negative", &style),
        width("negative", &style.upwards())
    );
    assert_eq!(backend.estimate_text_size("x", &style).unwrap().1, 12);
}

#[derive(Properties, PartialEq)]
struct HarnessProps {
    drawn: Rc<RefCell<Vec<(u32, u32)>>>,
    pointed: Callback<Option<Pointer>>,
    fails: bool,
}

/// A page with one chart, which renders twice.
#[component]
fn Harness(props: &HarnessProps) -> yew::Html {
    let renders = use_state(|| 0);
    {
        let renders = renders.clone();
        use_effect_with((), move |()| renders.set(1));
    }
    let draw = use_callback(
        (props.drawn.clone(), props.fails),
        |mut frame: Frame, (drawn, fails)| {
            drawn.borrow_mut().push(frame.canvas.get_size());
            frame
                .canvas
                .draw_rect((0, 0), (10, 10), &frame.theme.surface, true)?;
            if *fails {
                Err(CanvasError::from("out of paint"))
            } else {
                Ok(())
            }
        },
    );
    html! {
        <Chart name="harness" label={format!("Rendered {} times", *renders)} height={120} draw={draw}
            on_pointer={props.pointed.clone()} />
    }
}

async fn mount(
    fails: bool,
) -> (
    Element,
    Rc<RefCell<Vec<(u32, u32)>>>,
    Rc<RefCell<Vec<Option<Pointer>>>>,
) {
    let root = document().create_element("div").unwrap();
    root.set_attribute(
        "style",
        "position: fixed; left: 20px; top: 30px; width: 300px",
    )
    .unwrap();
    body().append_child(&root).unwrap();
    let (drawn, pointed) = (
        Rc::<RefCell<Vec<_>>>::default(),
        Rc::<RefCell<Vec<_>>>::default(),
    );
    let log = pointed.clone();
    let pointed_at = Callback::from(move |at| log.borrow_mut().push(at));
    let props = HarnessProps {
        drawn: drawn.clone(),
        pointed: pointed_at,
        fails,
    };
    Renderer::<Harness>::with_root_and_props(root.clone(), props).render();
    sleep(std::time::Duration::from_millis(120)).await;
    (root, drawn, pointed)
}

#[wasm_bindgen_test]
async fn the_component_draws_once_for_each_change() {
    let (root, drawn, pointed) = mount(false).await;
    let canvas: HtmlCanvasElement = root
        .query_selector("canvas[data-testid=chart-harness]")
        .unwrap()
        .unwrap()
        .dyn_into()
        .unwrap();
    assert_eq!(canvas.get_attribute("role").as_deref(), Some("img"));
    assert_eq!(
        canvas.get_attribute("aria-label").as_deref(),
        Some("Rendered 1 times")
    );
    assert_eq!(
        *drawn.borrow(),
        [(300, 120)],
        "rendering alone does not draw"
    );

    root.set_attribute(
        "style",
        "position: fixed; left: 20px; top: 30px; width: 200px",
    )
    .unwrap();
    sleep(std::time::Duration::from_millis(120)).await;
    assert_eq!(*drawn.borrow(), [(300, 120), (200, 120)]);

    let html = document().document_element().unwrap();
    html.set_attribute("data-theme", "dark").unwrap();
    sleep(std::time::Duration::from_millis(60)).await;
    assert_eq!(pixel(&canvas, 5.0, 5.0), solid(Theme::dark().surface));
    html.set_attribute("data-theme", "light").unwrap();
    sleep(std::time::Duration::from_millis(60)).await;
    assert_eq!(pixel(&canvas, 5.0, 5.0), solid(Theme::light().surface));
    html.remove_attribute("data-theme").unwrap();

    let send = |name: &str| {
        let event = PointerEventInit::new();
        event.set_bubbles(name != "pointerleave");
        event.set_client_x(70);
        event.set_client_y(50);
        event.set_pointer_type("mouse");
        let place = canvas.parent_element().unwrap();
        place
            .dispatch_event(&PointerEvent::new_with_event_init_dict(name, &event).unwrap())
            .unwrap();
    };
    send("pointermove");
    send("pointerleave");
    sleep(std::time::Duration::from_millis(30)).await;
    let at = Pointer {
        x: 50.0,
        y: 20.0,
        size: (200, 120),
    };
    assert_eq!(*pointed.borrow(), [Some(at), None]);
    root.remove();
}

#[wasm_bindgen_test]
async fn a_picture_that_fails_says_so() {
    let (root, _, _) = mount(true).await;
    assert!(
        root.text_content()
            .unwrap()
            .contains("could not be drawn: out of paint")
    );
    root.remove();
}
