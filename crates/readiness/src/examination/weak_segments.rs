//! Where the answers are wrong more often than elsewhere: every value of every column, and every pair of them.

use greenlight_metrics::worst_of_k::FEWEST_ROWS;
use greenlight_metrics::{BinaryCounts, ErrorCount, Interval, JointErrorCounts, simultaneous_z};
use serde::{Deserialize, Serialize};

use super::coded_column::CodedColumn;
use super::condition::Condition;
use super::judged_rows::{JudgedRows, POSITIVE, WRONG};

/// Pairs are taken of so many columns.
pub const MOST_PAIRED_COLUMNS: usize = 60;
/// So many segments are kept.
pub const MOST_KEPT: usize = 20;
/// So many candidates wait for the end of the search; with more, the weakest evidence is dropped.
const MOST_CANDIDATES: usize = 4_096;

/// The segments in which answers are surely wrong more often than in the rest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WeakSegments {
    /// Groups of at least 30 rows that were looked at.
    pub groups: u64,
    /// Columns that were looked at.
    pub columns: u64,
    /// Columns that were not looked at, because memory did not reach for them.
    pub passed_over: u64,
    /// Columns of which pairs were looked at: those whose single values differ most where there are too many.
    pub paired_columns: u64,
    /// All rows that were judged.
    pub all: ErrorCount,
    /// The segments, those first whose accuracy is lower than elsewhere by the most that is sure.
    pub segments: Vec<WeakSegment>,
}

/// Rows in which answers are surely wrong more often than in the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeakSegment {
    /// What they have in common.
    pub conditions: Vec<Condition>,
    /// How many there are, and how many are wrong.
    pub count: ErrorCount,
    /// The accuracy of the rest less theirs.
    pub gap: f64,
    /// Newcombe's interval of the gap, at a level at which those of all groups hold together in 95 % of the cases.
    pub gap_interval: Interval,
    /// Their counts by class, with two classes of which one is positive.
    pub counts: Option<BinaryCounts>,
}

/// A column and the code of one of its parts.
type Place = (usize, usize);

#[derive(Clone, Copy, Debug)]
struct Candidate {
    first: Place,
    second: Option<Place>,
    count: ErrorCount,
    /// The lower end of the gap's interval at the level that was known when it was found.
    low: f64,
}

/// The search, which goes column by column.
#[derive(Debug, Default)]
pub(crate) struct WeakSearch {
    all: ErrorCount,
    /// By column and code.
    singles: Vec<Vec<ErrorCount>>,
    groups_of_one: u64,
    groups_of_two: u64,
    paired: Vec<usize>,
    candidates: Vec<Candidate>,
    joint: JointErrorCounts,
}

impl WeakSearch {
    /// Looks at single values. A pass over the rows for each column.
    pub fn new(columns: &[CodedColumn], rows: &JudgedRows) -> Self {
        let mut search = Self {
            all: rows.counted().total(),
            ..Self::default()
        };
        for column in columns {
            let joint = &mut search.joint;
            joint.count(column.coded(), column.coded(), rows.counted());
            let counts = (0..column.parts.len()).map(|code| joint.at(code, code));
            search.singles.push(counts.collect());
        }
        let looked_at = search.singles.iter().flatten();
        search.groups_of_one = looked_at.filter(|count| search.is_group(count)).count() as u64;
        search.paired = search.most_different();
        let z = search.z();
        for (column, counts) in search.singles.iter().enumerate() {
            for (code, count) in counts.iter().enumerate() {
                if let Some(low) = search.low(count, z) {
                    search.candidates.push(Candidate {
                        first: (column, code),
                        second: None,
                        count: *count,
                        low,
                    });
                }
            }
        }
        search
    }

    /// How many steps of pairs there are.
    pub fn steps(columns: usize) -> usize {
        columns.min(MOST_PAIRED_COLUMNS).saturating_sub(1)
    }

