//! The rows that are judged by the model that answered, and a champion beside each challenger.

use greenlight_data::{Column, ColumnId, Table};
use greenlight_metrics::known_answers::distinct;
use greenlight_metrics::{
    Answer, Found, Interval, KnownAnswers, PairedAnswers, Undefined, Z_95, newcombe_difference,
};
use serde::{Deserialize, Serialize};

use crate::decision::Certainty;
use crate::observations::Observations;
use crate::statistics::Statistics;

use super::coded_column::CodedColumn;
use super::condition::Part;
use super::fingerprint;
use super::judged_rows::{Decider, JudgedRows};
use super::labelled::{Cell, cell};
use super::segments::SegmentColumn;

/// What the model in use is called, in any case of letters: the first of these that occurs, else the first whose name begins so.
const CHAMPION_NAMES: [&str; 9] = [
    "champion",
    "baseline",
    "current",
    "production",
    "incumbent",
    "control",
    "reference",
    "old",
    "v1",
];

/// Several models that answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelComparison {
    /// The rows of each model.
    pub models: SegmentColumn,
    /// How sure their counts of right and wrong answers are, as they are decided.
    pub certainty: Certainty,
    /// The champion beside the others, as the rows were decided; `None` once another threshold decides, and where there is one model
    /// alone.
    pub comparisons: Option<Comparisons>,
}

/// The champion beside each challenger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparisons {
    /// The model that the others are held against.
    pub champion: String,
    /// Why it is that one.
    pub champion_by: ChampionBy,
    /// The others, those with most rows first.
    pub challengers: Vec<Challenger>,
}

/// Why a model is the champion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChampionBy {
    /// Somebody chose it.
    Choice,
    /// It is called champion, baseline, current or the like.
    Name,
    /// Its name comes first.
    Order,
}

/// A model beside the champion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Challenger {
    /// Its name.
    pub model: String,
    /// One pair for each id to which both gave one answer: the first is the champion's, the second its own.
    pub pairs: PairedAnswers,
    /// Ids to which either gave several answers that differ. They are in no pair.
    pub ambiguous: u64,
    /// Right answers and answers of the champion, and its own: of all their rows.
    pub samples: [(u64, u64); 2],
}

impl Challenger {
    /// Whether answers to the same id are held against each other.
    pub fn is_paired(&self) -> bool {
        self.pairs.pairs > 0
    }

    /// How much more often it is right than the champion, with the 95 % interval: Newcombe's for paired shares, else that of two
    /// samples.
    ///
    /// # Errors
    /// Where there is nothing to compare.
    pub fn gain(&self) -> Result<(f64, Interval), Undefined> {
        if self.is_paired() {
            let Interval { low, high } = self.pairs.accuracy_drop_interval(Z_95)?;
            let turned = Interval {
                low: -high,
                high: -low,
            };
            return Ok((0.0 - self.pairs.accuracy_drop()?, turned));
        }
        let [(right_before, before), (right, rows)] = self.samples;
        let interval = newcombe_difference(right, rows, right_before, before)?;
        let share = |(right, rows): (u64, u64)| right as f64 / rows as f64;
        Ok((
            share((right, rows)) - share((right_before, before)),
            interval,
        ))
    }

    /// Whether the difference is more than chance explains: by McNemar's test of pairs, else by the interval.
    pub fn is_sure(&self) -> bool {
        match self.is_paired() {
            true => self.pairs.mcnemar_p_value() < 0.05,
            false => self
                .gain()
                .is_ok_and(|(_, interval)| !interval.contains(0.0)),
        }
    }
}

/// Rows with what tells their answers.
pub(super) struct Answers<'a> {
    pub table: &'a Table,
    pub id: Option<ColumnId>,
    pub rows: &'a JudgedRows,
    pub observations: &'a Observations<'a>,
    pub classes: usize,
    pub decider: &'a Decider,
}

impl ModelComparison {
    /// Of the rows of each model.
    pub(super) fn of(models: SegmentColumn) -> Self {
        Self {
            models,
            certainty: Certainty::Exact,
            comparisons: None,
        }
    }

