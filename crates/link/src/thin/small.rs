//! Few rows can be someone: values and windows of fewer rows than a limit are withheld, together with enough others that what is left of
//! all rows, once everything shown is taken away, is never fewer rows than the limit either.

use greenlight_metrics::{ConfusionMatrix, ScoreCollector, ThresholdStops, Undefined};
use greenlight_readiness::examination::{
    ColumnDrift, Drift, DriftBin, DriftPart, Estimate, SegmentColumn, SideCounts, Variants,
};
use greenlight_readiness::{
    Absent, Calibration, LoneGrades, ScoreStatistics, Statistics, Tradeoff, Window, Windows,
};

use crate::parts::Thinned;
use crate::report::SharedReport;

/// Withholds what has fewer rows than `smallest`.
pub fn withhold(report: &mut SharedReport, smallest: u64) {
    let SharedReport {
        profile, thinned, ..
    } = report;
    thinned.smallest = thinned.smallest.max(smallest);
    if let Some(windows) = &mut profile.kept_windows {
        withhold_windows(windows, smallest, thinned);
    }
    let Some(examination) = &mut profile.examination else {
        return;
    };
    for column in &mut examination.segments.columns {
        withhold_segments(column, smallest, thinned);
    }
    (examination.segments.columns).retain(|column| !column.segments.is_empty());
    if let Some(models) = &mut examination.models {
        withhold_segments(&mut models.models, smallest, thinned);
    }
    if let Some(variants) = &mut examination.variants {
        withhold_perturbations(variants, smallest, thinned);
    }
    let hidden = examination
        .windows
        .as_mut()
        .map(|windows| withhold_windows(windows, smallest, thinned));
    let Hidden { windows, reference } = hidden.unwrap_or_default();
    if let Some(estimate) = &mut examination.estimate {
        empty_estimates(estimate, &windows);
    }
    if let Some(drift) = &mut examination.drift {
        empty_drift(drift, &windows, &reference);
        for column in &mut drift.columns {
            thinned.values_merged += merge_rare(column, smallest);
        }
    }
}

/// Which of these numbers of rows to withhold: all below `smallest`, and where those are too few together, the next larger ones as well.
fn hidden(rows: &[u64], smallest: u64) -> Vec<bool> {
    let mut hidden: Vec<bool> = rows
        .iter()
        .map(|rows| (1..smallest).contains(rows))
        .collect();
    if !hidden.contains(&true) {
        return hidden;
    }
    loop {
        let pairs = || rows.iter().zip(&hidden).enumerate();
        let together: u64 = pairs()
            .filter(|(_, (_, hidden))| **hidden)
            .map(|(_, (rows, _))| rows)
            .sum();
        let shown = pairs().filter(|(_, (rows, hidden))| !**hidden && **rows > 0);
        let next = shown.min_by_key(|(_, (rows, _))| **rows).map(|(at, _)| at);
        match next.and_then(|next| hidden.get_mut(next)) {
            Some(next) if together < smallest => *next = true,
            _ => return hidden,
        }
    }
}

fn withhold_segments(column: &mut SegmentColumn, smallest: u64, thinned: &mut Thinned) {
    let mut rows: Vec<u64> = column
        .segments
        .iter()
        .map(|segment| segment.statistics.rows)
        .collect();
    rows.push(column.other.as_ref().map_or(0, |other| other.rows));
    rows.push(column.missing);
    let mut hidden = hidden(&rows, smallest);
    if hidden.pop() == Some(true) {
        column.missing = 0;
        thinned.values_withheld += 1;
    }
    if hidden.pop() == Some(true) {
        column.other = None;
        column.folded = 0;
        thinned.values_withheld += 1;
    }
    let before = column.segments.len();
    retain(&mut column.segments, &hidden);
    thinned.values_withheld += (before - column.segments.len()) as u64;
}

fn withhold_perturbations(variants: &mut Variants, smallest: u64, thinned: &mut Thinned) {
    let rows: Vec<u64> = variants.perturbations.iter().map(|one| one.rows).collect();
    let before = rows.len();
    retain(&mut variants.perturbations, &hidden(&rows, smallest));
    thinned.values_withheld += (before - variants.perturbations.len()) as u64;
}

fn retain<T>(items: &mut Vec<T>, hidden: &[bool]) {
    let mut hidden = hidden.iter();
    items.retain(|_| hidden.next() != Some(&true));
}

/// Which windows were withheld.
#[derive(Default)]
struct Hidden {
    windows: Vec<bool>,
    reference: Vec<bool>,
}

/// Empties windows in place, so that the others stay where they are in time.
fn withhold_windows(windows: &mut Windows, smallest: u64, thinned: &mut Thinned) -> Hidden {
    let mut empty_few = |windows: &mut Vec<Window>| {
        let rows: Vec<u64> = windows
            .iter()
            .map(|window| window.statistics.rows)
            .collect();
        let hidden = hidden(&rows, smallest);
        for (window, _) in windows
            .iter_mut()
            .zip(&hidden)
            .filter(|(_, hidden)| **hidden)
        {
            empty(&mut window.statistics);
            window.times = None;
            window.unlabelled = 0;
            thinned.windows_withheld += 1;
        }
        hidden
    };
    Hidden {
        windows: empty_few(&mut windows.windows),
        reference: empty_few(&mut windows.reference),
    }
}

