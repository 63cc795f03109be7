//! Keeps the report, as the terminal would print it.

use std::rc::Rc;

use greenlight_readiness::checklist::Attestations;
use yew::prelude::*;

use crate::app::Context;
use crate::files::download;
use crate::session::Loaded;

/// The properties of [`ReportDownload`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// What is on screen.
    pub loaded: Rc<Loaded>,
}

/// A button that gives the report, once all of it is there.
#[component]
pub fn ReportDownload(Props { context, loaded }: &Props) -> Html {
    // The data whose report was asked for before it was complete.
    let waiting = use_state_eq(|| None::<*const ()>);
    let data = Rc::as_ptr(&loaded.table).cast::<()>();
    let is_waiting = *waiting == Some(data);
    let is_ready = context.session.is_complete();
    let save = {
        let (loaded, fail) = (Rc::clone(loaded), context.fail.clone());
        let attested = Rc::clone(&context.session.checklist_form.attested);
        move || {
            if let Err(message) = saved(&loaded, &attested) {
                fail.emit(message);
            }
        }
    };
    {
        let (waiting, save) = (waiting.setter(), save.clone());
        use_effect_with(is_waiting && is_ready, move |is_due| {
            if *is_due {
                waiting.set(None);
                save();
            }
        });
    }
    let onclick = Callback::from(move |_: MouseEvent| match is_ready {
        true => save(),
        false => waiting.set(Some(data)),
    });
    html! {
        <>
            <button data-testid="download-json" {onclick}>{ "Download report (JSON)" }</button>
            <span class="aside" role="status">
                if is_waiting && !is_ready {
                    { "It comes once all groups of rows are looked at…" }
                }
            </span>
        </>
    }
}

fn saved(loaded: &Loaded, attested: &Attestations) -> Result<(), String> {
    let report = loaded.report.clone().with_attestations(attested);
    let json = report.to_json().map_err(|error| error.to_string())?;
    download("greenlight-report.json", "application/json", &json)
        .map_err(|_| "this browser did not let the page offer a download".to_owned())
}
