//! What is in each window.

use greenlight_metrics::{ScoreCollector, ThresholdStops};

use crate::accumulator::Part;
use crate::decision::Certainty;
use crate::observations::{Observation, Observations};
use crate::profile::Settings;
use crate::schema::Schema;
use crate::statistics::of_window;
use crate::tradeoff::Detail;

use super::layout::{Bounds, Layout, Side, Sides, Windowed};
use super::span::Span;
use super::{Window, Windows};

/// Stops of all windows together: the more windows, the fewer stops each.
const STOPS_OF_ALL: usize = 64 * 64;
const FEWEST_STOPS: usize = 16;

/// A window while its rows are read.
struct Filling {
    part: Part,
    unlabelled: u64,
    times: Option<(i64, i64)>,
}

impl Filling {
    fn new(schema: &Schema) -> Self {
        Self {
            part: Part::new(schema),
            unlabelled: 0,
            times: None,
        }
    }

    fn see(&mut self, time_ms: Option<i64>) {
        if let Some(ms) = time_ms {
            let (first, last) = self.times.unwrap_or((ms, ms));
            self.times = Some((first.min(ms), last.max(ms)));
        }
    }
}

impl Windows {
    /// The rows of `observations` in the windows of `layout`, decided as the `settings` say. Their stops know the thresholds `wanted`
    /// exactly. One pass over the rows and a sort of the scores of each window, and one of all scores; the memory of two
    /// profiles' scores while it lasts.
    pub(crate) fn count(
        layout: &Layout,
        observations: &Observations<'_>,
        schema: &Schema,
        settings: &Settings,
        wanted: &[f64],
    ) -> Self {
        let sides = Sides::new(schema, settings);
        let positive = schema.classes.positive();
        let filling = |windows: &Windowed| -> Vec<Filling> {
            let windows = 0..windows.edges.len();
            windows.map(|_| Filling::new(schema)).collect()
        };
        let (mut judged, mut reference) = (filling(&layout.judged), filling(&layout.reference));
        let mut scores = ScoreCollector::default();
        let mut without_time = 0_u64;
        for row in 0..observations.rows() {
            let used = observations.row(row).and_then(Result::ok);
            let Some(observation) = used.or_else(|| observations.unlabelled(row)) else {
                continue;
            };
            let Some(side) = sides.of(observation.split) else {
                continue;
            };
            let Some(key) = observations.times().key(row) else {
                if side == Side::Judged && used.is_some() {
                    without_time = without_time.saturating_add(observation.count);
                }
                continue;
            };
            if let (Some(actual), Some(score), Some(positive)) =
                (observation.actual, observation.score, positive)
            {
                // Cannot fail: tables hold finite numbers.
                let _ = scores.push(score, actual.0 == positive, observation.count);
            }
            let time_ms = observations.time_ms(row);
            let windows = match side {
                Side::Judged => &mut judged,
                Side::Reference => &mut reference,
            };
            let edges = &layout.side(side).edges;
            edges.share(key, row, observation.count, |window, count| {
                let Some(window) = windows.get_mut(window) else {
                    return;
                };
                window.see(time_ms);
                let share = Observation {
                    count,
                    ..observation
                };
                match used {
                    Some(_) => window.part.add_row(observations, row, &share, positive),
                    None => window.unlabelled = window.unlabelled.saturating_add(count),
                }
            });
        }
        let all = judged.len() + reference.len();
        let stops = (STOPS_OF_ALL / all.max(1)).clamp(FEWEST_STOPS, Detail::COARSE.stops);
        let stops = ThresholdStops::evenly(&scores.finish(), stops, wanted);
        let finish = |windows: Vec<Filling>, side| {
            let spans = layout.side(side).spans();
            let window = |(filling, span): (Filling, Span)| Window {
                span,
                times: filling.times,
                partial: false,
                statistics: of_window(filling.part, schema, settings, &stops),
                unlabelled: filling.unlabelled,
            };
            let mut windows: Vec<Window> = windows.into_iter().zip(spans).map(window).collect();
            mark_partial(&mut windows);
            windows
        };
        Self {
            rule: layout.rule,
            time_zone_minutes: settings.time_zone_minutes,
            windows: finish(judged, Side::Judged),
            reference: finish(reference, Side::Reference),
            has_time: observations.times().are_ordered(),
            without_time,
            certainty: Certainty::Exact,
            notes: Vec::new(),
        }
    }
}

impl Windowed {
    fn spans(&self) -> Vec<Span> {
        match &self.bounds {
            Bounds::Times(times) => between(times, |from_ms, to_ms| Span::Time { from_ms, to_ms }),
            Bounds::Rows(rows) => between(rows, |from, to| Span::Rows { from, to }),
        }
    }
}

fn between<T: Copy>(bounds: &[T], span: impl Fn(T, T) -> Span) -> Vec<Span> {
    let pairs = bounds.iter().zip(bounds.iter().skip(1));
    pairs.map(|(&from, &to)| span(from, to)).collect()
}

/// Data begin within the first window where its first row comes later in it than that of every other window in its own, and end
/// within the last where that holds of its last row. A window alone is partial where any of it lies outside of its rows.
fn mark_partial(windows: &mut [Window]) {
    let late = |window: &Window| match (window.span, window.times) {
        (Span::Time { from_ms, .. }, Some((first, _))) => Some(first - from_ms),
        _ => None,
    };
    let early = |window: &Window| match (window.span, window.times) {
        (Span::Time { to_ms, .. }, Some((_, last))) => Some(to_ms - last),
        _ => None,
    };
    let count = windows.len();
    let others = |skipped: usize, of: &dyn Fn(&Window) -> Option<i64>| {
        let windows = windows.iter().enumerate();
        let others = windows.filter(|(index, _)| *index != skipped);
        others.filter_map(|(_, window)| of(window)).max()
    };
    let begins_within = windows
        .first()
        .and_then(late)
        .is_some_and(|late_by| late_by > others(0, &late).unwrap_or(0));
    let ends_within = windows
        .last()
        .and_then(early)
        .is_some_and(|early_by| early_by > others(count - 1, &early).unwrap_or(1));
    if let Some(first) = windows.first_mut() {
        first.partial |= begins_within;
    }
    if let Some(last) = windows.last_mut() {
        last.partial |= ends_within;
    }
}
