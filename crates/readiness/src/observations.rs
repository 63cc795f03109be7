//! The typed view of a [`Table`] through its [`Roles`]: what the metrics take.

use greenlight_data::{Column, ColumnId, Roles, Table, Values, canonical_number};
use greenlight_metrics::{Actual, Predicted};
use serde::{Deserialize, Serialize};

use crate::classes::{ClassCell, ClassColumn, Classes, TooManyValues, distinct_classes, stray};

/// What every part of a file has in common: its classes, its splits and how it decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// The classes of label and prediction together.
    pub classes: Classes,
    /// The names of the splits in order; empty where no column splits the rows.
    pub splits: Vec<String>,
    /// What makes the predicted class; `None` where nothing does.
    pub decision: Option<DecisionRule>,
    /// Whether rows have a true class.
    pub has_label: bool,
    /// Whether rows have a score of the positive class.
    pub has_score: bool,
    /// Whether rows have a latency.
    pub has_latency: bool,
}

/// What makes the predicted class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionRule {
    /// The prediction column.
    Prediction,
    /// `score >= threshold`.
    Threshold,
}

/// Why a table cannot be read as observations of a classifier.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ObservationsError {
    /// No column plays a part that anything could be computed from.
    #[error(
        "nothing to judge yet: Greenlight needs a column with the true class and one with the \
         prediction or the score, or at least one with latencies. The columns are {columns}; \
         say which is which"
    )]
    NoRoles {
        /// The names of the columns.
        columns: String,
    },
    /// A label with so many different numbers that it measures something.
    #[error(
        "“{column}” has more than {limit} different numbers: this looks like regression; \
         Greenlight judges classification. If another column holds the class, choose it as {role}"
    )]
    LooksLikeRegression {
        /// The column.
        column: String,
        /// The role it was given.
        role: &'static str,
        /// The most distinct numbers accepted.
        limit: usize,
    },
    /// A label with so many different words that it names the rows.
    #[error(
        "“{column}” has more than {limit} different values, too many to be classes. If another \
         column holds the class, choose it as {role}"
    )]
    TooManyClasses {
        /// The column.
        column: String,
        /// The role it was given.
        role: &'static str,
        /// The most distinct values accepted.
        limit: usize,
    },
    /// Label and prediction speak of different things.
    #[error(
        "label “{label}” ({label_values}) and prediction “{prediction}” ({prediction_values}) \
         have no class in common. Write the classes the same way in both columns, or choose \
         other columns"
    )]
    NoCommonClass {
        /// The label column.
        label: String,
        /// Its values.
        label_values: String,
        /// The prediction column.
        prediction: String,
        /// Its values.
        prediction_values: String,
    },
    /// A column that has to hold numbers holds words.
    #[error(
        "“{column}” cannot be the {role}: it holds words such as “{example}”. Choose a column of \
         numbers"
    )]
    NotNumeric {
        /// The column.
        column: String,
        /// The role it was given.
        role: &'static str,
        /// One of the words.
        example: String,
    },
}

impl Schema {
    /// What `table` holds when read through `roles`, with the `positive` class where one was
    /// chosen. `by_threshold` decides by the score even where there is a prediction column.
    ///
    /// # Errors
    /// When the roles do not make observations of a classifier.
    pub fn new(
        table: &Table,
        roles: &Roles,
        positive: Option<&str>,
        by_threshold: bool,
    ) -> Result<Self, ObservationsError> {
        let label = class_names(table, roles.label, "label")?;
        let prediction = class_names(table, roles.prediction, "prediction")?;
        if let (Some((label, known)), Some((prediction, predicted))) = (&label, &prediction)
            && !known.is_empty()
            && !predicted.is_empty()
            && !known.iter().any(|name| predicted.contains(name))
        {
            return Err(ObservationsError::NoCommonClass {
                label: label.clone(),
                label_values: listed(known),
                prediction: prediction.clone(),
                prediction_values: listed(predicted),
            });
        }
        let has_label = label.is_some();
        let has_prediction = prediction.is_some();
        let names = label
            .into_iter()
            .chain(prediction)
            .flat_map(|(_, names)| names)
            .collect();
        let classes = Classes::new(names, positive);
        number_column(table, roles.score, "score")?;
        number_column(table, roles.latency, "latency")?;
        // A single score column ranks rows by one class; with more than two it says too little.
        let has_score = roles.score.is_some() && has_label && classes.len() <= 2;
        let has_latency = roles.latency.is_some();
        let judges = has_label && (has_prediction || has_score);
        if !judges && !has_latency {
            let columns = table.columns().iter().map(|column| column.name.clone());
            return Err(ObservationsError::NoRoles {
                columns: listed(&columns.collect::<Vec<_>>()),
            });
        }
        let decision = if has_label && has_prediction && !(by_threshold && has_score) {
            Some(DecisionRule::Prediction)
        } else {
            has_score.then_some(DecisionRule::Threshold)
        };
        let splits = split_names(table, roles.split);
        Ok(Self {
            classes,
            splits,
            decision,
            has_label: judges,
            has_score,
            has_latency,
        })
    }
}

type Named = (String, Vec<String>);

fn class_names(
    table: &Table,
    column: Option<ColumnId>,
    role: &'static str,
) -> Result<Option<Named>, ObservationsError> {
    let Some(column) = column.and_then(|id| table.column(id)) else {
        return Ok(None);
    };
    let name = column.name.clone();
    match distinct_classes(column) {
        Ok(names) => Ok(Some((name, names))),
        Err(TooManyValues {
            numeric: true,
            limit,
        }) => Err(ObservationsError::LooksLikeRegression {
            column: name,
            role,
            limit,
        }),
        Err(TooManyValues {
            numeric: false,
            limit,
        }) => Err(ObservationsError::TooManyClasses {
            column: name,
            role,
            limit,
        }),
    }
}

fn number_column<'t>(
    table: &'t Table,
    column: Option<ColumnId>,
    role: &'static str,
) -> Result<Option<(&'t Column, &'t [f64])>, ObservationsError> {
    let Some(column) = column.and_then(|id| table.column(id)) else {
        return Ok(None);
    };
    match &column.values {
        Values::Number(values) => Ok(Some((column, values))),
        Values::Category(categories) => Err(ObservationsError::NotNumeric {
            column: column.name.clone(),
            role,
            example: categories.dictionary().first().cloned().unwrap_or_default(),
        }),
        _ => Ok(None),
    }
}

/// The splits are keys of the report, so they keep the file's own spelling.
fn split_names(table: &Table, column: Option<ColumnId>) -> Vec<String> {
    let Some(column) = column.and_then(|id| table.column(id)) else {
        return Vec::new();
    };
    let mut names = match &column.values {
        Values::Category(categories) => categories.dictionary().to_vec(),
        Values::Number(_) => distinct_classes(column).unwrap_or_default(),
        _ => Vec::new(),
    };
    names.sort();
    names
}

fn listed(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let mut text = names
        .iter()
        .take(SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > SHOWN {
        text.push_str(", …");
    }
    text
}

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
