//! Drift from rows to sentence: both sides of each column in the same bins, by window, and what a method and a limit make of them.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write;

use greenlight_data::Role;
use greenlight_format::Told;
use greenlight_metrics::Undefined;
use greenlight_metrics::drift::evidently::Test;
use greenlight_readiness::examination::{
    ColumnDrift, Drift, DriftBin, DriftPart, DriftVerdict, SideCounts,
};
use greenlight_readiness::monitoring::RuleOutcome;
use greenlight_readiness::{
    Choices, Criterion, CriterionResult, DriftMethod, DriftSettings, Metric, Operator, Outcome,
    Policy, Profile, Severity, Source, SourceReader, Span, drift_words, judge,
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

fn drift_of(profile: &Profile) -> &Drift {
    let examination = profile.examination.as_ref().unwrap();
    examination.drift.as_ref().unwrap()
}

fn drift(csv: &str) -> Drift {
    drift_of(&examined_by(csv, &Choices::default())).clone()
}

/// Numbers from 0 to 1 that look as if drawn, the same every time.
fn unit(number: u64) -> f64 {
    let mixed = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Rows of a train and a production split: one number that moves by so much, one that stays, and words of which one is new.
fn moved(rows: u64, by: f64) -> String {
    let mut csv = "split,label,score,moves,stays,words\n".to_owned();
    for split in ["train", "production"] {
        let is_current = split == "production";
        for row in 0..rows {
            let seed = row * 5 + if is_current { 1_000_003 } else { 0 };
            let label = u8::from(unit(seed) < 0.5);
            let moves = unit(seed + 1) + if is_current { by } else { 0.0 };
            let word = match unit(seed + 3) {
                u if u < 0.1 && is_current && by > 0.0 => "new",
                u if u < 0.5 => "a",
                _ => "b",
            };
            let (score, stays) = (unit(seed + 2), unit(seed + 4));
            writeln!(
                csv,
                "{split},{label},{score:.6},{moves:.6},{stays:.6},{word}"
            )
            .unwrap();
        }
    }
    csv
}

fn verdict(drift: &Drift, column: &str, settings: DriftSettings) -> DriftVerdict {
    let place = drift
        .columns
        .iter()
        .position(|known| known.column == column)
        .unwrap();
    drift.verdicts(settings).remove(place)
}

fn column<'d>(drift: &'d Drift, name: &str) -> &'d ColumnDrift {
    drift
        .columns
        .iter()
        .find(|column| column.column == name)
        .unwrap()
}

fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}

#[test]
fn what_has_moved_is_told_from_what_has_not() {
    let drift = drift(&moved(2_000, 0.3));
    let parts: Vec<(DriftPart, &str)> = drift
        .columns
        .iter()
        .map(|c| (c.part, c.column.as_str()))
        .collect();
    let expected = [
        (DriftPart::Score, "score"),
        (DriftPart::Label, "label"),
        (DriftPart::Feature, "moves"),
        (DriftPart::Feature, "stays"),
    ];
    assert_eq!(parts[..4], expected);
    assert_eq!((drift.reference_rows, drift.current_rows), (2_000, 2_000));
    let usual = DriftSettings::default();
    let drifted: Vec<(&str, Option<bool>)> = drift
        .columns
        .iter()
        .zip(drift.verdicts(usual))
        .map(|(column, verdict)| (column.column.as_str(), verdict.drifted))
        .collect();
    for (name, drifted) in drifted {
        assert_eq!(drifted, Some(["moves", "words"].contains(&name)), "{name}");
    }
    let words = column(&drift, "words");
    assert_eq!(words.unseen.examples, ["new"]);
    assert_eq!(words.unseen.rows, words.current.bins[2]);
    let finding = drift_words::finding(&drift, usual);
    assert_eq!(finding, "2 of 5 columns have drifted: “moves” and “words”.");
    let sentence = drift_words::sentence(
        column(&drift, "moves"),
        &verdict(&drift, "moves", usual),
        Told::Exactly,
    );
    assert!(
        sentence.starts_with("“moves” has drifted: PSI "),
        "{sentence}"
    );
    assert!(
        sentence.ends_with("is above 0.1, and a difference this large is not chance (p < 0.001).")
    );
}

