//! How often a limit would have raised an alert on the reference.

use greenlight_readiness::monitoring::RuleState;

use super::*;

#[test]
fn the_reference_says_how_often_a_limit_would_have_cried_wolf() {
    let train = days(&[95, 91, 89, 94]).replace("time,label,prediction", "");
    let production = days(&[95, 94, 92, 85, 80, 89]).replace("2025-03", "2025-04");
    let mut csv = "split,time,label,prediction\n".to_owned();
    for (split, rows) in [("train", &train), ("production", &production)] {
        for line in rows.lines().filter(|line| line.starts_with("2025")) {
            csv.push_str(&format!("{split},{line}\n"));
        }
    }
    let policy = watching(vec![
        accuracy_of_at_least(0.90),
        accuracy_of_at_least(0.80),
        of(Metric::AccuracyGap, Operator::AtMost, 0.05),
    ]);
    let profile = profile(&csv, &daily(), &policy);
    let alarms = FalseAlarms::of(&profile, &policy);
    let [strict, lenient, gap] = &alarms[..] else {
        panic!("{alarms:?}");
    };
    let strict = strict.as_ref().unwrap();
    assert_eq!((strict.judged, strict.count, strict.sure), (4, 1, 0));
    assert_eq!(strict.silent_limit, Some(0.89));
    assert_eq!(lenient.as_ref().unwrap().count, 0);
    assert_eq!(gap.as_ref().unwrap().count, 0);
    assert_eq!(
        plain(&monitoring_words::false_alarms(
            &policy.monitoring[0],
            &alarms[0]
        )),
        "Of 4 windows of the reference 1 is beyond the limit: with so few rows each that may be chance. \
         A limit of 89 % would have been silent there, but of the windows that are judged it would have missed 1 of 3 beyond the present limit."
    );
    // Against the reference, whose accuracy is 92.25 %.
    let states: Vec<RuleState> = Replay::of(&profile, &policy).end();
    let gap = states[2]
        .standing
        .as_ref()
        .unwrap()
        .raised
        .as_ref()
        .unwrap();
    assert_eq!(gap.windows, [3, 4]);
    let finding = monitoring_words::finding(&states, &profile);
    assert_eq!(
        plain(&finding),
        "2 of 3 rules have raised an alert, the first on 6 Apr 2025: accuracy is 85.0 %"
    );
}

/// A reference of days with so few rows each, of which some answers are wrong, and days of 500 rows.
fn small_reference(rows: usize, wrong: usize) -> String {
    let mut csv = "split,time,label,prediction\n".to_owned();
    for (split, month, count, wrong) in [("train", 2, rows, wrong), ("production", 3, 500, 10)] {
        for day in 0..6 {
            for row in 0..count {
                let (minute, label) = (row * 1_439 / (count - 1), row % 2);
                let is_wrong = row
                    < if split == "train" && day > 1 {
                        0
                    } else {
                        wrong
                    };
                csv.push_str(&format!(
                    "{split},2025-{month:02}-{:02}T{:02}:{:02}:00Z,{label},{}\n",
                    day + 3,
                    minute / 60,
                    minute % 60,
                    if is_wrong { 1 - label } else { label },
                ));
            }
        }
    }
    csv
}

#[test]
fn false_alarms_on_a_small_reference_are_told_from_those_that_are_sure() {
    let policy = watching(vec![accuracy_of_at_least(0.90)]);
    let said = |csv: &str| {
        let profile = profile(csv, &daily(), &policy);
        let alarms = FalseAlarms::of(&profile, &policy);
        plain(&monitoring_words::false_alarms(
            &policy.monitoring[0],
            &alarms[0],
        ))
    };
    assert_eq!(
        said(&small_reference(40, 5)),
        "Of 6 windows of the reference 2 are beyond the limit: with so few rows each that may be chance. \
         A limit of 87 % would have been silent there. Its windows have about 40 rows behind the number, those that are judged 500: \
         small ones cry wolf more often."
    );
    let sure = said(&small_reference(400, 200));
    assert!(sure.contains("so often it would have cried wolf"), "{sure}");
    assert!(!sure.contains("small ones"), "{sure}");
    let few = said(&small_reference(12, 1));
    assert!(
        few.contains(
            "no whole window has the 30 rows that are asked for behind its number, the largest 12"
        ),
        "{few}"
    );
}
