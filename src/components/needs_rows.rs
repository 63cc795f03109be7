//! Stands where rows are needed and there are none: in a report that someone shared.

use yew::prelude::*;

/// Says that `what` needs the rows, and where those are.
pub fn needs_rows(what: &str) -> Html {
    html! {
        <p class="aside" data-testid="needs-rows">
            { format!("{what} needs the rows. This is a shared report: its rows stayed with whoever made it.") }
        </p>
    }
}
