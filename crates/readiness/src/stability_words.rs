//! How a number stays from window to window, in words.

use std::cmp::Ordering;

use greenlight_format as format;

use crate::criteria::shown_value;
use crate::examination::EstimatedRows;
use crate::over_time::{Change, OverTime, WindowPoint};
use crate::policy::{Metric, Unit};
use crate::profile::Profile;
use crate::words;

/// What stays for so many windows is no dip.
const LASTING: usize = 3;

/// What numbers of windows are where the threshold lies between two at which their answers were counted.
const ROUGH: &str = "That is rough: each window was counted at a few thresholds, and the nearest stands for the one in force; which window is \
                     worst, and when it changed, may differ.";

impl OverTime<'_> {
    /// All there is to say: what matters most, how sure that is, and the rest of it, a sentence each.
    pub fn in_words(&self) -> Vec<String> {
        let finding = self.finding();
        let largest = self.largest_change();
        let sure = largest
            .map(|change| format!("That is more than chance explains ({}).", self.sure(change)));
        let is_told = |change: &&Change| largest.is_some_and(|told| told.window == change.window);
        let others = self.changes.iter().filter(|change| !is_told(change));
        let others =
            others.map(|change| format!("{} ({}).", self.moved(change), self.sure(change)));
        let unchanged = largest.is_none().then(|| self.unchanged_in_words());
        let more = [self.worst_in_words(), self.trend_in_words()];
        let more = more.into_iter().filter(|sentence| *sentence != finding);
        let is_rough = self.metric.follows_decisions() && self.windows.certainty.is_rough();
        let rest: Vec<String> = is_rough
            .then(|| ROUGH.to_owned())
            .into_iter()
            .chain(sure)
            .chain(more)
            .chain(others)
            .chain(unchanged)
            .collect();
        [finding].into_iter().chain(rest).collect()
    }

    /// What matters most, in a sentence: the largest change, of those that lasted if there are any, else the trend where it is more
    /// than chance, else the worst window.
    pub fn finding(&self) -> String {
        match (self.largest_change(), &self.trend) {
            (Some(change), _) => format!("{}.", self.moved(change)),
            (None, Ok(trend)) if trend.slope != 0.0 && trend.is_significant() => {
                self.trend_in_words()
            }
            _ => self.worst_in_words(),
        }
    }

    /// The largest change, of those that lasted if there are any.
    pub fn largest_change(&self) -> Option<&Change> {
        let size = |change: &Change| (change.after - change.before).abs();
        let changes = self.changes.iter().enumerate();
        let largest = changes.reduce(|largest, next| {
            let key = |(place, change): (usize, &Change)| (self.has_lasted(place), size(change));
            if key(largest) >= key(next) {
                largest
            } else {
                next
            }
        });
        largest.map(|(_, change)| change)
    }

    /// Whether what was before a change and what came after it were there for some windows each: else it is a dip, or the end of one.
    fn has_lasted(&self, place: usize) -> bool {
        let window = |place: Option<usize>, none: usize| {
            let change = place.and_then(|place| self.changes.get(place));
            change.map_or(none, |change| change.window)
        };
        let end = self.windows.windows.len();
        let at = window(Some(place), end);
        let (from, to) = (
            window(place.checked_sub(1), 0),
            window(place.checked_add(1), end),
        );
        let judged = |from: usize, to: usize| {
            let within = |point: &&WindowPoint| (from..to).contains(&point.index);
            self.judged().filter(within).count()
        };
        judged(from, at) >= LASTING && judged(at, to) >= LASTING
    }

    /// The window with the worst number: "Accuracy is lowest in 3–9 Mar 2025, at 84.1 % (312 rows), of 12 weeks."
    pub fn worst_in_words(&self) -> String {
        let windows = self.windows;
        let Some((worst, window)) = self.worst().and_then(|worst| {
            let window = self.window(worst.index)?;
            Some((worst, window))
        }) else {
            return match &self.why_not {
                Some(why) => format!("{} cannot be judged by window: {why}.", self.subject()),
                None => format!("No whole {} has 30 rows.", windows.rule.unit()),
            };
        };
        let extreme = match self.metric.less_is_better() {
            true => "highest",
            false => "lowest",
        };
        let rows = match self.metric.unit() {
            Unit::Count => String::new(),
            _ => format!(" ({} rows)", format::count(worst.rows)),
        };
        let judged = self.judged().count() as u64;
        format!(
            "{} is {extreme} in {}, at {}{rows}, of {}.",
            self.subject(),
            windows.in_words(window.span),
            self.shown(worst.value),
            windows.counted(judged),
        )
    }

    /// The trend and whether chance explains it: "Accuracy falls by 0.8 points a week, more than chance explains (p = 0.003)."
    pub fn trend_in_words(&self) -> String {
        let trend = match &self.trend {
            Err(why) => return format!("{} has no trend: {why}.", self.subject()),
            Ok(trend) => trend,
        };
        let each = match self.windows.rule.unit() {
            "part" => "from part to part".to_owned(),
            "hour" => "an hour".to_owned(),
            unit => format!("a {unit}"),
        };
        let (low, high) = (trend.slope_interval.low, trend.slope_interval.high);
        let p_value = self.told.p_equals(trend.p_value);
        let moves = match trend.slope < 0.0 {
            true => "falls",
            false => "rises",
        };
        if trend.slope == 0.0 || !trend.is_significant() {
            return format!(
                "{} shows no trend that chance does not explain ({p_value}): between {} and {} {each}.",
                self.subject(),
                self.step(low),
                self.step(high),
            );
        }
        format!(
            "{} {moves} by {} {each}, more than chance explains ({p_value}); between {} and {} at 95 %.",
            self.subject(),
            self.step(trend.slope.abs()).replacen('+', "", 1),
            self.step(low),
            self.step(high),
        )
    }

    fn unchanged_in_words(&self) -> String {
        format!(
            "{} changed nowhere by more than chance explains, in {} that can be judged.",
            self.subject(),
            self.windows.counted(self.judged().count() as u64)
        )
    }

    /// How sure a change is, and between which windows it began.
    fn sure(&self, change: &Change) -> String {
        let p_value = self.told.p_equals(change.p_value);
        match change.earliest < change.latest {
            true => format!(
                "{p_value}; at 95{}% between {} and {}",
                format::SPACE,
                self.place(change.earliest),
                self.place(change.latest)
            ),
            false => p_value,
        }
    }

    /// "Accuracy fell from 91.3 % to 81.3 % as of 23–29 Jan 2012", without how sure that is.
    pub(crate) fn moved(&self, change: &Change) -> String {
        let moved = match change.after.total_cmp(&change.before) {
            Ordering::Less => "fell",
            Ordering::Equal => "changed",
            Ordering::Greater => "rose",
        };
        format!(
            "{} {moved} from {} to {} as of {}",
            self.subject(),
            self.shown(change.before),
            self.shown(change.after),
            self.place(change.window)
        )
    }

    fn place(&self, index: usize) -> String {
        let window = self.window(index);
        window.map_or_else(String::new, |window| self.windows.in_words(window.span))
    }

    /// What it is called at the beginning of a sentence.
    pub fn subject(&self) -> String {
        let subject = match self.metric {
            Metric::Rows => "The number of rows",
            Metric::Positives => "The number of positive rows",
            Metric::LatencyP50 => "The median latency",
            Metric::LatencyP90 => "The 90th percentile of latency",
            Metric::LatencyP95 => "The 95th percentile of latency",
            Metric::LatencyP99 => "The 99th percentile of latency",
            Metric::LatencyMax => "The longest latency",
            Metric::OverBudgetShare => "The share of answers over the latency budget",
            Metric::CostPerPrediction => "The cost of a prediction",
            Metric::CostPerCorrect => "The cost of a right answer",
            metric => return format::capitalised(words::subject(metric)),
        };
        subject.to_owned()
    }

    fn shown(&self, value: f64) -> String {
        self.told.mark(shown_value(self.metric, Some(value)))
    }

    /// How much it moves, with its sign.
    fn step(&self, slope: f64) -> String {
        let plus = if slope > 0.0 { "+" } else { "" };
        self.told.mark(match self.metric.unit() {
            Unit::Share | Unit::Points | Unit::Fall => format::difference(slope),
            Unit::Milliseconds if slope < 0.0 => format!("−{}", format::duration_ms(-slope)),
            Unit::Milliseconds => format!("{plus}{}", format::duration_ms(slope)),
            Unit::Count => format!("{plus}{} rows", format::significant(slope, 3)),
            Unit::Coefficient | Unit::Cost => format!("{plus}{}", format::significant(slope, 3)),
        })
    }
}

