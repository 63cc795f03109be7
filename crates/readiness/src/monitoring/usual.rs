//! The rules that the presets watch by.

use super::{MonitoringRule, Watched};
use crate::policy::{Criterion, Metric, Operator, Severity};

/// What a preset watches: what it requires of right answers and of latency, in every window, and what is the same for all.
pub(crate) fn usual_rules(criteria: &[Criterion]) -> Vec<MonitoringRule> {
    let asked = |metric: Metric, is_required: bool| {
        let mut criteria = criteria.iter();
        criteria.find(move |criterion| {
            criterion.metric == metric && (!is_required || criterion.severity == Severity::Must)
        })
    };
    let right = asked(Metric::Accuracy, true).or(criteria.first());
    let as_asked = [right, asked(Metric::LatencyP95, true)].map(|criterion| {
        let Criterion {
            metric,
            operator,
            limit,
            ..
        } = criterion?;
        let rule = MonitoringRule::new(metric.name(), Watched::Of(*metric), *operator, *limit);
        Some(rule.because("What is required of all rows, of each window."))
    });
    let fall = asked(Metric::AccuracyGap, false).map(|criterion| {
        at_most(Watched::Of(Metric::AccuracyGap), criterion.limit).because(
            "A window that falls further from the reference, or from the first window, says that the world has moved.",
        )
    });
    let same = [
        MonitoringRule {
            minimum_rows: Some(FEWEST_OF_DRIFT),
            ..at_most(Watched::Of(Metric::ScorePsi), 0.2)
        }
        .because(
            "Above 0.2 scores are commonly said to have moved a good deal; labels come late, scores at once. Asked from 100 \
             rows on: of fewer chance alone makes more.",
        ),
        at_most(Watched::Of(Metric::ErrorRate), 0.01)
            .because("At most one call in a hundred fails, in each window."),
    ];
    let as_asked = as_asked.into_iter().flatten();
    as_asked.chain(fall).chain(same).collect()
}

/// With nothing changed, the PSI of 100 rows in ten bins is above 0.17 once in twenty windows; of 30 rows it is 0.3 on average.
const FEWEST_OF_DRIFT: u64 = 100;

/// A rule that is called as its metric is.
fn at_most(metric: Watched, limit: f64) -> MonitoringRule {
    MonitoringRule::new(metric.name(), metric, Operator::AtMost, limit)
}
