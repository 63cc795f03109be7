//! Which delimiter a CSV uses.

use super::parser;
use csv_core::ReadRecordResult;

/// Candidates; of equals the first wins.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// So many records tell.
const RECORDS: usize = 500;

/// The delimiter under which most records have as many fields as the header, and the header has several.
///
/// Each candidate parses the sample with its quotes, so a delimiter within quotes misleads nobody: a wrong one leaves
/// quotes in the fields. A last record that the sample cuts off does not count.
pub(crate) fn delimiter(sample: &[u8], is_all: bool) -> u8 {
    let mut best = ((0, 0, 0), b',');
    for delimiter in DELIMITERS {
        let records = records(sample, is_all, delimiter);
        let header = records.first().map_or(0, |header| header.fields);
        if header < 2 {
            continue;
        }
        let alike = records.iter().filter(|record| record.fields == header);
        let clean = alike.clone().filter(|record| !record.has_quotes).count();
        // Shares in thousandths, because candidates may see different numbers of records.
        let share = |count: usize| count * 1000 / records.len();
        let rank = (share(clean), share(alike.count()), header);
        if rank > best.0 {
            best = (rank, delimiter);
        }
    }
    best.1
}

/// What a candidate makes of a record.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    fields: usize,
    /// Whether a field holds a quote as text.
    has_quotes: bool,
}

/// The first records as a candidate sees them.
fn records(sample: &[u8], is_all: bool, delimiter: u8) -> Vec<Seen> {
    let mut parser = parser(delimiter);
    let mut output = [0; 4096];
    let mut ends = [0; 256];
    let mut records = Vec::new();
    let mut record = Seen::default();
    let mut tail: &[u8] = if is_all { b"\n" } else { b"" };
    let mut input = sample;
    while records.len() < RECORDS {
        if input.is_empty() {
            if tail.is_empty() {
                break;
            }
            input = std::mem::take(&mut tail);
        }
        let (result, read, written, ended) = parser.read_record(input, &mut output, &mut ends);
        input = input.get(read..).unwrap_or_default();
        record.fields += ended;
        record.has_quotes |= output
            .get(..written)
            .is_some_and(|text| text.contains(&b'"'));
        if matches!(result, ReadRecordResult::Record) {
            records.push(std::mem::take(&mut record));
        }
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_delimiter() {
        for (text, expected) in [
            ("a,b\n1,2\n", b','),
            ("a;b\n1;2\n", b';'),
            ("a\tb\n1\t2\n", b'\t'),
            ("a|b\n1|2\n", b'|'),
            ("a;b\n0,5;1,25\n0,75;3,5\n", b';'),
            ("id;\"x,y,z\";b\n1;\"1,2,3\";4\n", b';'),
            ("id,\"x;y;z\"\n1,\"p;q;r\"\n", b','),
            ("time, s;value\n1.5;2\n", b';'),
            ("a,b;c\n1,2\n3,4\n", b','),
            ("a;b\n", b';'),
            ("alone\n1\n", b','),
            ("alone\n\"a;b\"\n", b','),
            ("a;b", b';'),
            ("a,text\n1,\"one\n;;;two\"\n", b','),
        ] {
            assert_eq!(delimiter(text.as_bytes(), true), expected, "{text:?}");
        }
    }

    #[test]
    fn a_record_that_is_cut_off_does_not_count() {
        assert_eq!(delimiter(b"a;b|c\n1;2|3\n4", false), b';');
    }
}
