//! What the file cannot tell, and which column would let it.

use greenlight_readiness::{Report, Uncovered};
use yew::prelude::*;

/// What could not be judged for want of a column.
pub(super) fn coverage(report: &Report) -> Html {
    let item = |lacking: &Uncovered| {
        html! {
            <li>
                { &lacking.allows }
                <span class="aside">{ format!(" – add {}", lacking.column) }</span>
            </li>
        }
    };
    html! {
        <div data-testid="coverage">
            <h2>{ "What this file cannot tell" }</h2>
            if report.coverage.is_empty() {
                <p class="aside">{ "Every part that a column can play is played." }</p>
            }
            <ul class="lacking">{ for report.coverage.iter().map(item) }</ul>
        </div>
    }
}
