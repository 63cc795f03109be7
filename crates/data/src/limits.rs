//! What no table of predictions exceeds.

/// Limits on what is read; a quote or bracket that is never closed soon exceeds them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Bytes of a cell.
    pub cell: usize,
    /// Bytes of a row.
    pub row: usize,
    /// Columns.
    pub columns: usize,
    /// Rows.
    pub rows: u32,
    /// Cells that are missing because the row's record lacks their key.
    pub lacking: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            cell: 1 << 20,
            row: 16 << 20,
            columns: 16_384,
            rows: u32::MAX - 1,
            lacking: 1 << 28,
        }
    }
}
