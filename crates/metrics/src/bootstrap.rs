//! How far chance alone moves a chosen threshold and what it promises: a seeded bootstrap in which every
//! replicate chooses anew.
//!
//! Choosing the best threshold on some rows flatters it on those rows. So the bootstrap does two things at
//! once (Efron and Gong 1983). The thresholds that the replicates choose show how well the data pins the
//! best one down: their 2.5 % and 97.5 % quantiles are its interval. And what a replicate's choice is worth
//! on the replicate, less what the same threshold is worth on all rows, is the *optimism* of choosing; the
//! intervals of the metrics are those of the chosen threshold over the replicates, shifted down by it.
//!
//! In simulation (`examples/bootstrap_coverage.rs`: normal scores 1.5 apart, 400 samples a line, 200 replicates
//! each, best F1) the interval of the threshold held the best one of all, and the interval of F1 held the F1
//! that the chosen threshold has on new rows, this often:
//!
//! | rows | positives | threshold | F1 | F1 without the shift |
//! | --- | --- | --- | --- | --- |
//! | 200 | 30 % | 96 % | 93 % | 89 % |
//! | 500 | 10 % | 94 % | 95 % | 90 % |
//! | 2 000 | 10 % | 97 % | 96 % | 94 % |
//! | 2 000 | 2 % | 94 % | 96 % | 91 % |
//! | 5 000 | 30 % | 98 % | 95 % | 92 % |

use serde::{Deserialize, Serialize};

use crate::binary_counts::BinaryCounts;
use crate::constraint::Constraint;
use crate::hull::best_thresholds;
use crate::interval::Interval;
use crate::order::{key_of, value_of};
use crate::random::Random;
use crate::scores::ScoreGroups;
use crate::threshold::{
    Objective, ThresholdInterval, ThresholdPoint, best_threshold_where, counts_at,
};
use crate::undefined::Value;

/// How a threshold is chosen: by an objective alone, or under a demand.
///
/// ```
/// use greenlight_metrics::{Choice, Objective, ScoreGroups};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.1, false)])?;
/// assert_eq!(Choice::Best(Objective::F1).of(&groups).and_then(|point| point.threshold), Some(0.9));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Choice {
    /// The best value of an objective.
    Best(Objective),
    /// The best under a demand.
    Under(Constraint),
}

impl Choice {
    /// What is made as good as possible.
    ///
    /// ```
    /// # use greenlight_metrics::{Choice, Constraint, Objective};
    /// assert_eq!(Choice::Under(Constraint::AlertsAtMost(5)).objective(), Objective::Recall);
    /// ```
    pub fn objective(&self) -> Objective {
        match self {
            Self::Best(objective) => *objective,
            Self::Under(constraint) => constraint.objective(),
        }
    }

    /// The threshold chosen on these rows. One pass over the distinct scores.
    ///
    /// ```
    /// # use greenlight_metrics::{Choice, Objective, ScoreGroups};
    /// assert_eq!(Choice::Best(Objective::F1).of(&ScoreGroups::default()), None);
    /// ```
    pub fn of(&self, groups: &ScoreGroups) -> Option<ThresholdPoint> {
        match self {
            Self::Best(objective) => {
                let [best] = best_thresholds(groups, [*objective]);
                best
            }
            Self::Under(constraint) => {
                best_threshold_where(groups, constraint.objective(), |counts| {
                    constraint.allows(counts)
                })
            }
        }
    }
}

