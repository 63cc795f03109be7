//! The numbers of a picture as a table, and as CSV.

use greenlight_format as format;
use greenlight_format::csv::push_record;
use greenlight_metrics::Value;
use web_sys::HtmlDetailsElement;
use yew::prelude::*;

use super::in_force::shown;
use super::plot::{Plot, SharedPlot};
use super::subject::{Column, Subject};

/// The table has about so many rows; the CSV file has all.
const ROWS: usize = 50;

#[derive(Properties, PartialEq)]
pub struct TwinProps {
    pub plot: SharedPlot,
}

#[component]
pub fn Twin(TwinProps { plot }: &TwinProps) -> Html {
    let opened = use_state_eq(|| false);
    let ontoggle = {
        let opened = opened.setter();
        Callback::from(move |event: Event| {
            let details: Option<HtmlDetailsElement> = event.target_dyn_into();
            opened.set(details.is_some_and(|details| details.open()));
        })
    };
    let (head, rows) = match *opened {
        true => cells(&plot.0),
        false => Default::default(),
    };
    let name = plot.0.subject.name();
    let step = rows.len().div_ceil(ROWS).max(1);
    let last = rows.len().saturating_sub(1);
    let thinned = rows.iter().enumerate();
    let thinned = thinned.filter(|(index, _)| index % step == 0 || *index == last);
    html! {
        <details class="table-twin" {ontoggle}>
            <summary>{ "As a table" }</summary>
            if *opened {
                <div class="scroll long" tabindex="0" role="group" aria-label={plot.0.subject.title()}>
                    <table class="table" data-testid={format!("table-{name}")}>
                        if step > 1 {
                            <caption>
                                { format!("Every {step}th of {} thresholds; the CSV file has all.", format::count(rows.len() as u64)) }
                            </caption>
                        }
                        <thead>
                            <tr>{ for head.iter().map(|name| html! { <th scope="col" class="number">{ *name }</th> }) }</tr>
                        </thead>
                        <tbody>
                            { for thinned.map(|(index, row)| html! {
                                <tr key={index}>
                                    { for row.iter().map(|cell| html! { <td class="number">{ cell }</td> }) }
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
            }
        </details>
    }
}

type Cells = (Vec<&'static str>, Vec<Vec<String>>);

/// The table for people.
fn cells(plot: &Plot) -> Cells {
    if plot.subject == Subject::Histogram {
        let bins = bins(plot).into_iter();
        let row = |(from, to, positives, negatives): Bin| {
            vec![
                shown(from),
                shown(to),
                format::count(positives),
                format::count(negatives),
            ]
        };
        return (
            vec!["From", "To", "Positive", "Negative"],
            bins.map(row).collect(),
        );
    }
    let mut head = vec!["Threshold"];
    let columns = plot.subject.columns();
    head.extend(columns.iter().map(|column| column.title));
    let number = |(column, value): (&Column, Value)| match value {
        Err(_) => format::undefined(),
        Ok(value) if column.is_share => format::percent(value),
        Ok(value) => format::significant(value, 4),
    };
    let places = plot.source.places(plot.subject).into_iter();
    let rows = places.map(|(stop, amounts)| {
        let threshold = stop.interval.up_to;
        let mut row = vec![threshold.map_or_else(|| "flag nothing".to_owned(), shown)];
        let values = plot.subject.values(&stop.counts, &amounts).into_iter();
        row.extend(columns.iter().zip(values).map(number));
        row
    });
    (head, rows.collect())
}

/// The table with plain numbers.
pub fn csv(plot: &Plot) -> String {
    let mut text = String::new();
    if plot.subject == Subject::Histogram {
        push_record(&mut text, &["from", "to", "positives", "negatives"]);
        for (from, to, positives, negatives) in bins(plot) {
            let (from, to) = (from.to_string(), to.to_string());
            let (positives, negatives) = (positives.to_string(), negatives.to_string());
            push_record(&mut text, &[&from, &to, &positives, &negatives]);
        }
        return text;
    }
    let mut head = vec!["threshold", "tp", "fp", "fn", "tn"];
    head.extend(plot.subject.columns().iter().map(|column| column.name));
    push_record(&mut text, &head);
    for (stop, amounts) in plot.source.places(plot.subject) {
        let counts = stop.counts;
        let threshold = stop.interval.up_to;
        let mut row = vec![threshold.map_or_else(String::new, |threshold| threshold.to_string())];
        row.extend([counts.tp, counts.fp, counts.fn_, counts.tn].map(|count| count.to_string()));
        let values = plot.subject.values(&counts, &amounts).into_iter();
        row.extend(values.map(|value| value.map_or_else(|_| String::new(), |v| v.to_string())));
        let row: Vec<&str> = row.iter().map(String::as_str).collect();
        push_record(&mut text, &row);
    }
    text
}

/// From, to, and the rows of both classes.
type Bin = (f64, f64, u64, u64);

fn bins(plot: &Plot) -> Vec<Bin> {
    let histogram = plot
        .source
        .tradeoff()
        .and_then(|tradeoff| tradeoff.histogram.as_ref());
    let Some(histogram) = histogram else {
        return Vec::new();
    };
    let (low, high) = histogram.range;
    let count = histogram.positives.len().max(1) as f64;
    let edge = |bin: usize| {
        let part = bin as f64 / count;
        low * (1.0 - part) + high * part
    };
    let rows = histogram
        .positives
        .iter()
        .zip(&histogram.negatives)
        .enumerate();
    rows.map(|(bin, (positives, negatives))| (edge(bin), edge(bin + 1), *positives, *negatives))
        .collect()
}
