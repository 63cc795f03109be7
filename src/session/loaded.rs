//! Data that was read, and the judgement of it at the threshold in force.

use std::rc::Rc;

use greenlight_readiness::{
    BestThresholds, Certainty, CountsAt, Examination, Policy, Profile, Report, judge,
};

use crate::engine::protocol::TableSummary;

/// Data that was read, and the judgement of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The statistics of the rows, decided as is in force.
    pub profile: Profile,
    /// The statistics as the engine gave them.
    pub given: Rc<Profile>,
    /// Whether the counts are those of the rows, or of the nearest stop until the engine answers.
    pub certainty: Certainty,
    /// What a second look at the rows found with a threshold other than the file's.
    pub examined: Option<Rc<(f64, Examination)>>,
    /// The table behind them.
    pub table: Rc<TableSummary>,
    /// The profile judged by the policy in force.
    pub report: Report,
}

impl Loaded {
    /// What the engine gave, judged.
    pub fn new(profile: Profile, table: Rc<TableSummary>, policy: &Policy) -> Self {
        Self {
            report: judge(&profile, policy),
            given: Rc::new(profile.clone()),
            profile,
            certainty: Certainty::Exact,
            examined: None,
            table,
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
        let (mut profile, certainty) =
            decided.unwrap_or_else(|| ((*self.given).clone(), Certainty::Exact));
        if let Some(examined) = self.examined_at(threshold) {
            profile.examination = Some(examined.1.clone());
        }
        Self {
            report: judge(&profile, policy),
            profile,
            certainty,
            examined: self.examined.clone(),
            given: Rc::clone(&self.given),
            table: Rc::clone(&self.table),
        }
    }

    /// The same data with other best thresholds, for other costs and demands.
    pub fn with_thresholds(&self, thresholds: BestThresholds, policy: &Policy) -> Self {
        let mut given = (*self.given).clone();
        given.thresholds = Some(thresholds.clone());
        let mut profile = self.profile.clone();
        let mut certainty = self.certainty;
        let is_moved = profile.settings != given.settings;
        let threshold = profile.settings.threshold.filter(|_| is_moved);
        let amounts = profile.thresholds.insert(thresholds).amounts.as_mut();
        // Asked for as the file decides; the engine says more where the stops say too little.
        if let (Some(amounts), Some(threshold)) = (amounts, threshold)
            && amounts.decide(threshold, None) == Certainty::NearestStop
        {
            certainty = Certainty::NearestStop;
        }
        Self {
            report: judge(&profile, policy),
            profile,
            given: Rc::new(given),
            certainty,
            examined: self.examined.clone(),
            table: Rc::clone(&self.table),
        }
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
