//! The bar at the top: what is being looked at, and the verdict wherever one is.

use greenlight_format as format;
use greenlight_readiness::SourceSummary;
use yew::prelude::*;

use crate::components::{Brand, SecondLook, judge_split, on_select, sign};
use crate::context::Context;
use crate::session::{Loaded, Origin};
use crate::views::View;
use crate::words;

/// The properties of [`Header`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
}

/// The bar at the top.
#[component]
pub fn Header(Props { context }: &Props) -> Html {
    html! {
        <header class="header">
            <Brand />
            if let Some(loaded) = &context.session.loaded {
                { in_force(loaded, context) }
                { badge(loaded) }
            }
        </header>
    }
}

/// Source, rows, split and what decides.
fn in_force(loaded: &Loaded, context: &Context) -> Html {
    let settings = &loaded.profile.settings;
    let sources = &loaded.profile.sources;
    let rows = match loaded.profile.current().rows {
        1 => "1 row".to_owned(),
        rows => format!("{} rows", format::count(rows)),
    };
    html! {
        <ul class="in-force">
            <li class="source" title={names(sources)}>{ &loaded.table.name }</li>
            <li class="row-count">{ rows }</li>
            if !loaded.profile.splits.is_empty() {
                <li>
                    { match &loaded.origin {
                        Origin::Engine => split_chooser(loaded, context),
                        Origin::Shared(_) => html! { { split_in_force(loaded) } },
                    } }
                </li>
            }
            if let Some(span) = settings.range {
                <li class="range" data-testid="range">
                    { match (span.in_words(settings.time_zone_minutes), loaded.chosen_range()) {
                        (range, Some(_)) => range_reset(range, context),
                        // Of a report that was shared so, nothing else is known.
                        (range, None) => html! { { range } },
                    } }
                </li>
            }
            if let Some(threshold) = settings.threshold {
                <li class="decides">
                    { format!("{}threshold {}", loaded.about_counts(), format::significant(threshold, 3)) }
                </li>
            }
            // Last, so that nothing moves once it is over.
            if is_being_examined(loaded) {
                <SecondLook engine={context.engine.clone()} />
            }
        </ul>
    }
}

/// The range of time that is looked at, which is the way back to all rows as well.
fn range_reset(range: String, context: &Context) -> Html {
    let selecting = context.selecting();
    html! {
        <button
            type="button"
            class="quiet"
            data-testid="range-reset"
            aria-label={format!("{range}: look at all rows again")}
            title="Look at all rows again"
            onclick={move |_| selecting.emit(None)}
        >
            { range }
            { " ✕" }
        </button>
    }
}

/// The split that is judged, where no other can be asked about.
fn split_in_force(loaded: &Loaded) -> String {
    match &loaded.profile.settings.current {
        Some(split) => format!("Split {split}"),
        None => "All rows".to_owned(),
    }
}

/// Whether the engine takes a second look that may last.
fn is_being_examined(loaded: &Loaded) -> bool {
    if loaded.origin != Origin::Engine {
        return false;
    }
    let roles = &loaded.given.roles;
    let has_columns = !(roles.segments.is_empty() && roles.features.is_empty());
    has_columns && loaded.given.examination.is_none()
}

/// The split that is judged, to be changed from every view.
fn split_chooser(loaded: &Loaded, context: &Context) -> Html {
    let current = &loaded.profile.settings.current;
    let onchange = on_select(&context.session.choices(), &context.choose, judge_split);
    html! {
        <label class="split">
            <span>{ "Split " }</span>
            <select data-testid="split" {onchange}>
                <option key="" value="" selected={current.is_none()}>{ "All rows" }</option>
                { for loaded.profile.splits.keys().map(|name| html! {
                    <option
                        key={name.clone()}
                        value={name.clone()}
                        selected={current.as_ref() == Some(name)}
                    >
                        { name }
                    </option>
                }) }
            </select>
        </label>
    }
}

fn names(sources: &[SourceSummary]) -> String {
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    names.join("\n")
}

fn badge(loaded: &Loaded) -> Html {
    let verdict = loaded.report.verdict;
    let outcome = verdict.outcome();
    html! {
        <a class={classes!("badge", words::outcome_class(outcome))} href={View::Verdict.address()}>
            { sign(outcome) }
            { verdict.words() }
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(name: &str) -> SourceSummary {
        SourceSummary {
            name: name.to_owned(),
            bytes: 1,
            sha256: None,
            lines: 1,
            rows: 1,
            rows_used: 1,
            rejected: vec![],
            notes: vec![],
        }
    }

    #[test]
    fn several_files_are_listed() {
        let sources = ["train.csv", "test.csv", "live.csv"].map(source);
        assert_eq!(names(&sources), "train.csv\ntest.csv\nlive.csv");
    }
}
