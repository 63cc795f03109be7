//! Two reports side by side: what got better, what got worse, and what chance explains.
//!
//! Each number of the rows that were judged, and each that a criterion asked for, is held against its like as two independent
//! samples: the interval of a difference comes from the interval of each side by Newcombe's method, which for shares of counts is his
//! method 10, and its generalisation (MOVER) for the rest. Many numbers are compared at once, and one in twenty 95 % intervals misses by chance alone.
//! So the intervals of *k* numbers are made at level 1 − 0.05/*k* each: where nothing has changed, no number is called better or
//! worse in 95 % of comparisons. A number without an interval is shown, and called neither.

mod number;
mod pitfalls;
mod side;
mod words;

use greenlight_format::Told;
use greenlight_metrics::{Interval, simultaneous_z};
use serde::Serialize;

use crate::criteria::{Outcome, difference};
use crate::judge::Verdict;
use crate::pitfalls::PitfallSeverity;
use crate::policy::{Metric, Severity, Unit};
use number::Number;
pub use pitfalls::ComparedPitfalls;
pub use side::Side;

/// The version of the document; removing or renaming a key changes it.
pub const COMPARISON_SCHEMA: &str = "greenlight.comparison/1";

/// Two reports side by side.
///
/// ```
/// use greenlight_readiness::comparison::{Change, Comparison, Side};
///
/// let report = |caught: u32| format!(
///     r#"{{"schema": "greenlight.report/1", "settings": {{"positive": "1"}},
///         "overall": {{"rows": 2000, "classes": ["0", "1"], "confusion_matrix": [[950, 50], [{}, {caught}]]}}}}"#,
///     1000 - caught);
/// let comparison = Comparison::of(Side::from_json(&report(710))?, Side::from_json(&report(780))?);
/// let recall = comparison.numbers.iter().find(|number| number.metric.name() == "recall").unwrap();
/// assert_eq!(recall.change, Change::Better);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// [`COMPARISON_SCHEMA`].
    pub schema: &'static str,
    /// The version of Greenlight that compared.
    pub generated_by: &'static str,
    /// The report to compare with, such as the last release's.
    pub before: Side,
    /// The report that is compared with it.
    pub after: Side,
    /// How the verdict has changed.
    pub verdict: Change,
    /// The verdicts and how many numbers got better, worse, or moved within noise.
    pub headline: String,
    /// What got better and worse in one sentence.
    pub summary: String,
    /// What one has to know to read the numbers.
    pub notes: Vec<String>,
    /// Whether both speak of the same rows.
    pub rows: SameRows,
    /// The level of each interval, at which all hold together in 95 % of cases.
    pub interval_level: f64,
    /// Number by number.
    pub numbers: Vec<ComparedNumber>,
    /// Criterion by criterion.
    pub criteria: Vec<ComparedCriterion>,
    /// Traps that are new, gone, or there still.
    pub pitfalls: ComparedPitfalls,
}

/// What became of a number, a criterion or the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Better, beyond chance.
    Better,
    /// Worse, beyond chance.
    Worse,
    /// Chance explains the difference.
    WithinNoise,
    /// The very same.
    Same,
    /// Nobody can say.
    NotComparable,
}

/// Whether two reports speak of the same rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SameRows {
    /// The files have the same fingerprints, and the same rows of them were judged.
    SameFiles,
    /// Each class has as many rows in both: perhaps the same examples, answered by two models.
    SameCounts,
    /// Other rows, as far as one can tell.
    Different,
}

/// A number in both reports.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedNumber {
    /// Which.
    pub metric: Metric,
    /// The rows it is of, where they are not those that are judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Its value; latencies in milliseconds.
    pub before: Option<f64>,
    /// As above.
    pub after: Option<f64>,
    /// After less before.
    pub difference: Option<f64>,
    /// The interval of the difference.
    pub interval: Option<Interval>,
    /// Whether a lower number is a better one.
    pub less_is_better: bool,
    /// What became of it.
    pub change: Change,
    /// In plain words; why it cannot be compared, where it cannot.
    pub reason: String,
    /// How well both values are known.
    #[serde(skip)]
    pub told: [Told; 2],
}

