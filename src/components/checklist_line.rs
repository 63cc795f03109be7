//! The readiness checklist in one line.

use yew::prelude::*;

use crate::session::Session;
use crate::views::View;

/// The readiness checklist of the data on screen, and the way to its form.
pub fn checklist_line(session: &Session) -> Html {
    let Some(checklist) = session.checklist() else {
        return Html::default();
    };
    let to_do = match checklist.score {
        Some(_) => "See the checklist",
        None => "Fill it in…",
    };
    html! {
        <p class="aside" data-testid="checklist-line">
            { format!("Checklist: {}. ", checklist.line()) }
            <a href={View::Checklist.address()}>{ to_do }</a>
        </p>
    }
}
