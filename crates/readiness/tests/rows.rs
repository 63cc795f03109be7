//! The rows behind a number are those that the number counts.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

use greenlight_readiness::{
    Choices, Profile, RowFilter, RowFinder, RowOrder, RowPage, Source, SourceReader,
};

fn source(csv: &str) -> Source {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    reader.finish_alone().unwrap()
}

/// Two splits, two classes, a score on a coarse grid so that many are equal, and rows that lack something.
fn noisy(rows: u32) -> String {
    let mut csv = "note,label,prediction,score,split\n".to_owned();
    let mut state = 7_u32;
    for row in 0..rows {
        // Numerical Recipes' generator: the same file every time.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let score = f64::from(state >> 28) / 16.0;
        let label =
            ["ham", "spam"][usize::from(score > 0.5) ^ usize::from(state.is_multiple_of(5))];
        let prediction = ["ham", "spam"][usize::from(score > 0.6)];
        let split = ["train", "test"][(state >> 20) as usize % 2];
        match state % 31 {
            0 => csv += &format!("n{row},,{prediction},{score},{split}\n"),
            1 => csv += &format!("n{row},{label}\n"),
            _ => csv += &format!("n{row},{label},{prediction},{score},{split}\n"),
        }
    }
    csv
}

fn numbers(page: &RowPage) -> Vec<u64> {
    page.rows.iter().map(|row| row.number).collect()
}

fn choices() -> [Choices; 4] {
    let threshold = Choices {
        threshold: Some(0.3),
        ..Choices::default()
    };
    let swapped = Choices {
        positive: Some("ham".into()),
        ..threshold.clone()
    };
    let train = Choices {
        current: Some("train".into()),
        reference: Some("test".into()),
        ..Choices::default()
    };
    [Choices::default(), threshold, swapped, train]
}

#[test]
fn every_cell_has_as_many_rows_as_it_counts() {
    let source = source(&noisy(800));
    for choices in choices() {
        let profile = Profile::of(&source, &choices).unwrap();
        let finder = RowFinder::new(&source, &choices, &profile.settings).unwrap();
        let matrix = profile.current().confusion.clone().unwrap();
        let mut all = Vec::new();
        for (actual, counts) in matrix.rows().into_iter().enumerate() {
            for (predicted, count) in counts.into_iter().enumerate() {
                let cell = RowFilter::Cell { actual, predicted };
                let page = finder.page(cell, RowOrder::File, 0, usize::MAX);
                assert_eq!(page.total, count);
                assert_eq!(page.rows.len() as u64, count);
                let class = &profile.classes.names()[actual];
                assert!(page.rows.iter().all(|row| &row.cells[0] == class));
                all.extend(numbers(&page));
            }
        }
        // No row stands in two cells.
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len() as u64, profile.current().rows);
    }
}

#[test]
fn pages_follow_each_other_in_both_orders() {
    let source = source(&noisy(800));
    for choices in choices() {
        let profile = Profile::of(&source, &choices).unwrap();
        let finder = RowFinder::new(&source, &choices, &profile.settings).unwrap();
        for (actual, predicted) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let cell = RowFilter::Cell { actual, predicted };
            let whole = finder.page(cell, RowOrder::File, 0, usize::MAX);
            assert!(whole.has_confidence);
            assert!(whole.rows.is_sorted_by(|a, b| a.number < b.number));

            let score = whole
                .columns
                .iter()
                .position(|name| name == "score")
                .unwrap();
            let positive = profile.classes.positive() == Some(predicted);
            let mut sorted: Vec<(f64, u64)> = whole
                .rows
                .iter()
                .map(|row| {
                    let score: f64 = row.cells[score].parse().unwrap();
                    (if positive { -score } else { score }, row.number)
                })
                .collect();
            sorted.sort_by(|a, b| a.partial_cmp(b).unwrap());

            for order in [RowOrder::File, RowOrder::Confidence] {
                let mut paged = Vec::new();
                for first in (0..whole.rows.len() + 20).step_by(7) {
                    let page = finder.page(cell, order, first, 7);
                    assert_eq!(page.total, whole.total);
                    paged.extend(numbers(&page));
                }
                let expected = match order {
                    RowOrder::File => numbers(&whole),
                    RowOrder::Confidence => sorted.iter().map(|&(_, number)| number).collect(),
                };
                assert_eq!(paged, expected);
            }
        }
    }
}

