//! The first screen, in a module of its own: small, so that it stands at once.
//!
//! The first input opens the *workbench*, the module with the engine's client and all views, and is
//! handed to it. From then on the page is the workbench's: the entrance is taken down.

use std::cell::RefCell;

use gloo::events::EventListener;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::components::{Brand, Failing, StatusLine};
use crate::hooks::{FileDrop, use_files, use_hash};
use crate::input::{Input, Turn};
use crate::loader;
use crate::marks::{self, mark};
use crate::remote;
use crate::session::{Loading, Status};
use crate::views::{FirstScreen, View};

/// What is said where the workbench cannot be had.
const NOT_LOADED: &str =
    "a part of the page could not be loaded; check the connection and try again";
/// Where the latest input waits, on the page's window, for the workbench to take it; also the event that says so.
const HANDED_OVER: &str = "greenlightInput";

thread_local! {
    /// The entrance as long as it stands.
    static ENTRANCE: RefCell<Option<yew::AppHandle<Entrance>>> = const { RefCell::new(None) };
}

/// Puts the first screen on the page.
pub fn mount() {
    if let Some(place) = gloo::utils::document().get_element_by_id("entrance") {
        let entrance = yew::Renderer::<Entrance>::with_root(place).render();
        ENTRANCE.set(Some(entrance));
    }
}

/// Calls `on_input` with each input that the entrance hands over, for as long as the listener lives.
pub fn listen_for_input(on_input: Callback<Input>) -> EventListener {
    let hand_on = move || {
        if let Some(input) = take_input() {
            on_input.emit(input);
        }
    };
    let listener = {
        let hand_on = hand_on.clone();
        EventListener::new(&gloo::utils::window(), HANDED_OVER, move |_| hand_on())
    };
    // One that was handed over before anyone listened.
    hand_on();
    listener
}

fn take_input() -> Option<Input> {
    let window = gloo::utils::window();
    let input = Reflect::get(&window, &HANDED_OVER.into()).ok()?;
    // Once taken it must not be taken again; deleting a plain key cannot fail.
    let _ = Reflect::delete_property(&window, &HANDED_OVER.into());
    Input::of_js(&input)
}

/// The first screen, with what is going on above it.
#[component]
fn Entrance() -> Html {
    let hash = use_hash();
    let opening = use_state_eq(|| None::<Loading>);
    let failure = use_state_eq(|| None::<AttrValue>);
    use_effect_with((), |()| marks::mark_painted(marks::FIRST_SCREEN));
    let fail = {
        let failure = failure.setter();
        Callback::from(move |message: String| failure.set(Some(message.into())))
    };
    let open = {
        let (opening, fail, failure) = (opening.setter(), fail.clone(), failure.setter());
        use_callback((), move |input: Input, ()| {
            mark(marks::FILE_CHOSEN);
            Turn::next();
            failure.set(None);
            opening.set(Some(Loading::of(&input.name(), input.bytes())));
            let (opening, fail) = (opening.clone(), fail.clone());
            spawn_local(async move {
                if hand_over(&input).await.is_err() {
                    opening.set(None);
                    fail.emit(NOT_LOADED.to_owned());
                }
            });
        })
    };
    use_what_needs_no_one(&hash, open.clone(), fail.clone());
    let dropping = use_files(open.clone()) == FileDrop::Hovering;
    let status = match (&*opening, &*failure) {
        (Some(_), _) => Status::Loading,
        (None, Some(_)) => Status::Failed,
        (None, None) => Status::Empty,
    };
    let failing = failure.as_ref().map(|message| Failing {
        message: message.clone(),
        beside: None,
    });
    let dismiss = {
        let failure = failure.setter();
        Callback::from(move |()| failure.set(None))
    };
    html! {
        <div class={classes!("page", dropping.then_some("dropping"))}>
            <a class="skip" href="#main">{ "Skip to the content" }</a>
            <header class="header"><Brand /></header>
            <main id="main" tabindex="-1">
                <StatusLine {status} loading={(*opening).clone()} {failing} on_dismiss={dismiss} />
                if View::of_address(&hash).is_some_and(|view| view != View::Privacy)
                    && View::report_of_address(&hash).is_none()
                {
                    <p class="forgotten" data-testid="forgotten">
                        { "Nothing is stored, so a reload forgets the file: choose it again to see this view." }
                    </p>
                }
                <FirstScreen {open} {fail} />
            </main>
        </div>
    }
}

/// Opens what no one has to bring: a report that its address or the page holds, files that were saved with the page, data that its address names, and the view that
/// shows what is kept here.
#[hook]
fn use_what_needs_no_one(hash: &str, open: Callback<Input>, fail: Callback<String>) {
    {
        let open = open.clone();
        let report = View::report_of_address(hash).map(str::to_owned);
        let saved = || loader::report().filter(|_| !loader::has_rows());
        use_effect_with(report.or_else(saved), move |report| {
            if let Some(report) = report {
                open.emit(Input::Shared(report.clone()));
            }
        });
    }
    {
        let fail = fail.clone();
        use_effect_with((), move |()| {
            spawn_local(async move {
                match loader::rows().await {
                    Ok(Some(files)) => open.emit(Input::Files(files)),
                    Ok(None) => {}
                    Err(_) => fail.emit(
                        "the files in this page are damaged: open one that is complete".to_owned(),
                    ),
                }
            });
        });
    }
    let is_workbench_asked = View::of_address(hash) == Some(View::Privacy) || remote::is_asked();
    use_effect_with(is_workbench_asked, move |&is_asked| {
        if is_asked {
            spawn_local(async move {
                if leave().await.is_err() {
                    fail.emit(NOT_LOADED.to_owned());
                }
            });
        }
    });
}

/// Leaves the page to the workbench, which takes the input.
async fn hand_over(input: &Input) -> Result<(), JsValue> {
    let window = gloo::utils::window();
    Reflect::set(&window, &HANDED_OVER.into(), &input.to_js())?;
    window.dispatch_event(&Event::new(HANDED_OVER)?)?;
    leave().await
}

/// Loads the workbench, and leaves the page to it.
async fn leave() -> Result<(), JsValue> {
    loader::workbench().await?;
    if let Some(entrance) = ENTRANCE.take() {
        entrance.destroy();
    }
    Ok(())
}
