//! Grades of answers: a person's and a judge's.

use super::Guesser;
use super::summary::Summary;
use super::vocabulary::{HUMAN, HUMAN_WORDS, JUDGE, JUDGE_WORDS, LABEL, PREDICTION};
use crate::grades::accepts;
use crate::roles::Role;
use crate::table::ColumnId;

/// In a file of graded answers these are texts.
const TEXTS: [&str; 4] = ["response", "expected", "output", "modeloutput"];

impl Guesser<'_> {
    /// A judge's grade is the prediction, and a person's beside it the label. They come before all other names but a label
    /// with its prediction.
    pub(super) fn guess_grades(&mut self) {
        if self.is_classifier() {
            return;
        }
        let people = |summary: &Summary| {
            let alike = |human| {
                self.get(human)
                    .is_some_and(|human| summary.overlaps(&human.summary))
            };
            self.human(Summary::is_grade).is_some_and(alike)
        };
        // A judge may also be a person's name.
        let grades =
            |summary: &Summary| summary.is_grade() && (says_grades(summary) || people(summary));
        let judge = self.named(JUDGE, grades);
        let Some(judge) = judge.or_else(|| self.extended_name(JUDGE_WORDS, grades)) else {
            return;
        };
        let reason = format!("named like a judge’s grade; {}", self.distinct(judge));
        self.give(Role::Prediction, judge, reason);
        let Some(verdicts) = self.summary(Some(judge)).cloned() else {
            return;
        };
        self.give_human(|summary| {
            let both_count = summary.is_number && verdicts.is_number;
            summary.is_grade() && (both_count || summary.overlaps(&verdicts))
        });
    }

    /// A person's grade, where no column is named like any other label.
    pub(super) fn guess_human_grade(&mut self) {
        self.give_human(|summary| summary.is_grade() && says_grades(summary));
    }

    fn give_human(&mut self, passes: impl Fn(&Summary) -> bool) {
        if let Some(human) = self.human(passes) {
            let reason = format!("named like a person’s grade; {}", self.distinct(human));
            self.give(Role::Label, human, reason);
        }
    }

    fn human(&self, passes: impl Fn(&Summary) -> bool) -> Option<ColumnId> {
        let exact = self.named(HUMAN, &passes);
        exact.or_else(|| self.extended_name(HUMAN_WORDS, &passes))
    }

    /// Whether a label and its prediction are there by names that leave no doubt.
    fn is_classifier(&self) -> bool {
        let named = |names: &'static [&str]| {
            self.free().filter(move |column| {
                let name = column.name.compact.as_str();
                names.contains(&name) && !TEXTS.contains(&name) && column.summary.is_class_like()
            })
        };
        named(LABEL).any(|label| {
            named(PREDICTION).any(|prediction| {
                !super::vocabulary::VERDICT.contains(&prediction.name.compact.as_str())
                    && prediction.summary.overlaps(&label.summary)
            })
        })
    }
}

/// Whether the values alone can be grades: numbers, or words that accept or reject.
fn says_grades(summary: &Summary) -> bool {
    let words = summary.distinct.as_ref();
    summary.is_number || words.is_some_and(|words| words.iter().all(|word| accepts(word).is_some()))
}
