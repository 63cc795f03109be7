//! Fewer thresholds and latencies whose counts are known.

use greenlight_metrics::{IsotonicStep, ThresholdPoint, ThresholdStops, Undefined};
use greenlight_readiness::next_steps::threshold_for;
use greenlight_readiness::{
    BestThresholds, Calibration, CalibrationWords, ONE_VS_REST_START, Policy, Profile,
    ScoreStatistics, Statistics, Windows,
};

use crate::parts::Parts;
use crate::report::SharedReport;

/// How much less than the rows that are judged others tell with their stops: segments, windows, and splits that are neither judged nor
/// compared with.
const PART_OF_SEGMENTS: usize = 10;
const PART_OF_WINDOWS: usize = 8;
const PART_OF_OTHER_SPLITS: usize = 4;
/// Stops of latencies, which are spread by their own size.
const LATENCY_STOPS: usize = 40;
/// Steps of the curve that fits scores to outcomes.
const ISOTONIC_STEPS: u64 = 16;

pub fn thin(report: &mut SharedReport, parts: &Parts) {
    let wanted = wanted(&report.profile, &report.policy);
    let apart = parts.smallest;
    let profile = &mut report.profile;
    let stops_before = profile
        .current()
        .tradeoff()
        .map(|tradeoff| tradeoff.stops.stops().len());
    let in_force: Vec<f64> = profile.settings.threshold.into_iter().collect();
    let settings = &profile.settings;
    let has_splits = !profile.splits.is_empty();
    let mut rows = vec![(
        &mut profile.overall,
        has_splits && settings.current.is_some(),
    )];
    for (name, split) in &mut profile.splits {
        let is_asked = [&settings.current, &settings.reference].contains(&&Some(name.clone()));
        rows.push((split, !is_asked));
    }
    for (index, (rows, is_other)) in rows.into_iter().enumerate() {
        // The slider spans the scores of all rows, which their histogram tells.
        let is_overall = index == 0;
        let part = if is_other { PART_OF_OTHER_SPLITS } else { 1 };
        thin_rows(rows, parts.stops / part, apart, &wanted);
        if let Ok(scores) = &mut rows.scores {
            thin_isotonic(scores, parts.digits);
            if let Some(tradeoff) = scores.tradeoff.as_mut().filter(|_| is_other && !is_overall) {
                tradeoff.histogram = None;
            }
        }
    }
    if let Some(best) = &mut profile.thresholds {
        for point in points_mut(best).into_iter().flatten() {
            point.value = super::rounded(point.value, parts.digits);
            point.interval = point.interval.in_short(&wanted);
        }
    }
    if let Some(amounts) = profile
        .thresholds
        .as_mut()
        .and_then(|best| best.amounts.as_mut())
    {
        let kept = amounts.stops.fewer(parts.stops, apart, &wanted);
        amounts.at_stops = kept
            .iter()
            .filter_map(|at| amounts.at_stops.get(*at).copied())
            .collect();
        amounts.stops = amounts.stops.only(&kept);
    }
    if let Some(windows) = &mut profile.kept_windows {
        thin_windows(windows, parts.stops / PART_OF_WINDOWS, apart, &in_force);
    }
    if let Some(examination) = &mut profile.examination {
        if let Some(windows) = &mut examination.windows {
            thin_windows(windows, parts.stops / PART_OF_WINDOWS, apart, &in_force);
        }
        let models = examination
            .models
            .iter_mut()
            .map(|models| &mut models.models);
        for column in examination.segments.columns.iter_mut().chain(models) {
            let segments = column
                .segments
                .iter_mut()
                .map(|segment| &mut segment.statistics);
            for rows in segments.chain(&mut column.other) {
                thin_rows(rows, parts.stops / PART_OF_SEGMENTS, apart, &in_force);
                if let Ok(scores) = &mut rows.scores {
                    forget_bins(&mut scores.calibration);
                    scores.calibration.uniform = Err(Undefined::NoScores);
                }
            }
        }
        if let Some(latency) = &mut examination.latency {
            for shape in [&mut latency.current]
                .into_iter()
                .chain(&mut latency.reference)
            {
                shape.stops = shape.stops.fewer(LATENCY_STOPS);
            }
        }
    }
    let stops = report
        .profile
        .current()
        .tradeoff()
        .map(|tradeoff| tradeoff.stops.stops().len());
    if stops != stops_before {
        report.thinned.stops = stops.map(|stops| stops as u64);
    }
}

