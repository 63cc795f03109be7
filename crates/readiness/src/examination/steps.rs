//! The pieces that a second look is taken in, and their order.

use std::collections::VecDeque;

use greenlight_data::{ColumnId, Role, Roles};

use super::drift::{self, DriftPart};
use super::error_search::{ErrorSearch, ErrorStep};
use crate::profile::{Profile, Settings};
use crate::schema::Schema;

/// A bounded piece of the look: about one pass over the rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
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
    pub(super) fn column(self) -> Option<ColumnId> {
        match self {
            Self::Column(column, _) | Self::Fingerprint(column) | Self::DriftOfInput(column, _) => {
                Some(column)
            }
            Self::Errors(step) => step.column(),
            _ => None,
        }
    }

    /// Whether it needs every column to have been looked at.
    pub(super) fn concludes(self) -> bool {
        match self {
            Self::Repeats => true,
            Self::Errors(step) => step.column().is_none(),
            _ => false,
        }
    }
}

/// What there is to look at, of the rows that `profile` was made from, in the order in which it is looked at.
pub(super) fn steps(roles: &Roles, schema: &Schema, profile: &Profile) -> VecDeque<Step> {
    // Whoever looks at windows comes after these.
    let mut steps = VecDeque::from([Step::Layout, Step::Windows]);
    steps.extend(drift_steps(roles, &profile.settings));
    steps.extend(labelled_steps(roles, schema, &profile.settings));
    steps.extend(judged_steps(roles, schema, profile));
    steps
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

/// What labels and answers are looked at for.
fn labelled_steps(roles: &Roles, schema: &Schema, settings: &Settings) -> Vec<Step> {
    let mut steps = Vec::new();
    if let Some(id) = roles.id.filter(|_| schema.graded) {
        steps.push(Step::AnswerRepeats(id));
    }
    if !schema.has_label {
        return steps;
    }
    steps.push(Step::Label);
    if let Some(score) = schema.score.filter(|_| schema.classes.len() == 2) {
        steps.push(Step::Outputs(score));
    }
    let is_compared = settings.reference.is_some() && settings.current.is_some();
    if let Some(id) = roles.id.filter(|_| is_compared) {
        steps.push(Step::Ids(id));
    }
    if let Some(time) = roles.timestamp.filter(|_| is_compared) {
        steps.push(Step::TimeOrder(time));
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
        steps.push(Step::Repeats);
    }
    steps
}

/// What the rows that are judged are looked at for.
fn judged_steps(roles: &Roles, schema: &Schema, profile: &Profile) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut errors = Vec::new();
    let mut repeated = None;
    if profile.current().confusion.is_ok() {
        errors = ErrorSearch::steps(roles);
        // Copies share the id of their example, and they are to be answered differently or not.
        repeated = roles.id.filter(|_| roles.variant.is_none());
        if schema.score.is_some() && schema.classes.positive().is_some() {
            steps.push(Step::Estimate);
        }
    }
    let has_latency = schema.has_latency;
    let has_models = roles.model.is_some();
    if has_latency
        || has_models
        || repeated.is_some()
        || !(roles.segments.is_empty() && roles.variant.is_none() && errors.is_empty())
    {
        steps.push(Step::Judge);
    }
    steps.extend(has_latency.then_some(Step::Latency));
    steps.extend(roles.segments.iter().map(|&column| Step::Segment(column)));
    if let Some(variant) = roles.variant {
        steps.extend([Step::Variants(variant), Step::Compare(roles.id)]);
    }
    steps.extend(repeated.map(Step::Repetition));
    if let Some(model) = roles.model {
        steps.extend([Step::Models(model), Step::Challengers(model)]);
    }
    steps.extend(errors.into_iter().map(Step::Errors));
    steps
}
