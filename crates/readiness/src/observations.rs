//! The typed view of a [`Table`] through its [`Roles`]: what the metrics take.

use greenlight_data::{Column, ColumnId, Roles, Table, canonical_number};
use greenlight_metrics::{Actual, Predicted};

use crate::choices::{Choices, ChoicesError};
use crate::class_scores::{ClassScores, TopClass};
use crate::classes::{ClassCell, ClassColumn, stray};
use crate::error_column::ErrorColumn;
use crate::observations_error::ObservationsError;
use crate::profile::chosen_splits;
use crate::profile_error::ProfileError;
use crate::schema::{DecisionRule, Schema, check_times, number_column};
use crate::windows::{Edges, Moment, RowTimes, Span};

/// One row that can be used. Of a call that failed only count, split and cost are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// How many observations the row stands for; 1 where no column says so.
    pub count: u64,
    /// Whether the call failed.
    pub error: bool,
    /// Index into [`Schema::splits`]; `None` where the row names no split.
    pub split: Option<usize>,
    /// The true class.
    pub actual: Option<Actual>,
    /// The class that the prediction column gives, or the top class where that decides.
    pub predicted: Option<Predicted>,
    /// Score of the positive class.
    pub score: Option<f64>,
    /// The class with the highest of the class scores.
    pub top: Option<TopClass>,
    /// Latency in the unit of its column.
    pub latency: Option<f64>,
    /// Cost in the unit of its column.
    pub cost: Option<f64>,
}

/// Why a row cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub struct RowProblem {
    /// The reason, the same for every row that has it.
    pub reason: String,
    /// The offending text; empty where the cell is.
    pub text: String,
    /// How many observations the row stands for, where that can be read; else 1.
    pub count: u64,
}

impl RowProblem {
    fn new(reason: String, text: impl Into<String>) -> Self {
        Self {
            reason,
            text: text.into(),
            count: 1,
        }
    }

    fn missing(role: &str) -> Self {
        Self::new(format!("the {role} is missing"), "")
    }

    fn not_a_number(role: &str, text: &str) -> Self {
        Self::new(format!("the {role} is not a number"), text)
    }
}

/// The cells of a column of numbers.
type Numbers<'t> = (&'t Column, &'t [f64]);

/// A table read row by row as [`Observation`]s: borrows its columns, copies nothing that grows.
#[derive(Clone, Debug)]
pub struct Observations<'t> {
    table: &'t Table,
    count: Option<Numbers<'t>>,
    error: Option<ErrorColumn<'t>>,
    label: Option<ClassColumn<'t>>,
    prediction: Option<ClassColumn<'t>>,
    score: Option<Numbers<'t>>,
    class_scores: Option<ClassScores<'t>>,
    top_decides: bool,
    graded: bool,
    latency: Option<Numbers<'t>>,
    cost: Option<Numbers<'t>>,
    split: Option<ClassColumn<'t>>,
    times: RowTimes<'t>,
    minutes_ahead: i32,
    /// Where no column splits the rows, from where on they are judged.
    judged_from: Option<Edges>,
    /// The only rows to look at, of those that are judged.
    range: Option<RowRange>,
}

/// A range of the rows of one split, or of all rows.
#[derive(Clone, Debug)]
struct RowRange {
    split: Option<usize>,
    edges: Edges,
}

fn check_range(span: Span, table: &Table, roles: &Roles) -> Result<(), ChoicesError> {
    let (is_forward, is_by_time) = match span {
        Span::Time { from_ms, to_ms } => (from_ms < to_ms, true),
        Span::Rows { from, to } => (from < to, false),
    };
    if !is_forward {
        return Err(ChoicesError::BackwardRange);
    }
    check_times(
        is_by_time,
        "a range of time cannot be looked at",
        table,
        roles,
    )
}

/// The indexes of the splits that a [`Moment`] makes, in the order of their names.
pub(crate) const SPLITS_BY_TIME: [&str; 2] = ["current", "reference"];

