//! What every part of a file has in common.

use std::collections::BTreeSet;

use greenlight_data::{
    Column, ColumnId, MOST_GRADES, MOST_NUMERIC_CLASSES, Role, Roles, Table, Values, accepts,
    are_grades, boolean_of, class_as_known, parse_number, sort_classes,
};
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::choices::{Choices, ChoicesError};
use crate::classes::{Classes, TooManyValues, class_of, distinct_classes};
use crate::error_column::error_column;
use crate::observations::SPLITS_BY_TIME;
use crate::observations_error::ObservationsError;
use crate::windows::{Moment, RowTimes};

/// What every part of a file has in common: its classes, its splits and how it decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// The classes of label, prediction and class scores together.
    pub classes: Classes,
    /// The column of each class's scores; empty where no column scores a class.
    pub class_scores: Vec<Option<ColumnId>>,
    /// The column of the positive class's scores: the one that has the role, else, of two classes
    /// with scores each, the positive one's.
    pub score: Option<ColumnId>,
    /// The first class of the label that no column scores, where others are scored.
    pub unscored: Option<String>,
    /// The names of the splits in order; empty where no column splits the rows.
    pub splits: Vec<String>,
    /// What makes the predicted class; `None` where nothing does.
    pub decision: Option<DecisionRule>,
    /// Whether rows have a true class.
    pub has_label: bool,
    /// Whether label and prediction are grades of answers, people's and a judge's: one of them is enough, in a row and in the file.
    pub graded: bool,
    /// Whether there is a true class, but nothing that predicts it.
    pub label_alone: bool,
    /// Whether rows have a score of the positive class.
    pub has_score: bool,
    /// Whether rows have a latency.
    pub has_latency: bool,
    /// Whether rows have a cost.
    pub has_cost: bool,
    /// The column that says which calls failed.
    pub error: Result<ColumnId, Absent>,
    /// Minutes that the clock is ahead of UTC; times without an offset are its.
    pub time_zone_minutes: i32,
    /// Where no column splits the rows: those before are the reference, the others are judged.
    pub reference_until: Option<Moment>,
}

/// What makes the predicted class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionRule {
    /// The prediction column.
    Prediction,
    /// `score >= threshold`.
    Threshold,
    /// The class with the highest of the class scores; of those that tie the first.
    Argmax,
}

impl Schema {
    /// What `table` holds when read through `roles`, with the `positive` class where one was
    /// chosen. `by_threshold` decides by the score even where there is a prediction column. That label and prediction
    /// are grades of answers is told by their names, or said by `graded`.
    ///
    /// # Errors
    /// When the roles do not make observations of a classifier.
    pub fn new(
        table: &Table,
        roles: &Roles,
        positive: Option<&str>,
        by_threshold: bool,
        graded: bool,
    ) -> Result<Self, ObservationsError> {
        check_in_memory(table, roles)?;
        let graded = !by_threshold && has_grades(table, roles, graded);
        // Numbers that have a column of scores each are classes, however many.
        let most_numbers = roles.class_scores.len().max(match graded {
            true => MOST_GRADES,
            false => MOST_NUMERIC_CLASSES,
        });
        let label = class_names(table, roles.label, "label", most_numbers)?;
        let prediction = predicted_names(table, roles.prediction, label.as_ref(), most_numbers)?;
        let scored = scored_classes(table, roles, label.as_ref(), prediction.as_ref())?;
        let has_label = label.is_some();
        let has_prediction = prediction.is_some();
        let labelled = label.map(|(_, names)| names).unwrap_or_default();
        let predicted = prediction.map(|(_, names)| names).unwrap_or_default();
        let names = labelled.iter().cloned().chain(predicted);
        let names = names.chain(scored.iter().map(|(name, _)| name.clone()));
        let names: Vec<String> = names.collect();
        let accepting = names.iter().find(|name| accepts(name) == Some(true));
        let accepting = accepting.filter(|_| graded).cloned();
        let classes = Classes::new(names, positive.or(accepting.as_deref()));
        let class_scores = match scored.is_empty() {
            true => Vec::new(),
            false => classes
                .names()
                .iter()
                .map(|name| column_of(&scored, name))
                .collect(),
        };
        let score = score_column(roles, &classes, &class_scores);
        for (column, role) in [
            (score, "score"),
            (roles.latency, "latency"),
            (roles.cost, "cost"),
            (roles.count, "count"),
        ] {
            number_column(table, column, role)?;
        }
        let has_both = class_scores.len() == 2 && scored.len() == 2;
        // A single score column ranks rows by one class; with more than two it says too little.
        let has_score = has_label && classes.len() <= 2 && (score.is_some() || has_both);
        let has_argmax = has_label && scored.len() > 1;
        let has_latency = roles.latency.is_some();
        let judges = has_label && (has_prediction || has_score || has_argmax);
        if !judges && !has_latency && !graded {
            if let [only] = table.columns() {
                let column = only.name.clone();
                return Err(ObservationsError::OneColumn { column });
            }
            let columns = table.columns().iter().map(|column| column.name.clone());
            return Err(ObservationsError::NoRoles {
                columns: listed(&columns.collect::<Vec<_>>()),
            });
        }
        let decision = if by_threshold && has_score {
            Some(DecisionRule::Threshold)
        } else if has_label && has_prediction {
            Some(DecisionRule::Prediction)
        } else if has_argmax {
            Some(DecisionRule::Argmax)
        } else {
            has_score.then_some(DecisionRule::Threshold)
        };
        let unscored = |name: &&String| column_of(&scored, name).is_none();
        Ok(Self {
            unscored: match scored.is_empty() {
                true => None,
                false => labelled.iter().find(unscored).cloned(),
            },
            class_scores: match has_label {
                true => class_scores,
                false => Vec::new(),
            },
            score: score.filter(|_| has_score),
            splits: split_names(table, roles.split),
            decision,
            has_label: judges,
            graded,
            label_alone: has_label && !judges,
            has_score,
            has_latency,
            has_cost: roles.cost.is_some(),
            error: error_column(table, roles, &classes),
            classes,
            time_zone_minutes: 0,
            reference_until: None,
        })
    }

