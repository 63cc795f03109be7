//! One column of scores a class: read row by row, collected, and what they are worth.

use greenlight_data::{Column, Table};
use greenlight_metrics::{
    Interval, MulticlassLosses, ScoreCollector, ScoreGroups, Undefined, Value, average_precision,
    expected_calibration_error, macro_average, roc_auc,
};

use crate::observations::{RowProblem, required_number};
use crate::observations_error::ObservationsError;
use crate::schema::{Schema, number_column};
use crate::statistics::{ClassScoreStatistics, ScoreStatistics};
use crate::tradeoff::{Calibration, Detail, Tradeoff};

/// Probabilities that add up to 1 but for this count as adding up to 1.
const SUM_TOLERANCE: f64 = 1e-3;
/// Where the threshold starts that parts one class from the rest, whose scores are probabilities.
pub const ONE_VS_REST_START: f64 = 0.5;

/// The score columns of a table, in the order of their classes.
#[derive(Clone, Debug)]
pub struct ClassScores<'t> {
    columns: Vec<ScoresOfClass<'t>>,
}

#[derive(Clone, Debug)]
struct ScoresOfClass<'t> {
    class: usize,
    /// What a person knows these scores by: "score of class “cat”".
    role: String,
    cells: (&'t Column, &'t [f64]),
}

/// The class with the highest score of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TopClass {
    /// Index of the class; the first of those that tie.
    pub class: usize,
    /// Its score.
    pub score: f64,
    /// Whether the scores of all classes add up to 1.
    pub adds_up: bool,
}

impl<'t> ClassScores<'t> {
    /// The columns that `schema` names; `None` where it names none.
    ///
    /// # Errors
    /// When one of them holds words.
    pub fn new(table: &'t Table, schema: &Schema) -> Result<Option<Self>, ObservationsError> {
        let mut columns = Vec::new();
        for (class, name, id) in schema.class_score_columns() {
            if let Some(cells) = number_column(table, Some(id), "score of a class")? {
                columns.push(ScoresOfClass {
                    class,
                    role: format!("score of class “{name}”"),
                    cells,
                });
            }
        }
        Ok((!columns.is_empty()).then_some(Self { columns }))
    }

    /// The class with the highest score in `row`.
    ///
    /// # Errors
    /// When a score is missing or no number.
    pub fn top(&self, row: usize) -> Result<TopClass, RowProblem> {
        let (mut top, mut sum) = ((0, f64::NEG_INFINITY), 0.0);
        for scores in &self.columns {
            let score = required_number(scores.cells, row, &scores.role)?;
            sum += score;
            if score > top.1 {
                top = (scores.class, score);
            }
        }
        Ok(TopClass {
            class: top.0,
            score: top.1,
            adds_up: (sum - 1.0).abs() <= SUM_TOLERANCE,
        })
    }

    /// Each class with its score in `row`, one that has a [`top`](Self::top).
    pub fn scores(&self, row: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.columns.iter().filter_map(move |scores| {
            let (_, values) = scores.cells;
            Some((scores.class, *values.get(row)?))
        })
    }
}

/// Collects the scores of more than two classes, each against the rest.
///
/// Memory: 8 bytes for each row and class.
#[derive(Clone, Debug, Default)]
pub struct ClassScoreCollector {
    /// One for each class.
    pub by_class: Vec<ScoreCollector>,
    /// The scores of the top classes by whether they are the actual ones.
    pub top: ScoreCollector,
}

impl ClassScoreCollector {
    pub(crate) fn new(classes: usize) -> Self {
        Self {
            by_class: vec![ScoreCollector::default(); classes],
            top: ScoreCollector::default(),
        }
    }

    /// Adds `count` rows with the same scores.
    pub(crate) fn add(
        &mut self,
        scores: impl Iterator<Item = (usize, f64)>,
        top: TopClass,
        actual: usize,
        count: u64,
    ) {
        for (class, score) in scores {
            if let Some(collector) = self.by_class.get_mut(class) {
                // Cannot fail: tables hold finite numbers.
                let _ = collector.push(score, class == actual, count);
            }
        }
        let _ = self.top.push(top.score, top.class == actual, count);
    }

    /// Adds what `other`, of the same classes, has seen.
    pub(crate) fn merge(&mut self, other: Self) {
        for (ours, theirs) in self.by_class.iter_mut().zip(other.by_class) {
            ours.merge(theirs);
        }
        self.top.merge(other.top);
    }
}

