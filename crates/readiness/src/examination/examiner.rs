//! Takes the second look step by step.

use std::collections::VecDeque;

use greenlight_data::{Roles, Table};

use super::column_groups::{ColumnGroups, FileChanged, List, Wanted};
use super::drift::{Counter, DriftRows};
use super::error_search::ErrorSearch;
use super::judged_rows::{Decider, JudgedRows};
use super::labelled::Labelled;
use super::steps::{Step, steps};
use super::variant_rows::VariantRows;
use super::{
    Estimate, Examination, LatencyLook, ModelComparison, Repetition, SegmentColumn, answer_repeats,
    columns, fingerprint, missing_labels, models, outputs, repeats, time_order,
};
use crate::acceptance::Acceptance;
use crate::choices::Choices;
use crate::observations::Observations;
use crate::profile::{Profile, Settings};
use crate::profile_error::ProfileError;
use crate::schema::{DecisionRule, Schema};
use crate::source::Source;
use crate::thresholds::BestThresholds;
use crate::wide::Wide;
use crate::windows::{Layout, Sides, WindowRule, Windows, of_one_moment, time_notes};

/// Looks at the rows step by step, so that a worker can hear its messages in between.
///
/// ```
/// use greenlight_readiness::{Choices, Examiner, Profile, SourceReader};
///
/// let mut reader = SourceReader::new("tiny.csv");
/// reader.feed(b"label,prediction\n1,1\n0,0\n1,0\n")?;
/// let source = reader.finish_alone()?;
/// let choices = Choices::default();
/// let profile = Profile::of(&source, &choices)?;
/// let mut examiner = Examiner::new(&source, &choices, &profile)?;
/// while examiner.step() {}
/// assert_eq!(examiner.finish().segments.columns.len(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Examiner<'s> {
    source: &'s Source,
    roles: Roles,
    schema: Schema,
    settings: Settings,
    /// The rows as they are looked at.
    observations: Observations<'s>,
    /// Where windows begin and end.
    layout: Option<Layout>,
    window: WindowRule,
    /// The model that was chosen to hold the others against.
    champion: Option<String>,
    /// Which classes accept an answer, where they are known to.
    acceptance: Option<Acceptance>,
    /// Thresholds that segments have to know exactly.
    wanted: Vec<f64>,
    /// The rows that are judged.
    rows: JudgedRows,
    variants: Option<VariantRows>,
    errors: ErrorSearch,
    /// Features that stayed in the file, and the table of those that were read again last.
    groups: ColumnGroups,
    todo: VecDeque<Step>,
    steps: usize,
    labelled: Labelled,
    /// Rows that can be used, by class.
    supports: Vec<u64>,
    /// One for each row while inputs are compared; else empty.
    fingerprints: Vec<u64>,
    /// The rows whose columns are compared.
    drift_rows: DriftRows,
    found: Examination,
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
        let positive = choices.positive.as_deref();
        let by_threshold = profile.settings.decision == Some(DecisionRule::Threshold);
        let (schema, observations) =
            Observations::chosen(table, &roles, choices, positive, by_threshold)?;
        let groups = ColumnGroups::of(source, &roles);
        let todo = groups.in_order(steps(&roles, &schema, profile));
        let best = profile.thresholds.iter().flat_map(BestThresholds::points);
        let found = Examination {
            inputs: roles.features.len() + roles.segments.len(),
            ..Examination::default()
        };
        Ok(Self {
            source,
            roles,
            schema,
            observations,
            layout: None,
            window: choices.window,
            champion: choices.champion.clone(),
            settings: profile.settings.clone(),
            acceptance: profile.acceptance.clone().ok(),
            wanted: best
                .filter_map(|point| point.threshold)
                .chain(profile.settings.threshold)
                .collect(),
            rows: JudgedRows::default(),
            variants: None,
            errors: ErrorSearch::within(source.wide.as_ref().map(Wide::codes)),
            groups,
            steps: todo.len(),
            todo,
            labelled: Labelled::default(),
            supports: Vec::new(),
            fingerprints: Vec::new(),
            drift_rows: DriftRows::default(),
            found,
        })
    }

    /// Takes the windows as they are known already, of the same rows in whatever range, decided alike.
    pub fn keep_windows(&mut self, windows: Windows) {
        let before = self.todo.len();
        self.todo.retain(|step| *step != Step::Windows);
        self.steps -= before - self.todo.len();
        self.found.windows = Some(windows);
    }

    /// Steps done, and steps in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.steps - self.todo.len(), self.steps)
    }

    /// The columns that stayed in the file and that the next step looks at. Whoever can reads the file again with
    /// [`SourceReader::only`](crate::SourceReader::only) these, and hands the table to [`Self::supply`]; whoever cannot goes on
    /// with [`Self::step`], and the columns are named as unread.
    pub fn wants(&self) -> Option<Wanted> {
        match self.todo.front() {
            Some(Step::Read(group)) => self.groups.wanted(*group, &self.source.table),
            _ => None,
        }
    }

    /// Takes the columns that it [wants](Self::wants), read again.
    ///
    /// # Errors
    /// Where the table is not one of the same rows.
    pub fn supply(&mut self, table: Table) -> Result<(), FileChanged> {
        let notes = self.groups.supply(table, &self.source.table)?;
        self.found.notes.extend(notes);
        if let Some(Step::Read(_)) = self.todo.front() {
            self.todo.pop_front();
        }
        Ok(())
    }

    /// Leaves out the steps about a group of columns that nobody reads again.
    fn pass_over(&mut self, group: usize) {
        let groups = &self.groups;
        self.todo.retain(|step| !groups.is_about(*step, group));
        let wanted = groups.wanted(group, &self.source.table);
        self.found
            .unread
            .extend(wanted.into_iter().flat_map(|wanted| wanted.columns));
    }

    /// Takes the next step; whether there was one.
    pub fn step(&mut self) -> bool {
        match self.todo.pop_front() {
            None => false,
            Some(step) => {
                self.take(step);
                if let Some(Step::Read(_)) = self.todo.front() {
                    self.groups.release();
                }
                true
            }
        }
    }

    fn take(&mut self, step: Step) {
        let table = self.groups.table_of(step).unwrap_or(&self.source.table);
        let found = &mut self.found;
        let observations = &self.observations;
        match step {
            Step::Read(group) => self.pass_over(group),
            Step::Label => {
                self.labelled = Labelled::of(observations, &self.schema, &self.settings);
                self.supports = self.labelled.supports(self.schema.classes.len());
            }
            Step::Column(column, role) => {
                let (labelled, schema) = (&self.labelled, &self.schema);
                let look = columns::look(table, column, role, labelled, schema, &self.supports);
                if let Some(look) = look {
                    let place = self
                        .groups
                        .place(List::Columns, column, found.columns.len());
                    found.columns.insert(place, look);
                }
            }
            Step::Fingerprint(column) => {
                self.fingerprints.resize(table.rows(), fingerprint::SEED);
                fingerprint::add(&mut self.fingerprints, table, column);
            }
            Step::Repeats => {
                let prints = std::mem::take(&mut self.fingerprints);
                // Rows that differ in what is unread would seem identical.
                if found.unread.is_empty() {
                    found.repeats = repeats::count(&prints, &self.labelled, &self.schema);
                }
            }
            Step::Ids(column) => {
                found.ids = repeats::of_ids(table, column, &self.labelled, &self.schema);
            }
            Step::AnswerRepeats(id) => {
                let (schema, settings) = (&self.schema, &self.settings);
                let acceptance = self.acceptance.as_ref();
                found.answer_repeats =
                    answer_repeats::count(table, id, observations, schema, settings, acceptance);
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
                let look = missing_labels::look(table, observations, label, by);
                found.missing_labels.extend(look);
            }
            Step::Layout => {
                let sides = Sides::new(&self.schema, &self.settings);
                // What cannot be honoured was told by the profile.
                self.layout = Layout::of(&observations.of_all(), sides, self.window).ok();
            }
            Step::Windows => {
                let (schema, settings) = (&self.schema, &self.settings);
                found.windows = self.layout.as_ref().map(|layout| {
                    let all = observations.of_all();
                    let sides = Sides::new(schema, settings);
                    let mut windows = Windows::count(layout, &all, schema, settings, &self.wanted);
                    windows.notes = time_notes(self.source, &self.roles, &all, (sides, layout));
                    windows.notes.extend(of_one_moment(&windows));
                    windows
                });
            }
            Step::DriftRows => {
                let sides = Sides::new(&self.schema, &self.settings);
                self.drift_rows = DriftRows::of(observations, sides, self.layout.as_ref());
                found.drift = Some(self.drift_rows.drift());
            }
            Step::DriftOfOutputs(which) => {
                let counter = Counter::new(table, &self.drift_rows);
                let column = counter.output(which, &self.roles, &self.schema, observations);
                if let Some(drift) = &mut found.drift {
                    drift.columns.extend(column);
                }
            }
            Step::DriftOfInput(column, part) => {
                if let (Some(cells), Some(drift)) = (table.column(column), &mut found.drift) {
                    match Counter::new(table, &self.drift_rows).input(cells, part) {
                        Some(moved) => {
                            let place = self.groups.place(List::Drift, column, drift.columns.len());
                            drift.columns.insert(place, moved);
                        }
                        None => {
                            let name = cells.name.clone();
                            let place = self.groups.place(List::Times, column, drift.times.len());
                            drift.times.insert(place, name);
                        }
                    }
                }
            }
            Step::Judge => {
                self.rows = JudgedRows::of(observations, &self.schema, &self.settings);
            }
            Step::Latency => {
                found.latency = Some(LatencyLook::of(
                    &self.rows,
                    observations,
                    &self.schema,
                    &self.settings,
                    self.acceptance.as_ref(),
                ));
            }
            Step::Segment(column) => {
                if let Some(column) = table.column(column) {
                    found.segments.columns.push(SegmentColumn::of(
                        column,
                        &self.rows,
                        observations,
                        &self.schema,
                        &self.settings,
                        &self.wanted,
                    ));
                }
            }
            Step::Variants(column) => {
                self.variants = VariantRows::of(table, column, &self.rows);
            }
            Step::Compare(id) => {
                if let Some(rows) = self.variants.take() {
                    let decider = Decider::new(&self.schema, &self.settings);
                    let (schema, decider) = (&self.schema, &decider);
                    found.variants = Some(rows.compare(table, id, observations, schema, decider));
                }
            }
            Step::Repetition(id) => {
                let columns = (id, self.roles.model);
                let decider = Decider::new(&self.schema, &self.settings);
                found.repetition = Some(Repetition::of(
                    table,
                    columns,
                    &self.rows,
                    observations,
                    &self.schema,
                    &decider,
                ));
            }
            Step::Models(model) => {
                found.models = table.column(model).map(|column| {
                    ModelComparison::of(SegmentColumn::of(
                        column,
                        &self.rows,
                        observations,
                        &self.schema,
                        &self.settings,
                        &self.wanted,
                    ))
                });
            }
            Step::Challengers(model) => {
                if let (Some(models), Some(column)) = (&mut found.models, table.column(model)) {
                    let decider = Decider::new(&self.schema, &self.settings);
                    let answers = models::Answers {
                        table,
                        id: self.roles.id,
                        rows: &self.rows,
                        observations,
                        classes: self.schema.classes.len(),
                        decider: &decider,
                    };
                    models.compare(column, self.champion.as_deref(), &answers);
                }
            }
            Step::Estimate => {
                let decider = Decider::new(&self.schema, &self.settings);
                found.estimate = Estimate::of(
                    observations,
                    self.layout.as_ref(),
                    &self.schema,
                    &self.settings,
                    &decider,
                );
            }
            Step::Errors(step) => {
                let binary = self.schema.classes.positive().is_some();
                let new = self.errors.take(step, table, &mut self.rows, binary);
                found.errors = new.or(found.errors.take());
            }
        }
    }

    /// What was found.
    pub fn finish(self) -> Examination {
        self.found
    }
}
