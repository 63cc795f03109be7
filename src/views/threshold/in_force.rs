//! The threshold that decides, and what it does.

use greenlight_format as format;
use greenlight_metrics::{BinaryAmounts, BinaryCounts, Value};
use greenlight_readiness::Certainty;

/// The threshold that decides, and what it does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InForce {
    /// `None` where the file's own predictions decide.
    pub threshold: Option<f64>,
    /// What becomes of the rows that are judged.
    pub counts: BinaryCounts,
    /// What they amount to; nothing where costs do not depend on that.
    pub amounts: BinaryAmounts,
    /// Whether that is known exactly.
    pub certainty: Certainty,
}

impl InForce {
    /// What stands before numbers that the engine will give more exactly.
    pub fn about(&self) -> &'static str {
        self.certainty.told().about()
    }
}

/// A threshold for people.
pub fn shown(threshold: f64) -> String {
    format::significant(threshold, 3)
}

/// A share for people.
pub fn percent(share: Value) -> String {
    share.map_or_else(|_| format::undefined(), format::percent)
}

/// "23 of 100"; never 100 of 100 where one is missing, nor 0 where there is one.
pub fn of_100(share: f64) -> String {
    let rounded = (share * 100.0).round();
    if share > 0.0 && rounded == 0.0 {
        "fewer than 1".to_owned()
    } else if share < 1.0 && rounded == 100.0 {
        "more than 99".to_owned()
    } else {
        format::count(rounded as u64)
    }
}

/// What it does, in the words of someone who has to work with it.
pub fn sentence(InForce { counts, .. }: &InForce, cases: &str) -> String {
    match (counts.precision(), counts.recall()) {
        (Ok(precision), Ok(recall)) => format!(
            "Of 100 alerts, {} are real; of 100 {cases}, {} are caught",
            of_100(precision),
            of_100(recall)
        ),
        (Err(_), Ok(_)) => format!("Nothing is flagged: no {cases} are caught"),
        (Ok(_), Err(_)) => format!("Every alert is false: there are no {cases} in these rows"),
        (Err(_), Err(_)) => format!("Nothing is flagged, and there are no {cases} in these rows"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(tp: u64, fp: u64, fn_: u64, tn: u64) -> String {
        let in_force = InForce {
            threshold: None,
            counts: BinaryCounts { tp, fp, fn_, tn },
            amounts: BinaryAmounts::default(),
            certainty: Certainty::Exact,
        };
        sentence(&in_force, "cases of fraud")
    }

    #[test]
    fn what_it_does_is_said_in_natural_frequencies() {
        assert_eq!(
            said(3, 10, 40, 100),
            "Of 100 alerts, 23 are real; of 100 cases of fraud, 7 are caught"
        );
        assert!(said(1, 999, 0, 5).starts_with("Of 100 alerts, fewer than 1 are real"));
        assert!(said(999, 1, 0, 5).starts_with("Of 100 alerts, more than 99 are real"));
        assert_eq!(
            said(0, 0, 4, 5),
            "Nothing is flagged: no cases of fraud are caught"
        );
        assert!(said(0, 3, 0, 5).starts_with("Every alert is false"));
        assert!(said(0, 0, 0, 5).starts_with("Nothing is flagged, and"));
    }
}
