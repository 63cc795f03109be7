use greenlight_data::Role;
use greenlight_format::Told;
use greenlight_metrics::ErrorCount;

use super::*;
use crate::choices::Choices;
use crate::examination::{ErrorTree, Fairness, Favourable, WeakSegments};
use crate::source::{Source, SourceReader};

fn file(header: &str, groups: &[(&str, usize)]) -> Source {
    let mut reader = SourceReader::new("groups.csv");
    let lines = groups
        .iter()
        .map(|(line, times)| format!("{line}\n").repeat(*times));
    let csv = format!("{header}\n{}", lines.collect::<String>());
    reader.feed(csv.as_bytes()).unwrap();
    reader.finish_alone().unwrap()
}

fn examined(header: &str, groups: &[(&str, usize)], segments: &[&str]) -> Profile {
    let source = file(header, groups);
    let mut choices = Choices::default();
    choices.set_role(Role::Segment, segments.iter().copied());
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    profile
}

/// Rows of three plans, of which so many of 200 of the first are answered wrongly, and 20 of 400 of the others.
fn plans(wrong: usize) -> Profile {
    let groups = [
        ("1,0,free", wrong),
        ("1,1,free", 200 - wrong),
        ("0,1,paid", 20),
        ("0,0,paid", 380),
        ("0,0,rare", 9),
        ("0,1,rare", 1),
    ];
    examined("label,prediction,plan", &groups, &["plan"])
}

fn plain(text: &str) -> String {
    text.replace(format::SPACE, " ")
}

fn weak(profile: &Profile) -> WeakWords {
    match GroupSearch::of(profile).unwrap() {
        GroupSearch::Found(errors) => WeakWords::of(&errors.weak, Told::Exactly),
        GroupSearch::Looking => panic!("it was looked"),
    }
}

fn values(profile: &Profile, measure: Measure) -> ValuesWords {
    let examination = profile.examination.as_ref().unwrap();
    let confusion = profile.current().confusion.as_ref().unwrap();
    let column = &examination.segments.columns[0];
    ValuesWords::of(column, confusion, &profile.classes, measure)
}

#[test]
fn a_weak_group_is_named_only_where_that_is_sure() {
    let words = weak(&plans(60));
    assert_eq!(
        plain(&words.finding),
        "Answers are wrong more often where plan is “free”: 70.0 % are right, 24.9 points fewer than elsewhere"
    );
    assert_eq!(
        words
            .remarks
            .iter()
            .map(|text| plain(text))
            .collect::<Vec<_>>(),
        [
            "These 200 rows are 32.8 % of all and hold 74.1 % of the wrong answers.",
            "It is the only one that is clearly weaker, of 2 groups looked at: the values of 1 column.",
        ]
    );
    let group = &words.groups[0];
    assert_eq!((group.rows, group.accuracy.value), (200, 0.7));
    assert!(group.least_gap > 0.0 && group.least_gap < group.gap);
    assert!(plain(&group.read_out()).starts_with("plan is “free”: 70.0 % of 200 rows right"));

    let words = weak(&plans(14));
    assert_eq!(words.finding, "No group is clearly weaker than the others");
    assert_eq!(
        words.remarks,
        [
            "2 groups were held against the rest: the values of 1 column. What differs is within what chance gives."
        ]
    );
    assert!(words.groups.is_empty());
}

#[test]
fn without_errors_or_large_groups_that_is_said() {
    let words = |rows, errors, groups| {
        let all = ErrorCount { rows, errors };
        let found = WeakSegments {
            all,
            groups,
            ..WeakSegments::default()
        };
        WeakWords::of(&found, Told::Exactly).finding
    };
    assert_eq!(
        words(100, 0, 3),
        "Every answer is right, so no group is weaker than another"
    );
    assert_eq!(words(100, 1, 0), "The groups are too small to be judged");
    assert_eq!(
        words(100, 1, 1),
        "No group is clearly weaker than the others"
    );
}

#[test]
fn what_is_lacking_is_said_with_what_to_do() {
    for (header, groups, finding) in [
        (
            "label,prediction",
            [("1,1", 50), ("0,0", 50)],
            "There is no column to look at groups by",
        ),
        (
            "label,score",
            [("cat,0.2", 50), ("dog,0.9", 50)],
            "The answers of groups cannot be judged: it is not known which of the two classes is positive",
        ),
    ] {
        let profile = examined(header, &groups, &[]);
        assert_eq!(GroupSearch::of(&profile).unwrap_err().finding, finding);
    }
    let mut profile = plans(60);
    profile.examination = None;
    assert_eq!(GroupSearch::of(&profile), Ok(GroupSearch::Looking));
}

#[test]
fn a_low_value_is_called_low_only_beyond_chance() {
    let words = values(&plans(60), Measure::Accuracy);
    assert_eq!(
        plain(&words.finding),
        "“free” is clearly lower: accuracy 70.0 %, against 86.7 % of all rows, even with 2 values compared"
    );
    let rows: Vec<(&str, Standing)> = words
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.standing))
        .collect();
    assert_eq!(
        rows,
        [
            ("free", Standing::Lower),
            ("paid", Standing::NotLower),
            ("rare", Standing::TooFew)
        ]
    );
    let words = values(&plans(14), Measure::Accuracy);
    assert_eq!(
        plain(&words.finding),
        "“free” is lowest with accuracy 93.0 %; for the lowest of 2 values that is within chance of the 94.3 % of all rows"
    );
    assert_eq!(words.rows[0].standing, Standing::NotLower);
}

