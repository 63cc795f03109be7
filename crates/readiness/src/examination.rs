//! A second look at the rows: what takes passes of its own, so that the first answer need not wait for it.

mod columns;
mod fingerprint;
mod labelled;
mod missing_labels;
mod outputs;
mod repeats;
mod time_order;

use std::collections::VecDeque;

use greenlight_data::{ColumnId, Role, Roles};
use greenlight_metrics::Repeats;
use serde::{Deserialize, Serialize};

pub use columns::ColumnSeparability;
pub use missing_labels::MissingLabels;
pub use outputs::{Followed, Outputs};
pub use repeats::SharedIds;
pub use time_order::TimeOrder;

use crate::choices::Choices;
use crate::observations::Observations;
use crate::profile::{Profile, ProfileError, Settings};
use crate::schema::Schema;
use crate::source::Source;
use labelled::Labelled;

/// What the second look found. Its size grows with the columns, not with the rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Examination {
    /// How well each feature, segment, id and timestamp alone tells the classes apart, in the order of the steps.
    pub columns: Vec<ColumnSeparability>,
    /// How many feature and segment columns there are: the inputs that [`repeats`](Self::repeats) compares.
    pub inputs: usize,
    /// Rows with identical inputs; `None` without inputs, and where a row stands for several.
    pub repeats: Option<Repeats>,
    /// Ids that reference and current rows share.
    pub ids: Option<SharedIds>,
    /// Which of reference and current rows were first.
    pub time_order: Option<TimeOrder>,
    /// What the score of two classes looks like beside label and predictions.
    pub outputs: Option<Outputs>,
    /// Where labels are missing more than elsewhere, for each grouping that was looked at and has any.
    pub missing_labels: Vec<MissingLabels>,
}

/// Looks at the rows step by step, so that a worker can hear its messages in between.
///
/// ```
/// use greenlight_readiness::{Choices, Examiner, Profile, SourceReader};
///
/// let mut reader = SourceReader::new("tiny.csv");
/// reader.feed(b"label,prediction\n1,1\n0,0\n1,0\n")?;
/// let source = reader.finish_alone()?;
/// let choices = Choices::default();
/// let mut profile = Profile::of(&source, &choices)?;
/// let mut examiner = Examiner::new(&source, &choices, &profile)?;
/// while examiner.step() {}
/// profile.examination = Some(examiner.finish());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Examiner<'s> {
    source: &'s Source,
    roles: Roles,
    schema: Schema,
    settings: Settings,
    todo: VecDeque<Step>,
    steps: usize,
    labelled: Labelled,
    /// Rows that can be used, by class.
    supports: Vec<u64>,
    /// One for each row while inputs are compared; else empty.
    fingerprints: Vec<u64>,
    found: Examination,
}

/// A bounded piece of the look: about one pass over the rows.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    /// Class and side of each row.
    Label,
    /// How well a column alone tells the classes apart.
    Column(ColumnId, Role),
    /// Takes a column into the fingerprints of the inputs.
    Fingerprint(ColumnId),
    /// Counts rows of the same fingerprint.
    Repeats,
    /// Counts ids on both sides.
    Ids(ColumnId),
    /// Which side was first.
    TimeOrder(ColumnId),
    /// Scores beside label and predictions.
    Outputs(ColumnId),
    /// Missing labels by a column, or along the file.
    MissingLabels(ColumnId, Option<ColumnId>),
}

impl<'s> Examiner<'s> {
    /// Prepares to look at the rows that `profile` was made from with `choices`.
    ///
    /// # Errors
    /// Where the choices cannot be honoured, as for the profile.
    pub fn new(
        source: &'s Source,
        choices: &Choices,
        profile: &Profile,
    ) -> Result<Self, ProfileError> {
        let table = &source.table;
        let roles = choices.apply(table, &source.guesses)?;
        let schema = Schema::new(
            table,
            &roles,
            choices.positive.as_deref(),
            choices.threshold.is_some(),
        )?;
        // Fails here if at all, and not in a step.
        Observations::new(table, &roles, &schema)?;
        let todo = steps(&roles, &schema, &profile.settings);
        let found = Examination {
            inputs: roles.features.len() + roles.segments.len(),
            ..Examination::default()
        };
        Ok(Self {
            source,
            roles,
            schema,
            settings: profile.settings.clone(),
            steps: todo.len(),
            todo,
            labelled: Labelled::default(),
            supports: Vec::new(),
            fingerprints: Vec::new(),
            found,
        })
    }