#[test]
fn the_rows_left_out_are_those_of_the_report() {
    let source = source(&noisy(800));
    let choices = Choices::default();
    let profile = Profile::of(&source, &choices).unwrap();
    let finder = RowFinder::new(&source, &choices, &profile.settings).unwrap();
    let page = finder.page(RowFilter::Rejected, RowOrder::Confidence, 0, usize::MAX);
    let reported = &profile.sources[0];
    assert_eq!(page.total, reported.rows - reported.rows_used);
    for rejection in &reported.rejected {
        let of_reason = |row: &&greenlight_readiness::Row| {
            row.problem.as_deref() == Some(rejection.reason.as_str())
        };
        let rows: Vec<u64> = page
            .rows
            .iter()
            .filter(of_reason)
            .map(|row| row.number)
            .collect();
        assert_eq!(rows.len() as u64, rejection.rows, "{}", rejection.reason);
        assert_eq!(rows[0], rejection.first_row, "{}", rejection.reason);
    }
}

#[test]
fn csv_holds_every_cell_and_is_safe_for_spreadsheets() {
    let csv = "comment,label,prediction,latency_ms\n\
               \"=1+1, \"\"quoted\"\"\",ham,spam,-\n\
               -5,ham,spam,12\n\
               @x,spam,spam,7\n\
               ragged,ham\n\
               fine,,spam,8\n";
    let source = source(csv);
    let choices = Choices::default();
    let profile = Profile::of(&source, &choices).unwrap();
    let finder = RowFinder::new(&source, &choices, &profile.settings).unwrap();
    let written = |filter| {
        let mut text = String::new();
        finder.write_csv(filter, &mut |piece| text.push_str(piece));
        text
    };
    let cell = RowFilter::Cell {
        actual: 0,
        predicted: 1,
    };
    assert_eq!(
        written(cell),
        "file,row,label,prediction,latency_ms,comment\r\n\
         rows.csv,1,ham,spam,,\"'=1+1, \"\"quoted\"\"\"\r\n\
         rows.csv,2,ham,spam,12,-5\r\n"
    );
    assert_eq!(
        written(RowFilter::Rejected),
        "file,row,why it was left out,text,label,prediction,latency_ms,comment\r\n\
         rows.csv,4,\"the row has 2 fields, the header has 4\",\"ragged,ham\",,,,\r\n\
         rows.csv,5,the label is missing,,,spam,8,fine\r\n"
    );
}

#[test]
fn csv_comes_in_pieces_that_make_the_whole() {
    let long = "x".repeat(10_000);
    let mut csv = "label,prediction,comment\n".to_owned();
    for row in 0..400 {
        csv += &format!("{},1,{row}{long}\n", row % 2);
    }
    let source = source(&csv);
    let choices = Choices::default();
    let profile = Profile::of(&source, &choices).unwrap();
    let finder = RowFinder::new(&source, &choices, &profile.settings).unwrap();
    let cell = RowFilter::Cell {
        actual: 0,
        predicted: 1,
    };
    let (mut pieces, mut text) = (0, String::new());
    finder.write_csv(cell, &mut |piece| {
        pieces += 1;
        text.push_str(piece);
    });
    assert_eq!(pieces, 2);
    assert_eq!(text.lines().count(), 201);
    let last = text.lines().last().unwrap();
    assert_eq!(last, format!("rows.csv,399,0,1,398{long}"));
    // A page shows the start of it.
    let page = finder.page(cell, RowOrder::File, 0, 1);
    assert_eq!(page.rows[0].cells[2].chars().count(), 201);
}

#[test]
fn a_page_is_bounded_in_columns_too() {
    let names: Vec<String> = (0..80).map(|column| format!("f{column}")).collect();
    let ones = ["1"; 80].join(",");
    let csv = format!(
        "{},label,prediction\n{ones},1,1\n{ones},0,0\n",
        names.join(",")
    );
    let source = source(&csv);
    let choices = Choices::default();
    let profile = Profile::of(&source, &choices).unwrap();
    let finder = RowFinder::new(&source, &choices, &profile.settings).unwrap();
    let cell = RowFilter::Cell {
        actual: 1,
        predicted: 1,
    };
    let page = finder.page(cell, RowOrder::File, 0, 20);
    assert_eq!((page.columns.len(), page.columns_left_out), (50, 32));
    assert_eq!(page.columns[..3], ["label", "prediction", "f0"]);
    assert!(!page.has_confidence);
}
