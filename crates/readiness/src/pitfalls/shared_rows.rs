//! Rows and ids that training data and judged rows have in common.

use greenlight_format as format;
use greenlight_metrics::{Repeats, newcombe_difference};

use super::leakage::Clue;
use super::training::Training;
use super::{Pitfall, PitfallSeverity, share};
use crate::profile::Profile;

/// So many judged rows are needed, whatever their share.
const FEWEST: u64 = 10;
/// Of the judged rows without an expected twin, such a share has one: a warning. More by so much of what is expected, as the
/// world moves.
const EXCESS: (f64, f64) = (0.05, 0.25);
/// As that, for sure.
const SERIOUS_EXCESS: f64 = 0.2;
/// Where more of the training rows than this have a twin among themselves, twins prove little.
const COARSE: f64 = 0.2;

/// How many judged rows have a twin in the training data, beside how many were to be expected.
struct Twins {
    rows: u64,
    share: f64,
    expected: f64,
    /// Beyond what is expected, of the rest; 0 where chance explains it.
    excess: f64,
}

impl Twins {
    /// Were both drawn from the same world, a judged row would have a twin among the training rows about as often as a
    /// training row has one among the others.
    fn of(repeats: &Repeats) -> Option<Self> {
        let (found, rows) = (repeats.current_in_reference, repeats.current_rows);
        let (usual, reference) = (repeats.repeated_in_reference, repeats.reference_rows);
        let gap = newcombe_difference(found, rows, usual, reference).ok()?;
        let (found_share, expected) = (share(found, rows), share(usual, reference));
        let excess = (found_share - expected) / (1.0 - expected).max(f64::EPSILON);
        Some(Self {
            rows: found,
            share: found_share,
            expected,
            excess: if gap.low > 0.0 { excess } else { 0.0 },
        })
    }

    fn are_more_than_expected(&self) -> bool {
        self.excess >= EXCESS.0 + EXCESS.1 * self.expected
    }
}

/// Judged rows whose inputs a training row has as well, and more often than training rows repeat among themselves: the
/// 95 % Newcombe interval of the difference lies above 0, at least 10 rows, and of those for which no twin was to be
/// expected 5 % and a quarter of the share that was. *Serious* from 20 % on where hardly any (at most a fifth) were to be expected, nine in ten have the twin's label
/// and the reference is called training data; else a *warning*.
pub(super) fn identical_rows(profile: &Profile, training: &Training<'_>) -> Option<Clue> {
    let repeats = profile.examination.as_ref()?.repeats.as_ref()?;
    let twins = Twins::of(repeats)?;
    if twins.rows < FEWEST || !twins.are_more_than_expected() {
        return None;
    }
    let agree = share(repeats.with_the_same_class, twins.rows) >= 0.9;
    let is_clear = twins.excess >= SERIOUS_EXCESS && twins.expected <= COARSE && agree;
    Some(Clue {
        severity: match is_clear && training.is_certain {
            true => PitfallSeverity::Serious,
            false => PitfallSeverity::Warning,
        },
        reason: format!(
            "{} of the {} rows of “{}” have exactly the inputs of a row of “{}” ({}, where {} would be expected): the model \
             is asked what it was taught.",
            format::count(twins.rows),
            format::count(repeats.current_rows),
            training.current,
            training.name,
            format::percent(twins.share),
            format::percent(twins.expected),
        ),
        advice: "Take rows that occur in both out of one of them, and judge again.",
        evidence: vec![
            ("identical_rows", twins.rows as f64),
            ("identical_share", twins.share),
            ("expected_identical_share", twins.expected),
        ],
    })
}

/// Ids that occur once in each of training data and judged rows, but in both: at least 10, and 5 % of the judged
/// rows. Ids that merely count the rows of each from the same start say nothing. *Serious* where nine in ten of such rows
/// also have a twin by their inputs and the reference is called training data; else a *warning*, as the same customer may
/// honestly be asked about again.
pub(super) fn shared_ids(profile: &Profile, training: &Training<'_>) -> Option<Clue> {
    let examination = profile.examination.as_ref()?;
    let ids = examination.ids.as_ref().filter(|ids| !ids.count_up)?;
    let repeats = &ids.repeats;
    let shared = repeats.current_in_reference;
    let seldom = |part: u64, whole: u64| share(part, whole) <= 0.01;
    let are_unique = seldom(repeats.repeated_in_reference, repeats.reference_rows)
        && seldom(repeats.repeated_in_current, repeats.current_rows);
    if !are_unique || shared < FEWEST || share(shared, repeats.current_rows) < EXCESS.0 {
        return None;
    }
    let rows = examination.repeats.as_ref();
    let are_same = rows.is_some_and(|rows| {
        rows.current_in_reference as f64 >= 0.9 * shared as f64
            && share(rows.repeated_in_reference, rows.reference_rows) <= COARSE
    });
    Some(Clue {
        severity: match are_same && training.is_certain {
            true => PitfallSeverity::Serious,
            false => PitfallSeverity::Warning,
        },
        reason: format!(
            "{} of the {} rows of “{}” have the id of a row of “{}”.",
            format::count(shared),
            format::count(repeats.current_rows),
            training.current,
            training.name,
        ),
        advice: "Split by id, so that nobody the model has learnt from is among the judged rows.",
        evidence: vec![
            ("shared_ids", shared as f64),
            ("current_ids", repeats.current_rows as f64),
        ],
    })
}

/// Judged rows that have a twin in the training data as often as training rows have one among themselves: at least 10, and
/// 5 % of them. *Info*: coarse inputs make twins, but so does copying rows (oversampling) before splitting.
pub(super) fn repeated_rows(profile: &Profile) -> Option<Pitfall> {
    let training = Training::of(profile)?;
    let repeats = profile.examination.as_ref()?.repeats.as_ref()?;
    let twins = Twins::of(repeats)?;
    if twins.rows < FEWEST || twins.share < EXCESS.0 || twins.are_more_than_expected() {
        return None;
    }
    let reason = format!(
        "{} of the rows of “{}” have exactly the inputs of a row of “{}”. That is as often as rows of the latter repeat \
         among themselves ({}).",
        format::percent(twins.share),
        training.current,
        training.name,
        format::percent(twins.expected),
    );
    Some(Pitfall::new(
        "repeated_rows",
        PitfallSeverity::Info,
        reason,
        "With few or coarse inputs this is expected. Make sure that rows were not copied, as by oversampling, before the \
         data was split.",
        &[
            ("identical_rows", Some(twins.rows as f64)),
            ("identical_share", Some(twins.share)),
            ("expected_identical_share", Some(twins.expected)),
        ],
    ))
}
