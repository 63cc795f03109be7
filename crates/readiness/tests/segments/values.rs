//! The segments of a column, each by its numbers.

use greenlight_metrics::Interval;
use greenlight_readiness::{Certainty, Outcome};

use super::*;

const HEADER: &str = "label,prediction,score,region,latency_ms,split,error,count,age,plan\n";

/// Lines with everything, some of them repeated as their count says.
fn lines(rows: u64) -> Vec<(String, u64)> {
    let mut drawn = Drawn(rows);
    let line = |_| {
        let score = (drawn.unit() * 200.0).round() / 200.0;
        let label = u8::from(drawn.unit() < score);
        let region = ["north", "south", "", "east", "a/b"][drawn.below(5)];
        let prediction = match region {
            "south" => u8::from(drawn.unit() < 0.5),
            _ => u8::from(score >= 0.5),
        };
        let split = if drawn.unit() < 0.3 { "train" } else { "test" };
        let error = if drawn.unit() < 0.05 { "timeout" } else { "" };
        let (latency, age, plan) = (drawn.below(90), drawn.below(60), drawn.below(4));
        let line = format!("{label},{prediction},{score},{region},{latency},{split},{error}");
        ((line, age, plan), drawn.below(4) as u64)
    };
    let lines = (0..rows).map(line).collect::<Vec<_>>().into_iter();
    lines
        .map(|((line, age, plan), count)| (format!("{line},COUNT,{age},plan {plan}"), count))
        .collect()
}

fn counted(lines: &[(String, u64)]) -> String {
    let mut csv = HEADER.to_owned();
    for (line, count) in lines {
        writeln!(csv, "{}", line.replace("COUNT", &count.to_string())).unwrap();
    }
    csv
}

fn expanded(lines: &[(String, u64)]) -> String {
    let mut csv = HEADER.to_owned();
    for (line, count) in lines {
        for _ in 0..*count {
            writeln!(csv, "{}", line.replace("COUNT", "1")).unwrap();
        }
    }
    csv
}

fn everything() -> Choices {
    let mut choices = roles(&["region"], &["age", "plan"]);
    choices.set_role(Role::Error, ["error"]);
    choices.set_role(Role::Count, ["count"]);
    choices
}

#[test]
fn each_segment_has_the_numbers_of_a_file_with_its_rows_alone() {
    let lines = lines(900);
    let whole = examined(&read(&counted(&lines)), &everything());
    let report = judge(&whole, &Policy::balanced());
    for region in ["north", "south", "east", "a/b"] {
        let alone: Vec<_> = lines
            .iter()
            .filter(|(line, _)| line.contains(&format!(",{region},")) && line.contains(",test,"))
            .cloned()
            .collect();
        let alone = Profile::of(&read(&counted(&alone)), &everything()).unwrap();
        let alone = judge(&alone, &Policy::balanced());
        assert_eq!(report.segments["region"][region], alone.overall, "{region}");
    }
    let rows: u64 = report.segments["region"]
        .values()
        .map(|rows| rows.rows)
        .sum();
    let column = &whole.examination.as_ref().unwrap().segments.columns[0];
    assert_eq!(rows + column.missing, whole.current().rows);
    let note = &report.notes["/segments/region"];
    assert!(note.contains("have no value"), "{note}");
}

#[test]
fn counts_are_expanded_rows_and_their_order_does_not_matter() {
    let lines = lines(1_500);
    let by_count = examination(&counted(&lines), &everything());
    let by_row = examination(&expanded(&lines), &everything());
    assert_eq!(by_count.segments, by_row.segments);
    let found = by_count.errors.as_ref().unwrap();
    assert!(!found.weak.segments.is_empty() && found.tree.leaves.len() > 1);
    assert_eq!(by_count.errors, by_row.errors);
    let mut backwards = lines;
    backwards.reverse();
    let backwards = examination(&counted(&backwards), &everything());
    assert_eq!(by_count.segments, backwards.segments);
    assert_eq!(by_count.errors, backwards.errors);
    let rows: u64 = found.tree.leaves.iter().map(|leaf| leaf.count.rows).sum();
    assert_eq!(rows, found.tree.all.rows);
}

