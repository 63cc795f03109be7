//! The window with the lowest accuracy, and how far accuracy falls, by the rule for the worst of several.

use greenlight_metrics::worst_of_k::FEWEST_ROWS;
use greenlight_metrics::{Interval, WorstOfK, newcombe_difference_at, wilson_at};

use super::{Span, Window, Windows};

/// The worst of several windows.
#[derive(Clone, Debug, PartialEq)]
pub struct WorstWindow<'w> {
    /// Its number, counted from 0.
    pub index: usize,
    /// The window.
    pub window: &'w Window,
    /// The share of right answers in it.
    pub accuracy: f64,
    /// Its rows with an answer to judge.
    pub rows: u64,
    /// Its accuracy, or how far below something else that is.
    pub value: f64,
    /// The interval of that, at level 1 − 0.05/k.
    pub interval: Interval,
    /// How many windows of at least 30 rows were judged: k.
    pub judged: u64,
    /// Whether the whole interval lies beyond the limit.
    pub is_sure: bool,
}

/// Right answers and answers.
type Answers = (u64, u64);

impl Window {
    /// How many of its answers are right, and how many can be judged.
    pub fn answers(&self) -> (u64, u64) {
        let confusion = self.statistics.confusion.as_ref();
        confusion.map_or((0, 0), |confusion| (confusion.correct(), confusion.total()))
    }
}

impl Windows {
    /// The windows that can be judged, with their numbers: those that the data fill, within the `range` that is looked at.
    pub fn judged(&self, range: Option<Span>) -> impl Iterator<Item = (usize, &Window)> {
        let windows = self.windows.iter().enumerate();
        windows.filter(move |(_, window)| {
            !window.partial && range.is_none_or(|range| range.holds(window.span))
        })
    }

    /// The window with the lowest accuracy, which should be at least `limit`: of all with at least 30 rows where one is surely
    /// below, else of those with at least `fewest`.
    pub fn worst(&self, range: Option<Span>, limit: f64, fewest: u64) -> Option<WorstWindow<'_>> {
        self.worst_by(range, limit, fewest, &|(right, rows), z| {
            let interval = wilson_at(right, rows, z).ok()?;
            Some((right as f64 / rows as f64, interval))
        })
    }

    /// The window in which accuracy falls most from that of the answers of a reference, and should fall by at most `limit`; else as
    /// [`worst`](Self::worst). The `value` is the fall, the `interval` Newcombe's.
    pub fn worst_fall(
        &self,
        reference: (u64, u64),
        range: Option<Span>,
        limit: f64,
        fewest: u64,
    ) -> Option<WorstWindow<'_>> {
        let (right_before, rows_before) = reference;
        let before = right_before as f64 / rows_before as f64;
        // Less is worse: the change is the fall with its sign turned.
        let change = |(right, rows): Answers, z: f64| {
            let interval =
                newcombe_difference_at(right, rows, right_before, rows_before, z).ok()?;
            Some((right as f64 / rows as f64 - before, interval))
        };
        let worst = self.worst_by(range, -limit, fewest, &change)?;
        Some(WorstWindow {
            value: -worst.value,
            interval: Interval {
                low: -worst.interval.high,
                high: -worst.interval.low,
            },
            ..worst
        })
    }

    /// The first window with at least so many answers that can be judged.
    pub fn first_judged(&self, range: Option<Span>, fewest: u64) -> Option<&Window> {
        let mut judged = self.judged(range).map(|(_, window)| window);
        judged.find(|window| window.answers().1 >= fewest)
    }

    fn worst_by(
        &self,
        range: Option<Span>,
        limit: f64,
        fewest: u64,
        value_at: &dyn Fn(Answers, f64) -> Option<(f64, Interval)>,
    ) -> Option<WorstWindow<'_>> {
        let judged: Vec<(usize, &Window)> = self.judged(range).collect();
        let answers: Vec<Answers> = judged.iter().map(|(_, window)| window.answers()).collect();
        let among = |fewest| {
            let rows = answers.iter().map(|(_, rows)| *rows);
            WorstOfK::among(fewest, rows, limit, |index, z| {
                value_at(*answers.get(index)?, z)
            })
        };
        let worst = match among(FEWEST_ROWS)? {
            sure if sure.is_surely_below => sure,
            _ => among(fewest)?,
        };
        let &(index, window) = judged.get(worst.index)?;
        let (right, rows) = window.answers();
        Some(WorstWindow {
            index,
            window,
            accuracy: right as f64 / rows as f64,
            rows: worst.rows,
            value: worst.value,
            interval: worst.interval,
            judged: worst.judged,
            is_sure: worst.is_surely_below,
        })
    }
}
