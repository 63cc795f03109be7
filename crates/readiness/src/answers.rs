//! Answers that people and a judge have graded: who accepts how many of some rows, and how far the two agree.

use greenlight_metrics::{Agreement, ConfusionMatrix, Consistency, Undefined};
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::acceptance::{Acceptance, numbers};
use crate::profile::Profile;
use crate::statistics::Statistics;

/// Who graded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grader {
    /// People: the label.
    Human,
    /// A judge: the prediction.
    Judge,
}

/// Rows that have but one of the two grades, by class. Those with both are in the confusion matrix.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LoneGrades {
    /// Only a person graded them.
    pub human: Vec<u64>,
    /// Only a judge graded them.
    pub judge: Vec<u64>,
}

impl LoneGrades {
    /// For so many classes; none where nothing is graded.
    pub(crate) fn new(classes: usize) -> Self {
        Self {
            human: vec![0; classes],
            judge: vec![0; classes],
        }
    }

    pub(crate) fn add(&mut self, human: Option<usize>, judge: Option<usize>, rows: u64) {
        let count = match (human, judge) {
            (Some(class), None) => self.human.get_mut(class),
            (None, Some(class)) => self.judge.get_mut(class),
            _ => None,
        };
        if let Some(count) = count {
            *count = count.saturating_add(rows);
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (own, other) in [
            (&mut self.human, &other.human),
            (&mut self.judge, &other.judge),
        ] {
            for (count, more) in own.iter_mut().zip(other) {
                *count = count.saturating_add(*more);
            }
        }
    }
}

/// How many answers somebody accepts, of those that they graded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Accepted ones.
    pub accepted: u64,
    /// Graded ones.
    pub rows: u64,
}

/// The grades of some rows.
#[derive(Clone, Copy, Debug)]
pub struct Answers<'p> {
    matrix: Option<&'p ConfusionMatrix>,
    lone: &'p LoneGrades,
    classes: usize,
    acceptance: &'p Result<Acceptance, Absent>,
}

impl<'p> Answers<'p> {
    /// Of `rows` of a profile.
    pub fn of(profile: &'p Profile, rows: &'p Statistics) -> Self {
        Self {
            matrix: rows.confusion.as_ref().ok(),
            lone: &rows.lone_grades,
            classes: profile.classes.len(),
            acceptance: &profile.acceptance,
        }
    }

    /// Answers graded so, by class.
    fn count(&self, grader: Grader, class: usize) -> u64 {
        let (lone, both) = match grader {
            Grader::Human => (
                &self.lone.human,
                self.matrix.map(|matrix| matrix.support(class)),
            ),
            Grader::Judge => (
                &self.lone.judge,
                self.matrix.map(|matrix| matrix.predicted(class)),
            ),
        };
        let lone = lone.get(class).copied().unwrap_or(0);
        lone.saturating_add(both.unwrap_or(0))
    }

    /// Answers that somebody has graded.
    pub fn graded(&self, grader: Grader) -> u64 {
        (0..self.classes).fold(0, |rows, class| {
            rows.saturating_add(self.count(grader, class))
        })
    }

    /// How many somebody accepts.
    ///
    /// # Errors
    /// When they graded nothing, or it is not known which grades accept.
    pub fn accepted(&self, grader: Grader) -> Result<Accepted, Absent> {
        let acceptance = self.acceptance.as_ref().map_err(Absent::clone)?;
        let rows = self.graded(grader);
        if rows == 0 {
            return Err(match grader {
                Grader::Human => Absent::NoHumanGrades,
                Grader::Judge => Absent::NoJudgeGrades,
            });
        }
        let accepting = (0..self.classes).filter(|class| acceptance.accepts(*class));
        let accepted = accepting.fold(0_u64, |accepted, class| {
            accepted.saturating_add(self.count(grader, class))
        });
        Ok(Accepted { accepted, rows })
    }

    /// Whose word it is: people's where they graded at least so many answers, or where nobody else did.
    pub fn decisive(&self, minimum: u64) -> Grader {
        let people = self.graded(Grader::Human);
        let judge = self.graded(Grader::Judge);
        match people > 0 && (people >= minimum || judge == 0) {
            true => Grader::Human,
            false => Grader::Judge,
        }
    }

    /// How far people and the judge agree: by distance where more than two grades are numbers.
    ///
    /// # Errors
    /// When no answer was graded by both.
    pub fn agreement(&self, grades: Option<&'p [f64]>) -> Result<Agreement<'p>, Absent> {
        for (grader, absent) in [
            (Grader::Human, Absent::NoHumanGrades),
            (Grader::Judge, Absent::NoJudgeGrades),
        ] {
            if self.graded(grader) == 0 {
                return Err(absent);
            }
        }
        match self.matrix.filter(|matrix| matrix.total() > 0) {
            Some(matrix) => Ok(Agreement::new(matrix, grades)),
            None => Err(Undefined::NoRows.into()),
        }
    }

    /// Answers that both accept or both reject, of those that both graded.
    pub fn alike(&self) -> Result<Accepted, Absent> {
        let acceptance = self.acceptance.as_ref().map_err(Absent::clone)?;
        let matrix = self.matrix.ok_or(Undefined::NoRows)?;
        let mut alike = 0_u64;
        for (human, row) in matrix.rows().iter().enumerate() {
            for (judge, rows) in row.iter().enumerate() {
                if acceptance.accepts(human) == acceptance.accepts(judge) {
                    alike = alike.saturating_add(*rows);
                }
            }
        }
        Ok(Accepted {
            accepted: alike,
            rows: matrix.total(),
        })
    }

    /// What an accepted answer costs: all costs over the accepted answers. Where only some of the answers were graded, as
    /// large a share of the others is taken to be accepted.
    ///
    /// # Errors
    /// Without costs, grades or accepted answers.
    pub fn cost_per_accepted(&self, rows: &Statistics, grader: Grader) -> Result<f64, Absent> {
        let cost = rows.cost.as_ref().map_err(Absent::clone)?;
        let Accepted {
            accepted,
            rows: graded,
        } = self.accepted(grader)?;
        if accepted == 0 {
            return Err(Absent::NoneAccepted);
        }
        let errors = rows.errors.as_ref().copied().unwrap_or(0);
        let answers = rows.rows.saturating_sub(errors);
        Ok(cost.total * (graded as f64 / answers as f64) / accepted as f64)
    }
}

impl Profile {
    /// What became of ids with several answers.
    ///
    /// # Errors
    /// When there are none, or nobody has looked yet.
    pub fn repeats(&self) -> Result<Consistency, Absent> {
        if !self.graded {
            return Err(Absent::NotGraded);
        }
        if self.roles.id.is_none() {
            return Err(Absent::NoIdColumn);
        }
        let examination = self.examination.as_ref().ok_or(Absent::NotExamined)?;
        let repeats = examination.answer_repeats.ok_or(Absent::CountedRows)?;
        match repeats.ids {
            0 => Err(Absent::NoRepeats),
            _ => Ok(repeats),
        }
    }
}

/// The numbers that the classes of a profile stand for, where they are a scale of more than two.
pub fn scale_of(profile: &Profile) -> Option<Vec<f64>> {
    numbers(profile.classes.names()).filter(|grades| grades.len() > 2)
}
