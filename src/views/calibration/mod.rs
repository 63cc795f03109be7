//! Whether scores can be read as probabilities: the reliability curve, its numbers, and what a score is worth.

mod curves;
mod metrics;
mod picture;
mod table;

use std::rc::Rc;

use greenlight_format as format;
use greenlight_readiness::{Absent, Binning, NoProbabilities};
use yew::prelude::*;

use crate::components::table_download;
use crate::context::Context;
use crate::session::Loaded;

use super::View;
use curves::Curves;
use metrics::metrics;
use picture::Picture;
use table::TableTwin;

/// The properties of [`CalibrationView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// The data and its judgement.
    pub loaded: Rc<Loaded>,
}

/// Whether scores can be read as probabilities.
#[component]
pub fn CalibrationView(Props { loaded, .. }: &Props) -> Html {
    // The threshold moves nothing here.
    let curves = use_memo(Rc::as_ptr(&loaded.given) as usize, |_| {
        Curves::of(&loaded.given)
    });
    let chosen = use_state_eq(|| None::<Binning>);
    let shown = match &*curves {
        Ok(shown) => Rc::clone(shown),
        Err(none) => return missing(none, loaded),
    };
    let binning = chosen.unwrap_or(shown.words.binning);
    let choose = {
        let chosen = chosen.setter();
        Callback::from(move |binning| chosen.set(Some(binning)))
    };
    html! {
        <section class="view calibration">
            <h1>{ &shown.words.finding }</h1>
            <p class="lead">{ shown.words.remarks.join(" ") }</p>
            <div class="beside">
                <Picture curves={shown.clone()} {binning} on_choose={choose} />
                <div>
                    <h2>{ "In numbers" }</h2>
                    { metrics(loaded) }
                    { readings(&shown) }
                </div>
            </div>
            <TableTwin curves={shown} {binning} />
            <details class="method">
                <summary>{ "How is this computed?" }</summary>
                <p>
                    { "Rows are put into bins by their score, ten of equal width or ten of about \
                       as many rows. Each bin is a point: across, the mean score of its rows; up, \
                       the share of them that came true. On the dashed line both are equal. The \
                       bars are Wilson’s intervals at 95 %; with ten bins it is no surprise if \
                       one of them misses the line. The sentence at the top is stricter: a file \
                       whose scores are right is called off one time in twenty at most, all bins \
                       of both kinds, the mean and the slope together. With more than two classes \
                       it is the score of the top class that is held against whether it is right." }
                </p>
                <p>
                    { "The isotonic fit is the curve that never falls and is closest to what \
                       happened. It is fitted to these very rows, so it flatters itself: to put \
                       scores right, fit it to rows of their own." }
                </p>
            </details>
        </section>
    }
}

/// What single scores would have to be read as.
fn readings(curves: &Curves) -> Html {
    let told = curves.words.told;
    let read = |&(score, value): &(f64, Option<f64>)| {
        let score_shown = format::percent_to(score, 0);
        html! {
            <tr key={score_shown.clone()}>
                <th scope="row" class="number">{ score_shown }</th>
                <td class="number" title={value.map(|value| told.in_full(value))}>
                    { value.map_or_else(
                        || html! { <span class="aside">{ "no rows with such scores" }</span> },
                        |value| html! { told.mark(format::percent(value)) },
                    ) }
                </td>
            </tr>
        }
    };
    html! {
        <>
        <table class="table readings" data-testid="table-isotonic">
            <caption>{ "By the isotonic fit" }</caption>
            <thead>
                <tr>
                    <th scope="col" class="number">{ "A score of" }</th>
                    <th scope="col" class="number">{ "would have to be read as" }</th>
                </tr>
            </thead>
            <tbody>{ for curves.words.readings.iter().map(read) }</tbody>
        </table>
        { table_download("isotonic", "What scores have to be read as") }
        </>
    }
}

/// What is lacking, and what to do.
fn missing(none: &NoProbabilities, loaded: &Loaded) -> Html {
    let address = match loaded.given.current().scores {
        Err(Absent::NoPositiveClass) => View::Load.address_of("positive-class"),
        _ => View::Load.address(),
    };
    html! {
        <section class="view calibration" data-testid="no-calibration">
            <h1>{ &none.finding }</h1>
            <p>{ &none.advice }</p>
            <p><a class="button" href={address}>{ "Say which column is which" }</a></p>
        </section>
    }
}
