//! Perturbed copies beside clean rows, the weakest group, and criteria on a segment.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

use std::fmt::Write;

use greenlight_data::Role;
use greenlight_metrics::{newcombe_difference, wilson};
use greenlight_readiness::examination::{Clean, Comparison, Variants};
use greenlight_readiness::{
    Choices, Criterion, CriterionResult, Metric, Operator, Outcome, Policy, Profile, Report, Scope,
    Severity, Source, SourceReader, Verdict, judge,
};

fn read(csv: &str) -> Source {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    reader.finish_alone().unwrap()
}

fn examined_by(csv: &str, choices: &Choices) -> Profile {
    let source = read(csv);
    let mut profile = Profile::of(&source, choices).unwrap();
    profile.examine(&source, choices).unwrap();
    profile
}

fn examined(csv: &str) -> Profile {
    examined_by(csv, &Choices::default())
}

fn variants(csv: &str) -> Variants {
    examined(csv).examination.unwrap().variants.unwrap()
}

/// What a single criterion comes to, and the verdict of a policy of it alone beside accuracy.
fn judged(profile: &Profile, metric: Metric, limit: f64) -> CriterionResult {
    of_scope(profile, metric, limit, Scope::Current)
}

fn of_scope(profile: &Profile, metric: Metric, limit: f64, scope: Scope) -> CriterionResult {
    let criterion = Criterion {
        scope,
        ..Criterion::new("it", metric, Operator::AtMost, limit, Severity::Should)
    };
    let policy = Policy {
        criteria: vec![criterion],
        required_evidence: Vec::new(),
        ..Policy::balanced()
    };
    judge(profile, &policy).criteria.remove(0)
}

fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}

/// Ids with a clean row and one for each perturbation, of which so many of each hundred are turned: from right to wrong, and
/// from wrong to right. One clean answer in ten is wrong.
fn copies(ids: usize, perturbations: &[(&str, usize, usize)]) -> String {
    let mut csv = "id,label,prediction,variant,latency_ms\n".to_owned();
    for id in 0..ids {
        let (label, of_hundred) = (id % 2, id * 37 % 100);
        let is_wrong = of_hundred < 10;
        let answer = if is_wrong { 1 - label } else { label };
        writeln!(csv, "p{id},{label},{answer},clean,5").unwrap();
        for (name, to_wrong, to_right) in perturbations {
            let turns = match is_wrong {
                true => of_hundred < *to_right,
                false => of_hundred - 10 < *to_wrong,
            };
            let answer = if turns { 1 - answer } else { answer };
            writeln!(csv, "p{id},{label},{answer},{name},5").unwrap();
        }
    }
    csv
}

#[test]
fn perturbed_copies_are_held_against_the_clean_rows_of_their_ids() {
    let csv = copies(1_000, &[("blur", 8, 2), ("noise", 1, 1)]);
    let profile = examined(&csv);
    let report = judge(&profile, &Policy::balanced());
    let robustness = report.robustness.as_ref().unwrap();
    assert_eq!(robustness.clean.as_deref(), Some("clean"));
    assert_eq!(
        (robustness.clean_rows, robustness.perturbed_rows),
        (1_000, 2_000)
    );
    let blur = &robustness.perturbations["blur"];
    assert_eq!(
        (blur.rows, blur.pairs, blur.flips),
        (1_000, 1_000, Some(100))
    );
    assert_eq!(
        (blur.right_to_wrong, blur.wrong_to_right),
        (Some(80), Some(20))
    );
    assert_eq!(
        (blur.accuracy_clean, blur.accuracy_perturbed),
        (Some(0.9), Some(0.84))
    );
    assert_eq!(blur.accuracy_drop, Some(0.06));
    assert_eq!(blur.flip_rate_interval, wilson(100, 1_000).ok());
    // Pairs tell more than two samples would.
    let paired = blur.accuracy_drop_interval.unwrap();
    let apart = newcombe_difference(900, 1_000, 840, 1_000).unwrap();
    assert!(paired.width() < 0.75 * apart.width() && paired.low > 0.04);
    assert_eq!(robustness.flip_rate, Some(0.06));
    assert_eq!(robustness.accuracy_drop, Some(0.03));
    let worst = robustness.worst.as_ref().unwrap();
    assert_eq!((worst.perturbation.as_str(), worst.judged), ("blur", 2));
    // The copies of an id are worth one pair.
    let overall = robustness.overall.flip_rate_interval.unwrap();
    let expected = wilson(60, 1_000).unwrap();
    assert!((overall.low - expected.low).abs() < 1e-12);
    assert!((overall.high - expected.high).abs() < 1e-12);
    assert!(report.notes["/overall/rows"].contains("perturbed copies, by “variant”"));
    assert_eq!(report.overall.rows, 3_000, "every used row is evaluated");
    // Copies share their label by their id, which is no leak.
    let mut pitfalls = report.pitfalls.iter();
    assert!(!pitfalls.any(|pitfall| pitfall.name == "leakage"));
}

