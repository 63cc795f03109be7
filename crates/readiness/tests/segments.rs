//! The second look at the rows: segments, where the answers are wrong, and how groups are treated.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use greenlight_data::Role;
use greenlight_metrics::{Interval, wilson};
use greenlight_readiness::examination::{
    Condition, ErrorFindings, Examination, Fairness, Part, Segment, in_words,
};
use greenlight_readiness::{
    Certainty, Choices, Examiner, Outcome, Policy, Profile, Source, SourceReader, judge,
};

/// Numbers that look as if drawn, the same every time.
struct Drawn(u64);

impl Drawn {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }
}

fn read(csv: &str) -> Source {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    reader.finish_alone().unwrap()
}

fn examined(source: &Source, choices: &Choices) -> Profile {
    let mut profile = Profile::of(source, choices).unwrap();
    let mut examiner = Examiner::new(source, choices, &profile).unwrap();
    let (mut taken, (_, steps)) = (0, examiner.progress());
    while examiner.step() {
        taken += 1;
        assert_eq!(examiner.progress(), (taken, steps));
    }
    assert_eq!(taken, steps);
    profile.examination = Some(examiner.finish());
    profile
}

fn examination(csv: &str, choices: &Choices) -> Examination {
    examined(&read(csv), choices).examination.unwrap()
}

fn errors(csv: &str, choices: &Choices) -> ErrorFindings {
    examination(csv, choices).errors.unwrap()
}

fn roles(segments: &[&str], features: &[&str]) -> Choices {
    let mut choices = Choices::default();
    choices.set_role(Role::Segment, segments.iter().copied());
    choices.set_role(Role::Feature, features.iter().copied());
    choices
}

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

#[test]
fn groups_that_are_treated_differently_are_told_apart() {
    let mut csv = "label,prediction,sex\n".to_owned();
    for (line, times) in [
        ("1,1,f", 40),
        ("0,1,f", 10),
        ("1,0,f", 10),
        ("0,0,f", 40),
        ("1,1,m", 40),
        ("0,1,m", 40),
        ("1,0,m", 0),
        ("0,0,m", 40),
        ("1,1,x", 3),
    ] {
        csv += &format!("{line}\n").repeat(times);
    }
    let profile = examined(&read(&csv), &roles(&["sex"], &[]));
    let column = &profile.examination.as_ref().unwrap().segments.columns[0];
    let fairness = Fairness::of(column, &profile.classes).unwrap();
    let values: Vec<&str> = fairness.groups.iter().map(|group| group.value).collect();
    assert_eq!(
        (values.as_slice(), fairness.too_small, fairness.largest),
        (&["m", "f"][..], 1, 0)
    );
    let selection = fairness.disparity.selection.unwrap();
    assert!((selection.difference - (80.0 / 120.0 - 0.5)).abs() < 1e-12);
    assert_eq!(selection.ratio, Ok(0.5 / (80.0 / 120.0)));
    assert_eq!(fairness.disparity.passes_four_fifths(), Ok(false));
    // True positive rates 0.8 and 1, false positive rates 0.2 and 0.5.
    assert!((fairness.disparity.equalized_odds_difference().unwrap() - 0.3).abs() < 1e-12);
    let rate = fairness.groups[1].rates.true_positive_rate.unwrap();
    assert_eq!((rate.value, rate.interval), (0.8, wilson(40, 50).unwrap()));

    let words = "label,prediction,sex\nant,ant,f\nbee,ant,f\ncat,cat,m\n";
    let three = examined(&read(words), &roles(&["sex"], &[]));
    let column = &three.examination.as_ref().unwrap().segments.columns[0];
    assert!(Fairness::of(column, &three.classes).is_err());
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
