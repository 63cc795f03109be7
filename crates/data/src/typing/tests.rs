use super::*;
use proptest::prelude::*;

fn column(cells: &[impl AsRef<str>]) -> Column {
    let mut builder = ColumnBuilder::new();
    cells.iter().for_each(|cell| builder.push(cell.as_ref()));
    builder.finish("x".to_owned(), Customs::default(), &mut Doubts::default())
}

/// Each row as text, and what kind of column it is.
fn shown(cells: &[impl AsRef<str>]) -> (char, Vec<String>) {
    let column = column(cells);
    let kind = if matches!(column.values, Values::Number(_)) {
        'n'
    } else {
        'c'
    };
    let mut texts: Vec<String> = (0..column.values.len())
        .map(|row| column.values.text(row).unwrap_or_default().into_owned())
        .collect();
    column
        .strays
        .iter()
        .for_each(|stray| texts[stray.row] = format!("!{}", stray.text));
    (kind, texts)
}

#[test]
fn small_columns() {
    for (cells, kind, texts) in [
        ("1 2.50 -3e2", 'n', "1 2.5 -300"),
        ("1 NA NaN null None - ? none 4", 'n', "1        4"),
        ("NA NaN", 'n', " "),
        ("none none NA", 'c', "none none "),
        ("- + - ?", 'c', "- + - ?"),
        ("007 012", 'c', "007 012"),
        ("true False TRUE", 'c', "true False TRUE"),
        ("1.0 a 1 1e3 none NA", 'c', "1 a 1 1000 none "),
        ("1 2 3 4 5 6 7 8 9 inf", 'n', "1 2 3 4 5 6 7 8 9 !inf"),
        ("1 2 3 4 5 6 7 8 inf", 'c', "1 2 3 4 5 6 7 8 inf"),
    ] {
        let cells: Vec<&str> = cells.split(' ').collect();
        let texts: Vec<&str> = texts.split(' ').collect();
        assert_eq!(
            shown(&cells),
            (kind, texts.iter().map(|text| (*text).to_owned()).collect()),
            "{cells:?}"
        );
    }
}

#[test]
fn a_column_that_starts_with_texts_is_one_of_numbers_all_the_same() {
    let texts = vec!["unknown"; 150];
    let numbers: Vec<String> = (0..2000).map(|number| number.to_string()).collect();
    let mut cells: Vec<&str> = texts.clone();
    cells.extend(numbers.iter().map(String::as_str));
    let texts_first = column(&cells);
    assert_eq!(texts_first.strays.len(), 150);
    assert_eq!(
        texts_first.strays[149],
        Stray {
            row: 149,
            text: "unknown".to_owned()
        }
    );
    assert_eq!(texts_first.values.text(150).as_deref(), Some("0"));

    cells.rotate_left(150);
    assert_eq!(column(&cells).strays.len(), 150);
}

const CELLS: &[&str] = &[
    "1", "2.0", "", "NA", "-", "none", "a", "3", "4", "5", "6e2", "0,5", "1,250", "5 %", "2 ms",
];

proptest! {
    #[test]
    fn the_order_of_rows_does_not_change_what_a_column_is(
        (cells, shuffled) in (prop::collection::vec(prop::sample::select(CELLS), 0..400), 0_usize..600)
            .prop_map(|(cells, numbers)| [cells, vec!["7.50"; numbers]].concat())
            .prop_flat_map(|cells| (Just(cells.clone()), Just(cells).prop_shuffle()))
    ) {
        let ((kind, mut texts), (shuffled_kind, mut shuffled)) = (shown(&cells), shown(&shuffled));
        texts.sort();
        shuffled.sort();
        prop_assert_eq!((kind, texts), (shuffled_kind, shuffled));
    }
}
/// A column called `name` with these cells, between commas or, where there is one, bars; what is noted of it.
fn finished(name: &str, cells: &str, customs: Customs) -> (Column, Vec<String>) {
    let separator = if cells.contains('|') { '|' } else { ',' };
    let mut builder = ColumnBuilder::new();
    cells.split(separator).for_each(|cell| builder.push(cell));
    let mut doubts = Doubts::default();
    let column = builder.finish(name.to_owned(), customs, &mut doubts);
    (column, doubts.into_notes().collect())
}

