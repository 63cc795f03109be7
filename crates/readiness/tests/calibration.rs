//! What is said of scores as probabilities: the sentence for each kind of file.

#![allow(clippy::unwrap_used)]

use greenlight_data::Role;
use greenlight_readiness::{
    Binning, CalibrationWords, Choices, NoProbabilities, Policy, Profile, SourceReader, judge,
};

fn profile(csv: &str) -> Profile {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let mut choices = Choices::default();
    // Scores that are only 0 and 1 would be taken for predictions.
    if csv.lines().next().unwrap().contains("score,count") {
        choices.set_role(Role::Score, ["score"]);
    }
    Profile::of(&reader.finish_alone().unwrap(), &choices).unwrap()
}

fn words(csv: &str) -> Result<CalibrationWords, NoProbabilities> {
    CalibrationWords::of(&profile(csv))
}

/// Numbers with plain spaces.
fn plain(text: &str) -> String {
    text.replace('\u{202F}', " ")
}

/// Rows by (score, how many, how many of them positive).
fn scored(label: &str, groups: &[(f64, u32, u32)]) -> String {
    let mut csv = format!("{label},score,count\n");
    for &(score, rows, positives) in groups {
        csv += &format!("1,{score},{positives}\n0,{score},{}\n", rows - positives);
    }
    csv
}

/// Ten scores of so many rows each, which come true as `share` says.
fn curve(rows: u32, share: impl Fn(f64) -> f64) -> Vec<(f64, u32, u32)> {
    (0..10)
        .map(|bin| f64::from(bin) / 10.0 + 0.05)
        .map(|score| {
            let positives = f64::from(rows) * share(score);
            (score, rows, positives.round() as u32)
        })
        .collect()
}

#[test]
fn the_finding_is_the_bin_that_matters() {
    let rare = [(0.001, 9_000, 9), (0.02, 900, 18), (0.85, 40, 8)];
    for (name, csv, finding) in [
        (
            "well calibrated",
            scored("label", &curve(400, |score| score)),
            "The scores can be read as probabilities: no bin is off by more than chance allows",
        ),
        (
            "overconfident",
            scored("label", &curve(400, |score| 0.45 + 0.6 * (score - 0.5))),
            "When the model says 95 %, it is right 72 % of the time",
        ),
        (
            "overconfident low down, of a class with a name",
            scored("is_fraud", &curve(400, |score| 0.2 + 0.8 * score)),
            "When the model says 5 % fraud, it is fraud 24 % of the time",
        ),
        (
            "underconfident, without a name",
            scored("label", &[(0.3, 400, 40), (0.7, 400, 330)]),
            "When the model says 30 %, it happens 10 % of the time",
        ),
        (
            "tiny",
            scored("label", &[(0.15, 12, 1), (0.85, 12, 10)]),
            "There are too few rows to tell whether the scores can be read as probabilities",
        ),
        (
            "a handful",
            scored("label", &[(0.2, 3, 1), (0.9, 4, 2)]),
            "There are too few rows to tell whether the scores can be read as probabilities",
        ),
        (
            "rare positives",
            scored("is_spam", &rare),
            "When the model says 85 % spam, it is spam 20 % of the time",
        ),
        (
            "very many rows",
            scored("label", &curve(1_000_000, |score| score - 0.004)),
            "The scores can nearly be read as probabilities: when the model says 95.0 %, it is right 94.6 % of the time",
        ),
        (
            "off by little in points, by much in parts",
            scored("label", &[(0.002, 500_000, 4_000), (0.6, 1_000, 600)]),
            "When the model says 0.2 %, it happens 0.8 % of the time",
        ),
        (
            "each bin a little too high",
            scored(
                "is_fraud",
                &curve(100, |score| {
                    score
                        - if score > 0.1 && score < 0.9 {
                            0.06
                        } else {
                            0.0
                        }
                }),
            ),
            "On the whole the scores are too high: they say 50.0 % fraud, and 45.2 % of the rows are",
        ),
        (
            "each bin a little too far out",
            scored("label", &curve(100, |score| 0.5 + 0.84 * (score - 0.5))),
            "The scores are too sure: they lie further apart than what happens",
        ),
        (
            "only 0 and 1",
            scored("label", &[(0.0, 100, 5), (1.0, 100, 93)]),
            "The scores are only 0 and 1: answers, not probabilities",
        ),
    ] {
        let words = words(&csv).unwrap();
        assert_eq!(plain(&words.finding), finding, "{name}");
        assert_eq!(words.binning, Binning::Uniform, "{name}");
        for remark in &words.remarks {
            assert!(remark.ends_with('.'), "{name}: {remark}");
        }
    }
}

