//! Features that stayed in the file: read again group by group, they are looked at like all others.

use std::collections::VecDeque;

use greenlight_data::{ColumnId, Roles, Table};

use super::steps::Step;
use crate::source::Source;

/// Columns to read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Their names.
    pub columns: Vec<String>,
    /// The place of the first among all features, counted from 1.
    pub first: usize,
    /// The place of the last.
    pub last: usize,
    /// How many features there are.
    pub of: usize,
}

/// The file is not the one that was read before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the file has changed since it was read first: it had {rows} rows then and has {rows_now} now; open it again"
)]
pub struct FileChanged {
    /// Rows at first.
    pub rows: usize,
    /// Rows now.
    pub rows_now: usize,
}

/// What is found of columns one by one.
#[derive(Clone, Copy, Debug)]
pub(super) enum List {
    /// How well each tells the classes apart.
    Columns,
    /// How far each has moved.
    Drift,
    /// Those that hold times, which are not compared.
    Times,
}

/// The groups, and the one that is in memory.
#[derive(Debug, Default)]
pub(super) struct ColumnGroups {
    groups: Vec<Vec<ColumnId>>,
    /// Every feature, in order.
    features: Vec<ColumnId>,
    /// Columns of which something was found, in the order in which it stands, for each list.
    told: [Vec<ColumnId>; 3],
    /// All columns, of which those of one group are stored.
    table: Option<Table>,
}

impl ColumnGroups {
    /// The features of a source that stayed in its file.
    pub fn of(source: &Source, roles: &Roles) -> Self {
        let is_deferred = |id: &ColumnId| {
            let column = source.table.column(*id);
            column.is_some_and(greenlight_data::Column::is_deferred)
        };
        let deferred: Vec<ColumnId> = roles.features.iter().copied().filter(is_deferred).collect();
        let wide = source.wide.as_ref();
        Self {
            groups: wide.map_or_else(Vec::new, |wide| wide.groups(&deferred)),
            features: roles.features.clone(),
            ..Self::default()
        }
    }

    /// The steps with those about each group together: first what needs no group, then one after the other, then what needs
    /// all to be done. The steps about a column keep their order.
    pub fn in_order(&self, steps: VecDeque<Step>) -> VecDeque<Step> {
        if self.groups.is_empty() {
            return steps;
        }
        let (mut now, mut last) = (VecDeque::new(), VecDeque::new());
        let mut by_group: Vec<VecDeque<Step>> = vec![VecDeque::new(); self.groups.len()];
        for step in steps {
            let group = step.column().and_then(|column| self.group_of(column));
            match group.and_then(|group| by_group.get_mut(group)) {
                Some(of_group) => of_group.push_back(step),
                None if step.concludes() => last.push_back(step),
                None => now.push_back(step),
            }
        }
        for (group, steps) in by_group.into_iter().enumerate() {
            now.push_back(Step::Read(group));
            now.extend(steps);
        }
        now.extend(last);
        now
    }

    fn group_of(&self, column: ColumnId) -> Option<usize> {
        self.groups.iter().position(|group| group.contains(&column))
    }

    /// Whether a step is about a group.
    pub fn is_about(&self, step: Step, group: usize) -> bool {
        step.column()
            .is_some_and(|column| self.group_of(column) == Some(group))
    }

    /// The table that a step about a column that stayed in the file looks at.
    pub fn table_of(&self, step: Step) -> Option<&Table> {
        self.group_of(step.column()?)?;
        self.table.as_ref()
    }

    /// What a group consists of.
    pub fn wanted(&self, group: usize, table: &Table) -> Option<Wanted> {
        let group = self.groups.get(group)?;
        let place = |column: Option<&ColumnId>| {
            let place = self.features.iter().position(|known| Some(known) == column);
            place.map(|place| place + 1)
        };
        let names = group.iter().filter_map(|column| table.column(*column));
        Some(Wanted {
            columns: names.map(|column| column.name.clone()).collect(),
            first: place(group.first())?,
            last: place(group.last())?,
            of: self.features.len(),
        })
    }

    /// Where in a list of that length what was found of a column belongs: features in their order, then other columns as they
    /// come. What else the list holds stands before them.
    pub fn place(&mut self, list: List, column: ColumnId, length: usize) -> usize {
        let features = &self.features;
        let rank = |column: &ColumnId| {
            let place = features.iter().position(|known| known == column);
            place.unwrap_or(usize::MAX)
        };
        let told = match list {
            List::Columns => &mut self.told[0],
            List::Drift => &mut self.told[1],
            List::Times => &mut self.told[2],
        };
        let own = rank(&column);
        let place = told.partition_point(|known| rank(known) <= own);
        let before = length.saturating_sub(told.len());
        told.insert(place, column);
        before + place
    }

    /// Frees the group that was looked at.
    pub fn release(&mut self) {
        self.table = None;
    }

    /// Takes a group in place of the one before; what is to be noted of how it was read.
    pub fn supply(&mut self, table: Table, all: &Table) -> Result<Vec<String>, FileChanged> {
        let names = |table: &Table| {
            table
                .columns()
                .iter()
                .map(|column| column.name.clone())
                .collect::<Vec<_>>()
        };
        if table.rows() != all.rows() || names(&table) != names(all) {
            return Err(FileChanged {
                rows: all.rows(),
                rows_now: table.rows(),
            });
        }
        let notes = table
            .notes()
            .iter()
            .filter(|note| !all.notes().contains(note));
        let notes = notes.cloned().collect();
        self.table = Some(table);
        Ok(notes)
    }
}
