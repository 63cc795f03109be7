//! Clean rows and their perturbed copies, paired by their ids or not.

use greenlight_metrics::{newcombe_difference, wilson};
use greenlight_readiness::examination::{Clean, Comparison, Variants};

use super::*;

fn variants(csv: &str) -> Variants {
    examined(csv).examination.unwrap().variants.unwrap()
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
