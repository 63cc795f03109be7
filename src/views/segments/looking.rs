//! How far the search for weak groups has come.

use greenlight_format::count;
use yew::prelude::*;

use crate::engine::client::{Client, Looked};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub engine: Client,
}

/// Stands in the place of the finding while the engine looks.
#[component]
pub fn Looking(Props { engine }: &Props) -> Html {
    let steps = use_state_eq(|| None::<Looked>);
    {
        let (engine, steps) = (engine.clone(), steps.setter());
        use_effect_with((), move |()| {
            engine.on_examining(Some(Callback::from(move |news| steps.set(Some(news)))));
            move || engine.on_examining(None)
        });
    }
    html! {
        <>
            <h1>{ "Looking for weak groups…" }</h1>
            <p class="lead looking" data-testid="looking">
                <progress
                    aria-label="Looking for weak groups"
                    max={steps.map(|steps| steps.of.to_string())}
                    value={steps.map(|steps| steps.done.to_string())}
                />
                <span>{ steps.map_or_else(String::new, told) }</span>
            </p>
        </>
    }
}

/// Where features are read again because they do not fit in memory, which takes longest, that is said.
fn told(Looked { done, of, features }: Looked) -> String {
    match features {
        None => format!("{done} of {of}"),
        Some((first, last, of)) => format!(
            "reading features {}–{} of {} again: they do not fit in memory",
            count(first as u64),
            count(last as u64),
            count(of as u64)
        ),
    }
}
