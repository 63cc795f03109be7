//! The way between views.

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
            <ul>{ for View::ALL.into_iter().map(link) }</ul>
        </nav>
    }
}