/// A chosen threshold with its doubt.
///
/// ```
/// use greenlight_metrics::{Choice, Objective, ScoreGroups, ThresholdBootstrap};
/// let rows = (0..400).map(|row| (f64::from(row % 97), row % 97 + row % 13 > 60));
/// let groups = ScoreGroups::from_rows(rows)?;
/// let mut bootstrap = ThresholdBootstrap::new(&groups, Choice::Best(Objective::F1), 1).ok_or("none")?;
/// for _ in 0..100 {
///     bootstrap.step();
/// }
/// let band = bootstrap.finish().ok_or("too few replicates")?;
/// assert!(band.threshold.above <= bootstrap.point().threshold);
/// assert!(band.optimism >= 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThresholdBand {
    /// How many replicates chose.
    pub replicates: u32,
    /// The 95 % interval of the threshold; `up_to: None` reaches "flag nothing".
    pub threshold: ThresholdInterval,
    /// The 95 % interval of the objective at the chosen threshold on new rows.
    pub value: Option<Interval>,
    /// That of precision.
    pub precision: Option<Interval>,
    /// That of recall.
    pub recall: Option<Interval>,
    /// By how much the objective flatters on the rows that chose: its value there less its value on new rows,
    /// in the objective's unit; a cost is understated by it.
    pub optimism: f64,
}

/// Draws replicates one at a time, so that whoever waits can be told how far it is, and can stop it.
///
/// Each takes one pass over the distinct scores, and time for the rows: every row counts a Poisson number of
/// times with mean 1.
#[derive(Clone, Debug)]
pub struct ThresholdBootstrap<'g> {
    groups: &'g ScoreGroups,
    choice: Choice,
    point: ThresholdPoint,
    random: Random,
    replicate: ScoreGroups,
    chosen: Vec<u64>,
    value: Followed,
    precision: Followed,
    recall: Followed,
}

/// A metric over the replicates.
#[derive(Clone, Debug, Default)]
struct Followed {
    /// Its values at the chosen threshold.
    at_point: Vec<u64>,
    /// The sum and number of what choosing anew flatters it by.
    optimism: f64,
    replicates: u32,
}

impl<'g> ThresholdBootstrap<'g> {
    /// Begins; `None` where no threshold can be chosen at all.
    ///
    /// ```
    /// # use greenlight_metrics::{Choice, Objective, ScoreGroups, ThresholdBootstrap};
    /// let nothing = ScoreGroups::default();
    /// assert!(ThresholdBootstrap::new(&nothing, Choice::Best(Objective::F1), 1).is_none());
    /// ```
    pub fn new(groups: &'g ScoreGroups, choice: Choice, seed: u64) -> Option<Self> {
        Some(Self {
            groups,
            choice,
            point: choice.of(groups)?,
            random: Random::new(seed),
            replicate: groups.clone(),
            chosen: Vec::new(),
            value: Followed::default(),
            precision: Followed::default(),
            recall: Followed::default(),
        })
    }

    /// How many replicates are worth the wait for so many rows: 200, above two million rows fewer, and no
    /// fewer than the 40 that [`finish`](Self::finish) needs. Of so many rows the interval is narrow anyway.
    ///
    /// ```
    /// # use greenlight_metrics::ThresholdBootstrap;
    /// let replicates = [1_000, 4_000_000, 50_000_000].map(ThresholdBootstrap::replicates_for);
    /// assert_eq!(replicates, [200, 100, 40]);
    /// ```
    pub fn replicates_for(rows: u64) -> u32 {
        const DRAWN_ROWS: u64 = 400_000_000;
        // At most 200.
        (DRAWN_ROWS / rows.max(1)).clamp(40, 200) as u32
    }

