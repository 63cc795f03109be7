//! How perturbations are counted: by rows, up to fifty, at a threshold.

use super::*;

#[test]
fn counts_are_rows_written_out_and_neither_order_nor_chunks_matter() {
    let base = copies(120, &[("blur", 8, 3), ("a/b", 2, 2), ("", 0, 0)]);
    let lines: Vec<&str> = base.lines().skip(1).collect();
    let header = "id,label,prediction,variant,latency_ms,count\n";
    let file = |lines: &mut dyn Iterator<Item = (usize, &str)>, by_count: bool| {
        let mut csv = header.to_owned();
        for (row, line) in lines {
            // A clean row for every perturbed one, some perturbed ones several times, some never.
            let count = if line.contains("clean") { 1 } else { row % 4 };
            let (times, count) = if by_count { (1, count) } else { (count, 1) };
            for _ in 0..times {
                writeln!(csv, "{line},{count}").unwrap();
            }
        }
        csv
    };
    let numbered = || lines.iter().copied().enumerate();
    let mut choices = Choices::default();
    choices.set_role(Role::Count, ["count"]);
    let of = |csv: &str| {
        examined_by(csv, &choices)
            .examination
            .unwrap()
            .variants
            .unwrap()
    };
    let by_count = of(&file(&mut numbered(), true));
    assert_eq!(by_count, of(&file(&mut numbered(), false)));
    assert_eq!(by_count, of(&file(&mut numbered().rev(), true)));
    assert!(by_count.all.pairs.squared_copies > by_count.all.pairs.pairs);
    assert_eq!(by_count.perturbations.len(), 2);
    assert!(by_count.missing > 0);
    let csv = file(&mut numbered(), true);
    let mut reader = SourceReader::new("rows.csv");
    for chunk in csv.as_bytes().chunks(7) {
        reader.feed(chunk).unwrap();
    }
    let source = reader.finish_alone().unwrap();
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    assert_eq!(profile.examination.unwrap().variants.unwrap(), by_count);
}

#[test]
fn of_very_many_perturbations_the_fifty_most_frequent_are_told_apart() {
    let mut csv = "id,label,prediction,variant\n".to_owned();
    for id in 0..40 {
        writeln!(csv, "x{id},{},1,clean", id % 2).unwrap();
        for kind in 0..70 {
            if kind < 60 || id < 20 {
                writeln!(csv, "x{id},{},1,kind {kind}", id % 2).unwrap();
            }
        }
    }
    let mut choices = Choices::default();
    choices.set_role(Role::Variant, ["variant"]);
    let report = judge(&examined_by(&csv, &choices), &Policy::balanced());
    let robustness = report.robustness.unwrap();
    assert_eq!(robustness.perturbations.len(), 50);
    assert_eq!(robustness.overall.pairs, 60 * 40 + 10 * 20);
    assert_eq!(
        report.notes["/robustness/perturbations"],
        "20 values with fewer rows each are in “overall” alone"
    );
}

#[test]
fn another_threshold_asks_for_another_look() {
    let mut csv = "id,label,score,variant\n".to_owned();
    for id in 0..300 {
        let score = f64::from(id * 37 % 300) / 300.0;
        let label = u8::from(score > 0.5);
        writeln!(csv, "x{id},{label},{score},clean").unwrap();
        writeln!(csv, "x{id},{label},{},blur", (score - 0.04).max(0.0)).unwrap();
    }
    let profile = examined(&csv);
    let at_half = judged(&profile, Metric::FlipRate, 0.1);
    assert!((at_half.value.unwrap() - 0.04).abs() < 1e-12);
    let moved = profile.decided_at(0.985, None).unwrap();
    assert_eq!(moved.examination.as_ref().unwrap().variants, None);
    let open = judged(&moved, Metric::FlipRate, 0.1);
    assert_eq!((open.value, open.outcome), (None, Outcome::NoEvidence));
    assert!(
        open.reason
            .contains("still being looked at with this threshold")
    );
    let report = judge(&moved, &Policy::balanced());
    assert!(report.robustness.is_none() && report.notes["/robustness"].contains("threshold"));
    // Looked at again, it is of the threshold.
    let choices = Choices {
        threshold: Some(0.985),
        ..Choices::default()
    };
    let again = judged(&examined_by(&csv, &choices), Metric::FlipRate, 0.1);
    assert_eq!(again.value, Some(4.0 / 300.0));
}
