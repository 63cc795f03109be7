//! What the page knows: one plain reducer, tested without a browser.

mod checklist_form;
mod compared;
mod loaded;
mod moves;
mod origin;
mod pace;
mod policies;
pub mod stored_policies;
mod thresholds;

pub use checklist_form::{ChecklistForm, Fill};
pub use compared::Compared;
pub use loaded::Loaded;
pub use moves::Move;
pub use origin::{Home, Origin, Shared};
pub use pace::{Pace, Progress};
pub use policies::{Policies, PolicyAction, is_preset};
pub use thresholds::Thresholds;

use std::ops::Range;
use std::rc::Rc;

use greenlight_link::SharedReport;
use greenlight_readiness::checklist::Checklist;
use greenlight_readiness::monitoring::row_rules;
use greenlight_readiness::{Choices, CountsAt, Demands, Policy, Report, RoleNames, RowRule};
use yew::Reducible;

use crate::engine::protocol::{Answer, TableSummary};

/// The state of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// What is being read, while it is.
    pub loading: Option<Loading>,
    /// Why the last request failed; what was loaded before stays beside it.
    pub failure: Option<Failure>,
    /// What went wrong beside the data, which is on screen all the same.
    pub warning: Option<Rc<str>>,
    /// What is on screen.
    pub loaded: Option<Rc<Loaded>>,
    /// What the person has settled and the engine has yet to answer.
    pub asked: Option<Choices>,
    /// What was settled before the last change to the table's roles, to go back to.
    pub before: Option<Rc<Before>>,
    /// What "ready" means.
    pub policy: Rc<Policy>,
    /// The own policies, and those to go back to.
    pub policies: Policies,
    /// The thresholds that were chosen, to go back to.
    pub thresholds: Thresholds,
    /// What is asked of a threshold of the data on screen.
    pub demands: Demands,
    /// What costs are counted in; empty where nobody has said.
    pub currency: Rc<str>,
    /// What people attest of the system around the model.
    pub checklist_form: ChecklistForm,
    /// What is the person's own, while someone else's report is on screen.
    pub home: Option<Rc<Home>>,
    /// A report to compare the one on screen with.
    pub compared: Option<Rc<Compared>>,
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
    /// How fast that goes.
    pub pace: Pace,
}

impl Loading {
    /// A file of which nothing has been read.
    pub fn of(name: &str, total_bytes: u64) -> Self {
        Self {
            name: name.to_owned(),
            total_bytes,
            bytes: 0,
            rows: 0,
            pace: Pace::default(),
        }
    }

    /// Whether all of it is read, and the engine counts.
    pub fn is_read(&self) -> bool {
        self.total_bytes > 0 && self.bytes >= self.total_bytes
    }

    fn with(&self, progress: Progress) -> Self {
        Self {
            bytes: progress.bytes,
            rows: progress.rows,
            pace: self.pace.with(progress),
            ..self.clone()
        }
    }
}

/// What was settled at some time, and who played which part then.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// What was settled.
    pub choices: Choices,
    /// Who played which part.
    pub roles: RoleNames,
}