    /// Looks at the pairs of one of the paired columns with all that follow it. A pass over the rows for each.
    pub fn look_at_pairs(&mut self, step: usize, columns: &[CodedColumn], rows: &JudgedRows) {
        let z = self.z();
        let low_of = |search: &Self, (column, code): Place| {
            let count = search.singles.get(column).and_then(|codes| codes.get(code));
            count.map_or((0, -1.0), |count| {
                (count.rows, search.low(count, z).unwrap_or(-1.0))
            })
        };
        let paired = self.paired.clone();
        let Some((&first, others)) = paired.get(step..).and_then(<[usize]>::split_first) else {
            return;
        };
        for &second in others {
            let (Some(one), Some(two)) = (columns.get(first), columns.get(second)) else {
                continue;
            };
            self.joint.count(one.coded(), two.coded(), rows.counted());
            let lows = |search: &Self, column, parts: usize| -> Vec<(u64, f64)> {
                (0..parts)
                    .map(|code| low_of(search, (column, code)))
                    .collect()
            };
            let of_one = lows(self, first, one.parts.len());
            let of_two = lows(self, second, two.parts.len());
            for (a, &(rows_a, low_a)) in of_one.iter().enumerate() {
                for (b, &(rows_b, low_b)) in of_two.iter().enumerate() {
                    let count = self.joint.at(a, b);
                    // The same rows as one of the values alone are no other group.
                    if !self.is_group(&count) || count.rows == rows_a || count.rows == rows_b {
                        continue;
                    }
                    self.groups_of_two += 1;
                    if let Some(low) = self.low(&count, z).filter(|low| *low > low_a.max(low_b)) {
                        self.candidates.push(Candidate {
                            first: (first, a),
                            second: Some((second, b)),
                            count,
                            low,
                        });
                    }
                }
            }
        }
        self.prune();
    }

    /// The segments that are left at the level of all groups together. A pass over the rows.
    pub fn finish(
        mut self,
        columns: &[CodedColumn],
        rows: &JudgedRows,
        binary: bool,
    ) -> WeakSegments {
        let (z, chance) = (self.z(), 0.025 / self.comparisons().max(1) as f64);
        let singles = std::mem::take(&mut self.singles);
        let single_low = |(column, code): Place| {
            let count = singles.get(column).and_then(|codes| codes.get(code));
            count.and_then(|count| self.low(count, z)).unwrap_or(0.0)
        };
        let mut kept: Vec<Candidate> = Vec::new();
        for candidate in &self.candidates {
            let Some(low) = self.low(&candidate.count, z) else {
                continue;
            };
            let says_more = candidate
                .second
                .is_none_or(|second| low > single_low(candidate.first).max(single_low(second)));
            // Intervals of shares are too narrow that far out, for rare errors above all: chance has to agree.
            if says_more && candidate.count.chance(&self.all) <= chance {
                insert(&mut kept, Candidate { low, ..*candidate }, MOST_KEPT);
            }
        }
        let segments = kept.iter().filter_map(|candidate| {
            let places = [Some(candidate.first), candidate.second];
            let condition = |(column, code): Place| {
                let column = columns.get(column)?;
                Some(Condition {
                    column: column.name.clone(),
                    part: column.parts.get(code)?.clone(),
                })
            };
            let rest = self.all.without(candidate.count);
            Some(WeakSegment {
                conditions: places.into_iter().flatten().filter_map(condition).collect(),
                count: candidate.count,
                gap: candidate.count.error_rate().ok()? - rest.error_rate().ok()?,
                gap_interval: candidate.count.gap(&self.all, z).ok()?,
                counts: binary.then(|| counts_of(candidate, columns, rows)),
            })
        });
        WeakSegments {
            segments: segments.collect(),
            groups: self.groups_of_one + self.groups_of_two,
            columns: columns.len() as u64,
            passed_over: 0,
            paired_columns: self.paired.len() as u64,
            all: self.all,
        }
    }

    /// Whether a group has rows enough to be judged, and others to be held against.
    fn is_group(&self, count: &ErrorCount) -> bool {
        count.rows >= FEWEST_ROWS && count.rows < self.all.rows
    }