/// A criterion in both reports.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedCriterion {
    /// Its name.
    pub name: String,
    /// The number it asks for.
    pub metric: Metric,
    /// What follows when it fails.
    pub severity: Severity,
    /// How it came out.
    pub before: Option<Outcome>,
    /// As above.
    pub after: Option<Outcome>,
    /// What was asked.
    pub limit_before: Option<f64>,
    /// As above.
    pub limit_after: Option<f64>,
    /// What became of it.
    pub change: Change,
    /// Why it cannot be compared, where it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Comparison {
    /// Compares `after` with `before`.
    pub fn of(before: Side, after: Side) -> Self {
        let rows = same_rows(&before, &after);
        let pairs = pairs(&before, &after);
        let compared = pairs.iter().filter(|pair| pair.is_comparable()).count() as u64;
        let z = simultaneous_z(compared);
        let numbers: Vec<ComparedNumber> = pairs.into_iter().map(|pair| pair.compare(z)).collect();
        let mut comparison = Self {
            schema: COMPARISON_SCHEMA,
            generated_by: concat!("greenlight ", env!("CARGO_PKG_VERSION")),
            verdict: verdict_change(&before, &after),
            headline: String::new(),
            summary: String::new(),
            notes: words::notes(&before, &after, rows),
            rows,
            interval_level: 1.0 - 0.05 / compared.max(1) as f64,
            numbers,
            criteria: criteria(&before, &after),
            pitfalls: ComparedPitfalls::of(&before.pitfalls, &after.pitfalls),
            before,
            after,
        };
        comparison.headline = words::headline(&comparison);
        comparison.summary = words::summary(&comparison);
        comparison
    }

    /// The numbers of which this became.
    pub fn that(&self, change: Change) -> impl Iterator<Item = &ComparedNumber> {
        self.numbers
            .iter()
            .filter(move |number| number.change == change)
    }

    /// Whether anything speaks against going from before to after: a number that is worse beyond chance, a worse verdict, or a
    /// trap that is new and more than good to know.
    pub fn is_worse(&self) -> bool {
        let is_grave = |severity| severity != PitfallSeverity::Info;
        self.verdict == Change::Worse
            || self.that(Change::Worse).next().is_some()
            || self
                .pitfalls
                .raised
                .iter()
                .any(|pitfall| is_grave(pitfall.severity))
    }

    /// Whether there is a number of which one can say whether it has changed.
    pub fn has_evidence(&self) -> bool {
        let mut numbers = self.numbers.iter();
        numbers.any(|number| number.change != Change::NotComparable)
    }

    /// Whether recall, precision and F1 are means over more than two classes.
    pub fn has_many_classes(&self) -> bool {
        self.after.classes.len() > 2
    }

    /// The document as people keep it: indented JSON that ends in a line break.
    ///
    /// # Errors
    /// Never for what [`of`](Self::of) made; the error is serde_json's.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut json = serde_json::to_string_pretty(self)?;
        json.push('\n');
        Ok(json)
    }
}

impl ComparedNumber {
    /// What it is called, as the head of a row.
    pub fn title(&self, comparison: &Comparison) -> String {
        let title = crate::words::title(self.metric, comparison.has_many_classes());
        match &self.scope {
            Some(scope) => format!("{title}, on {scope}"),
            None => title.to_owned(),
        }
    }
}

fn same_rows(before: &Side, after: &Side) -> SameRows {
    let is_same = !before.fingerprints.is_empty() && before.fingerprints == after.fingerprints;
    let judged = |side: &Side| (side.split.clone(), side.range.clone(), side.rows);
    if is_same && judged(before) == judged(after) {
        return SameRows::SameFiles;
    }
    match !before.support.is_empty() && before.support == after.support {
        true => SameRows::SameCounts,
        false => SameRows::Different,
    }
}

/// A value and the ends of its interval.
type WithEnds = (f64, (f64, f64));

/// A number as both reports have it, or as one has it alone.
struct Pair {
    metric: Metric,
    scope: Option<String>,
    before: Option<Number>,
    after: Option<Number>,
    /// Why the two may not be held against each other, where they may not.
    unlike: Option<String>,
    told: [Told; 2],
}

fn pairs(before: &Side, after: &Side) -> Vec<Pair> {
    let mut left = before.all_numbers();
    let told = |metric: Metric| {
        [before, after].map(|side| match metric.rests_on_counts() {
            true if metric.follows_decisions() => side.counts_told,
            true => Told::Exactly,
            false => side.told,
        })
    };
    let pair = |(metric, scope, number): (Metric, Option<String>, Number)| {
        let is_like =
            |(of, at, _): &(Metric, Option<String>, Number)| (*of, at) == (metric, &scope);
        let place = left.iter().position(is_like);
        Pair {
            before: place.map(|place| left.remove(place).2),
            after: Some(number),
            unlike: words::unlike(metric, before, after),
            told: told(metric),
            metric,
            scope,
        }
    };
    let mut pairs: Vec<Pair> = after.all_numbers().into_iter().map(pair).collect();
    pairs.extend(left.into_iter().map(|(metric, scope, number)| Pair {
        metric,
        scope,
        before: Some(number),
        after: None,
        unlike: None,
        told: told(metric),
    }));
    pairs
}

impl Pair {
    /// Both numbers and the ends of their intervals at `z`.
    fn ends(&self, z: f64) -> Result<[WithEnds; 2], String> {
        let (before, after) = match (&self.before, &self.after) {
            (Some(before), Some(after)) => (before, after),
            (None, _) => return Err("the report before does not tell it".to_owned()),
            (_, None) => return Err("the report after does not tell it".to_owned()),
        };
        match &self.unlike {
            Some(why) => Err(why.clone()),
            None => Ok([
                (after.value, after.ends(z)?),
                (before.value, before.ends(z)?),
            ]),
        }
    }