#[test]
fn what_uniform_bins_hide_quantile_bins_show() {
    // One bin of equal width holds all, and is right on the whole.
    let words = words(&scored("label", &[(0.01, 5_000, 150), (0.05, 5_000, 150)])).unwrap();
    assert_eq!(
        plain(&words.finding),
        "When the model says 5 %, it happens 3 % of the time"
    );
    assert_eq!(words.binning, Binning::Quantile);
}

#[test]
fn chance_alone_is_found_guilty_one_time_in_twenty_at_most() {
    let mut state = 7_u64;
    let mut drawn = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1_u64 << 31) as f64
    };
    let mut off = 0;
    for _ in 0..200 {
        let mut csv = "label,score\n".to_owned();
        for _ in 0..1_000 {
            let score = drawn();
            csv += &format!("{},{score}\n", u8::from(drawn() < score));
        }
        off += u32::from(words(&csv).unwrap().finding.starts_with("When"));
    }
    assert!(off <= 14, "{off} of 200 well calibrated files");
}

#[test]
fn remarks_say_the_evidence_the_whole_and_how_sure() {
    let csv = scored("is_fraud", &curve(400, |score| 0.6 * score));
    let remarks = plain(&words(&csv).unwrap().remarks.join(" "));
    assert_eq!(
        remarks,
        "228 of the 400 rows that score from 90 % to 100 % are fraud; were the scores right, about \
         380 would be. On the whole the scores are too high: their mean is 50.0 %, and 30.0 % of \
         the rows are fraud. The scores are too sure: they lie further apart than what happens (slope \
         0.57; 1 would be right)."
    );
    for (groups, remark) in [
        (
            curve(400, |score| score),
            "neither too sure nor too cautious, as far as these rows tell (slope 1.0; 1 would be right)",
        ),
        (
            vec![(0.4, 400, 80), (0.6, 400, 320)],
            "too cautious: they lie closer together than what happens (slope 3.4; 1 would be right)",
        ),
        (
            curve(400, |score| 1.0 - score),
            "The scores point the wrong way: the higher they are, the less often they come true",
        ),
        (
            curve(400, |score| score),
            "On the whole the scores are neither too high nor too low: their mean is 50.0 %, and 50.0 % of the rows are positive",
        ),
        (
            curve(400, |score| 0.3 + 0.7 * score),
            "On the whole the scores are too low",
        ),
        (
            vec![(0.15, 12, 1), (0.85, 12, 10)],
            "but with 24 rows that is about 24.9 points either way",
        ),
        (
            curve(400, |score| score),
            "With 4 000 rows that is about 6.",
        ),
        (
            vec![(0.2, 3, 1), (0.9, 4, 2)],
            "Most of the 7 rows lie in bins with fewer than 10",
        ),
        (
            vec![(0.0, 100, 5), (1.0, 100, 93)],
            "Give the scores that the answers were made from",
        ),
    ] {
        let remarks = plain(&words(&scored("label", &groups)).unwrap().remarks.join(" "));
        assert!(remarks.contains(remark), "{remark:?} is not in {remarks}");
    }
}

#[test]
fn several_classes_are_judged_by_their_top_class() {
    let mut csv = "label,proba_ant,proba_bee,proba_cat\n".to_owned();
    for row in 0..300 {
        // Its top class has 0.8, and two in three are right.
        let label = ["ant", "ant", "bee"][row % 3];
        csv += &format!("{label},0.8,0.15,0.05\n");
    }
    csv += "cat,0.1,0.2,0.7\n";
    let words = words(&csv).unwrap();
    assert_eq!(
        plain(&words.finding),
        "When its top class has 80 %, the model is right 67 % of the time"
    );
    assert!(
        plain(&words.remarks[0])
            .starts_with("200 of the 300 rows that score from 70 % to 80 % are right;")
    );
    assert!(plain(&words.remarks[1]).ends_with("and 66.8 % of the answers are right."));
}

