//! How differently groups are treated, for a column that the person names.

use std::rc::Rc;

use greenlight_charts::{IntervalDot, interval_dots::Tone};
use greenlight_format as format;
use greenlight_metrics::GroupRates;
use greenlight_metrics::fairness::Rate;
use greenlight_readiness::examination::{Fairness, Favourable, Group, SegmentColumn, Segments};
use greenlight_readiness::segment_words::{FairnessWords, RateSpread};
use yew::prelude::*;

use super::column::{DRAWN, push};
use super::dots::{Dots, DotsPicture};
use super::{Asked, change, choice, column_select, rate_cell};
use crate::components::table_download;
use crate::session::Loaded;

/// What is looked at.
pub struct Treatment<'a> {
    pub segments: &'a Segments,
    pub loaded: &'a Loaded,
    pub asked: &'a UseStateHandle<Asked>,
    pub about: &'static str,
}

/// A rate: what it is called, and what it says of a favourable class.
const RATES: [(&str, &str); 3] = [
    (
        "Selected",
        "The selection rate: of all rows of a group, the share that is predicted the favourable class.",
    ),
    (
        "Selected when due",
        "The true positive rate: of the rows whose true class is the favourable one, the share that is predicted it.",
    ),
    (
        "Selected when not due",
        "The false positive rate: of the rows whose true class is the other one, the share that is predicted the favourable one.",
    ),
];

pub fn treatment(view: &Treatment<'_>) -> Html {
    let Treatment {
        segments,
        loaded,
        asked,
        ..
    } = *view;
    let column = segments
        .columns
        .iter()
        .find(|column| column.column == asked.groups);
    let choose_column = change(asked, |asked, column| asked.groups = column);
    let choose_class = change(asked, |asked, class| asked.is_turned = class == 1);
    let classes = &loaded.profile.classes;
    let names = classes.positive().map(|positive| {
        let name = |class: usize| classes.names().get(class).map_or("", String::as_str);
        (name(positive), name(1 - positive.min(1)))
    });
    let Some((positive, negative)) = names.filter(|_| classes.len() == 2) else {
        return html! {
            <>
                <h2>{ "Are groups treated alike?" }</h2>
                <p class="aside">
                    { "Comparing how often groups are selected needs two classes, of which one is known to be positive." }
                </p>
            </>
        };
    };
    let choices = [
        ("positive", format!("“{positive}”")),
        ("negative", format!("“{negative}”")),
    ];
    let favourable = match asked.is_turned {
        false => (Favourable::Positive, positive),
        true => (Favourable::Negative, negative),
    };
    html! {
        <>
            <h2>{ "Are groups treated alike?" }</h2>
            <div class="asked">
                <label for="fairness-column">{ "Compare groups of" }</label>
                { column_select(segments, "fairness-column", column, Some("choose a column…"), &choose_column) }
                if column.is_some() {
                    <span class="favourable">
                        <span>{ "It is good to be predicted" }</span>
                        { choice("favourable", "Which prediction is favourable", &choices, usize::from(asked.is_turned), &choose_class) }
                    </span>
                }
            </div>
            if let Some(column) = column {
                { compared(view, column, favourable) }
            } else {
                <p class="aside">
                    { "Name a column of groups that should be treated alike, such as sex or age group: how often each is \
                       selected, rightly and wrongly, is set side by side." }
                </p>
            }
        </>
    }
}

fn compared(
    view: &Treatment<'_>,
    column: &SegmentColumn,
    (favourable, class): (Favourable, &str),
) -> Html {
    let Treatment {
        loaded,
        asked,
        about,
        ..
    } = *view;
    let found = Fairness::favouring(favourable, column, &loaded.profile.classes);
    let fairness = match found {
        Ok(fairness) => fairness,
        Err(_) => {
            return html! {
                <p data-testid="fairness-finding">
                    { format!("No value of {} has the 30 rows that comparing takes.", column.column) }
                </p>
            };
        }
    };
    let words = FairnessWords::of(&fairness, column, class);
    let choose = change(asked, |asked, rate| asked.rate = rate);
    let choices: Vec<(&'static str, String)> = FairnessWords::RATES
        .into_iter()
        .zip(&RATES)
        .map(|(name, (title, _))| (name, (*title).to_owned()))
        .collect();
    html! {
        <>
            <p data-testid="fairness-finding">{ &words.finding }{ "." }</p>
            <p class="lead">{ words.remarks.join(" ") }</p>
            { choice("fairness-rate", "Which rate is drawn", &choices, asked.rate, &choose) }
            <DotsPicture
                name="group_rates"
                label="How often each group is selected"
                dots={Rc::new(dots(&fairness, &words, asked.rate))}
            />
            { groups_table(&fairness, &column.column, about) }
            { spreads_table(&words.spreads, about) }
            <details class="term">
                <summary>{ "What the four-fifths rule does not mean" }</summary>
                <p>
                    { "It is a rule of thumb from hiring practice: a group selected less than 80 % as often as the one selected \
                       most deserves a closer look. It does not say why they differ, whether the difference is due, or whether \
                       chance explains it. Within the rule a model can still be unfair, in its errors for instance; outside of \
                       it a model need not be. It is not legal advice." }
                </p>
            </details>
        </>
    }
}

fn rate_of(rates: &GroupRates, rate: usize) -> Option<&Rate> {
    match rate {
        0 => rates.selection_rate.as_ref().ok(),
        1 => rates.true_positive_rate.as_ref().ok(),
        _ => rates.false_positive_rate.as_ref().ok(),
    }
}

fn dots(fairness: &Fairness<'_>, words: &FairnessWords, rate: usize) -> Dots {
    let (title, _) = RATES.get(rate).copied().unwrap_or_default();
    let of = |group: &Group<'_>| rate_of(&group.rates, rate).copied();
    let dot = |group: &Group<'_>| {
        let found = of(group);
        let interval = found.map_or((f64::NAN, f64::NAN), |rate| {
            (rate.interval.low, rate.interval.high)
        });
        IntervalDot {
            name: group.value.to_owned(),
            value: found.map_or(f64::NAN, |rate| rate.value),
            interval,
            tone: Tone::Plain,
        }
    };
    let said = |group: &Group<'_>| {
        let rows = format::count(group.counts.total());
        match of(group) {
            None => format!("{}: {rows} rows, none of which counts.", group.value),
            Some(Rate {
                value,
                interval,
                of,
            }) => format!(
                "{}: {} of {} rows (95 % interval {}).",
                group.value,
                format::percent(value),
                format::count(of),
                format::percent_interval(interval.low, interval.high),
            ),
        }
    };
    Dots {
        dots: fairness.groups.iter().map(dot).collect(),
        said: fairness.groups.iter().map(said).collect(),
        line: f64::NAN,
        title: format!("{title}, with 95 % interval"),
        hint: "Point at a group, or move through them with the arrow keys.".to_owned(),
        csv: csv(fairness, &words.spreads),
    }
}