#[test]
fn the_worst_fall_fails_only_where_that_is_sure() {
    let drop = Metric::PerturbationAccuracyDrop;
    for (ids, blur, limit, outcome) in [
        (1_000, (12, 0), 0.05, Outcome::Fail),
        (1_000, (6, 0), 0.05, Outcome::AtRisk),
        (60, (12, 0), 0.05, Outcome::AtRisk),
        (1_000, (4, 0), 0.05, Outcome::Pass),
    ] {
        let csv = copies(ids, &[("blur", blur.0, blur.1), ("noise", 1, 0)]);
        let result = judged(&examined(&csv), drop, limit);
        assert_eq!(result.outcome, outcome, "{}", result.reason);
        assert!(result.reason.contains("“blur”"), "{}", result.reason);
        assert_eq!(result.rows_needed.is_some(), outcome == Outcome::AtRisk);
    }
    let csv = copies(1_000, &[("blur", 12, 0), ("noise", 1, 0)]);
    let result = judged(&examined(&csv), drop, 0.05);
    assert_eq!(
        plain(&result.reason),
        "Under “blur”, the worst of 2 perturbations, 78.0 % of the answers are right, where 90.0 % are on “clean” rows \
         (12.0 points fewer, 1 000 pairs); a fall of at most 5.0 points is advised."
    );
    assert_eq!(
        (result.rows, result.view as u8),
        (1_000, Metric::FlipRate.view() as u8)
    );
    // What only a gain can be found of passes, and says so.
    let csv = copies(1_000, &[("sharpen", 0, 5)]);
    let gain = judged(&examined(&csv), drop, 0.05);
    assert_eq!((gain.outcome, gain.value), (Outcome::Pass, Some(-0.05)));
    assert!(
        plain(&gain.reason).contains("5.0 points better"),
        "{}",
        gain.reason
    );
}

#[test]
fn answers_that_flip_are_counted_whether_right_or_wrong() {
    let csv = copies(500, &[("blur", 8, 8), ("noise", 2, 2)]);
    let result = judged(&examined(&csv), Metric::FlipRate, 0.05);
    assert_eq!(result.outcome, Outcome::Fail);
    assert_eq!(
        plain(&result.reason),
        "10.0 % of the answers change where the input is perturbed (100 of 1 000 pairs), most often under “blur” (16.0 %); \
         at most 5 % is advised."
    );
    let report = judge(&examined(&csv), &Policy::balanced());
    assert_eq!(report.robustness.unwrap().accuracy_drop, Some(0.0));
}