#[test]
fn of_few_rows_a_large_index_is_no_drift() {
    let drift = drift(&moved(100, 0.0));
    let usual = DriftSettings::default();
    let stays = column(&drift, "stays");
    let found = verdict(&drift, "stays", usual);
    assert!(found.is_above() && found.drifted == Some(false));
    let sentence = drift_words::sentence(stays, &found, Told::Exactly);
    assert!(
        sentence.contains("but with so few rows chance alone reaches 0.338."),
        "{sentence}"
    );
    assert_eq!(
        drift_words::finding(&drift, usual),
        "None of 5 columns has drifted."
    );
}

#[test]
fn a_method_is_chosen_without_looking_at_the_rows_again() {
    let drift = drift(&moved(2_000, 0.3));
    for method in DriftMethod::ALL {
        let settings = DriftSettings::of(method);
        let moves = verdict(&drift, "moves", settings);
        assert_eq!(
            (moves.method, moves.drifted),
            (method, Some(true)),
            "{method:?}"
        );
        assert_eq!(
            verdict(&drift, "stays", settings).drifted,
            Some(false),
            "{method:?}"
        );
        let words = verdict(&drift, "words", settings);
        assert_eq!(words.drifted, Some(true), "{method:?}");
        let applied = if method.needs_numbers() {
            DriftMethod::Psi
        } else {
            method
        };
        assert_eq!(words.method, applied);
        // Where nothing has moved, the value is about what chance gives.
        if method != DriftMethod::EvidentlyDefaults {
            let stays = verdict(&drift, "stays", settings);
            let (value, floor) = (stays.value.unwrap(), stays.noise_floor.unwrap());
            assert!(
                value < 2.0 * floor && floor < 10.0 * value,
                "{method:?}: {value} {floor}"
            );
        }
    }
    // A limit that is higher finds less.
    let lenient = DriftSettings {
        method: DriftMethod::KolmogorovSmirnov,
        limit: 0.9,
    };
    let moves = verdict(&drift, "moves", lenient);
    assert_eq!((moves.is_sure, moves.drifted), (true, Some(false)));
    let sentence = drift_words::sentence(column(&drift, "moves"), &moves, Told::Exactly);
    assert!(sentence.contains("has moved a little"), "{sentence}");
    let tested = column(&drift, "moves").evidently.unwrap();
    assert_eq!(tested.test, Test::Wasserstein);
    let by_evidently =
        drift_words::finding(&drift, DriftSettings::of(DriftMethod::EvidentlyDefaults));
    assert_eq!(
        by_evidently,
        "By Evidently’s defaults 2 of 5 columns have drifted: “moves” and “words”; the whole data set does not count as drifted."
    );
}

#[test]
fn rows_that_lack_nothing_but_their_label_are_compared_and_failed_calls_are_not() {
    let mut csv = "split,label,prediction,error,x\n".to_owned();
    for row in 0..200_u32 {
        let class = row % 2;
        writeln!(csv, "train,{class},{class},0,{}", row % 7).unwrap();
        // Every other label is not known yet, every tenth call has failed, and one row has no prediction.
        let label = if row % 4 < 2 {
            class.to_string()
        } else {
            String::new()
        };
        let (prediction, error) = if row % 10 == 9 {
            (String::new(), 1)
        } else {
            (class.to_string(), 0)
        };
        writeln!(csv, "production,{label},{prediction},{error},{}", row % 7).unwrap();
    }
    csv.push_str("production,1,,0,3\n");
    let drift = drift(&csv);
    assert_eq!((drift.reference_rows, drift.current_rows), (200, 180));
    let x = column(&drift, "x");
    assert_eq!(x.current.rows(), 180);
    let label = drift.part(DriftPart::Label).unwrap();
    assert_eq!((label.current.missing, label.current.present()), (90, 90));
    assert_eq!(label.missing_change(), Ok(0.5));
    let remarks = drift_words::remarks(label);
    let expected = "50.0 % of the values are missing, 0 % in the reference.";
    assert_eq!(
        remarks
            .iter()
            .map(|remark| plain(remark))
            .collect::<Vec<_>>(),
        [expected]
    );
}

