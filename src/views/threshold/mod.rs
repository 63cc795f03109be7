//! What another threshold would do: the slider, what it does in words, numbers and pictures, and the best places for it.

mod amount;
mod binary;
mod curves;
mod demands;
mod in_force;
mod moves;
mod numbers;
mod one_vs_rest;
mod optima;
mod picture;
mod plot;
mod range;
mod slider;
mod small_multiples;
mod subject;
mod twin;
mod words;

use std::rc::Rc;

use greenlight_readiness::Absent;
use yew::prelude::*;

use crate::context::Context;
use crate::session::Loaded;
use crate::views::View;

use binary::Binary;
use one_vs_rest::OneVsRest;

/// The properties of [`ThresholdView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// The data and its judgement.
    pub loaded: Rc<Loaded>,
}

/// What another threshold would do.
#[component]
pub fn ThresholdView(Props { context, loaded }: &Props) -> Html {
    match &loaded.given.current().scores {
        Ok(scores) if scores.tradeoff.is_some() => {
            html! { <Binary context={context.clone()} loaded={loaded} /> }
        }
        Ok(scores) if !scores.per_class.is_empty() => {
            html! { <OneVsRest given={loaded.given.clone()} /> }
        }
        Ok(_) => missing("there are no scores"),
        Err(Absent::NoPositiveClass) => positive_is_open(),
        Err(why) => missing(&why.to_string()),
    }
}

/// What is lacking, and how to add it.
fn missing(why: &str) -> Html {
    html! {
        <section class="view">
            <h1>{ "There is no threshold to move yet" }</h1>
            <p>
                { format!("It needs the true class and a score of each row, but {why}. A score is a column of numbers, such as a \
                           probability, that is higher for rows that the model takes for positive.") }
            </p>
            <p><a class="button" href={View::Load.address_of("role-score")}>{ "Say which column is the score" }</a></p>
        </section>
    }
}

fn positive_is_open() -> Html {
    html! {
        <section class="view">
            <h1>{ "There is no threshold to move yet" }</h1>
            <p>{ "Which of the two classes the model looks for cannot be told from their names." }</p>
            <p>
                <a class="button" href={View::Load.address_of("positive-class")}>
                    { "Choose the positive class…" }
                </a>
            </p>
        </section>
    }
}