    fn is_comparable(&self) -> bool {
        self.ends(simultaneous_z(1)).is_ok()
    }

    fn compare(self, z: f64) -> ComparedNumber {
        let ends = self.ends(z);
        let [before, after] =
            [&self.before, &self.after].map(|number| number.as_ref().map(|number| number.value));
        let apart = before.zip(after).map(|(before, after)| after - before);
        let mut number = ComparedNumber {
            metric: self.metric,
            scope: self.scope,
            before,
            after,
            difference: apart,
            interval: None,
            less_is_better: less_is_better(self.metric),
            change: Change::NotComparable,
            reason: String::new(),
            told: self.told,
        };
        // Two reports that say the same agree, whatever can be said of chance.
        if apart == Some(0.0) && self.unlike.is_none() {
            number.change = Change::Same;
        }
        match ends {
            Ok([after, before]) => {
                let (low, high) = difference(after, before);
                let (least, most) = reach(self.metric);
                let interval = Interval {
                    low: low.max(least),
                    high: high.min(most),
                };
                if number.change != Change::Same {
                    number.change = match interval.contains(0.0) {
                        true => Change::WithinNoise,
                        false if (interval.low > 0.0) == number.less_is_better => Change::Worse,
                        false => Change::Better,
                    };
                }
                number.interval = Some(interval);
                number.reason = words::moved(&number);
            }
            Err(_) if number.change == Change::Same => number.reason = words::moved(&number),
            Err(why) => number.reason = greenlight_format::capitalised(&why) + ".",
        }
        number
    }
}

fn less_is_better(metric: Metric) -> bool {
    metric.less_is_better() || matches!(metric, Metric::ScorePsi | Metric::DriftedColumnsShare)
}

/// How far a difference can go.
fn reach(metric: Metric) -> (f64, f64) {
    let (least, most) = metric.range();
    let is_share = matches!(
        metric.unit(),
        Unit::Share | Unit::Points | Unit::Fall | Unit::Coefficient
    );
    match is_share && (most - least).is_finite() {
        true => (least - most, most - least),
        false => (f64::NEG_INFINITY, f64::INFINITY),
    }
}

fn verdict_change(before: &Side, after: &Side) -> Change {
    let rank = |verdict: Verdict| match verdict {
        Verdict::Ready => Some(2),
        Verdict::ReadyWithWarnings => Some(1),
        Verdict::NotReady => Some(0),
        Verdict::NotEnoughEvidence => None,
    };
    match (before.verdict, after.verdict) {
        (Some(was), Some(is)) if was == is => Change::Same,
        (Some(was), Some(is)) if before.policy == after.policy => ranked(rank(was), rank(is)),
        _ => Change::NotComparable,
    }
}

/// The criteria of the report after in their order, then those that it no longer has.
fn criteria(before: &Side, after: &Side) -> Vec<ComparedCriterion> {
    let is_gone = |name: &str| after.criterion(name).is_none();
    let gone = before
        .criteria
        .iter()
        .filter(|criterion| is_gone(&criterion.name));
    let both = after.criteria.iter().chain(gone);
    let compare = |criterion: &crate::criteria::CriterionResult| {
        let (was, is) = (
            before.criterion(&criterion.name),
            after.criterion(&criterion.name),
        );
        let rank = |outcome: Outcome| match outcome {
            Outcome::Pass => Some(2),
            Outcome::AtRisk => Some(1),
            Outcome::Fail => Some(0),
            Outcome::NoEvidence => None,
        };
        let (change, reason) = match (was, is) {
            (Some(was), Some(is))
                if (was.limit, was.operator, was.metric) != (is.limit, is.operator, is.metric) =>
            {
                (
                    Change::NotComparable,
                    Some("what is asked has changed".to_owned()),
                )
            }
            (Some(was), Some(is)) if was.outcome == is.outcome => (Change::Same, None),
            (Some(was), Some(is)) => match ranked(rank(was.outcome), rank(is.outcome)) {
                Change::NotComparable => (
                    Change::NotComparable,
                    Some("one side has no evidence".to_owned()),
                ),
                change => (change, None),
            },
            (None, _) => (
                Change::NotComparable,
                Some("it was not asked before".to_owned()),
            ),
            (_, None) => (
                Change::NotComparable,
                Some("it is no longer asked".to_owned()),
            ),
        };
        ComparedCriterion {
            name: criterion.name.clone(),
            metric: criterion.metric,
            severity: criterion.severity,
            before: was.map(|criterion| criterion.outcome),
            after: is.map(|criterion| criterion.outcome),
            limit_before: was.map(|criterion| criterion.limit),
            limit_after: is.map(|criterion| criterion.limit),
            change,
            reason,
        }
    };
    both.map(compare).collect()
}

fn ranked(before: Option<u8>, after: Option<u8>) -> Change {
    match before.zip(after) {
        None => Change::NotComparable,
        Some((before, after)) if after > before => Change::Better,
        Some((before, after)) if after < before => Change::Worse,
        Some(_) => Change::Same,
    }
}
