//! What an interval is made of, so that it can be asked what it would be with more rows.

use greenlight_metrics::binomial::lower_tail_count;
use greenlight_metrics::normal::cdf;
use greenlight_metrics::{
    Agreement, BinaryCounts, ConfusionMatrix, Interval, PairedShares, Z_95, wilson_share_at,
};

use crate::policy::Operator;

/// A number's evidence: it tells the interval that so many times the rows would give at the same value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Evidence {
    /// A share of rows, by Wilson.
    Share(Share),
    /// A share less a number that is known.
    ShareLess(Share, f64),
    /// A number that is known less a share.
    LessShare(f64, Share),
    /// F1, by the Jaccard index.
    F1(Share),
    /// The mean of shares of different rows.
    Mean(Vec<Share>),
    /// The first less the second; both grow.
    Difference(Share, Share),
    /// The first less the second of so many pairs, at this quantile.
    Pairs {
        shares: PairedShares,
        pairs: f64,
        z: f64,
    },
    /// A fall from a reference that stays as it is.
    Fall {
        reference: Box<Evidence>,
        current: Box<Evidence>,
    },
    /// Cohen's κ of two gradings, weighted where classes stand for numbers.
    Kappa {
        value: f64,
        matrix: ConfusionMatrix,
        grades: Option<Vec<f64>>,
        z: f64,
    },
    /// An interval that is symmetric on the logit scale.
    Logit { value: f64, low: f64 },
    /// A percentile, by order statistics, against a limit that a share of the rows exceeds.
    Percentile {
        share: f64,
        rows: f64,
        over_limit: f64,
        limit: f64,
        z: f64,
    },
}

/// A share of so many rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Share {
    pub share: f64,
    pub rows: f64,
    /// The quantile of the interval's level.
    pub z: f64,
}

impl Share {
    pub fn of(part: u64, whole: u64) -> Self {
        Self {
            share: part as f64 / whole as f64,
            rows: whole as f64,
            z: Z_95,
        }
    }

    /// For an interval at another level.
    pub fn at(self, z: f64) -> Self {
        Self { z, ..self }
    }

    /// Wilson's interval with so many times the rows.
    fn ends(self, times: f64) -> (f64, f64) {
        ends(wilson_share_at(self.share, self.rows * times, self.z))
    }
}

/// An interval that there always is, as a share lies between 0 and 1 and has rows.
fn ends<E>(interval: Result<Interval, E>) -> (f64, f64) {
    interval.map_or((f64::NEG_INFINITY, f64::INFINITY), |interval| {
        (interval.low, interval.high)
    })
}

impl Evidence {
    pub fn share(part: u64, whole: u64) -> Self {
        Self::Share(Share::of(part, whole))
    }

    pub fn f1(counts: &BinaryCounts) -> Self {
        Self::F1(Share::of(counts.tp, counts.tp + counts.fp + counts.fn_))
    }

    /// The mean recall of the classes that occur.
    pub fn mean_recall(matrix: &ConfusionMatrix) -> Self {
        Self::mean(matrix, BinaryCounts::actual_positives)
    }

    /// The mean precision of the classes that are predicted.
    pub fn mean_precision(matrix: &ConfusionMatrix) -> Self {
        Self::mean(matrix, BinaryCounts::predicted_positives)
    }

    fn mean(matrix: &ConfusionMatrix, whole: impl Fn(&BinaryCounts) -> u64) -> Self {
        let counts = (0..matrix.classes()).map(|class| matrix.binary(class));
        let counts = counts.filter(|counts| whole(counts) > 0);
        Self::Mean(
            counts
                .map(|counts| Share::of(counts.tp, whole(&counts)))
                .collect(),
        )
    }

    /// The same at another level: the quantile of its intervals. Of what is symmetric on a scale of its own, the ends move
    /// with the quantile there; of κ, whose interval knows no other level, as with so many fewer rows.
    pub fn at(&self, z: f64) -> Self {
        let mut evidence = self.clone();
        evidence.move_to(z);
        evidence
    }

    fn move_to(&mut self, to: f64) {
        match self {
            Self::Share(one)
            | Self::ShareLess(one, _)
            | Self::LessShare(_, one)
            | Self::F1(one) => {
                one.z = to;
            }
            Self::Mean(shares) => shares.iter_mut().for_each(|one| one.z = to),
            Self::Difference(first, second) => (first.z, second.z) = (to, to),
            Self::Fall { reference, current } => {
                reference.move_to(to);
                current.move_to(to);
            }
            Self::Logit { value, low } => {
                let half = (logit(*value) - logit(*low)) * to / Z_95;
                *low = 1.0 / (1.0 + libm::exp(half - logit(*value)));
            }
            Self::Pairs { z, .. } | Self::Kappa { z, .. } | Self::Percentile { z, .. } => *z = to,
        }
    }

    pub fn value(&self) -> f64 {
        match self {
            Self::Share(one) => one.share,
            Self::ShareLess(one, known) => one.share - known,
            Self::LessShare(known, one) => known - one.share,
            Self::Pairs { shares, .. } => shares.difference(),
            Self::F1(jaccard) => f1(jaccard.share),
            Self::Mean(shares) => {
                let sum: f64 = shares.iter().map(|one| one.share).sum();
                sum / shares.len() as f64
            }
            Self::Difference(first, second) => first.share - second.share,
            Self::Fall { reference, current } => reference.value() - current.value(),
            Self::Logit { value, .. } | Self::Kappa { value, .. } => *value,
            Self::Percentile { limit, .. } => *limit,
        }
    }

