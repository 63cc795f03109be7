//! All columns: what the model says, then its inputs, those that have moved furthest first.

use std::rc::Rc;

use greenlight_format::{self as format, Told, csv::push_record};
use greenlight_metrics::Value;
use greenlight_readiness::Outcome;
use greenlight_readiness::drift_words::{self, method_title};
use greenlight_readiness::examination::{ColumnDrift, DriftPart, DriftVerdict};
use greenlight_readiness::policy::DriftMethod;
use yew::prelude::*;

use super::Compared;
use crate::components::pictures::{Listed, Spark, draw_spark, listed};
use crate::components::{Downloads, Picture as Kept, sign};

/// What has drifted is listed at first, but no fewer columns and no more than these; a few are not worth a click.
const LEAST_LISTED: usize = 12;
const MOST_LISTED: usize = 40;
/// How tall a column is in the picture to keep, in CSS pixels.
const LINE_HEIGHT: u32 = 36;

pub fn ranked(
    compared: &Compared,
    ranked: &[usize],
    shown: Option<usize>,
    on_open: &Callback<String>,
) -> Html {
    let scale = scale(compared);
    let (listed, rest) = ranked.split_at(listed_at_first(compared, ranked));
    let csv = {
        let text = csv(compared, ranked);
        Callback::from(move |()| text.clone())
    };
    html! {
        <>
            <h2>{ "Columns" }</h2>
            { table(compared, listed, shown, scale, on_open, "table-drift") }
            if !rest.is_empty() {
                <details class="more">
                    <summary>{ more_columns(rest.len()) }</summary>
                    { table(compared, rest, shown, scale, on_open, "table-drift-rest") }
                </details>
            }
            <Downloads name="drift" title="Drift of each column" picture={kept(compared, ranked)} {csv} />
        </>
    }
}

/// How many of the ranked columns are listed at first.
fn listed_at_first(compared: &Compared, ranked: &[usize]) -> usize {
    let has_drifted = |index: &usize| {
        let verdict = compared.verdicts.get(*index);
        verdict.is_some_and(|verdict| verdict.drifted == Some(true))
    };
    let drifted = ranked
        .iter()
        .rposition(has_drifted)
        .map_or(0, |last| last + 1);
    let listed = drifted.clamp(LEAST_LISTED, MOST_LISTED);
    if ranked.len() < listed + LEAST_LISTED / 2 {
        ranked.len()
    } else {
        listed
    }
}

/// The number at the end of each bar; `None` where values of different tests stand side by side.
fn scale(compared: &Compared) -> Option<f64> {
    if compared.settings.method == DriftMethod::EvidentlyDefaults {
        return None;
    }
    let values = compared
        .verdicts
        .iter()
        .filter_map(|verdict| verdict.value.ok());
    let top = values.fold(2.0 * compared.settings.limit, f64::max);
    (top > 0.0).then_some(top)
}

fn table(
    compared: &Compared,
    rows: &[usize],
    shown: Option<usize>,
    scale: Option<f64>,
    on_open: &Callback<String>,
    name: &'static str,
) -> Html {
    let measure = match compared.settings.method {
        DriftMethod::Psi => "PSI",
        DriftMethod::EvidentlyDefaults => "Value of its test",
        method => method_title(method),
    };
    html! {
        <div class="scroll" tabindex="0" role="group" aria-label="Drift of each column">
            <table class="table" data-testid={name}>
                <caption class="visually-hidden">{ "Every column: score, label and prediction, then inputs, those that have moved furthest first." }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ "Column" }</th>
                        <th scope="col" class="sides">{ "Reference and now" }</th>
                        <th scope="col" class="number">{ measure }</th>
                        if scale.is_some() {
                            <th scope="col" class="gauge-head">{ "Beside its limit and chance" }</th>
                        }
                        <th scope="col" class="number missing">{ "Missing" }</th>
                        <th scope="col">{ "Drifted?" }</th>
                    </tr>
                </thead>
                <tbody>
                    { for rows.iter().filter_map(|&index| {
                        let (column, verdict) = (compared.drift.columns.get(index)?, compared.verdicts.get(index)?);
                        Some(row((column, verdict, compared.told), shown == Some(index), scale, on_open))
                    }) }
                </tbody>
            </table>
        </div>
    }
}

/// The columns that are listed at first as one picture to keep: both sides of each, with what is said of it.
fn kept(compared: &Compared, ranked: &[usize]) -> Option<Kept> {
    let (first, rest) = ranked.split_at(listed_at_first(compared, ranked));
    let columns = first.iter().filter_map(|&index| {
        let verdict = compared.verdicts.get(index)?;
        Some((compared.drift.columns.get(index)?, verdict))
    });
    let mut list: Vec<Listed> = columns
        .map(|(column, verdict)| {
            let (reference, current) =
                (shares(&column.reference.bins), shares(&column.current.bins));
            let draw = move |frame| draw_spark(frame, &reference, &current);
            let (_, words) = standing(verdict);
            Listed {
                name: column.column.clone(),
                said: format!("{}: {words}", value(verdict, compared.told)),
                draw: Some(Callback::from(draw)),
            }
        })
        .collect();
    if !rest.is_empty() {
        list.push(Listed {
            name: more_columns(rest.len()),
            said: String::new(),
            draw: None,
        });
    }
    (!list.is_empty()).then(|| listed(list, LINE_HEIGHT))
}

fn more_columns(more: usize) -> String {
    format!(
        "{} more columns, which moved less",
        format::count(more as u64)
    )
}

