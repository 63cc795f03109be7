//! What can be changed about a policy, each by the text of its control.

use greenlight_readiness::policy::{PRESETS, Unit};
use greenlight_readiness::{Criterion, Metric, Operator, Policy, Scope, Severity};

use super::limit;

/// Sets something of a policy, or of its criterion at an index, to what a control says.
pub type Change = fn(&mut Policy, usize, &str) -> Result<(), String>;

pub const OPERATORS: [Operator; 4] = [
    Operator::AtLeast,
    Operator::Above,
    Operator::AtMost,
    Operator::Below,
];
pub const SEVERITIES: [Severity; 2] = [Severity::Must, Severity::Should];
/// What a checkbox says that is ticked.
pub const YES: &str = "yes";

pub fn set_name(policy: &mut Policy, _: usize, text: &str) -> Result<(), String> {
    policy.name = text.trim().to_owned();
    Ok(())
}

pub fn set_description(policy: &mut Policy, _: usize, text: &str) -> Result<(), String> {
    policy.description = text.trim().to_owned();
    Ok(())
}

pub fn set_minimum_rows(policy: &mut Policy, _: usize, text: &str) -> Result<(), String> {
    policy.minimum_rows = limit::parsed_count(text)?;
    Ok(())
}

/// Another number. Where the limit would mean something else by it, it begins with a limit that is usual.
pub fn set_metric(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    let Some(&metric) = Metric::ALL.iter().find(|metric| metric.name() == text) else {
        return Err("there is no such number".to_owned());
    };
    let (operator, limit) = usual_limit(metric);
    let Some(criterion) = policy.criteria.get_mut(index) else {
        return Ok(());
    };
    let before = criterion.metric;
    let is_same_kind = before.unit() == metric.unit()
        && usual_limit(before).0.wants_high() == operator.wants_high();
    criterion.metric = metric;
    if !is_same_kind {
        (criterion.operator, criterion.limit) = (operator, limit);
    }
    // A reason for another number is none.
    criterion.why = None;
    if criterion.name == before.name() {
        let name = free_name(policy, metric);
        rename(policy, index, &name);
    }
    Ok(())
}

pub fn set_operator(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    let operator = OPERATORS.into_iter().find(|one| one.symbol() == text);
    with(policy, index, |criterion| {
        criterion.operator = operator.unwrap_or(criterion.operator);
        Ok(())
    })
}

pub fn set_limit(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    with(policy, index, |criterion| {
        criterion.limit = limit::parsed(criterion.metric, text)?;
        Ok(())
    })
}

pub fn set_severity(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    with(policy, index, |criterion| {
        criterion.severity = match text {
            "must" => Severity::Must,
            _ => Severity::Should,
        };
        Ok(())
    })
}

/// Between the parts of a scope's text.
const SEPARATOR: char = '\u{1f}';

/// A scope as the text of a control.
pub fn scope_text(scope: &Scope) -> String {
    match scope {
        Scope::Current => "current".to_owned(),
        Scope::Reference => "reference".to_owned(),
        Scope::Overall => "overall".to_owned(),
        Scope::Split(name) => format!("split{SEPARATOR}{name}"),
        Scope::Model(name) => format!("model{SEPARATOR}{name}"),
        Scope::Segment { column, value } => {
            format!("segment{SEPARATOR}{column}{SEPARATOR}{value}")
        }
    }
}

pub fn set_scope(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    let mut parts = text.splitn(3, SEPARATOR);
    let kind = parts.next().unwrap_or_default();
    let mut part = || parts.next().unwrap_or_default().to_owned();
    let scope = match kind {
        "reference" => Scope::Reference,
        "overall" => Scope::Overall,
        "split" => Scope::Split(part()),
        "model" => Scope::Model(part()),
        "segment" => Scope::Segment {
            column: part(),
            value: part(),
        },
        _ => Scope::Current,
    };
    with(policy, index, |criterion| {
        criterion.scope = scope;
        Ok(())
    })
}

pub fn set_least_rows(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    with(policy, index, |criterion| {
        criterion.minimum_rows = match text.trim() {
            "" => None,
            text => Some(limit::parsed_count(text)?),
        };
        Ok(())
    })
}

pub fn set_if_measured(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    with(policy, index, |criterion| {
        criterion.if_measured = text == YES;
        Ok(())
    })
}

pub fn set_why(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    with(policy, index, |criterion| {
        criterion.why = Some(text.trim().to_owned()).filter(|why| !why.is_empty());
        Ok(())
    })
}

pub fn set_criterion_name(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    rename(policy, index, text.trim());
    Ok(())
}

pub fn set_required(policy: &mut Policy, index: usize, text: &str) -> Result<(), String> {
    if let Some(criterion) = policy.criteria.get(index) {
        let name = criterion.name.clone();
        policy
            .required_evidence
            .retain(|required| *required != name);
        if text == YES {
            policy.required_evidence.push(name);
        }
    }
    Ok(())
}

