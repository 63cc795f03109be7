//! One picture of the trade-off: drawn once, dragged, walked along with keys, read out, and kept.

use std::rc::Rc;

use greenlight_format as format;
use greenlight_metrics::{BinaryCounts, RowCosts};
use yew::prelude::*;

use super::in_force::{InForce, percent, shown};
use super::plot::{Plot, SharedPlot};
use super::slider::on_keys;
use super::subject::Subject;
use super::twin::{Twin, csv};
use super::words::in_all;
use crate::canvas::{Chart, Drag, Frame};
use crate::components::{Downloads, Picture as Kept};

#[derive(Properties, PartialEq)]
pub struct PictureProps {
    pub plot: SharedPlot,
    pub in_force: InForce,
    /// Where keys move from while no threshold decides.
    pub rest: f64,
    /// How the rows of the positive class are spoken of.
    pub cases: AttrValue,
    pub currency: AttrValue,
    pub on_move: Callback<f64>,
    pub on_settle: Callback<()>,
}

const HEIGHT: u32 = 260;
const KEPT: (u32, u32) = (720, 480);

#[component]
pub fn Picture(props: &PictureProps) -> Html {
    let PictureProps {
        plot,
        in_force,
        rest,
        on_move,
        on_settle,
        ..
    } = props;
    let draw = use_callback(plot.clone(), |mut frame: Frame, plot| {
        plot.0.draw(&mut frame)
    });
    let overlay = use_callback(
        (plot.clone(), *in_force),
        |mut frame: Frame, (plot, in_force)| plot.0.draw_in_force(&mut frame, in_force),
    );
    // What is kept has the threshold on it. It changes with every move, the button does not.
    let latest = use_mut_ref(|| *in_force);
    latest.replace(*in_force);
    let kept = use_callback(plot.clone(), move |mut frame: Frame, plot| {
        plot.0.draw(&mut frame)?;
        let in_force = *latest.borrow();
        plot.0.draw_in_force(&mut frame, &in_force)
    });
    let write = use_callback(plot.clone(), |(), plot| csv(&plot.0));
    let subject = plot.0.subject;
    let on_drag = {
        let (plot, on_move, on_settle) = (Rc::clone(&plot.0), on_move.clone(), on_settle.clone());
        Callback::from(move |Drag { at, is_over }: Drag| {
            if let Some(threshold) = plot.threshold_at(at) {
                on_move.emit(threshold);
            }
            if is_over {
                on_settle.emit(());
            }
        })
    };
    let at = in_force.threshold.unwrap_or(*rest);
    let on_key = on_keys(plot.0.range, at, on_move);
    let on_focus = {
        let on_settle = on_settle.clone();
        Callback::from(move |focused: bool| {
            if !focused {
                on_settle.emit(());
            }
        })
    };
    let read_out = read_out(&plot.0, in_force, &props.cases, &props.currency);
    html! {
        <figure class={classes!("picture", "trade-off")} onkeyup={settle_on_key(on_settle)}>
            <h2>{ subject.title() }</h2>
            <Chart
                name={subject.name()}
                label={format!("{}. Arrow keys and dragging move the threshold; the same numbers stand in the table.", subject.title())}
                height={HEIGHT}
                {draw}
                {overlay}
                on_drag={Some(on_drag)}
                on_key={Some(on_key)}
                {on_focus}
            />
            <figcaption>
                <p class="read-out" data-testid={format!("read-out-{}", subject.name())}>{ read_out }</p>
                <Downloads
                    name={subject.name()}
                    title={subject.title()}
                    picture={Kept { draw: kept, size: KEPT }}
                    csv={write}
                />
                <Twin plot={plot.clone()} />
            </figcaption>
        </figure>
    }
}

/// Letting go of an arrow key lets go of the threshold.
fn settle_on_key(on_settle: &Callback<()>) -> Callback<KeyboardEvent> {
    let on_settle = on_settle.clone();
    Callback::from(move |event: KeyboardEvent| {
        let key = event.key();
        if key.starts_with("Arrow")
            || matches!(key.as_str(), "Home" | "End" | "PageUp" | "PageDown")
        {
            on_settle.emit(());
        }
    })
}

/// What the picture says at the threshold in force.
fn read_out(plot: &Plot, in_force: &InForce, cases: &str, currency: &str) -> String {
    let counts = &in_force.counts;
    let about = in_force.about();
    let at = match in_force.threshold {
        Some(threshold) => format!("At {}", shown(threshold)),
        None => "As the file predicts".to_owned(),
    };
    let text = match plot.subject {
        Subject::PrecisionRecall => format!(
            "recall {}, precision {}.",
            percent(counts.recall()),
            percent(counts.precision())
        ),
        Subject::Roc => format!(
            "{} of {cases} caught, {} of the other rows flagged.",
            percent(counts.recall()),
            percent(counts.false_positive_rate())
        ),
        Subject::Metrics => format!(
            "recall {}, precision {}, F1 {}, flagged {}.",
            percent(counts.recall()),
            percent(counts.precision()),
            percent(counts.f1()),
            percent(counts.queue_rate())
        ),
        Subject::Histogram => format!(
            "{} {cases} and {} other rows are flagged.",
            format::count(counts.tp),
            format::count(counts.fp)
        ),
        Subject::Cost(costs) => cost(&costs, in_force, currency),
        Subject::Gain => format!(
            "{} of the rows flagged catch {} of {cases}.{}",
            percent(counts.queue_rate()),
            percent(counts.recall()),
            largest_distance(plot)
        ),
        Subject::Lift => lift(counts),
    };
    format!("{at}: {about}{text}")
}

fn cost(costs: &RowCosts, in_force: &InForce, currency: &str) -> String {
    let total = costs.total(&in_force.counts, &in_force.amounts);
    total.map_or_else(
        |why| format!("no cost, because {why}."),
        |total| format!("{}.", in_all(total, currency)),
    )
}

fn lift(counts: &BinaryCounts) -> String {
    counts.lift().map_or_else(
        |why| format!("no lift, because {why}."),
        |lift| {
            let lift = format::significant(lift, 3);
            format!("alerts are real {lift} times as often as rows picked by chance.")
        },
    )
}

/// Kolmogorov and Smirnov's statistic in words.
fn largest_distance(plot: &Plot) -> String {
    let ks = plot.source.tradeoff().map(|tradeoff| tradeoff.ks_statistic);
    match ks {
        Some(Ok(ks)) => format!(
            " At best, the share caught is {} above the share of other rows flagged (KS).",
            format::difference(ks).trim_start_matches('+')
        ),
        _ => String::new(),
    }
}
