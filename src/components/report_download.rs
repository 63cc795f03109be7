//! Keeps the report in each of its forms, as the terminal would print it.

use std::rc::Rc;

use greenlight_link::{SharedReport, encode};
use greenlight_readiness::Report;
use greenlight_readiness::written::{junit, markdown};
use yew::prelude::*;

use crate::context::Context;
use crate::files::download;
use crate::session::{Action, Loaded};

/// A form in which a report is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The whole document.
    #[default]
    Json,
    /// For a comment on a pull request.
    Markdown,
    /// For the test view of a CI system.
    Junit,
}

impl Form {
    /// The name in handles.
    fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Junit => "junit",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Json => "Download report (JSON)",
            Self::Markdown => "Download summary (Markdown)",
            Self::Junit => "Download test results (JUnit XML)",
        }
    }

    /// What the file is called, and what it is.
    fn file(self) -> (&'static str, &'static str) {
        match self {
            Self::Json => ("greenlight-report.json", "application/json"),
            Self::Markdown => ("greenlight-summary.md", "text/markdown"),
            Self::Junit => ("greenlight-junit.xml", "application/xml"),
        }
    }

    /// `shared` is what the page draws from: the document carries it, so that it can be opened again.
    fn written(self, report: &Report, shared: &SharedReport) -> Result<String, String> {
        match self {
            Self::Json => match encode(shared) {
                Ok(payload) => report.to_json_live(&payload),
                // Larger than what is opened again: the numbers alone, and a note on why.
                Err(error) => (report.clone())
                    .without_live(format!("the page cannot show this report again: {error}"))
                    .to_json(),
            }
            .map_err(|error| error.to_string()),
            Self::Markdown => Ok(markdown::report(report)),
            Self::Junit => Ok(junit::report(report)),
        }
    }
}

/// The properties of [`ReportDownload`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// What is on screen.
    pub loaded: Rc<Loaded>,
    /// The form in which it is kept.
    #[prop_or_default]
    pub form: Form,
}

/// A button that gives the report, once all of it is there.
#[component]
pub fn ReportDownload(
    Props {
        context,
        loaded,
        form,
    }: &Props,
) -> Html {
    let form = *form;
    // The data whose report was asked for before it was complete.
    let waiting = use_state_eq(|| None::<(String, u64)>);
    // The same data, whatever is chosen of them meanwhile.
    let data = (loaded.table.name.clone(), loaded.table.rows);
    let is_waiting = waiting.as_ref() == Some(&data);
    let is_ready = context.session.is_complete();
    let save = {
        let (loaded, act) = (Rc::clone(loaded), context.act.clone());
        let session = Rc::clone(&context.session);
        let attested = Rc::clone(&context.session.checklist_form.attested);
        move || {
            let report = loaded.report.clone().with_attestations(&attested);
            let (name, media_type) = form.file();
            let refused = |_| "this browser did not let the page offer a download".to_owned();
            let saved = form
                .written(&report, &session.shared_report(&loaded))
                .and_then(|text| download(name, media_type, &text).map_err(refused));
            if let Err(message) = saved {
                act.emit(Action::Warn(message));
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
        false => waiting.set(Some(data.clone())),
    });
    html! {
        <>
            <button data-testid={format!("download-{}", form.name())} {onclick}>{ form.title() }</button>
            <span class="aside" role="status">
                if is_waiting && !is_ready {
                    { "It comes once all groups of rows are looked at…" }
                }
            </span>
        </>
    }
}
