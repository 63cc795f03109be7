//! A set of rows, made for the usual case that it is empty.

/// Row numbers, a bit each once there is one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RowSet {
    words: Vec<u64>,
}

impl RowSet {
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

    /// The rows in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> {
        let words = self.words.iter().enumerate();
        words
            .filter(|(_, bits)| **bits != 0)
            .flat_map(|(word, bits)| {
                (0..64).filter_map(move |bit| (bits >> bit & 1 == 1).then_some(word * 64 + bit))
            })
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
        assert!(set.rows().eq(rows));
    }
}