/// Asks for one more number; the name is that of the metric, or near it.
pub fn add(policy: &mut Policy, _: usize, text: &str) -> Result<(), String> {
    if let Some(&metric) = Metric::ALL.iter().find(|metric| metric.name() == text) {
        let (operator, limit) = usual_limit(metric);
        let name = free_name(policy, metric);
        let criterion = Criterion::new(name, metric, operator, limit, Severity::Should);
        policy.criteria.push(criterion);
    }
    Ok(())
}

/// Asks for it no more.
pub fn remove(policy: &mut Policy, index: usize, _: &str) -> Result<(), String> {
    if index < policy.criteria.len() {
        let gone = policy.criteria.remove(index);
        policy.required_evidence.retain(|name| *name != gone.name);
    }
    Ok(())
}

fn with(
    policy: &mut Policy,
    index: usize,
    change: impl FnOnce(&mut Criterion) -> Result<(), String>,
) -> Result<(), String> {
    policy.criteria.get_mut(index).map_or(Ok(()), change)
}

fn rename(policy: &mut Policy, index: usize, name: &str) {
    if let Some(criterion) = policy.criteria.get_mut(index) {
        let before = std::mem::replace(&mut criterion.name, name.to_owned());
        let required = policy.required_evidence.iter_mut();
        for required in required.filter(|required| **required == before) {
            *required = name.to_owned();
        }
    }
}

fn free_name(policy: &Policy, metric: Metric) -> String {
    let is_taken = |name: &str| policy.criteria.iter().any(|known| known.name == name);
    let mut name = metric.name().to_owned();
    let mut number = 2;
    while is_taken(&name) {
        name = format!("{}_{number}", metric.name());
        number += 1;
    }
    name
}

/// The limit to begin with: that of the presets where one asks for the number.
pub fn usual_limit(metric: Metric) -> (Operator, f64) {
    let presets = PRESETS.into_iter().filter_map(Policy::preset);
    let asked = presets
        .flat_map(|preset| preset.criteria)
        .find(|criterion| criterion.metric == metric);
    if let Some(criterion) = asked {
        return (criterion.operator, criterion.limit);
    }
    match (metric, metric.unit()) {
        (Metric::OverBudgetShare, _) => (Operator::AtMost, 0.01),
        (Metric::LogLoss, _) => (Operator::AtMost, 0.5),
        (Metric::BrierScore, _) => (Operator::AtMost, 0.2),
        (Metric::ExpectedCalibrationError, _) => (Operator::AtMost, 0.05),
        (_, Unit::Points | Unit::Fall) => (Operator::AtMost, 0.05),
        (_, Unit::Milliseconds) => (Operator::AtMost, 1_000.0),
        (_, Unit::Cost) => (Operator::AtMost, 0.05),
        (_, Unit::Count) => (Operator::AtLeast, 100.0),
        (_, Unit::Share | Unit::Coefficient) => (Operator::AtLeast, 0.8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_can_be_asked_for_with_a_limit_that_is_possible() {
        let mut policy = Policy::fraud();
        for &metric in Metric::ALL {
            add(&mut policy, 0, metric.name()).unwrap();
            assert_eq!(policy.check(), Ok(()), "{}", metric.name());
        }
        let names = policy.criteria.iter().map(|one| one.name.as_str());
        assert!(names.clone().any(|name| name == "recall_2"));
        for &metric in Metric::ALL {
            set_metric(&mut policy, 0, metric.name()).unwrap();
            assert_eq!(policy.criteria[0].metric, metric);
            assert_eq!(policy.check(), Ok(()), "{}", metric.name());
        }
    }

    #[test]
    fn what_is_required_follows_its_name() {
        let mut policy = Policy::fraud();
        assert_eq!(policy.criteria[0].name, "recall");
        set_metric(&mut policy, 0, "f1").unwrap();
        assert_eq!(policy.required_evidence, ["better_than_chance", "f1"]);
        assert_eq!(policy.criteria[0].limit, 0.8);
        set_criterion_name(&mut policy, 0, " found ").unwrap();
        assert_eq!(policy.required_evidence, ["better_than_chance", "found"]);
        set_required(&mut policy, 0, "").unwrap();
        assert_eq!(policy.required_evidence, ["better_than_chance"]);
        set_required(&mut policy, 0, YES).unwrap();
        remove(&mut policy, 0, "").unwrap();
        assert_eq!(policy.required_evidence, ["better_than_chance"]);
        assert_eq!(policy.check(), Ok(()));
    }

    #[test]
    fn scopes_are_read_back() {
        let mut policy = Policy::spam();
        for scope in [
            Scope::Current,
            Scope::Reference,
            Scope::Overall,
            Scope::Split("a b".to_owned()),
            Scope::Model("v1".to_owned()),
            Scope::Segment {
                column: "region".to_owned(),
                value: String::new(),
            },
        ] {
            set_scope(&mut policy, 0, &scope_text(&scope)).unwrap();
            assert_eq!(policy.criteria[0].scope, scope);
        }
    }
}
