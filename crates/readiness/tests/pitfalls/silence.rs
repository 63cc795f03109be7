//! Where nothing is raised: an honest file, before the second look, rows that stand for several.

use super::*;

#[test]
fn an_honest_file_has_no_pitfall_but_what_it_does_not_measure() {
    let (report, examination) = judged(&csv(&honest(2_000)), &Choices::default());
    let names: Vec<&str> = report.pitfalls.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["cost_not_measured"]);
    let feature = &examination.columns[0];
    assert_eq!(feature.column, "feature");
    assert!((0.3..0.8).contains(&feature.largest), "{feature:?}");
    let id = examination
        .columns
        .iter()
        .find(|at| at.column == "id")
        .unwrap();
    assert!(!id.ranked && id.largest == 0.0, "{id:?}");
    assert_eq!(examination.repeats.unwrap().current_in_reference, 0);
}

#[test]
fn nothing_that_needs_the_second_look_is_raised_before_it() {
    let leaking = changed(|_, row| row.extra = row.label.clone());
    let mut reader = SourceReader::new("test.csv");
    reader.feed(leaking.as_bytes()).unwrap();
    let profile = Profile::of(&reader.finish_alone().unwrap(), &Choices::default()).unwrap();
    assert!(
        judge(&profile, &Policy::balanced())
            .pitfalls
            .iter()
            .all(|p| p.name != "leakage")
    );
    assert_eq!(severity(&leaking, "leakage"), Some(Serious));
}

#[test]
fn rows_that_stand_for_several_are_not_compared() {
    let csv = "label,prediction,region,count\n1,1,north,40\n0,0,north,50\n0,1,south,10\n";
    let (report, examination) = judged(csv, &Choices::default());
    assert_eq!(examination.repeats, None);
    assert!(
        report
            .pitfalls
            .iter()
            .all(|pitfall| pitfall.name != "conflicting_labels")
    );
}
