//! The score of the positive class, and scores of each class.

use super::class_scores::{Group, class_as_known, groups, readings};
use super::summary::Summary;
use super::vocabulary::{PREDICTION, PROBABILITY, SCORE, SCORE_WORDS};
use super::{Candidate, Guesser};
use crate::positive::guess_positive;
use crate::roles::Role;
use crate::table::ColumnId;
use std::collections::BTreeSet;

impl Guesser<'_> {
    /// One column of scores a class, named after the classes.
    pub(super) fn guess_class_scores(&mut self) {
        let known = self.classes();
        let numbers = self
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| !column.taken && column.summary.is_number);
        let groups = groups(
            &mut numbers.map(|(position, column)| (position, column.raw, &column.name)),
            &known,
        );
        let Some(group) = groups
            .into_iter()
            .find(|group| self.bears_out(group, &known))
        else {
            return;
        };
        let affix = group.affix.trim_start_matches('…');
        let reason = format!(
            "{} columns with scores named \"{affix}\" and a class",
            group.classes.len()
        );
        let positive = self.positive_column(&group, &known);
        for (class, position) in group.classes {
            let id = ColumnId::new(position);
            self.guesses.roles.class_scores.push((class, id));
            self.take(Role::ClassScores, id, reason.clone());
        }
        if let Some((class, id)) = positive {
            self.give(
                Role::Score,
                id,
                format!("the scores of the positive class, \"{class}\""),
            );
        }
    }

    /// The score of the positive class, where there are at most two classes.
    pub(super) fn guess_score(&mut self) {
        let known = self.classes();
        if self.guesses.roles.score.is_some()
            || !self.guesses.roles.class_scores.is_empty()
            || known.len() > 2
        {
            return;
        }
        let is_score = |summary: &Summary| summary.is_number && summary.values > 0;
        let is_fraction = |summary: &Summary| summary.is_probability() && !summary.is_whole;
        if let Some(id) = self
            .named(SCORE, is_score)
            .or_else(|| self.named(PROBABILITY, Summary::is_probability))
            .filter(|&id| self.can_be_positive(id, &known))
        {
            return self.give(Role::Score, id, self.score_reason("named like a score", id));
        }
        let by_word = self.free().find(|column| {
            let has_word = SCORE_WORDS.contains(&column.name.first())
                || SCORE_WORDS.contains(&column.name.last());
            has_word && column.summary.is_probability() && self.can_be_positive(column.id, &known)
        });
        if let Some(id) = by_word.map(|column| column.id) {
            return self.give(Role::Score, id, self.score_reason("named like a score", id));
        }
        if let Some(id) = self.named(PREDICTION, is_fraction) {
            return self.give(
                Role::Score,
                id,
                self.score_reason("named like a prediction", id),
            );
        }
        let numbers: Vec<&Candidate> = self
            .free()
            .filter(|column| column.summary.is_number)
            .collect();
        if let ([only], Some(_)) = (&numbers[..], self.guesses.roles.label)
            && is_fraction(&only.summary)
            && self.can_be_positive(only.id, &known)
        {
            let id = only.id;
            self.give(
                Role::Score,
                id,
                self.score_reason("the only other column of numbers", id),
            );
        }
    }

    /// The classes of label and prediction together.
    fn classes(&self) -> BTreeSet<String> {
        let roles = &self.guesses.roles;
        let columns = [roles.label, roles.prediction].into_iter();
        let mut classes = BTreeSet::new();
        for distinct in columns.filter_map(|id| self.summary(id)?.distinct.as_ref()) {
            classes.extend(distinct.iter().cloned());
        }
        classes
    }

    /// Whether a group's classes are those of the label, or, without one, its values are probabilities.
    fn bears_out(&self, group: &Group, known: &BTreeSet<String>) -> bool {
        if known.is_empty() {
            let column = |position: usize| self.summary(Some(ColumnId::new(position)));
            return group
                .classes
                .iter()
                .all(|&(_, position)| column(position).is_some_and(Summary::is_probability));
        }
        let matching = group
            .classes
            .iter()
            .filter(|(class, _)| known.contains(class))
            .count();
        matching >= 2.min(known.len()) && matching * 2 >= group.classes.len()
    }

    /// Of two classes, the positive one and its column, where that can be told.
    fn positive_column(
        &self,
        group: &Group,
        known: &BTreeSet<String>,
    ) -> Option<(String, ColumnId)> {
        if known.len() > 2 {
            return None;
        }
        let classes: Vec<String> = group
            .classes
            .iter()
            .map(|(class, _)| class.clone())
            .collect();
        let (class, position) = group.classes.get(guess_positive(&classes)?)?;
        Some((class.clone(), ColumnId::new(*position)))
    }

    /// Whether a name does not say that these are the scores of the negative class.
    fn can_be_positive(&self, id: ColumnId, known: &BTreeSet<String>) -> bool {
        let Some(Candidate { raw, name, .. }) = self.get(id) else {
            return false;
        };
        let classes: Vec<String> = known.iter().cloned().collect();
        let Some(positive) = guess_positive(&classes).and_then(|positive| classes.get(positive))
        else {
            return true;
        };
        let mut named = readings(raw, name)
            .into_iter()
            .map(|(_, class)| class_as_known(class, known));
        named.all(|class| class == *positive || !known.contains(&class))
    }

    fn score_reason(&self, start: &str, id: ColumnId) -> String {
        match self.summary(Some(id)) {
            Some(summary) if summary.is_probability() => {
                format!("{start}; numbers between 0 and 1")
            }
            _ => format!("{start}; numbers"),
        }
    }
}