impl Profile {
    /// What became of ids with several answers, in a sentence; `None` where no id has several or nobody looked.
    pub fn repetition_in_words(&self) -> Option<String> {
        let repetition = self.examination.as_ref()?.repetition.as_ref()?;
        let consistency = repetition.answers.consistency;
        if consistency.ids == 0 {
            return None;
        }
        let unstable = consistency.ids - consistency.consistent;
        let ids = words::of(unstable, consistency.ids);
        let answers = words::of(repetition.answers.flips, repetition.answers.pairs);
        Some(match unstable {
            0 => format!(
                "All {} ids that were answered more than once got the same answer each time.",
                format::count(consistency.ids)
            ),
            _ => format!(
                "{ids} ids that were answered more than once got different answers; {answers} answers differ from the one before."
            ),
        })
    }

    /// Each challenger beside the champion, a sentence each.
    pub fn comparisons_in_words(&self) -> Vec<String> {
        let models = self
            .examination
            .as_ref()
            .and_then(|found| found.models.as_ref());
        let Some(comparisons) = models.and_then(|models| models.comparisons.as_ref()) else {
            return Vec::new();
        };
        let champion = &comparisons.champion;
        let challengers = comparisons.challengers.iter();
        challengers
            .map(|challenger| {
                let model = &challenger.model;
                let (gain, interval) = match challenger.gain() {
                    Ok(gain) => gain,
                    Err(why) => return format!("“{model}” cannot be held against “{champion}”: {why}."),
                };
                let on = match challenger.is_paired() {
                    true => format!(
                        "of the {} examples that both answered",
                        format::count(challenger.pairs.pairs)
                    ),
                    false => "of the examples of each".to_owned(),
                };
                let range = format!(
                    "between {} and {} at 95 %",
                    format::difference(interval.low),
                    format::difference(interval.high)
                );
                let test = match challenger.is_paired() {
                    true => format!(", McNemar’s {}", format::p_equals(challenger.pairs.mcnemar_p_value())),
                    false => String::new(),
                };
                let by = format::difference(gain.abs());
                let by = by.trim_start_matches('+');
                match (challenger.is_sure(), gain > 0.0) {
                    (true, true) => format!("“{model}” is right more often than “{champion}”, by {by} {on} ({range}{test})."),
                    (true, false) => format!("“{model}” is right less often than “{champion}”, by {by} {on} ({range}{test})."),
                    (false, _) => format!(
                        "“{model}” and “{champion}” cannot be told apart: {} {on} ({range}{test}).",
                        format::difference(gain)
                    ),
                }
            })
            .collect()
    }

