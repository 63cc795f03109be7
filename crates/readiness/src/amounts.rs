//! Costs that depend on an amount in each row: read from a column that is named, and only where one is.

use greenlight_data::{Table, Values};
use greenlight_format as format;
use greenlight_metrics::{
    AmountCollector, AmountSums, BinaryAmounts, BinaryCounts, CostMatrix, ScoreCollector,
    ScoreGroups, ThresholdStops, amounts_at,
};
use serde::{Deserialize, Serialize};

use crate::decision::Certainty;
use crate::observations::Observations;
use crate::profile::Settings;
use crate::schema::{Schema, first_word};
use crate::thresholds::BestThresholds;
use crate::tradeoff::Detail;

/// That answers cost a factor times the amount in their row.
///
/// ```
/// use greenlight_readiness::AmountDemand;
/// let lost = AmountDemand::lost("amount");
/// assert_eq!((lost.factors.fn_, lost.factors.fp), (1.0, 0.0), "a missed case costs its amount");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountDemand {
    /// The column of the amounts.
    pub column: String,
    /// What each kind of answer costs for each unit of the amount in its row.
    pub factors: CostMatrix,
}

impl AmountDemand {
    /// That a missed case costs its amount, and nothing else depends on it.
    pub fn lost(column: impl Into<String>) -> Self {
        Self {
            column: column.into(),
            factors: CostMatrix {
                fn_: 1.0,
                ..CostMatrix::default()
            },
        }
    }
}

/// What was asked about amounts, and the amounts of the rows that are judged. Its size does not grow with them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AmountCosts {
    /// What was asked.
    pub demand: AmountDemand,
    /// Of all rows with a score, those whose amount is missing or no number: it counts as 0.
    pub rows_without: u64,
    /// Of all rows with a score, those whose amount is negative: what would be a cost is a gain, and the other way round.
    pub rows_negative: u64,
    /// What the rows that are judged amount to, as they are decided.
    pub in_force: BinaryAmounts,
    /// The same at the threshold that costs least, where other rows chose it.
    pub seen: Option<BinaryAmounts>,
    /// Places for a slider, the best thresholds among them.
    pub stops: ThresholdStops,
    /// What the rows that are judged amount to at each stop.
    pub at_stops: Vec<BinaryAmounts>,
}

impl AmountCosts {
    /// Decides by `score >= threshold`: with the `exact` amounts there, where they are known, else from the stops.
    pub fn decide(&mut self, threshold: f64, exact: Option<BinaryAmounts>) -> Certainty {
        let place = self.stops.place(threshold);
        let stop = place.and_then(|(place, _)| self.at_stops.get(place));
        self.in_force = exact.or(stop.copied()).unwrap_or_default();
        match place {
            Some((_, false)) if exact.is_none() => Certainty::NearestStop,
            _ => Certainty::Exact,
        }
    }

    /// What is odd about the amounts, a sentence each: that some rows have none, that some are negative.
    pub fn notes(&self) -> impl Iterator<Item = String> + use<> {
        let without = match self.rows_without {
            0 => None,
            1 => Some("1 row has no amount and counts as 0".to_owned()),
            rows => Some(format!(
                "{} rows have no amount and count as 0",
                format::count(rows)
            )),
        };
        let negative = match self.rows_negative {
            0 => None,
            1 => Some("1 row has a negative amount: there a cost is a gain".to_owned()),
            rows => Some(format!(
                "{} rows have a negative amount: there a cost is a gain",
                format::count(rows)
            )),
        };
        without.into_iter().chain(negative)
    }
}

/// Why a column has no amounts.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AmountError {
    /// There is no such column.
    #[error("there is no column “{column}” to take amounts from; the columns are {columns}")]
    UnknownColumn {
        /// The name that was asked for.
        column: String,
        /// The names that exist.
        columns: String,
    },
    /// Its cells are words.
    #[error(
        "the column “{column}” holds words (“{example}”), not amounts: choose a column of numbers"
    )]
    Words {
        /// The column.
        column: String,
        /// One of them.
        example: String,
    },
    /// Its cells are points in time.
    #[error("the column “{column}” holds times, not amounts: choose a column of numbers")]
    Times {
        /// The column.
        column: String,
    },
}

