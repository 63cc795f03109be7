//! What a person, or a command line, has settled. Everything left open is guessed from the data.

use std::collections::{BTreeMap, BTreeSet};

use greenlight_data::{
    ColumnId, Guesses, LatencyUnit, Role, Roles, Table, classes_of_score_columns,
};
use serde::{Deserialize, Serialize};

use crate::classes::{MOST_CLASSES, distinct_classes};
use crate::thresholds::Demands;
use crate::windows::{Moment, Span, WindowRule};

/// Decisions that override the guesses; the default leaves everything to be guessed.
///
/// ```
/// use greenlight_data::Role;
/// use greenlight_readiness::Choices;
///
/// let mut choices = Choices::default();
/// choices.set_role(Role::Label, ["outcome"]);
/// choices.positive = Some("churned".into());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    /// Columns by name for each role that was decided; an empty list says "no column has it".
    pub roles: BTreeMap<Role, Vec<String>>,
    /// The class to take as positive.
    pub positive: Option<String>,
    /// Decide by `score >= threshold` instead of by the file's own predictions.
    pub threshold: Option<f64>,
    /// The split to compare with, such as `train`.
    pub reference: Option<String>,
    /// The split to judge, such as `production`.
    pub current: Option<String>,
    /// Judge the rows of all splits together; then there is nothing to compare with.
    pub all_rows: bool,
    /// The unit of the latency column.
    pub latency_unit: Option<LatencyUnit>,
    /// The longest acceptable latency in milliseconds; 1,000 where nothing is chosen.
    pub latency_budget_ms: Option<f64>,
    /// The grade from which on an answer is accepted, or the class that accepts it. Who chooses one says that label and
    /// prediction are grades of answers.
    pub pass_mark: Option<String>,
    /// What is asked of a threshold.
    pub demands: Demands,
    /// How long the windows are in which the rows are looked at.
    pub window: WindowRule,
    /// Minutes that the clock is ahead of UTC: windows begin at its midnight, and times without an offset are its.
    pub time_zone_minutes: i32,
    /// The only rows to judge, of those of the current split; the windows are of all.
    pub span: Option<Span>,
    /// Where no column splits the rows: those before are the reference, those from here on are judged.
    pub reference_until: Option<Moment>,
    /// The model that the others are held against.
    pub champion: Option<String>,
}

/// A choice that the table cannot honour.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ChoicesError {
    /// A role was given to a column that the table lacks.
    #[error("there is no column “{column}” to play the role {role}; the columns are {columns}")]
    UnknownColumn {
        /// The name that was asked for.
        column: String,
        /// The role it should have played.
        role: &'static str,
        /// The names that exist.
        columns: String,
    },
    /// The reference was to end at some time or row, but a column splits the rows.
    #[error("“{column}” already splits the rows: take that role from it to split them by time")]
    AlreadySplit {
        /// The column.
        column: String,
    },
    /// Something was chosen by time, and no column holds times.
    #[error("{problem}: no column holds points in time")]
    NoTimes {
        /// What cannot be done.
        problem: &'static str,
    },
    /// A range that ends before it begins.
    #[error("the range that was chosen ends before it begins")]
    BackwardRange,
    /// A rule that makes more windows than can be looked at.
    #[error(
        "{rule} would make {windows} windows{between}, and at most {most} are looked at: choose longer ones"
    )]
    TooManyWindows {
        /// The rule, as the report calls it.
        rule: String,
        /// How many it would make.
        windows: u64,
        /// Between which times, where they are of time: " between 1 Jan 1970 and 3 Mar 2025".
        between: String,
        /// How many there may be.
        most: u64,
    },
}

impl Choices {
    /// Gives `role` to the named columns; no column at all takes the role from everyone.
    pub fn set_role<S: Into<String>>(&mut self, role: Role, columns: impl IntoIterator<Item = S>) {
        let columns = columns.into_iter().map(Into::into).collect();
        self.roles.insert(role, columns);
    }

