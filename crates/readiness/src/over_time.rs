//! A number from window to window: its worst window, its trend, and where it changed.

use greenlight_format::Told;
use greenlight_metrics::worst_of_k::FEWEST_ROWS;
use greenlight_metrics::{ChangePoint, Series, Trend, Undefined, change_points};

use crate::criteria::{Evidence, Measured};
use crate::policy::{DriftSettings, Metric, Unit};
use crate::profile::Profile;
use crate::statistics::Statistics;
use crate::windows::{Window, Windows};

/// Any false change of a series has a chance of at most this.
const LEVEL: f64 = 0.05;

/// A metric of each window of the rows that are judged.
#[derive(Clone, Debug)]
pub struct OverTime<'p> {
    /// Which one.
    pub metric: Metric,
    /// How well its numbers are known.
    pub told: Told,
    /// The windows.
    pub windows: &'p Windows,
    /// Its number of each window that has one, in the order of time.
    pub points: Vec<WindowPoint>,
    /// Whether it falls or rises, by the number of the window.
    pub trend: Result<Trend, Undefined>,
    /// Where it changed, in the order of time.
    pub changes: Vec<Change>,
    /// The number of the reference, where there is one.
    pub reference: Option<f64>,
    /// Why windows have no number, where one has none.
    pub why_not: Option<String>,
}

/// A number of one window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowPoint {
    /// The number of the window, counted from 0.
    pub index: usize,
    /// The number, in the unit of its metric.
    pub value: f64,
    /// The rows behind it.
    pub rows: u64,
    /// Its 95 % interval, where it has one; an end that too few rows leave open is `None`.
    pub interval: Option<(Option<f64>, Option<f64>)>,
    /// Whether it counts for the worst window and the trend: the data fill the window, it lies within the range that is looked at, and
    /// it has 30 rows.
    pub is_judged: bool,
}

/// Between which windows a number changed. Windows are told by their numbers, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The first window of the new level.
    pub window: usize,
    /// The first one at which it may have begun, at 95 %.
    pub earliest: usize,
    /// The last one.
    pub latest: usize,
    /// The level since the change before.
    pub before: f64,
    /// The level until the next change.
    pub after: f64,
    /// The chance of so strong a contrast anywhere in an unchanged series.
    pub p_value: f64,
}

/// A point with what change points are made of.
struct Numbered {
    point: WindowPoint,
    /// Successes and rows, where it is a share of rows.
    share: Option<(u64, u64)>,
}

impl Profile {
    /// A metric from window to window: any that a criterion can ask of some rows. Volume ([`Metric::Rows`]) counts rows without a label too.
    /// Costs a measurement for each window, and some milliseconds for change points.
    ///
    /// # Errors
    /// Where the rows have not been looked at by window, and where no window has the number; why, in words.
    pub fn over_time(&self, metric: Metric) -> Result<OverTime<'_>, String> {
        let windows = self.windows();
        let windows = windows.ok_or_else(|| "the rows are still being looked at".to_owned())?;
        OverTime::of(self, windows, metric)
    }
}

impl<'p> OverTime<'p> {
    fn of(profile: &'p Profile, windows: &'p Windows, metric: Metric) -> Result<Self, String> {
        let range = profile.settings.range;
        let (mut measured, mut why_not) = (Vec::new(), None);
        for (index, window) in windows.windows.iter().enumerate() {
            let is_whole = !window.partial && range.is_none_or(|range| range.holds(window.span));
            match measure(profile, window, metric) {
                Ok((mut point, share)) => {
                    point.index = index;
                    let is_enough = metric.unit() == Unit::Count || point.rows >= FEWEST_ROWS;
                    point.is_judged = is_whole && is_enough;
                    measured.push(Numbered { point, share });
                }
                Err(why) => why_not = why_not.or(Some(why)),
            }
        }
        if measured.is_empty() {
            return Err(why_not.unwrap_or_else(|| "there are no windows".to_owned()));
        }
        let judged: Vec<&Numbered> = measured.iter().filter(|of| of.point.is_judged).collect();
        let place = |of: &&Numbered| (of.point.index as f64, of.point.value);
        let trend = Trend::of(&judged.iter().map(place).collect::<Vec<_>>());
        let changes = changes(&judged, metric);
        Ok(Self {
            metric,
            told: profile.told_over_windows(metric),
            windows,
            points: measured.iter().map(|of| of.point).collect(),
            trend,
            changes,
            reference: on_reference(profile, metric),
            why_not,
        })
    }