/// Reads amounts beside observations.
pub(crate) struct AmountReader<'t> {
    demand: &'t AmountDemand,
    observations: &'t Observations<'t>,
    schema: &'t Schema,
    amounts: &'t [f64],
}

/// A row with a score and a known class.
struct ScoredRow {
    split: Option<usize>,
    score: f64,
    positive: bool,
    /// Whether the file's own prediction flags it, where that decides.
    flagged: Option<bool>,
    count: u64,
    /// NaN where there is none.
    amount: f64,
}

impl<'t> AmountReader<'t> {
    /// To read what is demanded from `table`, whose rows are these observations.
    pub fn new(
        table: &'t Table,
        demand: &'t AmountDemand,
        observations: &'t Observations<'t>,
        schema: &'t Schema,
    ) -> Result<Self, AmountError> {
        let column = &demand.column;
        let found = table.column_named(column).and_then(|id| table.column(id));
        let column = column.clone();
        let amounts = match found.map(|found| &found.values) {
            Some(Values::Number(amounts)) => amounts,
            Some(Values::Category(categories)) => {
                let example = first_word(categories.dictionary());
                return Err(AmountError::Words { column, example });
            }
            Some(_) => return Err(AmountError::Times { column }),
            None => {
                let names: Vec<&str> = table
                    .columns()
                    .iter()
                    .map(|known| known.name.as_str())
                    .collect();
                let columns = names.join(", ");
                return Err(AmountError::UnknownColumn { column, columns });
            }
        };
        Ok(Self {
            demand,
            observations,
            schema,
            amounts,
        })
    }

    fn rows(&self) -> impl Iterator<Item = ScoredRow> + '_ {
        let positive = self.schema.classes.positive();
        (0..self.observations.rows()).filter_map(move |row| {
            let observation = self.observations.row(row)?.ok()?;
            let positive = positive?;
            Some(ScoredRow {
                split: observation.split,
                score: observation.score?,
                positive: observation.actual?.0 == positive,
                flagged: observation.predicted.map(|class| class.0 == positive),
                count: Some(observation.count).filter(|count| *count > 0)?,
                amount: self.amounts.get(row).copied().unwrap_or(f64::NAN),
            })
        })
    }

    /// Adds the amounts up next to the scores of the rows that choose thresholds, and next to those of the rows that
    /// are judged where those are others. Two passes over the rows, and a sort.
    pub fn sums(
        &self,
        settings: &Settings,
        chooser: &ScoreGroups,
        judged: &ScoreGroups,
    ) -> SummedAmounts {
        let is_of = |row: &ScoredRow, split: Option<&String>| {
            split.is_none_or(|split| {
                let name = row.split.and_then(|index| self.schema.splits.get(index));
                name == Some(split)
            })
        };
        let choosing = settings.reference.as_ref().or(settings.current.as_ref());
        let judging = settings.current.as_ref();

        let (mut rows_without, mut rows_negative, mut largest) = (0_u64, 0_u64, 0.0_f64);
        let mut predicted = None::<BinaryCounts>;
        for row in self.rows() {
            if row.amount.is_nan() {
                rows_without = rows_without.saturating_add(row.count);
            } else if row.amount < 0.0 {
                rows_negative = rows_negative.saturating_add(row.count);
            }
            largest = largest.max(row.amount.abs());
            if let Some(flagged) = row.flagged.filter(|_| is_of(&row, judging)) {
                let counts = predicted.get_or_insert_default();
                counts.merge(&counts_of(row.positive, flagged, row.count));
            }
        }

        // The file's own prediction is a score of 1 or 0.
        let predicted = predicted.map(|counts| predictions(&counts));
        let mut by_prediction = predicted
            .as_ref()
            .map(|groups| AmountCollector::new(groups, largest));
        let mut by_chooser = AmountCollector::new(chooser, largest);
        let mut by_judged = settings
            .is_seen_elsewhere()
            .then(|| AmountCollector::new(judged, largest));
        for row in self.rows().filter(|row| !row.amount.is_nan()) {
            let add = |collector: &mut AmountCollector<'_>, score| {
                // Cannot fail: tables hold finite numbers.
                let _ = collector.push(score, row.positive, row.count, row.amount);
            };
            if is_of(&row, choosing) {
                add(&mut by_chooser, row.score);
            }
            if is_of(&row, judging) {
                if let Some(collector) = &mut by_judged {
                    add(collector, row.score);
                }
                if let (Some(collector), Some(flagged)) = (&mut by_prediction, row.flagged) {
                    add(collector, f64::from(u8::from(flagged)));
                }
            }
        }
        SummedAmounts {
            demand: self.demand.clone(),
            rows_without,
            rows_negative,
            predicted: predicted
                .as_ref()
                .zip(by_prediction.map(AmountCollector::finish))
                .map(|(groups, sums)| amounts_at(groups, &sums, 1.0)),
            chooser: by_chooser.finish(),
            judged: by_judged.map(AmountCollector::finish),
        }
    }
}

