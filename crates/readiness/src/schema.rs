//! What every part of a file has in common, and why a table can lack it.

use greenlight_data::{Column, ColumnId, Roles, Table, Values, boolean_of, sort_classes};
use serde::{Deserialize, Serialize};

use crate::classes::{Classes, TooManyValues, class_of, distinct_classes};

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
    /// A single column that nothing could be computed from.
    #[error(
        "there is only one column, “{column}”; put commas, semicolons or tabs between the columns. Greenlight needs one \
         with the true class and one with the prediction or the score"
    )]
    OneColumn {
        /// Its name.
        column: String,
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
        let mut prediction = class_names(table, roles.prediction, "prediction")?;
        if let (Some((_, known)), Some((_, predicted))) = (&label, &mut prediction)
            && known
                .iter()
                .chain(predicted.iter())
                .all(|name| boolean_of(name).is_some())
        {
            // Yes and no in two spellings are two classes, not four: the label's spelling names them.
            predicted.retain(|name| class_of(name, known).is_none());
        }
        if let (Some((label, known)), Some((prediction, predicted))) = (&label, &prediction)
            && known.len() > 1
            && predicted.len() > 1
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
            if let [only] = table.columns() {
                let column = only.name.clone();
                return Err(ObservationsError::OneColumn { column });
            }
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

pub(crate) fn number_column<'t>(
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
    sort_classes(&mut names);
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
