//! The report as files.

use std::rc::Rc;

use yew::prelude::*;

use crate::components::{Form, ReportDownload};
use crate::context::Context;
use crate::session::Loaded;
use crate::views::View;

use super::one_file::OneFile;

/// The properties of [`Exports`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// What is on screen.
    pub loaded: Rc<Loaded>,
}

/// Each form of the report with what it is for.
#[component]
pub fn Exports(Props { context, loaded }: &Props) -> Html {
    let forms = [
        (
            Form::Json,
            "Every number, to keep beside the release, to gate on in CI, and to compare with the next one.",
        ),
        (
            Form::Markdown,
            "The verdict, its reasons and every criterion, for a comment on a pull request.",
        ),
        (
            Form::Junit,
            "Each criterion as a test case, for the test view of a CI system.",
        ),
    ];
    let print = Callback::from(|_: MouseEvent| {
        // Refused only where a page may not print, and then nothing can be done.
        let _ = gloo::utils::window().print();
    });
    html! {
        <>
            <h2 id="files" tabindex="-1">{ "As a file" }</h2>
            <ul class="exports">
                { for forms.map(|(form, purpose)| html! {
                    <li key={purpose}>
                        <p>{ purpose }</p>
                        <div><ReportDownload context={context.clone()} loaded={Rc::clone(loaded)} {form} /></div>
                    </li>
                }) }
                <li><OneFile context={context.clone()} loaded={Rc::clone(loaded)} /></li>
                <li>
                    <p>
                        { "On paper, or as PDF: the view that is on screen. " }
                        <a href={View::Verdict.address()}>{ "The Verdict view" }</a>
                        { " is made for two pages." }
                    </p>
                    <div><button type="button" data-testid="print" onclick={print}>{ "Print or save as PDF" }</button></div>
                </li>
            </ul>
            <p class="aside">
                { "Each picture can be kept as SVG and PNG, and each table as CSV, from the buttons beside it." }
            </p>
        </>
    }
}