#[test]
fn without_ids_clean_and_perturbed_rows_are_two_samples_and_nothing_flips() {
    let csv = copies(400, &[("blur", 8, 2)]);
    let mut choices = Choices::default();
    choices.set_role(Role::Id, [""; 0]);
    let profile = examined_by(&csv, &choices);
    let report = judge(&profile, &Policy::balanced());
    let robustness = report.robustness.as_ref().unwrap();
    let blur = &robustness.perturbations["blur"];
    assert_eq!((blur.flips, blur.pairs), (None, 0));
    assert_eq!(
        blur.accuracy_drop_interval,
        newcombe_difference(360, 400, 336, 400).ok()
    );
    for key in ["compared_by", "flip_rate", "perturbations/blur/flips"] {
        let note = &report.notes[&format!("/robustness/{key}")];
        assert!(note.contains("no column plays the id"), "{note}");
    }
    let flips = judged(&profile, Metric::FlipRate, 0.05);
    assert_eq!(flips.outcome, Outcome::NoEvidence);
    assert!(flips.reason.contains("no column plays the id"));
    let drop = judged(&profile, Metric::PerturbationAccuracyDrop, 0.05);
    assert_eq!(drop.outcome, Outcome::AtRisk, "{}", drop.reason);
    assert!((drop.value.unwrap() - 0.06).abs() < 1e-12);
    // Ids that never meet are no pairs either.
    let mut apart = "id,label,prediction,variant\n".to_owned();
    for row in 0..200 {
        let variant = ["clean", "blur"][row % 2];
        writeln!(apart, "q{row},{},{},{variant}", row / 2 % 2, row / 2 % 2).unwrap();
    }
    let found = variants(&apart);
    assert_eq!(found.comparison, Comparison::NoPairs);
    assert_eq!(found.examples_without_clean, 100);
}

#[test]
fn the_clean_value_is_told_by_name_then_by_want_then_by_number() {
    let of = |values: &[&str]| {
        let mut csv = "id,label,prediction,variant\n".to_owned();
        for id in 0..40 {
            for value in values {
                writeln!(csv, "x{id},{},1,{value}", id % 2).unwrap();
            }
        }
        let mut choices = Choices::default();
        choices.set_role(Role::Variant, ["variant"]);
        let found = examined_by(&csv, &choices).examination.unwrap();
        let found = found.variants.unwrap();
        (found.clean, found.missing)
    };
    let named = |name: &str| Clean::Named(name.to_owned());
    assert_eq!(of(&["blur", "Original", "noise"]), (named("Original"), 0));
    assert_eq!(of(&["blur", "none", "clean"]), (named("clean"), 0));
    assert_eq!(of(&["blur", "baseline", ""]), (named("baseline"), 40));
    assert_eq!(of(&["true", "false"]), (named("false"), 0));
    assert_eq!(of(&["0.5", "0", "1"]), (named("0"), 0));
    assert_eq!(of(&["blur", ""]), (Clean::Missing, 0));
    let frequent = |name: &str| Clean::MostFrequent(name.to_owned());
    assert_eq!(of(&["x", "y", "y"]), (frequent("y"), 0));
    // Of equals the first by code point.
    assert_eq!(of(&["b", "B", "a"]), (frequent("B"), 0));
    assert_eq!(of(&["3", "2"]), (frequent("2"), 0));
}

#[test]
fn ids_without_one_clean_answer_are_left_out_and_counted() {
    let mut csv = copies(100, &[("blur", 5, 0)]);
    // No clean row; two that differ; two that agree; no id at all; a call that failed.
    csv.push_str("alone,1,1,blur,5\nalone,1,1,blur,5\n");
    csv.push_str("both,1,1,clean,5\nboth,1,0,clean,5\nboth,1,0,blur,5\n");
    csv.push_str("twice,1,1,clean,5\ntwice,1,1,clean,5\ntwice,1,0,blur,5\n,1,1,blur,5\n");
    let found = variants(&csv);
    assert_eq!(found.examples_without_clean, 2);
    let blur = &found.perturbations[0];
    assert_eq!((blur.rows, blur.pairs.pairs), (105, 101));
    assert_eq!(blur.pairs.right_to_wrong, 6);
}

#[test]
fn several_copies_of_an_id_are_worth_hardly_more_than_one() {
    let once = copies(200, &[("blur", 10, 0)]);
    let mut csv = once.clone();
    for line in once.lines().filter(|line| line.contains("blur")) {
        for _ in 0..4 {
            writeln!(csv, "{line}").unwrap();
        }
    }
    let (one, five) = (variants(&once), variants(&csv));
    let (one, five) = (&one.perturbations[0].pairs, &five.perturbations[0].pairs);
    assert_eq!((one.pairs, five.pairs), (200, 1_000));
    assert_eq!(five.effective_pairs(), Ok(200.0));
    let (one, five) = (
        one.accuracy_drop_interval(1.96).unwrap(),
        five.accuracy_drop_interval(1.96).unwrap(),
    );
    assert!((one.low - five.low).abs() < 1e-12 && (one.high - five.high).abs() < 1e-12);
}

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

