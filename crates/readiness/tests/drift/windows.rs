//! The counts of each window and of a range of time.

use greenlight_readiness::Span;
use greenlight_readiness::examination::SideCounts;

use super::*;

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