    /// The points that count for the worst window and the trend.
    pub fn judged(&self) -> impl Iterator<Item = &WindowPoint> {
        self.points.iter().filter(|point| point.is_judged)
    }

    /// The judged window with the worst number: the highest where less is better, else the lowest; of equals the first.
    pub fn worst(&self) -> Option<&WindowPoint> {
        self.first_by(|one, other| match self.metric.less_is_better() {
            true => one > other,
            false => one < other,
        })
    }

    /// The one with the best.
    pub fn best(&self) -> Option<&WindowPoint> {
        self.first_by(|one, other| match self.metric.less_is_better() {
            true => one < other,
            false => one > other,
        })
    }

    fn first_by(&self, is_before: impl Fn(f64, f64) -> bool) -> Option<&WindowPoint> {
        let mut found: Option<&WindowPoint> = None;
        for point in self.judged() {
            if found.is_none_or(|found| is_before(point.value, found.value)) {
                found = Some(point);
            }
        }
        found
    }

    /// The window of a number.
    pub fn window(&self, index: usize) -> Option<&'p Window> {
        self.windows.windows.get(index)
    }
}

/// The number of the reference; a volume has none that windows could be held against.
fn on_reference(profile: &Profile, metric: Metric) -> Option<f64> {
    let rows = profile.reference().filter(|_| metric != Metric::Rows)?;
    Some(measured(profile, rows).measure(metric).ok()?.value)
}

/// Of some rows, held against nothing.
fn measured<'p>(profile: &'p Profile, rows: &'p Statistics) -> Measured<'p> {
    Measured {
        profile,
        rows,
        limit: 0.0,
        fewest: FEWEST_ROWS,
        minimum_rows: FEWEST_ROWS,
        drift: DriftSettings::default(),
    }
}

fn measure(
    profile: &Profile,
    window: &Window,
    metric: Metric,
) -> Result<(WindowPoint, Option<(u64, u64)>), String> {
    let point = |value: f64, rows: u64| WindowPoint {
        index: 0,
        value,
        rows,
        interval: None,
        is_judged: false,
    };
    if metric == Metric::Rows {
        let rows = window.statistics.rows.saturating_add(window.unlabelled);
        return Ok((point(rows as f64, rows), None));
    }
    if window.statistics.rows == 0 {
        return Err(match window.unlabelled {
            0 => "some windows have no rows".to_owned(),
            _ => "of some windows no row has its label yet".to_owned(),
        });
    }
    let measurement = measured(profile, &window.statistics).measure(metric)?;
    let share = match measurement.evidence {
        Some(Evidence::Share(share)) => {
            let rows = share.rows.round();
            Some(((share.share * rows).round() as u64, rows as u64))
        }
        _ => None,
    };
    let found = WindowPoint {
        interval: measurement.interval,
        ..point(measurement.value, measurement.fewest)
    };
    Ok((found, share))
}

/// Where the number of these windows changed.
fn changes(judged: &[&Numbered], metric: Metric) -> Vec<Change> {
    let shares: Option<Vec<(u64, u64)>> = judged.iter().map(|of| of.share).collect();
    let is_count = metric.unit() == Unit::Count;
    let values = || {
        let value = |of: &&Numbered| {
            (
                of.point.value,
                if is_count { 1 } else { of.point.rows.max(1) },
            )
        };
        judged.iter().map(value).collect::<Vec<_>>()
    };
    let found = match shares {
        Some(shares) => change_points(Series::Shares(&shares), LEVEL),
        None => change_points(Series::Values(&values()), LEVEL),
    };
    // Of one window, or none, nothing can be said.
    let found = found.unwrap_or_default();
    let window = |place: usize| judged.get(place).map_or(0, |of| of.point.index);
    let change = |found: ChangePoint| Change {
        window: window(found.at),
        earliest: window(found.earliest),
        latest: window(found.latest),
        before: found.before,
        after: found.after,
        p_value: found.p_value,
    };
    found.into_iter().map(change).collect()
}
