//! Where the model is weak, and whether it treats groups alike.

mod column;
mod dots;
mod fairness;
mod looking;
mod tree;
mod weak;

use std::rc::Rc;

use greenlight_format as format;
use greenlight_metrics::Interval;
use greenlight_metrics::fairness::Rate;
use greenlight_readiness::Absent;
use greenlight_readiness::examination::{SegmentColumn, Segments};
use greenlight_readiness::segment_words::{GroupSearch, NoGroups};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::components::needs_rows;
use crate::context::Context;
use crate::session::{Loaded, Origin};
use crate::views::View;

use column::{ByColumn, by_column};
pub use column::{DRAWN, push};
pub use dots::{Dots, DotsPicture};
use fairness::{Treatment, treatment};
use looking::Looking;

/// The properties of [`SegmentsView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// The data and its judgement.
    pub loaded: Rc<Loaded>,
}

/// What the person looks at; a column by its name, which may be gone with other data.
#[derive(Clone, Default, PartialEq)]
struct Asked {
    column: String,
    /// Its place among all measures.
    measure: usize,
    /// The column whose groups are compared.
    groups: String,
    /// Whether the negative class is the favourable one.
    is_turned: bool,
    /// Which rate of the groups is drawn.
    rate: usize,
}

/// Where the model is weak, and whether it treats groups alike.
#[component]
pub fn SegmentsView(Props { context, loaded }: &Props) -> Html {
    let asked = use_state_eq(Asked::default);
    let search = match GroupSearch::of(&loaded.profile) {
        Ok(search) => search,
        Err(none) => return missing(&none, loaded),
    };
    let examination = loaded.profile.examination.as_ref();
    let segments = examination.map(|examination| &examination.segments);
    html! {
        <section class="view segments">
            { match search {
                GroupSearch::Looking if context.session.is_shared() => html! {
                    <>
                        <h1>{ "How good it is for each value" }</h1>
                        { needs_rows("To look for weak groups as the rows are decided now") }
                    </>
                },
                GroupSearch::Looking => html! { <Looking engine={context.engine.clone()} /> },
                GroupSearch::Found(errors) => html! {
                    <>
                        { weak::weak(&errors.weak, loaded.profile.told) }
                        { tree::tree(&errors.tree) }
                    </>
                },
            } }
            if let Some(segments) = segments {
                { columns(segments, loaded, &asked) }
            }
            { method() }
        </section>
    }
}

/// What needs a segment column.
fn columns(segments: &Segments, loaded: &Loaded, asked: &UseStateHandle<Asked>) -> Html {
    if segments.columns.is_empty() {
        return html! {
            <p class="aside" data-testid="no-segment-columns">
                { "To compare the values of a column with each other, and how groups are treated, " }
                <a href={View::Load.address_of("role-segment")}>{ "say which columns are segments" }</a>
                { "." }
            </p>
        };
    }
    let about = segments.certainty.told().about();
    html! {
        <>
            if segments.certainty.is_rough() {
                <p class="aside" role="status">
                    { match loaded.origin {
                        Origin::Engine => "≈ Counted close to the threshold in force; exact numbers follow.",
                        Origin::Shared(_) => "≈ Counted close to the threshold in force; only the rows would tell exactly.",
                    } }
                </p>
            }
            { by_column(&ByColumn { segments, loaded, asked, about }) }
            { treatment(&Treatment { segments, loaded, asked, about }) }
        </>
    }
}

/// Chooses a column.
fn column_select(
    segments: &Segments,
    name: &'static str,
    chosen: Option<&SegmentColumn>,
    none: Option<&'static str>,
    choose: &Callback<String>,
) -> Html {
    let choose = choose.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            choose.emit(select.value());
        }
    });
    let is_chosen =
        |column: &SegmentColumn| chosen.is_some_and(|chosen| chosen.column == column.column);
    html! {
        <select id={name} data-testid={name} {onchange}>
            if let Some(none) = none {
                <option value="" selected={chosen.is_none()}>{ none }</option>
            }
            { for segments.columns.iter().map(|column| html! {
                <option
                    key={column.column.clone()}
                    value={column.column.clone()}
                    selected={is_chosen(column)}
                >
                    { &column.column }
                </option>
            }) }
        </select>
    }
}

/// Changes what is asked.
fn change<T: 'static>(asked: &UseStateHandle<Asked>, change: fn(&mut Asked, T)) -> Callback<T> {
    let asked = asked.clone();
    Callback::from(move |to| {
        let mut next = (*asked).clone();
        change(&mut next, to);
        asked.set(next);
    })
}

/// One of a few, each with its name and its title, as a row of buttons.
fn choice(
    name: &'static str,
    legend: &'static str,
    choices: &[(&'static str, String)],
    chosen: usize,
    choose: &Callback<usize>,
) -> Html {
    html! {
        <fieldset class="choice" data-testid={name}>
            <legend class="visually-hidden">{ legend }</legend>
            { for choices.iter().enumerate().map(|(index, (value, title))| {
                let onchange = choose.reform(move |_: Event| index);
                html! {
                    <label key={*value}>
                        <input type="radio" {name} value={*value} checked={index == chosen} {onchange} />
                        <span>{ title }</span>
                    </label>
                }
            }) }
        </fieldset>
    }
}

/// A share of a table with its interval below it.
pub fn rate_cell(rate: Option<&Rate>, about: &str) -> Html {
    let Some(Rate {
        value, interval, ..
    }) = rate
    else {
        return html! { <td class="number">{ format::undefined() }</td> };
    };
    let Interval { low, high } = interval;
    html! {
        <td class="number" title={format::exact(*value)} data-value={value.to_string()}>
            { about }
            { format::percent(*value) }
            <span class="interval">{ about }{ format::percent_interval(*low, *high) }</span>
        </td>
    }
}

/// What is lacking, and what to do.
fn missing(none: &NoGroups, loaded: &Loaded) -> Html {
    let (address, button) = match loaded.given.current().confusion {
        Err(Absent::NoPositiveClass) => (
            View::Load.address_of("positive-class"),
            "Choose the positive class…",
        ),
        Err(_) => (View::Load.address(), "Say which column is which"),
        Ok(_) => (
            View::Load.address_of("role-segment"),
            "Choose segment columns",
        ),
    };
    html! {
        <section class="view segments" data-testid="no-segments">
            <h1>{ &none.finding }</h1>
            <p>{ &none.advice }</p>
            <p><a class="button" href={address}>{ button }</a></p>
        </section>
    }
}

fn method() -> Html {
    html! {
        <details class="method">
            <summary>{ "How is this computed?" }</summary>
            <p>
                { "Every value of every segment and feature column is a group, and so is every pair of \
                   values of two columns; numbers are cut into ten ranges of about as many rows each. \
                   A group of at least 30 rows is listed as weak where its answers are wrong more often \
                   than those of all other rows by more than chance gives the unluckiest of all groups \
                   that were looked at: the intervals of all of them hold together in 95 % of the cases, \
                   and Fisher’s exact test has to agree. So looking at many groups does not find weak \
                   ones where there are none. Groups can overlap; a pair is listed only where it says \
                   more than both of its values." }
            </p>
            <p>
                { "The questions that tell wrong answers from right ones are found on one half of the \
                   rows and counted on the other, at most three in a row. The bars around a share are \
                   Wilson’s intervals at 95 %; whether a value of a column is called clearly lower is \
                   decided by wider ones, which hold for all of its values together." }
            </p>
        </details>
    }
}
