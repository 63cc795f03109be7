//! What can be changed about a rule over time, each by the text of its control.

use greenlight_readiness::monitoring::{MonitoringRule, Watched};
use greenlight_readiness::{Operator, Policy};

use crate::views::policy::changes::{OPERATORS, usual_limit};
use crate::views::policy::limit;

/// Another number. Where the limit would mean something else by it, it begins with a limit that is usual.
pub fn set_metric(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    let (watched, feature) = chosen(text).ok_or("there is no such number")?;
    let (operator, limit) = usual(policy, watched);
    let free = free_name(policy, watched);
    with(policy, index, |rule| {
        let before = rule.metric;
        let is_same_kind = before.unit() == watched.unit() && before.over() == watched.over();
        if !is_same_kind || usual_limit(before.like()).0 != operator {
            (rule.operator, rule.limit) = (operator, limit);
        }
        (rule.metric, rule.feature, rule.over) = (watched, feature, watched.over());
        // A reason for another number is none.
        rule.why = None;
        if rule.name == before.name() {
            rule.name = free;
        }
        Ok(())
    })
}

pub fn set_operator(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    let operator = OPERATORS.into_iter().find(|one| one.symbol() == text);
    with(policy, index, |rule| {
        rule.operator = operator.unwrap_or(rule.operator);
        Ok(())
    })
}

pub fn set_limit(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    with(policy, index, |rule| {
        rule.limit = limit::parsed(rule.metric.like(), text)?;
        Ok(())
    })
}

pub fn set_least_rows(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    with(policy, index, |rule| {
        rule.minimum_rows = match text.trim() {
            "" => None,
            text => Some(limit::parsed_count(text)?),
        };
        Ok(())
    })
}

pub fn set_name(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    with(policy, index, |rule| {
        rule.name = text.trim().to_owned();
        Ok(())
    })
}

pub fn set_why(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    with(policy, index, |rule| {
        rule.why = Some(text.trim().to_owned()).filter(|why| !why.is_empty());
        Ok(())
    })
}

/// Watches one more number; the name is that of the metric, or near it.
pub fn add(policy: &mut Policy, _: usize, text: &str) -> Result<(), String> {
    if let Some((watched, feature)) = chosen(text) {
        let (operator, limit) = usual(policy, watched);
        let name = free_name(policy, watched);
        policy.monitoring.push(MonitoringRule {
            feature,
            ..MonitoringRule::new(name, watched, operator, limit)
        });
    }
    Ok(())
}

/// Watches it no more.
pub fn remove(policy: &mut Policy, index: usize, _: &str) -> Result<(), String> {
    if index < policy.monitoring.len() {
        policy.monitoring.remove(index);
    }
    Ok(())
}

/// Between a number and the feature that it is of.
const SEPARATOR: char = '\u{1f}';

/// A number as the text of a control.
pub fn text_of(watched: Watched, feature: Option<&str>) -> String {
    match feature {
        Some(feature) => format!("{}{SEPARATOR}{feature}", watched.name()),
        None => watched.name().to_owned(),
    }
}

fn chosen(text: &str) -> Option<(Watched, Option<String>)> {
    let (name, feature) = match text.split_once(SEPARATOR) {
        Some((name, feature)) => (name, Some(feature.to_owned())),
        None => (text, None),
    };
    Some((Watched::named(name)?, feature))
}

/// The limit to begin with: that of the policy where it asks for the number.
fn usual(policy: &Policy, watched: Watched) -> (Operator, f64) {
    match watched {
        Watched::FeaturePsi => (Operator::AtMost, 0.2),
        Watched::Cost => (Operator::AtMost, 1.0),
        _ => {
            let mut criteria = policy.criteria.iter();
            let asked = criteria.find(|criterion| criterion.metric == watched.like());
            asked.map_or_else(
                || usual_limit(watched.like()),
                |criterion| (criterion.operator, criterion.limit),
            )
        }
    }
}

fn with(
    policy: &mut Policy,
    index: usize,
    change: impl FnOnce(&mut MonitoringRule) -> Result<(), String>,
) -> Result<(), String> {
    policy.monitoring.get_mut(index).map_or(Ok(()), change)
}

/// What the rule will be called that [`add`] adds.
pub fn name_of_added(policy: &Policy, text: &str) -> Option<String> {
    chosen(text).map(|(watched, _)| free_name(policy, watched))
}

fn free_name(policy: &Policy, watched: Watched) -> String {
    let is_taken = |name: &str| policy.monitoring.iter().any(|known| known.name == name);
    let mut name = watched.name().to_owned();
    let mut number = 2;
    while is_taken(&name) {
        name = format!("{}_{number}", watched.name());
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_can_be_watched_with_a_limit_that_is_possible() {
        let mut policy = Policy::fraud();
        for watched in Watched::all() {
            let feature = (watched == Watched::FeaturePsi).then_some("age");
            let text = text_of(watched, feature);
            add(&mut policy, 0, &text).unwrap();
            assert_eq!(policy.check(), Ok(()), "{text}");
            set_metric(&mut policy, 0, &text).unwrap();
            assert_eq!(policy.monitoring[0].metric, watched);
            assert_eq!(policy.check(), Ok(()), "{text}");
        }
        let names = policy.monitoring.iter().map(|rule| rule.name.as_str());
        assert!(names.clone().any(|name| name == "error_rate_2"));
    }

    #[test]
    fn controls_say_what_they_show() {
        let mut policy = Policy::balanced();
        set_limit(&mut policy, 0, "85 %").unwrap();
        set_least_rows(&mut policy, 0, "50").unwrap();
        set_operator(&mut policy, 0, ">").unwrap();
        set_name(&mut policy, 0, " daily ").unwrap();
        let rule = &policy.monitoring[0];
        assert_eq!((rule.limit, rule.minimum_rows), (0.85, Some(50)));
        assert_eq!(
            (rule.operator, rule.name.as_str()),
            (Operator::Above, "daily")
        );
        set_least_rows(&mut policy, 0, "").unwrap();
        assert_eq!(policy.monitoring[0].minimum_rows, None);
        let rules = policy.monitoring.len();
        remove(&mut policy, 0, "").unwrap();
        assert_eq!(policy.monitoring.len(), rules - 1);
        assert_eq!(policy.check(), Ok(()));
    }
}