    /// With what was chosen about time: the clock, and where the reference ends.
    ///
    /// # Errors
    /// When a column already splits the rows.
    pub(crate) fn over_time(
        mut self,
        table: &Table,
        roles: &Roles,
        choices: &Choices,
    ) -> Result<Self, ChoicesError> {
        self.time_zone_minutes = choices.time_zone_minutes;
        let Some(until) = choices.reference_until else {
            return Ok(self);
        };
        if let Some(split) = roles.split.and_then(|id| table.column(id)) {
            let column = split.name.clone();
            return Err(ChoicesError::AlreadySplit { column });
        }
        check_times(
            matches!(until, Moment::Time(_)),
            "the reference cannot end at a time",
            table,
            roles,
        )?;
        self.splits = SPLITS_BY_TIME.map(str::to_owned).to_vec();
        self.reference_until = Some(until);
        Ok(self)
    }

    /// The index of the split of that name.
    pub(crate) fn split_named(&self, name: &str) -> Option<usize> {
        self.splits.iter().position(|known| known == name)
    }

    /// Whether there are more than two classes with scores: each is held against the rest.
    pub fn is_multiclass_scored(&self) -> bool {
        self.classes.len() > 2 && !self.class_scores.is_empty()
    }

    /// The classes that have a column of scores: index, name and column.
    pub fn class_score_columns(&self) -> impl Iterator<Item = (usize, &str, ColumnId)> {
        let named = self.classes.names().iter().zip(&self.class_scores);
        named
            .enumerate()
            .filter_map(|(class, (name, id))| Some((class, name.as_str(), (*id)?)))
    }
}

/// Fails where something is chosen by time, and no column holds points in time.
pub(crate) fn check_times(
    is_by_time: bool,
    problem: &'static str,
    table: &Table,
    roles: &Roles,
) -> Result<(), ChoicesError> {
    match is_by_time && !RowTimes::new(table, roles, 0).are_times() {
        true => Err(ChoicesError::NoTimes { problem }),
        false => Ok(()),
    }
}

/// Whether label and prediction, or one of them where nothing else decides, are grades of answers.
fn has_grades(table: &Table, roles: &Roles, said: bool) -> bool {
    let name = |id: Option<ColumnId>| Some(table.column(id?)?.name.as_str());
    let (label, prediction) = (name(roles.label), name(roles.prediction));
    let is_scored = roles.score.is_some() || !roles.class_scores.is_empty();
    let alone = prediction.is_some() || !is_scored;
    let any = label.is_some() || prediction.is_some();
    alone && any && (said || are_grades(label, prediction))
}

