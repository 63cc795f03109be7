//! How differently the model treats the values of a segment column.

use greenlight_metrics::worst_of_k::FEWEST_ROWS;
use greenlight_metrics::{BinaryCounts, Disparity, GroupRates, Undefined};

use crate::absent::Absent;
use crate::classes::Classes;

use super::segments::SegmentColumn;

/// The rates of each group, and how far they lie apart. Follows the counts of the column, so it is that of the threshold in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Fairness<'s> {
    /// The values with at least 30 rows, as in the column. The folded ones are no group.
    pub groups: Vec<Group<'s>>,
    /// Values with fewer rows.
    pub too_small: u64,
    /// How far the rates of the groups lie apart; indexes are those of `groups`.
    pub disparity: Disparity,
    /// The group that most rows are in.
    pub largest: usize,
}

/// The rows of one value.
#[derive(Clone, Debug, PartialEq)]
pub struct Group<'s> {
    /// The value.
    pub value: &'s str,
    /// Its counts.
    pub counts: BinaryCounts,
    /// Its rates.
    pub rates: GroupRates,
}

/// Which of the two predictions is good for those it is made about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Favourable {
    /// The positive class: to be given the loan.
    #[default]
    Positive,
    /// The negative class: not to be suspected of fraud.
    Negative,
}

impl<'s> Fairness<'s> {
    /// The fairness figures of a column, where it is favourable to be predicted positive.
    ///
    /// # Errors
    /// Where there are not two classes of which one is positive, nothing decides, or no value has enough rows.
    pub fn of(column: &'s SegmentColumn, classes: &Classes) -> Result<Self, Absent> {
        Self::favouring(Favourable::Positive, column, classes)
    }

    /// The fairness figures of a column: what a rate counts as selected, or positive, is the favourable class.
    ///
    /// # Errors
    /// As for [`of`](Self::of).
    pub fn favouring(
        favourable: Favourable,
        column: &'s SegmentColumn,
        classes: &Classes,
    ) -> Result<Self, Absent> {
        let positive = match (classes.positive(), classes.len()) {
            (Some(positive), _) => positive,
            (None, 2) => return Err(Absent::NoPositiveClass),
            (None, 0 | 1) => return Err(Undefined::OneClass.into()),
            (None, _) => return Err(Undefined::NotBinary.into()),
        };
        let mut groups = Vec::new();
        let mut too_small = 0;
        for segment in &column.segments {
            let confusion = segment
                .statistics
                .confusion
                .as_ref()
                .map_err(Absent::clone)?;
            let counts = confusion.binary(positive);
            let counts = match favourable {
                Favourable::Positive => counts,
                Favourable::Negative => counts.swapped(),
            };
            match counts.total() >= FEWEST_ROWS {
                false => too_small += 1,
                true => groups.push(Group {
                    value: &segment.value,
                    rates: GroupRates::of(&counts),
                    counts,
                }),
            }
        }
        let mut largest = 0;
        let mut most = 0;
        for (index, group) in groups.iter().enumerate() {
            if group.counts.total() > most {
                (largest, most) = (index, group.counts.total());
            }
        }
        if most == 0 {
            return Err(Undefined::NoRows.into());
        }
        let counts: Vec<BinaryCounts> = groups.iter().map(|group| group.counts).collect();
        Ok(Self {
            disparity: Disparity::of(&counts),
            groups,
            too_small,
            largest,
        })
    }
}
