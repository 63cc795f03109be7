//! What the page knows: one plain reducer, tested without a browser.

mod action;
mod answers;
mod checklist_form;
mod compared;
mod loaded;
mod loading;
mod moves;
mod origin;
mod pace;
mod policies;
pub mod stored_policies;
mod thresholds;

pub use action::Action;
pub use checklist_form::{ChecklistForm, Fill};
pub use compared::Compared;
pub use loaded::Loaded;
pub use loading::Loading;
pub use moves::Move;
pub use origin::{Home, Origin, Shared};
pub use pace::{Pace, Progress};
pub use policies::{Policies, PolicyAction, is_preset};
pub use thresholds::Thresholds;

use std::ops::Range;
use std::rc::Rc;

use greenlight_readiness::checklist::Checklist;
use greenlight_readiness::monitoring::row_rules;
use greenlight_readiness::{Choices, Demands, Policy, Report, RoleNames, RowRule};

use crate::engine::protocol::TableSummary;

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
    /// Whether that table is another than the one on screen.
    pub is_new: bool,
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
        let is_examined = loaded.is_some_and(Loaded::is_examined) && self.to_watch().is_none();
        self.is_shared() || self.asked.is_none() && is_examined
    }

    /// What is asked of a threshold, where the best ones on screen were found for something else; nothing where they will be of other data
    /// soon, or nobody can find them.
    pub fn to_demand(&self) -> Option<Demands> {
        let is_busy = self.loading.is_some() || self.asked.is_some() || self.is_shared();
        let best = self.loaded.as_deref()?.given.thresholds.as_ref()?;
        (!is_busy && !best.are_for(&self.demands)).then(|| self.demands.clone())
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
}

#[cfg(test)]
mod tests;
