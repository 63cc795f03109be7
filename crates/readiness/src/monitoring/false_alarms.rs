//! What rules would have done on the windows of the reference.

use super::alert::Alert;
use super::measure::{Side, points};
use super::replay::{looks_at_all, no_windows, nothing_to_judge};
use super::rule::{MonitoringRule, Over};
use super::series::{Certainty, Course, Point, WindowState};
use crate::policy::Policy;
use crate::profile::Profile;

/// What a rule would have done on the windows of the reference, where all was well.
#[derive(Clone, Debug, PartialEq)]
pub struct FalseAlarms {
    /// How many windows of the reference are judged.
    pub judged: usize,
    /// How many of them are beyond the limit.
    pub count: usize,
    /// How many of these are so for sure, and not perhaps by chance.
    pub sure: usize,
    /// Whether chance alone may have brought all of them there.
    pub may_be_chance: bool,
    /// How many rows are behind the number of a window that is judged, as a rule: of the reference, and of the rows that are judged.
    pub usual_rows: (u64, u64),
    /// The nearest limit of few digits that would have been silent, where this one was not.
    pub silent_limit: Option<f64>,
    /// Of the windows that are judged, how many are beyond the limit, and how many of these that one would have passed over.
    pub missed: (usize, usize),
}

impl FalseAlarms {
    /// Asks each rule of a policy of the windows of the reference. The cost does not depend on the rows.
    ///
    /// # Errors
    /// For a rule that has nothing to look at there, why.
    pub fn of(profile: &Profile, policy: &Policy) -> Vec<Result<Self, String>> {
        let reference = profile.windows().map(|windows| &windows.reference);
        let looks = reference.map(|windows| looks_at_all(windows));
        let of = |rule: &MonitoringRule| match (&looks, rule.over) {
            (_, Over::Rows) => Err("rows of the reference are not watched one by one".to_owned()),
            (None, _) => Err(no_windows(profile).to_owned()),
            (Some(looks), _) if looks.is_empty() => {
                Err("there is no reference to compare with".to_owned())
            }
            (Some(looks), _) => {
                let of = |side, looks| points(rule, policy, profile, (side, looks));
                let judged = profile.windows().map(|windows| &windows.windows);
                let judged = judged.map(|windows| looks_at_all(windows));
                let judged = of(Side::Judged, judged.as_deref().unwrap_or_default());
                Self::of_points(rule, &of(Side::Reference, looks), &judged)
            }
        };
        policy.monitoring.iter().map(of).collect()
    }

    fn of_points(
        rule: &MonitoringRule,
        points: &[Point],
        judged: &[Point],
    ) -> Result<Self, String> {
        let course = Course::of(rule.operator, rule.limit, points);
        if let Some(why) = nothing_to_judge(&course, points) {
            return Err(why);
        }
        let sure = WindowState::Over(Certainty::Sure);
        let sure = course.states.iter().filter(|state| **state == sure);
        let silent = course.alert.as_ref();
        let silent = silent.and_then(|alert| silent_limit(rule, alert.worst.value));
        let beyond = |limit| {
            let alert = Course::of(rule.operator, limit, judged).alert;
            alert.as_ref().map_or(0, Alert::count)
        };
        let caught = beyond(rule.limit);
        Ok(Self {
            judged: course.judged,
            count: course.alert.as_ref().map_or(0, Alert::count),
            sure: sure.count(),
            may_be_chance: course.is_sure() == Some(false),
            usual_rows: (usual_rows(points), usual_rows(judged)),
            silent_limit: silent,
            missed: (caught, caught.saturating_sub(silent.map_or(caught, beyond))),
        })
    }
}

/// The median of the rows behind the numbers that are judged.
fn usual_rows(points: &[Point]) -> u64 {
    let judged = points.iter().filter(|point| point.unjudged.is_none());
    let rows = judged.filter_map(|point| Some(point.reading.as_ref()?.rows));
    let mut rows: Vec<u64> = rows.collect();
    rows.sort_unstable();
    rows.get(rows.len() / 2).copied().unwrap_or(0)
}

/// The nearest limit of two figures that `worst` keeps; of more where none of two is possible for the metric.
fn silent_limit(rule: &MonitoringRule, worst: f64) -> Option<f64> {
    let (low, high) = rule.metric.like().range();
    let place = match worst {
        0.0 => 0.01,
        worst => libm::pow(10.0, libm::floor(libm::log10(worst.abs())) - 1.0),
    };
    let wants_high = rule.operator.wants_high();
    [place, place / 10.0, place / 100.0]
        .into_iter()
        .find_map(|place| {
            // By dividing: a power of ten below 1 is no double, its inverse is.
            let inverse = libm::round(1.0 / place);
            let at = |steps: f64| match inverse >= 1.0 {
                true => steps / inverse,
                false => steps * place,
            };
            let (nearest, beyond) = match wants_high {
                true => (libm::floor(worst / place + 1e-9), -1.0),
                false => (libm::ceil(worst / place - 1e-9), 1.0),
            };
            // A strict comparison is not kept by the value itself.
            let mut limits = [at(nearest), at(nearest + beyond)].into_iter();
            limits.find(|&limit| (low..=high).contains(&limit) && rule.operator.holds(worst, limit))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::monitoring::Watched;
    use crate::policy::{Metric, Operator};

    #[test]
    fn the_silent_limit_has_few_digits_and_is_kept() {
        use Operator::{Above, AtLeast, AtMost, Below};
        for (metric, operator, worst, expected) in [
            (Watched::Of(Metric::Accuracy), AtLeast, 0.8712, Some(0.87)),
            (Watched::Of(Metric::Accuracy), AtLeast, 0.87, Some(0.87)),
            (Watched::Of(Metric::Accuracy), Above, 0.87, Some(0.86)),
            (Watched::Of(Metric::ErrorRate), AtMost, 0.0312, Some(0.032)),
            (Watched::Of(Metric::ErrorRate), Below, 0.03, Some(0.031)),
            (Watched::Of(Metric::LatencyP95), AtMost, 812.3, Some(820.0)),
            (
                Watched::Of(Metric::LatencyP95),
                AtMost,
                12_345.0,
                Some(13_000.0),
            ),
            (
                Watched::Of(Metric::AccuracyGap),
                AtMost,
                0.0715,
                Some(0.072),
            ),
            (Watched::FeaturePsi, AtMost, 0.1371, Some(0.14)),
            (Watched::Of(Metric::Rows), AtLeast, 1_234.0, Some(1_200.0)),
            (Watched::Of(Metric::Accuracy), AtLeast, 0.001, Some(0.001)),
        ] {
            let rule = MonitoringRule::new("it", metric, operator, 0.5);
            assert_eq!(
                silent_limit(&rule, worst),
                expected,
                "{}: {worst}",
                metric.name()
            );
        }
    }
}
