//! Another threshold without another pass over the rows.

use std::sync::Arc;

use greenlight_format::Told;
use greenlight_metrics::{
    AmountSums, BinaryAmounts, BinaryCounts, Located, ScoreGroups, amounts_at, counts_at,
};
use serde::{Deserialize, Serialize};

use crate::amounts::{AmountReader, SummedAmounts};
use crate::choices::Choices;
use crate::profile::{Profile, Settings};
use crate::profile_error::ProfileError;
use crate::rows::read_as_judged;
use crate::schema::DecisionRule;
use crate::source::Source;
use crate::statistics::{Statistics, matrix_of};
use crate::thresholds::{BestThresholds, Demands};

/// The sorted scores of a file by split: what the engine keeps to answer for any threshold exactly.
#[derive(Clone, Debug, Default)]
pub struct SortedScores {
    /// The scores of each split, and of the rows that name none.
    parts: Vec<(Option<String>, Arc<ScoreGroups>)>,
    /// The scores of the rows that are judged with their amounts, while costs depend on those.
    amounts: Option<(Arc<ScoreGroups>, AmountSums)>,
}

impl SortedScores {
    pub(crate) fn new(parts: Vec<(Option<String>, ScoreGroups)>) -> Self {
        let share = |(split, groups)| (split, Arc::new(groups));
        Self {
            parts: parts.into_iter().map(share).collect(),
            amounts: None,
        }
    }

    /// Keeps the amounts of the rows that are judged, in place of those before.
    pub(crate) fn keep_amounts(&mut self, settings: &Settings, sums: Option<SummedAmounts>) {
        let judged = |sums: SummedAmounts| {
            let scores = self.of(settings.current.as_deref());
            (scores, sums.into_judged())
        };
        self.amounts = sums.map(judged);
    }

    /// The counts of each split at `threshold`, found by bisection.
    pub fn counts_at(&self, threshold: f64) -> CountsAt {
        let counts = |(split, groups): &(Option<String>, Arc<ScoreGroups>)| {
            (split.clone(), counts_at(groups, threshold))
        };
        CountsAt {
            threshold,
            parts: self.parts.iter().map(counts).collect(),
            amounts: self
                .amounts
                .as_ref()
                .map(|(scores, sums)| amounts_at(scores, sums, threshold)),
        }
    }

    /// The best thresholds for these demands, chosen as the `settings` say. Where costs depend on amounts, those are
    /// read from the `source`, through the `choices` that gave the profile; the others need no row.
    ///
    /// # Errors
    /// When there are no such amounts.
    pub fn thresholds(
        &mut self,
        source: &Source,
        choices: &Choices,
        settings: &Settings,
        demands: &Demands,
    ) -> Result<BestThresholds, ProfileError> {
        let chooser = self.choosing(settings);
        let judged = match settings.is_seen_elsewhere() {
            true => self.of(settings.current.as_deref()),
            false => Arc::clone(&chooser),
        };
        let sums = match &demands.amount {
            None => None,
            Some(amount) => {
                let (_, schema, observations) = read_as_judged(source, choices, settings)?;
                let reader = AmountReader::new(&source.table, amount, &observations, &schema)?;
                Some(reader.sums(settings, &chooser, &judged))
            }
        };
        let mut best = BestThresholds::choose(&chooser, &judged, settings, demands, sums.as_ref());
        if let Some(sums) = &sums {
            best.decide_amounts(sums, &judged, settings);
        }
        self.amounts = sums.map(|sums| (judged, sums.into_judged()));
        Ok(best)
    }

    /// The scores of the rows that choose thresholds: those of the reference, else those that are judged.
    pub fn choosing(&self, settings: &Settings) -> Arc<ScoreGroups> {
        let Settings {
            reference, current, ..
        } = settings;
        self.of(reference.as_deref().or(current.as_deref()))
    }

    /// The scores of a split; those of all rows without one, which are put together where there are several.
    pub fn of(&self, split: Option<&str>) -> Arc<ScoreGroups> {
        let is_chosen = |name: &Option<String>| split.is_none() || name.as_deref() == split;
        let chosen = self.parts.iter().filter(|(name, _)| is_chosen(name));
        let chosen: Vec<&Arc<ScoreGroups>> = chosen.map(|(_, groups)| groups).collect();
        match chosen.as_slice() {
            [only] => Arc::clone(only),
            parts => Arc::new(ScoreGroups::merged(parts.iter().map(|groups| &***groups))),
        }
    }
}

/// The counts of each split at one threshold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountsAt {
    /// The threshold.
    pub threshold: f64,
    /// The counts of each split, and of the rows that name none.
    pub parts: Vec<(Option<String>, BinaryCounts)>,
    /// What the rows that are judged amount to there, where costs depend on that.
    pub amounts: Option<BinaryAmounts>,
}

