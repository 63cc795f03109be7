//! A second look at the rows: what takes passes of its own, so that the first answer need not wait for it.

use std::collections::VecDeque;

use greenlight_data::Roles;
use serde::{Deserialize, Serialize};

use crate::choices::Choices;
use crate::observations::Observations;
use crate::profile::{Profile, ProfileError, Settings};
use crate::schema::Schema;
use crate::source::Source;

/// What the second look found. Its size does not grow with the rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Examination {}

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
    found: Examination,
}

/// A bounded piece of the look: about one pass over the rows.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {}

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
        let todo = VecDeque::new();
        Ok(Self {
            source,
            roles,
            schema,
            settings: profile.settings.clone(),
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
            Some(step) => match step {},
        }
    }

    /// What was found.
    pub fn finish(self) -> Examination {
        self.found
    }
}