/// The classes of the prediction column, as the label spells them.
fn predicted_names(
    table: &Table,
    column: Option<ColumnId>,
    label: Option<&Named>,
    most_numbers: usize,
) -> Result<Option<Named>, ObservationsError> {
    let named = class_names(table, column, "prediction", most_numbers)?;
    let Some((prediction, mut predicted)) = named else {
        return Ok(None);
    };
    if let Some((label, known)) = label {
        let is_boolean = |name: &String| boolean_of(name).is_some();
        if known.iter().all(is_boolean) && predicted.iter().all(is_boolean) {
            // Yes and no in two spellings are two classes, not four: the label's spelling names them.
            predicted.retain(|name| class_of(name, known).is_none());
        }
        if known.len() > 1 && predicted.len() > 1 && !shares(known, &predicted) {
            return Err(ObservationsError::NoCommonClass {
                label: label.clone(),
                label_values: listed(known),
                prediction,
                prediction_values: listed(&predicted),
            });
        }
    }
    Ok(Some((prediction, predicted)))
}

/// The classes that have a column of scores, as label and prediction spell them.
fn scored_classes(
    table: &Table,
    roles: &Roles,
    label: Option<&Named>,
    prediction: Option<&Named>,
) -> Result<Vec<(String, ColumnId)>, ObservationsError> {
    let mut known = BTreeSet::new();
    known.extend(
        label
            .into_iter()
            .chain(prediction)
            .flat_map(|(_, names)| names)
            .cloned(),
    );
    let mut scored: Vec<(String, ColumnId)> = Vec::new();
    for (class, id) in &roles.class_scores {
        let class = class_as_known(class, &known);
        if let Some(other) = column_of(&scored, &class) {
            let name = |id| {
                table
                    .column(id)
                    .map_or_else(String::new, |column| column.name.clone())
            };
            return Err(ObservationsError::TwoScoresOfClass {
                class,
                first: name(other),
                second: name(*id),
            });
        }
        scored.push((class, *id));
    }
    if let Some((label, known)) = label
        && !scored.is_empty()
        && !scored.iter().any(|(class, _)| known.contains(class))
    {
        let classes: Vec<String> = scored.into_iter().map(|(class, _)| class).collect();
        return Err(ObservationsError::NoScoredClass {
            scored: listed(&classes),
            label: label.clone(),
            label_values: listed(known),
        });
    }
    Ok(scored)
}

fn column_of(scored: &[(String, ColumnId)], class: &str) -> Option<ColumnId> {
    let found = scored.iter().find(|(name, _)| name == class);
    found.map(|(_, id)| *id)
}

/// A score that is one of the class scores follows the positive class, whichever that is.
fn score_column(
    roles: &Roles,
    classes: &Classes,
    class_scores: &[Option<ColumnId>],
) -> Option<ColumnId> {
    let own = roles.score.filter(|id| !class_scores.contains(&Some(*id)));
    own.or_else(|| *class_scores.get(classes.positive()?)?)
}

fn shares(names: &[String], others: &[String]) -> bool {
    names.iter().any(|name| others.contains(name))
}

type Named = (String, Vec<String>);

fn class_names(
    table: &Table,
    column: Option<ColumnId>,
    role: &'static str,
    most_numbers: usize,
) -> Result<Option<Named>, ObservationsError> {
    let Some(column) = column.and_then(|id| table.column(id)) else {
        return Ok(None);
    };
    let name = column.name.clone();
    match distinct_classes(column, most_numbers) {
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
            example: first_word(categories.dictionary()),
        }),
        _ => Ok(None),
    }
}

/// What is computed from a column needs its cells.
fn check_in_memory(table: &Table, roles: &Roles) -> Result<(), ObservationsError> {
    let parts = Role::ALL.into_iter().filter(|role| *role != Role::Feature);
    let mut columns = parts.flat_map(|role| roles.columns(role));
    let deferred = columns.find_map(|id| table.column(id).filter(|column| column.is_deferred()));
    match deferred {
        None => Ok(()),
        Some(column) => Err(ObservationsError::Deferred {
            column: column.name.clone(),
        }),
    }
}

/// The first text that is no number.
pub(crate) fn first_word(texts: &[String]) -> String {
    let word = texts.iter().find(|text| parse_number(text).is_none());
    word.or(texts.first()).cloned().unwrap_or_default()
}

/// The splits are keys of the report, so they keep the file's own spelling.
fn split_names(table: &Table, column: Option<ColumnId>) -> Vec<String> {
    let Some(column) = column.and_then(|id| table.column(id)) else {
        return Vec::new();
    };
    let mut names = match &column.values {
        Values::Category(categories) => categories.dictionary().to_vec(),
        Values::Number(_) => distinct_classes(column, MOST_NUMERIC_CLASSES).unwrap_or_default(),
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
