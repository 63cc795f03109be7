//! Whether it is as good everywhere: by segment, and on perturbed copies.

use greenlight_format as format;
use greenlight_metrics::{Interval, Z_95, simultaneous_z};

use super::{Measured, Measurement, in_words, proportion};
use crate::criteria::evidence::{Evidence, Share};
use crate::examination::{Clean, Comparison, Examination, Variants};

/// What to say of rows of which it is not known.
pub(super) const OTHER_ROWS: &str = "it is known only of the rows that are judged";
/// What to say while it is not known.
pub(super) const STILL_LOOKING: &str = "the rows are still being looked at";

impl<'p> Measured<'p> {
    /// What the second look found, which is of the rows that are judged.
    fn examination(self) -> Result<&'p Examination, String> {
        if !std::ptr::eq(self.rows, self.profile.current()) {
            return Err(OTHER_ROWS.to_owned());
        }
        let examination = self.profile.examination.as_ref();
        examination.ok_or_else(|| STILL_LOOKING.to_owned())
    }

    fn variants(self) -> Result<&'p Variants, String> {
        if self.profile.roles.variant.is_none() {
            return Err("no column tells perturbed copies from clean rows".to_owned());
        }
        let variants = self.examination()?.variants.as_ref();
        let variants = variants.ok_or_else(|| format!("{STILL_LOOKING} with this threshold"))?;
        match variants.all.rows {
            0 => Err(format!("no row of “{}” is perturbed", variants.column)),
            _ => Ok(variants),
        }
    }

    /// How many of the rows that are judged it takes for one of these.
    pub(super) fn rows_for_each(self, these: f64) -> f64 {
        self.rows.rows as f64 / these.max(1.0)
    }

    pub(super) fn weakest_segment_gap(self) -> Result<Measurement, String> {
        if self.profile.roles.segments.is_empty() {
            return Err("no column is a segment".to_owned());
        }
        let segments = &self.examination()?.segments;
        let matrix = self.matrix()?;
        let (overall, _) = proportion(matrix.correct(), matrix.total())?;
        let weakest = segments.worst_of_at_least(overall - self.limit, self.fewest);
        let Some(weakest) = weakest else {
            return Err(format!(
                "no value of a segment has {} rows with an answer to judge",
                format::count(self.fewest)
            ));
        };
        let value = overall - weakest.accuracy;
        let told = segments.certainty.told();
        let gap = format::difference(value.abs());
        let gap = match gap.strip_prefix('+') {
            Some(gap) if value < 0.0 => told.mark(format!("{gap} above all rows")),
            Some(gap) => told.mark(format!("{gap} below all rows")),
            None => "as all rows are".to_owned(),
        };
        let which = match weakest.judged {
            1 => "The only group with enough rows is".to_owned(),
            groups => format!("The weakest of {} groups is", format::count(groups)),
        };
        let sentence = format!(
            "{which} {} = {}: {} right of {} rows, {gap} ({})",
            weakest.column,
            weakest.segment,
            told.mark(format::percent(weakest.accuracy)),
            format::count(weakest.rows),
            self.profile.certainty.told().mark(format::percent(overall)),
        );
        let share = Share {
            share: weakest.accuracy,
            rows: weakest.rows as f64,
            z: simultaneous_z(weakest.judged),
        };
        let interval = Interval {
            low: overall - weakest.interval.high,
            high: overall - weakest.interval.low,
        };
        let measurement = Measurement::new(value, weakest.rows, sentence);
        Ok(Measurement {
            counted: "rows of a group".to_owned(),
            rows_for_each: self.rows_for_each(weakest.rows as f64),
            ..measurement.known(interval, Evidence::LessShare(overall, share))
        })
    }

    pub(super) fn perturbation_accuracy_drop(self) -> Result<Measurement, String> {
        let variants = self.variants()?;
        variants.compared(&variants.all)?;
        let are_pairs = variants.comparison == Comparison::ById;
        let Some(worst) = variants.worst(self.limit, self.fewest) else {
            let (fewest, what) = (format::count(self.fewest), counted(variants));
            return Err(format!("no perturbation has {fewest} {what}"));
        };
        let (clean, perturbed) = variants.accuracies(worst.perturbation)?;
        let z = simultaneous_z(worst.judged);
        let change = format::difference(worst.drop.abs());
        let change = match change.strip_prefix('+') {
            Some(change) if worst.drop < 0.0 => format!("{change} better"),
            Some(change) => format!("{change} fewer"),
            None => "no change".to_owned(),
        };
        let of_how_many = match worst.judged {
            1 => String::new(),
            judged => format!(", the worst of {} perturbations", format::count(judged)),
        };
        let sentence = format!(
            "Under “{}”{of_how_many}, {} of the answers are right, where {} are on {} ({change}, {} {})",
            worst.perturbation.value,
            format::percent(perturbed),
            format::percent(clean),
            clean_rows(&variants.clean),
            format::count(worst.rows),
            counted(variants),
        );
        let pairs = &worst.perturbation.pairs;
        let evidence = match are_pairs {
            true => Evidence::Pairs {
                shares: pairs.right().map_err(in_words)?,
                pairs: pairs.effective_pairs().map_err(in_words)?,
                z,
            },
            false => {
                let answers = &worst.perturbation.answers;
                let clean = &variants.clean_answers;
                Evidence::Difference(
                    Share::of(clean.right(), clean.rows).at(z),
                    Share::of(answers.right(), answers.rows).at(z),
                )
            }
        };
        let measurement = Measurement::new(worst.drop, worst.rows, sentence);
        Ok(Measurement {
            counted: counted(variants).to_owned(),
            rows_for_each: self.rows_for_each(worst.rows as f64),
            ..measurement.known(worst.interval, evidence)
        })
    }

    pub(super) fn flip_rate(self) -> Result<Measurement, String> {
        let variants = self.variants()?;
        if let Some(why) = variants.why_unpaired() {
            return Err(why.to_owned());
        }
        let pairs = &variants.all.pairs;
        let value = pairs.flip_rate().map_err(in_words)?;
        let interval = pairs.flip_rate_interval(Z_95).map_err(in_words)?;
        let effective = pairs.effective_pairs().map_err(in_words)?;
        let most = match variants.flips_most() {
            Some((most, rate)) if variants.perturbations.len() > 1 && rate > 0.0 => {
                format!(
                    ", most often under “{}” ({})",
                    most.value,
                    format::percent(rate)
                )
            }
            _ => String::new(),
        };
        let sentence = format!(
            "{} of the answers change where the input is perturbed ({} pairs){most}",
            self.percent(value),
            crate::words::of(pairs.flips, pairs.pairs),
        );
        let share = Share {
            share: value,
            rows: effective,
            z: Z_95,
        };
        let measurement = Measurement::new(value, pairs.pairs, sentence);
        Ok(Measurement {
            // Copies of one example are hardly more than one.
            fewest: effective as u64,
            counted: "examples with a perturbed copy".to_owned(),
            rows_for_each: self.rows_for_each(pairs.pairs as f64),
            ..measurement.known(interval, Evidence::Share(share))
        })
    }
}

/// What a fall is counted in.
fn counted(variants: &Variants) -> &'static str {
    match variants.comparison {
        Comparison::ById => "pairs",
        Comparison::NoId | Comparison::NoPairs => "rows, clean and perturbed ones apart",
    }
}

/// What rows that are not perturbed are called.
fn clean_rows(clean: &Clean) -> String {
    match clean {
        Clean::Named(value) | Clean::MostFrequent(value) => format!("“{value}” rows"),
        Clean::Missing => "clean rows".to_owned(),
    }
}
