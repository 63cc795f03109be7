//! The state, the engine, and what can be asked of the two.

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use greenlight_readiness::{Choices, Policy};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::engine::client::Client;
use crate::engine::protocol::Answer;
use crate::entrance;
use crate::hooks::{
    current_hash, session_with_stored, use_demands, use_exact_counts, use_examination,
    use_row_watch, use_stored_policies,
};
use crate::import;
use crate::input::{Input, Turn};
use crate::loader;
use crate::marks::{self, mark};
use crate::session::{Action, Progress, Session};
use crate::views::View;

/// The state and what can be asked of it; every view gets it.
#[derive(Clone, PartialEq)]
pub struct Context {
    /// What the page knows.
    pub session: Rc<Session>,
    /// Reads what a person brings.
    pub open: Callback<Input>,
    /// Shows a message where there is nothing that could be read.
    pub fail: Callback<String>,
    /// Stops reading.
    pub cancel: Callback<()>,
    /// Settles something about the table.
    pub choose: Callback<Choices>,
    /// Judges by another policy.
    pub judge: Callback<Rc<Policy>>,
    /// Puts a message away.
    pub dismiss: Callback<()>,
    /// What needs no one but the page: moving the threshold, letting go of it, going back and forth.
    pub act: Callback<Action>,
    /// Whom to ask for single rows, and for the best thresholds.
    pub engine: Client,
}

impl Context {
    /// Looks at these windows of time alone, at once and then with all their rows; `None` is all rows again.
    pub fn select(&self, windows: Option<Range<usize>>) {
        if let Some(choices) = self.session.choices_within(windows.clone()) {
            self.act.emit(Action::Select(windows));
            if !self.session.is_shared() {
                self.engine.profile(choices);
            }
        }
    }

    /// [`select`](Self::select) for a picture of windows.
    pub fn selecting(&self) -> Callback<Option<Range<usize>>> {
        let context = self.clone();
        Callback::from(move |windows| context.select(windows))
    }
}

