//! The typed view of a [`Table`] through its [`Roles`]: what the metrics take.

use greenlight_data::{Column, ColumnId, Roles, Table, canonical_number};
use greenlight_metrics::{Actual, Predicted};

use crate::class_scores::{ClassScores, TopClass};
use crate::classes::{ClassCell, ClassColumn, stray};
use crate::error_column::ErrorColumn;
use crate::observations_error::ObservationsError;
use crate::schema::{DecisionRule, Schema, number_column};

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
}

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
        Ok(Self {
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
        })
    }

    /// Rows of the table, usable or not.
    pub fn rows(&self) -> usize {
        self.table.rows()
    }

    /// The observation in `row`; `None` where the table itself has already rejected the row.
    ///
    /// # Errors
    /// When a cell that the row needs is missing or unusable.
    #[inline]
    pub fn row(&self, row: usize) -> Option<Result<Observation, RowProblem>> {
        (!self.table.is_rejected(row)).then(|| self.observation(row))
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
        let count = match self.count {
            None => 1,
            Some(column) => count(column, row)?,
        };
        let counted = |problem| RowProblem { count, ..problem };
        let split = match &self.split {
            None => None,
            Some(column) => match column.class(row) {
                ClassCell::Class(split) => Some(split),
                ClassCell::Missing | ClassCell::Unknown => None,
            },
        };
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
            let actual = self.class(self.label.as_ref(), row, "label")?.map(Actual);
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

/// A missing latency costs nothing but itself: the rest of the row still counts.
fn latency(column: Numbers<'_>, row: usize) -> Result<Option<f64>, RowProblem> {
    match number(column, row, "latency")? {
        Some(value) if value < 0.0 => Err(RowProblem::new(
            "the latency is negative".to_owned(),
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
