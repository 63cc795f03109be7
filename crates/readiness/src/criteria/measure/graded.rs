//! What graded answers are worth: who accepts how many, how far people and a judge agree, what repeats and costs say.

use greenlight_format as format;
use greenlight_metrics::Z_95;

use super::{Measured, Measurement, in_words, proportion};
use crate::answers::{Accepted, Answers, Grader, scale_of};
use crate::criteria::evidence::Evidence;
use crate::criteria::shown::shown_value;
use crate::policy::Metric;
use crate::words;

impl<'p> Measured<'p> {
    fn graded_answers(self) -> Answers<'p> {
        Answers::of(self.profile, self.rows)
    }

    /// People's word where they graded enough answers, else the judge's.
    pub(super) fn accepted_share(self) -> Result<Measurement, String> {
        let answers = self.graded_answers();
        let grader = answers.decisive(self.minimum_rows);
        let Accepted { accepted, rows } = answers.accepted(grader).map_err(in_words)?;
        let (value, interval) = proportion(accepted, rows)?;
        let (share, of) = (self.percent(value), self.of_graded(accepted, rows));
        let sentence = match grader {
            Grader::Human => format!("People accept {share} of the answers ({of})"),
            Grader::Judge => {
                let people = match answers.graded(Grader::Human) {
                    0 => "no person graded these answers".to_owned(),
                    _ => match answers.alike() {
                        Ok(Accepted { accepted, rows }) if rows > 0 => {
                            format!("people agree with it on {}", words::of(accepted, rows))
                        }
                        _ => "people graded none of the same".to_owned(),
                    },
                };
                format!("A judge accepts {share} of the answers ({of}); {people}")
            }
        };
        Ok(Measurement {
            counted: "graded answers".to_owned(),
            ..Measurement::new(value, rows, sentence)
                .known(interval, Evidence::share(accepted, rows))
        })
    }

    /// "438 of 480", with the pass mark where grades are numbers.
    fn of_graded(self, accepted: u64, rows: u64) -> String {
        let of = words::of(accepted, rows);
        let Some(mark) = self
            .profile
            .acceptance
            .as_ref()
            .ok()
            .and_then(|a| a.pass_mark)
        else {
            return of;
        };
        format!("{of} are graded {} or more", format::exact(mark))
    }

    pub(super) fn judge_agreement(self) -> Result<Measurement, String> {
        let scale = scale_of(self.profile);
        let answers = self.graded_answers();
        let agreement = answers.agreement(scale.as_deref()).map_err(in_words)?;
        let value = agreement.kappa().map_err(in_words)?;
        let share = agreement.share().map_err(in_words)?;
        let matrix = self.matrix()?;
        let weighted = match scale {
            Some(_) => "weighted κ",
            None => "Cohen’s κ",
        };
        let sentence = format!(
            "Judge and people grade {} of the answers the same ({}); agreement beyond chance ({weighted}) is {}",
            format::percent(share),
            words::of(matrix.correct(), matrix.total()),
            shown_value(Metric::JudgeAgreement, Some(value)),
        );
        let interval = agreement.interval(1.0).map_err(in_words)?;
        let evidence = Evidence::Kappa {
            value,
            matrix: matrix.clone(),
            grades: scale,
            z: Z_95,
        };
        Ok(Measurement {
            counted: "answers that both graded".to_owned(),
            ..Measurement::new(value, matrix.total(), sentence).known(interval, evidence)
        })
    }

    pub(super) fn repeat_consistency(self) -> Result<Measurement, String> {
        if !std::ptr::eq(self.rows, self.profile.current()) {
            return Err("repeats are counted among the rows judged alone".to_owned());
        }
        let repeats = self.profile.repeats().map_err(in_words)?;
        let (value, interval) = proportion(repeats.consistent, repeats.ids)?;
        let sentence = format!(
            "Repeats of the same id agree for {} of the ids ({})",
            self.percent(value),
            words::of(repeats.consistent, repeats.ids)
        );
        Ok(Measurement {
            counted: "ids with repeats".to_owned(),
            rows_for_each: repeats.rows as f64 / repeats.ids as f64,
            ..Measurement::new(value, repeats.ids, sentence)
                .known(interval, Evidence::share(repeats.consistent, repeats.ids))
        })
    }

    pub(super) fn cost_per_accepted(self) -> Result<Measurement, String> {
        let answers = self.graded_answers();
        let grader = answers.decisive(self.minimum_rows);
        let value = answers
            .cost_per_accepted(self.rows, grader)
            .map_err(in_words)?;
        let shown = self.told(Metric::CostPerAccepted, value);
        let by = match grader {
            Grader::Human => "people accept",
            Grader::Judge => "a judge accepts",
        };
        let sentence = format!("An answer that {by} costs {shown} in the unit of the cost column");
        let rows = answers.graded(grader);
        Ok(Measurement {
            counted: "graded answers".to_owned(),
            ..Measurement::new(value, rows, sentence)
        })
    }
}
