//! The workbench: its frame, and which view is on screen.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::components::{Failing, Header, Navigation, StatusLine, shared_line};
use crate::context::{Context, use_context_of_page};
use crate::engine::protocol::TableSummary;
use crate::hooks::{FileDrop, use_address, use_files, use_hash, use_kept_checklist};
use crate::remote::RemoteData;
use crate::session::{Action, Session, Status};
use crate::views::{
    CalibrationView, CompareView, ConfusionView, DriftView, FirstScreen, LatencyView, LoadView,
    MonitoringView, PolicyView, PrivacyView, SegmentsView, ShareView, StabilityView, ThresholdView,
    VerdictView, View, checklist_view,
};

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
