//! The rows behind a number: those in a cell of the confusion matrix, and those that were left out.
//!
//! Nothing is indexed beforehand. Each question is one pass over the rows, and copies out the cells of
//! one page of them, or all of them as CSV piece by piece.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use greenlight_data::{Column, ColumnId, Role, Roles, Table};
use greenlight_format::csv::push_record;
use greenlight_metrics::Predicted;
use serde::{Deserialize, Serialize};

use crate::choices::Choices;
use crate::classes::stray;
use crate::observations::{Observation, Observations, RowProblem};
use crate::profile::Settings;
use crate::profile_error::ProfileError;
use crate::schema::{DecisionRule, Schema};
use crate::source::Source;

/// Columns of a page; the others are in the CSV.
const MOST_COLUMNS: usize = 50;
/// Characters of a cell of a page; all of them are in the CSV.
const MOST_CHARACTERS: usize = 200;
/// Bytes of CSV handed on at a time.
const PIECE: usize = 1 << 20;

/// Which rows are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowFilter {
    /// Those that are judged, are of one class and were predicted as one: a cell of the confusion
    /// matrix. Indexes into the classes of the file.
    Cell {
        /// What they are.
        actual: usize,
        /// What they were predicted as.
        predicted: usize,
    },
    /// Those that could not be used, whatever their split.
    Rejected,
}

/// In which order rows come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowOrder {
    /// As in the file.
    #[default]
    File,
    /// Those whose score speaks most for what they were predicted as come first, equals as in the
    /// file; so the most confident mistakes of a cell lead. As in the file where there are no scores.
    Confidence,
}

/// Some rows with their cells.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RowPage {
    /// The names of the columns: first those that play a role, then the others as in the file.
    pub columns: Vec<String>,
    /// Further columns, which only the CSV has.
    pub columns_left_out: usize,
    /// Further columns, which only the file itself has: they do not fit in memory.
    pub columns_in_file: usize,
    /// The rows.
    pub rows: Vec<Row>,
    /// How many rows of the file there are to page through.
    pub total: u64,
    /// Whether [`RowOrder::Confidence`] can order them.
    pub has_confidence: bool,
}

/// A row of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The data row in its file, counted from 1.
    pub number: u64,
    /// The file.
    pub file: String,
    /// Why it could not be used, where it could not.
    pub problem: Option<String>,
    /// Its cells, in the order of the columns; empty where a value is missing.
    pub cells: Vec<String>,
}

/// Finds rows of a source as its profile has judged them.
pub struct RowFinder<'t> {
    source: &'t Source,
    schema: Schema,
    observations: Observations<'t>,
    threshold: f64,
    /// The split that is judged; `None` where all rows are.
    current: Option<usize>,
    columns: Vec<&'t Column>,
}

impl<'t> RowFinder<'t> {
    /// Prepares to find rows of `source`, read through `choices` and decided by the `settings` of the
    /// profile that came of them.
    ///
    /// # Errors
    /// As [`Profile::of`](crate::Profile::of).
    pub fn new(
        source: &'t Source,
        choices: &Choices,
        settings: &Settings,
    ) -> Result<Self, ProfileError> {
        let (roles, schema, observations) = read_as_judged(source, choices, settings)?;
        let current = settings.current.as_ref();
        Ok(Self {
            source,
            observations,
            // No threshold is the highest of all: nothing is flagged.
            threshold: settings.threshold.unwrap_or(f64::INFINITY),
            current: current.and_then(|name| schema.split_named(name)),
            columns: in_order(&source.table, &roles),
            schema,
        })
    }

