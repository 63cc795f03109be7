//! A second look at the rows: what takes passes of its own, so that the first answer need not wait for it.

mod answer_repeats;
mod coded_column;
mod column_groups;
mod columns;
mod condition;
mod drift;
mod error_search;
mod error_tree;
mod estimate;
mod fairness;
mod fingerprint;
mod judged_rows;
mod labelled;
mod latency_look;
mod missing_labels;
mod models;
mod outputs;
mod repeats;
mod repetition;
mod segments;
mod time_order;
mod variant_rows;
mod variants;
mod weak_segments;
mod worst_segment;

pub use coded_column::MOST_VALUES;
pub(crate) use coded_column::OTHER;
pub use column_groups::{FileChanged, Wanted};
pub use condition::{Condition, Part, Range, in_words};
pub use drift::{
    ColumnDrift, DealtFloors, Drift, DriftBin, DriftPart, DriftVerdict, OfValues, SideCounts,
    Unseen,
};
pub use error_search::ErrorFindings;
pub use error_tree::{ErrorLeaf, ErrorTree};
pub use estimate::{Estimate, EstimatedRows};
pub use fairness::{Fairness, Favourable, Group};
pub use latency_look::{FailedCalls, LatencyLook, LatencyShape, SlowAgainstWrong, SpeedPart};
pub use models::{Challenger, ChampionBy, Comparisons, ModelComparison};
pub use repetition::Repetition;
pub use segments::{Segment, SegmentColumn, Segments};
pub use variants::{Clean, Comparison, Perturbation, Variants, WorstPerturbation};
pub use weak_segments::{WeakSegment, WeakSegments};
pub use worst_segment::WorstSegment;

use std::collections::VecDeque;

use greenlight_data::{ColumnId, Role, Roles, Table};
use greenlight_metrics::{Consistency, Repeats};
use serde::{Deserialize, Serialize};

pub use columns::ColumnSeparability;
pub use missing_labels::MissingLabels;
pub use outputs::{Followed, Outputs};
pub use repeats::SharedIds;
pub use time_order::TimeOrder;

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

use column_groups::{ColumnGroups, List};
use drift::{Counter, DriftRows};
use error_search::{ErrorSearch, ErrorStep};
use judged_rows::Decider;
pub(crate) use judged_rows::JudgedRows;
use labelled::Labelled;
use variant_rows::VariantRows;

/// What the second look found. Its size grows with the columns, not with the rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Examination {
    /// The rows that are judged, by windows of time.
    pub windows: Option<Windows>,
    /// The rows that are judged, by segment.
    pub segments: Segments,
    /// How long answers take; `None` where no column says.
    pub latency: Option<LatencyLook>,
    /// Whether the same id gets the same answer each time, as the profile decided; `None` where no column plays the id, or where copies
    /// of an example share it.
    pub repetition: Option<Repetition>,
    /// The rows that are judged, by the model that answered; `None` where no column says which.
    pub models: Option<ModelComparison>,
    /// What to expect of the rows that are judged, with and without labels, as the profile decided; `None` where two classes have no
    /// scores.
    pub estimate: Option<Estimate>,
    /// Where the answers are wrong, as the profile decided; `None` where there is no answer to judge, or no column to look at.
    pub errors: Option<ErrorFindings>,
    /// Answers to perturbed copies beside those to clean rows, as the profile decided; `None` where no column tells
    /// variants apart.
    pub variants: Option<Variants>,
    /// How well each feature, segment, id and timestamp alone tells the classes apart, in the order of the steps.
    pub columns: Vec<ColumnSeparability>,
    /// How many feature and segment columns there are: the inputs that [`repeats`](Self::repeats) compares.
    pub inputs: usize,
    /// Rows with identical inputs; `None` without inputs, and where a row stands for several.
    pub repeats: Option<Repeats>,
    /// Ids that reference and current rows share.
    pub ids: Option<SharedIds>,
    /// Whether several answers to the same id are accepted alike; `None` where answers are not graded, or have no id, or a row
    /// stands for several.
    pub answer_repeats: Option<Consistency>,
    /// Which of reference and current rows were first.
    pub time_order: Option<TimeOrder>,
    /// What the score of two classes looks like beside label and predictions.
    pub outputs: Option<Outputs>,
    /// Where labels are missing more than elsewhere, for each grouping that was looked at and has any.
    pub missing_labels: Vec<MissingLabels>,
    /// How far columns have moved since the reference; `None` where there is nothing to compare.
    pub drift: Option<Drift>,
    /// Features that were not looked at, because they do not fit in memory and the file was not read again for them.
    pub unread: Vec<String>,
    /// What a person should know about how columns that were read again were read.
    pub notes: Vec<String>,
}

impl Examination {
    /// What is left where the rows, decided as the `settings` say, are decided by another threshold.
    pub fn decide(&mut self, settings: &Settings, threshold: f64) {
        if settings.decision == Some(DecisionRule::Threshold)
            && settings.threshold == Some(threshold)
        {
            return;
        }
        self.errors = None;
        self.variants = None;
        self.repetition = None;
        self.estimate = None;
        if let Some(models) = &mut self.models {
            models.decide(threshold);
        }
        if let Some(latency) = &mut self.latency {
            latency.slow_against_wrong = None;
        }
        self.segments.decide(threshold);
        if let Some(windows) = &mut self.windows {
            windows.decide(threshold);
        }
    }
}

