//! The values of one segment column beside each other.

use std::rc::Rc;

use greenlight_charts::{IntervalDot, interval_dots::Tone};
use greenlight_format as format;
use greenlight_format::csv::push_record;
use greenlight_metrics::fairness::Rate;
use greenlight_readiness::examination::Segments;
use greenlight_readiness::segment_words::{Measure, Standing, ValueRow, ValuesWords};
use yew::prelude::*;

use super::dots::{Dots, DotsPicture};
use super::{Asked, change, choice, column_select, rate_cell};
use crate::session::Loaded;
use crate::words::Term;

/// What is looked at.
pub struct ByColumn<'a> {
    pub segments: &'a Segments,
    pub loaded: &'a Loaded,
    pub asked: &'a UseStateHandle<Asked>,
    pub about: &'static str,
}

/// So many values are drawn; the table has all, and scrolls on its own where it has more.
pub const DRAWN: usize = 15;

pub fn by_column(view: &ByColumn<'_>) -> Html {
    let ByColumn {
        segments,
        loaded,
        asked,
        about,
    } = *view;
    let columns = &segments.columns;
    let found = columns.iter().find(|column| column.column == asked.column);
    let (Some(column), Ok(all)) = (
        found.or(columns.first()),
        &loaded.profile.current().confusion,
    ) else {
        return Html::default();
    };
    let classes = &loaded.profile.classes;
    let measures = match classes.positive() {
        Some(_) => &Measure::ALL[..],
        None => &Measure::ALL[..1],
    };
    let measure = measures.get(asked.measure).copied().unwrap_or_default();
    let place = measures.iter().position(|known| *known == measure);
    let words = ValuesWords::of(column, all, classes, measure);
    let choose_column = change(asked, |asked, column| asked.column = column);
    let choose_measure = change(asked, |asked, measure| asked.measure = measure);
    let choices: Vec<(&'static str, String)> = measures
        .iter()
        .map(|measure| (measure.name(), term(*measure).title().to_owned()))
        .collect();
    html! {
        <>
            <h2>{ "Value by value" }</h2>
            <div class="asked">
                <label for="segment-column">{ "Values of" }</label>
                { column_select(segments, "segment-column", Some(column), None, &choose_column) }
                if choices.len() > 1 {
                    { choice("segment-measure", "Compared by", &choices, place.unwrap_or(0), &choose_measure) }
                }
            </div>
            <p data-testid="values-finding">{ &words.finding }{ "." }</p>
            <DotsPicture
                name="segment_values"
                label="The values of a column beside each other"
                dots={Rc::new(dots(&words, measure))}
            />
            { table(&words.rows, &column.column, measures, about) }
            if !words.remarks.is_empty() {
                <p class="aside">{ words.remarks.join(" ") }</p>
            }
        </>
    }
}

fn term(measure: Measure) -> Term {
    match measure {
        Measure::Accuracy => Term::Accuracy,
        Measure::Recall => Term::Recall,
        Measure::Precision => Term::Precision,
    }
}

fn dots(words: &ValuesWords, measure: Measure) -> Dots {
    let shown = words.rows.get(..DRAWN).unwrap_or(&words.rows);
    let dot = |row: &ValueRow| {
        let (value, interval) = row
            .rate(measure)
            .map_or((f64::NAN, (f64::NAN, f64::NAN)), |rate| {
                (rate.value, (rate.interval.low, rate.interval.high))
            });
        IntervalDot {
            name: row.name.clone(),
            value,
            interval,
            tone: match row.standing {
                Standing::Lower => Tone::Low,
                Standing::NotLower => Tone::Plain,
                Standing::TooFew | Standing::Folded => Tone::Unsure,
            },
        }
    };
    let left = words.rows.len() - shown.len();
    let hint = "Point at a value, or move through them with the arrow keys.";
    Dots {
        dots: shown.iter().map(dot).collect(),
        said: shown.iter().map(|row| row.read_out(measure)).collect(),
        line: words.overall.unwrap_or(f64::NAN),
        title: format!("{}, with 95 % interval", term(measure).title()),
        hint: match left {
            0 => hint.to_owned(),
            left => format!(
                "{hint} The {} lowest are drawn; {left} more are in the table.",
                shown.len()
            ),
        },
        csv: csv(&words.rows),
    }
}

fn table(rows: &[ValueRow], column: &str, measures: &[Measure], about: &str) -> Html {
    let is_long = rows.len() > DRAWN;
    html! {
        <div class={classes!("scroll", is_long.then_some("long"))} tabindex="0" role="group" aria-label="Value by value">
            <table class="table" data-testid="table-segment_values">
                <caption>{ format!("Each value of {column}, the lowest first.") }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ "Value" }</th>
                        <th scope="col" class="number">{ "Rows" }</th>
                        { for measures.iter().map(|measure| html! {
                            <th scope="col" class="number" key={measure.name()}>{ term(*measure).title() }</th>
                        }) }
                        <th scope="col" class="standing">{ "Against all rows" }</th>
                    </tr>
                </thead>
                <tbody>
                    { for rows.iter().map(|row| html! {
                        <tr key={format!("{} {:?}", row.name, row.standing)}>
                            <th scope="row" class="where" dir="auto">{ &row.name }</th>
                            <td class="number">{ format::count(row.rows) }</td>
                            { for measures.iter().map(|measure| rate_cell(row.rate(*measure), about)) }
                            <td class={classes!("standing", (row.standing == Standing::Lower).then_some("fail"))}>
                                { row.standing.words() }
                            </td>
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}

fn csv(rows: &[ValueRow]) -> String {
    let mut text = String::new();
    let mut header = vec!["value".to_owned(), "rows".to_owned()];
    for measure in Measure::ALL {
        let name = measure.name();
        header.extend(["", "_low", "_high"].map(|end| format!("{name}{end}")));
    }
    push(&mut text, &header);
    for row in rows {
        let mut record = vec![row.name.clone(), row.rows.to_string()];
        for rate in &row.rates {
            let numbers = |rate: &Rate| [rate.value, rate.interval.low, rate.interval.high];
            let numbers = rate.as_ref().map(numbers);
            record.extend(numbers.map_or_else(
                || ["", "", ""].map(str::to_owned),
                |numbers| numbers.map(|number| number.to_string()),
            ));
        }
        push(&mut text, &record);
    }
    text
}

/// Adds a line of texts that were made for it.
pub fn push(text: &mut String, record: &[String]) {
    let cells: Vec<&str> = record.iter().map(String::as_str).collect();
    push_record(text, &cells);
}
