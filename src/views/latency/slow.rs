//! Whether slow answers are wrong more often.

use std::rc::Rc;

use greenlight_charts::{IntervalDot, interval_dots::Tone};
use greenlight_format as format;
use greenlight_readiness::examination::LatencyLook;
use greenlight_readiness::latency_words::{SlowWords, SpeedRow};
use yew::prelude::*;

use crate::session::Loaded;
use crate::views::View;
use crate::views::segments::{Dots, DotsPicture, push, rate_cell};

pub fn slow(loaded: &Loaded, look: &LatencyLook) -> Html {
    let body = match (
        &look.slow_against_wrong,
        &loaded.profile.current().confusion,
    ) {
        (None, _) => html! {
            <p class="aside" role="status">{ "Being counted at the threshold in force…" }</p>
        },
        (Some(found), confusion) => match (SlowWords::of(&loaded.profile, found), confusion) {
            (Some(words), _) => found_words(&words),
            (None, Err(why)) => html! {
                <p class="aside" data-testid="no-slow-against-wrong">
                    { format!("Whether slow answers are wrong more often takes the true class and an answer in each row: {why}. ") }
                    <a href={View::Load.address()}>{ "Say which column is which" }</a>
                </p>
            },
            (None, Ok(_)) => html! {
                <p class="aside" data-testid="no-slow-against-wrong">
                    { "No row has both a latency and an answer to judge." }
                </p>
            },
        },
    };
    html! {
        <>
            <h2>{ "Slow against wrong" }</h2>
            { body }
        </>
    }
}

fn found_words(words: &SlowWords) -> Html {
    html! {
        <>
            <p data-testid="slow-finding">{ &words.finding }{ "." }</p>
            <DotsPicture
                name="slow_against_wrong"
                label="Share of wrong answers, from the fastest tenth to the slowest"
                dots={Rc::new(dots(words))}
            />
            <details class="table-twin">
                <summary>{ "As a table" }</summary>
                <div class="scroll" tabindex="0" role="group" aria-label="Slow against wrong">
                    <table class="table" data-testid="table-slow_against_wrong">
                        <caption>{ format!("Answers by how long they took, and how many of them are {}.", words.wrong) }</caption>
                        <thead>
                            <tr>
                                <th scope="col">{ "Took" }</th>
                                <th scope="col" class="number">{ "Rows" }</th>
                                <th scope="col" class="number">{ format!("Share {}", words.wrong) }</th>
                            </tr>
                        </thead>
                        <tbody>
                            { for words.rows.iter().map(|row| html! {
                                <tr key={row.name.clone()}>
                                    <th scope="row">{ &row.name }</th>
                                    <td class="number">{ format::count(row.rows) }</td>
                                    { rate_cell(Some(&row.wrong), "") }
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
            </details>
        </>
    }
}

fn dots(words: &SlowWords) -> Dots {
    let dot = |row: &SpeedRow| IntervalDot {
        name: row.name.clone(),
        value: row.wrong.value,
        interval: (row.wrong.interval.low, row.wrong.interval.high),
        tone: Tone::Plain,
    };
    Dots {
        dots: words.rows.iter().map(dot).collect(),
        said: words.rows.iter().map(|row| row.read_out(words.wrong)).collect(),
        line: words.overall,
        title: format!("Share {}, with 95 % interval", words.wrong),
        hint: "Point at a part, or move through them with the arrow keys; the fastest answers are on top.".to_owned(),
        csv: csv(&words.rows),
    }
}

fn csv(rows: &[SpeedRow]) -> String {
    let mut text = String::new();
    let header = [
        "ms_low",
        "ms_high",
        "rows",
        "share_wrong",
        "interval_low",
        "interval_high",
    ];
    push(&mut text, &header.map(str::to_owned));
    for row in rows {
        let numbers = [
            row.range_ms.0,
            row.range_ms.1,
            row.rows as f64,
            row.wrong.value,
            row.wrong.interval.low,
            row.wrong.interval.high,
        ];
        push(&mut text, &numbers.map(|number| number.to_string()));
    }
    text
}
