//! The typed view of a [`Table`] through its [`Roles`]: what the metrics take.

use greenlight_data::{Column, ColumnId, Roles, Table, canonical_number};
use greenlight_metrics::{Actual, Predicted};

use crate::classes::{ClassCell, ClassColumn, stray};
use crate::schema::{DecisionRule, ObservationsError, Schema, number_column};

/// One row that can be used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// Index into [`Schema::splits`]; `None` where the row names no split.
    pub split: Option<usize>,
    /// The true class.
    pub actual: Option<Actual>,
    /// The class that the prediction column gives.
    pub predicted: Option<Predicted>,
    /// Score of the positive class.
    pub score: Option<f64>,
    /// Latency in the unit of its column.
    pub latency: Option<f64>,
}

/// Why a row cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub struct RowProblem {
    /// The reason, the same for every row that has it.
    pub reason: String,
    /// The offending text; empty where the cell is.
    pub text: String,
}

/// A table read row by row as [`Observation`]s: borrows its columns, copies nothing that grows.
pub struct Observations<'t> {
    table: &'t Table,
    label: Option<ClassColumn<'t>>,
    prediction: Option<ClassColumn<'t>>,
    score: Option<(&'t Column, &'t [f64])>,
    latency: Option<(&'t Column, &'t [f64])>,
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
        let judged = |id: Option<ColumnId>| id.filter(|_| schema.has_label);
        Ok(Self {
            table,
            label: class_column(judged(roles.label)),
            prediction: match schema.decision {
                Some(DecisionRule::Prediction) => class_column(judged(roles.prediction)),
                _ => None,
            },
            score: number_column(table, roles.score.filter(|_| schema.has_score), "score")?,
            latency: number_column(table, roles.latency, "latency")?,
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

    fn observation(&self, row: usize) -> Result<Observation, RowProblem> {
        Ok(Observation {
            split: match &self.split {
                None => None,
                Some(column) => match column.class(row) {
                    ClassCell::Class(split) => Some(split),
                    ClassCell::Missing | ClassCell::Unknown => None,
                },
            },
            actual: self.class(self.label.as_ref(), row, "label")?.map(Actual),
            predicted: self
                .class(self.prediction.as_ref(), row, "prediction")?
                .map(Predicted),
            score: match self.score {
                None => None,
                Some(column) => Some(required_number(column, row, "score")?),
            },
            latency: match self.latency {
                None => None,
                Some(column) => latency(column, row)?,
            },
        })
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
            ClassCell::Missing => Err(RowProblem {
                reason: format!("the {role} is missing"),
                text: String::new(),
            }),
            ClassCell::Unknown => Err(RowProblem {
                reason: format!("the {role} is not a number, as it is in the other rows"),
                text: column.stray(row).unwrap_or_default().to_owned(),
            }),
        }
    }
}

fn required_number(
    (column, values): (&Column, &[f64]),
    row: usize,
    role: &str,
) -> Result<f64, RowProblem> {
    match values.get(row) {
        Some(&value) if !value.is_nan() => Ok(value),
        _ => Err(match stray(column, row) {
            Some(text) => not_a_number(role, text),
            None => RowProblem {
                reason: format!("the {role} is missing"),
                text: String::new(),
            },
        }),
    }
}

/// A missing latency costs nothing but itself: the rest of the row still counts.
fn latency((column, values): (&Column, &[f64]), row: usize) -> Result<Option<f64>, RowProblem> {
    match values.get(row) {
        Some(&value) if value < 0.0 => Err(RowProblem {
            reason: "the latency is negative".to_owned(),
            text: canonical_number(value),
        }),
        Some(&value) if !value.is_nan() => Ok(Some(value)),
        _ => match stray(column, row) {
            Some(text) => Err(not_a_number("latency", text)),
            None => Ok(None),
        },
    }
}

fn not_a_number(role: &str, text: &str) -> RowProblem {
    RowProblem {
        reason: format!("the {role} is not a number"),
        text: text.to_owned(),
    }
}
