//! Whether it stays as good from one window of time to the next.

use greenlight_format as format;
use greenlight_metrics::simultaneous_z;
use greenlight_metrics::worst_of_k::FEWEST_ROWS;

use super::robustness::{OTHER_ROWS, STILL_LOOKING};
use super::{Measured, Measurement};
use crate::criteria::evidence::{Evidence, Share};
use crate::windows::{Windows, WorstWindow, no_times};

impl<'p> Measured<'p> {
    /// The windows of time; equal parts of rows without times tell of their order in the file alone.
    fn windows(self) -> Result<&'p Windows, String> {
        if self.profile.roles.timestamp.is_none() {
            return Err(no_times(self.profile));
        }
        self.matrix()?;
        if !std::ptr::eq(self.rows, self.profile.current()) {
            return Err(OTHER_ROWS.to_owned());
        }
        let windows = self.profile.windows();
        let windows = windows.ok_or_else(|| STILL_LOOKING.to_owned())?;
        match windows.has_time {
            true => Ok(windows),
            false => Err(no_times(self.profile)),
        }
    }

    pub(super) fn worst_window_accuracy(self) -> Result<Measurement, String> {
        let windows = self.windows()?;
        let range = self.profile.settings.range;
        let worst = windows.worst(range, self.limit, self.minimum_rows);
        let worst = worst.ok_or_else(|| self.no_window_has_enough(windows))?;
        let sentence = format!(
            "{}, {} of {} answers are right",
            self.which(windows, &worst),
            windows.certainty.told().mark(self.percent(worst.accuracy)),
            format::count(worst.rows),
        );
        let evidence = Evidence::Share(share(&worst));
        Ok(self.of_window(&worst, sentence, evidence))
    }

    pub(super) fn accuracy_drop(self) -> Result<Measurement, String> {
        let windows = self.windows()?;
        let range = self.profile.settings.range;
        let reference = self.profile.reference().map(|rows| rows.confusion.as_ref());
        let named = self.profile.settings.reference.as_deref();
        let (before, where_before) = match (reference, named) {
            (Some(Ok(matrix)), Some(name)) => {
                ((matrix.correct(), matrix.total()), format!("on “{name}”"))
            }
            _ => {
                let first = windows.first_judged(range, self.minimum_rows.max(FEWEST_ROWS));
                let first = first.ok_or_else(|| self.no_window_has_enough(windows))?;
                if windows
                    .judged(range)
                    .filter(|(_, window)| window.answers().1 > 0)
                    .count()
                    < 2
                {
                    return Err("there is one window alone".to_owned());
                }
                (
                    first.answers(),
                    format!("in the first, {}", windows.in_words(first.span)),
                )
            }
        };
        let worst = windows.worst_fall(before, range, self.limit, self.minimum_rows);
        let worst = worst.ok_or_else(|| self.no_window_has_enough(windows))?;
        let share_before = Share::of(before.0, before.1).at(simultaneous_z(worst.judged));
        let sentence = format!(
            "{}, {} of {} answers are right, where {} are {where_before}",
            self.which(windows, &worst),
            windows
                .certainty
                .told()
                .mark(format::percent(worst.accuracy)),
            format::count(worst.rows),
            format::percent(share_before.share),
        );
        let evidence = Evidence::Difference(share_before, share(&worst));
        Ok(self.of_window(&worst, sentence, evidence))
    }

    fn of_window(
        self,
        worst: &WorstWindow<'_>,
        sentence: String,
        evidence: Evidence,
    ) -> Measurement {
        let measurement = Measurement::new(worst.value, worst.rows, sentence);
        Measurement {
            counted: "rows of a window".to_owned(),
            rows_for_each: self.rows_for_each(worst.rows as f64),
            ..measurement.known(worst.interval, evidence)
        }
    }

    /// "In the worst of 12 weeks, 3–9 Mar 2025".
    fn which(self, windows: &Windows, worst: &WorstWindow<'_>) -> String {
        let place = windows.in_words(worst.window.span);
        match worst.judged {
            1 => format!(
                "In the only {} that can be judged, {place}",
                windows.rule.unit()
            ),
            judged => format!("In the worst of {}, {place}", windows.counted(judged)),
        }
    }

    fn no_window_has_enough(self, windows: &Windows) -> String {
        let unit = windows.rule.unit();
        let fewest = format::count(self.minimum_rows.max(FEWEST_ROWS));
        format!("no whole {unit} has {fewest} rows with an answer to judge")
    }
}

fn share(worst: &WorstWindow<'_>) -> Share {
    Share {
        share: worst.accuracy,
        rows: worst.rows as f64,
        z: simultaneous_z(worst.judged),
    }
}