#[test]
fn a_moved_threshold_decides_segments_exactly_where_it_is_best_and_nearly_elsewhere() {
    let source = read(&expanded(&lines(4_000)));
    let mut choices = everything();
    let profile = examined(&source, &choices);
    let best = profile.thresholds.as_ref().unwrap().f1.as_ref().unwrap();
    let best = best.threshold.unwrap();
    choices.threshold = Some(best);
    let expected = examined(&source, &choices).examination.unwrap();
    let decided = profile.decided_at(best, None).unwrap();
    let decided = decided.examination.unwrap();
    assert_eq!(decided.segments.certainty, Certainty::Exact);
    assert_eq!(decided.segments, expected.segments);
    assert_eq!(decided.errors, None, "errors are those of another decision");

    // Of 200 distinct scores, segments know no more than some 64.
    let between = (1..200).map(|score| f64::from(score) / 200.0 - 0.001);
    let decided = between.map(|threshold| profile.decided_at(threshold, None).unwrap());
    let mut decided = decided.filter(|decided| {
        let examination = decided.examination.as_ref().unwrap();
        examination.segments.certainty.is_rough()
    });
    let rough = decided.next().unwrap();
    assert_eq!(
        rough.certainty,
        Certainty::Exact,
        "the splits know all of so few scores"
    );
    let report = judge(&rough, &Policy::balanced());
    assert!(report.notes["/segments/region"].contains("nearest threshold"));
    assert!(report.notes["/weak_segments"].contains("threshold"));
    // The same threshold again changes nothing.
    let at_best = examined(&source, &choices);
    assert_eq!(at_best.decided_at(best, None).unwrap(), at_best);
}

#[test]
fn many_values_are_the_fifty_most_frequent_and_the_others() {
    let mut csv = "label,prediction,shop\n".to_owned();
    for shop in 0..80 {
        for row in 0..=(shop % 70) {
            writeln!(csv, "{},1,shop {shop}", row % 2).unwrap();
        }
    }
    csv += &"1,1,other\n".repeat(500);
    let found = examination(&csv, &roles(&["shop"], &[]));
    let column = &found.segments.columns[0];
    assert_eq!(
        (column.segments.len(), column.folded, column.missing),
        (50, 31, 0)
    );
    let rows: Vec<u64> = column
        .segments
        .iter()
        .map(|segment| segment.statistics.rows)
        .collect();
    assert!(rows.is_sorted_by(|a, b| a >= b));
    assert_eq!(
        (rows[0], column.segments[0].value.as_str()),
        (70, "shop 69")
    );
    let all: u64 = (0..80).map(|shop| shop % 70 + 1).sum::<u64>() + 500;
    assert_eq!(
        rows.iter().sum::<u64>() + column.other.as_ref().unwrap().rows,
        all
    );
    let report = judge(
        &examined(&read(&csv), &roles(&["shop"], &[])),
        &Policy::balanced(),
    );
    assert_eq!(report.segments["shop"].len(), 51);
    assert!(report.notes["/segments/shop"].contains("31 values"));
}

#[test]
fn segments_of_numbers_are_their_values() {
    let mut csv = "label,prediction,class,x\n".to_owned();
    for row in 0..90 {
        writeln!(csv, "{},1,{},{row}", row % 2, row % 3 + 1).unwrap();
    }
    let found = examination(&csv, &roles(&["class"], &[]));
    let values: Vec<&str> = found.segments.columns[0]
        .segments
        .iter()
        .map(|Segment { value, .. }| value.as_str())
        .collect();
    assert_eq!(values, ["1", "2", "3"]);
}

#[test]
fn the_worst_segment_fails_only_where_that_is_sure() {
    let file = |wrong_in_b: usize| {
        let mut csv = "label,prediction,region\n".to_owned();
        for (line, times) in [
            ("1,1,a", 950),
            ("1,0,a", 50),
            ("0,0,b", 100 - wrong_in_b),
            ("0,1,b", wrong_in_b),
            ("0,1,c", 20),
        ] {
            csv += &format!("{line}\n").repeat(times);
        }
        examination(&csv, &roles(&["region"], &[])).segments
    };
    for (wrong, outcome) in [
        (8, Outcome::Pass),
        (18, Outcome::AtRisk),
        (30, Outcome::Fail),
    ] {
        let segments = file(wrong);
        let worst = segments.worst(0.85).unwrap();
        assert_eq!(
            (worst.column, worst.segment, worst.rows, worst.judged),
            ("region", "b", 100, 2)
        );
        assert_eq!(worst.outcome, outcome, "{wrong}");
        let Interval { low, high } = worst.interval;
        let at_95 = wilson(100 - wrong as u64, 100).unwrap();
        assert!(low < at_95.low && high > at_95.high);
    }
}

#[test]
fn without_labels_there_are_segments_and_nothing_to_explain() {
    let csv = "latency_ms,region\n10,north\n20,south\n30,north\n";
    let profile = examined(&read(csv), &roles(&["region"], &[]));
    let report = judge(&profile, &Policy::balanced());
    assert_eq!(
        report.segments["region"]["north"].latency.unwrap().mean,
        20.0
    );
    assert_eq!(report.weak_segments, None);
    assert!(report.notes.contains_key("/weak_segments"));
}
