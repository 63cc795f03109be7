//! How far the search for weak groups has come.

use yew::prelude::*;

use crate::components::{looked_in_words, use_looked};
use crate::engine::client::Client;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub engine: Client,
}

/// Stands in the place of the finding while the engine looks.
#[component]
pub fn Looking(Props { engine }: &Props) -> Html {
    let looked = use_looked(engine);
    html! {
        <>
            <h1>{ "Looking for weak groups…" }</h1>
            <p class="lead looking" data-testid="looking">
                <progress
                    aria-label="Looking for weak groups"
                    max={looked.map(|looked| looked.of.to_string())}
                    value={looked.map(|looked| looked.done.to_string())}
                />
                <span>{ looked.map_or_else(String::new, looked_in_words) }</span>
            </p>
        </>
    }
}