#[test]
fn a_count_is_as_good_as_rows_written_out_in_any_order() {
    let mut counted = "split,label,prediction,x,word,count\n".to_owned();
    let mut expanded: Vec<String> = Vec::new();
    for row in 0..300_u64 {
        let split = if row % 3 == 0 { "train" } else { "production" };
        let (count, class) = (row % 4, row % 2);
        let x = (unit(row) * 60.0).floor();
        let word = ["a", "b", "", "d"][(unit(row + 1_000) * 4.0) as usize];
        let line = format!("{split},{class},{class},{x},{word}");
        writeln!(counted, "{line},{count}").unwrap();
        expanded.extend((0..count).map(|_| line.clone()));
    }
    expanded.reverse();
    let expanded = format!("split,label,prediction,x,word\n{}\n", expanded.join("\n"));
    let mut choices = Choices::default();
    choices.set_role(Role::Count, ["count"]);
    let counted = examined_by(&counted, &choices);
    let expanded = examined_by(&expanded, &Choices::default());
    let whole = |profile: &Profile| {
        let mut drift = drift_of(profile).clone();
        for column in &mut drift.columns {
            // Equal parts follow the order of the rows.
            column.windows.clear();
            column.reference_windows.clear();
        }
        drift
    };
    assert_eq!(whole(&counted), whole(&expanded));
}

/// Days of ten hours with a row each; on the last two days `x` is another.
fn days() -> String {
    let mut csv = "timestamp,split,label,prediction,x,word\n".to_owned();
    for day in 1..=12_u64 {
        for hour in 0..10_u64 {
            let seed = day * 24 + hour;
            let split = if day <= 4 { "train" } else { "production" };
            let x = unit(seed) + if day > 10 { 3.0 } else { 0.0 };
            let word = ["a", "b", "c"][(unit(seed + 500) * 3.0) as usize];
            let class = hour % 2;
            writeln!(
                csv,
                "2024-03-{day:02}T{hour:02}:30:00Z,{split},{class},{class},{x},{word}"
            )
            .unwrap();
        }
    }
    csv
}

#[test]
fn counts_of_windows_add_up_to_those_of_any_run_of_them() {
    let profile = examined_by(&days(), &Choices::default());
    let (drift, windows) = (
        drift_of(&profile),
        profile
            .examination
            .as_ref()
            .unwrap()
            .windows
            .as_ref()
            .unwrap(),
    );
    for column in &drift.columns {
        assert_eq!(column.windows.len(), windows.windows.len());
        assert_eq!(
            column.over(0..windows.windows.len()),
            column.current,
            "{}",
            column.column
        );
        let mut sum = SideCounts::none(column.bins.len());
        for window in &column.reference_windows {
            sum.add(window);
        }
        assert_eq!(sum, column.reference);
        for (window, counts) in windows.windows.iter().zip(&column.windows) {
            assert_eq!(window.statistics.rows, counts.rows());
        }
    }
    // The days on which x is another stand out, and only they do.
    let x = column(drift, "x");
    let all = x.windows.len();
    let psi = |from: usize, to: usize| x.against(&x.over(from..to)).psi().unwrap();
    let last = x
        .windows
        .iter()
        .rposition(|window| window.rows() > 0)
        .unwrap()
        + 1;
    let half = (0..all).find(|&at| x.over(0..at).rows() == 60).unwrap();
    assert!(
        psi(half, last) > 3.0 && psi(0, half) < 0.7,
        "{} {}",
        psi(half, last),
        psi(0, half)
    );
}

#[test]
fn a_range_of_time_leaves_the_reference_its_bins_and_all_windows_as_they_are() {
    let whole = examined_by(&days(), &Choices::default());
    let choices = Choices {
        span: Some(Span::Time {
            from_ms: 1_710_028_800_000,
            to_ms: 1_710_028_800_000 + 2 * 86_400_000,
        }),
        ..Choices::default()
    };
    let part = examined_by(&days(), &choices);
    assert_eq!(drift_of(&part).current_rows, 20);
    for (whole, part) in drift_of(&whole)
        .columns
        .iter()
        .zip(&drift_of(&part).columns)
    {
        assert_eq!(part.bins, whole.bins);
        assert_eq!(part.reference, whole.reference);
        assert_eq!(part.windows, whole.windows);
        assert_eq!(part.current.rows(), 20);
    }
}

