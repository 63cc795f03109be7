//! The weak segments as a picture and a table.

use std::rc::Rc;

use greenlight_charts::{IntervalDot, interval_dots::Tone};
use greenlight_format::csv::push_record;
use greenlight_format::{self as format, Told};
use greenlight_readiness::examination::WeakSegments;
use greenlight_readiness::segment_words::{WeakGroup, WeakWords};
use yew::prelude::*;

use super::dots::{Dots, DotsPicture};
use super::rate_cell;

pub fn weak(weak: &WeakSegments, told: Told) -> Html {
    let words = WeakWords::of(weak, told);
    html! {
        <>
            <h1>{ unbroken(&words.finding) }</h1>
            <p class="lead" data-testid="remarks">{ words.remarks.join(" ") }</p>
            if !words.groups.is_empty() {
                <DotsPicture
                    name="weak_segments"
                    label="Weak groups: how often they are right, against all rows"
                    dots={Rc::new(dots(&words))}
                />
                { table(&words.groups) }
            }
        </>
    }
}

/// A comparison stays on one line.
fn unbroken(text: &str) -> String {
    let signs = ["≤", "<", "≥"];
    signs.into_iter().fold(text.to_owned(), |text, sign| {
        text.replace(&format!(" {sign} "), &format!("\u{a0}{sign}\u{a0}"))
    })
}

fn dots(words: &WeakWords) -> Dots {
    let dot = |group: &WeakGroup| IntervalDot {
        name: group.name.clone(),
        value: group.accuracy.value,
        interval: (group.accuracy.interval.low, group.accuracy.interval.high),
        tone: Tone::Low,
    };
    Dots {
        dots: words.groups.iter().map(dot).collect(),
        said: words.groups.iter().map(WeakGroup::read_out).collect(),
        line: words.accuracy.unwrap_or(f64::NAN),
        title: "Share of answers that are right, with 95 % interval".to_owned(),
        hint: "Point at a group, or move through them with the arrow keys.".to_owned(),
        csv: csv(&words.groups),
    }
}

fn table(groups: &[WeakGroup]) -> Html {
    html! {
        <div class="scroll" tabindex="0" role="group" aria-label="Weak groups">
            <table class="table" data-testid="table-weak_segments">
                <caption>
                    { "Weak groups, the surest first. They can overlap." }
                </caption>
                <thead>
                    <tr>
                        <th scope="col">{ "Where" }</th>
                        <th scope="col" class="number">{ "Rows" }</th>
                        <th scope="col" class="number">{ "Share of rows" }</th>
                        <th scope="col" class="number">{ "Right answers" }</th>
                        <th scope="col" class="number">{ "Against the rest" }</th>
                        <th scope="col" class="number">{ "Surely at least" }</th>
                        <th scope="col" class="number">{ "Share of errors" }</th>
                    </tr>
                </thead>
                <tbody>{ for groups.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

fn row(group: &WeakGroup) -> Html {
    let number = |value: f64, show: fn(f64) -> String, told: Told| {
        html! {
            <td class="number" title={told.mark(format::exact(value))} data-value={value.to_string()}>
                { told.mark(show(value)) }
            </td>
        }
    };
    html! {
        <tr key={group.name.clone()}>
            <th scope="row" class="where" dir="auto">{ &group.name }</th>
            <td class="number">{ format::count(group.rows) }</td>
            { number(group.share_of_rows, format::percent, Told::Exactly) }
            { rate_cell(Some(&group.accuracy), "") }
            { number(-group.gap, format::difference, group.told) }
            { number(-group.least_gap, format::difference, group.told) }
            { number(group.share_of_errors, format::percent, Told::Exactly) }
        </tr>
    }
}

fn csv(groups: &[WeakGroup]) -> String {
    let mut text = String::new();
    push_record(
        &mut text,
        &[
            "where",
            "rows",
            "share_of_rows",
            "accuracy",
            "interval_low",
            "interval_high",
            "gap",
            "least_gap",
            "share_of_errors",
        ],
    );
    for group in groups {
        let numbers = [
            group.share_of_rows,
            group.accuracy.value,
            group.accuracy.interval.low,
            group.accuracy.interval.high,
            group.gap,
            group.least_gap,
            group.share_of_errors,
        ]
        .map(|number| number.to_string());
        let rows = group.rows.to_string();
        let mut record = vec![group.name.as_str(), &rows];
        record.extend(numbers.iter().map(String::as_str));
        push_record(&mut text, &record);
    }
    text
}