/// The reducer and the engine, tied together.
#[hook]
pub fn use_context_of_page() -> Context {
    let session = use_reducer(session_with_stored);
    use_stored_policies(&session);
    let client = {
        let dispatcher = session.dispatcher();
        use_memo((), move |()| {
            // A report that someone shared has no rows to ask about.
            let is_needed = View::report_of_address(&current_hash()).is_none();
            Client::start(
                is_needed,
                Callback::from(move |answer: Answer| {
                    if matches!(answer, Answer::Profiled { .. }) {
                        mark(marks::PROFILE_RECEIVED);
                    }
                    dispatcher.dispatch(match answer {
                        Answer::Progress { bytes, rows, .. } => Action::Progress(Progress {
                            bytes,
                            rows,
                            at_ms: marks::now_ms(),
                        }),
                        answer => Action::Answer(answer),
                    });
                }),
            )
        })
    };
    let engine = (*client).clone();
    use_exact_counts(&session, engine.clone());
    use_demands(&session, engine.clone());
    use_examination(&session, engine.clone());
    use_row_watch(&session, engine.clone());
    let act = {
        let dispatcher = session.dispatcher();
        use_callback((), move |action: Action, ()| dispatcher.dispatch(action))
    };
    let dispatcher = session.dispatcher();
    let callbacks = use_memo((), move |()| {
        let to = |action: fn() -> Action| {
            let dispatcher = dispatcher.clone();
            move || dispatcher.dispatch(action())
        };
        let (cancelled, dismissed) = (to(|| Action::Cancel), to(|| Action::DismissFailure));
        // Which input is the latest: a look at one takes a moment.
        let turn = Rc::new(Cell::new(0_u32));
        let read = {
            let (client, dispatcher) = (Rc::clone(&client), dispatcher.clone());
            let turn = Rc::clone(&turn);
            Callback::from(move |input: Input| {
                turn.set(turn.get() + 1);
                Turn::next();
                if let Input::Shared(text) = &input {
                    let opened = opened(text);
                    // A link that cannot be read leaves what is on screen there, and what is still to be known of it to come.
                    if matches!(opened, Action::Show(..)) {
                        client.leave();
                    }
                    dispatcher.dispatch(opened);
                    return;
                }
                let (name, bytes) = (input.name(), input.bytes());
                dispatcher.dispatch(Action::Open { name, bytes });
                if !import::may_be_a_report(&input) {
                    client.open(&input, Choices::default());
                    return;
                }
                let (client, dispatcher) = (Rc::clone(&client), dispatcher.clone());
                let (turn, mine) = (Rc::clone(&turn), turn.get());
                spawn_local(async move {
                    let found = import::report_in(&input).await;
                    // Something else was brought meanwhile, or it was stopped.
                    if turn.get() != mine {
                        return;
                    }
                    match found {
                        Ok(None) => {
                            client.open(&input, Choices::default());
                        }
                        // In the address a file's report would be too long.
                        Ok(Some(report)) => {
                            client.leave();
                            dispatcher.dispatch(Action::Show(Box::new(report), None))
                        }
                        Err(message) => dispatcher.dispatch(failed(message)),
                    }
                });
            })
        };
        Callbacks {
            open: read.reform(|input| {
                mark(marks::FILE_CHOSEN);
                input
            }),
            read,
            fail: {
                let dispatcher = dispatcher.clone();
                Callback::from(move |message| dispatcher.dispatch(Action::Fail(message)))
            },
            cancel: {
                let client = Rc::clone(&client);
                Callback::from(move |()| {
                    turn.set(turn.get() + 1);
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
    let read = callbacks.read.clone();
    let policy_of_page = judge_of_page(session.dispatcher());
    use_effect_with((), move |()| {
        policy_of_page();
        // The entrance has marked when they were chosen.
        let listener = entrance::listen_for_input(read);
        move || drop(listener)
    });
    let Callbacks {
        open,
        fail,
        cancel,
        choose,
        judge,
        dismiss,
        ..
    } = (*callbacks).clone();
    // It would end the reading, for data that are about to go.
    let choose = match session.loading {
        None => choose,
        Some(_) => act.reform(|_: Choices| {
            Action::Warn("nothing was changed, since another file is being read: choose again once that is done".to_owned())
        }),
    };
    Context {
        session: Rc::new((*session).clone()),
        open,
        fail,
        cancel,
        choose,
        judge,
        dismiss,
        act,
        engine,
    }
}

/// Where the page was saved with rows, the policy that it was saved with judges them.
fn judge_of_page(dispatcher: UseReducerDispatcher<Session>) -> impl Fn() {
    move || {
        let Some(payload) = loader::report().filter(|_| loader::has_rows()) else {
            return;
        };
        match greenlight_link::decode(&payload) {
            Ok(report) => dispatcher.dispatch(Action::Judge(Rc::new(report.policy))),
            Err(error) => dispatcher.dispatch(Action::Warn(format!(
                "the policy that this page was saved with cannot be read, so its rows are judged by the usual one: {error}"
            ))),
        }
    }
}

/// The report that a text of an address holds, put on screen; or why there is none.
fn opened(text: &str) -> Action {
    match greenlight_link::decode(text) {
        Ok(report) => Action::Show(Box::new(report), Some(Rc::from(text))),
        Err(error) => failed(error.to_string()),
    }
}

fn failed(message: String) -> Action {
    Action::Answer(Answer::Failed {
        id: 0,
        message,
        table: None,
    })
}

#[derive(Clone)]
struct Callbacks {
    /// Reads what the entrance has marked as chosen.
    read: Callback<Input>,
    open: Callback<Input>,
    fail: Callback<String>,
    cancel: Callback<()>,
    choose: Callback<Choices>,
    judge: Callback<Rc<Policy>>,
    dismiss: Callback<()>,
}