impl<'t> Observations<'t> {
    /// Views `table` through `roles`, with the classes and splits of `schema`.
    ///
    /// # Errors
    /// When a role needs numbers and its column holds words.
    pub fn new(
        table: &'t Table,
        roles: &Roles,
        schema: &Schema,
    ) -> Result<Self, ObservationsError> {
        let class_column = |id: Option<ColumnId>| {
            id.and_then(|id| table.column(id))
                .and_then(|column| ClassColumn::new(column, schema.classes.names()))
        };
        let judged = |id: Option<ColumnId>| id.filter(|_| schema.has_label || schema.graded);
        let mut observations = Self {
            table,
            count: number_column(table, roles.count, "count")?,
            error: schema
                .error
                .as_ref()
                .ok()
                .and_then(|&id| table.column(id))
                .map(ErrorColumn::new),
            label: class_column(judged(roles.label)),
            prediction: match schema.decision {
                Some(DecisionRule::Prediction) => class_column(judged(roles.prediction)),
                None if schema.graded => class_column(roles.prediction),
                _ => None,
            },
            score: number_column(table, schema.score, "score")?,
            class_scores: ClassScores::new(table, schema)?,
            graded: schema.graded,
            top_decides: schema.decision == Some(DecisionRule::Argmax),
            latency: number_column(table, roles.latency, "latency")?,
            cost: number_column(table, roles.cost, "cost")?,
            split: roles
                .split
                .and_then(|id| table.column(id))
                .and_then(|column| ClassColumn::new(column, &schema.splits)),
            times: RowTimes::new(table, roles, schema.time_zone_minutes),
            minutes_ahead: schema.time_zone_minutes,
            judged_from: None,
            range: None,
        };
        observations.judged_from = schema.reference_until.map(|until| match until {
            Moment::Time(ms) => Edges::from_time(ms),
            Moment::Row(number) => observations.edges_at(&[number, u64::MAX], None),
        });
        Ok(observations)
    }

    /// Views `table` through `roles` as was chosen, with the schema that it follows; of the rows that are judged those within the
    /// range that was chosen. `by_threshold` is as for [`Schema::new`].
    pub(crate) fn chosen(
        table: &'t Table,
        roles: &Roles,
        choices: &Choices,
        positive: Option<&str>,
        by_threshold: bool,
    ) -> Result<(Schema, Self), ProfileError> {
        let graded = choices.pass_mark.is_some();
        let schema = Schema::new(table, roles, positive, by_threshold, graded)?;
        let schema = schema.over_time(table, roles, choices)?;
        let observations = Self::new(table, roles, &schema)?;
        let Some(span) = choices.span else {
            return Ok((schema, observations));
        };
        check_range(span, table, roles)?;
        let (_, current) = chosen_splits(&schema, choices)?;
        let current = current.and_then(|name| schema.split_named(&name));
        Ok((schema, observations.within(span, current)))
    }

    /// The same, but of the rows of a split (of all rows without one) only those within `span` are there.
    fn within(mut self, span: Span, split: Option<usize>) -> Self {
        let edges = match span {
            Span::Time { from_ms, to_ms } => Edges::at_times([from_ms, to_ms]),
            Span::Rows { from, to } => self.edges_at(&[from, to], split),
        };
        self.range = Some(RowRange { split, edges });
        self
    }

    /// The same with all rows, whatever range of them is looked at.
    pub(crate) fn of_all(&self) -> Self {
        Self {
            range: None,
            ..self.clone()
        }
    }

    /// Edges between the usable observations of a split, or of all rows, by their numbers.
    fn edges_at(&self, numbers: &[u64], split: Option<usize>) -> Edges {
        let rows = || {
            (0..self.rows()).filter_map(move |row| {
                let observation = self.row(row)?.ok()?;
                let is_in = split.is_none() || observation.split == split;
                (is_in && observation.count > 0).then_some((row, observation.count))
            })
        };
        Edges::at_observations(numbers, false, &self.times, rows)
    }

    /// Rows of the table, usable or not.
    pub fn rows(&self) -> usize {
        self.table.rows()
    }

    /// The observation in `row`; `None` where the table itself has already rejected the row, and where it is not within the range
    /// that is looked at.
    ///
    /// # Errors
    /// When a cell that the row needs is missing or unusable.
    #[inline]
    pub fn row(&self, row: usize) -> Option<Result<Observation, RowProblem>> {
        if self.table.is_rejected(row) {
            return None;
        }
        match &self.range {
            None => Some(self.observation(row)),
            Some(range) => self.row_within(range, row),
        }
    }