    /// A page of rows: `count` of them from the one at `first`, counted from 0. One pass over the rows.
    ///
    /// [`RowOrder::Confidence`] sorts no more than it must: the best `first + count` are kept in a heap,
    /// 16 bytes each, so a page deep in a large cell costs the most, O(n log n).
    ///
    /// ```
    /// use greenlight_readiness::{Choices, Profile, RowFilter, RowFinder, RowOrder, SourceReader};
    ///
    /// let mut reader = SourceReader::new("tiny.csv");
    /// reader.feed(b"id,label,prediction\na,ham,ham\nb,ham,spam\nc,spam,spam\n")?;
    /// let source = reader.finish_alone()?;
    /// let choices = Choices::default();
    /// let profile = Profile::of(&source, &choices)?;
    /// let finder = RowFinder::new(&source, &choices, &profile.settings)?;
    /// let false_alarms = RowFilter::Cell { actual: 0, predicted: 1 };
    /// let page = finder.page(false_alarms, RowOrder::File, 0, 20);
    /// assert_eq!((page.total, page.rows[0].number), (1, 2));
    /// assert_eq!(page.columns, ["id", "label", "prediction"]);
    /// assert_eq!(page.rows[0].cells, ["b", "ham", "spam"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn page(&self, filter: RowFilter, order: RowOrder, first: usize, count: usize) -> RowPage {
        let (total, rows) = match order {
            RowOrder::Confidence if self.has_confidence() => {
                self.most_confident(filter, first, count)
            }
            _ => self.in_file_order(filter, first, count),
        };
        let shown = self.columns.len().min(MOST_COLUMNS);
        let columns = self.columns.get(..shown).unwrap_or_default();
        RowPage {
            columns: columns.iter().map(|column| column.name.clone()).collect(),
            columns_left_out: self.columns.len() - shown,
            columns_in_file: self.source.table.columns().len() - self.columns.len(),
            rows: rows
                .into_iter()
                .map(|row| self.copy(row, columns))
                .collect(),
            total,
            has_confidence: self.has_confidence(),
        }
    }

    /// All rows as CSV in the order of the file, in pieces of about a mebibyte: where each stands, why
    /// it could not be used if it could not, and all its cells in full. One pass over the rows.
    ///
    /// Of a row that the reader could not take apart, the text stands in place of its cells. Only the
    /// first mebibyte of such rows is kept; beyond it the reason says so.
    pub fn write_csv(&self, filter: RowFilter, take: &mut dyn FnMut(&str)) {
        let rejected = filter == RowFilter::Rejected;
        let mut names = vec!["file", "row"];
        if rejected {
            names.extend(["why it was left out", "text"]);
        }
        names.extend(self.columns.iter().map(|column| column.name.as_str()));
        let mut text = String::new();
        push_record(&mut text, &names);
        self.visit(filter, &mut |row, _| {
            let (file, number) = self.place(row);
            let number = number.to_string();
            let problem = self.problem(row);
            let cells: Vec<Cow<'_, str>> = self.cells(row, &self.columns).collect();
            let mut record: Vec<&str> = vec![file, &number];
            if let Some((reason, unread)) = &problem {
                record.extend([reason.as_ref(), unread.as_ref()]);
            }
            record.extend(cells.iter().map(Cow::as_ref));
            push_record(&mut text, &record);
            if text.len() >= PIECE {
                take(&text);
                text.clear();
            }
        });
        take(&text);
    }

    fn in_file_order(&self, filter: RowFilter, first: usize, count: usize) -> (u64, Vec<usize>) {
        let (mut total, mut rows) = (0_u64, Vec::new());
        self.visit(filter, &mut |row, _| {
            if total >= first as u64 && rows.len() < count {
                rows.push(row);
            }
            total += 1;
        });
        (total, rows)
    }

    fn most_confident(&self, filter: RowFilter, first: usize, count: usize) -> (u64, Vec<usize>) {
        let wanted = first.saturating_add(count);
        // The least of those kept is on top: the first to give way.
        let mut kept: BinaryHeap<Reverse<(Confidence, Reverse<usize>)>> = BinaryHeap::new();
        let mut total = 0;
        self.visit(filter, &mut |row, confidence| {
            total += 1;
            let entry = Reverse((Confidence::of(confidence), Reverse(row)));
            if kept.len() < wanted {
                kept.push(entry);
            } else if let Some(mut least) = kept.peek_mut()
                && entry < *least
            {
                *least = entry;
            }
        });
        let mut rows = Vec::new();
        // They leave the heap from the least to the most confident.
        while kept.len() > first {
            if let Some(Reverse((_, Reverse(row)))) = kept.pop() {
                rows.push(row);
            }
        }
        rows.reverse();
        (total, rows)
    }

    /// Each row that the filter takes, with what its score says for its predicted class.
    fn visit(&self, filter: RowFilter, take: &mut dyn FnMut(usize, Option<f64>)) {
        for row in 0..self.observations.rows() {
            match (filter, self.observations.row(row)) {
                (RowFilter::Rejected, Some(Err(_))) => take(row, None),
                // Rows outside of the range that is looked at are not there either.
                (RowFilter::Rejected, None) if self.source.table.is_rejected(row) => {
                    take(row, None);
                }
                (RowFilter::Cell { actual, predicted }, Some(Ok(observation)))
                    if self.is_judged(&observation)
                        && observation.actual.is_some_and(|class| class.0 == actual)
                        && self.predicted(&observation) == Some(Predicted(predicted)) =>
                {
                    take(row, self.confidence(&observation, predicted));
                }
                _ => {}
            }
        }
    }

    fn is_judged(&self, observation: &Observation) -> bool {
        self.current.is_none() || observation.split == self.current
    }

    /// The class that an observation is taken for, by the rule in force.
    fn predicted(&self, observation: &Observation) -> Option<Predicted> {
        match self.schema.decision? {
            DecisionRule::Prediction | DecisionRule::Argmax => observation.predicted,
            DecisionRule::Threshold => {
                let positive = self.schema.classes.positive()?;
                let flagged = observation.score? >= self.threshold;
                Some(Predicted(if flagged { positive } else { 1 - positive }))
            }
        }
    }

    /// What the score says for the predicted class. Within a cell this orders rows as the distance from
    /// the threshold does, and needs none.
    fn confidence(&self, observation: &Observation, predicted: usize) -> Option<f64> {
        if self.schema.is_multiclass_scored() {
            let top = observation.top.filter(|top| top.class == predicted);
            return top.map(|top| top.score);
        }
        let score = observation.score?;
        let for_positive = self.schema.classes.positive()? == predicted;
        Some(if for_positive { score } else { -score })
    }

    fn has_confidence(&self) -> bool {
        self.schema.is_multiclass_scored()
            || self.schema.has_score && self.schema.classes.positive().is_some()
    }

    /// The file of a row, and its data row there, counted from 1.
    fn place(&self, row: usize) -> (&str, u64) {
        let (file, number) = self.source.place(row);
        let file = self.source.files.get(file);
        (file.map_or(&self.source.name, |file| &file.name), number)
    }

    /// Why a row could not be used, and the text of one that could not even be taken apart.
    fn problem(&self, row: usize) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
        match self.observations.row(row) {
            Some(Ok(_)) => None,
            Some(Err(RowProblem { reason, .. })) => Some((reason.into(), "".into())),
            None => Some(match self.source.table.unread(row) {
                Some(unread) => (unread.reason.as_str().into(), unread.text.as_str().into()),
                None => {
                    let reason = "the row could not be read; its text was not kept, because more \
                                  than a mebibyte of such rows came before it";
                    (reason.into(), "".into())
                }
            }),
        }
    }

    fn copy(&self, row: usize, columns: &[&Column]) -> Row {
        let (file, number) = self.place(row);
        Row {
            number,
            file: file.to_owned(),
            problem: self.problem(row).map(|(reason, _)| reason.into_owned()),
            cells: self
                .cells(row, columns)
                .map(|cell| shortened(&cell))
                .collect(),
        }
    }

    fn cells<'c>(
        &self,
        row: usize,
        columns: &'c [&'t Column],
    ) -> impl Iterator<Item = Cow<'c, str>> {
        columns.iter().map(move |column| {
            let text = column.values.text(row);
            text.or_else(|| stray(column, row).map(Cow::Borrowed))
                .unwrap_or_default()
        })
    }
}

