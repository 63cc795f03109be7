//! How far the search for weak groups has come.

use yew::prelude::*;

use crate::engine::client::Client;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub engine: Client,
}

/// Stands in the place of the finding while the engine looks.
#[component]
pub fn Looking(Props { engine }: &Props) -> Html {
    let steps = use_state_eq(|| None::<(usize, usize)>);
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
                    max={steps.map(|(_, of)| of.to_string())}
                    value={steps.map(|(done, _)| done.to_string())}
                />
                <span>
                    { steps.map_or_else(String::new, |(done, of)| format!("{done} of {of}")) }
                </span>
            </p>
        </>
    }
}
