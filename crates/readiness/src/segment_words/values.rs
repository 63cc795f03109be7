//! The values of a segment column, each with its rates, and which of them are low beyond chance.

use greenlight_format as format;
use greenlight_metrics::fairness::Rate;
use greenlight_metrics::worst_of_k::FEWEST_ROWS;
use greenlight_metrics::{BinaryCounts, ConfusionMatrix, WorstOfK, simultaneous_z, wilson_at};

use super::counted;
use crate::classes::Classes;
use crate::examination::SegmentColumn;

/// What values are compared by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// Right answers, of all.
    #[default]
    Accuracy,
    /// Cases that are caught, of all cases.
    Recall,
    /// Alarms that are real, of all alarms.
    Precision,
}

impl Measure {
    /// All of them; two classes of which one is positive know more than the first.
    pub const ALL: [Self; 3] = [Self::Accuracy, Self::Recall, Self::Precision];

    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accuracy => "accuracy",
            Self::Recall => "recall",
            Self::Precision => "precision",
        }
    }

    fn cases(self, matrix: &ConfusionMatrix, classes: &Classes) -> Option<(u64, u64)> {
        let binary = || classes.positive().map(|positive| matrix.binary(positive));
        let of = |(cases, of): (u64, u64)| (of > 0).then_some((cases, of));
        match self {
            Self::Accuracy => of((matrix.correct(), matrix.total())),
            Self::Recall => of(recall(&binary()?)),
            Self::Precision => of(precision(&binary()?)),
        }
    }
}

fn recall(counts: &BinaryCounts) -> (u64, u64) {
    (counts.tp, counts.actual_positives())
}

fn precision(counts: &BinaryCounts) -> (u64, u64) {
    (counts.tp, counts.predicted_positives())
}

/// How the value of a column stands to all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its whole interval lies below, at a level at which those of all values hold together in 95 % of the cases.
    Lower,
    /// It is not surely lower.
    NotLower,
    /// There are fewer than 30 rows that count.
    TooFew,
    /// It stands for several values, which are not judged together.
    Folded,
}

impl Standing {
    /// In a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Lower => "clearly lower",
            Self::NotLower => "within chance or better",
            Self::TooFew => "too few rows to say",
            Self::Folded => "not judged together",
        }
    }
}

/// A value of a column as a row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueRow {
    /// The value.
    pub name: String,
    /// Its rows.
    pub rows: u64,
    /// In the order of [`Measure::ALL`]; `None` where no row counts.
    pub rates: [Option<Rate>; 3],
    /// How it stands by the measure that was asked for.
    pub standing: Standing,
}

impl ValueRow {
    /// Its rate by a measure.
    pub fn rate(&self, measure: Measure) -> Option<&Rate> {
        let place = Measure::ALL.iter().position(|known| *known == measure)?;
        self.rates.get(place)?.as_ref()
    }

    /// The value in a sentence.
    pub fn read_out(&self, measure: Measure) -> String {
        let rows = counted(self.rows, "row", "rows");
        match self.rate(measure) {
            None => format!(
                "{}: {rows}, none of which counts for {}.",
                self.name,
                measure.name()
            ),
            Some(Rate {
                value, interval, ..
            }) => format!(
                "{}: {rows}, {} {} (95 % interval {}): {}.",
                self.name,
                measure.name(),
                format::percent(*value),
                format::percent_interval(interval.low, interval.high),
                self.standing.words(),
            ),
        }
    }
}

/// The values of a column, compared.
#[derive(Clone, Debug, PartialEq)]
pub struct ValuesWords {
    /// The one sentence to read.
    pub finding: String,
    /// Rows that are in none of the values, or in several together.
    pub remarks: Vec<String>,
    /// The values, the lowest that can be judged first.
    pub rows: Vec<ValueRow>,
    /// What all rows together have; `None` where it does not exist.
    pub overall: Option<f64>,
}