/// The value of a column as people read it.
fn value(verdict: &DriftVerdict, told: Told) -> String {
    let shown = verdict.value.map(|value| format::significant(value, 3));
    verdict
        .told_value(told)
        .mark(shown.unwrap_or_else(|_| format::undefined()))
}

fn row(
    (column, verdict, told): (&ColumnDrift, &DriftVerdict, Told),
    is_shown: bool,
    scale: Option<f64>,
    on_open: &Callback<String>,
) -> Html {
    let onclick = {
        let name = column.column.clone();
        on_open.reform(move |_: MouseEvent| name.clone())
    };
    let (reference, current) = (shares(&column.reference.bins), shares(&column.current.bins));
    let (outcome, words) = standing(verdict);
    let missing = column.missing_change().map_or_else(
        |_| format::undefined(),
        |change| match change == 0.0 {
            true => "same".to_owned(),
            false => format::difference(change),
        },
    );
    let (handle, exact) = match verdict.value {
        Ok(value) => (
            Some(format!("metric-drift-{}", column.column)),
            Some(value.to_string()),
        ),
        Err(_) => (None, None),
    };
    let why = verdict.value.err().map(|why| why.to_string());
    html! {
        <tr key={format!("{:?}-{}", column.part, column.column)} class={classes!(is_shown.then_some("shown"))}>
            <th scope="row" class="where" dir="auto">
                <button
                    type="button"
                    class="quiet"
                    aria-pressed={is_shown.to_string()}
                    data-testid={format!("drift-{}", column.column)}
                    {onclick}
                >
                    { &column.column }
                </button>
                <span class="aside">{ part(column.part) }</span>
            </th>
            <td class="sides"><Spark {reference} {current} /></td>
            <td class="number" data-testid={handle} data-value={exact} title={why}>
                { value(verdict, told) }
            </td>
            if let Some(scale) = scale {
                <td class="gauge">{ gauge(verdict, scale, told) }</td>
            }
            <td class="number missing">{ missing }</td>
            <td class="drifted">
                <span class="standing">{ sign(outcome) }<span>{ words }</span></span>
            </td>
        </tr>
    }
}

fn part(part: DriftPart) -> &'static str {
    match part {
        DriftPart::Score => "score",
        DriftPart::Label => "label",
        DriftPart::Prediction => "prediction",
        DriftPart::Feature => "feature",
        DriftPart::Segment => "segment",
    }
}

/// The shares of counts.
pub fn shares(counts: &[u64]) -> Rc<[f64]> {
    let rows = counts
        .iter()
        .fold(0_u64, |sum, rows| sum.saturating_add(*rows));
    let share = |&count: &u64| count as f64 / rows.max(1) as f64;
    counts.iter().map(share).collect()
}

fn standing(verdict: &DriftVerdict) -> (Outcome, &'static str) {
    match (verdict.drifted, verdict.is_above(), verdict.is_sure) {
        (None, ..) => (Outcome::NoEvidence, "Cannot be judged"),
        (Some(true), ..) => (Outcome::Fail, "Drifted"),
        (Some(false), true, _) if verdict.method != DriftMethod::EvidentlyDefaults => {
            (Outcome::NoEvidence, "Perhaps by chance")
        }
        (Some(false), _, true) => (Outcome::Pass, "Moved a little"),
        (Some(false), ..) => (Outcome::Pass, "No"),
    }
}

/// The value as a bar, with what chance reaches as a grey stretch and the limit as a line. Its numbers stand in words beside it.
fn gauge(verdict: &DriftVerdict, scale: f64, told: Told) -> Html {
    const WIDTH: f64 = 160.0;
    let at = |value: f64| (value / scale).clamp(0.0, 1.0) * WIDTH;
    let known = |value: Value| value.map_or(0.0, at).to_string();
    let chance = verdict
        .noise_floor
        .ok()
        .map(|floor| {
            verdict
                .told_noise_floor(told)
                .mark(format::significant(floor, 2))
        })
        .map(|floor| format!("chance alone reaches {floor}"));
    let class = if verdict.drifted == Some(true) {
        "bar fail"
    } else {
        "bar"
    };
    html! {
        <svg viewBox="0 0 160 16" width="160" height="16" role="img" aria-label={chance.unwrap_or_default()}>
            <rect class="chance" x="0" y="1" width={known(verdict.noise_floor)} height="14" />
            <rect {class} x="0" y="5" width={known(verdict.value)} height="6" />
            <rect class="limit" x={at(verdict.limit).min(WIDTH - 1.0).to_string()} y="0" width="1.5" height="16" />
        </svg>
    }
}

fn csv(compared: &Compared, ranked: &[usize]) -> String {
    let mut text = String::new();
    push_record(
        &mut text,
        &[
            "column",
            "part",
            "method",
            "value",
            "limit",
            "noise_floor",
            "p_value",
            "missing_change",
            "drifted",
            "reason",
        ],
    );
    for &index in ranked {
        let (Some(column), Some(verdict)) = (
            compared.drift.columns.get(index),
            compared.verdicts.get(index),
        ) else {
            continue;
        };
        let number = |value: Value| value.map_or_else(|_| String::new(), |value| value.to_string());
        let drifted = verdict
            .drifted
            .map_or("", |drifted| if drifted { "true" } else { "false" });
        push_record(
            &mut text,
            &[
                &column.column,
                part(column.part),
                verdict.method.name(),
                &number(verdict.value),
                &verdict.limit.to_string(),
                &number(verdict.noise_floor),
                &number(verdict.p_value),
                &number(column.missing_change()),
                drifted,
                &drift_words::sentence(column, verdict, compared.told),
            ],
        );
    }
    text
}
