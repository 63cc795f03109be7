//! What the engine's answers make of the page.

use std::rc::Rc;

use greenlight_readiness::{CountsAt, Demands};

use super::{Failure, Loaded, Progress, Session, Thresholds};
use crate::engine::protocol::Answer;

impl Session {
    /// The page as it was, where nothing is being read or too little time has passed to show it again.
    pub(super) fn after_progress(self: &Rc<Self>, progress: Progress) -> Rc<Self> {
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

    pub(super) fn after_answer(&self, answer: Answer) -> Self {
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
                let settled = self.failure.as_ref();
                let is_new =
                    self.loading.is_some() || settled.is_some_and(|failure| failure.is_new);
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
                let settled = self.failure.as_ref();
                let is_new =
                    self.loading.is_some() || settled.is_some_and(|failure| failure.is_new);
                next.loading = None;
                next.asked = None;
                // A range that the engine cannot look at is none.
                if let Some(loaded) = self.loaded.as_deref().filter(|loaded| loaded.is_at_once()) {
                    let threshold = next.thresholds.current();
                    next.loaded = loaded.within(None, threshold, &self.policy).map(Rc::new);
                }
                next.failure = Some(Failure {
                    message,
                    is_new: is_new && table.is_some(),
                    table: table.map(Rc::new),
                });
            }
        }
        next
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
