//! The way between views.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::views::View;

/// The properties of [`Navigation`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The view on screen.
    pub current: View,
}

/// Links to every view; a bar at the foot of a phone.
#[component]
pub fn Navigation(Props { current }: &Props) -> Html {
    let place = use_node_ref();
    use_effect_with((place.clone(), *current), |(place, _)| show_current(place));
    let link = |view: View| {
        let here = (view == *current).then_some("page");
        html! {
            <li key={view.name()}>
                <a
                    href={view.address()}
                    aria-current={here}
                    data-testid={format!("nav-{}", view.name())}
                >
                    { view.title() }
                </a>
            </li>
        }
    };
    html! {
        <nav class="navigation" aria-label="Views">
            <ul ref={place}>{ for View::ALL.into_iter().map(link) }</ul>
        </nav>
    }
}

/// On a phone not all views have room beside each other: brings the one on screen into sight.
fn show_current(place: &NodeRef) {
    let Some(list) = place.cast::<HtmlElement>() else {
        return;
    };
    let link = list.query_selector("[aria-current]").ok().flatten();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let around = list.client_width() - link.offset_width();
        list.set_scroll_left(link.offset_left() - around / 2);
    }
}
