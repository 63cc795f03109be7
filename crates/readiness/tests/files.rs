//! Several files make one profile: what it says is that of the rows put together by hand.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

use greenlight_data::{How, Role};
use greenlight_readiness::{
    Choices, Policy, Profile, ProfileError, ReadFile, Source, SourceReader, judge,
};

fn read(name: &str, content: &str) -> ReadFile {
    let mut reader = SourceReader::new(name);
    reader.feed(content.as_bytes()).unwrap();
    reader.finish().unwrap()
}

fn profile(files: &[(&str, &str)]) -> Result<Profile, ProfileError> {
    let files = files.iter().map(|(name, text)| read(name, text)).collect();
    Profile::of(&Source::of(files).unwrap(), &Choices::default())
}

const TRAIN: &str = "label,prediction,score\n1,1,0.9\n0,0,0.2\n1,0,0.4\n0,0,0.1\n";
const TEST: &str = "score,label,prediction\n0.8,1,1\n0.7,0,1\n0.3,,0\n0.6,1,1\n0.5,0,0\n0.5,0,0\n";

#[test]
fn two_files_as_splits_are_the_file_with_a_split_column() {
    let whole = "label,prediction,score,split\n1,1,0.9,train\n0,0,0.2,train\n1,0,0.4,train\n0,0,0.1,train\n\
                 1,1,0.8,test\n0,1,0.7,test\n,0,0.3,test\n1,1,0.6,test\n0,0,0.5,test\n0,0,0.5,test\n";
    let expected = profile(&[("all.csv", whole)]).unwrap();
    let files = [("my_train.csv", TRAIN), ("my_test.csv", TEST)];
    let apart = profile(&files).unwrap();
    assert_eq!(apart.overall, expected.overall);
    assert_eq!(apart.splits, expected.splits);
    assert_eq!(apart.settings, expected.settings);
    assert_eq!(apart.settings.current.as_deref(), Some("test"));
    let used: Vec<_> = apart
        .sources
        .iter()
        .map(|s| (s.lines, s.rows, s.rows_used))
        .collect();
    assert_eq!(used, [(4, 4, 4), (6, 6, 5)]);
    let rejected = &apart.sources[1].rejected;
    assert_eq!(
        (rejected[0].reason.as_str(), rejected[0].first_row),
        ("the label is missing", 3)
    );
    // The other way round it is the same, file by file.
    let mut turned = profile(&[files[1], files[0]]).unwrap();
    turned.sources.reverse();
    assert_eq!(
        judge(&turned, &Policy::balanced()),
        judge(&apart, &Policy::balanced())
    );
}

#[test]
fn two_files_joined_on_an_id_are_the_file_with_both() {
    let whole = "id,prediction,score,label\n1,1,0.9,1\n2,0,0.2,0\n3,1,0.7,0\n4,0,0.3,1\n";
    let expected = profile(&[("all.csv", whole)]).unwrap();
    let joined = profile(&[
        (
            "predictions.csv",
            "id,prediction,score\n1,1,0.9\n2,0,0.2\n3,1,0.7\n4,0,0.3\n77,1,0.5\n",
        ),
        ("labels.csv", "id,label\n4,1\n3,0\n2,0\n1,1\n5,1\n"),
    ])
    .unwrap();
    assert_eq!(joined.overall, expected.overall);
    let used: Vec<_> = joined
        .sources
        .iter()
        .map(|s| (s.lines, s.rows_used))
        .collect();
    assert_eq!(used, [(5, 4), (5, 4)]);
    let reason = |source: usize| {
        let rejected = &joined.sources[source].rejected[0];
        (
            rejected.reason.clone(),
            rejected.first_row,
            rejected.example.clone(),
        )
    };
    assert_eq!(
        reason(0),
        ("no row with this id in labels.csv".into(), 5, "77".into())
    );
    assert_eq!(
        reason(1),
        (
            "no row with this id in predictions.csv".into(),
            5,
            "5".into()
        )
    );
    assert_eq!(joined.roles.id.as_deref(), Some("id"));
}

#[test]
fn files_without_a_usable_row_say_where_and_why() {
    let error = profile(&[
        ("a.csv", "label,prediction\n1,\n0,\n"),
        ("b.csv", "label,prediction\n,1\n"),
    ]);
    let error = error.unwrap_err().to_string();
    assert!(error.contains("none of the 3 rows"), "{error}");
    assert!(error.contains("a.csv"), "{error}");
}

#[test]
fn what_is_pasted_is_a_file_too() {
    let pasted = |text| ReadFile::pasted(text, SourceReader::new("pasted text")).unwrap();
    let rows = Source::of(vec![pasted("label\tprediction\n1\t1\n0\t1\n")]).unwrap();
    assert_eq!(
        (rows.name.as_str(), rows.how.clone()),
        ("pasted text", How::Alone)
    );
    let json = Source::of(vec![pasted("[{\"label\": 1, \"prediction\": 0}]")]).unwrap();
    assert_eq!(json.files[0].lines, 1);
    let matrix = Source::of(vec![pasted("90 10\n5 95")]).unwrap();
    assert_eq!(matrix.name, "matrix of counts");
    assert!(matrix.guesses.roles.count.is_some());
    let lists = |label: &str, score: &str| {
        ReadFile::of_lists(&[
            (Role::Label, label.to_owned()),
            (Role::Score, score.to_owned()),
        ])
    };
    let source = Source::of(vec![lists("1\n0", "0.9 0.1").unwrap()]).unwrap();
    assert_eq!(source.table.rows(), 2);
    assert_eq!(
        lists("1\n0", "0.9 0.1 0.5").unwrap_err().to_string(),
        "the score has 3 values, the label has 2; give one value per prediction to each"
    );
}
