//! What holds for every way of cutting a table into files.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

use greenlight_data::{Column, Table, Values, combine, read_table};
use proptest::prelude::*;

/// A row: id, label, prediction, score, latency, place.
type Row = (bool, bool, u8, Option<u8>, u8);

fn csv(rows: &[Row]) -> String {
    let mut text = "id,label,prediction,score,latency_ms,place\n".to_owned();
    for (number, (label, prediction, score, latency, place)) in rows.iter().enumerate() {
        let word = |yes: &bool| if *yes { "spam" } else { "ham" };
        let latency = latency.map_or(String::new(), |latency| latency.to_string());
        let (label, prediction) = (word(label), word(prediction));
        text += &format!(
            "u{number},{label},{prediction},0.{score},{latency},p{}\n",
            place % 5
        );
    }
    text
}

/// A table of these rows and columns of another one.
fn cut(table: &Table, rows: &[usize], columns: &[usize]) -> Table {
    let picked = |&column: &usize| {
        let column = &table.columns()[column];
        match &column.values {
            Values::Number(numbers) => {
                let numbers = rows.iter().map(|&row| numbers[row]).collect();
                Column::numbers(&*column.name, numbers)
            }
            values => {
                let texts: Vec<_> = rows.iter().map(|&row| values.text(row)).collect();
                Column::categories(&*column.name, texts.iter().map(|text| text.as_deref()))
            }
        }
    };
    Table::from_columns(columns.iter().map(picked).collect()).unwrap()
}

/// The cells of some columns, by row.
fn cells(table: &Table, columns: &[&str]) -> Vec<Vec<Option<String>>> {
    let column = |name: &&str| table.column(table.column_named(name).unwrap()).unwrap();
    let columns: Vec<&Column> = columns.iter().map(column).collect();
    let cell = |row, column: &&Column| column.values.text(row).map(|text| text.into_owned());
    (0..table.rows())
        .map(|row| columns.iter().map(|column| cell(row, column)).collect())
        .collect()
}

const COLUMNS: [&str; 6] = ["id", "label", "prediction", "score", "latency_ms", "place"];

proptest! {
    #[test]
    fn stacked_parts_are_the_whole(
        rows in prop::collection::vec(any::<Row>(), 1..60),
        cuts in prop::collection::vec(0_usize..60, 0..4),
        backwards: bool,
    ) {
        let whole = read_table(csv(&rows).as_bytes()).unwrap();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(rows.len())).collect();
        cuts.extend([0, rows.len()]);
        cuts.sort_unstable();
        let all: Vec<usize> = (0..rows.len()).collect();
        let mut columns: Vec<usize> = (0..COLUMNS.len()).collect();
        let parts: Vec<(String, Table)> = cuts
            .windows(2)
            .map(|ends| {
                if backwards {
                    columns.reverse();
                }
                (format!("{}.csv", ends[0]), cut(&whole, &all[ends[0]..ends[1]], &columns))
            })
            .collect();
        let combined = combine(parts).unwrap();
        prop_assert_eq!(cells(&combined.table, &COLUMNS), cells(&whole, &COLUMNS));
        let kinds = |table: &Table| COLUMNS.map(|name| {
            let column = table.column(table.column_named(name).unwrap()).unwrap();
            matches!(column.values, Values::Number(_))
        });
        prop_assert_eq!(kinds(&combined.table), kinds(&whole));
        let ranges: Vec<_> = combined.parts.iter().map(|part| part.rows.clone()).collect();
        let expected: Vec<_> = cuts.windows(2).map(|ends| ends[0]..ends[1]).collect();
        prop_assert_eq!(ranges, expected);
    }

    #[test]
    fn joined_columns_are_the_whole_in_any_order_of_rows(
        (rows, order) in prop::collection::vec(any::<Row>(), 2..60).prop_flat_map(|rows| {
            let order: Vec<usize> = (0..rows.len()).collect();
            (Just(rows), Just(order).prop_shuffle())
        }),
        labels_first: bool,
    ) {
        let whole = read_table(csv(&rows).as_bytes()).unwrap();
        let all: Vec<usize> = (0..rows.len()).collect();
        let predictions = ("predictions.csv".to_owned(), cut(&whole, &all, &[0, 2, 3, 4]));
        let labels = ("labels.csv".to_owned(), cut(&whole, &order, &[0, 1, 5]));
        let files = match labels_first {
            true => vec![labels, predictions],
            false => vec![predictions, labels],
        };
        let combined = combine(files).unwrap();
        prop_assert_eq!(cells(&combined.table, &COLUMNS), cells(&whole, &COLUMNS));
        prop_assert!(combined.table.rejected().is_empty());
        prop_assert!(combined.parts.iter().all(|part| part.rejected.is_empty()));
    }
}