#[test]
fn up_to_half_of_the_latencies_may_be_words() {
    let cells = |words: usize, numbers: usize| {
        let cells = [vec!["timeout"; words], vec!["0.25"; numbers]].concat();
        cells.join(",")
    };
    for (name, words, numbers, strays) in [
        ("duration", 40, 200, Some(40)),
        ("latency_ms", 5, 5, Some(5)),
        ("response_time", 200, 200, Some(200)),
        ("duration", 201, 200, None),
        ("price", 40, 200, None),
        ("duration", 40, 0, None),
    ] {
        let (column, _) = finished(name, &cells(words, numbers), Customs::default());
        let found = matches!(column.values, Values::Number(_)).then_some(column.strays.len());
        assert_eq!(found, strays, "{name}: {words} words, {numbers} numbers");
    }
}

#[test]
fn numbers_in_other_formats() {
    use crate::latency_unit::LatencyUnit::{Microseconds, Milliseconds};
    use CellFormat::{Duration, Localised, Percent, Plain};
    for (cells, decimal_comma, format, values) in [
        ("0,95|1|0,5", false, Localised, "0.95 1 0.5"),
        ("1,234.5|0.5|7", true, Localised, "1234.5 0.5 7"),
        ("1.234,5|0,5|2.500|7", false, Localised, "1234.5 0.5 2500 7"),
        ("1,234|5,678", false, Localised, "1234 5678"),
        ("1,234|5,678", true, Localised, "1.234 5.678"),
        ("0,234|5,678", false, Localised, "0.234 5.678"),
        ("1 234|12|5\u{202f}678", false, Localised, "1234 12 5678"),
        ("95 %|0|12.3%|-", false, Percent, "0.95 0 0.123 -"),
        ("95,5 %|5%", false, Percent, "0.955 0.05"),
        ("120 ms|0.5ms|0", false, Duration(Milliseconds), "120 0.5 0"),
        (
            "85us|1,250 µs|NA",
            false,
            Duration(Microseconds),
            "85 1250 -",
        ),
        (
            "120 ms|0.12 s|85us|70 ns",
            false,
            Duration(Milliseconds),
            "120 120 0.085 0.00007",
        ),
        ("1,5 s|2 ms", false, Duration(Milliseconds), "1500 2"),
        ("1|2|3|4|5|6|7|8|9|5 %", false, Plain, "1 2 3 4 5 6 7 8 9 -"),
        ("0.5|0.6|0,7", false, Plain, ""),
        ("5 %|6|7", false, Plain, ""),
        ("1,2,3|4,5", false, Plain, ""),
        ("007|1,5", false, Plain, ""),
    ] {
        let (column, _) = finished("x", cells, Customs { decimal_comma });
        let shown = match &column.values {
            Values::Number(numbers) => {
                let texts = (0..numbers.len()).map(|row| column.values.text(row));
                let texts: Vec<String> = texts
                    .map(|text| text.map_or("-".into(), |text| text.into_owned()))
                    .collect();
                texts.join(" ")
            }
            _ => String::new(),
        };
        assert_eq!((column.format, shown.as_str()), (format, values), "{cells}");
    }
}

