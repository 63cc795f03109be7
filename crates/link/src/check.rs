//! What every report keeps to, whoever wrote it: what a page or a judgement takes for granted.

use greenlight_metrics::{BinaryCounts, ThresholdStops};
use greenlight_readiness::examination::{Drift, SegmentColumn};
use greenlight_readiness::profile::PROFILE_SCHEMA;
use greenlight_readiness::{Profile, Statistics, Windows};

use crate::error::LinkError;
use crate::report::SharedReport;

/// Whether a report that was read is one that could have been written.
pub fn whole(report: &SharedReport) -> Result<(), LinkError> {
    let SharedReport {
        profile, policy, ..
    } = report;
    let Check { fault } = Check::of(profile);
    let fault = fault.or(policy
        .check()
        .is_err()
        .then_some("its policy contradicts itself"));
    fault.map_or(Ok(()), |fault| Err(LinkError::damaged(fault)))
}

/// Looks for the first thing that does not hold.
struct Check {
    fault: Option<&'static str>,
}

impl Check {
    fn of(profile: &Profile) -> Self {
        let mut check = Self { fault: None };
        check.that(
            profile.schema == PROFILE_SCHEMA,
            "its statistics are of another kind",
        );
        check.classes(profile);
        let rows = profile.splits.values().chain([&profile.overall]);
        rows.for_each(|rows| check.rows(profile, rows));
        check.thresholds(profile);
        if let Some(windows) = &profile.kept_windows {
            check.windows(profile, windows);
        }
        if let Some(examination) = &profile.examination {
            if let Some(windows) = &examination.windows {
                check.windows(profile, windows);
            }
            let models = examination.models.iter().map(|models| &models.models);
            for column in examination.segments.columns.iter().chain(models) {
                check.segments(profile, column);
            }
            if let Some(drift) = &examination.drift {
                check.drift(drift);
            }
            if let Some(repetition) = &examination.repetition {
                let transitions = &repetition.answers.transitions;
                let is_of_classes = transitions.classes() == profile.classes.len();
                check.that(is_of_classes, "repeated answers are of other classes");
                let named = repetition.unstable.len() == repetition.answers.unstable.len();
                check.that(named, "repeated answers lack their names");
            }
        }
        check
    }

    fn that(&mut self, holds: bool, fault: &'static str) {
        if !holds && self.fault.is_none() {
            self.fault = Some(fault);
        }
    }

    fn classes(&mut self, profile: &Profile) {
        let names = profile.classes.names();
        let positive = profile.classes.positive();
        let is_there = positive.is_none_or(|positive| positive < names.len() && names.len() == 2);
        self.that(is_there, "its positive class is none of its classes");
        let settings = &profile.settings;
        let is_named = positive.is_none_or(|positive| {
            names.get(positive) == settings.positive.as_ref() || settings.positive.is_none()
        });
        self.that(is_named, "its positive class has two names");
        let splits = [&settings.current, &settings.reference];
        let are_there = splits
            .into_iter()
            .flatten()
            .all(|split| profile.splits.contains_key(split));
        self.that(are_there, "a split that it judges is missing");
    }

    fn rows(&mut self, profile: &Profile, rows: &Statistics) {
        let classes = profile.classes.len();
        if let Ok(matrix) = &rows.confusion {
            self.that(matrix.classes() == classes, "a matrix is of other classes");
        }
        for grades in [&rows.lone_grades.human, &rows.lone_grades.judge] {
            let is_of_classes = grades.is_empty() || grades.len() == classes;
            self.that(is_of_classes, "grades are of other classes");
        }
        if let Ok(scores) = &rows.scores {
            self.that(
                scores.per_class.len() <= classes,
                "scores are of other classes",
            );
            let tradeoffs = scores.per_class.iter().map(|class| &class.tradeoff);
            for tradeoff in scores.tradeoff.iter().chain(tradeoffs) {
                self.stops(&tradeoff.stops);
                let is_even = tradeoff.histogram.as_ref().is_none_or(|histogram| {
                    histogram.positives.len() == histogram.negatives.len()
                        && histogram.range.0 <= histogram.range.1
                });
                self.that(is_even, "a histogram has bars of one class alone");
            }
        }
    }

    /// From nothing flagged to all flagged, from the highest threshold down.
    fn stops(&mut self, stops: &ThresholdStops) {
        let stops = stops.stops();
        let total = |counts: &BinaryCounts| (counts.actual_positives(), counts.actual_negatives());
        let are_in_order = stops.windows(2).all(|pair| match pair {
            [high, low] => {
                high.counts.tp <= low.counts.tp
                    && high.counts.fp <= low.counts.fp
                    && total(&high.counts) == total(&low.counts)
                    && match (high.interval.above, low.interval.up_to) {
                        (Some(above), Some(up_to)) => up_to <= above,
                        _ => false,
                    }
            }
            _ => true,
        });
        let are_whole = stops
            .iter()
            .all(|stop| match (stop.interval.above, stop.interval.up_to) {
                (Some(above), Some(up_to)) => above < up_to,
                _ => true,
            });
        self.that(are_in_order && are_whole, "thresholds are out of order");
    }

    fn thresholds(&mut self, profile: &Profile) {
        let amounts = profile
            .thresholds
            .as_ref()
            .and_then(|best| best.amounts.as_ref());
        if let Some(amounts) = amounts {
            self.stops(&amounts.stops);
            let is_even = amounts.stops.stops().len() == amounts.at_stops.len();
            self.that(is_even, "amounts are missing at some thresholds");
        }
    }

    fn windows(&mut self, profile: &Profile, windows: &Windows) {
        for window in windows.windows.iter().chain(&windows.reference) {
            self.rows(profile, &window.statistics);
        }
    }

    fn segments(&mut self, profile: &Profile, column: &SegmentColumn) {
        let segments = column.segments.iter().map(|segment| &segment.statistics);
        segments
            .chain(&column.other)
            .for_each(|rows| self.rows(profile, rows));
    }

    fn drift(&mut self, drift: &Drift) {
        for column in &drift.columns {
            let sides = [&column.reference, &column.current].into_iter();
            let mut sides = sides
                .chain(&column.windows)
                .chain(&column.reference_windows);
            let are_even = sides.all(|side| side.bins.len() == column.bins.len());
            self.that(are_even, "a column is counted in other bins");
        }
    }
}