/// The rows of `source` once more, read through `choices` and decided by the `settings` of the profile that came of them.
pub(crate) fn read_as_judged<'t>(
    source: &'t Source,
    choices: &Choices,
    settings: &Settings,
) -> Result<(Roles, Schema, Observations<'t>), ProfileError> {
    let table = &source.table;
    let roles = choices.apply(table, &source.guesses)?;
    let by_threshold = settings.decision == Some(DecisionRule::Threshold);
    let positive = settings.positive.as_deref();
    let (schema, observations) =
        Observations::chosen(table, &roles, choices, positive, by_threshold)?;
    Ok((roles, schema, observations))
}

/// First the columns that play a role, identity before all others, then the rest as in the file.
fn in_order<'t>(table: &'t Table, roles: &Roles) -> Vec<&'t Column> {
    let leading = Role::ALL
        .into_iter()
        .filter(|role| !matches!(role, Role::Segment | Role::Feature));
    let mut ids: Vec<ColumnId> = roles.id.into_iter().collect();
    for id in leading
        .flat_map(|role| roles.columns(role))
        .chain(table.columns_with_ids().map(|(id, _)| id))
    {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let columns = ids.into_iter().filter_map(|id| table.column(id));
    columns.filter(|column| !column.is_deferred()).collect()
}

fn shortened(cell: &str) -> String {
    match cell.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", cell.get(..end).unwrap_or_default()),
        None => cell.to_owned(),
    }
}

/// A score among scores: in order of value, none at all before the lowest.
#[derive(PartialEq)]
struct Confidence(f64);

impl Confidence {
    fn of(score: Option<f64>) -> Self {
        Self(score.unwrap_or(f64::NEG_INFINITY))
    }
}

impl Eq for Confidence {}

impl Ord for Confidence {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        // −0 and 0 are the same score.
        (self.0 + 0.0).total_cmp(&(other.0 + 0.0))
    }
}

impl PartialOrd for Confidence {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
