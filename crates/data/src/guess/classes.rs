//! The true and the predicted class.

use super::name::Name;
use super::summary::Summary;
use super::vocabulary::{LABEL, PREDICTED_WORDS, PREDICTION, TRUE_WORDS};
use super::{Candidate, Guesser};
use crate::roles::Role;
use crate::split::SplitKind;
use crate::table::ColumnId;

impl Guesser<'_> {
    /// Label and prediction by their names, borne out by their values.
    pub(super) fn guess_classes_by_name(&mut self) {
        match (self.guesses.roles.label, self.guesses.roles.prediction) {
            (None, None) => {
                self.guess_label_by_name();
                self.guess_prediction_by_name();
            }
            // What a judge's grade is held against.
            (None, Some(judge)) => {
                let alike = |summary: &Summary| {
                    let judge = self.summary(Some(judge));
                    summary.is_class_like() && judge.is_some_and(|judge| summary.overlaps(judge))
                };
                if let Some(label) = self.named(LABEL, alike) {
                    let reason = format!("named like a label; {}", self.distinct(label));
                    self.give(Role::Label, label, reason);
                }
            }
            (Some(_), _) => {}
        }
    }

    fn guess_label_by_name(&mut self) {
        if let Some(label) = self.named(LABEL, Summary::is_class_like) {
            let reason = format!("named like a label; {}", self.distinct(label));
            self.give(Role::Label, label, reason);
        } else if let Some((label, prediction)) = self.pair_by_name() {
            let reason = format!(
                "\"{}\" is named like its prediction; {}",
                self.raw(prediction),
                self.distinct(label)
            );
            self.give(Role::Label, label, reason);
        } else if let Some(label) = self.extended_name(TRUE_WORDS, Summary::is_class_like) {
            let reason = format!("named like a true class; {}", self.distinct(label));
            self.give(Role::Label, label, reason);
        } else if let Some(label) = self.named(LABEL, Summary::is_measured) {
            // Too many for classes, unless each has a column of scores. Whoever reads the roles says so.
            self.give(Role::Label, label, "named like a label; many numbers");
        }
        if self.guesses.roles.label.is_none() {
            self.guess_human_grade();
        }
    }

    fn guess_prediction_by_name(&mut self) {
        let label = self.guesses.roles.label;
        let fits = |summary: &Summary| {
            summary.is_class_like()
                && self
                    .summary(label)
                    .is_none_or(|label| summary.overlaps(label))
        };
        let by_label = label
            .and_then(|label| self.prediction_of(label))
            .filter(|&id| self.summary(Some(id)).is_some_and(fits));
        let prediction = self
            .named(PREDICTION, fits)
            .or(by_label)
            .or_else(|| self.extended_name(PREDICTED_WORDS, fits));
        if let Some(prediction) = prediction {
            let values = match label {
                Some(label) => format!("shares values with \"{}\"", self.raw(label)),
                None => self.distinct(prediction),
            };
            self.give(
                Role::Prediction,
                prediction,
                format!("named like a prediction; {values}"),
            );
        } else if let Some(label) = label
            && let Some(odd) = self.named(PREDICTION, Summary::is_class_like)
        {
            let note = format!(
                "“{}” is named like a prediction but has no value in common with “{}”, so it is not used; write the classes the \
                 same way in both",
                self.raw(odd),
                self.raw(label)
            );
            self.guesses.notes.push(note);
        }
    }

    /// Label and prediction by their values, where these leave no doubt.
    pub(super) fn guess_classes_by_values(&mut self) {
        let roles = &self.guesses.roles;
        match (roles.label, roles.prediction) {
            (Some(_), Some(_)) => {}
            (Some(label), None) => self.guess_partner(Role::Prediction, label),
            (None, Some(prediction)) => self.guess_partner(Role::Label, prediction),
            (None, None) => self.guess_pair(),
        }
    }

    /// The one column that holds the values of the other class column.
    fn guess_partner(&mut self, role: Role, known: ColumnId) {
        let alike: Vec<ColumnId> = self
            .free()
            .filter(|column| self.are_alike(column.id, known))
            .map(|column| column.id)
            .collect();
        let [partner] = alike[..] else { return };
        if self.is_telling(known) || self.free().count() == 1 {
            let reason = format!(
                "the only other column with the {} of \"{}\"",
                self.distinct(known),
                self.raw(known)
            );
            self.give(role, partner, reason);
        }
    }

    /// The only two columns that hold the same classes: the first is taken for the label.
    fn guess_pair(&mut self) {
        let class_like = self.free().filter(|column| column.summary.is_class_like());
        let class_like: Vec<ColumnId> = class_like.map(|column| column.id).collect();
        let mut pairs = class_like
            .iter()
            .enumerate()
            .flat_map(|(i, &first)| {
                class_like
                    .iter()
                    .skip(i + 1)
                    .map(move |&second| (first, second))
            })
            .filter(|&(first, second)| self.are_alike(first, second));
        let (Some((first, second)), None) = (pairs.next(), pairs.next()) else {
            return;
        };
        if self.is_telling(first) || self.free().count() == 2 {
            let distinct = self.distinct(first);
            let reason = format!(
                "shares its {distinct} with \"{}\" alone and stands first",
                self.raw(second)
            );
            self.give(Role::Label, first, reason);
            let reason = format!("shares its {distinct} with \"{}\" alone", self.raw(first));
            self.give(Role::Prediction, second, reason);
        }
    }

    /// Whether both hold the same classes, at least two.
    fn are_alike(&self, first: ColumnId, second: ColumnId) -> bool {
        let (Some(first), Some(second)) = (self.summary(Some(first)), self.summary(Some(second)))
        else {
            return false;
        };
        first.is_class_like() && first.distinct_count() > Some(1) && first.has_values_of(second)
    }

    /// Whether sharing these values says something: yes/no and 0/1 are shared by columns that have nothing in common.
    fn is_telling(&self, id: ColumnId) -> bool {
        const FLAGS: &[&str] = &["true", "false", "yes", "no", "y", "n", "t", "f"];
        let Some(column) = self.get(id) else {
            return false;
        };
        let is_flag = |value: &String| FLAGS.contains(&value.to_ascii_lowercase().as_str());
        !column.summary.is_number
            && column
                .summary
                .distinct
                .as_ref()
                .is_some_and(|values| !values.iter().any(is_flag))
    }

    /// Two columns of which one is called as the other, and predicted: `species`, `predicted_species`.
    fn pair_by_name(&self) -> Option<(ColumnId, ColumnId)> {
        let class_like = |column: &&Candidate| column.summary.is_class_like();
        self.free().filter(class_like).find_map(|prediction| {
            let stem = without_word(&prediction.name, PREDICTED_WORDS)?;
            let fits = |column: &&Candidate| {
                column.id != prediction.id
                    && class_stem(&column.name) == stem
                    && column.summary.overlaps(&prediction.summary)
            };
            let label = self.free().filter(class_like).find(fits)?;
            Some((label.id, prediction.id))
        })
    }

    /// The free column that is called as this one, and predicted.
    fn prediction_of(&self, label: ColumnId) -> Option<ColumnId> {
        let label = self.get(label)?;
        let stem =
            without_word(&label.name, TRUE_WORDS).unwrap_or_else(|| label.name.compact.clone());
        let is_prediction = |column: &&Candidate| {
            column.id != label.id
                && without_word(&column.name, PREDICTED_WORDS).is_some_and(|rest| rest == stem)
        };
        self.free().find(is_prediction).map(|column| column.id)
    }

    /// The only free column whose name begins or ends with one of these words and whose values pass.
    pub(super) fn extended_name(
        &self,
        words: &[&str],
        passes: impl Fn(&Summary) -> bool,
    ) -> Option<ColumnId> {
        let fits = |column: &&Candidate| {
            without_word(&column.name, words).is_some() && passes(&column.summary)
        };
        let mut found = self.free().filter(fits);
        found
            .next()
            .filter(|_| found.next().is_none())
            .map(|column| column.id)
    }

    /// The part of the data: train, test, production …
    pub(super) fn guess_split(&mut self) {
        let is_split = |summary: &Summary| {
            let values = summary.distinct.as_ref().filter(|_| !summary.is_number);
            values.is_some_and(|values| {
                !values.is_empty() && values.iter().all(|value| SplitKind::of(value).is_some())
            })
        };
        let named = self.named(super::vocabulary::SPLIT, is_split);
        let by_values = || {
            self.free().find(|column| {
                is_split(&column.summary) && column.summary.distinct_count() > Some(1)
            })
        };
        if let Some(split) = named.or_else(|| by_values().map(|column| column.id)) {
            let values = self
                .summary(Some(split))
                .and_then(|summary| summary.distinct.as_ref());
            let list: Vec<&str> = values
                .into_iter()
                .flatten()
                .take(6)
                .map(String::as_str)
                .collect();
            let reason = format!("its values are parts of a data set: {}", list.join(", "));
            self.give(Role::Split, split, reason);
        }
    }

    fn raw(&self, id: ColumnId) -> &str {
        self.get(id).map_or("", |column| column.raw)
    }

    /// "2 distinct values".
    pub(super) fn distinct(&self, id: ColumnId) -> String {
        match self.summary(Some(id)).and_then(Summary::distinct_count) {
            Some(1) => "1 distinct value".to_owned(),
            Some(count) => format!("{count} distinct values"),
            None => "many distinct values".to_owned(),
        }
    }
}

/// What a true class is the class of.
fn class_stem(name: &Name) -> String {
    without_word(name, TRUE_WORDS).unwrap_or_else(|| name.compact.clone())
}

/// The rest of a name that begins or ends with one of these words.
fn without_word(name: &Name, words: &[&str]) -> Option<String> {
    let rest = match name.words.as_slice() {
        [first, rest @ ..] if words.contains(&first.as_str()) => rest,
        [rest @ .., last] if words.contains(&last.as_str()) => rest,
        _ => return None,
    };
    (!rest.is_empty()).then(|| rest.concat())
}
