//! The signs of outcomes: told apart by shape as well as by colour; their words always stand beside them.

use greenlight_readiness::Outcome;
use yew::prelude::*;

use crate::words;

/// The sign of an outcome: a tick in a disc, a cross in an octagon, a triangle, or an empty ring.
pub fn sign(outcome: Outcome) -> Html {
    let (shape, mark) = match outcome {
        Outcome::Pass => (
            "M0 8a8 8 0 1 1 16 0A8 8 0 1 1 0 8z",
            "M4.5 8.4 7 10.8l4.5-5.3",
        ),
        Outcome::Fail => (
            "M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z",
            "m5.2 5.2 5.6 5.6m0-5.6-5.6 5.6",
        ),
        Outcome::AtRisk => (
            "M6.6 1.4a1.6 1.6 0 0 1 2.8 0l6.3 11.2a1.6 1.6 0 0 1-1.4 2.4H1.7a1.6 1.6 0 0 1-1.4-2.4z",
            "M8 5.2v4.2m0 2.6v.1",
        ),
        Outcome::NoEvidence => ("M1 8a7 7 0 1 1 14 0A7 7 0 1 1 1 8z", ""),
    };
    html! {
        <svg
            class={classes!("sign", words::outcome_class(outcome))}
            viewBox="0 0 16 16"
            aria-hidden="true"
        >
            <path class="shape" d={shape} />
            <path class="mark" d={mark} />
        </svg>
    }
}
