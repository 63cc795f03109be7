use super::*;
use crate::reader::read_table;
use crate::roles::Role;

fn whole(files: &[(&str, &str)]) -> Result<Combined, DataError> {
    let read =
        |&(name, text): &(&str, &str)| (name.to_owned(), read_table(text.as_bytes()).unwrap());
    combine(files.iter().map(read).collect())
}

/// "name: a b –" for each column.
fn shown(combined: &Combined) -> Vec<String> {
    let table = &combined.table;
    let cell = |column: &crate::Column, row| {
        let stray = column.strays.iter().find(|stray| stray.row == row);
        let text = column.values.text(row).map(|text| text.into_owned());
        text.or(stray.map(|stray| stray.text.clone()))
            .unwrap_or("–".to_owned())
    };
    let shown = |column: &crate::Column| {
        let cells: Vec<String> = (0..table.rows()).map(|row| cell(column, row)).collect();
        format!("{}: {}", column.name, cells.join(" "))
    };
    table.columns().iter().map(shown).collect()
}

fn rejected(combined: &Combined, part: usize) -> Vec<(String, u64, u64, String)> {
    combined.parts[part]
        .rejected
        .iter()
        .map(|r| (r.reason.clone(), r.rows, r.first_row, r.example.clone()))
        .collect()
}

#[test]
fn files_of_the_same_columns_are_stacked_with_a_split_from_their_names() {
    let combined = whole(&[
        ("model_train.csv", "label,score\n1,0.9\n0,0.2\nx\n"),
        (
            "model_test.csv",
            "score,label\n0.8,1\n0.1,0\nbad,0\n0.3,1\n0.2,0\n0.2,0\n0.2,0\n0.2,0\n0.2,0\n0.2,0\n",
        ),
    ])
    .unwrap();
    assert_eq!(combined.how, How::Stacked);
    assert_eq!(
        shown(&combined),
        [
            "label: 1 0 – 1 0 0 1 0 0 0 0 0 0",
            "score: 0.9 0.2 – 0.8 0.1 bad 0.3 0.2 0.2 0.2 0.2 0.2 0.2",
            "split: train train train test test test test test test test test test test",
        ]
    );
    assert!(combined.table.is_rejected(2) && !combined.table.is_rejected(3));
    let rows: Vec<_> = combined
        .parts
        .iter()
        .map(|part| part.rows.clone())
        .collect();
    assert_eq!(rows, [0..3, 3..13]);
    assert_eq!(
        combined.parts[1].notes,
        ["its rows are the split “test”, after the file's name"]
    );
    let guesses = combined.guess_roles();
    assert_eq!(guesses.roles.split, combined.table.column_named("split"));
    let reason = guesses
        .reasons
        .iter()
        .find(|reason| reason.role == Role::Split);
    assert_eq!(reason.unwrap().reason, "one split a file");
}

#[test]
fn a_split_that_some_files_have_is_filled_in_for_the_others() {
    let combined = whole(&[
        (
            "all.csv",
            "label,prediction,split\n1,1,train\n0,0,validation\n",
        ),
        ("live.csv", "label,prediction\n1,0\n"),
    ])
    .unwrap();
    assert_eq!(shown(&combined)[2], "split: train validation live");
    assert_eq!(
        combined.guess_roles().roles.split,
        combined.table.column_named("split")
    );
    let taken = whole(&[
        ("january.csv", "label,score,split\n1,0.5,x y z\n"),
        ("february.csv", "label,score,split\n1,0.5,y z\n"),
    ])
    .unwrap();
    assert_eq!(shown(&taken)[3], "split (file): january february");
    let split = taken.table.column_named("split (file)");
    assert_eq!(taken.guess_roles().roles.split, split);
}

#[test]
fn columns_that_a_file_lacks_or_holds_otherwise_are_made_to_fit() {
    let combined = whole(&[
        (
            "a.csv",
            "label,score,latency,when,empty\n1,0.9,1 s,2024-01-01,\n0,0.5,2 s,2024-01-02,\n",
        ),
        (
            "b.csv",
            "label,score,latency,extra,empty\nyes,0.8,3 ms,x,7\nno,0.1,4 ms,y,8\n",
        ),
    ])
    .unwrap();
    assert_eq!(
        shown(&combined),
        [
            "label: 1 0 yes no",
            "score: 0.9 0.5 0.8 0.1",
            "latency: 1000 2000 3 4",
            "when: 2024-01-01T00:00:00Z 2024-01-02T00:00:00Z – –",
            "empty: – – 7 8",
            "split: a a b b",
            "extra: – – x y",
        ]
    );
    assert_eq!(
        combined.table.columns()[4].kind(),
        crate::ColumnKind::Number
    );
}

