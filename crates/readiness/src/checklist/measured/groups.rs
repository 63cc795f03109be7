//! How right the answers are in the parts of a file, and how differently groups are treated.

use greenlight_format as format;

use super::Measured;
use crate::examination::{Fairness, SegmentColumn, WeakSegment, in_words};
use crate::pitfalls::{ACCURACY_PARADOX, Pitfall};
use crate::profile::Profile;

/// A part that surely lies further behind the rest than this does not hold.
const LARGEST_GAP: f64 = 0.1;
/// Words in the name of a column that groups people by what must not decide about them.
const PEOPLE: [&str; 9] = [
    "sex",
    "gender",
    "race",
    "ethnicity",
    "ethnic",
    "nationality",
    "religion",
    "disability",
    "disabled",
];

/// The values of the segment columns, none of which is surely far behind the rest. Where the decision has just moved, nothing
/// is said until the rows have been looked at again.
pub(super) fn slices(profile: &Profile, pitfalls: &[Pitfall]) -> Option<Measured> {
    const ITEM: &str = "slices";
    let examination = profile.examination.as_ref()?;
    let weak = &examination.errors.as_ref()?.weak;
    let worst = examination.segments.worst(0.0)?;
    if worst.judged < 2 {
        return None;
    }
    let columns: Vec<String> = examination
        .segments
        .columns
        .iter()
        .map(|column| format!("“{}”", column.column))
        .collect();
    let looked_at = format!(
        "Accuracy was counted in {} parts of at least 30 rows, by {}; it is lowest where {} is “{}”: {} of {} rows.",
        format::count(worst.judged),
        columns.join(", "),
        worst.column,
        worst.segment,
        format::percent(worst.accuracy),
        format::count(worst.rows),
    );
    if pitfalls
        .iter()
        .any(|pitfall| pitfall.name == ACCURACY_PARADOX)
    {
        return Some(Measured::mentions(
            ITEM,
            format!("{looked_at} But accuracy flatters where a class is so rare."),
        ));
    }
    let is_far_behind = |segment: &&WeakSegment| segment.gap_interval.low > LARGEST_GAP;
    Some(match weak.segments.iter().find(is_far_behind) {
        Some(segment) => Measured::mentions(
            ITEM,
            format!(
                "{looked_at} Where {}, it is {} lower than elsewhere: it does not hold.",
                in_words(&segment.conditions),
                profile
                    .told
                    .mark(format::difference(segment.gap).replacen('+', "", 1)),
            ),
        ),
        None => Measured::shows(
            ITEM,
            format!(
                "{looked_at} None is surely more than 10 points behind the rest. Which parts are important, and whether \
                 other metrics hold in them, the file does not say."
            ),
        ),
    })
}

/// Rates by a column whose name says that it groups people; by another it cannot be told whether they matter.
pub(super) fn inclusion(profile: &Profile) -> Option<Measured> {
    const ITEM: &str = "inclusion";
    let columns = &profile.examination.as_ref()?.segments.columns;
    let of_people = columns.iter().find(|column| is_of_people(&column.column));
    let (column, compared) = of_people
        .into_iter()
        .chain(columns)
        .find_map(|column| Some((column, compared(column, profile)?)))?;
    Some(match is_of_people(&column.column) {
        true => Measured::shows(
            ITEM,
            format!(
                "{compared} Whether that is fair, and whether other groups matter, people have to say."
            ),
        ),
        false => Measured::mentions(
            ITEM,
            format!(
                "{compared} Whether these are groups that must be treated alike, the file does not say."
            ),
        ),
    })
}

fn is_of_people(column: &str) -> bool {
    let mut words = column.split(|c: char| !c.is_alphanumeric());
    let begins_with_age = words
        .clone()
        .next()
        .is_some_and(|first| first.eq_ignore_ascii_case("age"));
    begins_with_age || words.any(|word| PEOPLE.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// How far the rates of the groups lie apart, where there are several.
fn compared(column: &SegmentColumn, profile: &Profile) -> Option<String> {
    let fairness = Fairness::of(column, &profile.classes).ok()?;
    let groups = fairness.groups.len();
    if groups < 2 {
        return None;
    }
    let disparity = &fairness.disparity;
    let apart = |name: &str, spread: &Result<greenlight_metrics::fairness::Spread, _>| {
        let difference = spread.as_ref().ok()?.difference;
        let points = format::difference(difference);
        Some(format!(
            "{} apart in {name}",
            points.trim_start_matches('+')
        ))
    };
    let rates = [
        apart("shares predicted positive", &disparity.selection),
        apart("recall", &disparity.true_positive),
        apart("false alarm rate", &disparity.false_positive),
    ];
    let rates: Vec<String> = rates.into_iter().flatten().collect();
    Some(format!(
        "{} groups by “{}” of at least 30 rows were compared; the furthest lie {}.",
        format::count(groups as u64),
        column.column,
        rates.join(", "),
    ))
}