    /// Holds the champion against each challenger; `column` names the models. Two passes over the rows and, where there are ids, three sorts
    /// of 8 bytes for each answer.
    pub(super) fn compare(&mut self, column: &Column, chosen: Option<&str>, answers: &Answers<'_>) {
        let names: Vec<&str> = self
            .models
            .segments
            .iter()
            .map(|model| model.value.as_str())
            .collect();
        let Some((champion, champion_by)) = champion(&names, chosen) else {
            return;
        };
        let coded = CodedColumn::by_value(column, answers.rows);
        let mut by_model = answers.by_model(&coded);
        let place = |name: &str| {
            let is_it = |part: &Part| matches!(part, Part::Value(value) if value == name);
            coded.parts.iter().position(is_it)
        };
        let mut given = |name: &str| {
            let given = place(name).and_then(|place| by_model.get_mut(place));
            given.map(std::mem::take).unwrap_or_default()
        };
        let known = |given: &[(u64, Answer)]| {
            let mut known = KnownAnswers::new(answers.classes);
            given
                .iter()
                .for_each(|(id, answer)| known.push(*id, *answer));
            known.sort();
            known
        };
        let of_champion = known(&given(&champion));
        let sample = |name: &str| {
            let matrix = self
                .model(name)
                .and_then(|rows| rows.confusion.as_ref().ok());
            matrix.map_or((0, 0), |matrix| (matrix.correct(), matrix.total()))
        };
        let challenger = |name: &&str| {
            let given = given(name);
            let own = known(&given);
            let mut challenger = Challenger {
                model: (*name).to_owned(),
                pairs: PairedAnswers::default(),
                ambiguous: 0,
                samples: [sample(&champion), sample(name)],
            };
            // Each id once.
            for id in distinct(given.into_iter().map(|(id, _)| id).collect()) {
                match (of_champion.find(id), own.find(id)) {
                    (Found::One { answer: first, .. }, Found::One { answer: second, .. }) => {
                        challenger.pairs.add(first, second, 1);
                        challenger.pairs.add_copies(1, 0);
                    }
                    (Found::None, _) | (_, Found::None) => {}
                    (Found::Several, _) | (_, Found::Several) => challenger.ambiguous += 1,
                }
            }
            challenger
        };
        let others = names.iter().filter(|name| **name != champion);
        let challengers = others.map(challenger).collect();
        self.comparisons = Some(Comparisons {
            champion_by,
            challengers,
            champion,
        });
    }

    /// Decides by another threshold, as well as the stops allow; pairs are known of one decision only.
    pub(crate) fn decide(&mut self, threshold: f64) {
        self.comparisons = None;
        self.certainty = self
            .models
            .statistics_mut()
            .map(|rows| rows.decide_at(threshold, None))
            .collect();
    }

    /// The rows of a model.
    pub fn model(&self, name: &str) -> Option<&Statistics> {
        let mut models = self.models.segments.iter();
        let model = models.find(|model| model.value == name)?;
        Some(&model.statistics)
    }
}

impl Answers<'_> {
    /// The answers of each part of a column, with the fingerprints of their ids; none where there are no ids. 24 bytes for each.
    fn by_model(&self, coded: &CodedColumn) -> Vec<Vec<(u64, Answer)>> {
        let mut by_model = vec![Vec::new(); coded.parts.len()];
        let Some(id) = self.id else { return by_model };
        let mut prints = vec![fingerprint::SEED; self.table.rows()];
        fingerprint::add(&mut prints, self.table, id);
        let answer = |row: usize, count: u64| {
            let observation = self.observations.row(row)?.ok()?;
            let class = self.decider.predicted(&observation)?;
            let is_right = observation.actual.is_some_and(|actual| actual.0 == class);
            let print = *prints.get(row)?;
            let has_id = count > 0 && cell(self.table, id, row) != Cell::Missing;
            has_id.then_some((print, Answer { class, is_right }))
        };
        for ((row, count), code) in self.rows.iter().zip(&coded.codes) {
            if let Some(given) = by_model.get_mut(usize::from(*code)) {
                given.extend(answer(row, count));
            }
        }
        by_model
    }
}

/// Which of several models the others are held against.
fn champion(names: &[&str], chosen: Option<&str>) -> Option<(String, ChampionBy)> {
    let mut names = names.to_vec();
    if names.len() < 2 {
        return None;
    }
    if let Some(chosen) = chosen.filter(|chosen| names.contains(chosen)) {
        return Some((chosen.to_owned(), ChampionBy::Choice));
    }
    names.sort_unstable();
    let lower: Vec<String> = names
        .iter()
        .map(|name| name.trim().to_lowercase())
        .collect();
    let is_called = |name: &str| lower.iter().position(|known| known == name);
    let begins = |name: &str| {
        let is_so = |known: &String| {
            let rest = known.strip_prefix(name);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        lower.iter().position(is_so)
    };
    let mut by_name = CHAMPION_NAMES.iter().filter_map(|name| is_called(name));
    let mut by_start = CHAMPION_NAMES.iter().filter_map(|name| begins(name));
    match by_name.next().or_else(|| by_start.next()) {
        Some(place) => Some(((*names.get(place)?).to_owned(), ChampionBy::Name)),
        None => Some(((*names.first()?).to_owned(), ChampionBy::Order)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_champion_is_chosen_called_so_or_the_first() {
        let of = |names: &[&str], chosen| champion(names, chosen);
        let by = |name: &str, by| Some((name.to_owned(), by));
        assert_eq!(of(&["b", "a"], None), by("a", ChampionBy::Order));
        assert_eq!(of(&["b", "a"], Some("b")), by("b", ChampionBy::Choice));
        assert_eq!(of(&["b", "a"], Some("c")), by("a", ChampionBy::Order));
        assert_eq!(of(&["v2", "V1"], None), by("V1", ChampionBy::Name));
        assert_eq!(
            of(&["challenger", "Champion"], None),
            by("Champion", ChampionBy::Name)
        );
        assert_eq!(
            of(&["a", "baseline_2023"], None),
            by("baseline_2023", ChampionBy::Name)
        );
        assert_eq!(of(&["v10", "a"], None), by("a", ChampionBy::Order));
        assert_eq!(of(&["alone"], None), None);
    }
}