    /// Steps done, and steps in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.steps - self.todo.len(), self.steps)
    }

    /// Takes the next step; whether there was one.
    pub fn step(&mut self) -> bool {
        match self.todo.pop_front() {
            None => false,
            Some(step) => {
                self.take(step);
                true
            }
        }
    }

    fn take(&mut self, step: Step) {
        let table = &self.source.table;
        let found = &mut self.found;
        match step {
            Step::Label => {
                // Could be made before, so it can be made now.
                if let Ok(observations) = Observations::new(table, &self.roles, &self.schema) {
                    self.labelled = Labelled::of(&observations, &self.schema, &self.settings);
                }
                self.supports = self.labelled.supports(self.schema.classes.len());
            }
            Step::Column(column, role) => found.columns.extend(columns::look(
                table,
                column,
                role,
                &self.labelled,
                &self.schema,
                &self.supports,
            )),
            Step::Fingerprint(column) => {
                self.fingerprints.resize(table.rows(), fingerprint::SEED);
                fingerprint::add(&mut self.fingerprints, table, column);
            }
            Step::Repeats => {
                let prints = std::mem::take(&mut self.fingerprints);
                found.repeats = repeats::count(&prints, &self.labelled, &self.schema);
            }
            Step::Ids(column) => {
                found.ids = repeats::of_ids(table, column, &self.labelled, &self.schema);
            }
            Step::TimeOrder(column) => {
                found.time_order = time_order::look(table, column, &self.labelled);
            }
            Step::Outputs(score) => {
                let prediction = self.roles.prediction;
                let schema = &self.schema;
                found.outputs = outputs::look(table, score, prediction, &self.labelled, schema);
            }
            Step::MissingLabels(label, by) => {
                let observations = Observations::new(table, &self.roles, &self.schema).ok();
                found
                    .missing_labels
                    .extend(observations.and_then(|observations| {
                        missing_labels::look(table, &observations, label, by)
                    }));
            }
        }
    }

    /// What was found.
    pub fn finish(self) -> Examination {
        self.found
    }
}

/// What there is to look at.
fn steps(roles: &Roles, schema: &Schema, settings: &Settings) -> VecDeque<Step> {
    let mut steps = VecDeque::new();
    if !schema.has_label {
        return steps;
    }
    steps.push_back(Step::Label);
    if let Some(score) = schema.score.filter(|_| schema.classes.len() == 2) {
        steps.push_back(Step::Outputs(score));
    }
    let is_compared = settings.reference.is_some() && settings.current.is_some();
    if let Some(id) = roles.id.filter(|_| is_compared) {
        steps.push_back(Step::Ids(id));
    }
    if let Some(time) = roles.timestamp.filter(|_| is_compared) {
        steps.push_back(Step::TimeOrder(time));
    }
    if let Some(label) = roles.label {
        let columns = roles.segments.iter().chain(&roles.split).copied();
        let columns = columns.chain(roles.prediction).map(Some);
        steps.extend(
            columns
                .chain([None])
                .map(|by| Step::MissingLabels(label, by)),
        );
    }
    let inputs = || {
        let features = roles.features.iter().map(|&id| (id, Role::Feature));
        features.chain(roles.segments.iter().map(|&id| (id, Role::Segment)))
    };
    if schema.classes.len() > 1 {
        let id = roles.id.map(|id| (id, Role::Id));
        let time = roles.timestamp.map(|id| (id, Role::Timestamp));
        let columns = inputs().chain(id).chain(time);
        steps.extend(columns.map(|(id, role)| Step::Column(id, role)));
    }
    steps.extend(inputs().map(|(id, _)| Step::Fingerprint(id)));
    if inputs().next().is_some() {
        steps.push_back(Step::Repeats);
    }
    steps
}
