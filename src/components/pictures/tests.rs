//! The component in a browser: keys, dragging, what it says, its table.

#![allow(clippy::unwrap_used, reason = "a failed helper is a failed test")]

use std::{cell::RefCell, ops::Range, rc::Rc, time::Duration};

use gloo::utils::{body, document};
use greenlight_charts::Stroke;
use greenlight_format::Told;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    Element, HtmlDetailsElement, KeyboardEvent, KeyboardEventInit, PointerEvent, PointerEventInit,
};
use yew::platform::time::sleep;
use yew::prelude::*;

use super::{Picture, SeriesData, SharedPicture, TimelineData};

wasm_bindgen_test_configure!(run_in_browser);

type Chosen = Option<Range<usize>>;
type Log = Rc<RefCell<Vec<Chosen>>>;

#[derive(Properties)]
struct HarnessProps {
    log: Log,
}

// Never made anew from outside.
impl PartialEq for HarnessProps {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

const DAY: i64 = 86_400_000;

/// A picture of ten days that keeps what was chosen, as a view does.
#[component]
fn Harness(props: &HarnessProps) -> Html {
    let chosen = use_state_eq(|| None::<Range<usize>>);
    let picture = use_memo((), |()| {
        SharedPicture::new(TimelineData {
            title: "Accuracy by day".to_owned(),
            axis: "Accuracy".to_owned(),
            window: "Day".to_owned(),
            names: (1..=10).map(|day| format!("day {day}")).collect(),
            times: Some((0..10).map(|day| (day * DAY, (day + 1) * DAY)).collect()),
            rows: vec![100; 10],
            series: vec![SeriesData {
                name: "accuracy".to_owned(),
                key: "accuracy".to_owned(),
                values: vec![0.9; 10],
                intervals: Vec::new(),
                told: Told::Exactly,
                stroke: Stroke::Main,
            }],
            hint: "Point at a day.".to_owned(),
            ..TimelineData::default()
        })
    });
    let on_choose = {
        let (log, chosen) = (Rc::clone(&props.log), chosen.setter());
        Callback::from(move |range: Chosen| {
            log.borrow_mut().push(range.clone());
            chosen.set(range);
        })
    };
    html! {
        <Picture name="days" picture={(*picture).clone()} chosen={(*chosen).clone()} on_choose={Some(on_choose)} />
    }
}

async fn pause() {
    sleep(Duration::from_millis(60)).await;
}

fn mount() -> (Element, Log) {
    let root = document().create_element("div").unwrap();
    let style = "position: fixed; left: 0; top: 0; width: 600px";
    root.set_attribute("style", style).unwrap();
    body().append_child(&root).unwrap();
    let log = Log::default();
    let props = HarnessProps {
        log: Rc::clone(&log),
    };
    yew::Renderer::<Harness>::with_root_and_props(root.clone(), props).render();
    (root, log)
}

fn find(root: &Element, selector: &str) -> Element {
    root.query_selector(selector).unwrap().unwrap()
}

async fn press(root: &Element, key: &str, shift: bool) {
    let event = KeyboardEventInit::new();
    event.set_bubbles(true);
    event.set_cancelable(true);
    event.set_key(key);
    event.set_shift_key(shift);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &event).unwrap();
    find(root, ".chart").dispatch_event(&event).unwrap();
    pause().await;
}

/// At so many pixels from the right edge of the picture.
async fn point(root: &Element, name: &str, from_right: i32) {
    let chart = find(root, ".chart").get_bounding_client_rect();
    let event = PointerEventInit::new();
    event.set_bubbles(true);
    event.set_client_x(chart.right() as i32 - from_right);
    event.set_client_y(chart.top() as i32 + 100);
    event.set_pointer_type("mouse");
    let event = PointerEvent::new_with_event_init_dict(name, &event).unwrap();
    find(root, ".chart").dispatch_event(&event).unwrap();
    pause().await;
}

fn said(root: &Element) -> String {
    find(root, "[data-testid=read-out-days]")
        .text_content()
        .unwrap()
}

#[wasm_bindgen_test]
async fn keys_walk_from_window_to_window_and_choose_a_range() {
    let (root, log) = mount();
    pause().await;
    assert_eq!(said(&root), "Point at a day.");
    press(&root, "ArrowRight", false).await;
    press(&root, "ArrowRight", false).await;
    assert!(
        said(&root).starts_with("day 2: accuracy 90.0"),
        "{}",
        said(&root)
    );
    press(&root, "ArrowRight", true).await;
    press(&root, "ArrowRight", true).await;
    press(&root, "ArrowLeft", true).await;
    assert_eq!(*log.borrow(), [Some(1..3), Some(1..4), Some(1..3)]);
    press(&root, "Escape", false).await;
    assert_eq!(log.borrow().last(), Some(&None));
    // There is nothing left to let go.
    press(&root, "Escape", false).await;
    assert_eq!(log.borrow().len(), 4);
    root.remove();
}

#[wasm_bindgen_test]
async fn dragging_chooses_a_range_and_its_ends_can_be_moved() {
    let (root, log) = mount();
    pause().await;
    let drag = async |from: i32, to: i32| {
        point(&root, "pointerdown", from).await;
        point(&root, "pointermove", (from + to) / 2).await;
        point(&root, "pointermove", to).await;
        point(&root, "pointerup", to).await;
    };
    // A click chooses nothing.
    drag(300, 299).await;
    assert!(log.borrow().is_empty());
    drag(10, 230).await;
    let chosen = log.borrow().last().cloned().flatten().unwrap();
    assert_eq!(chosen.end, 10);
    assert!((3..7).contains(&chosen.start), "{chosen:?}");
    // From the last end to the left: the first one stays.
    drag(18, 120).await;
    let moved = log.borrow().last().cloned().flatten().unwrap();
    assert_eq!(moved.start, chosen.start);
    assert!(moved.end < 10, "{moved:?}");
    root.remove();
}

#[wasm_bindgen_test]
async fn the_table_has_the_same_numbers() {
    let (root, _) = mount();
    pause().await;
    let details: HtmlDetailsElement = find(&root, "details").dyn_into().unwrap();
    details.set_open(true);
    pause().await;
    let table = find(&root, "[data-testid=table-days]");
    assert_eq!(table.query_selector_all("tbody tr").unwrap().length(), 10);
    root.remove();
}
