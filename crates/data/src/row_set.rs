//! A set of rows that could not be read, made for the usual case that it is empty.

/// A row that could not be read, as its file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadRow {
    /// The row, counted from 0.
    pub row: usize,
    /// Why, in plain words.
    pub reason: String,
    /// All of its text.
    pub text: String,
}

/// So many bytes of such rows are kept; the rest are only counted.
const MOST_KEPT_BYTES: usize = 1 << 20;

/// Row numbers, a bit each once there is one, and the texts of the first ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RowSet {
    words: Vec<u64>,
    /// In order of rows.
    kept: Vec<UnreadRow>,
    kept_bytes: usize,
}

impl RowSet {
    /// Inserts a row together with its text, which is kept where there is room.
    pub(crate) fn insert_text(&mut self, row: usize, reason: &str, text: impl FnOnce() -> String) {
        self.insert(row);
        if self.kept_bytes >= MOST_KEPT_BYTES {
            return;
        }
        let text = text();
        self.kept_bytes += text.len() + reason.len();
        if self.kept_bytes <= MOST_KEPT_BYTES {
            let reason = reason.to_owned();
            // Readers come with rows in order, so this is the end; only a join does not.
            let place = self.kept.partition_point(|kept| kept.row < row);
            self.kept.insert(place, UnreadRow { row, reason, text });
        }
    }

    /// The text of a row, where it was kept.
    pub(crate) fn text(&self, row: usize) -> Option<&UnreadRow> {
        let position = self.kept.binary_search_by_key(&row, |kept| kept.row).ok()?;
        self.kept.get(position)
    }

    pub(crate) fn insert(&mut self, row: usize) {
        let word = row / 64;
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        if let Some(bits) = self.words.get_mut(word) {
            *bits |= 1 << (row % 64);
        }
    }

    pub(crate) fn contains(&self, row: usize) -> bool {
        self.words
            .get(row / 64)
            .is_some_and(|bits| bits >> (row % 64) & 1 == 1)
    }

    /// Inserts the rows of another set, each moved down by `start` rows, past all that are here.
    pub(crate) fn append(&mut self, other: Self, start: usize) {
        for (word, bits) in other.words.iter().enumerate() {
            for bit in (0..64).filter(|bit| bits >> bit & 1 == 1) {
                self.insert(start + word * 64 + bit);
            }
        }
        for UnreadRow { row, reason, text } in other.kept {
            self.insert_text(start + row, &reason, || text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_inserted() {
        let mut set = RowSet::default();
        assert!(!set.contains(0));
        let rows = [0, 63, 64, 1000];
        rows.into_iter().for_each(|row| set.insert(row));
        assert!((0..2000).all(|row| set.contains(row) == rows.contains(&row)));
        let mut both = RowSet::default();
        both.insert_text(2, "short", || "2".to_owned());
        set.insert_text(70, "long", || "70".to_owned());
        both.append(set, 100);
        assert!((0..2200).all(|row| both.contains(row)
            == (row == 2 || row == 170 || row > 99 && rows.contains(&(row - 100)))));
        assert_eq!(both.text(170).map(|row| row.text.as_str()), Some("70"));
    }

    #[test]
    fn keeps_texts_while_there_is_room() {
        let mut set = RowSet::default();
        let third = MOST_KEPT_BYTES / 3;
        for row in [4, 7, 9, 20, 21] {
            set.insert_text(row, "too long", || "x".repeat(third));
        }
        assert!([4, 7, 9, 20, 21].into_iter().all(|row| set.contains(row)));
        let kept: Vec<usize> = (0..30).filter(|&row| set.text(row).is_some()).collect();
        assert_eq!(kept, [4, 7]);
        assert_eq!(set.text(7).unwrap().text.len(), third);
    }
}