/// Rows of a region, of which so many are right.
fn regions(regions: &[(&str, usize, usize)]) -> String {
    let mut csv = "label,prediction,region,latency_ms\n".to_owned();
    for (region, right, rows) in regions {
        for row in 0..*rows {
            let label = row % 2;
            let answer = if row < *right { label } else { 1 - label };
            writeln!(csv, "{label},{answer},{region},5").unwrap();
        }
    }
    csv
}

#[test]
fn the_weakest_group_fails_only_where_that_is_sure() {
    let of = |csv: &str| judged(&examined(csv), Metric::WeakestSegmentGap, 0.1);
    let sure = of(&regions(&[("north", 170, 240), ("south", 2_280, 2_400)]));
    assert_eq!(sure.outcome, Outcome::Fail);
    assert_eq!(
        plain(&sure.reason),
        "The weakest of 2 groups is region = north: 70.8 % right of 240 rows, 22.0 points below all rows (92.8 %); at most \
         10.0 points is advised."
    );
    let small = of(&regions(&[("north", 26, 32), ("south", 2_280, 2_400)]));
    assert_eq!(small.outcome, Outcome::AtRisk, "{}", small.reason);
    assert!(small.rows_needed.is_some() && small.value.unwrap() > 0.1);
    let alike = of(&regions(&[("north", 220, 240), ("south", 2_280, 2_400)]));
    assert_eq!(alike.outcome, Outcome::Pass, "{}", alike.reason);
    // Fewer than 30 rows are no group, whatever they are.
    let tiny = of(&regions(&[("north", 0, 29), ("south", 2_280, 2_400)]));
    assert_eq!(tiny.outcome, Outcome::Pass);
    assert!(
        tiny.reason
            .contains("The only group with enough rows is region = south")
    );
    let none = of("label,prediction\n1,1\n0,0\n");
    assert!(
        none.reason.contains("no column is a segment"),
        "{}",
        none.reason
    );
}

#[test]
fn until_the_rows_are_looked_at_nothing_is_known_and_the_verdict_stands() {
    let csv = regions(&[("north", 228, 240), ("south", 2_280, 2_400)]);
    let source = read(&csv);
    let mut profile = Profile::of(&source, &Choices::default()).unwrap();
    let before = judge(&profile, &Policy::balanced());
    let gap = |report: &Report| {
        let mut criteria = report.criteria.iter();
        let found = criteria.find(|c| c.metric == Metric::WeakestSegmentGap);
        found.unwrap().clone()
    };
    assert_eq!(gap(&before).outcome, Outcome::NoEvidence);
    assert!(
        gap(&before)
            .reason
            .contains("the rows are still being looked at")
    );
    assert_eq!(before.verdict, Verdict::Ready, "{:?}", before.reasons);
    profile.examine(&source, &Choices::default()).unwrap();
    let after = judge(&profile, &Policy::balanced());
    assert_eq!(
        (gap(&after).outcome, after.verdict),
        (Outcome::Pass, Verdict::Ready)
    );
}