    /// As [`Choices::set_role`], for a person who changes their mind: the columns leave the parts they were given
    /// before, and what was settled about the column that had the role goes with it.
    ///
    /// ```
    /// # use greenlight_data::Role;
    /// # use greenlight_readiness::Choices;
    /// let mut choices = Choices::default();
    /// choices.give(Role::Score, ["p"]);
    /// choices.give(Role::Latency, ["p"]);
    /// assert!(choices.roles[&Role::Score].is_empty());
    /// ```
    pub fn give<S: Into<String>>(&mut self, role: Role, columns: impl IntoIterator<Item = S>) {
        let columns: Vec<String> = columns.into_iter().map(Into::into).collect();
        for (&other, chosen) in &mut self.roles {
            if other != role && !may_share(other, role) {
                chosen.retain(|name| !columns.contains(name));
            }
        }
        match role {
            Role::Label => (self.positive, self.pass_mark) = (None, None),
            Role::Prediction => self.pass_mark = None,
            Role::Score | Role::ClassScores => self.threshold = None,
            Role::Latency => self.latency_unit = None,
            Role::Split => {
                self.judge(None);
                (self.reference, self.reference_until) = (None, None);
            }
            Role::Timestamp => (self.span, self.reference_until) = (None, None),
            _ => {}
        }
        self.roles.insert(role, columns);
    }

    /// Judges a split, or what its name suggests where `split` is none. It cannot be the one to compare with as well.
    pub fn judge(&mut self, split: Option<String>) {
        if split.is_some() && self.reference == split {
            self.reference = None;
        }
        self.current = split;
        self.all_rows = false;
    }

    /// Judges the rows of all splits together.
    pub fn judge_all_rows(&mut self) {
        self.judge(None);
        self.all_rows = true;
    }

    /// Leaves the columns, the positive class and the splits to be guessed again; threshold, budget and windows stay.
    pub fn forget_columns(&mut self) {
        *self = Self {
            threshold: self.threshold,
            latency_budget_ms: self.latency_budget_ms,
            demands: self.demands.clone(),
            window: self.window,
            time_zone_minutes: self.time_zone_minutes,
            span: self.span,
            ..Self::default()
        };
    }

    /// Whether nothing differs but the range that is looked at, and what is asked of a threshold.
    pub fn differs_in_range_alone(&self, other: &Self) -> bool {
        let without = |choices: &Self| Self {
            span: None,
            demands: Demands::default(),
            ..choices.clone()
        };
        without(self) == without(other)
    }

    /// Whether the columns, the positive class and the splits are as guessed.
    pub fn are_guesses(&self) -> bool {
        let mut forgotten = self.clone();
        forgotten.forget_columns();
        *self == forgotten
    }

    /// The guessed roles with the decided ones in their place.
    ///
    /// A column that was decided on loses the role it was guessed to have.
    ///
    /// # Errors
    /// When a decided column does not exist.
    pub fn apply(&self, table: &Table, guesses: &Guesses) -> Result<Roles, ChoicesError> {
        let mut roles = guesses.roles.clone();
        let mut decided = Vec::new();
        for (&role, names) in &self.roles {
            let columns = names
                .iter()
                .map(|name| find_column(table, role, name))
                .collect::<Result<Vec<ColumnId>, _>>()?;
            decided.push((role, columns));
        }
        for (role, columns) in &decided {
            for &column in columns {
                release(&mut roles, *role, column);
            }
        }
        for (role, columns) in decided {
            assign(&mut roles, role, columns, table);
        }
        Ok(roles)
    }
}

/// Takes a column out of every role that it cannot play beside `role`.
fn release(roles: &mut Roles, role: Role, column: ColumnId) {
    let (score, class_scores) = (roles.score, roles.class_scores.clone());
    roles.release(column);
    match role {
        Role::Score => roles.class_scores = class_scores,
        Role::ClassScores => roles.score = score,
        _ => {}
    }
}

/// Whether one column can play both roles: with two classes the score is one of the class scores.
fn may_share(one: Role, other: Role) -> bool {
    matches!(
        (one, other),
        (Role::Score, Role::ClassScores) | (Role::ClassScores, Role::Score)
    )
}

fn assign(roles: &mut Roles, role: Role, columns: Vec<ColumnId>, table: &Table) {
    if let Some(single) = roles.single_mut(role) {
        *single = columns.first().copied();
        return;
    }
    match role {
        Role::ClassScores => roles.class_scores = class_scores(columns, roles, table),
        Role::Segment => roles.segments = columns,
        _ => roles.features = columns,
    }
}

/// Columns of scores with the class that the name of each says, as label and prediction spell it.
fn class_scores(columns: Vec<ColumnId>, roles: &Roles, table: &Table) -> Vec<(String, ColumnId)> {
    let mut known = BTreeSet::new();
    for column in [roles.label, roles.prediction].into_iter().flatten() {
        let names = table
            .column(column)
            .map(|column| distinct_classes(column, MOST_CLASSES));
        known.extend(names.and_then(Result::ok).unwrap_or_default());
    }
    let names: Vec<&str> = columns
        .iter()
        .filter_map(|&id| Some(table.column(id)?.name.as_str()))
        .collect();
    let classes = classes_of_score_columns(&names, &known);
    classes.into_iter().zip(columns).collect()
}