#[test]
fn files_that_can_each_be_judged_are_stacked_by_role() {
    let combined = whole(&[
        ("train.csv", "y_true,y_pred\n1,1\n0,1\n"),
        ("test.csv", "label,prediction,age\n1,0,30\n0,0,40\n"),
    ])
    .unwrap();
    assert_eq!(
        shown(&combined),
        [
            "y_true: 1 0 1 0",
            "y_pred: 1 1 0 0",
            "split: train train test test",
            "age: – – 30 40"
        ]
    );
    assert!(
        combined.parts[1]
            .notes
            .contains(&"its column “label” is put below “y_true” of train.csv".to_owned())
    );
}

#[test]
fn labels_are_looked_up_by_id() {
    let combined = whole(&[
        (
            "labels.csv",
            "id,label,age\n3,yes,30\n1,no,10\n9,maybe,90\n3,yes,30\n,no,0\n",
        ),
        (
            "predictions.csv",
            "id,prediction,score\n\"1\",no,0.1\n2,yes,0.7\n3.0,yes,0.8\n4,no,0.2\n",
        ),
    ])
    .unwrap();
    assert_eq!(
        combined.how,
        How::Joined {
            on: vec!["id".to_owned()]
        }
    );
    assert_eq!(
        shown(&combined),
        [
            "id: 1 2 3 4",
            "prediction: no yes yes no",
            "score: 0.1 0.7 0.8 0.2",
            "label: no – yes –",
            "age: 10 – 30 –"
        ]
    );
    // What nobody asked for is no class either.
    let label = combined.table.column_named("label").unwrap();
    let crate::Values::Category(words) = &combined.table.column(label).unwrap().values else {
        panic!("no words");
    };
    assert_eq!(words.dictionary(), ["no", "yes"]);
    let names: Vec<&str> = combined
        .parts
        .iter()
        .map(|part| part.name.as_str())
        .collect();
    assert_eq!(names, ["labels.csv", "predictions.csv"]);
    assert_eq!(
        (combined.parts[0].lines, combined.parts[0].rows.clone()),
        (5, 0..0)
    );
    assert_eq!(
        rejected(&combined, 0),
        [
            (
                "no row with this id in predictions.csv".to_owned(),
                1,
                3,
                "9".to_owned()
            ),
            ("the id is missing".to_owned(), 1, 5, String::new()),
        ]
    );
    assert_eq!(
        rejected(&combined, 1),
        [(
            "no row with this id in labels.csv".to_owned(),
            2,
            2,
            "2".to_owned()
        )]
    );
    assert!(combined.table.is_rejected(1) && combined.table.is_rejected(3));
    let id = combined.guess_roles().roles.id;
    assert_eq!(id, combined.table.column_named("id"));
}

#[test]
fn equal_files_are_stacked_before_others_are_looked_up_in() {
    let combined = whole(&[
        ("predictions_train.csv", "key,prediction\nb,1\na,0\n"),
        ("labels_2.csv", "key,label\nc,1\n"),
        ("predictions_test.csv", "key,prediction\nc,1\nd,0\n"),
        ("labels_1.csv", "key,label\na,0\nb,0\n"),
    ])
    .unwrap();
    assert_eq!(
        shown(&combined),
        [
            "key: b a c d",
            "prediction: 1 0 1 0",
            "split: train train test test",
            "label: 0 0 1 –"
        ]
    );
    assert_eq!(combined.parts[2].rows, 2..4);
    assert_eq!(
        rejected(&combined, 2),
        [(
            "no row with this key in labels_2.csv and labels_1.csv".to_owned(),
            1,
            2,
            "d".to_owned()
        )]
    );
}

#[test]
fn files_that_do_not_belong_together_are_refused() {
    for (files, message) in [
        (
            [
                ("a.csv", "id,prediction\n1,1\n"),
                ("b.csv", "name,label\nx,1\n"),
            ],
            "a.csv and b.csv do not belong together as they are: their columns differ (id, prediction; name, label), and \
             none that both have tells their rows apart; give both a column of ids with the same name, or load one at a time",
        ),
        (
            [
                ("a.csv", "id,prediction\n1,1\n"),
                ("b.csv", "id,label\nx1,1\n"),
            ],
            "no id of a.csv is in b.csv: the one has \"1\" and the like, the other \"x1\"; write the ids the same way in \
             both",
        ),
        (
            [
                ("a.csv", "id,prediction\n7,1\n"),
                ("b.csv", "id,label\n7,1\n8,1\n7.0,0\n"),
            ],
            "the id \"7\" stands twice and means two things: row 1 of b.csv and row 3 of b.csv differ; keep one of them",
        ),
    ] {
        assert_eq!(whole(&files).unwrap_err().to_string(), message);
    }
}
