//! What the cells of a column leave open, and what another column of the same file settles.

use crate::number_format::DecimalMark;

/// The doubts about the columns of a table.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    notes: Vec<String>,
    /// Notes on columns whose commas may be of either kind, and what they were taken for.
    commas: Vec<(DecimalMark, String)>,
    /// What commas are for certain in some column.
    certain: Vec<DecimalMark>,
}

impl Doubts {
    /// Notes a doubt that only a person can settle.
    pub(super) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Notes how the commas of a column were read; without a note there is no doubt about them.
    pub(super) fn comma(&mut self, mark: DecimalMark, note: Option<String>) {
        match note {
            Some(note) => self.commas.push((mark, note)),
            None => self.certain.push(mark),
        }
    }

    /// The doubts that are left when all columns are known.
    pub(crate) fn into_notes(self) -> impl Iterator<Item = String> {
        let [first, second] =
            [DecimalMark::Point, DecimalMark::Comma].map(|mark| self.certain.contains(&mark));
        let is_settled = move |mark| match mark {
            DecimalMark::Point => first && !second,
            DecimalMark::Comma => second && !first,
        };
        let commas = self
            .commas
            .into_iter()
            .filter(move |(mark, _)| !is_settled(*mark));
        self.notes.into_iter().chain(commas.map(|(_, note)| note))
    }
}
