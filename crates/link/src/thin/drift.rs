//! How far columns have moved, for less: over time for those that moved most, between edges of few digits.

use greenlight_readiness::Policy;
use greenlight_readiness::examination::{ColumnDrift, Drift, DriftBin, DriftPart};

use super::rounded;

/// So many features and segment columns are told of window by window, beside those that rules name and what the model said.
const OVER_TIME: usize = 3;

pub fn thin(drift: &mut Drift, policy: &Policy, digits: u32) -> usize {
    let is_watched = |column: &ColumnDrift| {
        let mut rules = policy.monitoring.iter();
        let is_input = matches!(column.part, DriftPart::Feature | DriftPart::Segment);
        !is_input || rules.any(|rule| rule.feature.as_ref() == Some(&column.column))
    };
    let mut psi: Vec<f64> = (drift.columns.iter())
        .filter(|column| !is_watched(column))
        .map(moved)
        .collect();
    psi.sort_by(|a, b| b.total_cmp(a));
    let least = psi.get(OVER_TIME).copied();
    let mut without = 0;
    for column in &mut drift.columns {
        column.reference_windows.clear();
        if !is_watched(column)
            && least.is_some_and(|least| moved(column) <= least)
            && !column.windows.is_empty()
        {
            column.windows.clear();
            without += 1;
        }
        shorten_edges(&mut column.bins, digits);
    }
    without
}

/// How far a column has moved; the usual number, whatever the policy goes by.
fn moved(column: &ColumnDrift) -> f64 {
    column.counts().psi().unwrap_or(0.0)
}

/// Rounds edges to as few digits as tell them apart.
fn shorten_edges(bins: &mut [DriftBin], digits: u32) {
    let edges = |bins: &[DriftBin]| {
        let below = bins.iter().filter_map(|bin| match bin {
            DriftBin::Numbers { below, .. } => *below,
            DriftBin::Number(value) => Some(*value),
            _ => None,
        });
        below.collect::<Vec<f64>>()
    };
    let before = edges(bins);
    let are_apart = |digits: &u32| {
        let short: Vec<f64> = before.iter().map(|edge| rounded(*edge, *digits)).collect();
        let apart = |edges: &[f64]| edges.windows(2).filter(|pair| pair[0] < pair[1]).count();
        apart(&short) == apart(&before)
    };
    let Some(digits) = (digits..super::ALL_DIGITS).find(are_apart) else {
        return;
    };
    let shorten = |edge: &mut f64| *edge = rounded(*edge, digits);
    for bin in bins {
        match bin {
            DriftBin::Numbers { at_least, below } => {
                at_least.iter_mut().chain(below).for_each(shorten)
            }
            DriftBin::Number(value) => shorten(value),
            _ => {}
        }
    }
}