    /// The 95 % interval at the same value with so many times the rows. Of a percentile only where its ends lie to the
    /// limit.
    pub fn ends(&self, times: f64) -> (f64, f64) {
        match self {
            Self::Share(one) => one.ends(times),
            Self::ShareLess(one, known) => {
                let (low, high) = one.ends(times);
                (low - known, high - known)
            }
            Self::LessShare(known, one) => {
                let (low, high) = one.ends(times);
                (known - high, known - low)
            }
            Self::Pairs { shares, pairs, z } => ends(shares.difference_interval(pairs * times, *z)),
            Self::F1(jaccard) => {
                let (low, high) = jaccard.ends(times);
                (f1(low), f1(high))
            }
            Self::Mean(shares) => {
                let (mut down, mut up) = (0.0, 0.0);
                for one in shares {
                    let (low, high) = one.ends(times);
                    down += (one.share - low) * (one.share - low);
                    up += (high - one.share) * (high - one.share);
                }
                let (value, classes) = (self.value(), shares.len() as f64);
                (value - down.sqrt() / classes, value + up.sqrt() / classes)
            }
            Self::Difference(first, second) => difference(
                (first.share, first.ends(times)),
                (second.share, second.ends(times)),
            ),
            Self::Fall { reference, current } => difference(
                (reference.value(), reference.ends(1.0)),
                (current.value(), current.ends(times)),
            ),
            Self::Kappa {
                matrix, grades, z, ..
            } => {
                let agreement = Agreement::new(matrix, grades.as_deref());
                // There is κ, so there is its interval.
                let ends = agreement.interval(times * (Z_95 / z) * (Z_95 / z));
                ends.map_or((-1.0, 1.0), |ends| (ends.low, ends.high))
            }
            Self::Logit { value, low } => {
                let half = (logit(*value) - logit(*low)) / times.sqrt();
                let at = |logit: f64| 1.0 / (1.0 + libm::exp(-logit));
                (at(logit(*value) - half), at(logit(*value) + half))
            }
            Self::Percentile {
                share,
                rows,
                over_limit,
                z,
                ..
            } => {
                let rows = (rows * times).ceil() as u64;
                let beyond = cdf(-z);
                let tail = |share| lower_tail_count(rows, share, beyond) as f64;
                let over = over_limit * rows as f64;
                let is_below = over < tail(1.0 - share);
                let is_above = rows as f64 - over < tail(*share);
                let end = |is: bool, sure: f64| if is { sure } else { -sure };
                (
                    end(is_above, f64::INFINITY),
                    end(is_below, f64::NEG_INFINITY),
                )
            }
        }
    }

    /// The least number of rows, of those that `rows` counts, at which the interval no longer crosses the limit, if the
    /// value stays what it is; at least `minimum`. `None` where ten million would not do.
    pub fn rows_needed(&self, rows: u64, minimum: u64, asked: (Operator, f64)) -> Option<u64> {
        let now = rows as f64;
        let settles = |times: f64| is_settled(self.ends(times), asked);
        let mut high = (minimum as f64 / now).max(1.0);
        if settles(high) {
            return Some((high * now).ceil() as u64);
        }
        let mut low = high;
        while !settles(high) {
            low = high;
            high *= 2.0;
            if high * now > MOST_ROWS {
                return None;
            }
        }
        while (high - low) * now > 0.5 {
            let middle = 0.5 * (low + high);
            match settles(middle) {
                true => high = middle,
                false => low = middle,
            }
        }
        Some((high * now).ceil() as u64)
    }
}

/// More rows than this nobody labels.
pub(super) const MOST_ROWS: f64 = 1e7;

/// Whether both ends lie on one side of the limit.
pub(super) fn is_settled((low, high): (f64, f64), (operator, limit): (Operator, f64)) -> bool {
    operator.holds(low, limit) == operator.holds(high, limit)
}

fn f1(jaccard: f64) -> f64 {
    2.0 * jaccard / (1.0 + jaccard)
}

fn logit(share: f64) -> f64 {
    libm::log(share / (1.0 - share))
}

/// The interval of a difference of two independent numbers, from the interval of each (MOVER): Newcombe's, where these
/// are Wilson's.
pub(crate) fn difference(
    (first, (first_low, first_high)): (f64, (f64, f64)),
    (second, (second_low, second_high)): (f64, (f64, f64)),
) -> (f64, f64) {
    let length = |x: f64, y: f64| (x * x + y * y).sqrt();
    let value = first - second;
    (
        value - length(first - first_low, second_high - second),
        value + length(first_high - first, second - second_low),
    )
}

/// A number of rows as one says it: rounded up to two figures.
pub(super) fn rounded_up(rows: u64) -> u64 {
    let mut step = 1;
    while rows / step >= 100 {
        step *= 10;
    }
    rows.div_ceil(step) * step
}

#[cfg(test)]
mod tests;