    /// By how much at least a group lies behind the rest; `None` where that is not sure.
    fn low(&self, count: &ErrorCount, z: f64) -> Option<f64> {
        if !self.is_group(count) {
            return None;
        }
        let gap = count.gap(&self.all, z).ok()?;
        (gap.low > 0.0).then_some(gap.low)
    }

    /// Groups among which chance could choose: those looked at so far, and as many more pairs as were passed over because
    /// their columns seemed to differ less.
    fn comparisons(&self) -> u64 {
        let pairs = |columns: usize| (columns * columns.saturating_sub(1) / 2) as u64;
        let (all, looked_at) = (pairs(self.singles.len()), pairs(self.paired.len()));
        let scale = match looked_at {
            0 => 1,
            looked_at => all.div_ceil(looked_at).max(1),
        };
        self.groups_of_one + self.groups_of_two * scale
    }

    fn z(&self) -> f64 {
        simultaneous_z(self.comparisons())
    }

    /// The columns of which pairs are taken, in the order of the file.
    fn most_different(&self) -> Vec<usize> {
        // A column of one part has nothing to add.
        let varied =
            |counts: &Vec<ErrorCount>| counts.iter().filter(|count| count.rows > 0).count() > 1;
        let largest_gap = |counts: &Vec<ErrorCount>| {
            let groups = counts.iter().filter(|count| self.is_group(count));
            let lows = groups.filter_map(|count| count.gap(&self.all, 1.0).ok());
            lows.map(|gap| gap.low).fold(-1.0, f64::max)
        };
        let columns = self.singles.iter().enumerate();
        let columns = columns.filter(|(_, counts)| varied(counts));
        let gaps: Vec<(usize, f64)> = columns
            .map(|(column, counts)| (column, largest_gap(counts)))
            .collect();
        let mut chosen: Vec<(usize, f64)> = Vec::new();
        for (column, gap) in gaps {
            let place = chosen.partition_point(|(_, known)| *known >= gap);
            if place < MOST_PAIRED_COLUMNS {
                chosen.insert(place, (column, gap));
                chosen.truncate(MOST_PAIRED_COLUMNS);
            }
        }
        (0..self.singles.len())
            .filter(|column| chosen.iter().any(|(known, _)| known == column))
            .collect()
    }

    /// Drops the weakest candidates where there are too many.
    fn prune(&mut self) {
        if self.candidates.len() <= MOST_CANDIDATES {
            return;
        }
        let mut kept: Vec<Candidate> = Vec::new();
        for candidate in &self.candidates {
            insert(&mut kept, *candidate, MOST_CANDIDATES / 4);
        }
        self.candidates = kept;
    }
}

/// Puts a candidate in its place among the `most` best: by what is sure of its gap, then by rows.
fn insert(kept: &mut Vec<Candidate>, candidate: Candidate, most: usize) {
    let place = kept.partition_point(|known| {
        known.low > candidate.low
            || known.low == candidate.low && known.count.rows >= candidate.count.rows
    });
    if place < most {
        kept.insert(place, candidate);
        kept.truncate(most);
    }
}

fn counts_of(candidate: &Candidate, columns: &[CodedColumn], rows: &JudgedRows) -> BinaryCounts {
    let codes = |(column, code): Place| {
        (
            columns.get(column).map_or(&[][..], |column| &column.codes),
            code,
        )
    };
    let first = codes(candidate.first);
    let second = candidate.second.map(codes);
    let is_in = |(codes, code): (&[u8], usize), row: usize| {
        codes
            .get(row)
            .is_some_and(|found| usize::from(*found) == code)
    };
    let mut counts = BinaryCounts::default();
    for (row, outcome) in rows.outcomes.iter().enumerate() {
        if is_in(first, row) && second.is_none_or(|second| is_in(second, row)) {
            let cell = match (outcome & POSITIVE != 0, outcome & WRONG != 0) {
                (true, false) => &mut counts.tp,
                (true, true) => &mut counts.fn_,
                (false, false) => &mut counts.tn,
                (false, true) => &mut counts.fp,
            };
            *cell = cell.saturating_add(rows.count(row));
        }
    }
    counts
}