    /// The observation in a row that lacks nothing but its label, as rows do whose outcome is not known yet; `None` for any other.
    pub fn unlabelled(&self, row: usize) -> Option<Observation> {
        let label = self.label.as_ref().filter(|_| !self.graded)?;
        if label.class(row) != ClassCell::Missing || self.table.is_rejected(row) {
            return None;
        }
        let observation = self.observation_with(row, Some(None)).ok()?;
        match &self.range {
            _ if observation.error => None,
            None => Some(observation),
            Some(range) => self.part_within(range, row, observation),
        }
    }

    /// When the row happened, in milliseconds since 1970 began in UTC; `None` where no column of times says.
    pub fn time_ms(&self, row: usize) -> Option<i64> {
        self.times.ms(row)
    }

    /// Minutes that the clock of the windows is ahead of UTC.
    pub(crate) fn minutes_ahead(&self) -> i32 {
        self.minutes_ahead
    }

    /// What tells the order of rows.
    pub(crate) fn times(&self) -> &RowTimes<'t> {
        &self.times
    }

    /// How many observations of the row, usable or not, are outside of the range that is looked at.
    pub fn outside(&self, row: usize) -> u64 {
        let Some(range) = &self.range else {
            return 0;
        };
        if self.table.is_rejected(row) {
            return 0;
        }
        let count = match self.observation(row) {
            Ok(observation) => observation.count,
            Err(problem) => problem.count,
        };
        count - self.count_within(range, row, count)
    }

    fn row_within(&self, range: &RowRange, row: usize) -> Option<Result<Observation, RowProblem>> {
        match self.observation(row) {
            Ok(observation) => self.part_within(range, row, observation).map(Ok),
            Err(problem) => match self.count_within(range, row, problem.count) {
                0 if problem.count > 0 => None,
                count => Some(Err(RowProblem { count, ..problem })),
            },
        }
    }

    /// What of an observation is within the range.
    fn part_within(
        &self,
        range: &RowRange,
        row: usize,
        observation: Observation,
    ) -> Option<Observation> {
        match self.count_within(range, row, observation.count) {
            0 if observation.count > 0 => None,
            count => Some(Observation {
                count,
                ..observation
            }),
        }
    }

    /// How many of a row's observations are within the range; all of a row of another split.
    fn count_within(&self, range: &RowRange, row: usize, count: u64) -> u64 {
        if range.split.is_some() && self.split(row) != range.split {
            return count;
        }
        let mut within = 0;
        if let Some(key) = self.times.key(row) {
            let edges = &range.edges;
            edges.share(key, row, count, |_, share| within = share);
        }
        within
    }

    /// The split that a row is of.
    #[inline]
    fn split(&self, row: usize) -> Option<usize> {
        if let Some(from) = &self.judged_from {
            let key = self.times.key(row)?;
            return Some(usize::from(from.window_of(key, row).is_none()));
        }
        match self.split.as_ref()?.class(row) {
            ClassCell::Class(split) => Some(split),
            ClassCell::Missing | ClassCell::Unknown => None,
        }
    }

    /// The class with the highest score in `row`, where there is a score for each.
    pub(crate) fn top_class(&self, row: usize) -> Option<TopClass> {
        self.class_scores.as_ref()?.top(row).ok()
    }

    /// Each class with its score in `row`, one that can be used.
    pub fn class_scores(&self, row: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let scores = self.class_scores.iter();
        scores.flat_map(move |scores| scores.scores(row))
    }

    /// The latency that stands in `row`, also where the call failed, as that of a timeout; `None` where it cannot be used.
    pub fn noted_latency(&self, row: usize) -> Option<f64> {
        latency(self.latency?, row).ok()?
    }

    #[inline]
    fn observation(&self, row: usize) -> Result<Observation, RowProblem> {
        self.observation_with(row, None)
    }

    /// As it is, or with `actual` in place of its true class.
    #[inline]
    fn observation_with(
        &self,
        row: usize,
        actual: Option<Option<Actual>>,
    ) -> Result<Observation, RowProblem> {
        let count = match self.count {
            None => 1,
            Some(column) => count(column, row)?,
        };
        let counted = |problem| RowProblem { count, ..problem };
        let split = self.split(row);
        let cost = match self.cost {
            None => None,
            Some(column) => number(column, row, "cost").map_err(counted)?,
        };
        if self.error.as_ref().is_some_and(|error| error.is_error(row)) {
            return Ok(Observation {
                count,
                error: true,
                split,
                actual: None,
                predicted: None,
                score: None,
                top: None,
                latency: None,
                cost,
            });
        }
        let judged = || -> Result<Observation, RowProblem> {
            let actual = match actual {
                Some(actual) => actual,
                None => self.class(self.label.as_ref(), row, "label")?.map(Actual),
            };
            let predicted = self.class(self.prediction.as_ref(), row, "prediction")?;
            if self.graded && actual.is_none() && predicted.is_none() {
                return Err(RowProblem::missing("grade"));
            }
            let score = match self.score {
                None => None,
                Some(column) => Some(required_number(column, row, "score")?),
            };
            let top = match &self.class_scores {
                None => None,
                Some(scores) => Some(scores.top(row)?),
            };
            let decided = top.filter(|_| self.top_decides).map(|top| top.class);
            Ok(Observation {
                count,
                error: false,
                split,
                actual,
                predicted: predicted.or(decided).map(Predicted),
                score,
                top,
                latency: match self.latency {
                    None => None,
                    Some(column) => latency(column, row)?,
                },
                cost,
            })
        };
        judged().map_err(counted)
    }

    fn class(
        &self,
        column: Option<&ClassColumn<'_>>,
        row: usize,
        role: &str,
    ) -> Result<Option<usize>, RowProblem> {
        let Some(column) = column else {
            return Ok(None);
        };
        match column.class(row) {
            ClassCell::Class(class) => Ok(Some(class)),
            // An answer that one has graded need not be graded by the other.
            ClassCell::Missing if self.graded => Ok(None),
            ClassCell::Missing => Err(RowProblem::missing(role)),
            ClassCell::Unknown => Err(RowProblem::new(
                format!("the {role} is not a number, as it is in the other rows"),
                column.stray(row).unwrap_or_default(),
            )),
        }
    }
}