/// Thresholds that stay known exactly: the one in force, the best ones, and the one that advice is about.
fn wanted(profile: &Profile, policy: &Policy) -> Vec<f64> {
    let mut best = profile.thresholds.clone();
    let points = best.as_mut().map(points_mut).unwrap_or_default();
    let best = points
        .into_iter()
        .filter_map(|point| point.as_ref()?.threshold);
    best.chain(profile.settings.threshold)
        .chain(threshold_for(profile, policy))
        .collect()
}

/// All best thresholds.
fn points_mut(best: &mut BestThresholds) -> Vec<&mut Option<ThresholdPoint>> {
    let named = [
        &mut best.f1,
        &mut best.f0_5,
        &mut best.f2,
        &mut best.accuracy,
        &mut best.balanced_accuracy,
        &mut best.youden,
        &mut best.matthews_corrcoef,
        &mut best.cost,
    ];
    let constraints = best.constraints.iter_mut().map(|(_, point)| point);
    named.into_iter().chain(constraints).collect()
}

fn thin_rows(rows: &mut Statistics, most: usize, apart: u64, wanted: &[f64]) {
    let Ok(scores) = &mut rows.scores else {
        return;
    };
    let thin = |stops: &mut ThresholdStops, most, wanted: &[f64]| {
        let kept = stops.fewer(most, apart, wanted);
        *stops = stops.only(&kept).in_short(wanted);
    };
    if let Some(tradeoff) = &mut scores.tradeoff {
        thin(&mut tradeoff.stops, most, wanted);
    }
    let of_a_class = most / scores.per_class.len().max(2);
    for class in &mut scores.per_class {
        // A class has few stops, and is looked at here before anybody moves its threshold.
        let stops = &mut class.tradeoff.stops;
        let at_start = stops.place(ONE_VS_REST_START);
        let at_start = at_start.and_then(|(at, _)| stops.stops().get(at)?.interval.up_to);
        let wanted = [wanted, &[ONE_VS_REST_START], at_start.as_slice()].concat();
        thin(stops, of_a_class.max(8), &wanted);
    }
}

/// What no number and no picture of a segment or window rests on.
fn forget_bins(calibration: &mut Calibration) {
    calibration.quantile = Err(Undefined::NoScores);
    calibration.line = Err(Undefined::NoScores);
}

/// Puts neighbouring steps together until there are few; what is put together rises still. Those that tell what the scores that are
/// spelled out are worth stay as they are, to the last digit of their edges.
fn thin_isotonic(scores: &mut ScoreStatistics, digits: u32) {
    let steps = &mut scores.calibration.isotonic;
    let around = |score: &f64| {
        let found = steps.partition_point(|step| step.high < *score);
        [found.checked_sub(1), Some(found)]
    };
    let kept = CalibrationWords::READ.iter().flat_map(around).flatten();
    let kept: Vec<f64> = kept
        .filter_map(|place| steps.get(place).map(|step| step.low))
        .collect();
    let is_kept = |step: &IsotonicStep| kept.contains(&step.low);
    let rows: u64 = steps
        .iter()
        .map(|step| step.rows)
        .fold(0, u64::saturating_add);
    let least = rows / ISOTONIC_STEPS;
    steps.dedup_by(|step, before| {
        let is_joined = before.rows < least && !is_kept(before) && !is_kept(step);
        if is_joined {
            before.high = step.high;
            before.rows = before.rows.saturating_add(step.rows);
            before.positives = before.positives.saturating_add(step.positives);
        }
        is_joined
    });
    // Rounded edges come no later than those of the next step.
    let mut next = f64::INFINITY;
    for step in steps.iter_mut().rev() {
        if !is_kept(step) {
            step.low = super::rounded(step.low, digits);
            step.high = super::rounded(step.high, digits);
        }
        step.high = step.high.min(next);
        step.low = step.low.min(step.high);
        next = step.low;
    }
}

/// All windows have the same stops, so that they can be added up, and keep the same.
fn thin_windows(windows: &mut Windows, most: usize, apart: u64, wanted: &[f64]) {
    for windows in [&mut windows.windows, &mut windows.reference] {
        for window in windows.iter_mut() {
            if let Ok(scores) = &mut window.statistics.scores {
                forget_bins(&mut scores.calibration);
            }
        }
        let mut stops: Vec<&mut ThresholdStops> = windows
            .iter_mut()
            .filter_map(|window| window.statistics.scores.as_mut().ok()?.tradeoff.as_mut())
            .map(|tradeoff| &mut tradeoff.stops)
            .collect();
        let Some(sum) = ThresholdStops::summed(stops.iter().map(|stops| &**stops)) else {
            continue;
        };
        let kept = sum.fewer(most, apart, wanted);
        for stops in &mut stops {
            **stops = stops.only(&kept).in_short(wanted);
        }
    }
}