/// What the scores of each part are worth, and those of all parts together. The sorted scores of one
/// class are gone before those of the next are sorted.
pub(crate) fn class_score_statistics(
    parts: Vec<ClassScoreCollector>,
    detail: Detail,
) -> (Vec<ScoreStatistics>, ScoreStatistics) {
    let (mut classes, mut tops) = (Vec::new(), Vec::new());
    for part in parts {
        classes.push(part.by_class.into_iter());
        tops.push(part.top);
    }
    let most = classes
        .iter()
        .map(ExactSizeIterator::len)
        .max()
        .unwrap_or(1);
    let empty = Worth {
        pictures: detail.pictures,
        stops: (detail.stops_of_all_classes / most.max(1)).clamp(FEWEST_STOPS, detail.stops),
        ..Worth::default()
    };
    let mut worth = vec![empty.clone(); classes.len()];
    let mut worth_of_all = empty;
    loop {
        let one_class: Vec<ScoreCollector> =
            classes.iter_mut().filter_map(Iterator::next).collect();
        if one_class.is_empty() {
            break;
        }
        worth_of_all.add(&each_and_all(one_class, &mut worth, Worth::add));
    }
    let all = each_and_all(tops, &mut worth, Worth::calibrate);
    worth_of_all.calibrate(&all);
    (
        worth.into_iter().map(Worth::finish).collect(),
        worth_of_all.finish(),
    )
}

/// Sorts the scores of each part, hands them to the part's `worth`, and puts them all together.
fn each_and_all(
    parts: Vec<ScoreCollector>,
    worth: &mut [Worth],
    take: impl Fn(&mut Worth, &ScoreGroups),
) -> ScoreGroups {
    let parts = parts.into_iter().zip(worth).map(|(part, worth)| {
        let groups = part.finish();
        take(worth, &groups);
        groups
    });
    let parts: Vec<ScoreGroups> = parts.collect();
    ScoreGroups::merged(&parts)
}

/// Even with very many classes each keeps this many stops.
const FEWEST_STOPS: usize = 16;

/// What is known of the scores of the classes seen so far.
#[derive(Clone, Debug, Default)]
struct Worth {
    /// How many stops the trade-off of each class may have.
    stops: usize,
    /// Whether what only pictures need is kept.
    pictures: bool,
    per_class: Vec<ClassScoreStatistics>,
    losses: MulticlassLosses,
    calibration_error: Option<Value>,
    calibration: Option<Calibration>,
}

impl Worth {
    fn detail(&self) -> Detail {
        Detail {
            stops: self.stops,
            pictures: self.pictures,
            ..Detail::FINE
        }
    }

    fn add(&mut self, groups: &ScoreGroups) {
        self.per_class.push(ClassScoreStatistics {
            roc_auc: roc_auc(groups),
            average_precision: average_precision(groups),
            tradeoff: Tradeoff::of(groups, self.detail(), &[]),
        });
        // A class that no column scores has nothing to add.
        if !groups.is_empty() {
            self.losses.add(groups);
        }
    }

    fn calibrate(&mut self, top: &ScoreGroups) {
        self.calibration_error = Some(expected_calibration_error(top));
        self.calibration = Some(Calibration::of(top, self.detail()));
    }

    fn finish(self) -> ScoreStatistics {
        let no_interval: Result<Interval, Undefined> = Err(Undefined::NotBinary);
        let macro_of = |metric: fn(&ClassScoreStatistics) -> Value| {
            // A class without scores is no reason; what the others lack is.
            let scored = self.per_class.iter().map(metric);
            let value = macro_average(scored.filter(|value| *value != Err(Undefined::NoScores)));
            value.map_err(|why| match why {
                Undefined::NoRows => Undefined::NoScores,
                why => why,
            })
        };
        let losses = &self.losses;
        ScoreStatistics {
            roc_auc: macro_of(|class| class.roc_auc),
            roc_auc_interval: no_interval,
            average_precision: macro_of(|class| class.average_precision),
            log_loss: losses.log_loss(),
            brier_score: losses.brier_score(),
            expected_calibration_error: self.calibration_error.unwrap_or(Err(Undefined::NoScores)),
            tradeoff: None,
            calibration: self
                .calibration
                .unwrap_or_else(|| Calibration::of(&ScoreGroups::default(), Detail::FINE)),
            per_class: self.per_class,
        }
    }
}