/// As if there had been no row. Where windows have stops they keep them, with nothing at any, so that windows can still be added up.
fn empty(rows: &mut Statistics) {
    let none = || Absent::from(Undefined::NoRows);
    rows.rows = 0;
    if let Ok(matrix) = &mut rows.confusion {
        *matrix = ConfusionMatrix::new(matrix.classes());
    }
    rows.lone_grades = LoneGrades {
        human: vec![0; rows.lone_grades.human.len()],
        judge: vec![0; rows.lone_grades.judge.len()],
    };
    if let Ok(scores) = &mut rows.scores {
        empty_scores(scores);
    }
    rows.not_adding_up = 0;
    rows.latency = Err(none());
    if let Ok(errors) = &mut rows.errors {
        *errors = 0;
    }
    if rows.cost.is_ok() {
        rows.cost = Err(none());
    }
}

fn empty_scores(scores: &mut ScoreStatistics) {
    let none = Undefined::NoScores;
    let empty_tradeoff = |tradeoff: &mut Tradeoff| {
        let no_scores = ScoreCollector::default().finish();
        tradeoff.stops = ThresholdStops::at_stops_of(&tradeoff.stops, &no_scores);
        tradeoff.histogram = None;
        tradeoff.ks_statistic = Err(none);
    };
    scores.tradeoff.iter_mut().for_each(empty_tradeoff);
    for class in &mut scores.per_class {
        class.roc_auc = Err(none);
        class.average_precision = Err(none);
        empty_tradeoff(&mut class.tradeoff);
    }
    scores.roc_auc = Err(none);
    scores.roc_auc_interval = Err(none);
    scores.average_precision = Err(none);
    scores.log_loss = Err(none);
    scores.brier_score = Err(none);
    scores.expected_calibration_error = Err(none);
    scores.calibration = Calibration {
        uniform: Err(none),
        quantile: Err(none),
        maximum_calibration_error: Err(none),
        brier_skill_score: Err(none),
        line: Err(none),
        isotonic: Vec::new(),
    };
}

fn empty_estimates(estimate: &mut Estimate, hidden: &[bool]) {
    for (rows, _) in estimate
        .windows
        .iter_mut()
        .zip(hidden)
        .filter(|(_, hidden)| **hidden)
    {
        let none = Undefined::NoRows;
        rows.rows = 0;
        rows.unlabelled = 0;
        rows.counts = Err(none);
        rows.roc_auc = Err(none);
        rows.average_precision = Err(none);
    }
}

fn empty_drift(drift: &mut Drift, windows: &[bool], reference: &[bool]) {
    let empty = |sides: &mut Vec<SideCounts>, hidden: &[bool]| {
        for (side, _) in sides.iter_mut().zip(hidden).filter(|(_, hidden)| **hidden) {
            side.bins.fill(0);
            side.missing = 0;
        }
    };
    for column in &mut drift.columns {
        empty(&mut column.windows, windows);
        empty(&mut column.reference_windows, reference);
    }
}

/// Puts rare values of a column of words among the others; how many there were.
fn merge_rare(column: &mut ColumnDrift, smallest: u64) -> u64 {
    if !matches!(column.part, DriftPart::Feature | DriftPart::Segment) {
        return 0;
    }
    let rows: Vec<u64> = (column.bins.iter().enumerate())
        .map(|(at, bin)| {
            let of = |side: &SideCounts| side.bins.get(at).copied().unwrap_or(0);
            match bin {
                DriftBin::Category(_) => of(&column.reference).saturating_add(of(&column.current)),
                _ => 0,
            }
        })
        .collect();
    let hidden = hidden(&rows, smallest);
    let merged = hidden.iter().filter(|hidden| **hidden).count() as u64;
    if merged == 0 {
        return 0;
    }
    let other = column
        .bins
        .iter()
        .position(|bin| matches!(bin, DriftBin::Other(_)));
    let sides = [&mut column.reference, &mut column.current];
    let windows = column
        .windows
        .iter_mut()
        .chain(&mut column.reference_windows);
    for side in sides.into_iter().chain(windows) {
        let together: u64 = side
            .bins
            .iter()
            .zip(&hidden)
            .filter(|(_, hidden)| **hidden)
            .map(|(rows, _)| rows)
            .sum();
        match other.and_then(|other| side.bins.get_mut(other)) {
            Some(other) => *other = other.saturating_add(together),
            None => side.bins.push(together),
        }
        retain(&mut side.bins, &hidden);
    }
    match other.and_then(|other| column.bins.get_mut(other)) {
        Some(DriftBin::Other(values)) => *values = values.saturating_add(merged),
        _ => column.bins.push(DriftBin::Other(merged)),
    }
    retain(&mut column.bins, &hidden);
    merged
}

#[cfg(test)]
mod tests {
    use super::hidden;

    #[test]
    fn what_is_withheld_is_never_fewer_rows_than_the_limit_together() {
        assert_eq!(hidden(&[9, 8, 7], 5), [false, false, false]);
        assert_eq!(hidden(&[9, 3, 4], 5), [false, true, true]);
        assert_eq!(hidden(&[9, 3, 40], 5), [true, true, false]);
        assert_eq!(hidden(&[3], 5), [true]);
        assert_eq!(hidden(&[0, 3, 0, 6], 5), [false, true, false, true]);
        assert_eq!(hidden(&[1, 1], 1), [false, false]);
    }
}
