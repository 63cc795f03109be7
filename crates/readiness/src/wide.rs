//! Files whose columns do not fit in memory: which of them are kept, and in which groups the others are read again.

use std::collections::BTreeSet;

use greenlight_data::{
    Column, ColumnId, Guesses, Outlook, Role, Roles, Table, guess_roles, is_named_like_a_part,
};

use crate::choices::Choices;
use crate::source::Source;

/// How much memory a look at a file may take in all where nothing else is said: 1.5 GB.
pub const DEFAULT_MEMORY: u64 = 1_500_000_000;
/// What a row takes beside its cells while it is looked at: scores being sorted, class, outcome and fingerprint.
const BYTES_A_ROW: u64 = 48;

/// What is to fit in memory.
///
/// Of a file that does not, the columns stay in memory that play a part other than that of a feature, seem to by their
/// names, or are asked for; and as many features as can stay without another reading.
#[derive(Clone, Debug, Default)]
pub struct Room {
    /// Bytes that may be taken in all.
    pub memory: u64,
    /// What was settled: a column that plays a part stays.
    pub choices: Choices,
    /// Further columns that have to stay, by name.
    pub kept: BTreeSet<String>,
}

/// What is known of a file's columns where some of them stayed in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Wide {
    /// About how many bytes each column takes.
    sizes: Vec<u64>,
    /// Bytes that a group of columns may take.
    group: u64,
    /// Bytes that the codes of all columns may take, a byte a row each.
    codes: u64,
}

impl Room {
    /// Room of so many bytes.
    pub fn of(memory: u64, choices: &Choices) -> Self {
        Self {
            memory,
            choices: choices.clone(),
            kept: BTreeSet::new(),
        }
    }

    /// What has to stay in the file, and what is then known; `None` where all fits.
    pub(crate) fn plan(&self, outlook: Outlook) -> Option<(BTreeSet<ColumnId>, Wide)> {
        let Outlook {
            sample,
            rows,
            memory: sizes,
        } = outlook;
        let beside = rows.saturating_mul(BYTES_A_ROW);
        let memory = self.memory.saturating_sub(beside).max(self.memory / 4);
        let all: u64 = sizes.iter().sum();
        if all <= memory / 3 * 2 {
            return None;
        }
        let roles = self.roles(&sample);
        let stays = |id: ColumnId, column: &Column| {
            roles
                .of_column(id)
                .is_some_and(|role| role != Role::Feature)
                || is_named_like_a_part(&column.name)
                || self.is_asked_for(&column.name)
        };
        let size = |id: ColumnId| sizes.get(id.position()).copied().unwrap_or(0);
        let columns = sample.columns_with_ids();
        let features: Vec<ColumnId> = columns
            .filter(|(id, column)| !stays(*id, column))
            .map(|(id, _)| id)
            .collect();
        let of_features: u64 = features.iter().map(|id| size(*id)).sum();
        let room = (memory / 2)
            .saturating_sub(all - of_features)
            .max(memory / 8);
        let readings = of_features.div_ceil(room.max(1));
        // With so many kept, the others just fit in as many groups, each beside those.
        let spare = match readings {
            0 | 1 => room,
            _ => (readings * room - of_features) / (readings - 1),
        };
        let (mut kept, mut deferred) = (0, BTreeSet::new());
        for id in features {
            match deferred.is_empty() && kept + size(id) <= spare {
                true => kept += size(id),
                false => {
                    deferred.insert(id);
                }
            }
        }
        let group = room - kept;
        let codes = memory / 8 * 3;
        let wide = Wide {
            sizes,
            group,
            codes,
        };
        (!deferred.is_empty()).then_some((deferred, wide))
    }

    fn roles(&self, sample: &Table) -> Roles {
        let guesses = guess_roles(sample);
        self.choices
            .apply(sample, &guesses)
            // Who made a choice that cannot be honoured hears of it once all is read.
            .unwrap_or(guesses.roles)
    }

    fn is_asked_for(&self, name: &str) -> bool {
        let mut chosen = self.choices.roles.iter();
        let is_chosen = chosen.any(|(role, names)| {
            *role != Role::Feature && names.iter().any(|chosen| chosen == name)
        });
        is_chosen || self.kept.contains(name)
    }
}

impl Wide {
    /// The columns in groups that fit beside what stays, as alike in size as can be.
    pub(crate) fn groups(&self, columns: &[ColumnId]) -> Vec<Vec<ColumnId>> {
        let size = |id: &ColumnId| self.sizes.get(id.position()).copied().unwrap_or(0).max(1);
        let all: u64 = columns.iter().map(size).sum();
        let count = all.div_ceil(self.group.max(1)).min(columns.len() as u64);
        let mut groups: Vec<Vec<ColumnId>> = vec![Vec::new(); count as usize];
        let mut before = 0;
        for column in columns {
            let size = size(column);
            let group = (before + size / 2) as u128 * u128::from(count) / u128::from(all.max(1));
            before += size;
            if let Some(group) = groups.get_mut(group as usize) {
                group.push(*column);
            }
        }
        groups.retain(|group| !group.is_empty());
        groups
    }

    /// Bytes that the codes of all columns may take.
    pub(crate) fn codes(&self) -> u64 {
        self.codes
    }
}

impl Source {
    /// The columns, by name, that play a part other than that of a feature with these choices, and stayed in the file: it has
    /// to be read again with them [kept](Room::kept).
    pub fn lacking(&self, choices: &Choices) -> Vec<String> {
        let guesses: &Guesses = &self.guesses;
        let Ok(roles) = choices.apply(&self.table, guesses) else {
            return Vec::new();
        };
        let deferred = self.table.columns_with_ids();
        let deferred = deferred.filter(|(_, column)| column.is_deferred());
        let plays = |id| {
            roles
                .of_column(id)
                .is_some_and(|role| role != Role::Feature)
        };
        let lacking = deferred.filter(|(id, _)| plays(*id));
        lacking.map(|(_, column)| column.name.clone()).collect()
    }
}