    /// The threshold chosen on the rows themselves.
    ///
    /// ```
    /// # use greenlight_metrics::{Choice, Objective, ScoreGroups, ThresholdBootstrap};
    /// # let groups = ScoreGroups::from_rows([(0.9, true), (0.1, false)])?;
    /// let bootstrap = ThresholdBootstrap::new(&groups, Choice::Best(Objective::F1), 1).ok_or("none")?;
    /// assert_eq!(bootstrap.point().threshold, Some(0.9));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn point(&self) -> &ThresholdPoint {
        &self.point
    }

    /// One replicate. One in which nothing can be chosen, for want of a class, does not count.
    ///
    /// ```
    /// # use greenlight_metrics::{Choice, Objective, ScoreGroups, ThresholdBootstrap};
    /// # let groups = ScoreGroups::from_rows([(0.9, true), (0.1, false)])?;
    /// let mut bootstrap = ThresholdBootstrap::new(&groups, Choice::Best(Objective::F1), 1).ok_or("none")?;
    /// bootstrap.step();
    /// assert!(bootstrap.finish().is_none(), "one replicate says nothing");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn step(&mut self) {
        let random = &mut self.random;
        self.replicate
            .resample(self.groups, |rows| random.poisson(rows));
        let Some(chosen) = self.choice.of(&self.replicate) else {
            return;
        };
        let threshold = chosen.threshold.unwrap_or(f64::INFINITY);
        let on_all_rows = counts_at(self.groups, threshold);
        let at_point = counts_at(
            &self.replicate,
            self.point.threshold.unwrap_or(f64::INFINITY),
        );
        // A threshold is finite, or above all scores.
        self.chosen
            .push(key_of(threshold.min(f64::MAX)).unwrap_or(u64::MAX));
        let objective = self.choice.objective();
        let of = |metric: &dyn Fn(&BinaryCounts) -> Value| {
            (
                metric(&at_point),
                metric(&chosen.counts),
                metric(&on_all_rows),
            )
        };
        self.value.add(of(&|counts| objective.value(counts)));
        self.precision.add(of(&|counts| counts.precision()));
        self.recall.add(of(&|counts| counts.recall()));
    }

    /// What the replicates so far say; `None` of fewer than 40, whose outer fortieths are nobody.
    ///
    /// ```
    /// # use greenlight_metrics::{Choice, Objective, ScoreGroups, ThresholdBootstrap};
    /// # let groups = ScoreGroups::from_rows([(0.9, true), (0.8, true), (0.2, false), (0.1, false)])?;
    /// let mut bootstrap = ThresholdBootstrap::new(&groups, Choice::Best(Objective::F1), 1).ok_or("none")?;
    /// (0..60).for_each(|_| bootstrap.step());
    /// assert!(bootstrap.finish().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn finish(&self) -> Option<ThresholdBand> {
        let (low, high) = outer_quantiles(&self.chosen)?;
        let sign = match self.choice.objective() {
            Objective::Cost(_) => -1.0,
            _ => 1.0,
        };
        Some(ThresholdBand {
            replicates: self.chosen.len() as u32,
            threshold: ThresholdInterval {
                above: Some(low),
                up_to: Some(high).filter(|high| *high < f64::MAX),
            },
            value: self.value.interval(),
            precision: self.precision.share_interval(),
            recall: self.recall.share_interval(),
            optimism: sign * self.value.mean_optimism(),
        })
    }
}

impl Followed {
    fn add(&mut self, (at_point, chosen, on_all_rows): (Value, Value, Value)) {
        if let Some(key) = at_point.ok().and_then(|value| key_of(value).ok()) {
            self.at_point.push(key);
        }
        if let (Ok(chosen), Ok(on_all_rows)) = (chosen, on_all_rows) {
            self.optimism += chosen - on_all_rows;
            self.replicates += 1;
        }
    }

    fn mean_optimism(&self) -> f64 {
        self.optimism / f64::from(self.replicates.max(1))
    }

    fn interval(&self) -> Option<Interval> {
        let (low, high) = outer_quantiles(&self.at_point)?;
        let optimism = self.mean_optimism();
        Some(Interval {
            low: low - optimism,
            high: high - optimism,
        })
    }

    /// The interval of a share, which stays one.
    fn share_interval(&self) -> Option<Interval> {
        let Interval { low, high } = self.interval()?;
        Some(Interval {
            low: low.clamp(0.0, 1.0),
            high: high.clamp(0.0, 1.0),
        })
    }
}

/// The values at 2.5 % and 97.5 % of the sorted keys, which are values of replicates, not between two.
fn outer_quantiles(keys: &[u64]) -> Option<(f64, f64)> {
    let cut = keys.len() / 40;
    if cut == 0 {
        return None;
    }
    let mut sorted = keys.to_vec();
    sorted.sort_unstable();
    let (low, high) = (sorted.get(cut - 1)?, sorted.get(sorted.len() - cut)?);
    Some((value_of(*low), value_of(*high)))
}