/// A request that came to nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What is wrong, where, and what to do.
    pub message: String,
    /// A table that was read well, but whose roles have to be settled by hand.
    pub table: Option<Rc<TableSummary>>,
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
    /// Something went wrong beside the data; whatever is on screen stays.
    Warn(String),
    /// The message was read, and a table that failed with it given up.
    DismissFailure,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            loading: None,
            failure: None,
            warning: None,
            loaded: None,
            asked: None,
            before: None,
            policy: Rc::new(Policy::balanced()),
            policies: Policies::default(),
            thresholds: Thresholds::default(),
            demands: Demands::default(),
            currency: Rc::from(""),
            checklist_form: ChecklistForm::default(),
            home: None,
            compared: None,
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

    /// The checklist of the data on screen, with what was attested.
    pub fn checklist(&self) -> Option<Checklist> {
        let checklist = self.report()?.checklist.clone();
        Some(checklist.attested(&self.checklist_form.attested))
    }

    /// The threshold, if any, with which the rows are still to be looked at a second time; nothing where that is done, or
    /// will be of other data or another threshold soon.
    pub fn to_examine(&self) -> Option<Option<f64>> {
        let has_rows = |loaded: &&Loaded| loaded.origin == Origin::Engine;
        let loaded = self.loaded.as_deref().filter(has_rows)?;
        if loaded.is_examined() {
            return None;
        }
        let threshold = self.thresholds.current();
        let is_settled = threshold == self.thresholds.settled();
        let is_busy = self.loading.is_some() || self.asked.is_some();
        // The first look need not wait until a threshold is let go.
        match (is_busy, is_settled, &loaded.given.examination) {
            (true, ..) => None,
            (false, _, None) => Some(None),
            (false, true, Some(_)) => Some(threshold),
            (false, false, Some(_)) => None,
        }
    }

    /// The rules over single rows for which the rows are still to be watched; nothing where that is done, or will be of
    /// other data soon.
    pub fn to_watch(&self) -> Option<Vec<RowRule>> {
        let loaded = self.loaded.as_deref()?;
        let is_busy = self.loading.is_some() || self.asked.is_some() || self.is_shared();
        let rules = row_rules(&self.policy);
        let alerts = &loaded.given.row_alerts;
        let is_known = |rule: &RowRule| alerts.iter().any(|alert| alert.rule == *rule);
        (!is_busy && !rules.iter().all(is_known)).then_some(rules)
    }

    /// Whether all that is to be known of the data on screen is.
    pub fn is_complete(&self) -> bool {
        let loaded = self.loaded.as_deref();
        // Of a report without rows nothing more is to be known.
        self.is_shared() || loaded.is_some_and(Loaded::is_examined) && self.to_watch().is_none()
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
        Choices {
            // Asked of the engine apart from the others, which it must not undo.
            demands: self.demands.clone(),
            ..self.asked.clone().unwrap_or_else(answered)
        }
    }

    /// What is settled where these windows are looked at alone, or all rows; nothing where there are no such windows, or just these are
    /// looked at already.
    pub fn choices_within(&self, windows: Option<Range<usize>>) -> Option<Choices> {
        let loaded = self.loaded.as_deref().filter(|_| self.loading.is_none())?;
        let span = match windows {
            None => None,
            Some(windows) => Some(loaded.span_of(windows)?),
        };
        let choices = self.choices();
        // Without rows no one answers, so that what is looked at is not what was answered last.
        let looked_at = match self.is_shared() {
            true => loaded.given.settings.range,
            false => choices.span,
        };
        (looked_at != span).then_some(Choices { span, ..choices })
    }

    /// The columns that changed their parts with the last choice; none while the engine has yet to answer it.
    pub fn moves(&self) -> Vec<Move> {
        match (&self.asked, &self.before, self.table()) {
            (None, Some(before), Some(table)) => moves::between(&before.roles, &table.roles),
            _ => vec![],
        }
    }

    fn after_choice(&self, choices: Choices) -> Self {
        let before = self.table().map(|table| {
            Rc::new(Before {
                choices: self.choices(),
                roles: table.roles.clone(),
            })
        });
        Self {
            asked: Some(choices),
            before,
            ..self.clone()
        }
    }

    /// Looks at these windows alone, as well as the page can without the engine.
    fn selecting(&self, windows: Option<Range<usize>>) -> Option<Self> {
        let choices = self.choices_within(windows.clone())?;
        let threshold = self.thresholds.current();
        let loaded = self.loaded.as_deref()?;
        Some(Self {
            loaded: Some(Rc::new(loaded.within(windows, threshold, &self.policy)?)),
            asked: Some(choices).filter(|_| !self.is_shared()),
            before: None,
            failure: None,
            ..self.clone()
        })
    }

    /// The page as it was, where nothing is being read or too little time has passed to show it again.
    fn after_progress(self: &Rc<Self>, progress: Progress) -> Rc<Self> {
        let Some(loading) = &self.loading else {
            return Rc::clone(self);
        };
        if loading.pace.is_too_soon(progress) && progress.bytes < loading.total_bytes {
            return Rc::clone(self);
        }
        Rc::new(Self {
            loading: Some(loading.with(progress)),
            ..(**self).clone()
        })
    }

    fn after_answer(&self, answer: Answer) -> Self {
        let mut next = self.clone();
        match answer {
            // Progress comes with its time, as an action of its own.
            Answer::Listening
            | Answer::NeedsJson { .. }
            | Answer::Progress { .. }
            | Answer::BandDrawn { .. }
            | Answer::Examining { .. }
            | Answer::Band { .. }
            | Answer::Rows { .. }
            | Answer::RowsFile { .. } => {}
            Answer::Profiled { profile, table, .. } => {
                let is_new = next.loading.is_some();
                if is_new {
                    next = next.back_home();
                    next.thresholds = Thresholds::default();
                    next.demands = Demands::default();
                }
                next.loading = None;
                next.failure = None;
                next.asked = None;
                let threshold = next.thresholds.current();
                let mut loaded = Loaded::new(*profile, Rc::new(table), &next.policy);
                if let Some(before) = self.loaded.as_deref().filter(|_| !is_new) {
                    loaded = loaded.after(before, &next.policy);
                }
                next.loaded = Some(Rc::new(loaded.decided_at(threshold, None, &next.policy)));
            }
            Answer::Counts { counts, .. } => return self.with_counts(counts),
            Answer::Watched { alerts, .. } => {
                let loaded = self.loaded.as_deref();
                let loaded = loaded.map(|loaded| loaded.with_row_alerts(alerts, &self.policy));
                next.loaded = loaded.map(Rc::new);
            }
            Answer::Thresholds { thresholds, .. } => {
                let loaded = self.loaded.as_deref();
                let loaded = loaded.map(|loaded| loaded.with_thresholds(*thresholds, &self.policy));
                next.loaded = loaded.map(Rc::new);
            }
            Answer::Examined {
                threshold,
                examination,
                ..
            } => {
                let current = next.thresholds.current();
                let loaded = self.loaded.as_deref();
                let loaded = loaded.map(|loaded| {
                    loaded.with_examination(threshold, *examination, current, &self.policy)
                });
                next.loaded = loaded.map(Rc::new);
            }
            Answer::Failed { message, table, .. } => {
                next.loading = None;
                next.asked = None;
                // A range that the engine cannot look at is none.
                if let Some(loaded) = self.loaded.as_deref().filter(|loaded| loaded.is_at_once()) {
                    let threshold = next.thresholds.current();
                    next.loaded = loaded.within(None, threshold, &self.policy).map(Rc::new);
                }
                next.failure = Some(Failure {
                    message,
                    table: table.map(Rc::new),
                });
            }
        }
        next
    }

    fn judged_by(&self, policy: Rc<Policy>) -> Self {
        let loaded = self.loaded.as_deref();
        Self {
            loaded: loaded.map(|loaded| Rc::new(loaded.judged_by(&policy))),
            policy,
            ..self.clone()
        }
    }

    /// Decides at the threshold that `thresholds` say, as well as the page can without the engine.
    fn decided(&self, thresholds: Thresholds) -> Self {
        let loaded = self.loaded.as_deref();
        let threshold = thresholds.current();
        Self {
            loaded: loaded.map(|loaded| Rc::new(loaded.decided_at(threshold, None, &self.policy))),
            thresholds,
            ..self.clone()
        }
    }

    /// The engine's counts at the threshold in force.
    fn with_counts(&self, counts: CountsAt) -> Self {
        let threshold = self.thresholds.current();
        let loaded = self.loaded.as_deref();
        let loaded = loaded.map(|loaded| loaded.decided_at(threshold, Some(&counts), &self.policy));
        Self {
            loaded: loaded.map(Rc::new),
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
            Action::Warn(message) => Self {
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

#[cfg(test)]
mod tests;
