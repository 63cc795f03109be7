//! Number by number: before, after, and the interval of the difference drawn beside 0.

use std::rc::Rc;

use greenlight_charts::{IntervalBar, Outcome as BarOutcome};
use greenlight_format as format;
use greenlight_format::csv::push_record;
use greenlight_readiness::Outcome;
use greenlight_readiness::comparison::{Change, ComparedNumber, Comparison};
use greenlight_readiness::written::comparison::{cells, change, own_reason, shared_reasons};
use yew::prelude::*;

use crate::canvas::{CanvasError, Chart, Frame};
use crate::components::pictures::{Listed, listed};
use crate::components::{Downloads, sign};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub comparison: Rc<Comparison>,
}

/// What can be looked at alone; the first is all.
const FILTERS: [(&str, Option<Change>); 5] = [
    ("All", None),
    ("Worse", Some(Change::Worse)),
    ("Better", Some(Change::Better)),
    ("Within noise", Some(Change::WithinNoise)),
    ("Not comparable", Some(Change::NotComparable)),
];
/// So far the axis of a difference of shares reaches at least.
const LEAST_REACH: f64 = 0.02;
/// How tall the bar of a number is, in CSS pixels.
const BAR_HEIGHT: u32 = 24;

#[component]
pub fn NumberTable(Props { comparison }: &Props) -> Html {
    let wanted = use_state_eq(|| None::<Change>);
    // The same is within noise as well.
    let is_shown = |number: &&ComparedNumber, wanted: Option<Change>| match wanted {
        None => true,
        Some(Change::WithinNoise) => matches!(number.change, Change::WithinNoise | Change::Same),
        Some(wanted) => number.change == wanted,
    };
    let shown = comparison
        .numbers
        .iter()
        .filter(|number| is_shown(number, *wanted));
    let shown: Vec<ComparedNumber> = shown.cloned().collect();
    let csv = {
        let comparison = Rc::clone(comparison);
        Callback::from(move |()| csv(&comparison))
    };
    let drawn = shown.iter().filter(|number| number.interval.is_some());
    let drawn: Vec<Listed> = drawn.map(|number| kept(number, comparison)).collect();
    let picture = (!drawn.is_empty()).then(|| listed(drawn, BAR_HEIGHT));
    html! {
        <>
            <fieldset class="choice" data-testid="compare-filter">
                <legend class="visually-hidden">{ "Which numbers are shown" }</legend>
                { for FILTERS.map(|(title, filter)| {
                    let count = comparison.numbers.iter().filter(|number| is_shown(number, filter)).count();
                    let choose = wanted.setter();
                    let onchange = Callback::from(move |_: Event| choose.set(filter));
                    html! {
                        <label key={title}>
                            <input type="radio" name="compare-filter" checked={*wanted == filter} {onchange} />
                            <span>{ format!("{title} ({})", format::count(count as u64)) }</span>
                        </label>
                    }
                }) }
            </fieldset>
            { for shared_reasons(comparison).into_iter().map(|reason| html! {
                <p class="aside" data-testid="compare-reason">{ reason }</p>
            }) }
            if shown.is_empty() {
                <p class="aside">{ "No number is of this kind." }</p>
            } else {
                <table class="table compared" data-testid="table-compared">
                    <thead>
                        <tr>
                            <th scope="col">{ "Number" }</th>
                            <th scope="col" class="number">{ "Before" }</th>
                            <th scope="col" class="number">{ "After" }</th>
                            <th scope="col" class="number">{ "Difference (interval)" }</th>
                            <th scope="col" class="bar">{ "Beside no change" }</th>
                            <th scope="col">{ "It is" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for shown.into_iter().map(|number| {
                            let title = number.title(comparison);
                            let why = own_reason(comparison, &number).map(str::to_owned);
                            html! { <Row key={title.clone()} title={title.clone()} {number} {why} /> }
                        }) }
                    </tbody>
                </table>
            }
            <Downloads name="compared" title="Both reports, number by number" {picture} {csv} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    title: String,
    number: ComparedNumber,
    /// Why it cannot be compared, where that is said here.
    why: Option<String>,
}

#[component]
fn Row(RowProps { title, number, why }: &RowProps) -> Html {
    let draw = use_callback(number.clone(), draw);
    let [before, after, apart] = cells(number);
    let outcome = outcome(number.change);
    let metric = number.metric.name();
    html! {
        <tr data-testid={format!("compared-{metric}")} data-change={change(number.change)}>
            <th class="name" scope="row">
                <details class="term">
                    <summary>{ title }</summary>
                    <p>{ &number.reason }</p>
                </details>
            </th>
            <td class="number before" data-value={number.before.map(|value| value.to_string())}>{ before }</td>
            <td class="number after" data-value={number.after.map(|value| value.to_string())}>{ after }</td>
            <td class="number apart" data-value={number.difference.map(|value| value.to_string())}>{ apart }</td>
            <td class="bar">
                if number.interval.is_some() {
                    <Chart name={format!("compared-{metric}")} label={number.reason.clone()} height={BAR_HEIGHT} {draw} />
                } else if let Some(why) = why {
                    <p class="aside">{ why }</p>
                }
            </td>
            <td class={classes!("outcome", words::outcome_class(outcome))}>
                { sign(outcome) }
                { change(number.change) }
            </td>
        </tr>
    }
}

/// The outcome whose sign and colour a change has.
fn outcome(change: Change) -> Outcome {
    match change {
        Change::Better => Outcome::Pass,
        Change::Worse => Outcome::Fail,
        Change::WithinNoise | Change::Same | Change::NotComparable => Outcome::NoEvidence,
    }
}

fn draw(mut frame: Frame, number: &ComparedNumber) -> Result<(), CanvasError> {
    bar(number).draw(&mut frame.canvas, &frame.theme)?;
    Ok(())
}

/// A number as a line of the picture to keep.
fn kept(number: &ComparedNumber, comparison: &Comparison) -> Listed {
    let number = number.clone();
    let [before, after, _] = cells(&number);
    Listed {
        name: number.title(comparison),
        said: format!("{before} → {after}: {}", change(number.change)),
        draw: Some(Callback::from(move |frame| draw(frame, &number))),
    }
}

fn bar(number: &ComparedNumber) -> IntervalBar {
    let value = number.difference.unwrap_or(f64::NAN);
    let (low, high) = number
        .interval
        .map_or((value, value), |ends| (ends.low, ends.high));
    // As far as the interval reaches, to both sides of no change.
    let reach = [low, high, LEAST_REACH]
        .map(f64::abs)
        .into_iter()
        .fold(0.0, f64::max);
    IntervalBar {
        value,
        interval: (low, high),
        limit: 0.0,
        domain: (-1.1 * reach, 1.1 * reach),
        outcome: match number.change {
            Change::Better => BarOutcome::Pass,
            Change::Worse => BarOutcome::Fail,
            _ => BarOutcome::NoEvidence,
        },
    }
}

/// The table with plain numbers.
fn csv(comparison: &Comparison) -> String {
    let mut text = String::new();
    let head = [
        "metric",
        "scope",
        "before",
        "after",
        "difference",
        "interval_low",
        "interval_high",
        "change",
        "reason",
    ];
    push_record(&mut text, &head);
    let plain = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    for number in &comparison.numbers {
        let ends = number.interval;
        let numbers = [
            number.before,
            number.after,
            number.difference,
            ends.map(|ends| ends.low),
            ends.map(|ends| ends.high),
        ]
        .map(plain);
        let mut record = vec![
            number.metric.name(),
            number.scope.as_deref().unwrap_or_default(),
        ];
        record.extend(numbers.iter().map(String::as_str));
        record.extend([change(number.change), number.reason.as_str()]);
        push_record(&mut text, &record);
    }
    text
}
