//! Answers that reach the model before the question (Kaufman, Rosset and Perlich 2012).

use greenlight_data::Role;
use greenlight_format as format;
use greenlight_metrics::normal;

use super::perfect::suspiciously_perfect;
use super::training::Training;
use super::{Pitfall, PitfallSeverity, share, shared_rows};
use crate::examination::{ColumnSeparability, Examination};
use crate::profile::Profile;

/// One sign of leakage.
pub(super) struct Clue {
    pub severity: PitfallSeverity,
    pub reason: String,
    pub advice: &'static str,
    pub evidence: Vec<(&'static str, f64)>,
}

/// Signs that answers reach the model: a column that holds them, rows or ids on both sides, training on the future, a
/// score that is the label. Each is defined where it is recognised; the worst gives the severity, and all are told.
pub(super) fn leakage(profile: &Profile) -> Option<Pitfall> {
    let examination = profile.examination.as_ref()?;
    let training = Training::of(profile);
    let training = training.as_ref();
    let clues = [
        telling_feature(profile, examination),
        training.and_then(|training| shared_rows::identical_rows(profile, training)),
        training.and_then(|training| shared_rows::shared_ids(profile, training)),
        telling_position(profile, examination),
        training.and_then(|training| later_training(examination, training)),
        // What the others explain: a model that knows the answers says them.
        copied_label(profile, examination),
    ];
    let severity = clues.iter().flatten().map(|clue| clue.severity).max()?;
    let (mut reasons, mut advice, mut evidence) = (Vec::new(), Vec::new(), Vec::new());
    for of in [PitfallSeverity::Serious, PitfallSeverity::Warning] {
        for clue in clues.iter().flatten().filter(|clue| clue.severity == of) {
            reasons.push(clue.reason.as_str());
            advice.push(clue.advice);
            evidence.extend(
                clue.evidence
                    .iter()
                    .map(|&(name, value)| (name, Some(value))),
            );
        }
    }
    let (reason, advice) = (reasons.join(" "), advice.join(" "));
    Some(Pitfall::new("leakage", severity, reason, advice, &evidence))
}

/// From here on a column holds the answer, but for noise.
const ANSWER: f64 = 0.99;
/// From here on it may, where no other comes near.
const STRONG: f64 = 0.9;
/// So far ahead of the next column must it be for a serious finding, for one below [`ANSWER`], and for any.
const AHEAD: (f64, f64, f64) = (0.1, 0.2, 0.04);
/// From here on it holds the answer whatever the next one does.
const PERFECT: f64 = 0.9995;
/// Fewer rows of a class show nothing.
const FEWEST_ROWS: u64 = 10;
/// All columns of a file together seem to tell something by chance this often.
const ERROR: f64 = 0.001;

/// How well a column tells the classes apart: with two classes that, with more how well it tells the one it tells worst, as
/// many an honest feature tells one of them.
fn told(column: &ColumnSeparability, profile: &Profile) -> f64 {
    match profile.classes.len() {
        2 => column.largest,
        _ => column.least,
    }
}

/// Whether a column that knows nothing would not tell so much among `columns`: by the normal approximation of the
/// Mann–Whitney statistic, shared among them.
fn is_beyond_chance(column: &ColumnSeparability, value: f64, columns: usize) -> bool {
    let rows = column.fewest as f64;
    // The deviation of 2·AUC − 1 where both have so many rows; half of them where half is learnt from.
    let rows = if column.ranked { rows } else { rows / 2.0 };
    let deviation = 2.0 * ((2.0 * rows + 1.0) / (12.0 * rows * rows)).sqrt();
    let z = normal::quantile(1.0 - ERROR / columns.max(1) as f64 / 2.0);
    column.fewest >= FEWEST_ROWS && z.is_ok_and(|z| value > z * deviation)
}

/// A feature or segment that alone gives the label away: |2·AUC − 1| of at least 0.99, or at least 0.9 and 0.2 above the
/// next one (with more than two classes: for each of the classes). *Serious* from 0.99 on where the next one lies 0.1
/// lower, so that the problem is not just easy; else a *warning*, and nothing where the next one comes within 0.04 and it is not all but
/// perfect (0.9995). At least 10 rows of each class, and beyond what chance
/// does among so many columns. A column that ranks rows exactly as score or prediction do is one of the model's own outputs and
/// not judged.
fn telling_feature(profile: &Profile, examination: &Examination) -> Option<Clue> {
    let outputs = examination.outputs.as_ref();
    let own = outputs.map(|outputs| [outputs.separability, outputs.predicted_separability]);
    let is_output = |value: f64| {
        own.iter()
            .flatten()
            .flatten()
            .any(|known| (known - value).abs() < 1e-12 && value < 1.0)
    };
    let inputs = || {
        let columns = examination.columns.iter();
        columns.filter(|column| {
            matches!(column.role, Role::Feature | Role::Segment)
                && !(column.ranked && is_output(column.largest))
        })
    };
    let value = |column: &&ColumnSeparability| told(column, profile);
    let best = inputs().max_by(|a, b| value(a).total_cmp(&value(b)))?;
    let is_answer = value(&best) >= ANSWER;
    // Those that hold the answer may be several; the next is the best of the others.
    let others = inputs().filter(|column| match is_answer {
        true => value(column) < ANSWER,
        false => column.column != best.column,
    });
    let next = others.map(|column| value(&column)).fold(0.0, f64::max);
    let answers = inputs().filter(|column| value(column) >= ANSWER).count();
    let above = value(&best) - next;
    let is_told = match is_answer {
        true => above >= AHEAD.2 || value(&best) >= PERFECT,
        false => value(&best) >= STRONG && above >= AHEAD.1,
    };
    if !is_told || !is_beyond_chance(best, value(&best), examination.columns.len()) {
        return None;
    }
    let is_clear = is_answer && above >= AHEAD.0;
    let more = match answers {
        0 | 1 => String::new(),
        several => format!(" (and {} more)", several - 1),
    };
    let looked_at = match profile.classes.len() > best.classes && profile.classes.len() > 2 {
        true => format!(", of the {} most frequent classes", best.classes),
        false => String::new(),
    };
    let reason = format!(
        "“{}”{more} alone all but gives the label away: it tells the classes apart with {} of 1{looked_at}, the next column \
         with {}. Is it known before the prediction is made?",
        best.column,
        profile.told.mark(format::significant(value(&best), 3)),
        profile.told.mark(format::significant(next, 2)),
    );
    Some(Clue {
        severity: match is_clear {
            true => PitfallSeverity::Serious,
            false => PitfallSeverity::Warning,
        },
        reason,
        advice: "Find out when and how that column is filled in. If only afterwards, train and judge without it; if it is \
                 an output of the model, give it no part as a feature.",
        evidence: vec![("separability", value(&best)), ("next_separability", next)],
    })
}

/// An id or timestamp that predicts the label: |2·AUC − 1| of at least 0.9, with at least 10 rows of each class and beyond
/// chance. *Warning*, since the file may only be sorted; *serious* from 0.99 on where the answers are suspiciously perfect as
/// well, as those of a model are that sees the column.
fn telling_position(profile: &Profile, examination: &Examination) -> Option<Clue> {
    let columns = examination.columns.iter();
    let column = columns
        .filter(|column| matches!(column.role, Role::Id | Role::Timestamp))
        .find(|column| {
            let value = told(column, profile);
            value >= STRONG && is_beyond_chance(column, value, examination.columns.len())
        })?;
    let value = told(column, profile);
    let is_seen = value >= ANSWER && suspiciously_perfect(profile).is_some();
    Some(Clue {
        severity: match is_seen {
            true => PitfallSeverity::Serious,
            false => PitfallSeverity::Warning,
        },
        reason: format!(
            "“{}” alone predicts the label (separability {} of 1): ids or times were given out by class.",
            column.column,
            profile.told.mark(format::significant(value, 3)),
        ),
        advice: "Make sure that the model does not see that column, and that the data was not split along it.",
        evidence: vec![("id_or_time_separability", value)],
    })
}

/// So many rows of the judged ones are needed before a score that is the label surprises, and for a serious finding.
const COPIED: (u64, u64) = (50, 100);

/// Scores that are the label: only two of them, which separate the classes perfectly; of more than two classes a score of 1
/// for the true class in every row. At least 10 rows of each class and 50 in all; *serious* from 100 rows on, else a
/// *warning*.
fn copied_label(profile: &Profile, examination: &Examination) -> Option<Clue> {
    let current = profile.current();
    let matrix = current.confusion.as_ref().ok()?;
    let scores = current.scores.as_ref().ok()?;
    let is_copy = match &examination.outputs {
        Some(outputs) => outputs.distinct_scores == 2 && outputs.roc_auc == Some(1.0),
        None => profile.classes.len() > 2 && scores.log_loss.is_ok_and(|loss| loss < 1e-9),
    };
    let supports = || (0..profile.classes.len()).map(|class| matrix.support(class));
    let fewest = supports().filter(|rows| *rows > 0).min()?;
    let rows = matrix.total();
    if !is_copy || fewest < FEWEST_ROWS || rows < COPIED.0 {
        return None;
    }
    Some(Clue {
        severity: match rows >= COPIED.1 {
            true => PitfallSeverity::Serious,
            false => PitfallSeverity::Warning,
        },
        reason: format!(
            "The score is the label: in all {} rows it says for sure what turns out to be true.",
            format::count(rows)
        ),
        advice: "Check that the score column was not made from the label.",
        evidence: vec![("rows_with_copied_label", rows as f64)],
    })
}

/// Such a share of the training rows lies after the earliest judged one.
const LATER: f64 = 0.05;

/// A model that has learnt from what came later: at least 10 training rows and 5 % of them are later than the earliest
/// judged row, and the sides overlap (a judged row is later than a training row in less than 99 % of pairs). *Warning*: dates alone
/// do not show that the numbers suffer.
fn later_training(examination: &Examination, training: &Training<'_>) -> Option<Clue> {
    let order = examination.time_order.as_ref()?;
    let later = share(order.later, order.reference_rows);
    let is_later = order.later >= 10 && later >= LATER && order.current_is_later < 0.99;
    if !is_later || order.current_rows < 10 || !training.is_certain {
        return None;
    }
    Some(Clue {
        severity: PitfallSeverity::Warning,
        reason: format!(
            "{} of the rows of “{}” are later than the first of “{}”: the model may know what came next.",
            format::percent(later),
            training.name,
            training.current,
        ),
        advice: "Split by time: train on what was known before the judged rows happened.",
        evidence: vec![
            ("later_training_rows", order.later as f64),
            ("current_is_later", order.current_is_later),
        ],
    })
}
