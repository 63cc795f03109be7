//! How far the engine's second look at the rows has come.

use greenlight_format::count;
use yew::prelude::*;

use crate::engine::client::{Client, Looked};

/// The properties of [`SecondLook`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Who looks.
    pub engine: Client,
}

/// Says in the bar at the top that the engine still looks, and how far it is.
#[component]
pub fn SecondLook(Props { engine }: &Props) -> Html {
    let looked = use_looked(engine);
    html! {
        <li class="looking-on" data-testid="second-look">
            <span role="status">{ "Looking closer…" }</span>
            // Numbers that change all the time are not read aloud.
            if let Some(looked) = looked {
                <span aria-hidden="true">{ " " }{ looked_in_words(looked) }</span>
            }
        </li>
    }
}

/// How far the engine has come with its second look; nothing before it has told.
#[hook]
pub fn use_looked(engine: &Client) -> Option<Looked> {
    let looked = use_state_eq(|| None::<Looked>);
    {
        let (engine, looked) = (engine.clone(), looked.setter());
        use_effect_with((), move |()| {
            let watch = engine.watch_examining(Callback::from(move |news| looked.set(Some(news))));
            move || drop(watch)
        });
    }
    *looked
}

/// Where features are read again because they do not fit in memory, which takes longest, that is said.
pub fn looked_in_words(Looked { done, of, features }: Looked) -> String {
    match features {
        None => format!("{done} of {of}"),
        Some((first, last, of)) => format!(
            "reading features {}–{} of {} again",
            count(first as u64),
            count(last as u64),
            count(of as u64)
        ),
    }
}
