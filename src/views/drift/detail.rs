//! One column: both sides bin by bin, and every measure of how far they are apart.

use std::rc::Rc;

use greenlight_format::{self as format, Told};
use greenlight_metrics::Value;
use greenlight_readiness::drift_words;
use greenlight_readiness::examination::{ColumnDrift, DriftBin, DriftVerdict};
use yew::prelude::*;

use super::ranked::shares;
use crate::components::pictures::{Bins, Picture, SharedPicture, SharesData};
use crate::components::table_download;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub column: Option<Rc<ColumnDrift>>,
    pub verdict: Option<Rc<DriftVerdict>>,
    /// What reference and current rows are called.
    pub sides: (String, String),
    /// How well numbers are known that are no counts.
    pub told: Told,
}

#[component]
pub fn Detail(
    Props {
        column,
        verdict,
        sides,
        told,
    }: &Props,
) -> Html {
    let picture = use_memo(
        (column.clone(), sides.clone(), *told),
        |(column, sides, told)| {
            column
                .as_deref()
                .map(|column| SharedPicture::new(pictured(column, sides, *told)))
        },
    );
    let (Some(column), Some(verdict), Some(picture)) = (column, verdict, &*picture) else {
        return Html::default();
    };
    html! {
        <>
            <h2 data-testid="drift-shown">{ &column.column }</h2>
            <p data-testid="drift-sentence">
                { drift_words::sentence(column, verdict, *told) }
                { for drift_words::remarks(column).iter().map(|remark| format!(" {remark}")) }
            </p>
            if let Some(caution) = drift_words::caution(column, verdict) {
                <p class="aside" role="note" data-testid="drift-caution">{ caution }</p>
            }
            <div class="beside">
                <Picture name="drift_shares" picture={picture.clone()} />
                { measures(column, *told) }
            </div>
        </>
    }
}

fn pictured(
    column: &ColumnDrift,
    (reference, current): &(String, String),
    told: Told,
) -> SharesData {
    SharesData {
        title: format!("{}: {reference} and {current}", column.column),
        column: column.column.clone(),
        names: (reference.clone(), current.clone()),
        bins: bins(&column.bins, told),
        reference: shares(&column.reference.bins).to_vec(),
        current: shares(&column.current.bins).to_vec(),
        contributions: column.counts().psi_parts().unwrap_or_default(),
        statistic: "PSI".to_owned(),
        told,
        hint: "Point at a bin: its share on both sides, and what it adds to PSI.".to_owned(),
    }
}

/// Stretches of numbers by their edges, all else by name.
fn bins(bins: &[DriftBin], told: Told) -> Bins {
    let edge = |bin: &DriftBin| match bin {
        DriftBin::Numbers { below, .. } => Some(*below),
        _ => None,
    };
    let name = |bin: &DriftBin| match bin {
        DriftBin::Number(_) | DriftBin::Numbers { .. } => told.mark(drift_words::bin(bin)),
        _ => drift_words::bin(bin),
    };
    match bins.iter().map(edge).collect::<Option<Vec<_>>>() {
        Some(edges) => Bins::Edges(edges.into_iter().flatten().collect()),
        None => Bins::Values(bins.iter().map(name).collect()),
    }
}

/// Every measure, each with what chance alone reaches.
fn measures(column: &ColumnDrift, told: Told) -> Html {
    let counts = column.counts();
    let of_numbers = column.values.as_ref();
    let mut rows: Vec<(&str, &str, Value, Option<Value>)> = vec![
        ("psi", "PSI", counts.psi(), Some(counts.psi_noise_floor())),
        (
            "jensen_shannon",
            "Jensen–Shannon distance",
            counts.jensen_shannon(),
            Some(counts.jensen_shannon_noise_floor()),
        ),
        (
            "chi2",
            "Chi-square",
            counts.chi_square(),
            Some(column.floors.chi_square),
        ),
        (
            "chi2_p_value",
            "p-value of chi-square",
            counts.chi_square_p_value(),
            None,
        ),
        (
            "l_infinity",
            "Largest change of a share",
            counts.l_infinity(),
            Some(column.floors.l_infinity),
        ),
    ];
    if let Some(values) = of_numbers {
        rows.extend([
            (
                "ks_statistic",
                "Kolmogorov–Smirnov",
                values.ks_statistic,
                Some(values.ks_noise_floor),
            ),
            (
                "ks_p_value",
                "p-value of Kolmogorov–Smirnov",
                values.ks_p_value,
                None,
            ),
            (
                "wasserstein_normed",
                "Wasserstein, in standard deviations",
                values.wasserstein_normed,
                Some(values.wasserstein_noise_floor),
            ),
        ]);
    }
    html! {
        <>
        <div class="scroll" tabindex="0" role="group" aria-label="Every measure of the difference">
            <table class="table" data-testid="table-drift-measures">
                <caption>{ "Every measure of the difference." }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ "Measure" }</th>
                        <th scope="col" class="number">{ "Value" }</th>
                        <th scope="col" class="number">{ "By chance, up to" }</th>
                    </tr>
                </thead>
                <tbody>
                    { for rows.into_iter().map(|(key, title, value, floor)| {
                        let told_value = of_values(key, told, column.told());
                        let told_floor = match key {
                            // These were found by dealing rows anew.
                            "chi2" | "l_infinity" => told,
                            _ => told_value,
                        };
                        html! {
                            <tr {key}>
                                <th scope="row" class="where">{ title }</th>
                                { number(key, value, told_value) }
                                <td class="number">{ floor.map_or_else(String::new, |floor| shown(key, floor, told_floor)) }</td>
                            </tr>
                        }
                    }) }
                </tbody>
            </table>
        </div>
        { table_download("drift-measures", "Every measure of the difference") }
        </>
    }
}

/// How well a measure is known: those of counts exactly.
fn of_values(key: &str, told: Told, counts: Told) -> Told {
    match key {
        "ks_statistic" | "ks_p_value" | "wasserstein_normed" => told,
        _ => counts,
    }
}

fn number(key: &'static str, value: Value, told: Told) -> Html {
    let exact = value.ok().map(|value| value.to_string());
    let why = value.err().map(|why| why.to_string());
    html! {
        <td class="number" data-testid={format!("metric-{key}")} data-value={exact} title={why}>
            { shown(key, value, told) }
        </td>
    }
}

fn shown(key: &str, value: Value, told: Told) -> String {
    match value {
        Err(_) => format::undefined(),
        Ok(value) if key.ends_with("p_value") => told.p_value(value),
        Ok(value) => told.mark(format::significant(value, 3)),
    }
}
