//! Answers to perturbed copies beside those to the clean form of the same examples.

use greenlight_metrics::{ErrorCount, Interval, PairedAnswers, WorstOfK, newcombe_difference_at};
use serde::{Deserialize, Serialize};

use crate::criteria::Outcome;

/// The rows that are judged, by variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variants {
    /// The column that tells variants apart.
    pub column: String,
    /// Which of its values is the clean one.
    pub clean: Clean,
    /// The clean rows.
    pub clean_rows: u64,
    /// Those of them with an answer to judge.
    pub clean_answers: ErrorCount,
    /// The values of the column that most perturbed rows have, most first.
    pub perturbations: Vec<Perturbation>,
    /// All perturbed rows, those of rarer values among them.
    pub all: Perturbation,
    /// How many rarer values there are; they are in [`all`](Self::all) alone.
    pub folded: u64,
    /// Rows that have no value, where a value is the clean one. They are neither clean nor perturbed.
    pub missing: u64,
    /// How clean and perturbed rows are compared.
    pub comparison: Comparison,
    /// Examples with perturbed copies of which there is no clean answer.
    pub examples_without_clean: u64,
    /// Whether labels say which answers are right.
    pub has_labels: bool,
}

/// The value of rows that are not perturbed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Clean {
    /// It is called so.
    Named(String),
    /// Nothing is called so, and rows without a value are clean.
    Missing,
    /// Nothing is called so, and most rows have this value.
    MostFrequent(String),
}

/// How clean and perturbed rows are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparison {
    /// As pairs of one example.
    ById,
    /// As two samples: no column tells which rows are copies of the same example.
    NoId,
    /// As two samples: no id has both one clean answer and a perturbed copy.
    NoPairs,
}

/// The rows of a perturbation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Perturbation {
    /// The value; empty for all perturbations together.
    pub value: String,
    /// Its rows.
    pub rows: u64,
    /// Those of them with an answer to judge.
    pub answers: ErrorCount,
    /// Those of them that have a clean answer beside them.
    pub pairs: PairedAnswers,
}

/// The perturbation under which accuracy falls most, by the rule for the worst of several.
#[derive(Clone, Debug, PartialEq)]
pub struct WorstPerturbation<'v> {
    /// The perturbation.
    pub perturbation: &'v Perturbation,
    /// How far accuracy falls.
    pub drop: f64,
    /// Its interval at level 1 − 0.05/k.
    pub interval: Interval,
    /// Pairs behind it, or rows on the smaller side where they are compared as two samples.
    pub rows: u64,
    /// How many perturbations of at least so many rows were judged: k.
    pub judged: u64,
    /// `Fail` where the whole interval lies beyond the limit, `AtRisk` where the fall alone does.
    pub outcome: Outcome,
}

