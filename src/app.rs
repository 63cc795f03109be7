//! The workbench: the state, the engine, and which view is on screen.

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use greenlight_readiness::{Choices, Policy};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::components::{Failing, Header, Navigation, StatusLine, shared_line};
use crate::engine::client::Client;
use crate::engine::protocol::{Answer, TableSummary};
use crate::entrance;
use crate::hooks::{
    FileDrop, current_hash, session_with_stored, use_address, use_files, use_hash,
    use_kept_checklist, use_stored_policies,
};
use crate::import;
use crate::input::{Input, Turn};
use crate::loader;
use crate::marks::{self, mark};
use crate::remote::RemoteData;
use crate::session::{Action, Progress, Session, Status};
use crate::views::{
    CalibrationView, CompareView, ConfusionView, DriftView, FirstScreen, LatencyView, LoadView,
    MonitoringView, PolicyView, PrivacyView, SegmentsView, ShareView, StabilityView, ThresholdView,
    VerdictView, View, checklist_view,
};

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

/// Puts the workbench on the page, and opens the file that the entrance has handed over.
pub fn mount() {
    if let Some(place) = gloo::utils::document().get_element_by_id("workbench") {
        yew::Renderer::<App>::with_root(place).render();
    }
}

/// The whole page from the first file on.
#[component]
pub fn App() -> Html {
    let context = use_context_of_page();

    let dropping = use_files(context.open.clone());
    let hash = use_hash();
    let view = View::of_hash(&hash);
    use_focus_on_part(View::path_of_address(&hash).to_owned());
    use_address(&context);
    use_kept_checklist(&context.session, context.act.clone());

    use_verdict_after_load(&context.session, view);
    use_title(&context.session);
    let place = use_node_ref();
    use_effect_with(place.clone(), |place| {
        // The entrance had the focus, and is gone.
        if let Some(main) = place.cast::<HtmlElement>() {
            let _ = main.focus();
            // It still stands above; the page begins at its top.
            gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });

    let session = &context.session;
    let class = classes!(
        "page",
        (dropping == FileDrop::Hovering).then_some("dropping")
    );
    let body = match (&session.loaded, session.table()) {
        _ if view == View::Privacy => html! { <PrivacyView /> },
        (None, None) => {
            let Context { open, fail, .. } = context.clone();
            html! { <FirstScreen {open} {fail} /> }
        }
        (None, Some(_)) => html! { <LoadView context={context.clone()} /> },
        (Some(loaded), _) => match view {
            View::Load => html! { <LoadView context={context.clone()} /> },
            View::Verdict => html! { <VerdictView context={context.clone()} loaded={loaded} /> },
            View::Confusion => {
                html! { <ConfusionView context={context.clone()} loaded={loaded} /> }
            }
            View::Calibration => {
                html! { <CalibrationView context={context.clone()} loaded={loaded} /> }
            }
            View::Latency => {
                html! { <LatencyView context={context.clone()} loaded={loaded} /> }
            }
            View::Stability => {
                html! { <StabilityView context={context.clone()} loaded={loaded} /> }
            }
            View::Drift => html! { <DriftView context={context.clone()} loaded={loaded} /> },
            View::Segments => {
                html! { <SegmentsView context={context.clone()} loaded={loaded} /> }
            }
            View::Monitoring => {
                html! { <MonitoringView context={context.clone()} loaded={loaded} /> }
            }
            View::Policy => html! { <PolicyView context={context.clone()} loaded={loaded} /> },
            View::Checklist => checklist_view(&context),
            View::Share => html! { <ShareView context={context.clone()} loaded={loaded} /> },
            View::Compare => html! { <CompareView context={context.clone()} loaded={loaded} /> },
            View::Privacy => Html::default(),
            View::Threshold => {
                html! { <ThresholdView context={context.clone()} loaded={loaded} /> }
            }
        },
    };
    html! {
        <div {class}>
            <a class="skip" href="#main">{ "Skip to the content" }</a>
            <Header context={context.clone()} />
            if session.loaded.is_some() {
                <Navigation current={view} />
            }
            <main id="main" tabindex="-1" ref={place}>
                <RemoteData context={context.clone()} />
                { status_line(&context) }
                if let Some(loaded) = session.loaded.as_deref() {
                    { shared_line(loaded) }
                }
                { body }
            </main>
        </div>
    }
}

/// The title of the tab: the verdict and the files, once there are.
#[hook]
fn use_title(session: &Session) {
    let title = session.loaded.as_deref().map_or_else(
        || "Greenlight".to_owned(),
        |loaded| {
            let verdict = loaded.report.verdict.words();
            format!("{verdict}: {} – Greenlight", loaded.table.name)
        },
    );
    use_effect_with(title, |title| gloo::utils::document().set_title(title));
}

/// Begins each view at its top, or with the focus on the part of it that the address names.
#[hook]
fn use_focus_on_part(hash: String) {
    use_effect_with(hash, |hash| {
        let document = gloo::utils::document();
        let focus_on = |id: &str| {
            let element = document.get_element_by_id(id);
            let element = element.and_then(|element| element.dyn_into::<HtmlElement>().ok());
            element.is_some_and(|element| element.focus().is_ok())
        };
        // The focus brings its element into sight.
        if View::part_of_address(hash).is_some_and(focus_on) {
            return;
        }
        // What had the focus may have gone with the view before.
        let is_lost = document
            .active_element()
            .is_none_or(|active| active.tag_name() == "BODY");
        if is_lost {
            focus_on("main");
        }
        gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
    });
}

/// Shows the verdict on a file that was chosen where files are described.
#[hook]
fn use_verdict_after_load(session: &Session, view: View) {
    let loading = use_mut_ref(|| None::<Rc<TableSummary>>);
    let table = session
        .loaded
        .as_deref()
        .map(|loaded| Rc::clone(&loaded.table));
    use_effect_with(
        (session.status(), table),
        move |(status, table)| match status {
            Status::Loading => {
                *loading.borrow_mut() = table.clone().or_else(|| Some(Rc::default()))
            }
            _ => {
                let before = loading.take();
                let is_new = before.is_some_and(|before| {
                    table
                        .as_ref()
                        .is_some_and(|table| !Rc::ptr_eq(&before, table))
                });
                if is_new && view == View::Load {
                    // Setting the hash of one's own address cannot fail.
                    let _ = gloo::utils::window()
                        .location()
                        .set_hash(&View::Verdict.address());
                }
            }
        },
    );
}

fn status_line(context: &Context) -> Html {
    let session = &context.session;
    let loaded = session.loaded.as_deref();
    let failing = session.failure.as_ref().map(|failure| Failing {
        message: failure.message.clone().into(),
        // Beside a table whose roles are open stand its own columns.
        beside: loaded
            .filter(|_| failure.table.is_none())
            .map(|loaded| loaded.table.name.clone().into()),
    });
    // Putting a warning away stops nothing.
    let puts_away = {
        let act = context.act.clone();
        Callback::from(move |()| act.emit(Action::DismissFailure))
    };
    let (failing, on_dismiss) = match (failing, &session.warning) {
        (None, Some(warning)) => {
            let warning = Failing {
                message: warning.as_ref().to_owned().into(),
                beside: None,
            };
            (Some(warning), puts_away)
        }
        // What was chosen since is being counted, and goes on.
        (failing, _) if session.asked.is_some() => (failing, puts_away),
        // A table that was read, but cannot be judged, is given up with what is said of it.
        (failing, _)
            if session
                .failure
                .as_ref()
                .is_some_and(|failure| failure.table.is_some()) =>
        {
            (failing, context.dismiss.clone())
        }
        (failing, _) => (failing, puts_away),
    };
    html! {
        <StatusLine
            status={session.status()}
            rows={loaded.map(|loaded| loaded.profile.overall.rows)}
            loading={session.loading.clone()}
            counting={session.asked.is_some()}
            examined={session.is_complete()}
            {failing}
            on_cancel={context.cancel.clone()}
            {on_dismiss}
        />
    }
}

/// The reducer and the engine, tied together.
#[hook]
fn use_context_of_page() -> Context {
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
                    client.leave();
                    dispatcher.dispatch(opened(text));
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

/// Asks the engine for the counts at a threshold that the page knows only roughly.
#[hook]
fn use_exact_counts(session: &Session, engine: Client) {
    let loaded = session.loaded.as_deref();
    let rough =
        loaded.is_some_and(|loaded| loaded.profile.certainty.is_rough()) && !session.is_shared();
    let wanted = session.thresholds.current().filter(|_| rough);
    // What was asked of the data before is not answered once there are others.
    let table = loaded.map(|loaded| Rc::as_ptr(&loaded.table));
    use_effect_with((table, wanted), move |(_, wanted)| {
        if let Some(threshold) = *wanted {
            engine.count(threshold);
        }
    });
}

/// Has the engine find the best thresholds for what is asked of them.
#[hook]
fn use_demands(session: &Session, engine: Client) {
    let loaded = session.loaded.clone();
    let table = loaded.as_deref().map(|loaded| Rc::as_ptr(&loaded.table));
    use_effect_with((table, session.to_demand()), move |(_, wanted)| {
        if let (Some(demands), Some(loaded)) = (wanted, loaded) {
            let (choices, settings) = (&loaded.table.choices, &loaded.given.settings);
            engine.choose_thresholds(demands.clone(), choices.clone(), settings.clone());
        }
    });
}

/// Has the engine look at the rows a second time, once the verdict on the first look is on screen.
#[hook]
fn use_examination(session: &Session, engine: Client) {
    let table = session
        .loaded
        .as_deref()
        .map(|loaded| Rc::as_ptr(&loaded.table));
    let wanted = session.to_examine();
    use_effect_with((table, wanted), move |(_, wanted)| {
        if let Some(threshold) = *wanted {
            engine.examine(threshold);
        }
    });
}

/// Has the engine watch the rows for rules over single rows, as soon as the policy has other ones.
#[hook]
fn use_row_watch(session: &Session, engine: Client) {
    let table = session
        .loaded
        .as_deref()
        .map(|loaded| Rc::as_ptr(&loaded.table));
    use_effect_with((table, session.to_watch()), move |(_, wanted)| {
        if let Some(rules) = wanted {
            engine.watch(rules.clone());
        }
    });
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
