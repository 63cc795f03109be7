//! The reliability curve as a table.

use std::rc::Rc;

use greenlight_format::csv::push_record;
use greenlight_format::{self as format, Told};
use greenlight_readiness::{Binning, CalibrationBin, CalibrationWords};
use yew::prelude::*;

use super::curves::Curves;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub curves: Rc<Curves>,
    pub binning: Binning,
}

#[component]
pub fn TableTwin(Props { curves, binning }: &Props) -> Html {
    let current = match curves.name.as_str() {
        "" => "All rows".to_owned(),
        name => format!("“{name}”"),
    };
    html! {
        <details class="table-twin">
            <summary>{ "As a table" }</summary>
            { table(curves, "reliability", &current, curves.bins(*binning)) }
            if let Some((name, bins)) = curves.reference(*binning) {
                { table(curves, "reliability_reference", &format!("“{name}”, the reference"), bins) }
            }
        </details>
    }
}

fn table(curves: &Curves, name: &str, rows: &str, bins: &[CalibrationBin]) -> Html {
    html! {
        <div class="scroll">
            <table class="table" data-testid={format!("table-{name}")}>
                <caption>{ format!("{rows}: what scores say against what happens.") }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ "Scores from" }</th>
                        <th scope="col" class="number">{ "Rows" }</th>
                        <th scope="col" class="number">{ "Mean score" }</th>
                        <th scope="col" class="number">{ format!("Share {}", curves.words.outcome()) }</th>
                        <th scope="col" class="number">{ "95 % interval" }</th>
                        <th scope="col" class="number">{ "Gap" }</th>
                    </tr>
                </thead>
                <tbody>{ for bins.iter().map(|bin| row(bin, curves.words.told)) }</tbody>
            </table>
        </div>
    }
}

fn row(bin: &CalibrationBin, told: Told) -> Html {
    let range = CalibrationWords::range(bin);
    let cell = |value: Option<f64>, show: fn(f64) -> String, told: Told| {
        html! {
            <td class="number" title={value.map(|value| told.in_full(value))}>
                { told.mark(value.map_or_else(format::undefined, show)) }
            </td>
        }
    };
    let interval = bin.interval;
    html! {
        <tr key={bin.low.to_string()}>
            <th scope="row">{ range }</th>
            <td class="number">{ format::count(bin.rows) }</td>
            { cell(bin.mean_score, format::percent, told) }
            { cell(bin.share, format::percent, Told::Exactly) }
            <td class="number">
                { interval.map_or_else(format::undefined, |at| format::percent_interval(at.low, at.high)) }
            </td>
            { cell(bin.gap(), format::difference, told) }
        </tr>
    }
}

/// The table with plain numbers; where there is a reference, its bins come last.
pub fn csv(curves: &Curves, binning: Binning) -> String {
    let mut text = String::new();
    push_record(
        &mut text,
        &[
            "rows_of",
            "low",
            "high",
            "rows",
            "mean_score",
            "share",
            "interval_low",
            "interval_high",
            "gap",
        ],
    );
    let current = match curves.name.as_str() {
        "" => "all",
        name => name,
    };
    let current = (current, curves.bins(binning));
    for (name, bins) in [current].into_iter().chain(curves.reference(binning)) {
        for bin in bins {
            let exact =
                |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
            let numbers = [
                bin.low.to_string(),
                bin.high.to_string(),
                bin.rows.to_string(),
                exact(bin.mean_score),
                exact(bin.share),
                exact(bin.interval.map(|interval| interval.low)),
                exact(bin.interval.map(|interval| interval.high)),
                exact(bin.gap()),
            ];
            let mut record = vec![name];
            record.extend(numbers.iter().map(String::as_str));
            push_record(&mut text, &record);
        }
    }
    text
}
