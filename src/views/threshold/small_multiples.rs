//! All classes side by side: their precision–recall curves, or a list where they are many.

use std::rc::Rc;

use greenlight_format as format;
use greenlight_readiness::{ClassScoreStatistics, Profile};
use yew::prelude::*;

use super::plot::{Plot, SharedPlot, Source};
use super::subject::Subject;
use crate::canvas::{Chart, Frame};

/// Up to so many classes have a curve each.
const CURVES: usize = 12;
const HEIGHT: u32 = 150;

#[derive(Properties)]
pub struct SmallMultiplesProps {
    pub given: Rc<Profile>,
    pub chosen: usize,
    pub on_choose: Callback<usize>,
}

impl PartialEq for SmallMultiplesProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.given, &other.given) && self.chosen == other.chosen
    }
}

#[component]
pub fn SmallMultiples(props: &SmallMultiplesProps) -> Html {
    let SmallMultiplesProps {
        given,
        chosen,
        on_choose,
    } = props;
    let scores = given.current().scores.as_ref().ok();
    let classes = scores.map_or(&[][..], |scores| &scores.per_class);
    let many = classes.len() > CURVES;
    html! {
        <section class="side-by-side">
            <h2>{ "All classes, each against the rest" }</h2>
            <p class="aside">{ "By average precision, the weakest first. A name shows its class above." }</p>
            <ul class={if many { "class-list" } else { "small-multiples" }}>
                { for in_order(classes).into_iter().map(|class| {
                    let name = given.classes.names().get(class).cloned().unwrap_or_default();
                    let value = classes.get(class).map(|of| of.average_precision);
                    let shown = match value {
                        Some(Ok(value)) => given.told.mark(format::significant(value, 3)),
                        _ => format::undefined(),
                    };
                    let onclick = on_choose.reform(move |_: MouseEvent| class);
                    html! {
                        <li key={class}>
                            <button
                                type="button"
                                class="quiet"
                                aria-pressed={(class == *chosen).to_string()}
                                {onclick}
                            >
                                <bdi>{ name }</bdi>
                            </button>
                            <span class="aside">{ format!(" {shown}") }</span>
                            if !many {
                                <Small given={given.clone()} {class} />
                            }
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}

/// The weakest first; what is undefined comes last.
fn in_order(classes: &[ClassScoreStatistics]) -> Vec<usize> {
    let key = |class: &usize| {
        let of = classes.get(*class).map(|of| of.average_precision);
        of.and_then(Result::ok).unwrap_or(f64::INFINITY)
    };
    let mut ordered: Vec<usize> = Vec::new();
    for class in 0..classes.len() {
        let place = ordered.partition_point(|other| key(other) <= key(&class));
        ordered.insert(place, class);
    }
    ordered
}

#[derive(Properties)]
struct SmallProps {
    given: Rc<Profile>,
    class: usize,
}

impl PartialEq for SmallProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.given, &other.given) && self.class == other.class
    }
}

#[component]
fn Small(SmallProps { given, class }: &SmallProps) -> Html {
    let source = Source {
        profile: Rc::clone(given),
        class: Some(*class),
    };
    let plot = use_memo(source, |source| {
        let plot = Plot::new(Subject::PrecisionRecall, source, source.range()?, "");
        Some(SharedPlot(Rc::new(plot)))
    });
    let draw = use_callback((*plot).clone(), |mut frame: Frame, plot| match plot {
        Some(plot) => plot.0.draw(&mut frame),
        None => Ok(()),
    });
    let name = given
        .classes
        .names()
        .get(*class)
        .cloned()
        .unwrap_or_default();
    html! {
        <Chart
            name={format!("precision_recall-{class}")}
            label={format!("Precision and recall of “{name}” against the rest")}
            height={HEIGHT}
            {draw}
        />
    }
}
