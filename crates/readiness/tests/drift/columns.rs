//! Columns of each kind: categories, classes, and what cannot be compared.

use greenlight_metrics::Undefined;
use greenlight_readiness::examination::DriftBin;

use super::*;

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