fn heading((title, explanation): &(&'static str, &'static str)) -> Html {
    html! {
        <th scope="col" class="number" key={*title}>
            <details class="term">
                <summary>{ *title }</summary>
                <p>{ *explanation }</p>
            </details>
        </th>
    }
}

fn groups_table(fairness: &Fairness<'_>, column: &str, about: &str) -> Html {
    let is_long = fairness.groups.len() > DRAWN;
    html! {
        <>
        <div class={classes!("scroll", is_long.then_some("long"))} tabindex="0" role="group" aria-label="Group by group">
            <table class="table rates" data-testid="table-group_rates">
                <caption>{ format!("Each group of {column} with at least 30 rows.") }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ "Group" }</th>
                        <th scope="col" class="number">{ "Rows" }</th>
                        { for RATES.iter().map(heading) }
                    </tr>
                </thead>
                <tbody>
                    { for fairness.groups.iter().map(|group| html! {
                        <tr key={group.value.to_owned()}>
                            <th scope="row" class="where" dir="auto">{ group.value }</th>
                            <td class="number">{ format::count(group.counts.total()) }</td>
                            { for (0..RATES.len()).map(|rate| rate_cell(rate_of(&group.rates, rate), about)) }
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
        { table_download("group_rates", "Rates of each group") }
        </>
    }
}

fn spreads_table(spreads: &[RateSpread], about: &str) -> Html {
    let row = |(spread, (title, _)): (&RateSpread, &(&'static str, &'static str))| {
        let (lowest, highest) = &spread.groups;
        let cells = match &spread.spread {
            Err(why) => html! { <td class="aside" colspan="4">{ why.to_string() }</td> },
            Ok(found) => html! {
                <>
                    <td dir="auto">{ lowest }</td>
                    <td dir="auto">{ highest }</td>
                    <td
                        class="number"
                        title={format::exact(found.difference)}
                        data-value={found.difference.to_string()}
                    >
                        { about }
                        { format::difference(found.difference) }
                    </td>
                    <td class="number" data-value={found.ratio.ok().map(|ratio| ratio.to_string())}>
                        { about }
                        { found.ratio.map_or_else(|_| format::undefined(), |ratio| format::significant(ratio, 2)) }
                    </td>
                </>
            },
        };
        html! {
            <tr key={spread.name}>
                <th scope="row">{ *title }</th>
                { cells }
            </tr>
        }
    };
    html! {
        <>
        <div class="scroll" tabindex="0" role="group" aria-label="The largest differences">
            <table class="table" data-testid="table-rate_spreads">
                <caption>{ "The two groups that are furthest apart, for each rate." }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ "Rate" }</th>
                        <th scope="col">{ "Lowest" }</th>
                        <th scope="col">{ "Highest" }</th>
                        <th scope="col" class="number">{ "Difference" }</th>
                        <th scope="col" class="number">{ "Ratio" }</th>
                    </tr>
                </thead>
                <tbody>{ for spreads.iter().zip(&RATES).map(row) }</tbody>
            </table>
        </div>
        { table_download("rate_spreads", "How far groups are apart") }
        </>
    }
}

fn csv(fairness: &Fairness<'_>, spreads: &[RateSpread]) -> String {
    let mut text = String::new();
    let mut header = vec!["group".to_owned(), "rows".to_owned()];
    for spread in spreads {
        let name = spread.name;
        header.extend(["", "_low", "_high"].map(|end| format!("{name}{end}")));
    }
    push(&mut text, &header);
    for group in &fairness.groups {
        let mut record = vec![group.value.to_owned(), group.counts.total().to_string()];
        for rate in 0..RATES.len() {
            let numbers = |rate: &Rate| [rate.value, rate.interval.low, rate.interval.high];
            let numbers = rate_of(&group.rates, rate).map(numbers);
            record.extend(numbers.map_or_else(
                || ["", "", ""].map(str::to_owned),
                |numbers| numbers.map(|number| number.to_string()),
            ));
        }
        push(&mut text, &record);
    }
    text
}
