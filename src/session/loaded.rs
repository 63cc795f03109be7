//! Data that was read, and the judgement of it at the threshold in force.

use std::ops::Range;
use std::rc::Rc;

use greenlight_readiness::{
    BestThresholds, Certainty, CountsAt, Examination, Metric, Policy, Profile, Report, RowAlert,
    Span, judge,
};

use super::Origin;
use crate::engine::protocol::TableSummary;

/// Data that was read, and the judgement of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The statistics of the rows, decided as is in force.
    pub profile: Profile,
    /// The statistics as the engine gave them; where a range of time was chosen a moment ago, what its windows say at once.
    pub given: Rc<Profile>,
    /// The statistics as the engine gave them of all rows, to go back to from a range of time.
    pub whole: Rc<Profile>,
    /// What a second look at the rows found with a threshold other than the file's.
    pub examined: Option<Rc<(f64, Examination)>>,
    /// The table behind them.
    pub table: Rc<TableSummary>,
    /// The profile judged by the policy in force.
    pub report: Report,
    /// Whether there are rows to ask about.
    pub origin: Origin,
}

impl Loaded {
    /// What the engine gave, judged.
    pub fn new(profile: Profile, table: Rc<TableSummary>, policy: &Policy) -> Self {
        let given = Rc::new(profile.clone());
        Self {
            report: judge(&profile, policy),
            whole: Rc::clone(&given),
            given,
            profile,
            examined: None,
            table,
            origin: Origin::Engine,
        }
    }

    /// The same data decided at another threshold, or as the file decides. Its cost does not depend on the rows.
    pub fn decided_at(
        &self,
        threshold: Option<f64>,
        exact: Option<&CountsAt>,
        policy: &Policy,
    ) -> Self {
        let decided = threshold.and_then(|threshold| self.given.decided_at(threshold, exact));
        let mut profile = decided.unwrap_or_else(|| (*self.given).clone());
        if self.is_at_once() {
            profile.certainty = Certainty::NearestStop;
        }
        if let Some(examined) = self.examined_at(threshold) {
            profile.examination = Some(examined.1.clone());
        }
        Self {
            report: judge(&profile, policy),
            profile,
            examined: self.examined.clone(),
            given: Rc::clone(&self.given),
            whole: Rc::clone(&self.whole),
            table: Rc::clone(&self.table),
            origin: self.origin.clone(),
        }
    }

