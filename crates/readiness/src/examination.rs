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
mod examiner;
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
mod steps;
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
pub use examiner::Examiner;
pub use fairness::{Fairness, Favourable, Group};
pub use latency_look::{FailedCalls, LatencyLook, LatencyShape, SlowAgainstWrong, SpeedPart};
pub use models::{Challenger, ChampionBy, Comparisons, ModelComparison};
pub use repetition::Repetition;
pub use segments::{Segment, SegmentColumn, Segments};
pub use variants::{Clean, Comparison, Perturbation, Variants, WorstPerturbation};
pub use weak_segments::{WeakSegment, WeakSegments};
pub use worst_segment::WorstSegment;

pub use columns::ColumnSeparability;
pub use missing_labels::MissingLabels;
pub use outputs::{Followed, Outputs};
pub use repeats::SharedIds;
pub use time_order::TimeOrder;

use greenlight_metrics::{Consistency, Repeats};
use serde::{Deserialize, Serialize};

use crate::choices::Choices;
use crate::profile::{Profile, Settings};
use crate::profile_error::ProfileError;
use crate::schema::DecisionRule;
use crate::source::Source;
use crate::windows::Windows;

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