#[test]
fn a_measure_counts_its_own_cases() {
    // Only free rows are positive, so there is nobody to compare their recall with.
    let words = values(&plans(60), Measure::Recall);
    assert_eq!(
        plain(&words.finding),
        "“free” has recall 70.0 %; no other value has rows enough to compare"
    );
    let free = &words.rows[0];
    assert_eq!(free.rate(Measure::Recall).unwrap().value, 0.7);
    assert_eq!(free.rate(Measure::Precision).unwrap().value, 1.0);
    assert_eq!(words.rows[1].rate(Measure::Recall), None);
    assert_eq!(
        plain(&words.rows[1].read_out(Measure::Recall)),
        "paid: 400 rows, none of which counts for recall."
    );
    let few = examined(
        "label,prediction,plan",
        &[("1,1,a", 12), ("0,0,b", 12)],
        &["plan"],
    );
    assert_eq!(
        values(&few, Measure::Accuracy).finding,
        "No value of plan has the 30 rows that judging its accuracy takes"
    );
}

#[test]
fn many_values_are_folded_and_missing_ones_said() {
    let lines: Vec<String> = (0..200).map(|value| format!("1,1,v{value}")).collect();
    let mut groups: Vec<(&str, usize)> = lines.iter().map(|line| (line.as_str(), 2)).collect();
    groups.push(("0,0,", 7));
    let words = values(
        &examined("label,prediction,shop", &groups, &["shop"]),
        Measure::Accuracy,
    );
    assert_eq!(words.rows.len(), 51);
    assert_eq!(words.rows[50].standing, Standing::Folded);
    assert_eq!(
        words.remarks,
        [
            "150 rarer values with 300 rows together stand as “other”.",
            "7 rows have no value and are not shown."
        ]
    );
}

#[test]
fn the_tree_is_nested_and_its_numbers_add_up() {
    let profile = plans(100);
    let Ok(GroupSearch::Found(errors)) = GroupSearch::of(&profile) else {
        panic!("it was looked");
    };
    let words = TreeWords::of(&errors.tree);
    assert!(
        words.finding.starts_with("Where plan is “free”, "),
        "{}",
        words.finding
    );
    let root = &words.root;
    assert_eq!(
        (root.answer.as_str(), root.rows),
        ("All rows", errors.tree.all.rows)
    );
    assert_eq!(root.share_of_errors, Some(1.0));
    assert_eq!(root.branches.len(), 2);
    assert_eq!(root.branches[0].answer, "plan is “free”");
    assert_eq!(root.branches[1].answer, "plan is not “free”");
    let rows: u64 = root.branches.iter().map(|branch| branch.rows).sum();
    assert_eq!(rows, root.rows);
    let nothing = TreeWords::of(&ErrorTree::default());
    assert!(nothing.root.branches.is_empty());
}

fn fairness(selected: usize, groups: &[(&str, usize)]) -> (FairnessWords, Vec<f64>) {
    let mut lines = vec![
        ("1,1,m", 60),
        ("0,0,m", 40),
        ("1,1,f", selected),
        ("0,0,f", 100 - selected),
    ];
    lines.extend(groups);
    let profile = examined("label,prediction,sex", &lines, &["sex"]);
    let column = &profile.examination.as_ref().unwrap().segments.columns[0];
    let found = Fairness::of(column, &profile.classes).unwrap();
    let turned = Fairness::favouring(Favourable::Negative, column, &profile.classes).unwrap();
    let rates = turned.groups.iter();
    let rates = rates.map(|group| group.rates.selection_rate.unwrap().value);
    (FairnessWords::of(&found, column, "1"), rates.collect())
}

#[test]
fn groups_are_compared_by_the_rule_of_thumb_and_by_chance() {
    let (words, turned) = fairness(30, &[("1,1,x", 5)]);
    assert_eq!(
        plain(&words.finding),
        "“f” is predicted “1” 0.50 times as often as “m”: 30.0 % of its rows, against 60.0 %"
    );
    assert!(words.remarks[0].starts_with("That is outside the four-fifths rule"));
    assert!(plain(&words.remarks[1]).starts_with("The difference is 30.0 points (95 % interval 1"));
    assert_eq!(
        words.remarks[2],
        "Left out: 1 value with fewer than 30 rows."
    );
    assert_eq!(words.spreads[0].groups, ("f".to_owned(), "m".to_owned()));
    // Of as many rows the groups stand in the order of their names.
    assert_eq!(turned, [0.7, 0.4]);

    let (words, _) = fairness(48, &[]);
    assert!(words.remarks[0].starts_with("That is within the four-fifths rule"));
    assert_eq!(
        plain(&words.remarks[1]),
        "Chance alone could give a difference of 12.0 points."
    );
    let (words, _) = fairness(47, &[]);
    assert!(words.remarks[0].starts_with("That is outside the four-fifths rule"));
    let (words, _) = fairness(60, &[]);
    assert_eq!(
        plain(&words.finding),
        "All groups are predicted “1” equally often: 60.0 % of their rows"
    );
    let (words, _) = fairness(48, &[("1,1,x", 25), ("0,0,x", 25)]);
    assert!(
        plain(&words.remarks[1])
            .ends_with("these are the two furthest apart of 3 groups, which by itself widens it.")
    );
}
