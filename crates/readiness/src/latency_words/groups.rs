//! Latency by the values of a column, by model, or by windows of time.

use greenlight_format::{self as format, Told};
use greenlight_metrics::fairness::Rate;
use greenlight_metrics::worst_of_k::FEWEST_ROWS;
use greenlight_metrics::{LatencySummary, simultaneous_z, wilson_at};

use super::{LatencyValue, PERCENTILES, told_share, value_of};
use crate::profile::Profile;
use crate::statistics::Statistics;
use crate::windows::Windows;
use crate::words;

/// What rows are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Value,
    Window,
}

/// How a group stands to all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupStanding {
    /// It breaks the budget more often, beyond chance: the whole interval of its share lies above, at a level at which those of all groups
    /// hold together in 95 % of the cases.
    Over,
    /// Not surely.
    NotOver,
    /// There are fewer than 30 rows.
    TooFew,
    /// It is a window in which the data begin or end, and is not compared.
    Partial,
    /// It is a window beyond the range of time that is looked at, and is not compared.
    Outside,
}

impl GroupStanding {
    /// In a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Over => "over budget clearly more often",
            Self::NotOver => "within chance or better",
            Self::TooFew => "too few rows to say",
            Self::Partial => "not whole",
            Self::Outside => "not looked at",
        }
    }

    fn is_judged(self) -> bool {
        matches!(self, Self::Over | Self::NotOver)
    }
}

/// The latency of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupLatency {
    /// Its name.
    pub name: String,
    /// Its position among the groups.
    pub place: usize,
    /// Rows with a latency.
    pub rows: u64,
    /// The median.
    pub p50: LatencyValue,
    /// The 95th percentile.
    pub p95: LatencyValue,
    /// The 99th percentile.
    pub p99: LatencyValue,
    /// The share over the budget.
    pub over_budget: Rate,
    /// How well that share is known.
    pub told_over: Told,
    /// How it stands to all rows.
    pub standing: GroupStanding,
}

/// Groups, compared.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupsWords {
    /// The one sentence to read.
    pub finding: String,
    /// The values of a column with the slowest by p95 first; windows in the order of time.
    pub rows: Vec<GroupLatency>,
    /// Groups without a latency: they are in no row.
    pub without: u64,
}

impl GroupLatency {
    fn of(
        (place, name): (usize, &str),
        latency: &LatencySummary,
        profile: &Profile,
    ) -> Option<Self> {
        let over = (latency.over_budget_share? * latency.rows as f64).round() as u64;
        Some(Self {
            name: name.to_owned(),
            place,
            rows: latency.rows,
            p50: value_of(latency, &PERCENTILES[0], profile),
            p95: value_of(latency, &PERCENTILES[2], profile),
            p99: value_of(latency, &PERCENTILES[3], profile),
            over_budget: Rate::of(over, latency.rows).ok()?,
            told_over: told_share(profile, latency.over_budget_share?),
            standing: GroupStanding::TooFew,
        })
    }

    fn over(&self) -> u64 {
        (self.over_budget.value * self.rows as f64).round() as u64
    }
}