    /// Whether what scores let expect of the rows that are judged can be believed, what that is, and what it rests on: a sentence each.
    pub fn estimate_in_words(&self) -> Option<Vec<String>> {
        let estimate = self.examination.as_ref()?.estimate.as_ref()?;
        let accuracy = estimate
            .overall
            .of_counts(|counts| counts.accuracy())
            .ok()?;
        let interval = accuracy.interval();
        let missing = match estimate.overall.unlabelled {
            0 => String::new(),
            rows => format!(", of which {} have no label yet", format::count(rows)),
        };
        let worth = match (estimate.is_recalibrated, estimate.reference_rows) {
            (true, _) => {
                "A score counts for what it was worth on the reference (isotonic recalibration)."
            }
            (false, 0) => {
                "A score counts for what it says: there is no reference to see what it is worth."
            }
            (false, _) => {
                "A score counts for what it says: recalibration on the reference would not improve it."
            }
        };
        Some(vec![
            self.trust(&estimate.labelled),
            format!(
                "By their scores {} of these {} rows{missing} are answered rightly; chance alone puts that at {}.",
                self.told.mark(format::percent(accuracy.value)),
                format::count(estimate.overall.rows),
                self.told
                    .mark(format::percent_interval(interval.low, interval.high)),
            ),
            worth.to_owned(),
            "That inputs have come to mean something else (concept drift), no score can tell."
                .to_owned(),
        ])
    }

    /// Whether the labels, where they are, bear out what is expected of the same rows.
    fn trust(&self, labelled: &EstimatedRows) -> String {
        let expected = labelled.of_counts(|counts| counts.accuracy()).ok();
        let counts = self.current().confusion.as_ref().ok();
        let seen = counts.and_then(|counts| counts.accuracy().ok());
        let Some((expected, seen)) = expected.zip(seen) else {
            return "Cannot be checked here: no row that is judged has both a label and a score."
                .to_owned();
        };
        let shown = format::percent(seen);
        let let_expect = self.told.mark(format::percent(expected.value));
        match expected.interval().contains(seen) {
            true => format!(
                "Holds here: where labels are, {shown} are right, and the scores let expect {let_expect}."
            ),
            false => format!(
                "Do not trust this here: where labels are, {shown} are right, but the scores let expect {let_expect}, and chance does not explain the \
                 difference. Scores are worth something else by now."
            ),
        }
    }
}