impl Variants {
    /// The share of right answers to clean and to perturbed rows: on the pairs, where there are any.
    ///
    /// # Errors
    /// Why there is none.
    pub fn accuracies(&self, of: &Perturbation) -> Result<(f64, f64), &'static str> {
        let rows = self.compared(of)?;
        let share = |part: u64, whole: u64| part as f64 / whole as f64;
        Ok(match self.comparison {
            Comparison::ById => (
                share(of.pairs.first_right, rows),
                share(of.pairs.second_right(), rows),
            ),
            Comparison::NoId | Comparison::NoPairs => {
                let (clean, perturbed) = (&self.clean_answers, &of.answers);
                (
                    share(clean.right(), clean.rows),
                    share(perturbed.right(), perturbed.rows),
                )
            }
        })
    }

    /// How far accuracy falls, with its interval at `z`: Newcombe's for paired data, or for two samples.
    ///
    /// # Errors
    /// Why there is none.
    pub fn drop(&self, of: &Perturbation, z: f64) -> Result<(f64, Interval), &'static str> {
        let (clean, perturbed) = self.accuracies(of)?;
        let interval = match self.comparison {
            Comparison::ById => of.pairs.accuracy_drop_interval(z),
            Comparison::NoId | Comparison::NoPairs => {
                let (clean, perturbed) = (&self.clean_answers, &of.answers);
                let (right, rows) = (clean.right(), clean.rows);
                newcombe_difference_at(right, rows, perturbed.right(), perturbed.rows, z)
            }
        };
        let drop = match self.comparison {
            // Of whole numbers, so that what cancels does so exactly.
            Comparison::ById => of.pairs.accuracy_drop().map_err(|_| NO_PAIRS)?,
            Comparison::NoId | Comparison::NoPairs => clean - perturbed,
        };
        Ok((drop, interval.map_err(|_| NO_PAIRS)?))
    }

    /// Pairs behind a fall, or rows on the smaller side where clean and perturbed ones are compared as two samples.
    ///
    /// # Errors
    /// Why there is nothing to compare.
    pub fn compared(&self, of: &Perturbation) -> Result<u64, &'static str> {
        if !self.has_labels {
            return Err("no label says which answers are right");
        }
        match self.comparison {
            Comparison::ById if of.pairs.pairs == 0 => Err(NO_PAIRS),
            Comparison::ById => Ok(of.pairs.pairs),
            Comparison::NoId | Comparison::NoPairs => {
                match self.clean_answers.rows.min(of.answers.rows) {
                    0 if self.clean_answers.rows == 0 => Err("no clean row has an answer to judge"),
                    0 => Err("no perturbed row has an answer to judge"),
                    rows => Ok(rows),
                }
            }
        }
    }

    /// Why answers cannot be held against those to the same examples, where they cannot.
    pub fn why_unpaired(&self) -> Option<&'static str> {
        match self.comparison {
            Comparison::ById => None,
            Comparison::NoId => Some(
                "no column plays the id: it is not known which rows are copies of the same example",
            ),
            Comparison::NoPairs => Some("no id has both a perturbed copy and one clean answer"),
        }
    }

    /// The perturbation under which accuracy falls most, which should be by at most `limit`; among those of at least `fewest`
    /// rows, and never fewer than 30. `None` where there is none.
    pub fn worst(&self, limit: f64, fewest: u64) -> Option<WorstPerturbation<'_>> {
        let rows = self.perturbations.iter();
        let rows = rows.map(|perturbation| self.compared(perturbation).unwrap_or(0));
        // The rule is of what should be high.
        let worst = WorstOfK::among(fewest, rows, -limit, |index, z| {
            let (drop, Interval { low, high }) =
                self.drop(self.perturbations.get(index)?, z).ok()?;
            Some((
                -drop,
                Interval {
                    low: -high,
                    high: -low,
                },
            ))
        })?;
        let drop = -worst.value;
        Some(WorstPerturbation {
            perturbation: self.perturbations.get(worst.index)?,
            drop,
            interval: Interval {
                low: -worst.interval.high,
                high: -worst.interval.low,
            },
            rows: worst.rows,
            judged: worst.judged,
            outcome: match (worst.is_surely_below, drop > limit) {
                (true, _) => Outcome::Fail,
                (false, true) => Outcome::AtRisk,
                (false, false) => Outcome::Pass,
            },
        })
    }

    /// The perturbation of at least 30 pairs under which the largest share of answers differs from the clean ones; of equals the
    /// more frequent.
    pub fn flips_most(&self) -> Option<(&Perturbation, f64)> {
        let mut most: Option<(&Perturbation, f64)> = None;
        for perturbation in &self.perturbations {
            let rate = perturbation.pairs.flip_rate();
            let rate = rate.ok().filter(|_| perturbation.pairs.pairs >= 30);
            if let Some(rate) = rate
                && most.is_none_or(|(_, most)| rate > most)
            {
                most = Some((perturbation, rate));
            }
        }
        most
    }
}

const NO_PAIRS: &str = "none of its rows has a clean answer beside it";
