//! The rows that are judged, and what became of each.

use greenlight_metrics::{CountedRows, Halves};

use crate::observations::{Observation, Observations};
use crate::profile::Settings;
use crate::schema::{DecisionRule, Schema};

use super::coded_column::CodedColumn;

/// The answer is wrong.
pub(crate) const WRONG: u8 = 1;
/// The row is actually positive.
pub(crate) const POSITIVE: u8 = 2;
/// The row, which stands for one observation, is in the half on which the error tree grows.
const GROWING: u8 = 4;
/// There is no answer to judge: the call failed, or nothing decides.
const UNANSWERED: u8 = 8;

/// The usable rows of the split that is judged. A row takes 5 bytes; 21 where rows stand for several.
#[derive(Debug, Default)]
pub(crate) struct JudgedRows {
    /// Rows of the table.
    pub rows: Vec<u32>,
    /// Bits for each of them.
    pub outcomes: Vec<u8>,
    /// Observations that each stands for; `None` where each is one.
    pub counts: Option<Vec<u64>>,
    /// Those of them that are in the half on which the error tree grows.
    growing: Vec<u64>,
}

impl JudgedRows {
    /// Decides as the `settings` say. One pass over the rows.
    pub fn of(observations: &Observations<'_>, schema: &Schema, settings: &Settings) -> Self {
        let current = settings.current.as_ref();
        let current = current.and_then(|name| schema.splits.iter().position(|known| known == name));
        let decider = Decider::new(schema, settings);
        let positive = decider.positive;
        let (mut rows, mut outcomes, mut counts) = (vec![], vec![], vec![]);
        let mut is_counted = false;
        for row in 0..observations.rows() {
            let Some(Ok(observation)) = observations.row(row) else {
                continue;
            };
            if observation.count == 0 || current.is_some() && observation.split != current {
                continue;
            }
            let actual = observation.actual.map(|actual| actual.0);
            let predicted = decider.predicted(&observation);
            let outcome = match (actual, predicted) {
                (Some(actual), Some(predicted)) => {
                    let bit = |is: bool, bit: u8| if is { bit } else { 0 };
                    bit(actual != predicted, WRONG) | bit(Some(actual) == positive, POSITIVE)
                }
                _ => UNANSWERED,
            };
            rows.push(row as u32);
            outcomes.push(outcome);
            counts.push(observation.count);
            is_counted |= observation.count != 1;
        }
        Self {
            rows,
            outcomes,
            counts: is_counted.then_some(counts),
            growing: Vec::new(),
        }
    }

    /// Each row of the table with the number of observations it stands for.
    pub fn iter(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        let rows = self.rows.iter().enumerate();
        rows.map(|(position, &row)| (row as usize, self.count(position)))
    }

    /// Each row of the table with its bits, where there is an answer to judge, and the number of observations it stands for.
    pub fn outcomes(&self) -> impl Iterator<Item = (usize, Option<u8>, u64)> + '_ {
        let outcomes = self.iter().zip(&self.outcomes);
        outcomes.map(|((row, count), &outcome)| {
            let answered = (outcome & UNANSWERED == 0).then_some(outcome);
            (row, answered, count)
        })
    }

    /// The observations that the row at a position stands for.
    pub fn count(&self, position: usize) -> u64 {
        match &self.counts {
            None => 1,
            Some(counts) => counts.get(position).copied().unwrap_or(0),
        }
    }

    /// How many of them are in the half on which the error tree grows.
    pub fn growing(&self, position: usize) -> u64 {
        match &self.counts {
            None => {
                let outcome = self.outcomes.get(position).copied().unwrap_or(0);
                u64::from(outcome & GROWING != 0)
            }
            Some(_) => self.growing.get(position).copied().unwrap_or(0),
        }
    }

    /// Puts the rows in two halves by what is in them.
    pub fn halve(&mut self, columns: &[CodedColumn]) {
        let mix = |hash: u64, code: u8| {
            let hash = (hash ^ u64::from(code)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            hash ^ (hash >> 29)
        };
        let outcomes = self.outcomes.iter();
        let mut hashes: Vec<u64> = outcomes.map(|&outcome| mix(0x5EED, outcome)).collect();
        for column in columns {
            for (hash, &code) in hashes.iter_mut().zip(&column.codes) {
                *hash = mix(*hash, code);
            }
        }
        let counted = hashes.iter().enumerate();
        let mut halves = Halves::of(counted.map(|(row, &hash)| (hash, self.count(row))));
        match &self.counts {
            None => {
                for (outcome, hash) in self.outcomes.iter_mut().zip(hashes) {
                    if halves.first(hash, 1) == 1 {
                        *outcome |= GROWING;
                    }
                }
            }
            Some(counts) => {
                let rows = hashes.iter().zip(counts);
                self.growing = rows
                    .map(|(&hash, &count)| halves.first(hash, count))
                    .collect();
            }
        }
    }

    /// Keeps the rows with an answer to judge.
    pub fn retain_answered(&mut self) {
        let outcomes = &self.outcomes;
        if !outcomes.contains(&UNANSWERED) {
            return;
        }
        let is_answered = |position: usize| {
            outcomes
                .get(position)
                .is_some_and(|outcome| *outcome != UNANSWERED)
        };
        retain(&mut self.rows, is_answered);
        if let Some(counts) = &mut self.counts {
            retain(counts, is_answered);
        }
        self.outcomes.retain(|outcome| *outcome != UNANSWERED);
    }

    /// Those of them at the positions that are kept.
    pub fn part(&self, keeps: impl Fn(usize) -> bool) -> Self {
        let kept = || (0..self.rows.len()).filter(|&position| keeps(position));
        let counts = || kept().map(|position| self.count(position)).collect();
        Self {
            rows: kept().filter_map(|at| self.rows.get(at).copied()).collect(),
            outcomes: kept()
                .filter_map(|at| self.outcomes.get(at).copied())
                .collect(),
            counts: self.counts.as_ref().map(|_| counts()),
            growing: Vec::new(),
        }
    }

    /// As they are counted.
    pub fn counted(&self) -> CountedRows<'_> {
        CountedRows {
            wrong: &self.outcomes,
            counts: self.counts.as_deref(),
        }
    }
}

/// What decides the class of a row.
pub(crate) struct Decider {
    positive: Option<usize>,
    /// Where scores decide: from this one on a row is positive.
    threshold: Option<f64>,
}

impl Decider {
    /// As the `settings` say.
    pub fn new(schema: &Schema, settings: &Settings) -> Self {
        let by_threshold = settings.decision == Some(DecisionRule::Threshold);
        Self {
            positive: schema.classes.positive(),
            // No threshold is the highest of all: nothing is flagged.
            threshold: by_threshold.then(|| settings.threshold.unwrap_or(f64::INFINITY)),
        }
    }

    /// The class that a row is given, where it has what decides.
    pub fn predicted(&self, observation: &Observation) -> Option<usize> {
        let Some(threshold) = self.threshold else {
            return observation.predicted.map(|predicted| predicted.0);
        };
        let (positive, score) = (self.positive?, observation.score?);
        // Of two classes the other one.
        Some(if score >= threshold {
            positive
        } else {
            1 - positive
        })
    }
}

fn retain<T>(values: &mut Vec<T>, keeps: impl Fn(usize) -> bool) {
    let mut position = 0;
    values.retain(|_| {
        position += 1;
        keeps(position - 1)
    });
}
