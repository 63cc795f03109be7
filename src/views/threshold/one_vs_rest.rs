//! More than two classes: one of them against the rest, at a threshold of its own.

use std::rc::Rc;

use greenlight_format as format;
use greenlight_metrics::BinaryAmounts;
use greenlight_readiness::{Certainty, DecisionRule, ONE_VS_REST_START as START, Profile};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::in_force::{InForce, sentence, shown};
use super::moves::use_moves;
use super::numbers::{large_numbers, matrix, other_numbers};
use super::picture::Picture;
use super::plot::{Plot, SharedPlot, Source};
use super::slider::Slider;
use super::small_multiples::SmallMultiples;
use super::subject::Subject;

#[derive(Properties)]
pub struct OneVsRestProps {
    pub given: Rc<Profile>,
}

impl PartialEq for OneVsRestProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.given, &other.given)
    }
}

#[component]
pub fn OneVsRest(OneVsRestProps { given }: &OneVsRestProps) -> Html {
    let class = use_state_eq(|| 0_usize);
    let threshold = use_state_eq(|| START);
    let source = Source {
        profile: Rc::clone(given),
        class: Some(*class),
    };
    let plots = use_memo(source.clone(), |source| {
        let range = source.range()?;
        let subjects = [
            Subject::PrecisionRecall,
            Subject::Histogram,
            Subject::Metrics,
            Subject::Roc,
            Subject::Gain,
        ];
        let plot = |subject| SharedPlot(Rc::new(Plot::new(subject, source, range, "")));
        Some((range, subjects.map(plot)))
    });
    let moves = use_moves();
    let names = given.classes.names();
    let name = names.get(*class).cloned().unwrap_or_default();
    let on_class = {
        let (class, threshold) = (class.setter(), threshold.setter());
        Callback::from(move |chosen: usize| {
            class.set(chosen);
            threshold.set(START);
        })
    };
    let onchange = {
        let on_class = on_class.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>()
                && let Ok(chosen) = usize::try_from(select.selected_index())
            {
                on_class.emit(chosen);
            }
        })
    };
    let chooser = html! {
        <div class="control one-vs-rest">
            <label for="one-vs-rest">{ "One class against the rest" }</label>
            <select id="one-vs-rest" data-testid="one-vs-rest" {onchange}>
                { for names.iter().enumerate().map(|(index, name)| html! {
                    <option key={index} value={name.clone()} selected={index == *class}>{ name }</option>
                }) }
            </select>
        </div>
    };
    let Some((range, plots)) = &*plots else {
        return html! {
            <section class="view threshold">
                <h1>{ format!("No scores say how likely “{name}” is") }</h1>
                { chooser }
            </section>
        };
    };
    let range = *range;
    let in_force = in_force(&source, *threshold);
    let cases = AttrValue::from(format!("rows of “{name}”"));
    let on_cancel = {
        let threshold = threshold.setter();
        Callback::from(move |before: Option<f64>| threshold.set(before.unwrap_or(START)))
    };
    let on_move = {
        let threshold = threshold.clone();
        Callback::from(move |to: f64| {
            moves.begin(to != *threshold);
            threshold.set(to);
        })
    };
    let on_settle = Callback::from(|()| ());
    let finding = sentence(&in_force, &cases);
    let decides = match given.settings.decision {
        Some(DecisionRule::Argmax) => "the class with the highest score is the prediction (argmax)",
        _ => "the file’s own predictions decide",
    };
    html! {
        <section class="view threshold">
            <h1 data-testid="finding">{ format!("{}{finding}", in_force.about()) }</h1>
            <p class="lead" data-testid="lead">
                { format!(
                    "This is one class against the rest, from a score of {} on: {}{} of {} rows. With {} classes {decides}; \
                     moving this threshold changes neither that nor the verdict.",
                    shown(*threshold),
                    in_force.about(),
                    format::count(in_force.counts.predicted_positives()),
                    format::count(in_force.counts.total()),
                    names.len(),
                ) }
            </p>
            { chooser }
            <Slider
                {range}
                threshold={Some(*threshold)}
                rest={START}
                effect={finding}
                on_move={on_move.clone()}
                on_settle={on_settle.clone()}
                on_cancel={on_cancel}
            />
            <div class="trade-offs">
                <div class="effect">
                    { large_numbers(&in_force, None) }
                    { matrix(&in_force, &cases, None) }
                </div>
                { for plots.iter().map(|plot| html! {
                    <Picture
                        key={plot.0.subject.name()}
                        plot={plot.clone()}
                        {in_force}
                        rest={START}
                        cases={cases.clone()}
                        currency=""
                        on_move={on_move.clone()}
                        on_settle={on_settle.clone()}
                    />
                }) }
            </div>
            <details class="more" open=true>
                <summary>{ "Also at this threshold" }</summary>
                { other_numbers(&in_force, false) }
            </details>
            <SmallMultiples given={given.clone()} chosen={*class} on_choose={on_class} />
        </section>
    }
}

/// The counts of the nearest stop where the threshold lies between two.
fn in_force(source: &Source, threshold: f64) -> InForce {
    let located = source
        .tradeoff()
        .and_then(|tradeoff| tradeoff.stops.at(threshold));
    let (counts, certainty) = Certainty::of(located);
    InForce {
        threshold: Some(threshold),
        counts,
        amounts: BinaryAmounts::default(),
        certainty,
    }
}
