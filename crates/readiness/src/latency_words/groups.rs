//! Latency by the values of a column, or by model.

use greenlight_data::LatencyUnit;
use greenlight_format as format;
use greenlight_metrics::fairness::Rate;
use greenlight_metrics::worst_of_k::FEWEST_ROWS;
use greenlight_metrics::{LatencySummary, simultaneous_z, wilson_at};

use super::{LatencyValue, PERCENTILES, value_of};
use crate::profile::{Profile, Settings};
use crate::statistics::Statistics;
use crate::words;

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
}

impl GroupStanding {
    /// In a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Over => "over budget clearly more often",
            Self::NotOver => "within chance or better",
            Self::TooFew => "too few rows to say",
        }
    }
}

/// The latency of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupLatency {
    /// Its name.
    pub name: String,
    /// Rows with a latency.
    pub rows: u64,
    /// The median.
    pub p50: LatencyValue,
    /// The 95th percentile.
    pub p95: LatencyValue,
    /// The share over the budget.
    pub over_budget: Rate,
    /// How it stands to all rows.
    pub standing: GroupStanding,
}

/// Groups, compared.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupsWords {
    /// The one sentence to read.
    pub finding: String,
    /// The groups, the slowest by p95 first.
    pub rows: Vec<GroupLatency>,
    /// Groups without a latency.
    pub without: u64,
}

impl GroupLatency {
    fn of(name: &str, latency: &LatencySummary, unit: LatencyUnit) -> Option<Self> {
        let over = (latency.over_budget_share? * latency.rows as f64).round() as u64;
        Some(Self {
            name: name.to_owned(),
            rows: latency.rows,
            p50: value_of(latency, &PERCENTILES[0], unit),
            p95: value_of(latency, &PERCENTILES[2], unit),
            over_budget: Rate::of(over, latency.rows).ok()?,
            standing: GroupStanding::TooFew,
        })
    }

    fn over(&self) -> u64 {
        (self.over_budget.value * self.rows as f64).round() as u64
    }
}

impl GroupsWords {
    /// Groups of the rows that are judged, held against all of these.
    pub fn of<'s>(
        profile: &Profile,
        groups: impl IntoIterator<Item = (&'s str, &'s Statistics)>,
    ) -> Option<Self> {
        let Settings {
            latency_unit: unit,
            latency_budget,
            ..
        } = profile.settings;
        let all = profile.current().latency.as_ref().ok()?;
        let (mut rows, mut without) = (Vec::new(), 0);
        for (name, statistics) in groups {
            let latency = statistics.latency.as_ref().ok();
            match latency.and_then(|latency| GroupLatency::of(name, latency, unit)) {
                Some(row) => rows.push(row),
                None => without += 1,
            }
        }
        let judged = |row: &&mut GroupLatency| row.rows >= FEWEST_ROWS;
        let k = rows.iter_mut().filter(judged).count() as u64;
        let z = simultaneous_z(k.max(1));
        let overall = all.over_budget_share.unwrap_or(0.0);
        for row in rows.iter_mut().filter(judged) {
            let is_over =
                wilson_at(row.over(), row.rows, z).is_ok_and(|interval| interval.low > overall);
            row.standing = match is_over {
                true => GroupStanding::Over,
                false => GroupStanding::NotOver,
            };
        }
        slowest_first(&mut rows);
        let budget = words::latency(latency_budget, unit);
        Some(Self {
            finding: finding(&rows, words::latency(all.p95, unit), &budget, overall)?,
            rows,
            without,
        })
    }
}

/// Those with rows enough first, by their 95th percentile; insertion, since there are few of them.
fn slowest_first(rows: &mut Vec<GroupLatency>) {
    let mut sorted: Vec<GroupLatency> = Vec::with_capacity(rows.len());
    let key = |row: &GroupLatency| (row.standing != GroupStanding::TooFew, row.p95.ms);
    for row in rows.drain(..) {
        let place = sorted.iter().position(|known| key(known) < key(&row));
        sorted.insert(place.unwrap_or(sorted.len()), row);
    }
    *rows = sorted;
}

fn finding(rows: &[GroupLatency], all: String, budget: &str, overall: f64) -> Option<String> {
    let slowest = rows.first()?;
    if slowest.standing == GroupStanding::TooFew {
        return Some(format!(
            "No group has the {FEWEST_ROWS} rows that comparing takes"
        ));
    }
    let over: Vec<&GroupLatency> = rows
        .iter()
        .filter(|row| row.standing == GroupStanding::Over)
        .collect();
    let slow = format!(
        "“{}” is slowest: 95 of 100 answers come within {}, against {all} of all rows",
        slowest.name,
        format::duration_ms(slowest.p95.ms)
    );
    Some(match over.as_slice() {
        [] => format!(
            "{slow}; no group is over the budget of {budget} clearly more often than all rows"
        ),
        [one] => format!(
            "{slow}; “{}” is over the budget of {budget} clearly more often: {}, against {}",
            one.name,
            format::percent(one.over_budget.value),
            format::percent(overall)
        ),
        several => format!(
            "{slow}; {} groups are over the budget of {budget} clearly more often than all rows",
            several.len()
        ),
    })
}