#[test]
fn of_many_categories_the_most_frequent_are_looked_at_one_by_one() {
    let mut csv = "split,label,prediction,town\n".to_owned();
    for town in 0..70_u32 {
        for copy in 0..(71 - town) {
            let class = copy % 2;
            writeln!(csv, "train,{class},{class},town {town:02}").unwrap();
            if town != 0 {
                writeln!(csv, "production,{class},{class},town {town:02}").unwrap();
            }
        }
    }
    csv.push_str("production,1,1,elsewhere\nproduction,0,0,elsewhere\nproduction,0,0,nowhere\n");
    let drift = drift(&csv);
    let town = column(&drift, "town");
    assert_eq!(town.bins.len(), 51);
    assert_eq!(town.bins[50], DriftBin::Other(22));
    assert_eq!(drift_words::bin(&town.bins[50]), "22 others");
    // The most frequent of both sides together: “town 00” is on one side alone.
    assert_eq!(town.bins[0], DriftBin::Category("town 01".to_owned()));
    assert_eq!((town.unseen.values, town.unseen.rows), (2, 3));
    assert_eq!(town.unseen.examples, ["elsewhere", "nowhere"]);
    assert_eq!(
        drift_words::remarks(town),
        ["3 rows have values that the reference never has: “elsewhere”, “nowhere”."]
    );
}

#[test]
fn times_are_not_compared_and_cells_of_another_kind_are_counted() {
    let mut csv = "split,label,prediction,amount,signup_date\n".to_owned();
    for row in 0..100_u32 {
        let class = row % 2;
        writeln!(
            csv,
            "train,{class},{class},{},2023-01-{:02}",
            row % 30,
            1 + row % 28
        )
        .unwrap();
        let amount = if row % 20 == 0 {
            "n.a. yet".to_owned()
        } else {
            (row % 30).to_string()
        };
        writeln!(
            csv,
            "production,{class},{class},{amount},2024-01-{:02}",
            1 + row % 28
        )
        .unwrap();
    }
    let mut choices = Choices::default();
    choices.set_role(Role::Feature, ["amount", "signup_date"]);
    let profile = examined_by(&csv, &choices);
    let drift = drift_of(&profile);
    assert_eq!(drift.times, ["signup_date"]);
    let amount = column(drift, "amount");
    assert_eq!((amount.strays, amount.current.missing), ((0, 5), 5));
    let remarks = drift_words::remarks(amount);
    assert!(remarks[1].contains("has the type changed?"), "{remarks:?}");
    let report = judge(&profile, &Policy::balanced());
    let found = report.drift.unwrap();
    assert_eq!(found.features["signup_date"], None);
    let note = &report.notes["/drift/features/signup_date"];
    assert_eq!(note, "times are not compared: time always moves");
}

#[test]
fn what_cannot_be_compared_says_why() {
    let mut csv = "split,label,prediction,constant,rare\n".to_owned();
    for row in 0..40_u32 {
        let split = if row < 36 { "production" } else { "train" };
        writeln!(csv, "{split},{},{},7,{row}", row % 2, row % 2).unwrap();
    }
    let drift = drift(&csv);
    let usual = DriftSettings::default();
    let constant = verdict(&drift, "constant", usual);
    assert_eq!(
        (constant.value, constant.drifted),
        (Err(Undefined::OneBin), None)
    );
    assert_eq!(
        drift_words::sentence(column(&drift, "constant"), &constant, Told::Exactly),
        "“constant” cannot be judged: all rows of both sides have the same value."
    );
    let rare = verdict(&drift, "rare", usual);
    assert_eq!(
        (rare.p_value, rare.drifted),
        (Err(Undefined::RareBins), None)
    );
    assert_eq!(
        drift_words::finding(&drift, usual),
        "None of 4 columns can be judged: there is too little in them to compare."
    );
    let nothing = examined_by("label,prediction\n1,1\n0,0\n", &Choices::default());
    let report = judge(&nothing, &Policy::balanced());
    assert_eq!(report.drift, None);
    assert_eq!(
        report.notes["/drift"],
        "there is no reference to compare with"
    );
}

