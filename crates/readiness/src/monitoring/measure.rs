//! A rule's number of each window.

use greenlight_metrics::worst_of_k::FEWEST_ROWS;

use super::rule::{MonitoringRule, Watched};
use super::series::{Doubt, Point, Reading, Unjudged};
use crate::criteria::{Measured, Measurement, fall};
use crate::examination::{ColumnDrift, DriftPart};
use crate::policy::{Metric, Policy};
use crate::profile::Profile;
use crate::statistics::Statistics;
use crate::windows::no_times;

/// A window as rules look at it.
#[derive(Clone, Copy)]
pub(super) struct Look<'p> {
    /// Its rows.
    pub rows: &'p Statistics,
    /// Rows that lack nothing but their label, which are in none of the statistics.
    pub unlabelled: u64,
    /// Whether data begins or ends within it.
    pub partial: bool,
    /// Whether it lies outside of the range that is looked at, wholly or in part.
    pub is_outside: bool,
}

/// Whose windows they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Of the rows that are judged.
    Judged,
    /// Of the reference.
    Reference,
}

/// What a rule sees in windows that follow each other; of those outside of the range that is looked at their numbers, of which none is
/// judged. Costs no more than the numbers themselves: nothing depends on the rows behind them.
pub(super) fn points<'p>(
    rule: &MonitoringRule,
    policy: &Policy,
    profile: &'p Profile,
    (side, windows): (Side, &[Look<'p>]),
) -> Vec<Point> {
    let mut points = numbers(rule, policy, profile, (side, windows));
    for (point, window) in points.iter_mut().zip(windows) {
        if window.is_outside {
            point.unjudged = Some(Unjudged::Outside);
        }
    }
    points
}

fn numbers<'p>(
    rule: &MonitoringRule,
    policy: &Policy,
    profile: &'p Profile,
    (side, windows): (Side, &[Look<'p>]),
) -> Vec<Point> {
    let minimum = rule.minimum_rows.unwrap_or(policy.minimum_rows);
    let measured = |rows| Measured {
        profile,
        rows,
        limit: rule.limit,
        fewest: minimum.max(FEWEST_ROWS),
        minimum_rows: minimum,
        drift: policy.drift,
    };
    if profile.windows().is_some_and(|windows| !windows.has_time) {
        // A matrix of counts, or rows sorted by their label, would raise alerts.
        return without(windows, &no_times(profile));
    }
    let metric = match rule.metric {
        Watched::Of(Metric::ScorePsi) | Watched::FeaturePsi => {
            return match column(rule, profile) {
                Ok(column) => drift(column, side, windows, minimum),
                Err(why) => without(windows, &why),
            };
        }
        Watched::Of(metric) => metric,
        Watched::LatencyMs | Watched::Cost => return Vec::new(),
    };
    let Some(of) = metric.falls() else {
        let of_window = |window: &Look<'p>| match metric {
            // A window in which nothing arrives is what such a rule is for.
            Metric::Rows => volume(window),
            _ => point(window, minimum, || measured(window.rows).measure(metric)),
        };
        return windows.iter().map(of_window).collect();
    };
    let mut before = match profile.reference() {
        Some(reference) => match measured(reference).measure(of) {
            Ok(reference) => Some(reference),
            Err(why) => return without(windows, &format!("of the reference, {why}")),
        },
        None => None,
    };
    let mut points = Vec::with_capacity(windows.len());
    for window in windows {
        let now = || measured(window.rows).measure(of);
        let Some(before) = &before else {
            if window.is_outside {
                points.push(Point::without(Unjudged::Outside));
                continue;
            }
            // Without a reference the first window that can be judged is what others are held against.
            let first = point(window, minimum, now);
            match first.unjudged {
                None => {
                    points.push(Point::without(Unjudged::First));
                    before = now().ok();
                }
                Some(_) => points.push(first),
            }
            continue;
        };
        points.push(point(window, minimum, || Ok(fall(before, now()?))));
    }
    points
}

/// Windows of which the number does not exist.
fn without(windows: &[Look<'_>], why: &str) -> Vec<Point> {
    let why = Unjudged::NoNumber(why.to_owned());
    vec![Point::without(why); windows.len()]
}

fn point(
    window: &Look<'_>,
    minimum: u64,
    measure: impl FnOnce() -> Result<Measurement, String>,
) -> Point {
    if window.rows.rows == 0 {
        return Point::without(match window.unlabelled {
            0 => Unjudged::Empty,
            _ => Unjudged::NoNumber("no row has its label yet".to_owned()),
        });
    }
    let measurement = match measure() {
        Err(why) => return Point::without(Unjudged::NoNumber(why)),
        Ok(measurement) => measurement,
    };
    Point {
        unjudged: unjudged(window, measurement.fewest, minimum, &measurement.counted),
        reading: Some(reading(measurement)),
    }
}

/// The column whose drift is watched.
fn column<'p>(rule: &MonitoringRule, profile: &'p Profile) -> Result<&'p ColumnDrift, String> {
    let drift = profile.drift();
    let drift = drift.ok_or("there is no reference to compare with")?;
    match &rule.feature {
        None => drift
            .part(DriftPart::Score)
            .ok_or_else(|| "there is no score to compare with the reference".to_owned()),
        Some(feature) => drift.input(feature).ok_or_else(|| {
            format!("“{feature}” is no feature that can be compared with the reference")
        }),
    }
}