#[test]
fn the_current_split_is_held_beside_the_reference() {
    let mut csv = "label,score,split,count\n".to_owned();
    for (split, positives) in [("train", 160), ("production", 100)] {
        csv += &format!(
            "1,0.8,{split},{positives}\n0,0.8,{split},{}\n",
            200 - positives
        );
    }
    let words = words(&csv).unwrap();
    assert_eq!(
        plain(&words.finding),
        "When the model says 80 %, it is right 50 % of the time"
    );
    let last = words.remarks.last().unwrap();
    assert_eq!(
        plain(last),
        "The calibration error is 30.0 % on “production” and 0 % on “train”."
    );
}

#[test]
fn scores_are_read_as_the_isotonic_fit_has_them() {
    let words = words(&scored(
        "label",
        &[(0.2, 100, 10), (0.4, 100, 30), (0.8, 100, 64)],
    ))
    .unwrap();
    let readings: Vec<(f64, Option<f64>)> = words.readings.clone();
    let near = |value: Option<f64>, expected: Option<f64>| match (value, expected) {
        (Some(value), Some(expected)) => (value - expected).abs() < 1e-12,
        (value, expected) => value == expected,
    };
    for ((score, value), expected) in readings.into_iter().zip([
        (0.1, None),
        (0.25, Some(0.15)),
        (0.5, Some(0.385)),
        (0.75, Some(0.5975)),
        (0.9, None),
    ]) {
        assert!(
            score == expected.0 && near(value, expected.1),
            "{score}: {value:?}"
        );
    }
}

#[test]
fn a_bin_reads_out() {
    let csv = scored("is_fraud", &curve(400, |score| 0.6 * score));
    let (words, report) = (
        words(&csv).unwrap(),
        judge(&profile(&csv), &Policy::balanced()),
    );
    let bins = report.current_calibration().unwrap().bins.clone().unwrap();
    assert_eq!(
        plain(&words.read_out(&bins[9])),
        "From 90 % to 100 %: 400 rows with a mean score of 95.0 %; 57.0 % are fraud (95 % interval \
         52.1–61.8 %). Gap: −38.0 points."
    );
    let empty = greenlight_readiness::CalibrationBin {
        rows: 0,
        mean_score: None,
        share: None,
        interval: None,
        ..bins[3]
    };
    assert_eq!(
        plain(&words.read_out(&empty)),
        "No row scores from 30 % to 40 %."
    );
}

#[test]
fn without_probabilities_it_says_what_to_do() {
    for (csv, finding, advice) in [
        (
            "label,prediction\n1,1\n0,0\n1,0\n",
            "There are no scores that could be probabilities",
            "Add a column with the probability of the positive class, from 0 to 1.",
        ),
        (
            "label,prediction\nant,ant\nbee,ant\ncat,cat\n",
            "There are no scores that could be probabilities",
            "Add a column of probabilities for each class, from 0 to 1.",
        ),
        (
            "label,score\n1,2.5\n0,-1\n1,0.25\n0,0.5\n",
            "These scores are no probabilities: some lie outside 0 to 1",
            "give the probabilities of the model",
        ),
        (
            "label,score\ncat,0.2\ndog,0.9\ndog,0.4\n",
            "The scores cannot be judged: it is not known which of the two classes is positive",
            "Say which class the scores are for.",
        ),
        (
            "label,proba_ant,proba_bee\nant,0.9,0.1\nbee,0.3,0.7\ncat,0.5,0.5\n",
            "The scores cannot be judged: no column holds the scores of class “cat”",
            "Give a column of scores for each class.",
        ),
    ] {
        let none = words(csv).unwrap_err();
        assert_eq!(none.finding, finding);
        assert!(none.advice.contains(advice), "{}", none.advice);
    }
}
