//! All classes side by side: their precision–recall curves, or a list where they are many.

use std::rc::Rc;

use greenlight_format::{self as format, csv::push_record};
use greenlight_readiness::{ClassScoreStatistics, Profile};
use yew::prelude::*;

use super::plot::{Plot, SharedPlot, Source};
use super::subject::Subject;
use crate::canvas::{CanvasError, Chart, Frame};
use crate::components::Downloads;
use crate::components::pictures::{Listed, listed};

/// Up to so many classes have a curve each.
const CURVES: usize = 12;
const HEIGHT: u32 = 150;
/// Between the curves of the picture to keep, in CSS pixels.
const GAP: u32 = 16;

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
    let order = in_order(classes);
    let shown = |class: &usize| match classes.get(*class).map(|of| of.average_precision) {
        Some(Ok(value)) => given.told.mark(format::significant(value, 3)),
        _ => format::undefined(),
    };
    let name = |class: &usize| {
        given
            .classes
            .names()
            .get(*class)
            .cloned()
            .unwrap_or_default()
    };
    // Curves are kept with the list; where classes are many, the list alone.
    let kept = order.iter().filter(|_| !many).map(|class| {
        let plot = small_plot(given, *class);
        Listed {
            name: name(class),
            said: format!("average precision {}", shown(class)),
            draw: Some(Callback::from(move |frame| draw(frame, &plot))),
        }
    });
    let kept: Vec<Listed> = kept.collect();
    let picture = (!kept.is_empty()).then(|| listed(kept, HEIGHT + GAP));
    let csv = {
        let lines = order.iter().map(|class| {
            let value = classes.get(*class).and_then(|of| of.average_precision.ok());
            (name(class), value)
        });
        let lines: Vec<(String, Option<f64>)> = lines.collect();
        Callback::from(move |()| csv(&lines))
    };
    html! {
        <section class="side-by-side">
            <h2>{ "All classes, each against the rest" }</h2>
            <p class="aside">{ "By average precision, the weakest first. A name shows its class above." }</p>
            <ul class={if many { "class-list" } else { "small-multiples" }}>
                { for order.iter().map(|&class| {
                    let (name, shown) = (name(&class), shown(&class));
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
            <Downloads name="all_classes" title="All classes, each against the rest" {picture} {csv} />
        </section>
    }
}

/// The list with plain numbers.
fn csv(classes: &[(String, Option<f64>)]) -> String {
    let mut text = String::new();
    push_record(&mut text, &["class", "average_precision"]);
    for (class, value) in classes {
        let value = value.map_or_else(String::new, |value| value.to_string());
        push_record(&mut text, &[class, &value]);
    }
    text
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

fn small_plot(given: &Rc<Profile>, class: usize) -> Option<SharedPlot> {
    let source = Source {
        profile: Rc::clone(given),
        class: Some(class),
    };
    let range = source.range()?;
    let plot = Plot::new(Subject::PrecisionRecall, &source, range, "");
    Some(SharedPlot(Rc::new(plot)))
}

fn draw(mut frame: Frame, plot: &Option<SharedPlot>) -> Result<(), CanvasError> {
    match plot {
        Some(plot) => plot.0.draw(&mut frame),
        None => Ok(()),
    }
}

#[component]
fn Small(SmallProps { given, class }: &SmallProps) -> Html {
    let plot = use_memo((Rc::as_ptr(given) as usize, *class), |(_, class)| {
        small_plot(given, *class)
    });
    let draw = use_callback((*plot).clone(), draw);
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
