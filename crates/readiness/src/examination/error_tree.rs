//! What wrong answers have in common: a small tree, grown on half of the rows and reported on the other half.

use greenlight_metrics::ErrorCount;
use greenlight_metrics::worst_of_k::FEWEST_ROWS;
use serde::{Deserialize, Serialize};

use super::coded_column::CodedColumn;
use super::condition::{Condition, Part, Range};
use super::judged_rows::{JudgedRows, WRONG};

/// Questions from the root to a leaf.
pub const MOST_QUESTIONS: usize = 3;

/// Rows sorted by how often their answers are wrong.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ErrorTree {
    /// The rows on which it was grown: others than those that it reports.
    pub grown_on: u64,
    /// The rows that it reports.
    pub all: ErrorCount,
    /// The leaves, those with the most wrong answers of a hundred first. One where no question tells wrong answers from right
    /// ones.
    pub leaves: Vec<ErrorLeaf>,
}

/// Rows that give the same answers to the questions of the tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErrorLeaf {
    /// The answers, from the root on.
    pub answers: Vec<Condition>,
    /// How many are reported, and how many are wrong.
    pub count: ErrorCount,
}

impl ErrorLeaf {
    /// What its rows have in common: answers about the same column as one condition.
    pub fn conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for answer in &self.answers {
            add_condition(&mut conditions, answer);
        }
        conditions
    }
}

/// A tree in the making.
#[derive(Debug, Default)]
pub(crate) struct TreeGrowth {
    open: Vec<Node>,
    tree: ErrorTree,
}

#[derive(Debug)]
struct Node {
    /// Positions among the judged rows.
    rows: Vec<u32>,
    answers: Vec<Condition>,
}

/// Counts of the half that grows and of the half that is reported.
#[derive(Clone, Copy, Debug, Default)]
struct Halves {
    growing: ErrorCount,
    reported: ErrorCount,
}

impl Halves {
    fn add(&mut self, other: &Self) {
        self.growing.add(other.growing);
        self.reported.add(other.reported);
    }

    fn without(&self, part: &Self) -> Self {
        Self {
            growing: self.growing.without(part.growing),
            reported: self.reported.without(part.reported),
        }
    }

    fn is_large_enough(&self) -> bool {
        self.growing.rows.min(self.reported.rows) >= FEWEST_ROWS
    }
}

/// What is asked of a column.
#[derive(Clone, Copy, Debug)]
enum Question {
    /// Is it this part?
    Is(usize),
    /// Does it lie at or above the lower edge of this part?
    AtLeast(usize),
}

impl TreeGrowth {
    /// How many steps it takes at most.
    pub const STEPS: usize = (1 << MOST_QUESTIONS) - 1;

    /// A root of all rows.
    pub fn new(rows: &JudgedRows) -> Self {
        Self {
            open: vec![Node {
                rows: (0..rows.rows.len() as u32).collect(),
                answers: Vec::new(),
            }],
            tree: ErrorTree::default(),
        }
    }

    /// Asks the rows of one node the question that tells wrong answers from right ones best, if any does. A pass over them for
    /// each column.
    pub fn grow(&mut self, columns: &[CodedColumn], rows: &JudgedRows) {
        let Some(node) = self.next(rows) else {
            return;
        };
        let all = halves_of_all(&node, rows);
        if node.answers.is_empty() {
            self.tree.grown_on = all.growing.rows;
            self.tree.all = all.reported;
        }
        let Some((column, question)) = best_question(&node, &all, columns, rows) else {
            return self.close(node, all.reported);
        };
        let is_yes = |position: u32| {
            let code = column
                .codes
                .get(position as usize)
                .map_or(0, |code| usize::from(*code));
            match question {
                Question::Is(part) => code == part,
                Question::AtLeast(part) => code >= part && code <= column.edges.len(),
            }
        };
        let (yes, no): (Vec<u32>, Vec<u32>) = node
            .rows
            .iter()
            .copied()
            .partition(|position| is_yes(*position));
        let (then, otherwise) = conditions(column, question);
        for (rows, part) in [(no, otherwise), (yes, then)] {
            let mut answers = node.answers.clone();
            answers.push(Condition {
                column: column.name.clone(),
                part,
            });
            self.open.push(Node { rows, answers });
        }
    }

    /// The next node that may be asked a question; those before it are leaves.
    fn next(&mut self, rows: &JudgedRows) -> Option<Node> {
        while let Some(node) = self.open.pop() {
            if node.answers.len() < MOST_QUESTIONS {
                return Some(node);
            }
            let count = halves_of_all(&node, rows).reported;
            self.close(node, count);
        }
        None
    }

    /// The tree; nodes that were not asked are leaves.
    pub fn finish(mut self, rows: &JudgedRows) -> ErrorTree {
        while let Some(node) = self.open.pop() {
            let count = halves_of_all(&node, rows).reported;
            self.close(node, count);
        }
        self.tree
    }

    fn close(&mut self, node: Node, count: ErrorCount) {
        let rate = |count: &ErrorCount| count.error_rate().unwrap_or(0.0);
        let leaves = &mut self.tree.leaves;
        let place = leaves.partition_point(|leaf| rate(&leaf.count) >= rate(&count));
        let answers = node.answers;
        leaves.insert(place, ErrorLeaf { answers, count });
    }
}

