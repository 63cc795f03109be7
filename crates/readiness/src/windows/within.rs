//! A run of windows alone, at once: until the engine has looked at their rows.

use std::ops::Range;

use crate::examination::Drift;
use crate::profile::Profile;
use crate::statistics::Statistics;
use crate::thresholds::BestThresholds;

use super::sum::summed;
use super::{Span, Windows};

impl Windows {
    /// From the beginning of the first to the end of the last of these windows; `None` where there is no such.
    pub fn span_of(&self, windows: Range<usize>) -> Option<Span> {
        let chosen = self.windows.get(windows)?;
        let (first, last) = (chosen.first()?, chosen.last()?);
        Some(first.span.to_end_of(last.span))
    }

    /// The windows that lie within a span, all of each.
    pub fn windows_in(&self, span: Span) -> Range<usize> {
        let is_in = |window: &super::Window| span.holds(window.span);
        let first = self.windows.iter().position(is_in).unwrap_or(0);
        let chosen = self.windows.iter().skip(first);
        first..first + chosen.take_while(|window| is_in(window)).count()
    }
}

impl Profile {
    /// The windows of time, also while the range that was chosen of them is looked at anew.
    pub fn windows(&self) -> Option<&Windows> {
        let examined = self.examination.as_ref();
        let examined = examined.and_then(|examination| examination.windows.as_ref());
        examined.or(self.kept_windows.as_ref())
    }

    /// What has moved within the range that is looked at, also while that is looked at anew: then by the counts of its windows.
    pub fn drift(&self) -> Option<&Drift> {
        let examined = self.examination.as_ref();
        let examined = examined.and_then(|examination| examination.drift.as_ref());
        examined.or(self.kept_drift.as_ref())
    }

    /// Keeps the windows of `whole`, the same rows in whatever range, until those of this range are looked at.
    pub fn keep_windows_of(&mut self, whole: &Self) {
        let windows = whole.windows();
        let range = windows.zip(self.settings.range);
        let range = range.map(|(windows, span)| windows.windows_in(span));
        let drift = range.zip(whole.drift());
        self.kept_drift = drift.map(|(range, drift)| drift.within(range));
        self.kept_windows = windows.cloned();
    }

    /// What is known at once of a run of windows alone. Counts, sums and means of the rows that are judged are exact where
    /// thresholds lie on a stop; what is no sum, such as areas under curves and percentiles, is nearly so, and a range of one window is
    /// exact in all. What other splits say stays; what takes a look at the rows is not there. `None` where there are no such
    /// windows.
    ///
    /// Costs O(windows × stops), whatever the number of rows.
    pub fn within(&self, windows: Range<usize>) -> Option<Self> {
        let found = self.windows()?;
        let span = found.span_of(windows.clone())?;
        let parts = found.windows.get(windows)?.iter();
        let parts: Vec<&Statistics> = parts.map(|window| &window.statistics).collect();
        let best = self.thresholds.as_ref().map(BestThresholds::flagging);
        let sum = summed(&parts, &best.unwrap_or_default())?;
        let mut within = Self {
            examination: None,
            row_alerts: Vec::new(),
            ..self.clone()
        };
        within.settings.range = Some(span);
        within.keep_windows_of(self);
        match &self.settings.current {
            Some(current) => _ = within.splits.insert(current.clone(), sum),
            None => within.overall = sum,
        }
        Some(within)
    }
}