/// The PSI of each window against the whole reference; rows without a label count as well.
fn drift(column: &ColumnDrift, side: Side, windows: &[Look<'_>], minimum: u64) -> Vec<Point> {
    let counts = match side {
        Side::Judged => &column.windows,
        Side::Reference => &column.reference_windows,
    };
    let mut counts = counts.iter();
    let of_window = |window: &Look<'_>| {
        let Some(counts) = counts.next().filter(|counts| counts.rows() > 0) else {
            return Point::without(Unjudged::Empty);
        };
        let (compared, rows) = (column.against(counts), counts.present());
        let psi = match compared.psi() {
            Err(why) => return Point::without(Unjudged::NoNumber(why.to_string())),
            Ok(psi) => psi,
        };
        let doubt = match compared.chi_square_p_value() {
            Ok(p_value) => Doubt::Chance(p_value),
            Err(_) => Doubt::Unknown,
        };
        Point {
            reading: Some(Reading {
                doubt,
                ..Reading::fact(psi, rows)
            }),
            unjudged: unjudged(window, rows, minimum, "rows"),
        }
    };
    windows.iter().map(of_window).collect()
}

/// Why a window with so many rows behind its number is not judged, where it is not.
fn unjudged(window: &Look<'_>, rows: u64, minimum: u64, counted: &str) -> Option<Unjudged> {
    match rows {
        _ if window.partial => Some(Unjudged::Partial),
        rows if rows < minimum => Some(Unjudged::TooFew {
            rows,
            minimum,
            counted: counted.to_owned(),
        }),
        _ => None,
    }
}

/// How many rows arrived, with and without a label.
fn volume(window: &Look<'_>) -> Point {
    let rows = window.rows.rows.saturating_add(window.unlabelled);
    Point {
        reading: Some(Reading::fact(rows as f64, rows)),
        unjudged: window.partial.then_some(Unjudged::Partial),
    }
}

fn reading(measurement: Measurement) -> Reading {
    let Measurement {
        value,
        interval,
        fewest,
        evidence,
        is_fact,
        ..
    } = measurement;
    Reading {
        value,
        rows: fewest,
        interval,
        doubt: match evidence {
            Some(evidence) => Doubt::Interval(evidence),
            None if is_fact => Doubt::None,
            None => Doubt::Unknown,
        },
    }
}
