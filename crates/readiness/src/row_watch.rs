//! Rules over single rows: "no latency over 100 ms". Each keeps the first row that broke it, the worst, and how many did.
//!
//! An alert is sticky because of what it holds: [`RowAlert::first`] never goes away, whatever rows follow. What was raised when only the rows
//! up to some moment were there follows from it as well: [`RowAlert::is_raised_at`].

use serde::{Deserialize, Serialize};

use crate::choices::Choices;
use crate::policy::Operator;
use crate::profile::Settings;
use crate::profile_error::ProfileError;
use crate::rows::read_as_judged;
use crate::source::Source;

/// A number that single rows have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowMetric {
    /// The latency in milliseconds. Failed calls have none: they are counted as failures.
    LatencyMs,
    /// The cost in the unit of its column, of failed calls as well.
    Cost,
}

/// What must hold for each row: "latency at most 100 ms". A row without the number breaks no rule.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowRule {
    /// The number.
    pub metric: RowMetric,
    /// How it must stand to the limit.
    pub operator: Operator,
    /// The limit, in milliseconds or the unit of the cost column.
    pub limit: f64,
}

/// A row that broke a rule.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offender {
    /// The file: an index into [`Profile::sources`](crate::Profile::sources).
    pub file: usize,
    /// The data row in it, counted from 1.
    pub row: u64,
    /// When: milliseconds since 1970 began in UTC where the column holds times, else its number; `None` where the row has none.
    pub at: Option<f64>,
    /// Its number, in the unit of the rule.
    pub value: f64,
}

impl Offender {
    /// Whether it comes before another: by time, those without a time last; equals, and where no row has a time, as they stand in
    /// the files.
    fn is_before(&self, other: &Self) -> bool {
        let order = |row: &Self| (row.at.unwrap_or(f64::INFINITY), row.file, row.row);
        order(self) < order(other)
    }
}

/// What became of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowAlert {
    /// The rule.
    pub rule: RowRule,
    /// Rows that have the number, each as often as it stands for an observation. 0 says that there was nothing to look at.
    pub rows: u64,
    /// Those of them that broke the rule.
    pub count: u64,
    /// The first of them in time; the first row where no row has a time.
    pub first: Option<Offender>,
    /// The one furthest beyond the limit; of equals the first.
    pub worst: Option<Offender>,
}

impl RowAlert {
    /// Whether the rule was ever broken. Once it was, it stays so.
    pub fn is_raised(&self) -> bool {
        self.first.is_some()
    }

    /// Whether it had been broken when only the rows up to a moment were there.
    ///
    /// ```
    /// # use greenlight_readiness::policy::Operator;
    /// # use greenlight_readiness::row_watch::{Offender, RowAlert, RowMetric, RowRule};
    /// let first = Some(Offender { file: 0, row: 2, at: Some(60_000.0), value: 110.0 });
    /// let rule = RowRule { metric: RowMetric::LatencyMs, operator: Operator::AtMost, limit: 100.0 };
    /// let alert = RowAlert { rule, rows: 4, count: 1, first, worst: first };
    /// assert_eq!([0.0, 60_000.0, 1e9].map(|at| alert.is_raised_at(at)), [false, true, true]);
    /// ```
    pub fn is_raised_at(&self, moment: f64) -> bool {
        let at = self.first.and_then(|first| first.at);
        at.is_some_and(|at| at <= moment)
    }
}

/// What a watch sees of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeenRow {
    /// Its file, as in [`Offender::file`].
    pub file: usize,
    /// The data row in the file, counted from 1.
    pub row: u64,
    /// When, as in [`Offender::at`].
    pub at: Option<f64>,
    /// How many observations the row stands for; 0 is no row.
    pub count: u64,
    /// Its latency in milliseconds.
    pub latency_ms: Option<f64>,
    /// Its cost in the unit of the column.
    pub cost: Option<f64>,
}

/// Watches rows for all rules at once: one pass, memory for the rules alone. Rows may come in any order and in parts that are
/// [merged](Self::merge): what comes first is a matter of time, and of row numbers where there is none.
///
/// ```
/// use greenlight_readiness::policy::Operator;
/// use greenlight_readiness::row_watch::{RowMetric, RowRule, RowWatch, SeenRow};
///
/// let rule = RowRule { metric: RowMetric::LatencyMs, operator: Operator::AtMost, limit: 100.0 };
/// let mut watch = RowWatch::new(&[rule]);
/// for (row, latency_ms) in [(1, 90.0), (2, 110.0), (3, 95.0)] {
///     let latency_ms = Some(latency_ms);
///     watch.see(&SeenRow { file: 0, row, at: None, count: 1, latency_ms, cost: None });
/// }
/// let alert = watch.alerts()[0];
/// assert_eq!((alert.count, alert.first.map(|first| first.row)), (1, Some(2)));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RowWatch {
    alerts: Vec<RowAlert>,
}