impl GroupsWords {
    /// The values of a column, or models, of the rows that are judged, held against all of these. `None` where none has a latency.
    pub fn of<'s>(
        profile: &Profile,
        groups: impl IntoIterator<Item = (&'s str, &'s Statistics)>,
    ) -> Option<Self> {
        let groups = groups.into_iter();
        let groups = groups.map(|(name, rows)| (name.to_owned(), rows, GroupStanding::NotOver));
        let mut words = Self::compare(profile, groups.collect(), Kind::Value)?;
        slowest_first(&mut words.rows);
        Some(words)
    }

    /// Windows of the rows that are judged, held against all of these. `None` where none has a latency.
    pub fn of_windows(profile: &Profile, windows: &Windows) -> Option<Self> {
        let groups = windows.windows.iter();
        let range = profile.settings.range;
        let groups = groups.map(|window| {
            let standing = match range.is_none_or(|range| range.holds(window.span)) {
                false => GroupStanding::Outside,
                true if window.partial => GroupStanding::Partial,
                true => GroupStanding::NotOver,
            };
            (windows.in_words(window.span), &window.statistics, standing)
        });
        Self::compare(profile, groups.collect(), Kind::Window)
    }

    fn compare(
        profile: &Profile,
        groups: Vec<(String, &Statistics, GroupStanding)>,
        kind: Kind,
    ) -> Option<Self> {
        let all = profile.current().latency.as_ref().ok()?;
        let mut rows = Vec::new();
        let in_all = groups.len();
        for (place, (name, statistics, standing)) in groups.into_iter().enumerate() {
            let latency = statistics.latency.as_ref().ok();
            let row =
                latency.and_then(|latency| GroupLatency::of((place, &name), latency, profile));
            let Some(mut row) = row else { continue };
            row.standing = match standing.is_judged() && row.rows < FEWEST_ROWS {
                true => GroupStanding::TooFew,
                false => standing,
            };
            rows.push(row);
        }
        let judged = rows.iter().filter(|row| row.standing.is_judged()).count();
        let z = simultaneous_z(judged.max(1) as u64);
        let overall = all.over_budget_share.unwrap_or(0.0);
        for row in rows.iter_mut().filter(|row| row.standing.is_judged()) {
            let interval = wilson_at(row.over(), row.rows, z);
            if interval.is_ok_and(|interval| interval.low > overall) {
                row.standing = GroupStanding::Over;
            }
        }
        if rows.is_empty() {
            return None;
        }
        Some(Self {
            finding: finding(&rows, all, profile, kind),
            without: (in_all - rows.len()) as u64,
            rows,
        })
    }
}

/// Those with rows enough first, by their 95th percentile; insertion, since there are few of them.
fn slowest_first(rows: &mut Vec<GroupLatency>) {
    let mut sorted: Vec<GroupLatency> = Vec::with_capacity(rows.len());
    let key = |row: &GroupLatency| (row.standing.is_judged(), row.p95.ms);
    for row in rows.drain(..) {
        let place = sorted.iter().position(|known| key(known) < key(&row));
        sorted.insert(place.unwrap_or(sorted.len()), row);
    }
    *rows = sorted;
}

/// The slowest group, and whether any breaks the budget more often.
fn finding(rows: &[GroupLatency], all: &LatencySummary, profile: &Profile, kind: Kind) -> String {
    let settings = &profile.settings;
    let (noun, nouns) = match kind {
        Kind::Value => ("value", "values"),
        Kind::Window => ("window", "windows"),
    };
    let called = |name: &str| match kind {
        Kind::Value => format!("“{name}”"),
        Kind::Window => name.to_owned(),
    };
    let judged = rows.iter().filter(|row| row.standing.is_judged());
    let slowest = judged.reduce(|slowest, row| match row.p95.ms > slowest.p95.ms {
        true => row,
        false => slowest,
    });
    let Some(slowest) = slowest else {
        return format!("No {noun} has the {FEWEST_ROWS} rows that comparing takes");
    };
    let slow = format!(
        "Slowest is {}: 95 of 100 answers come within {}, against {} of all rows",
        called(&slowest.name),
        slowest.p95.shown(),
        super::shown(profile, all.p95)
    );
    let budget = words::latency(settings.latency_budget, settings.latency_unit);
    let share = |share: f64| told_share(profile, share).mark(format::percent(share));
    let overall = share(all.over_budget_share.unwrap_or(0.0));
    let mut over = rows
        .iter()
        .filter(|row| row.standing == GroupStanding::Over);
    match (over.next(), over.count()) {
        (None, _) => {
            format!(
                "{slow}; no {noun} is over the budget of {budget} clearly more often than all rows"
            )
        }
        (Some(one), 0) => format!(
            "{slow}; {} is over the budget of {budget} clearly more often: {}, against {overall}",
            called(&one.name),
            share(one.over_budget.value)
        ),
        (Some(_), more) => format!(
            "{slow}; {} {nouns} are over the budget of {budget} clearly more often than the {overall} of all rows",
            more + 1
        ),
    }
}