#[test]
fn times() {
    for (name, cells, has_offset, expected) in [
        (
            "x",
            "2024-05-01|2024-05-01T12:00",
            false,
            "2024-05-01T00:00:00Z 2024-05-01T12:00:00Z",
        ),
        (
            "x",
            "2024-05-01T12:00:00Z,5/13/2024 1:00 PM UTC",
            true,
            "2024-05-01T12:00:00Z 2024-05-13T13:00:00Z",
        ),
        (
            "x",
            "2024-05-01T12:00+02:00|NA",
            true,
            "2024-05-01T10:00:00Z -",
        ),
        (
            "x",
            "31/01/2024,01/02/2024",
            false,
            "2024-01-31T00:00:00Z 2024-02-01T00:00:00Z",
        ),
        (
            "x",
            "01/31/2024,01/02/2024",
            false,
            "2024-01-31T00:00:00Z 2024-01-02T00:00:00Z",
        ),
        (
            "created_at",
            "1714521600,1714521601.5",
            true,
            "2024-05-01T00:00:00Z 2024-05-01T00:00:01.500Z",
        ),
        (
            "timestamp",
            "1714521600123,",
            true,
            "2024-05-01T00:00:00.123Z -",
        ),
        (
            "eventTime",
            "1714521600123999",
            true,
            "2024-05-01T00:00:00.123Z",
        ),
        (
            "ts_ns",
            "1714521600123999999,NA",
            true,
            "2024-05-01T00:00:00.123Z -",
        ),
        (
            "date",
            "20240229,20240301",
            false,
            "2024-02-29T00:00:00Z 2024-03-01T00:00:00Z",
        ),
    ] {
        let (column, notes) = finished(name, cells, Customs::default());
        let texts: Vec<String> = (0..column.values.len())
            .map(|row| {
                column
                    .values
                    .text(row)
                    .map_or("-".into(), |text| text.into_owned())
            })
            .collect();
        assert_eq!(texts.join(" "), expected, "{cells}");
        assert_eq!(
            (column.format, notes),
            (CellFormat::Time { has_offset }, vec![]),
            "{cells}"
        );
    }
    for (name, cells) in [
        ("amount", "1714521600"),
        ("time", "1714521600,5"),
        ("date", "20240229,20240230"),
        ("id", "1714521600123999999"),
        ("x", "2024-05-01,soon"),
    ] {
        let (column, _) = finished(name, cells, Customs::default());
        assert!(!matches!(column.values, Values::Timestamp(_)), "{cells}");
    }
}

#[test]
fn a_few_texts_among_times_are_strays() {
    let cells = [vec!["2024-05-01"; 30], vec!["soon", "17"]].concat();
    let column = column(&cells);
    assert_eq!(
        column.values.text(29).as_deref(),
        Some("2024-05-01T00:00:00Z")
    );
    let strays: Vec<_> = column
        .strays
        .iter()
        .map(|stray| (stray.row, stray.text.as_str()))
        .collect();
    assert_eq!(strays, [(30, "soon"), (31, "17")]);
}

#[test]
fn what_is_doubtful_is_noted() {
    for (cells, note) in [
        (
            "01/05/2024|02/05/2024",
            "\"01/05/2024\" is read as month/day/year; no day above 12 tells whether it is day/month/year",
        ),
        ("05/05/2024", ""),
        ("01/05/2024|13/05/2024", ""),
        (
            "1,234|12",
            "\"1,234\" is read as 1234; nothing in the file tells whether its comma is a decimal one",
        ),
        ("1,234|12,5", ""),
        (
            "2024-05-01T00:00Z|2024-05-01",
            "some times say their offset from UTC and some do not; those are taken for UTC",
        ),
    ] {
        let (_, notes) = finished("x", cells, Customs::default());
        let expected: Vec<String> = (!note.is_empty())
            .then(|| format!("column \"x\": {note}"))
            .into_iter()
            .collect();
        assert_eq!(notes, expected, "{cells}");
    }
}

#[test]
fn another_column_may_settle_what_a_comma_is() {
    let mut doubts = Doubts::default();
    for (name, cells) in [("a", ["1,234", "2,345"]), ("b", ["0,5", "7"])] {
        let mut builder = ColumnBuilder::new();
        cells.iter().for_each(|cell| builder.push(cell));
        let customs = Customs {
            decimal_comma: true,
        };
        builder.finish(name.to_owned(), customs, &mut doubts);
    }
    assert_eq!(doubts.into_notes().count(), 0);
}