fn find_column(table: &Table, role: Role, name: &str) -> Result<ColumnId, ChoicesError> {
    table
        .column_named(name)
        .ok_or_else(|| ChoicesError::UnknownColumn {
            column: name.to_owned(),
            role: role.name(),
            columns: table
                .columns()
                .iter()
                .map(|column| column.name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Profile, SourceReader};
    use greenlight_data::{guess_roles, read_table};

    fn applied(csv: &[u8], choices: &Choices) -> (Table, Roles) {
        let table = read_table(csv).unwrap();
        let roles = choices.apply(&table, &guess_roles(&table)).unwrap();
        (table, roles)
    }

    #[test]
    fn a_column_that_is_given_another_part_leaves_the_one_it_had() {
        let csv = b"label,score,wait\n1,0.9,3\n0,0.2,4\n";
        let mut choices = Choices::default();
        choices.give(Role::Latency, ["score"]);
        let (table, roles) = applied(csv, &choices);
        assert_eq!(roles.latency, table.column_named("score"));
        assert_eq!(roles.score, None);

        choices.give(Role::Score, ["score"]);
        let (table, roles) = applied(csv, &choices);
        assert_eq!(roles.score, table.column_named("score"));
        assert_eq!(roles.latency, None);

        choices.give(Role::Feature, ["wait"]);
        choices.give(Role::Segment, ["wait"]);
        let (table, roles) = applied(csv, &choices);
        assert_eq!(roles.segments, [table.column_named("wait").unwrap()]);
        assert!(roles.features.is_empty());
    }

    #[test]
    fn a_score_can_be_one_of_the_class_scores() {
        let csv = b"label,proba_0,proba_1\n1,0.1,0.9\n0,0.8,0.2\n";
        let mut choices = Choices::default();
        choices.give(Role::ClassScores, ["proba_0", "proba_1"]);
        choices.give(Role::Score, ["proba_1"]);
        let (table, roles) = applied(csv, &choices);
        assert_eq!(roles.score, table.column_named("proba_1"));
        assert_eq!(roles.class_scores.len(), 2);
    }

    #[test]
    fn what_was_settled_about_a_column_goes_with_it() {
        let mut choices = Choices {
            positive: Some("spam".into()),
            threshold: Some(0.7),
            reference: Some("train".into()),
            latency_unit: Some(LatencyUnit::Seconds),
            ..Choices::default()
        };
        choices.judge(Some("test".into()));
        choices.give(Role::Prediction, ["answer"]);
        assert_eq!(choices.positive.as_deref(), Some("spam"));
        for role in [Role::Label, Role::Score, Role::Latency, Role::Split] {
            choices.give(role, ["x"]);
        }
        assert_eq!(
            (choices.positive, choices.threshold, choices.latency_unit),
            (None, None, None)
        );
        assert_eq!((choices.reference, choices.current), (None, None));
    }

    #[test]
    fn no_split_is_compared_with_itself() {
        let mut choices = Choices {
            reference: Some("train".into()),
            ..Choices::default()
        };
        choices.judge(Some("train".into()));
        assert_eq!(choices.reference, None);
        choices.judge_all_rows();
        assert_eq!((choices.current.as_ref(), choices.all_rows), (None, true));
        choices.judge(None);
        assert!(choices.are_guesses());
    }

    #[test]
    fn all_rows_are_judged_together() {
        let mut reader = SourceReader::new("splits.csv");
        let csv = b"label,prediction,split\n1,1,train\n0,0,train\n1,0,test\n0,0,test\n";
        reader.feed(csv).unwrap();
        let source = reader.finish_alone().unwrap();
        let mut choices = Choices::default();
        let profile = Profile::of(&source, &choices).unwrap();
        assert_eq!(profile.settings.current.as_deref(), Some("test"));
        choices.judge_all_rows();
        let profile = Profile::of(&source, &choices).unwrap();
        assert_eq!((profile.current().rows, profile.reference()), (4, None));
        assert_eq!(profile.splits.len(), 2);
    }

    #[test]
    fn the_guesses_can_be_had_back() {
        let mut choices = Choices {
            threshold: Some(0.7),
            positive: Some("spam".into()),
            ..Choices::default()
        };
        assert!(!choices.are_guesses());
        choices.forget_columns();
        assert!(choices.are_guesses());
        assert_eq!(choices.threshold, Some(0.7));
    }
}
