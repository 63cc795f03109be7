//! A second look at the rows: what takes passes of its own, so that the first answer need not wait for it.

mod coded_column;
mod condition;
mod error_search;
mod error_tree;
mod fairness;
mod judged_rows;
mod segments;
mod weak_segments;
mod worst_segment;

pub use coded_column::MOST_VALUES;
pub use condition::{Condition, Part, Range, in_words};
pub use error_search::ErrorFindings;
pub use error_tree::{ErrorLeaf, ErrorTree};
pub use fairness::{Fairness, Group};
pub use segments::{Segment, SegmentColumn, Segments};
pub use weak_segments::{WeakSegment, WeakSegments};
pub use worst_segment::WorstSegment;

use std::collections::VecDeque;

use greenlight_data::{ColumnId, Roles};
use serde::{Deserialize, Serialize};

use crate::choices::Choices;
use crate::observations::Observations;
use crate::profile::{Profile, ProfileError, Settings};
use crate::schema::{DecisionRule, Schema};
use crate::source::Source;
use crate::thresholds::BestThresholds;

use error_search::{ErrorSearch, ErrorStep};
use judged_rows::JudgedRows;

/// What the second look found. Its size does not grow with the rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Examination {
    /// The rows that are judged, by segment.
    pub segments: Segments,
    /// Where the answers are wrong, as the profile decided; `None` where there is no answer to judge, or no column to look at.
    pub errors: Option<ErrorFindings>,
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
        self.segments.decide(threshold);
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
    /// Thresholds that segments have to know exactly.
    wanted: Vec<f64>,
    /// The rows that are judged.
    rows: JudgedRows,
    errors: ErrorSearch,
    todo: VecDeque<Step>,
    steps: usize,
    found: Examination,
}

/// A bounded piece of the look: about one pass over the rows.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    /// Find the rows that are judged.
    Judge,
    /// Take them apart by a column.
    Segment(ColumnId),
    /// Find out where answers are wrong.
    Errors(ErrorStep),
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
            profile.settings.decision == Some(DecisionRule::Threshold),
        )?;
        // Fails here if at all, and not in a step.
        Observations::new(table, &roles, &schema)?;
        let mut todo = VecDeque::new();
        let mut errors = Vec::new();
        if profile.current().confusion.is_ok() {
            errors = ErrorSearch::steps(&roles);
        }
        if !(roles.segments.is_empty() && errors.is_empty()) {
            todo.push_back(Step::Judge);
        }
        todo.extend(roles.segments.iter().map(|&column| Step::Segment(column)));
        todo.extend(errors.into_iter().map(Step::Errors));
        let best = profile.thresholds.iter().flat_map(BestThresholds::points);
        Ok(Self {
            source,
            roles,
            schema,
            settings: profile.settings.clone(),
            wanted: best.filter_map(|point| point.threshold).collect(),
            rows: JudgedRows::default(),
            errors: ErrorSearch::default(),
            steps: todo.len(),
            todo,
            found: Examination::default(),
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
        if let Step::Errors(step) = step {
            let binary = self.schema.classes.positive().is_some();
            let found = self.errors.take(step, table, &mut self.rows, binary);
            self.found.errors = found.or(self.found.errors.take());
            return;
        }
        // Did not fail before.
        let Ok(observations) = Observations::new(table, &self.roles, &self.schema) else {
            return;
        };
        match step {
            Step::Judge => self.rows = JudgedRows::of(&observations, &self.schema, &self.settings),
            Step::Segment(column) => {
                if let Some(column) = table.column(column) {
                    self.found.segments.columns.push(SegmentColumn::of(
                        column,
                        &self.rows,
                        &observations,
                        &self.schema,
                        &self.settings,
                        &self.wanted,
                    ));
                }
            }
            Step::Errors(_) => {}
        }
    }

    /// What was found.
    pub fn finish(self) -> Examination {
        self.found
    }
}
