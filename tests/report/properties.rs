//! What holds for any rows: how the bytes are cut and how the rows are ordered changes nothing.

use greenlight_data::guess_roles;
use greenlight_readiness::{Accumulator, Choices, Observations, Report, Schema, SourceReader};
use proptest::prelude::*;

use crate::counts::counted_file;
use crate::report_in_chunks;

/// Rows of split, label, prediction, score and latency; some have a hole or a word in place of a number.
pub fn rows() -> impl Strategy<Value = Vec<String>> {
    let split = prop_oneof![3 => Just("train"), 3 => Just("test"), 1 => Just("")];
    let class = prop_oneof![9 => Just("0"), 9 => Just("1"), 1 => Just("")];
    let tied = (0..=20_u8).prop_map(|score| format!("{}", f64::from(score) / 20.0));
    let score = prop_oneof![
        9 => tied,
        9 => (0.0..=1.0_f64).prop_map(|score| score.to_string()),
        1 => Just("n/a".to_owned()),
        1 => Just("high".to_owned()),
    ];
    let latency =
        prop_oneof![9 => (0.0..500.0_f64).prop_map(|ms| ms.to_string()), 1 => Just(String::new())];
    let row = (split, class.clone(), class, score, latency).prop_map(
        |(split, label, prediction, score, latency)| {
            format!("{split},{label},{prediction},{score},{latency}")
        },
    );
    // The first rows hold what the roles are told by, so that they do not change under our hands.
    let told = [
        "train,0,0,0.25,10.5",
        "test,1,1,0.75,20.5",
        "test,0,1,0.5,12.5",
    ]
    .map(str::to_owned);
    prop::collection::vec(row, 20..60).prop_map(move |rows| [told.to_vec(), rows].concat())
}

fn shuffled() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
}

pub fn csv(rows: &[String]) -> String {
    format!(
        "split,label,prediction,score,latency_ms\n{}\n",
        rows.join("\n")
    )
}

/// The report without what names single rows or the very bytes, or is of the order of the file, as equal parts of rows without
/// times are.
fn without_places(mut report: Report) -> Report {
    report.windows.clear();
    report.alerts.clear();
    report.monitoring.clear();
    report.notes.retain(|place, _| {
        let places = ["/windows", "/alerts"];
        !places.iter().any(|of| place.starts_with(of))
    });
    for source in &mut report.sources {
        source.sha256 = None;
        for rejected in &mut source.rejected {
            rejected.first_row = 0;
            rejected.example.clear();
        }
    }
    report
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn chunks_change_nothing(rows in rows(), sizes in prop::collection::vec(1..300_usize, 1..6)) {
        let csv = csv(&rows);
        let whole = report_in_chunks(csv.as_bytes(), &[csv.len()], &Choices::default());
        let cut = report_in_chunks(csv.as_bytes(), &sizes, &Choices::default());
        prop_assert_eq!(cut.to_json().unwrap(), whole.to_json().unwrap());
    }

    #[test]
    fn the_order_of_rows_changes_nothing((rows, shuffled) in shuffled()) {
        let of = |rows: &[String]| {
            let csv = csv(rows);
            without_places(report_in_chunks(csv.as_bytes(), &[csv.len()], &Choices::default()))
        };
        prop_assert_eq!(of(&shuffled).to_json().unwrap(), of(&rows).to_json().unwrap());
    }

    #[test]
    fn parts_merge_to_the_whole_in_any_order(rows in rows(), cut in 0.0..=1.0_f64) {
        let [whole, forwards, backwards] = merged(&csv(&rows), cut);
        prop_assert_eq!(&forwards, &whole);
        prop_assert_eq!(&backwards, &whole);
    }

    #[test]
    fn parts_of_counted_rows_merge_to_the_whole(file in counted_file(), cut in 0.0..=1.0_f64) {
        let [whole, forwards, backwards] = merged(&file.counted(), cut);
        prop_assert_eq!(&forwards, &whole);
        prop_assert_eq!(&backwards, &whole);
    }

    #[test]
    fn the_order_of_counted_rows_changes_nothing(file in counted_file()) {
        let of = |csv: String| {
            without_places(report_in_chunks(csv.as_bytes(), &[csv.len()], &file.choices()))
        };
        let backwards = file.backwards();
        prop_assert_eq!(
            of(backwards.counted()).to_json().unwrap(),
            of(file.counted()).to_json().unwrap()
        );
    }
}

/// All that is accumulated at once, in two parts, and in the same parts the other way round.
fn merged(csv: &str, cut: f64) -> [String; 3] {
    let mut reader = SourceReader::new("predictions.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let table = reader.finish().unwrap().table;
    let roles = guess_roles(&table).roles;
    let schema = Schema::new(&table, &roles, None, false, false).unwrap();
    let observations = Observations::new(&table, &roles, &schema).unwrap();
    let accumulated = |range| {
        let mut accumulator = Accumulator::new(schema.clone());
        accumulator.add(&observations, range);
        accumulator
    };
    let rows = observations.rows();
    let middle = (cut * rows as f64) as usize;
    let (mut forwards, second) = (accumulated(0..middle), accumulated(middle..rows));
    let mut backwards = second.clone();
    backwards.merge(forwards.clone());
    forwards.merge(second);
    [accumulated(0..rows), forwards, backwards].map(finished)
}

/// All that an accumulator holds, in order.
fn finished(accumulator: Accumulator) -> String {
    let rejections = format!("{:?}", accumulator.rejections());
    let (splits, unsplit) = accumulator.into_parts();
    let parts = splits.into_iter().chain([("".to_owned(), unsplit)]);
    let parts: Vec<String> = parts
        .map(|(split, part)| {
            let (scores, latencies) = (part.scores.finish(), part.latencies.finish());
            let (top, costs) = (part.class_scores.top.finish(), part.costs.finish());
            let by_class = part.class_scores.by_class.into_iter();
            let by_class: Vec<_> = by_class.map(|scores| scores.finish()).collect();
            format!(
                "{split} {} {} {} {:?} {scores:?} {by_class:?} {top:?} {latencies:?} {costs:?}",
                part.rows, part.errors, part.not_adding_up, part.confusion
            )
        })
        .collect();
    format!("{rejections}\n{}", parts.join("\n"))
}
