//! Where the answers are wrong: weak segments, pairs of them, and the tree.

use greenlight_readiness::examination::{Condition, ErrorFindings, Part, in_words};

use super::*;

fn errors(csv: &str, choices: &Choices) -> ErrorFindings {
    examination(csv, choices).errors.unwrap()
}

/// A file of so many rows whose answers are wrong by this chance, with number and word columns, some cells missing.
fn random_file(seed: u64, rows: usize, wrong: impl Fn(&[f64], &[usize]) -> f64) -> String {
    let mut drawn = Drawn(seed.wrapping_mul(0x2545_F491_4F6C_DD1D));
    let mut csv = "label,prediction,a,b,c,d,e,f\n".to_owned();
    for _ in 0..rows {
        let numbers: Vec<f64> = (0..3)
            .map(|_| (drawn.unit() * 1_000.0).round() / 10.0)
            .collect();
        let words = [drawn.below(3), drawn.below(8), drawn.below(30)];
        let label = usize::from(drawn.unit() < 0.4);
        let is_wrong = drawn.unit() < wrong(&numbers, &words);
        let prediction = if is_wrong { 1 - label } else { label };
        write!(csv, "{label},{prediction}").unwrap();
        for number in numbers {
            match drawn.unit() < 0.05 {
                true => csv.push(','),
                false => write!(csv, ",{number}").unwrap(),
            }
        }
        writeln!(csv, ",w{},w{},w{}", words[0], words[1], words[2]).unwrap();
    }
    csv
}

const COLUMNS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

#[test]
fn errors_that_fall_blindly_show_a_weak_segment_in_at_most_5_percent_of_files() {
    for rate in [0.02, 0.1, 0.4] {
        let (files, mut weak, mut grown) = (300, 0, 0);
        for seed in 0..files {
            let csv = random_file(seed, 1_200, |_, _| rate);
            let found = errors(&csv, &roles(&["d"], &COLUMNS));
            assert!(found.weak.groups > 100, "{}", found.weak.groups);
            weak += u32::from(!found.weak.segments.is_empty());
            grown += u32::from(found.tree.leaves.len() > 1);
        }
        let share = |found: u32| f64::from(found) / files as f64;
        assert!(share(weak) <= 0.05, "{} at {rate}", share(weak));
        assert!(share(grown) <= 0.05, "{} at {rate}", share(grown));
    }
}

#[test]
fn a_planted_pair_is_found_first() {
    for seed in 0..20 {
        let csv = random_file(seed, 4_000, |numbers, words| {
            let is_weak = numbers[0] >= 80.0 && words[0] == 2;
            if is_weak { 0.5 } else { 0.08 }
        });
        let found = errors(&csv, &roles(&["d"], &COLUMNS));
        let conditions = |found: &[Condition]| {
            let mut columns: Vec<String> = found.iter().map(|found| found.column.clone()).collect();
            columns.sort();
            columns
        };
        let first = &found.weak.segments[0];
        assert_eq!(
            conditions(&first.conditions),
            ["a", "d"],
            "{seed}: {}",
            in_words(&first.conditions)
        );
        assert!(
            first
                .conditions
                .iter()
                .any(|is| is.part == Part::Value("w2".to_owned()))
        );
        assert!(first.gap > 0.2 && first.gap_interval.low > 0.0);
        assert!(first.gap_interval.contains(first.gap));
        let counts = first.counts.unwrap();
        assert_eq!(counts.total(), first.count.rows);
        assert_eq!(counts.fp + counts.fn_, first.count.errors);

        let leaf = &found.tree.leaves[0];
        assert_eq!(
            conditions(&leaf.conditions()),
            ["a", "d"],
            "{seed}: {}",
            in_words(&leaf.conditions())
        );
        assert!(
            leaf.count.error_interval().unwrap().contains(0.5)
                || leaf.count.error_rate().unwrap() > 0.35
        );
        assert!(leaf.count.rows >= 30);
        assert_eq!(found.tree.grown_on + found.tree.all.rows, 4_000);
    }
}

#[test]
fn every_branch_of_the_tree_is_asked_to_the_same_depth() {
    // How often answers are wrong takes a question about each of the three numbers.
    let csv = random_file(9, 20_000, |numbers, _| {
        let low = numbers.iter().filter(|number| **number < 50.0).count();
        [0.05, 0.15, 0.4, 0.85][low]
    });
    let tree = errors(&csv, &roles(&[], &COLUMNS)).tree;
    let questions: Vec<usize> = tree.leaves.iter().map(|leaf| leaf.answers.len()).collect();
    assert_eq!(questions, [3; 8]);
}

#[test]
fn pairs_say_more_than_their_values_alone() {
    let csv = random_file(5, 6_000, |_, words| if words[1] == 3 { 0.6 } else { 0.05 });
    let found = errors(&csv, &roles(&[], &COLUMNS));
    let segments = &found.weak.segments;
    assert_eq!(in_words(&segments[0].conditions), "e is “w3”");
    assert!(segments.len() <= 20);
    let alone = segments[0].gap_interval.low;
    for segment in &segments[1..] {
        assert!(segment.conditions.len() == 1 || segment.gap_interval.low > alone);
    }
}

#[test]
fn of_very_many_columns_pairs_are_taken_of_sixty_and_that_is_said() {
    let mut drawn = Drawn(3);
    let mut csv = "label,prediction".to_owned();
    let names: Vec<String> = (0..70).map(|column| format!("x{column}")).collect();
    names.iter().for_each(|name| csv += &format!(",{name}"));
    csv.push('\n');
    for _ in 0..400 {
        csv += &format!("1,{}", u8::from(drawn.unit() < 0.9));
        (0..70).for_each(|_| csv += &format!(",w{}", drawn.below(3)));
        csv.push('\n');
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let choices = roles(&[], &names);
    let weak = errors(&csv, &choices).weak;
    assert_eq!((weak.columns, weak.paired_columns), (70, 60));
    let report = judge(&examined(&read(&csv), &choices), &Policy::balanced());
    let report = report.weak_segments.unwrap();
    assert_eq!((report.columns, report.paired_columns), (70, 60));
}

#[test]
fn missing_numbers_and_ranges_are_spoken_of_in_words() {
    let mut csv = "label,prediction,distance,carrier\n".to_owned();
    let mut drawn = Drawn(8);
    for row in 0..3_000 {
        let distance = drawn.below(3_000);
        let carrier = ["MQ", "AA", "UA"][drawn.below(3)];
        let is_missing = row % 10 == 0;
        let rate = if is_missing || distance >= 2_700 {
            0.7
        } else {
            0.03
        };
        let prediction = u8::from(drawn.unit() >= rate);
        match is_missing {
            true => writeln!(csv, "1,{prediction},,{carrier}").unwrap(),
            false => writeln!(csv, "1,{prediction},{distance},{carrier}").unwrap(),
        }
    }
    let found = errors(&csv, &roles(&["carrier"], &["distance"]));
    let words = |conditions: &[Condition]| in_words(conditions).replace('\u{202f}', ",");
    let weak: Vec<String> = found
        .weak
        .segments
        .iter()
        .map(|weak| words(&weak.conditions))
        .collect();
    assert!(weak.contains(&"distance is missing".to_owned()), "{weak:?}");
    assert!(
        weak.iter().any(|words| words.starts_with("distance ≥ 2,7")),
        "{weak:?}"
    );
    let leaves: Vec<String> = found
        .tree
        .leaves
        .iter()
        .map(|leaf| words(&leaf.conditions()))
        .collect();
    assert!(leaves[0].starts_with("distance"), "{leaves:?}");
}
