//! A number of a report, and how far chance may have moved it.

use greenlight_metrics::Z_95;

use crate::criteria::Evidence;

/// A number with what is known of its uncertainty.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    pub value: f64,
    pub spread: Spread,
}

/// What an interval of any level can be made from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Spread {
    /// Counts, or a scale on which the interval is symmetric: the interval of each level is exact.
    Evidence(Evidence),
    /// Only the ends at 95 %; those of another level lie as many times as far from the value as its quantile is larger.
    Ends { low: f64, high: f64, scale: Scale },
    /// Nothing, and why.
    Unknown(&'static str),
}

/// Where distances from a value are measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scale {
    /// As differences.
    Plain,
    /// As ratios: what is positive stays so.
    Log,
}

/// Why most numbers without an interval have none.
pub(super) const NO_INTERVAL: &str =
    "reports hold no interval for it, so nobody can say whether chance explains the difference";
/// As where a 99th percentile has too few answers beyond it.
const OPEN_END: &str = "too few rows to say how far chance moves it";

impl Number {
    pub fn of(evidence: Evidence) -> Self {
        Self {
            value: evidence.value(),
            spread: Spread::Evidence(evidence),
        }
    }

    /// A number of which the report says no more.
    pub fn bare(value: f64, why: &'static str) -> Self {
        Self {
            value,
            spread: Spread::Unknown(why),
        }
    }

    /// A number with the ends of its 95 % interval, as far as there are.
    pub fn within(value: f64, ends: Option<(Option<f64>, Option<f64>)>, scale: Scale) -> Self {
        let is_usable = |end: f64| scale == Scale::Plain || (value > 0.0 && end > 0.0);
        let spread = match ends {
            None => Spread::Unknown(NO_INTERVAL),
            Some((Some(low), Some(high))) if low <= value && value <= high => {
                match is_usable(low) {
                    true => Spread::Ends { low, high, scale },
                    false => Spread::Ends {
                        low,
                        high,
                        scale: Scale::Plain,
                    },
                }
            }
            Some(_) => Spread::Unknown(OPEN_END),
        };
        Self { value, spread }
    }

    /// The ends of the interval whose quantile is `z`, or why there is none.
    pub fn ends(&self, z: f64) -> Result<(f64, f64), &'static str> {
        let times = z / Z_95;
        match &self.spread {
            Spread::Evidence(evidence) => Ok(evidence.at(z).ends(1.0)),
            Spread::Ends {
                low,
                high,
                scale: Scale::Plain,
            } => Ok((
                self.value - times * (self.value - low),
                self.value + times * (high - self.value),
            )),
            Spread::Ends {
                low,
                high,
                scale: Scale::Log,
            } => {
                let end = |end: f64| self.value * libm::pow(end / self.value, times);
                Ok((end(*low), end(*high)))
            }
            Spread::Unknown(why) => Err(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_its_own_level_an_interval_is_what_the_report_says() {
        for scale in [Scale::Plain, Scale::Log] {
            let number = Number::within(120.0, Some((Some(100.0), Some(150.0))), scale);
            let (low, high) = number.ends(Z_95).unwrap();
            assert!((low - 100.0).abs() < 1e-12 && (high - 150.0).abs() < 1e-12);
            let (wider_low, wider_high) = number.ends(3.0).unwrap();
            assert!(wider_low < low && wider_high > high);
        }
    }

    #[test]
    fn what_is_positive_stays_so_at_any_level() {
        let number = Number::within(2.0, Some((Some(0.1), Some(9.0))), Scale::Log);
        assert!(number.ends(6.0).unwrap().0 > 0.0);
    }

    #[test]
    fn an_open_end_or_one_on_the_wrong_side_is_no_interval() {
        for ends in [(None, Some(3.0)), (Some(1.0), None), (Some(3.0), Some(4.0))] {
            assert!(
                Number::within(2.0, Some(ends), Scale::Plain)
                    .ends(Z_95)
                    .is_err()
            );
        }
    }
}