#[test]
fn of_more_than_two_classes_the_top_class_and_its_score_are_compared() {
    let mut csv = "split,label,proba_cat,proba_dog,proba_eel\n".to_owned();
    for row in 0..600_u64 {
        let split = if row % 2 == 0 { "train" } else { "production" };
        // In production the eel is hardly ever the answer.
        let eel = if row % 2 == 0 {
            unit(row)
        } else {
            unit(row) * 0.4
        };
        let cat = (1.0 - eel) * unit(row + 7_000);
        let label = ["cat", "dog", "eel"][(unit(row + 9_000) * 3.0) as usize];
        writeln!(csv, "{split},{label},{cat},{},{eel}", 1.0 - eel - cat).unwrap();
    }
    let drift = drift(&csv);
    let prediction = drift.part(DriftPart::Prediction).unwrap();
    let eel = prediction
        .bins
        .iter()
        .position(|bin| *bin == DriftBin::Category("eel".to_owned()))
        .unwrap();
    assert!(prediction.reference.bins[eel] > 100 && prediction.current.bins[eel] < 20);
    let score = drift.part(DriftPart::Score).unwrap();
    assert!(score.is_of_numbers() && score.current.present() == 300);
    let label = drift.part(DriftPart::Label).unwrap();
    let found = drift.verdicts(DriftSettings::default());
    assert_eq!(
        (found[0].drifted, found[2].drifted),
        (Some(true), Some(true))
    );
    assert_eq!((label.bins.len(), found[1].drifted), (3, Some(false)));
}

fn judged(csv: &str, metric: Metric, limit: f64) -> CriterionResult {
    let criterion = Criterion::new("it", metric, Operator::AtMost, limit, Severity::Should);
    let policy = Policy {
        criteria: vec![criterion],
        required_evidence: Vec::new(),
        ..Policy::balanced()
    };
    judge(&examined_by(csv, &Choices::default()), &policy)
        .criteria
        .remove(0)
}

/// Scores of the current rows are drawn to a power.
fn scored(rows: u64, power: f64) -> String {
    let mut csv = "split,label,score\n".to_owned();
    for row in 0..2 * rows {
        let (split, power) = if row < rows {
            ("train", 1.0)
        } else {
            ("production", power)
        };
        let score = libm::pow(unit(row), power);
        writeln!(
            csv,
            "{split},{},{score}",
            u8::from(unit(row + 777_777) < 0.5)
        )
        .unwrap();
    }
    csv
}

#[test]
fn the_drift_of_the_score_fails_only_where_it_is_sure() {
    let moved = judged(&scored(500, 3.0), Metric::ScorePsi, 0.2);
    assert_eq!((moved.outcome, moved.rows), (Outcome::Fail, 500));
    assert!(
        moved.reason.contains("PSI against the reference is"),
        "{}",
        moved.reason
    );
    assert!(
        moved.reason.ends_with("; at most 0.2 is advised."),
        "{}",
        moved.reason
    );
    let same = judged(&scored(500, 1.0), Metric::ScorePsi, 0.2);
    assert_eq!(same.outcome, Outcome::Pass);
    // 30 rows a side: far above the limit, and no more than chance.
    let few = judged(&scored(40, 1.0), Metric::ScorePsi, 0.2);
    assert!(few.value.unwrap() > 0.2);
    assert_eq!(few.outcome, Outcome::NoEvidence);
    assert!(
        few.reason.contains("with so few rows chance alone reaches"),
        "{}",
        few.reason
    );
    let all = judged(&moved_csv(), Metric::DriftedColumnsShare, 0.5);
    assert_eq!((all.value, all.outcome), (Some(0.4), Outcome::Pass));
    assert_eq!(
        plain(&all.reason),
        "40.0 % of the columns have drifted (2 of 5); at most 50 % is advised."
    );
}

