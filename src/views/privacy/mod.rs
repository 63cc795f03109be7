//! What the page does with what one brings, what it asks of the network, and what it keeps: in plain words, with ways to
//! check them.

mod kept;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::components::table_download;
use crate::loader::{self, Reach};
use kept::{Kept, forget, kept};

/// How forgetting went.
#[derive(Clone, PartialEq)]
enum Forgotten {
    NotYet,
    Everything,
    Not(String),
}

/// What the page does with what one brings, and what it keeps.
#[component]
pub fn PrivacyView() -> Html {
    let all = use_state_eq(|| None::<Vec<Kept>>);
    let forgotten = use_state_eq(|| Forgotten::NotYet);
    let look = {
        let all = all.setter();
        use_callback((), move |(), ()| {
            let all = all.clone();
            spawn_local(async move { all.set(Some(kept().await)) });
        })
    };
    {
        let look = look.clone();
        use_effect_with((), move |()| look.emit(()));
    }
    let onclick = {
        let (forgotten, look) = (forgotten.setter(), look.clone());
        Callback::from(move |_: MouseEvent| {
            let (forgotten, look) = (forgotten.clone(), look.clone());
            spawn_local(async move {
                forgotten.set(match forget().await {
                    Ok(()) => Forgotten::Everything,
                    Err(why) => Forgotten::Not(why),
                });
                look.emit(());
            });
        })
    };
    html! {
        <section class="view privacy-note" data-testid="privacy">
            <h1>{ "What you bring stays in this tab" }</h1>
            <p class="lead">
                { "Your file is read on this device, by this page. There is no account, no cookie and no counting of visits, and \
                   nothing to which your data could be sent." }
            </p>
            <h2>{ "What this page asks of the network" }</h2>
            <ul class="points">
                { for asks().into_iter().map(|text| html! { <li>{ text }</li> }) }
            </ul>
            <h2>{ "How to check that" }</h2>
            <ul class="points">
                <li>{ "Open the browser’s developer tools, choose the network tab, and use the page: after it has loaded, you see requests for its own files at most." }</li>
                <li>{ "Or cut the connection once the page has loaded, and open your file then." }</li>
                <li>{ "The page’s source begins with a content security policy. The browser itself holds the page to it: " }<code>{ connects() }</code></li>
            </ul>
            <h2 id="kept">{ "What is kept in this browser" }</h2>
            { for all.as_ref().map(|all| table(all)) }
            <p>
                <button type="button" data-testid="forget-everything" {onclick}>{ "Forget everything" }</button>
            </p>
            <p role="status" data-testid="forgotten-everything">
                { match &*forgotten {
                    Forgotten::NotYet => String::new(),
                    Forgotten::Everything =>
                        "Everything is forgotten: nothing of this page is kept in this browser. What is on screen stays \
                         until you close the tab.".to_owned(),
                    Forgotten::Not(why) => why.clone(),
                } }
            </p>
        </section>
    }
}

/// What this very page asks for.
fn asks() -> Vec<&'static str> {
    match loader::reach() {
        Reach::Nothing => vec!["Nothing: the page is one file, with all of it inside."],
        Reach::Host => vec![
            "Its own files, from the host that it came from: the page, its parts, and a sample where you choose one.",
            "Data or a policy on that host, where the link that opened the page names them.",
            "Never anything from another host. Requests carry nothing of your data, neither in their address nor beside it.",
        ],
        Reach::Https => vec![
            "Its own files, from the host that it came from: the page, its parts, and a sample where you choose one.",
            "Data or a policy on other hosts, where the link that opened the page names them and you have said yes.",
            "Requests carry nothing of your data, neither in their address nor beside it.",
        ],
    }
}

/// The part of the policy that says where the page may connect to.
fn connects() -> &'static str {
    match loader::reach() {
        Reach::Nothing => "default-src 'none'",
        Reach::Host => "connect-src 'self'",
        Reach::Https => "connect-src 'self' https: http://localhost:*",
    }
}

fn table(all: &[Kept]) -> Html {
    if all.is_empty() {
        return html! {
            <p data-testid="kept-nothing">{ "Nothing. Policies of your own and the checklist would be, once you change them." }</p>
        };
    }
    html! {
        <>
        <div class="scroll"><table class="table" data-testid="table-kept">
            <caption>{ "None of your data is among it" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "What" }</th>
                    <th scope="col">{ "Under the name" }</th>
                    <th scope="col" class="number">{ "Size" }</th>
                </tr>
            </thead>
            <tbody>
                { for all.iter().map(|kept| html! {
                    <tr key={kept.key.clone()} data-key={kept.key.clone()}>
                        <td>{ &kept.what }</td>
                        <td><code>{ &kept.key }</code></td>
                        <td class="number">{ &kept.size }</td>
                    </tr>
                }) }
            </tbody>
        </table></div>
        { table_download("kept", "What this browser keeps") }
        </>
    }
}
