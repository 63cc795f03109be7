//! How far the data have moved from the reference.

use greenlight_format as format;

use super::{Measured, Measurement};
use crate::drift_words;
use crate::examination::{Drift, DriftPart};
use crate::policy::{DriftMethod, DriftSettings};

impl<'p> Measured<'p> {
    fn drift(self) -> Result<&'p Drift, String> {
        if !std::ptr::eq(self.rows, self.profile.current()) {
            return Err("drift is known only of the rows that are judged".to_owned());
        }
        drift_words::found(self.profile).map_err(str::to_owned)
    }

    /// Beyond the limit by chance it is no evidence.
    pub(super) fn score_psi(self) -> Result<Measurement, String> {
        let drift = self.drift()?;
        let settings = DriftSettings {
            method: DriftMethod::Psi,
            limit: self.limit,
        };
        let mut columns = drift.columns.iter().zip(drift.verdicts(settings));
        let score = columns.find(|(column, _)| column.part == DriftPart::Score);
        let (column, verdict) = score.ok_or("there is no score to compare with the reference")?;
        let value = verdict.value.map_err(|why| why.to_string())?;
        let shown = format::significant(value, 3);
        let chance = (!verdict.is_sure).then(|| match verdict.noise_floor {
            Ok(floor) if value <= floor => format!(
                "with so few rows chance alone reaches {}",
                format::significant(floor, 3)
            ),
            _ => "that may be chance".to_owned(),
        });
        let sentence = format!("The score’s PSI against the reference is {shown}");
        let (reference, current) = (column.reference.present(), column.current.present());
        Ok(Measurement {
            fewest: reference.min(current),
            chance,
            ..Measurement::new(value, current, sentence)
        })
    }

    pub(super) fn drifted_columns_share(self) -> Result<Measurement, String> {
        let drift = self.drift()?;
        let verdicts = drift.verdicts(self.drift);
        let judged: Vec<bool> = verdicts
            .iter()
            .filter_map(|verdict| verdict.drifted)
            .collect();
        let drifted = judged.iter().filter(|drifted| **drifted).count();
        if judged.is_empty() {
            return Err("no column can be compared with the reference".to_owned());
        }
        let value = drifted as f64 / judged.len() as f64;
        let sentence = format!(
            "{} of the columns have drifted ({})",
            self.percent(value),
            crate::words::of(drifted as u64, judged.len() as u64)
        );
        Ok(Measurement {
            fewest: drift.reference_rows.min(drift.current_rows),
            ..Measurement::new(value, drift.current_rows, sentence)
        })
    }
}
