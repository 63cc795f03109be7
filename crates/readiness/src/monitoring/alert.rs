//! Alerts that stay raised.

use crate::policy::Operator;

/// A number that broke a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offender {
    /// Which of the numbers that were looked at, from 0.
    pub at: usize,
    /// The number.
    pub value: f64,
}

/// An alert that was raised. It only ever grows: whatever comes after the first offender, the alert stays.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// The first number that broke the rule.
    pub first: Offender,
    /// The number furthest beyond the limit; the first of equals.
    pub worst: Offender,
    /// All that broke it, in order: which of the numbers that were looked at.
    pub offenders: Vec<usize>,
}

impl Alert {
    /// How many numbers broke the rule.
    pub fn count(&self) -> usize {
        self.offenders.len()
    }
}

/// Looks at one number after the other and holds the alert once it was raised.
///
/// ```
/// use greenlight_readiness::Operator;
/// use greenlight_readiness::monitoring::Latch;
///
/// let mut latch = Latch::new(Operator::AtMost, 100.0);
/// for latency_ms in [90.0, 110.0, 95.0] {
///     latch.see(latency_ms);
/// }
/// // The third was within the limit; the alert of the second is still raised.
/// let alert = latch.alert().unwrap();
/// assert_eq!((alert.first.at, alert.worst.value, alert.count()), (1, 110.0, 1));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Latch {
    operator: Operator,
    limit: f64,
    seen: usize,
    alert: Option<Alert>,
}

impl Latch {
    /// Nothing was looked at yet.
    pub fn new(operator: Operator, limit: f64) -> Self {
        Self {
            operator,
            limit,
            seen: 0,
            alert: None,
        }
    }

    /// Looks at the next number; whether it stands to the limit as asked. What is no number is passed over with
    /// [`skip`](Self::skip).
    pub fn see(&mut self, value: f64) -> bool {
        let offender = Offender {
            at: self.seen,
            value,
        };
        self.seen += 1;
        if self.operator.holds(value, self.limit) {
            return true;
        }
        match &mut self.alert {
            None => {
                self.alert = Some(Alert {
                    first: offender,
                    worst: offender,
                    offenders: vec![offender.at],
                });
            }
            Some(alert) => {
                let is_worse = match self.operator.wants_high() {
                    true => value < alert.worst.value,
                    false => value > alert.worst.value,
                };
                if is_worse {
                    alert.worst = offender;
                }
                alert.offenders.push(offender.at);
            }
        }
        false
    }

    /// Passes over a number that is not judged.
    pub fn skip(&mut self) {
        self.seen += 1;
    }

    /// The alert, where one was raised.
    pub fn alert(&self) -> Option<&Alert> {
        self.alert.as_ref()
    }

    /// The alert, where one was raised.
    pub fn into_alert(self) -> Option<Alert> {
        self.alert
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(operator: Operator, limit: f64, values: &[f64]) -> Option<Alert> {
        let mut latch = Latch::new(operator, limit);
        for &value in values {
            latch.see(value);
        }
        latch.into_alert()
    }

    #[test]
    fn accuracy_that_falls_raises_the_alert_at_the_fourth_window() {
        let accuracies = [0.95, 0.94, 0.92, 0.85, 0.80];
        let at = |n| after(Operator::AtLeast, 0.90, &accuracies[..n]);
        for quiet in 0..=3 {
            assert_eq!(at(quiet), None);
        }
        let raised = at(4).unwrap();
        assert_eq!((raised.first.at, raised.first.value), (3, 0.85));
        let alert = at(5).unwrap();
        assert_eq!(alert.first, raised.first);
        assert_eq!((alert.worst.value, alert.count()), (0.80, 2));
        assert_eq!(alert.offenders, [3, 4]);
    }

    #[test]
    fn an_alert_stays_when_the_next_latency_is_within_the_limit() {
        let latencies_ms = [90.0, 110.0, 95.0, 105.0];
        let at = |n| after(Operator::AtMost, 100.0, &latencies_ms[..n]);
        assert_eq!(at(1), None);
        let raised = at(2).unwrap();
        assert_eq!((raised.first.at, raised.first.value), (1, 110.0));
        assert_eq!(at(3), Some(raised.clone()));
        let alert = at(4).unwrap();
        assert_eq!(alert.first, raised.first);
        assert_eq!((alert.worst.value, alert.count()), (110.0, 2));
    }

    #[test]
    fn an_alert_only_ever_grows() {
        let values: Vec<f64> = (0..60).map(|at| f64::from(at * at * 7 % 31)).collect();
        let operators = [
            Operator::AtLeast,
            Operator::Above,
            Operator::AtMost,
            Operator::Below,
        ];
        for operator in operators {
            let mut before: Option<Alert> = None;
            for n in 0..=values.len() {
                let now = after(operator, 15.0, &values[..n]);
                let broken = values[..n].iter().copied();
                let broken = broken.filter(|value| !operator.holds(*value, 15.0));
                let worst = match operator.wants_high() {
                    true => broken.clone().reduce(f64::min),
                    false => broken.clone().reduce(f64::max),
                };
                assert_eq!(now.as_ref().map(|alert| alert.worst.value), worst);
                assert_eq!(now.as_ref().map_or(0, Alert::count), broken.count());
                if let Some(before) = &before {
                    let now = now.as_ref().unwrap();
                    assert_eq!(now.first, before.first);
                    assert!(now.offenders.starts_with(&before.offenders));
                }
                before = now;
            }
            assert!(before.is_some());
        }
    }

    #[test]
    fn what_is_passed_over_keeps_its_place() {
        let mut latch = Latch::new(Operator::AtLeast, 0.9);
        latch.skip();
        latch.see(0.5);
        latch.skip();
        latch.see(0.5);
        let alert = latch.into_alert().unwrap();
        assert_eq!((alert.worst.at, alert.offenders), (1, vec![1, 3]));
    }
}
