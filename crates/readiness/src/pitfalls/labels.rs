//! Labels that mislead: missing for a reason, or contradicting each other.

use greenlight_format as format;

use super::{Pitfall, PitfallSeverity, share};
use crate::examination::MissingLabels;
use crate::profile::Profile;

/// All groupings together may be raised by chance this often.
const ERROR: f64 = 0.001;
/// Fewer missing labels show nothing.
const FEWEST_MISSING: u64 = 20;
/// The worst group misses so much more than all rows, in points and times.
const WORSE: (f64, f64) = (0.05, 1.5);

/// Labels are missing more often in some rows than in others: what is judged is then not what the model will meet
/// (missing not at random, Rubin 1976; for missing by prediction: verification bias, Begg and Greenes 1983).
///
/// Each segment, the prediction, the split and ten equal parts of the file are looked at: at least 20 labels are missing,
/// Pearson's chi-square test finds the groups different at 0.1 % shared among all that was looked at (Bonferroni), and the
/// worst group misses at least 5 points and one and a half times as much as all rows. *Warning*; *info* where only
/// splits differ, as labels of live data come late.
pub(super) fn labels_missing_not_at_random(profile: &Profile) -> Option<Pitfall> {
    let found = &profile.examination.as_ref()?.missing_labels;
    let is_shown = |missing: &&MissingLabels| {
        let worst = share(missing.worst_missing, missing.worst_rows);
        let all = share(missing.missing, missing.rows);
        missing.missing >= FEWEST_MISSING
            && missing.p_value < ERROR / found.len() as f64
            && worst >= all + WORSE.0
            && worst >= all * WORSE.1
    };
    let is_split =
        |missing: &MissingLabels| missing.column.is_some() && missing.column == profile.roles.split;
    let by_split = found.iter().filter(is_shown).find(|at| is_split(at));
    // Parts of the file are often its splits.
    let tells = |missing: &&MissingLabels| {
        !is_split(missing) && (missing.column.is_some() || by_split.is_none())
    };
    let by_else = found.iter().filter(is_shown).filter(tells);
    let by_else = by_else.min_by(|a, b| a.p_value.total_cmp(&b.p_value));
    let (worst, severity) = match by_else {
        Some(worst) => (worst, PitfallSeverity::Warning),
        None => (by_split?, PitfallSeverity::Info),
    };
    let place = match &worst.column {
        None => format!("in {} of the file", worst.worst),
        Some(column) => format!("where “{column}” is “{}”", worst.worst),
    };
    let reason = format!(
        "Labels are not missing by chance: {} of {} rows lack one, but {} {place}. The rows that are judged are not \
         those the model meets.",
        format::percent(share(worst.missing, worst.rows)),
        format::count(worst.rows),
        format::percent(share(worst.worst_missing, worst.worst_rows)),
    );
    Some(Pitfall::new(
        "labels_missing_not_at_random",
        severity,
        reason,
        "Find out who gets a label and why. Label a random sample of the others before trusting the numbers; where labels \
         come late, judge only rows old enough to have theirs.",
        &[
            ("missing_rows", Some(worst.missing as f64)),
            ("rows", Some(worst.rows as f64)),
            ("worst_group_missing_rows", Some(worst.worst_missing as f64)),
            ("worst_group_rows", Some(worst.worst_rows as f64)),
            ("p_value", Some(worst.p_value)),
        ],
    ))
}

/// So many rows, and so large a share of them, contradict each other.
const CONFLICTING: (u64, f64) = (10, 0.01);
/// Where at most this share of rows have a twin, twins are copies and not chance.
const SELDOM: f64 = 0.2;

/// Judged rows with the same inputs and different labels: no model can get all of them right from these inputs.
///
/// Raised from 10 rows and 1 % of the judged ones on. *Info*: few or coarse inputs, or inputs that the file does not list,
/// make twins by chance. *Warning* where at most a fifth of the rows have a twin at all, so that twins are rather copies
/// of one case that was labelled twice. Inputs are the feature and segment columns, numbers compared exactly.
pub(super) fn conflicting_labels(profile: &Profile) -> Option<Pitfall> {
    let repeats = profile.examination.as_ref()?.repeats.as_ref()?;
    let rows = repeats.current_rows;
    let conflicting = share(repeats.conflicting, rows);
    if repeats.conflicting < CONFLICTING.0 || conflicting < CONFLICTING.1 {
        return None;
    }
    let twins = share(repeats.repeated_in_current, rows);
    let severity = match twins <= SELDOM {
        true => PitfallSeverity::Warning,
        false => PitfallSeverity::Info,
    };
    let best = 1.0 - share(repeats.fewest_errors, rows);
    let reason = format!(
        "{} of {} rows have the same inputs as another row but a different label. From the inputs in this file no model \
         can be right more than {} of the time.",
        format::count(repeats.conflicting),
        format::count(rows),
        format::percent(best),
    );
    Some(Pitfall::new(
        "conflicting_labels",
        severity,
        reason,
        "Look at such rows: are labels wrong, or does the model see more than the file lists? If not, add inputs that tell \
         the cases apart.",
        &[
            ("conflicting_rows", Some(repeats.conflicting as f64)),
            ("rows", Some(rows as f64)),
            ("rows_with_a_twin", Some(repeats.repeated_in_current as f64)),
            ("best_possible_accuracy", Some(best)),
        ],
    ))
}
