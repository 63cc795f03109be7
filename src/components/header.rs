//! The bar at the top: what is being looked at, and the verdict wherever one is.

use std::rc::Rc;

use greenlight_format as format;
use yew::prelude::*;

use crate::components::{Brand, sign};
use crate::session::{Loaded, Session};
use crate::views::View;
use crate::words;

/// The properties of [`Header`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the page knows.
    pub session: Rc<Session>,
}

/// The bar at the top.
#[component]
pub fn Header(Props { session }: &Props) -> Html {
    html! {
        <header class="header">
            <Brand />
            if let Some(loaded) = &session.loaded {
                { in_force(loaded) }
                { badge(loaded) }
            }
        </header>
    }
}

/// Source, rows, split and what decides.
fn in_force(loaded: &Loaded) -> Html {
    let settings = &loaded.profile.settings;
    let source = &loaded.table.name;
    let rows = format::count(loaded.profile.current().rows);
    html! {
        <ul class="in-force">
            <li class="source" title={source.clone()}>{ source }</li>
            <li>{ format!("{rows} rows") }</li>
            if let Some(current) = &settings.current {
                <li>{ format!("split {current}") }</li>
            }
            if let Some(threshold) = settings.threshold {
                <li>{ format!("threshold {}", format::significant(threshold, 3)) }</li>
            }
        </ul>
    }
}

fn badge(loaded: &Loaded) -> Html {
    let verdict = loaded.report.verdict;
    let outcome = words::verdict_outcome(verdict);
    html! {
        <a class={classes!("badge", words::outcome_class(outcome))} href={View::Verdict.address()}>
            { sign(outcome) }
            { verdict.words() }
        </a>
    }
}