#[test]
fn a_criterion_may_ask_for_one_segment() {
    let csv = regions(&[("north", 170, 240), ("south", 2_280, 2_400)]);
    let profile = examined(&csv);
    let of = |column: &str, value: &str, metric| {
        let scope = Scope::Segment {
            column: column.to_owned(),
            value: value.to_owned(),
        };
        of_scope(&profile, metric, 0.5, scope)
    };
    let north = of("region", "north", Metric::Accuracy);
    assert_eq!((north.value, north.rows), (Some(170.0 / 240.0), 240));
    assert_eq!(north.scope, "region = north");
    assert!(
        north.reason.contains("on “region = north”"),
        "{}",
        north.reason
    );
    for (column, value, metric, part) in [
        (
            "plan",
            "a",
            Metric::Accuracy,
            "“plan” is no segment, only region",
        ),
        (
            "region",
            "nrth",
            Metric::Accuracy,
            "“region” is nowhere “nrth”, only south, north",
        ),
        (
            "region",
            "north",
            Metric::AccuracyGap,
            "there is no reference split",
        ),
        (
            "region",
            "north",
            Metric::FlipRate,
            "no column tells perturbed copies",
        ),
        (
            "region",
            "north",
            Metric::WeakestSegmentGap,
            "only of the rows that are judged",
        ),
    ] {
        let result = of(column, value, metric);
        assert_eq!(result.value, None);
        assert!(result.reason.contains(part), "{}", result.reason);
    }
    let mut many = "label,prediction,region\n".to_owned();
    for row in 0..4_000 {
        writeln!(many, "{0},{0},r{1}", row % 2, row * row % 401 % 90).unwrap();
    }
    let mut choices = Choices::default();
    choices.set_role(Role::Segment, ["region"]);
    let profile = examined_by(&many, &choices);
    let scope = |value: &str| Scope::Segment {
        column: "region".to_owned(),
        value: value.to_owned(),
    };
    let folded = of_scope(&profile, Metric::Accuracy, 0.5, scope("r999"));
    assert!(
        folded
            .reason
            .contains("is not among the 50 most frequent values")
    );
    let other = of_scope(&profile, Metric::Accuracy, 0.5, scope("other"));
    assert_eq!(other.value, Some(1.0));
}

/// Rows of train and test, of whose cases so many of so many are caught; all other rows are right.
fn recalls(train: (usize, usize), test: (usize, usize)) -> Profile {
    let mut csv = "split,is_fraud,prediction,latency_ms\n".to_owned();
    for (split, (caught, cases)) in [("train", train), ("test", test)] {
        for case in 0..cases {
            writeln!(csv, "{split},1,{},5", u8::from(case < caught)).unwrap();
        }
        csv.push_str(&format!("{split},0,0,5\n").repeat(30 * cases));
    }
    examined(&csv)
}

#[test]
fn a_recall_that_falls_from_80_to_37_percent_does_not_pass_as_stable() {
    let of = |policy: Policy, metric, train, test| {
        let report = judge(&recalls(train, test), &policy);
        let outcome = |metric| {
            let mut criteria = report.criteria.iter();
            criteria.find(|c| c.metric == metric).unwrap().outcome
        };
        (outcome(Metric::AccuracyGap), outcome(metric))
    };
    let (recall, f1) = (Metric::RecallGap, Metric::F1Gap);
    for (policy, metric) in [(Policy::fraud(), recall), (Policy::balanced(), f1)] {
        // 43 cases are few, but enough to show such a fall.
        let fallen = of(policy.clone(), metric, (80, 100), (16, 43));
        assert_eq!(fallen, (Outcome::Pass, Outcome::Fail), "{metric:?}");
        // What chance may do to so few is no warning.
        let few = of(policy.clone(), metric, (80, 100), (30, 43));
        assert_eq!(few, (Outcome::Pass, Outcome::NoEvidence), "{metric:?}");
        let many = of(policy, metric, (800, 1_000), (395, 500));
        assert_eq!(many, (Outcome::Pass, Outcome::Pass), "{metric:?}");
    }
}

#[test]
fn what_passes_is_not_asked_for_again_and_a_gain_is_no_fall() {
    let report = judge(&recalls((400, 500), (430, 500)), &Policy::fraud());
    let of = |metric| {
        let mut criteria = report.criteria.iter();
        criteria.find(|c| c.metric == metric).unwrap()
    };
    let chance = plain(&of(Metric::YoudensJ).reason);
    assert!(
        chance.ends_with("of the other rows; so it tells them apart."),
        "{chance}"
    );
    let fall = of(Metric::RecallGap);
    assert!(
        (fall.value.unwrap() + 0.06).abs() < 1e-12,
        "the sign in the report stays"
    );
    let (value, interval) = (
        greenlight_readiness::criteria::shown_beside_limit(fall),
        greenlight_readiness::criteria::shown_interval(fall),
    );
    assert_eq!(plain(&value), "none");
    assert_eq!(plain(&interval), "−10.6 to −1.3 points");
}