fn moved_csv() -> String {
    moved(2_000, 0.3)
}

/// Two samples of whole numbers with a long tail, of so many rows; those that are judged are moved by so much.
fn counts(rows: u64, by: f64, of: impl Fn(f64) -> f64) -> Drift {
    let mut csv = "split,label,prediction,events\n".to_owned();
    for (split, seed, by) in [("train", 0, 0.0), ("production", 1_000_003, by)] {
        for row in 0..rows {
            let events = of(unit(row * 3 + seed)) + by;
            writeln!(csv, "{split},{0},{0},{events}", row % 2).unwrap();
        }
    }
    drift(&csv)
}

#[test]
fn whole_numbers_with_a_long_tail_are_called_drifted_with_caution_while_the_reference_is_small() {
    let tailed = |u: f64| (-libm::log(1.0 - u) * 9.0).floor();
    let caution = |drift: &Drift| {
        let verdict = verdict(drift, "events", DriftSettings::default());
        let said = drift_words::caution(column(drift, "events"), &verdict);
        (verdict.drifted, said.map(|said| plain(&said)))
    };
    let (drifted, said) = caution(&counts(300, 4.0, tailed));
    let said = said.unwrap();
    assert_eq!(drifted, Some(true));
    assert!(
        said.contains("fewer than 1 000 rows (here 300)") && said.contains("one file in four"),
        "{said}"
    );
    // From 1,000 rows on, where nothing has drifted, and of numbers that are no such counts nothing is said.
    assert_eq!(caution(&counts(1_000, 4.0, tailed)), (Some(true), None));
    assert_eq!(caution(&counts(300, 0.0, tailed)), (Some(false), None));
    let even = |u: f64| (u * 60.0).floor();
    assert_eq!(caution(&counts(300, 20.0, even)), (Some(true), None));
    assert_eq!(caution(&counts(300, 0.5, |u| u)), (Some(true), None));
}

#[test]
fn where_drift_policy_and_monitoring_differ_about_the_score_each_says_what_it_asks() {
    let csv = include_str!("../../../static/samples/bicycles.csv");
    let report = judge(&examined_by(csv, &Choices::default()), &Policy::balanced());
    let plain = |said: &str| said.replace('\u{202f}', " ");
    assert_eq!(
        plain(&drift_words::answers_about_score(&report).unwrap()),
        "Different questions about the drift of the score have different answers. Drift asks whether it has moved. \
         The score has drifted: PSI 0.164 is above 0.1, and a difference this large is not chance (p < 0.001). \
         The policy asks whether to act: all rows together have a PSI of 0.164, where at most 0.2 is advised; that holds. \
         Monitoring asks each window alone for at most 0.2: 48 of 52 windows fail, and a few rows move more easily than all together."
    );
    for bits in 0..8_u8 {
        let [drifted, fails, raised] = [1, 2, 4].map(|bit| bits & bit > 0);
        let mut report = report.clone();
        let score = report.drift.as_mut().unwrap().score.as_mut().unwrap();
        score.drifted = Some(drifted);
        let of_score = |result: &&mut CriterionResult| result.metric == Metric::ScorePsi;
        let asked = report.criteria.iter_mut().find(of_score).unwrap();
        asked.outcome = if fails { Outcome::Fail } else { Outcome::Pass };
        if !raised {
            report.alerts.clear();
            for rule in &mut report.monitoring {
                rule.state = RuleOutcome::Silent;
            }
        }
        let said = drift_words::answers_about_score(&report);
        let agree = drifted == fails && fails == raised;
        assert_eq!(said.is_none(), agree, "{bits}");
        let said = said.map_or_else(String::new, |said| plain(&said));
        assert_eq!(
            said.contains("advised; that fails"),
            fails && !agree,
            "{said}"
        );
        assert_eq!(said.contains("48 of 52"), raised && !agree, "{said}");
        assert_eq!(said.contains("none fails"), !raised && !agree, "{said}");
    }
    // Of one that judges alone there is nothing to tell.
    let mut alone = report.clone();
    (alone.drift, alone.criteria) = (None, Vec::new());
    assert_eq!(drift_words::answers_about_score(&alone), None);
}