impl CountsAt {
    fn of(&self, split: Option<&str>) -> Option<BinaryCounts> {
        let found = self.parts.iter().find(|(name, _)| name.as_deref() == split);
        found.map(|(_, counts)| *counts)
    }

    fn overall(&self) -> BinaryCounts {
        let mut all = BinaryCounts::default();
        for (_, counts) in &self.parts {
            all.merge(counts);
        }
        all
    }
}

/// How sure the counts of right and wrong answers are. It is written as whether they are rough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "bool", into = "bool")]
pub enum Certainty {
    /// They are those of the rows.
    #[default]
    Exact,
    /// The threshold lies between two stops, and they are those of the next one that flags more rows; the engine knows better.
    NearestStop,
}

impl Certainty {
    /// How well numbers are known that follow from them.
    pub fn told(self) -> Told {
        match self {
            Self::Exact => Told::Exactly,
            Self::NearestStop => Told::Rounded,
        }
    }

    /// Whether they are not those of the rows.
    pub fn is_rough(self) -> bool {
        self == Self::NearestStop
    }

    /// How sure this and the `other` are together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match self {
            Self::Exact => other,
            Self::NearestStop => Self::NearestStop,
        }
    }

    /// The counts to go by until the engine has counted, and how sure they are. Without scores no row is counted.
    pub fn of(located: Option<Located>) -> (BinaryCounts, Self) {
        match located {
            None => (BinaryCounts::default(), Self::Exact),
            Some(Located::Exact(counts)) => (counts, Self::Exact),
            Some(Located::Between { more, .. }) => (more, Self::NearestStop),
        }
    }
}

impl From<bool> for Certainty {
    fn from(is_rough: bool) -> Self {
        match is_rough {
            true => Self::NearestStop,
            false => Self::Exact,
        }
    }
}

impl From<Certainty> for bool {
    fn from(certainty: Certainty) -> Self {
        certainty.is_rough()
    }
}

impl FromIterator<Certainty> for Certainty {
    /// How sure all are together; every one is asked for, also where one is known to be rough.
    fn from_iter<I: IntoIterator<Item = Self>>(certainties: I) -> Self {
        certainties.into_iter().fold(Self::Exact, Self::and)
    }
}

impl Statistics {
    /// Decides the rows by `score >= threshold`: with the `exact` counts, else from the stops, where there are any.
    pub(crate) fn decide_at(&mut self, threshold: f64, exact: Option<BinaryCounts>) -> Certainty {
        let (counts, certainty) = match (exact, self.tradeoff()) {
            (Some(counts), _) => (counts, Certainty::Exact),
            (None, Some(tradeoff)) => Certainty::of(tradeoff.stops.at(threshold)),
            (None, None) => return Certainty::Exact,
        };
        self.decide(matrix_of(counts));
        certainty
    }
}

impl Profile {
    /// The same rows decided by `score >= threshold`: with the `exact` counts where they are those of this
    /// threshold, else from the stops; its [`certainty`](Self::certainty) says which. `None` where rows have no score of a positive class.
    ///
    /// Segments and windows are always decided from their stops, which are few, and have a certainty of their own. What the wrong answers have in common is known of one decision only, and left out
    /// where this is another.
    ///
    /// Costs a copy of the profile, whatever the number of rows.
    pub fn decided_at(&self, threshold: f64, exact: Option<&CountsAt>) -> Option<Self> {
        self.classes.positive()?;
        let exact = exact.filter(|counts| counts.threshold == threshold);
        let mut decided = self.clone();
        let mut certainty = Certainty::Exact;
        let mut decide = |statistics: &mut Statistics, counts: Option<BinaryCounts>| {
            certainty = certainty.and(statistics.decide_at(threshold, counts));
        };
        let overall = exact.map(CountsAt::overall);
        self.overall.tradeoff()?;
        decide(&mut decided.overall, overall);
        for (name, statistics) in &mut decided.splits {
            decide(statistics, exact.and_then(|exact| exact.of(Some(name))));
        }
        let best = decided.thresholds.as_mut();
        if let Some(amounts) = best.and_then(|best| best.amounts.as_mut()) {
            let exact = exact.and_then(|exact| exact.amounts);
            certainty = certainty.and(amounts.decide(threshold, exact));
        }
        if let Some(examination) = &mut decided.examination {
            examination.decide(&self.settings, threshold);
        }
        if let Some(windows) = &mut decided.kept_windows {
            windows.decide(threshold);
        }
        decided.settings.decision = Some(DecisionRule::Threshold);
        decided.settings.threshold = Some(threshold);
        decided.certainty = certainty;
        Some(decided)
    }
}
