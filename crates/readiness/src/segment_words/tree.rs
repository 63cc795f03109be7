//! The tree of wrong answers as a nested list.

use greenlight_format as format;
use greenlight_metrics::ErrorCount;
use greenlight_metrics::fairness::Rate;

use super::counted;
use super::weak::share;
use crate::examination::{ErrorLeaf, ErrorTree, in_words};

/// What wrong answers have in common.
///
/// ```
/// use greenlight_readiness::{examination::ErrorTree, segment_words::TreeWords};
/// let words = TreeWords::of(&ErrorTree::default());
/// assert_eq!(words.finding, "No question tells wrong answers from right ones");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TreeWords {
    /// The one sentence to read.
    pub finding: String,
    /// Which rows the numbers are of.
    pub remark: String,
    /// All rows, and below them what tells them apart; no branches where nothing does.
    pub root: TreeNode,
}

/// Rows that gave the same answers so far.
#[derive(Clone, Debug, PartialEq)]
pub struct TreeNode {
    /// The latest of their answers.
    pub answer: String,
    /// How many there are.
    pub rows: u64,
    /// The share of wrong answers; `None` without rows.
    pub wrong: Option<Rate>,
    /// Their wrong answers, of all wrong answers; `None` without any.
    pub share_of_errors: Option<f64>,
    /// The answers to the next question, the one with the worst leaf first.
    pub branches: Vec<TreeNode>,
}

impl TreeWords {
    /// The words for a tree.
    pub fn of(tree: &ErrorTree) -> Self {
        let leaves: Vec<&ErrorLeaf> = tree.leaves.iter().collect();
        let grown_on = counted(tree.grown_on, "row", "rows");
        let (finding, remark) = match finding(tree) {
            Some(finding) => (
                finding,
                format!(
                    "The questions were found on {grown_on}; all numbers are those of {} that had no say in it.",
                    counted(tree.all.rows, "other row", "other rows"),
                ),
            ),
            None => (
                "No question tells wrong answers from right ones".to_owned(),
                format!("Asked of {grown_on}, none tells more than chance gives."),
            ),
        };
        Self {
            finding,
            remark,
            root: TreeNode::of("All rows".to_owned(), &leaves, 0, &tree.all),
        }
    }
}

fn finding(tree: &ErrorTree) -> Option<String> {
    let worst = tree
        .leaves
        .first()
        .filter(|leaf| !leaf.answers.is_empty())?;
    let rest = tree.all.without(worst.count);
    Some(format!(
        "Where {}, {} of the answers are wrong; elsewhere {}",
        in_words(&worst.conditions()),
        format::percent(worst.count.error_rate().ok()?),
        format::percent(rest.error_rate().ok()?),
    ))
}

impl TreeNode {
    /// The rows of `leaves`, which gave the same first `depth` answers.
    fn of(answer: String, leaves: &[&ErrorLeaf], depth: usize, all: &ErrorCount) -> Self {
        let mut count = ErrorCount::default();
        leaves.iter().for_each(|leaf| count.add(leaf.count));
        let mut branches = Vec::new();
        let mut open = leaves.to_vec();
        while let Some(next) = open.first().and_then(|leaf| leaf.answers.get(depth)) {
            let (own, others): (Vec<&ErrorLeaf>, _) = open
                .iter()
                .partition(|leaf| leaf.answers.get(depth) == Some(next));
            branches.push(Self::of(next.to_string(), &own, depth + 1, all));
            open = others;
        }
        Self {
            answer,
            rows: count.rows,
            wrong: Rate::of(count.errors, count.rows).ok(),
            share_of_errors: share(count.errors, all.errors),
            branches,
        }
    }
}
