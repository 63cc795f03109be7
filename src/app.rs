//! The shell of the page: the state, the engine, and which view is on screen.

use std::rc::Rc;

use greenlight_readiness::{Choices, Policy};
use web_sys::File;
use yew::prelude::*;

use crate::components::{Header, Navigation, StatusLine};
use crate::engine::client::Client;
use crate::engine::protocol::Answer;
use crate::hooks::{FileDrop, use_files, use_hash};
use crate::marks::{self, mark};
use crate::session::{Action, Session};
use crate::views::{ConfusionView, FirstScreen, LoadView, VerdictView, View};

/// The state and what can be asked of it; every view gets it.
#[derive(Clone, PartialEq)]
pub struct Context {
    /// What the page knows.
    pub session: Rc<Session>,
    /// Reads a file.
    pub open: Callback<File>,
    /// Shows a message where a file could not even be had.
    pub fail: Callback<String>,
    /// Stops reading.
    pub cancel: Callback<()>,
    /// Settles something about the table.
    pub choose: Callback<Choices>,
    /// Judges by another policy.
    pub judge: Callback<Rc<Policy>>,
    /// Puts a message away.
    pub dismiss: Callback<()>,
}

/// The whole page.
#[component]
pub fn App() -> Html {
    let context = use_context_of_page();
    let dropping = use_files(context.open.clone());
    let view = View::of_hash(&use_hash());
    use_effect_with((), |()| marks::mark_painted(marks::FIRST_SCREEN));
    use_effect_with(view, |_| {
        gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0)
    });

    let session = &context.session;
    let class = classes!(
        "page",
        (dropping == FileDrop::Hovering).then_some("dropping")
    );
    let body = match (&session.loaded, session.table()) {
        (None, None) => html! { <FirstScreen context={context.clone()} /> },
        (None, Some(_)) => html! { <LoadView context={context.clone()} /> },
        (Some(loaded), _) => match view {
            View::Load => html! { <LoadView context={context.clone()} /> },
            View::Verdict => html! { <VerdictView context={context.clone()} loaded={loaded} /> },
            View::Confusion => html! { <ConfusionView loaded={loaded} /> },
        },
    };
    html! {
        <div {class}>
            <a class="skip" href="#main">{ "Skip to the content" }</a>
            <Header session={context.session.clone()} />
            if session.loaded.is_some() {
                <Navigation current={view} />
            }
            <main id="main" tabindex="-1">
                <StatusLine context={context.clone()} />
                { body }
            </main>
        </div>
    }
}

/// The reducer and the engine, tied together.
#[hook]
fn use_context_of_page() -> Context {
    let session = use_reducer(Session::default);
    let client = {
        let dispatcher = session.dispatcher();
        use_memo((), move |()| {
            Client::start(Callback::from(move |answer: Answer| {
                if matches!(answer, Answer::Profiled { .. }) {
                    mark(marks::PROFILE_RECEIVED);
                }
                dispatcher.dispatch(Action::Answer(answer));
            }))
        })
    };
    let dispatcher = session.dispatcher();
    let callbacks = use_memo((), move |()| {
        let to = |action: fn() -> Action| {
            let dispatcher = dispatcher.clone();
            move || dispatcher.dispatch(action())
        };
        let (cancelled, dismissed) = (to(|| Action::Cancel), to(|| Action::DismissFailure));
        Callbacks {
            open: {
                let (client, dispatcher) = (Rc::clone(&client), dispatcher.clone());
                Callback::from(move |file: File| {
                    mark(marks::FILE_CHOSEN);
                    let bytes = file.size() as u64;
                    dispatcher.dispatch(Action::Open {
                        name: file.name(),
                        bytes,
                    });
                    client.open(&file, Choices::default());
                })
            },
            fail: {
                let dispatcher = dispatcher.clone();
                Callback::from(move |message| {
                    let failed = Answer::Failed {
                        id: 0,
                        message,
                        table: None,
                    };
                    dispatcher.dispatch(Action::Answer(failed));
                })
            },
            cancel: {
                let client = Rc::clone(&client);
                Callback::from(move |()| {
                    client.cancel();
                    cancelled();
                })
            },
            choose: {
                let (client, dispatcher) = (Rc::clone(&client), dispatcher.clone());
                Callback::from(move |choices: Choices| {
                    dispatcher.dispatch(Action::Choose(choices.clone()));
                    client.profile(choices);
                })
            },
            judge: {
                let dispatcher = dispatcher.clone();
                Callback::from(move |policy| dispatcher.dispatch(Action::Judge(policy)))
            },
            dismiss: {
                let client = Rc::clone(&client);
                Callback::from(move |()| {
                    client.cancel();
                    dismissed();
                })
            },
        }
    });
    let Callbacks {
        open,
        fail,
        cancel,
        choose,
        judge,
        dismiss,
    } = (*callbacks).clone();
    Context {
        session: Rc::new((*session).clone()),
        open,
        fail,
        cancel,
        choose,
        judge,
        dismiss,
    }
}

#[derive(Clone)]
struct Callbacks {
    open: Callback<File>,
    fail: Callback<String>,
    cancel: Callback<()>,
    choose: Callback<Choices>,
    judge: Callback<Rc<Policy>>,
    dismiss: Callback<()>,
}