fn halves(rows: &JudgedRows, position: u32) -> Halves {
    let position = position as usize;
    let outcome = rows.outcomes.get(position).copied().unwrap_or(0);
    let wrong = u64::from(outcome & WRONG);
    let (all, growing) = (rows.count(position), rows.growing(position));
    let half = |rows: u64| ErrorCount {
        rows,
        errors: rows * wrong,
    };
    Halves {
        growing: half(growing),
        reported: half(all - growing),
    }
}

fn halves_of_all(node: &Node, rows: &JudgedRows) -> Halves {
    let mut all = Halves::default();
    for &position in &node.rows {
        all.add(&halves(rows, position));
    }
    all
}

/// The question with the largest χ² of right and wrong answers by yes and no, where that is more than chance would give the best
/// of as many.
fn best_question<'c>(
    node: &Node,
    all: &Halves,
    columns: &'c [CodedColumn],
    rows: &JudgedRows,
) -> Option<(&'c CodedColumn, Question)> {
    let mut best: Option<(f64, &CodedColumn, Question, ErrorCount)> = None;
    let mut asked = 0_u32;
    let mut cells = Vec::new();
    for column in columns {
        cells.clear();
        cells.resize(column.parts.len(), Halves::default());
        for &position in &node.rows {
            let code = column
                .codes
                .get(position as usize)
                .map_or(0, |code| usize::from(*code));
            if let Some(cell) = cells.get_mut(code) {
                cell.add(&halves(rows, position));
            }
        }
        for (question, yes) in questions(column, &cells) {
            if !yes.is_large_enough() || !all.without(&yes).is_large_enough() {
                continue;
            }
            asked += 1;
            let gain = chi_square(&yes.growing, &all.growing);
            if best.is_none_or(|(most, ..)| gain > most) {
                best = Some((gain, column, question, yes.growing));
            }
        }
    }
    let (_, column, question, yes) = best?;
    // χ² is too sure of itself where errors are rare; Fisher's exact test is not.
    let no = all.growing.without(yes);
    let chance = yes.chance(&all.growing).min(no.chance(&all.growing));
    (chance <= 0.025 / f64::from(asked)).then_some((column, question))
}

/// Every question that can be asked of a column, with the rows that say yes.
fn questions(column: &CodedColumn, cells: &[Halves]) -> Vec<(Question, Halves)> {
    let ranges = match column.edges.len() {
        0 => 0,
        edges => edges + 1,
    };
    let mut questions = Vec::new();
    let mut above = Halves::default();
    for (part, cell) in cells.iter().enumerate().take(ranges).skip(1).rev() {
        above.add(cell);
        questions.push((Question::AtLeast(part), above));
    }
    for (part, cell) in cells.iter().enumerate().skip(ranges) {
        if let Some(Part::Value(_) | Part::Missing) = column.parts.get(part) {
            questions.push((Question::Is(part), *cell));
        }
    }
    questions
}

/// Pearson's χ² of the table of right and wrong answers by yes and no.
fn chi_square(yes: &ErrorCount, all: &ErrorCount) -> f64 {
    let no = all.without(*yes);
    let [a, b, c, d] = [yes.errors, yes.right(), no.errors, no.right()].map(|count| count as f64);
    let product = (a + b) * (c + d) * (a + c) * (b + d);
    match product > 0.0 {
        true => (a + b + c + d) * (a * d - b * c) * (a * d - b * c) / product,
        false => 0.0,
    }
}

/// What rows that say yes have in common, and those that say no.
fn conditions(column: &CodedColumn, question: Question) -> (Part, Part) {
    match question {
        Question::Is(part) => match column.parts.get(part) {
            Some(Part::Value(value)) => (Part::Value(value.clone()), Part::Except(value.clone())),
            _ => (Part::Missing, Part::Present),
        },
        Question::AtLeast(part) => {
            let edge = column.edges.get(part.saturating_sub(1)).copied();
            let range = Range {
                is_time: column.is_time,
                ..Range::default()
            };
            let above = Range {
                at_least: edge,
                ..range.clone()
            };
            let below = Range {
                below: edge,
                or_missing: column.parts.contains(&Part::Missing),
                ..range
            };
            (Part::Range(above), Part::Range(below))
        }
    }
}

/// One more condition; what says the same of a column as one before takes its place.
fn add_condition(conditions: &mut Vec<Condition>, answer: &Condition) {
    let Condition { column, part } = answer;
    for condition in conditions
        .iter_mut()
        .filter(|known| known.column == *column)
    {
        let merged = match (&condition.part, part) {
            (Part::Range(known), Part::Range(new)) => Part::Range(known.and(new)),
            // What is a value is no other one; what is a number is there; what is in a range and there is not missing.
            (Part::Except(_), Part::Value(_)) => part.clone(),
            (Part::Present, Part::Range(new)) | (Part::Range(new), Part::Present) => {
                Part::Range(Range {
                    or_missing: false,
                    ..new.clone()
                })
            }
            (Part::Range(_), Part::Missing) => Part::Missing,
            _ => continue,
        };
        condition.part = merged;
        return;
    }
    conditions.push(answer.clone());
}