impl Profile {
    /// Takes the second look at the rows that the profile was made from with `choices`, all of it at once.
    ///
    /// # Errors
    /// As for [`Examiner::new`].
    pub fn examine(&mut self, source: &Source, choices: &Choices) -> Result<(), ProfileError> {
        let mut examiner = Examiner::new(source, choices, self)?;
        while examiner.step() {}
        self.examination = Some(examiner.finish());
        Ok(())
    }
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

/// A bounded piece of the look: about one pass over the rows.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    /// Read a group of columns again that stayed in the file.
    Read(usize),
    /// Find out where windows begin and end.
    Layout,
    /// Take the rows apart by window.
    Windows,
    /// Find the rows whose columns are compared with the reference.
    DriftRows,
    /// Compare what the model said, or what was true.
    DriftOfOutputs(drift::Outputs),
    /// Compare an input.
    DriftOfInput(ColumnId, DriftPart),
    /// Find the rows that are judged.
    Judge,
    /// How long they take.
    Latency,
    /// Take them apart by a column.
    Segment(ColumnId),
    /// Tell clean rows from perturbed ones by a column.
    Variants(ColumnId),
    /// Put perturbed rows beside the clean ones of the same id.
    Compare(Option<ColumnId>),
    /// Hold the answers to each id against each other.
    Repetition(ColumnId),
    /// Take the rows apart by the model that answered.
    Models(ColumnId),
    /// Hold the champion against each challenger.
    Challengers(ColumnId),
    /// What to expect by the scores alone.
    Estimate,
    /// Find out where answers are wrong.
    Errors(ErrorStep),
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
    /// Compares the answers of each id.
    AnswerRepeats(ColumnId),
    /// Which side was first.
    TimeOrder(ColumnId),
    /// Scores beside label and predictions.
    Outputs(ColumnId),
    /// Missing labels by a column, or along the file.
    MissingLabels(ColumnId, Option<ColumnId>),
}

impl Step {
    /// The column that it looks at and that may have stayed in the file.
    fn column(self) -> Option<ColumnId> {
        match self {
            Self::Column(column, _) | Self::Fingerprint(column) | Self::DriftOfInput(column, _) => {
                Some(column)
            }
            Self::Errors(step) => step.column(),
            _ => None,
        }
    }

    /// Whether it needs every column to have been looked at.
    fn concludes(self) -> bool {
        match self {
            Self::Repeats => true,
            Self::Errors(step) => step.column().is_none(),
            _ => false,
        }
    }
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
        let mut todo = steps(&roles, &schema, &profile.settings);
        // Whoever looks at windows comes after these.
        for step in drift_steps(&roles, &profile.settings).into_iter().rev() {
            todo.push_front(step);
        }
        todo.push_front(Step::Windows);
        todo.push_front(Step::Layout);
        let mut errors = Vec::new();
        let mut repeated = None;
        if profile.current().confusion.is_ok() {
            errors = ErrorSearch::steps(&roles);
            // Copies share the id of their example, and they are to be answered differently or not.
            repeated = roles.id.filter(|_| roles.variant.is_none());
            if schema.score.is_some() && schema.classes.positive().is_some() {
                todo.push_back(Step::Estimate);
            }
        }
        let has_latency = schema.has_latency;
        let has_models = roles.model.is_some();
        if has_latency
            || has_models
            || repeated.is_some()
            || !(roles.segments.is_empty() && roles.variant.is_none() && errors.is_empty())
        {
            todo.push_back(Step::Judge);
        }
        todo.extend(has_latency.then_some(Step::Latency));
        todo.extend(roles.segments.iter().map(|&column| Step::Segment(column)));
        if let Some(variant) = roles.variant {
            todo.extend([Step::Variants(variant), Step::Compare(roles.id)]);
        }
        todo.extend(repeated.map(Step::Repetition));
        if let Some(model) = roles.model {
            todo.extend([Step::Models(model), Step::Challengers(model)]);
        }
        todo.extend(errors.into_iter().map(Step::Errors));
        let groups = ColumnGroups::of(source, &roles);
        let todo = groups.in_order(todo);
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

/// What of the columns is compared with the reference, where there is one.
fn drift_steps(roles: &Roles, settings: &Settings) -> Vec<Step> {
    if settings.reference.is_none() || settings.current.is_none() {
        return Vec::new();
    }
    let outputs = drift::Outputs::ALL.map(Step::DriftOfOutputs);
    let input = |part| move |&column: &ColumnId| Step::DriftOfInput(column, part);
    let features = roles.features.iter().map(input(DriftPart::Feature));
    let segments = roles.segments.iter().map(input(DriftPart::Segment));
    let steps = [Step::DriftRows].into_iter().chain(outputs);
    steps.chain(features).chain(segments).collect()
}

/// What there is to look at.
fn steps(roles: &Roles, schema: &Schema, settings: &Settings) -> VecDeque<Step> {
    let mut steps = VecDeque::new();
    if let Some(id) = roles.id.filter(|_| schema.graded) {
        steps.push_back(Step::AnswerRepeats(id));
    }
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
        // Copies of an example share its id and its label: such an id tells the label, and no leak.
        let id = roles.id.filter(|_| roles.variant.is_none());
        let id = id.map(|id| (id, Role::Id));
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