impl ValuesWords {
    /// The values of `column`, compared by `measure` among themselves and with `all` rows that are judged.
    pub fn of(
        column: &SegmentColumn,
        all: &ConfusionMatrix,
        classes: &Classes,
        measure: Measure,
    ) -> Self {
        let overall = measure.cases(all, classes);
        let overall = overall.map(|(cases, of)| cases as f64 / of as f64);
        let found: Vec<Option<(u64, u64)>> = column
            .segments
            .iter()
            .map(|segment| measure.cases(segment.statistics.confusion.as_ref().ok()?, classes))
            .collect();
        let is_judged = |cases: &Option<(u64, u64)>| cases.is_some_and(|(_, of)| of >= FEWEST_ROWS);
        let judged = found.iter().filter(|cases| is_judged(cases)).count() as u64;
        let z = simultaneous_z(judged.max(1));
        let standing = |cases: Option<(u64, u64)>| match cases.filter(|_| is_judged(&cases)) {
            None => Standing::TooFew,
            Some((cases, of)) => match (wilson_at(cases, of, z), overall) {
                (Ok(interval), Some(overall)) if interval.high < overall => Standing::Lower,
                _ => Standing::NotLower,
            },
        };
        let mut rows: Vec<ValueRow> = Vec::new();
        let mut judged_rows = 0;
        for (index, (value, statistics)) in column.values().enumerate() {
            let rate = |measure: Measure| {
                let matrix = statistics.confusion.as_ref().ok()?;
                let (cases, of) = measure.cases(matrix, classes)?;
                Rate::of(cases, of).ok()
            };
            let row = ValueRow {
                name: value.to_owned(),
                rows: statistics.rows,
                rates: Measure::ALL.map(rate),
                standing: found
                    .get(index)
                    .map_or(Standing::Folded, |cases| standing(*cases)),
            };
            let lowness = |row: &ValueRow| row.rate(measure).map_or(1.0, |rate| rate.value);
            match row.standing {
                Standing::Lower | Standing::NotLower => {
                    let place = rows
                        .iter()
                        .take(judged_rows)
                        .position(|known| lowness(known) > lowness(&row))
                        .unwrap_or(judged_rows);
                    rows.insert(place, row);
                    judged_rows += 1;
                }
                _ => rows.push(row),
            }
        }
        let lower = rows.iter().filter(|row| row.standing == Standing::Lower);
        let cases = found.iter().map(|cases| cases.unwrap_or_default());
        let worst = WorstOfK::of(cases, overall.unwrap_or(0.0));
        let name = worst.and_then(|worst| column.segments.get(worst.index));
        let finding = match (worst, name, overall) {
            (Some(worst), Some(segment), Some(overall)) => lowest(
                (&segment.value, &worst),
                measure,
                overall,
                lower.count() as u64,
            ),
            _ => format!(
                "No value of {} has the {FEWEST_ROWS} rows that judging its {} takes",
                column.column,
                measure.name()
            ),
        };
        Self {
            finding,
            remarks: remarks(column),
            rows,
            overall,
        }
    }
}

/// The lowest value, and whether chance explains it.
fn lowest((value, worst): (&str, &WorstOfK), measure: Measure, overall: f64, lower: u64) -> String {
    let measured = format!("{} {}", measure.name(), format::percent(worst.value));
    let overall = format::percent(overall);
    if worst.judged == 1 {
        return format!("“{value}” has {measured}; no other value has rows enough to compare");
    }
    let values = format::count(worst.judged);
    match (worst.is_surely_below, lower.saturating_sub(1)) {
        (false, _) => format!(
            "“{value}” is lowest with {measured}; for the lowest of {values} values that is within chance of the {overall} of all rows"
        ),
        (true, 0) => format!(
            "“{value}” is clearly lower: {measured}, against {overall} of all rows, even with {values} values compared"
        ),
        (true, others) => format!(
            "“{value}” is clearly lower: {measured}, against {overall} of all rows; so {}, of {values} values",
            match others {
                1 => "is one more".to_owned(),
                more => format!("are {} more", format::count(more)),
            },
        ),
    }
}

fn remarks(column: &SegmentColumn) -> Vec<String> {
    let mut remarks = Vec::new();
    if column.folded > 0 {
        let rows = column.other.as_ref().map_or(0, |other| other.rows);
        remarks.push(format!(
            "{} with {} together stand as “other”.",
            counted(column.folded, "rarer value", "rarer values"),
            counted(rows, "row", "rows"),
        ));
    }
    match column.missing {
        0 => {}
        missing => remarks.push(format!(
            "{} no value and {} not shown.",
            counted(missing, "row has", "rows have"),
            if missing == 1 { "is" } else { "are" },
        )),
    }
    remarks
}