    /// What stands before a number that a report without rows does not know exactly: one that was rounded for its link, or that lies
    /// between two thresholds that it knows.
    pub fn about(&self, metric: Metric) -> &'static str {
        if self.origin.shared().is_none() {
            return "";
        }
        match self.profile.certainty {
            Certainty::Exact => self.profile.told_of(metric).about(),
            rough => rough.told().about(),
        }
    }

    /// What stands before counts, likewise.
    pub fn about_counts(&self) -> &'static str {
        self.about(Metric::Accuracy)
    }

    /// Whether a range of time was chosen of which the engine has yet to look at the rows: sums of windows stand for them.
    pub fn is_at_once(&self) -> bool {
        self.given.settings.range != self.table.choices.span
    }

    /// The range of time from the beginning to the end of these windows, whatever range is looked at.
    pub fn span_of(&self, windows: Range<usize>) -> Option<Span> {
        self.whole.windows()?.span_of(windows)
    }

    /// The range of time that was chosen here, and is not that of a report which was shared so.
    pub fn chosen_range(&self) -> Option<Span> {
        let range = self.given.settings.range;
        let is_its_own = || self.origin != Origin::Engine && range == self.whole.settings.range;
        range.filter(|_| !is_its_own())
    }

    /// The windows that make up a range of time, wholly; nothing where none do.
    pub fn windows_of(&self, span: Span) -> Option<Range<usize>> {
        let windows = self.whole.windows()?;
        let range = windows.windows_in(span);
        (windows.span_of(range.clone()) == Some(span)).then_some(range)
    }

    /// The windows that are looked at, where that is not all of them.
    pub fn chosen_windows(&self) -> Option<Range<usize>> {
        let span = self.profile.settings.range?;
        Some(self.profile.windows()?.windows_in(span))
    }

    /// These windows alone, or all rows again, at once; nothing where there are no such windows.
    pub fn within(
        &self,
        windows: Option<Range<usize>>,
        threshold: Option<f64>,
        policy: &Policy,
    ) -> Option<Self> {
        let given = match windows {
            None => Rc::clone(&self.whole),
            Some(windows) => Rc::new(self.whole.within(windows)?),
        };
        let next = Self {
            given,
            examined: None,
            ..self.clone()
        };
        Some(next.decided_at(threshold, None, policy))
    }

    /// With what was known `before` of the same rows in whatever range: their windows, and what all of them say.
    pub fn after(mut self, before: &Self, policy: &Policy) -> Self {
        if !(self.table.choices).differs_in_range_alone(&before.table.choices) {
            return self;
        }
        let whole = &before.whole;
        let mut given = (*self.given).clone();
        match given.settings.range {
            Some(_) => {
                given.keep_windows_of(whole);
                self.whole = Rc::clone(whole);
            }
            None if given.settings == whole.settings => {
                given.examination = whole.examination.clone();
            }
            None => {}
        }
        self.with_given(given, policy)
    }

    /// With other statistics as the engine gave them.
    fn with_given(mut self, given: Profile, policy: &Policy) -> Self {
        self.given = Rc::new(given);
        self.keep_whole();
        self.decided_at(None, None, policy)
    }

    /// Where no range was chosen, what the engine gave is of all rows.
    fn keep_whole(&mut self) {
        if self.given.settings.range.is_none() {
            self.whole = Rc::clone(&self.given);
        }
    }

    /// The same data with other best thresholds, for other costs and demands.
    pub fn with_thresholds(&self, thresholds: BestThresholds, policy: &Policy) -> Self {
        let mut given = (*self.given).clone();
        given.thresholds = Some(thresholds.clone());
        let mut profile = self.profile.clone();
        let is_moved = profile.settings != given.settings;
        let threshold = profile.settings.threshold.filter(|_| is_moved);
        let amounts = profile.thresholds.insert(thresholds).amounts.as_mut();
        // Asked for as the file decides; the engine says more where the stops say too little.
        if let (Some(amounts), Some(threshold)) = (amounts, threshold) {
            profile.certainty = profile.certainty.and(amounts.decide(threshold, None));
        }
        let mut next = Self {
            report: judge(&profile, policy),
            profile,
            given: Rc::new(given),
            ..self.clone()
        };
        next.keep_whole();
        next
    }

    /// The same data with what a second look found, as decided by `threshold`; `current` is the one in force.
    pub fn with_examination(
        &self,
        threshold: Option<f64>,
        examination: Examination,
        current: Option<f64>,
        policy: &Policy,
    ) -> Self {
        let mut next = self.clone();
        match threshold {
            None => Rc::make_mut(&mut next.given).examination = Some(examination),
            Some(threshold) => next.examined = Some(Rc::new((threshold, examination))),
        }
        next.keep_whole();
        // The counts that the engine gave for the splits stay as they are.
        let mut found = next.given.examination.clone();
        if let (Some(found), Some(threshold)) = (&mut found, current) {
            found.decide(&next.given.settings, threshold);
        }
        if let Some(examined) = next.examined_at(current) {
            found = Some(examined.1.clone());
        }
        next.profile.examination = found;
        next.report = judge(&next.profile, policy);
        next
    }

    /// The same data with what became of rules over single rows.
    pub fn with_row_alerts(&self, alerts: Vec<RowAlert>, policy: &Policy) -> Self {
        let mut next = self.clone();
        Rc::make_mut(&mut next.given).row_alerts = alerts.clone();
        next.profile.row_alerts = alerts;
        next.report = judge(&next.profile, policy);
        next
    }

    /// Whether the second look at the rows, as they are decided, is done.
    pub fn is_examined(&self) -> bool {
        let (ours, given) = (&self.profile.settings, &self.given.settings);
        match (ours.decision, ours.threshold) == (given.decision, given.threshold) {
            true => self.given.examination.is_some(),
            false => self.examined_at(ours.threshold).is_some(),
        }
    }

    fn examined_at(&self, threshold: Option<f64>) -> Option<&(f64, Examination)> {
        let examined = self.examined.as_deref()?;
        (Some(examined.0) == threshold).then_some(examined)
    }

    /// The same data judged by another policy.
    pub fn judged_by(&self, policy: &Policy) -> Self {
        Self {
            report: judge(&self.profile, policy),
            ..self.clone()
        }
    }
}
