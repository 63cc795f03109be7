//! What a picture depends on besides its data: the room it has, the screen's pixels, light or dark.

use gloo::{
    events::EventListener,
    utils::{document, window},
};
use greenlight_charts::Theme;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    Element, MutationObserver, MutationObserverInit, ResizeObserver, ResizeObserverEntry,
};
use yew::prelude::*;

const DARK: &str = "(prefers-color-scheme: dark)";
const PRINT: &str = "print";
const LESS_MOTION: &str = "(prefers-reduced-motion: reduce)";

/// The size of an element in CSS pixels, as it changes; (0, 0) until it is laid out.
#[hook]
pub fn use_size(node: &NodeRef) -> (f64, f64) {
    let size = use_state_eq(|| (0.0, 0.0));
    let setter = size.setter();
    use_effect_with(node.clone(), move |node| {
        let resized = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            // The last entry is the newest.
            if let Ok(entry) = entries.pop().dyn_into::<ResizeObserverEntry>() {
                let room = entry.content_rect();
                setter.set((room.width(), room.height()));
            }
        });
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, node.cast::<Element>()) {
            observer.observe(&element);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(resized);
        }
    });
    *size
}

/// Device pixels per CSS pixel, as it changes with zoom and from screen to screen.
#[hook]
pub fn use_pixel_ratio() -> f64 {
    let ratio = use_state_eq(|| window().device_pixel_ratio());
    let setter = ratio.setter();
    use_effect_with(*ratio, move |ratio| {
        let query = format!("(resolution: {ratio}dppx)");
        let listener = listen_to_media(&query, move || setter.set(window().device_pixel_ratio()));
        move || drop(listener)
    });
    *ratio
}

/// The colours for light or dark: what `data-theme` on the document's root says, else what the system prefers; light on
/// paper.
#[hook]
pub fn use_theme() -> Theme {
    let dark = use_state_eq(is_dark);
    let setter = dark.setter();
    use_effect_with((), move |()| {
        let preferred = {
            let setter = setter.clone();
            [DARK, PRINT].map(|query| {
                let setter = setter.clone();
                listen_to_media(query, move || setter.set(is_dark()))
            })
        };
        let chosen = Closure::<dyn Fn()>::new(move || setter.set(is_dark()));
        let observer = MutationObserver::new(chosen.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(root)) = (&observer, document().document_element()) {
            let watched = MutationObserverInit::new();
            watched.set_attributes(true);
            watched.set_attribute_filter(&js_sys::Array::of1(&"data-theme".into()));
            // Fails only for options that contradict each other.
            let _ = observer.observe_with_options(&root, &watched);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop((preferred, chosen));
        }
    });
    if *dark { Theme::dark() } else { Theme::light() }
}

/// Whether the system asks for less motion.
#[hook]
pub fn use_less_motion() -> bool {
    let less = use_state_eq(|| matches_media(LESS_MOTION));
    let setter = less.setter();
    use_effect_with((), move |()| {
        let listener = listen_to_media(LESS_MOTION, move || setter.set(matches_media(LESS_MOTION)));
        move || drop(listener)
    });
    *less
}

fn is_dark() -> bool {
    if matches_media(PRINT) {
        return false;
    }
    let chosen = document()
        .document_element()
        .and_then(|root| root.get_attribute("data-theme"));
    match chosen.as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => matches_media(DARK),
    }
}

fn matches_media(query: &str) -> bool {
    let query = window().match_media(query).ok().flatten();
    query.is_some_and(|query| query.matches())
}

fn listen_to_media(query: &str, changed: impl Fn() + 'static) -> Option<EventListener> {
    let query = window().match_media(query).ok().flatten()?;
    Some(EventListener::new(&query, "change", move |_| changed()))
}
