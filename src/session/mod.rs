//! What the page knows: one plain reducer, tested without a browser.

use std::rc::Rc;

use greenlight_readiness::{Choices, Policy, Profile, Report, judge};
use yew::Reducible;

use crate::engine::protocol::{Answer, TableSummary};

/// The state of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// What is being read, while it is.
    pub loading: Option<Loading>,
    /// Why the last request failed; what was loaded before stays beside it.
    pub failure: Option<Failure>,
    /// What is on screen.
    pub loaded: Option<Rc<Loaded>>,
    /// What the person has settled and the engine has yet to answer.
    pub asked: Option<Choices>,
    /// What "ready" means.
    pub policy: Rc<Policy>,
}

/// A file on its way in.
#[derive(Clone, Debug, PartialEq)]
pub struct Loading {
    /// Its name.
    pub name: String,
    /// Its length.
    pub total_bytes: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Data rows found in them.
    pub rows: u64,
}

impl Loading {
    /// A file of which nothing has been read.
    pub fn of(name: &str, total_bytes: u64) -> Self {
        Self {
            name: name.to_owned(),
            total_bytes,
            bytes: 0,
            rows: 0,
        }
    }
}

/// A request that came to nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What is wrong, where, and what to do.
    pub message: String,
    /// A table that was read well, but whose roles have to be settled by hand.
    pub table: Option<Rc<TableSummary>>,
}

/// Data that was read, and the judgement of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The statistics of the rows.
    pub profile: Profile,
    /// The table behind them.
    pub table: Rc<TableSummary>,
    /// The profile judged by the policy in force.
    pub report: Report,
}

/// What the status shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing was asked for.
    Empty,
    /// A file is being read.
    Loading,
    /// A verdict is on screen.
    Ready,
    /// The last request failed.
    Failed,
}

impl Status {
    /// The value of `data-state`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Loading => "loading",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }
}

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
    /// The person stopped reading.
    Cancel,
    /// The engine spoke.
    Answer(Answer),
    /// The person settled something; the engine was asked to look again.
    Choose(Choices),
    /// Another policy judges.
    Judge(Rc<Policy>),
    /// The message was read, and a table that failed with it given up.
    DismissFailure,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            loading: None,
            failure: None,
            loaded: None,
            asked: None,
            policy: Rc::new(Policy::balanced()),
        }
    }
}

impl Session {
    /// What the status shows.
    pub fn status(&self) -> Status {
        match (&self.loading, &self.failure, &self.loaded) {
            (Some(_), _, _) => Status::Loading,
            (None, Some(_), _) => Status::Failed,
            (None, None, Some(_)) => Status::Ready,
            (None, None, None) => Status::Empty,
        }
    }

    /// The judgement on screen.
    pub fn report(&self) -> Option<&Report> {
        self.loaded.as_deref().map(|loaded| &loaded.report)
    }

    /// The table whose roles can be settled: one that failed for want of them, else the one on
    /// screen.
    pub fn table(&self) -> Option<&Rc<TableSummary>> {
        let failed = self
            .failure
            .as_ref()
            .and_then(|failure| failure.table.as_ref());
        failed.or_else(|| self.loaded.as_deref().map(|loaded| &loaded.table))
    }

    /// What the person has settled about that table.
    pub fn choices(&self) -> Choices {
        let answered = || {
            self.table()
                .map(|table| table.choices.clone())
                .unwrap_or_default()
        };
        self.asked.clone().unwrap_or_else(answered)
    }

    fn after_answer(&self, answer: Answer) -> Self {
        let mut next = self.clone();
        match answer {
            Answer::Listening
            | Answer::NeedsJson { .. }
            | Answer::Rows { .. }
            | Answer::RowsFile { .. } => {}
            Answer::Progress { bytes, rows, .. } => {
                if let Some(loading) = &mut next.loading {
                    loading.bytes = bytes;
                    loading.rows = rows;
                }
            }
            Answer::Profiled { profile, table, .. } => {
                let report = judge(&profile, &self.policy);
                next.loading = None;
                next.failure = None;
                next.asked = None;
                let table = Rc::new(table);
                next.loaded = Some(Rc::new(Loaded {
                    profile: *profile,
                    table,
                    report,
                }));
            }
            Answer::Failed { message, table, .. } => {
                next.loading = None;
                next.asked = None;
                next.failure = Some(Failure {
                    message,
                    table: table.map(Rc::new),
                });
            }
        }
        next
    }

    fn judged_by(&self, policy: Rc<Policy>) -> Self {
        let loaded = self.loaded.as_deref().map(|loaded| {
            let report = judge(&loaded.profile, &policy);
            Rc::new(Loaded {
                report,
                ..loaded.clone()
            })
        });
        Self {
            policy,
            loaded,
            ..self.clone()
        }
    }
}

impl Reducible for Session {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(match action {
            Action::Open { name, bytes } => Self {
                loading: Some(Loading::of(&name, bytes)),
                failure: None,
                asked: None,
                ..(*self).clone()
            },
            Action::Cancel => Self {
                loading: None,
                ..(*self).clone()
            },
            Action::Choose(choices) => Self {
                asked: Some(choices),
                ..(*self).clone()
            },
            Action::Answer(answer) => self.after_answer(answer),
            Action::Judge(policy) => self.judged_by(policy),
            Action::DismissFailure if self.failure.is_none() => return self,
            Action::DismissFailure => Self {
                failure: None,
                ..(*self).clone()
            },
        })
    }
}

#[cfg(test)]
mod tests;