fn counts_of(positive: bool, flagged: bool, count: u64) -> BinaryCounts {
    let mut counts = BinaryCounts::default();
    *match (positive, flagged) {
        (true, true) => &mut counts.tp,
        (false, true) => &mut counts.fp,
        (true, false) => &mut counts.fn_,
        (false, false) => &mut counts.tn,
    } = count;
    counts
}

fn predictions(counts: &BinaryCounts) -> ScoreGroups {
    let mut collector = ScoreCollector::default();
    for (score, positive, count) in [
        (1.0, true, counts.tp),
        (1.0, false, counts.fp),
        (0.0, true, counts.fn_),
        (0.0, false, counts.tn),
    ] {
        // Cannot fail: these are finite.
        let _ = collector.push(score, positive, count);
    }
    collector.finish()
}

/// The amounts of the rows that choose thresholds and of those that are judged, added up next to their scores.
pub(crate) struct SummedAmounts {
    demand: AmountDemand,
    rows_without: u64,
    rows_negative: u64,
    /// What the judged rows amount to as the file's own predictions decide.
    predicted: Option<BinaryAmounts>,
    chooser: AmountSums,
    /// Where other rows are judged.
    judged: Option<AmountSums>,
}

impl SummedAmounts {
    /// Those of the rows that choose.
    pub fn chooser(&self) -> &AmountSums {
        &self.chooser
    }

    fn judged(&self) -> &AmountSums {
        self.judged.as_ref().unwrap_or(&self.chooser)
    }

    /// Those of the rows that are judged, to keep.
    pub fn into_judged(self) -> AmountSums {
        self.judged.unwrap_or(self.chooser)
    }

    /// What is to be known of the rows that are judged, with stops at these best thresholds.
    pub fn costs(&self, judged: &ScoreGroups, best: &BestThresholds) -> AmountCosts {
        let at = |threshold: Option<f64>| {
            // No threshold is the highest of all: nothing is flagged.
            amounts_at(judged, self.judged(), threshold.unwrap_or(f64::INFINITY))
        };
        let stops = ThresholdStops::with(judged, Detail::FINE.stops, &best.flagging());
        let cheapest = best.cost.filter(|_| self.judged.is_some());
        AmountCosts {
            demand: self.demand.clone(),
            rows_without: self.rows_without,
            rows_negative: self.rows_negative,
            in_force: BinaryAmounts::default(),
            seen: cheapest.map(|point| at(point.threshold)),
            at_stops: stops
                .stops()
                .iter()
                .map(|stop| at(stop.interval.up_to))
                .collect(),
            stops,
        }
    }

    /// What the rows that are judged amount to as the settings decide.
    pub fn in_force(&self, judged: &ScoreGroups, settings: &Settings) -> BinaryAmounts {
        self.predicted.unwrap_or_else(|| {
            let threshold = settings.threshold.unwrap_or(f64::INFINITY);
            amounts_at(judged, self.judged(), threshold)
        })
    }
}
