//! How latencies are spread, with the budget.

use std::rc::Rc;

use greenlight_charts::LatencyBin;
use greenlight_data::LatencyUnit;
use greenlight_format::{self as format, Told};
use greenlight_metrics::LogHistogram;
use greenlight_readiness::examination::LatencyLook;
use yew::prelude::*;

use crate::components::pictures::{LatencyData, LatencyMarkData, Picture, SharedPicture};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub look: Rc<LatencyLook>,
    /// The unit of its latencies.
    pub unit: LatencyUnit,
    /// What the rows that are judged and those of the reference are called.
    pub names: (String, String),
    /// Percentiles by name, in milliseconds.
    pub marks: Vec<(&'static str, f64)>,
    /// Where the budget is while it moves.
    pub budget_ms: f64,
    /// How well the percentiles are known.
    pub told: Told,
}

#[component]
pub fn Histogram(props: &Props) -> Html {
    let Props {
        look,
        unit,
        names,
        marks,
        budget_ms,
        told,
    } = props;
    let drawn = (
        Rc::clone(look),
        *unit,
        names.clone(),
        marks.clone(),
        *budget_ms,
        *told,
    );
    let picture = use_memo(drawn, |(look, unit, names, marks, budget_ms, told)| {
        let reference = look.reference.as_ref();
        let mark = |(name, ms): &(&str, f64)| LatencyMarkData {
            name: (*name).to_owned(),
            ms: *ms,
        };
        SharedPicture::new(LatencyData {
            title: "How long answers take".to_owned(),
            bins: bins(&look.current.histogram, *unit),
            reference: reference.map_or_else(Vec::new, |shape| bins(&shape.histogram, *unit)),
            names: names.clone(),
            marks: marks.iter().map(mark).collect(),
            budget_ms: *budget_ms,
            told: *told,
            hint: hint(look.current.histogram.not_positive()),
        })
    });
    html! { <Picture name="latency" picture={(*picture).clone()} /> }
}

fn hint(of_zero: u64) -> String {
    let hint = "Point at a bar, or move through them with the arrow keys.";
    match of_zero {
        0 => hint.to_owned(),
        rows => format!(
            "{hint} {} of 0\u{202f}ms have no place on a log scale.",
            format::count(rows)
        ),
    }
}

fn bins(histogram: &LogHistogram, unit: LatencyUnit) -> Vec<LatencyBin> {
    let bins = histogram.bins();
    bins.map(|bin| LatencyBin {
        low: bin.low * unit.in_ms(),
        high: bin.high * unit.in_ms(),
        rows: bin.count,
    })
    .collect()
}