impl RowWatch {
    /// Has seen nothing yet.
    pub fn new(rules: &[RowRule]) -> Self {
        let alert = |&rule: &RowRule| RowAlert {
            rule,
            rows: 0,
            count: 0,
            first: None,
            worst: None,
        };
        Self {
            alerts: rules.iter().map(alert).collect(),
        }
    }

    /// Looks at a row.
    pub fn see(&mut self, row: &SeenRow) {
        for alert in &mut self.alerts {
            let rule = alert.rule;
            let value = match rule.metric {
                RowMetric::LatencyMs => row.latency_ms,
                RowMetric::Cost => row.cost,
            };
            let Some(value) = value.filter(|_| row.count > 0) else {
                continue;
            };
            alert.rows = alert.rows.saturating_add(row.count);
            if !rule.operator.holds(value, rule.limit) {
                alert.count = alert.count.saturating_add(row.count);
                let &SeenRow { file, row, at, .. } = row;
                alert.take(Offender {
                    file,
                    row,
                    at,
                    value,
                });
            }
        }
    }

    /// Adds what `other`, of the same rules, has seen.
    pub fn merge(&mut self, other: &Self) {
        for (alert, other) in self.alerts.iter_mut().zip(&other.alerts) {
            alert.rows = alert.rows.saturating_add(other.rows);
            alert.count = alert.count.saturating_add(other.count);
            for &offender in other.first.iter().chain(&other.worst) {
                alert.take(offender);
            }
        }
    }

    /// What became of each rule so far, in the order of the rules.
    pub fn alerts(&self) -> &[RowAlert] {
        &self.alerts
    }

    /// Watches the rows of `source` that are judged, read through `choices` and decided by the `settings` of the profile that came
    /// of them. One pass over the rows.
    ///
    /// # Errors
    /// As [`Profile::of`](crate::Profile::of).
    ///
    /// ```
    /// use greenlight_readiness::policy::Operator;
    /// use greenlight_readiness::{Choices, Profile, RowMetric, RowRule, RowWatch, SourceReader};
    ///
    /// let mut reader = SourceReader::new("tiny.csv");
    /// reader.feed(b"latency_ms\n90\n110\n95\n")?;
    /// let source = reader.finish_alone()?;
    /// let choices = Choices::default();
    /// let profile = Profile::of(&source, &choices)?;
    /// let rule = RowRule { metric: RowMetric::LatencyMs, operator: Operator::AtMost, limit: 100.0 };
    /// let alerts = RowWatch::over(&source, &choices, &profile.settings, &[rule])?;
    /// assert_eq!((alerts[0].rows, alerts[0].count), (3, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn over(
        source: &Source,
        choices: &Choices,
        settings: &Settings,
        rules: &[RowRule],
    ) -> Result<Vec<RowAlert>, ProfileError> {
        let (_, schema, observations) = read_as_judged(source, choices, settings)?;
        let current = settings.current.as_deref();
        let current = current.and_then(|name| schema.split_named(name));
        let (times, unit) = (observations.times(), settings.latency_unit);
        let mut watch = Self::new(rules);
        for at in 0..observations.rows() {
            let Some(Ok(observation)) = observations.row(at) else {
                continue;
            };
            if current.is_some() && observation.split != current {
                continue;
            }
            let (file, row) = source.place(at);
            let latency = observation.latency;
            watch.see(&SeenRow {
                file,
                row,
                at: times.key(at).filter(|_| times.are_ordered()),
                count: observation.count,
                latency_ms: latency.map(|latency| latency * unit.in_ms()),
                cost: observation.cost,
            });
        }
        Ok(watch.alerts)
    }
}

impl RowAlert {
    /// Takes a row that broke the rule as the first or the worst, where it is that.
    fn take(&mut self, offender: Offender) {
        if self.first.is_none_or(|first| offender.is_before(&first)) {
            self.first = Some(offender);
        }
        let is_worse = |worst: Offender| match self.rule.operator.wants_high() {
            _ if offender.value == worst.value => offender.is_before(&worst),
            true => offender.value < worst.value,
            false => offender.value > worst.value,
        };
        if self.worst.is_none_or(is_worse) {
            self.worst = Some(offender);
        }
    }
}
