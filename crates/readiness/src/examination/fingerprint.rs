//! Fingerprints of rows and the halves of a file, by hashes with a fixed seed: the same file, the same answer.

use greenlight_data::{ColumnId, Table};

use super::labelled::{Cell, cell, words};

/// SplitMix64's finaliser (Steele, Lea and Flood 2014): every bit depends on every other.
fn mix(bits: u64) -> u64 {
    let bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ bits >> 31
}

/// Which half of the file a row belongs to, 0 or 1; neighbours are as likely in one as in different ones.
pub(super) fn half(row: usize) -> usize {
    (mix((row as u64).wrapping_add(0x9E37_79B9_7F4A_7C15)) >> 63) as usize
}

/// Where a row's fingerprint begins.
pub(super) const SEED: u64 = 0x6A09_E667_F3BC_C908;

/// Adds a column to the fingerprints of all rows. One pass over the rows and one over the distinct words.
pub(super) fn add(fingerprints: &mut [u64], table: &Table, column: ColumnId) {
    // FNV-1a, which `mix` then spreads.
    let of_text = |text: &String| {
        let hash = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01B3);
        mix(text.as_bytes().iter().fold(0xCBF2_9CE4_8422_2325, hash))
    };
    let words: Vec<u64> = words(table, column)
        .unwrap_or_default()
        .iter()
        .map(of_text)
        .collect();
    for (row, fingerprint) in fingerprints.iter_mut().enumerate() {
        let value = match cell(table, column, row) {
            Cell::Missing => 0x3C6E_F372_FE94_F82B,
            // −0 is 0.
            Cell::Number(number) => mix((number + 0.0).to_bits() ^ 0xA54F_F53A_5F1D_36F1),
            Cell::Code(code) => words.get(code as usize).copied().unwrap_or_default(),
        };
        *fingerprint = mix(fingerprint.rotate_left(5) ^ value);
    }
}

#[cfg(test)]
mod tests {
    use greenlight_data::Column;

    use super::*;

    #[test]
    fn equal_rows_have_equal_fingerprints_and_others_do_not() {
        let table = Table::from_columns(vec![
            Column::numbers("x", vec![1.0, 2.0, 1.0, f64::NAN, 0.0, -0.0]),
            Column::categories(
                "y",
                [Some("1"), Some("b"), Some("1"), Some("b"), None, None],
            ),
        ])
        .unwrap();
        let mut prints = vec![SEED; 6];
        for (id, _) in table.columns_with_ids() {
            add(&mut prints, &table, id);
        }
        assert_eq!(prints[0], prints[2]);
        assert_eq!(prints[4], prints[5]);
        let mut distinct = prints;
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), 4);
    }

    #[test]
    fn halves_are_halves() {
        let second: usize = (0..10_000).map(half).sum();
        assert!((4_850..5_150).contains(&second), "{second}");
    }
}
