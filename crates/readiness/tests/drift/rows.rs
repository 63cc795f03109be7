//! Which rows are compared, and that neither counts nor order matter.

use super::*;

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
