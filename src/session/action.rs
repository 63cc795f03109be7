//! What can happen to the page, and what it is afterwards.

use std::ops::Range;
use std::rc::Rc;

use greenlight_link::SharedReport;
use greenlight_readiness::{Choices, Demands, Policy};
use yew::Reducible;

use super::{Compared, Failure, Fill, Loading, PolicyAction, Progress, Session};
use crate::engine::protocol::Answer;

/// What can happen to the page.
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "one is handled at a time and none is kept"
)]
pub enum Action {
    /// A file was chosen.
    Open {
        /// Its name.
        name: String,
        /// Its length.
        bytes: u64,
    },
    /// A report was brought that someone shared without its rows; with the text that it was in, where that was in the address.
    Show(Box<SharedReport>, Option<Rc<str>>),
    /// The person stopped reading.
    Cancel,
    /// The engine has come so far with reading.
    Progress(Progress),
    /// The engine spoke.
    Answer(Answer),
    /// The person settled something; the engine was asked to look again.
    Choose(Choices),
    /// The person chose a range of windows, which the engine was asked to look at; `None` is all rows again.
    Select(Option<Range<usize>>),
    /// The person moved the threshold; `None` leaves the decision to the file.
    Decide(Option<f64>),
    /// The person let go of the threshold: where it is now can be gone back to.
    Settle,
    /// Back to the threshold before.
    Undo,
    /// Forward to the threshold that was gone back from.
    Redo,
    /// The person asked something of the threshold; the engine was asked for the best one.
    Demand(Demands),
    /// The person said what costs are counted in.
    CountCostsIn(Rc<str>),
    /// Another policy judges.
    Judge(Rc<Policy>),
    /// The person changed what is asked.
    Policy(PolicyAction),
    /// The person filled in the checklist.
    Fill(Fill),
    /// The person brought a report to compare with, or swapped which of the two comes first.
    Compare(Option<Rc<Compared>>),
    /// There was nothing that could be read.
    Fail(String),
    /// Something went wrong beside the data; whatever is on screen stays.
    Warn(String),
    /// The message was read, and a table that failed with it given up.
    DismissFailure,
}

impl Reducible for Session {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(match action {
            Action::Open { name, bytes } => Self {
                loading: Some(Loading::of(&name, bytes)),
                failure: None,
                asked: None,
                before: None,
                ..(*self).clone()
            },
            Action::Show(report, payload) => self.showing(*report, payload),
            Action::Cancel => Self {
                loading: None,
                ..(*self).clone()
            },
            Action::Choose(choices) => self.after_choice(choices),
            Action::Select(windows) => match self.selecting(windows) {
                None => return self,
                Some(next) => next,
            },
            Action::Progress(progress) => return self.after_progress(progress),
            // The threshold has been moved on since.
            Action::Answer(Answer::Counts { counts, .. })
                if self.thresholds.current() != Some(counts.threshold) =>
            {
                return self;
            }
            Action::Answer(answer) => self.after_answer(answer),
            Action::Decide(threshold) if threshold == self.thresholds.current() => return self,
            Action::Decide(threshold) => self.decided(self.thresholds.moved_to(threshold)),
            Action::Settle => Self {
                thresholds: self.thresholds.let_go(),
                ..(*self).clone()
            },
            Action::Undo => self.decided(self.thresholds.undone()),
            Action::Redo => self.decided(self.thresholds.redone()),
            Action::Demand(demands) if demands == self.demands => return self,
            Action::Demand(demands) => Self {
                demands,
                ..(*self).clone()
            },
            Action::CountCostsIn(currency) => Self {
                currency,
                ..(*self).clone()
            },
            Action::Judge(policy) => self.choosing(policy),
            Action::Policy(action) => self.with_policy_action(action),
            // What this browser has kept is not of the report on screen.
            Action::Fill(Fill::Kept(attested)) if self.home.is_some() => {
                let home = self.home.as_deref().map(|home| home.with_kept(attested));
                Self {
                    home: home.map(Rc::new),
                    ..(*self).clone()
                }
            }
            Action::Fill(fill) => match self.checklist_form.after(fill) {
                None => return self,
                Some(checklist_form) => Self {
                    checklist_form,
                    ..(*self).clone()
                },
            },
            Action::Compare(compared) => Self {
                compared,
                ..(*self).clone()
            },
            Action::Fail(message) if self.loading.is_none() && self.asked.is_none() => Self {
                failure: Some(Failure {
                    message,
                    table: None,
                    is_new: false,
                }),
                ..(*self).clone()
            },
            // What is read or counted meanwhile goes on, and its answer must not put the message away unread.
            Action::Fail(message) | Action::Warn(message) => Self {
                warning: Some(Rc::from(message)),
                ..(*self).clone()
            },
            Action::DismissFailure if self.failure.is_none() && self.warning.is_none() => {
                return self;
            }
            // The later message is read first.
            Action::DismissFailure if self.failure.is_none() => Self {
                warning: None,
                ..(*self).clone()
            },
            Action::DismissFailure => Self {
                failure: None,
                before: None,
                ..(*self).clone()
            },
        })
    }
}