pub(crate) fn required_number(
    column: Numbers<'_>,
    row: usize,
    role: &str,
) -> Result<f64, RowProblem> {
    number(column, row, role)?.ok_or_else(|| RowProblem::missing(role))
}

/// The number in `row`, where there is one.
fn number(
    (column, values): Numbers<'_>,
    row: usize,
    role: &str,
) -> Result<Option<f64>, RowProblem> {
    match values.get(row) {
        Some(&value) if !value.is_nan() => Ok(Some(value)),
        _ => match stray(column, row) {
            Some(text) => Err(RowProblem::not_a_number(role, text)),
            None => Ok(None),
        },
    }
}

/// Why a row is left out for its latency: it is no number, or below 0.
pub(crate) const NO_NUMBER_AS_LATENCY: &str = "the latency is not a number";
pub(crate) const NEGATIVE_LATENCY: &str = "the latency is negative";

/// A missing latency costs nothing but itself: the rest of the row still counts.
fn latency(column: Numbers<'_>, row: usize) -> Result<Option<f64>, RowProblem> {
    match number(column, row, "latency")? {
        Some(value) if value < 0.0 => Err(RowProblem::new(
            NEGATIVE_LATENCY.to_owned(),
            canonical_number(value),
        )),
        value => Ok(value),
    }
}

/// From here on doubles no longer hold every whole number.
const LARGEST_COUNT: f64 = 9_007_199_254_740_992.0;

/// How many observations a row stands for.
fn count(column: Numbers<'_>, row: usize) -> Result<u64, RowProblem> {
    let value = required_number(column, row, "count")?;
    let problem = if value < 0.0 {
        "the count is negative"
    } else if value.fract() != 0.0 {
        "the count is not a whole number"
    } else if value > LARGEST_COUNT {
        "the count is too large to be exact"
    } else {
        return Ok(value as u64);
    };
    Err(RowProblem::new(problem.to_owned(), canonical_number(value)))
}
