//! What the scores are worth as probabilities, in plain words.

mod finding;
mod outcome;
mod overall;

use greenlight_format::{self as format, Told};
use greenlight_metrics::{Interval, Undefined, isotonic_value};

use crate::absent::Absent;
use crate::calibration_report::CalibrationBin;
use crate::profile::Profile;

use finding::{Finding, Judged};
use outcome::{OutcomeWords, range, rows};
use overall::{Spread, Whole, beside_reference};

/// Which bins a reliability curve is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Binning {
    /// Of equal width.
    #[default]
    Uniform,
    /// Of about as many rows each.
    Quantile,
}

/// What the scores of the judged rows are worth as probabilities.
///
/// ```
/// use greenlight_readiness::{CalibrationWords, Choices, Profile, SourceReader};
/// let mut reader = SourceReader::new("sure.csv");
/// reader.feed(b"is_fraud,score\n")?;
/// for row in 0..200 {
///     // It says 90 %, and three in five are.
///     reader.feed(format!("{},{}\n", u8::from(row % 5 < 3), if row < 190 { 0.9 } else { 0.3 }).as_bytes())?;
/// }
/// let profile = Profile::of(&reader.finish_alone()?, &Choices::default())?;
/// let words = CalibrationWords::of(&profile)?;
/// assert_eq!(words.finding.replace('\u{202f}', " "), "When the model says 90 % fraud, it is fraud 60 % of the time");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct CalibrationWords {
    /// The one sentence to read.
    pub finding: String,
    /// What else to know, the most important first.
    pub remarks: Vec<String>,
    /// Whether scores are further from what happens than chance explains, and by enough to matter.
    pub is_off: bool,
    /// The bins in which the finding is seen.
    pub binning: Binning,
    /// Scores, and what each would have to be read as by the isotonic fit: nothing beyond the scores of the rows.
    pub readings: Vec<(f64, Option<f64>)>,
    /// How well mean scores and readings are known; shares follow from counts.
    pub told: Told,
    outcome: OutcomeWords,
}

/// Why nothing can be said.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{finding}. {advice}")]
pub struct NoProbabilities {
    /// What is lacking.
    pub finding: String,
    /// What to do.
    pub advice: String,
}

impl CalibrationWords {
    /// Scores whose meaning is spelled out.
    pub const READ: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];

    /// The words for the rows that are judged.
    ///
    /// # Errors
    /// Where rows have no scores, or scores that are no probabilities.
    pub fn of(profile: &Profile) -> Result<Self, NoProbabilities> {
        let calibration = match &profile.current().scores {
            Ok(scores) => &scores.calibration,
            Err(why) => return Err(NoProbabilities::new(why, profile)),
        };
        let bins = match &calibration.uniform {
            Ok(bins) => bins,
            Err(why) => return Err(NoProbabilities::new(&Absent::from(*why), profile)),
        };
        let (outcome, told) = (OutcomeWords::of(profile), profile.told);
        let judged = Judged::all(calibration);
        let (whole, spread) = (Whole::of(bins), Spread::of(calibration));
        let finding = Finding::of(&judged, bins, whole, spread);
        let remarks = [
            Some(finding.evidence(&outcome, bins, told)),
            whole
                .filter(|_| !matches!(finding, Finding::OffOnTheWhole(_)))
                .map(|whole| whole.remark(&outcome, told)),
            spread.map(|spread| spread.remark(told)),
            beside_reference(profile),
        ];
        let remarks = remarks.into_iter().flatten();
        Ok(Self {
            is_off: finding.is_off(),
            finding: finding.sentence(&outcome, told),
            remarks: remarks.map(|text| text + ".").collect(),
            binning: finding.binning(),
            readings: Self::READ
                .map(|score| (score, isotonic_value(&calibration.isotonic, score)))
                .to_vec(),
            told,
            outcome,
        })
    }

    /// The scores that a bin holds: "70 % to 80 %".
    pub fn range(bin: &CalibrationBin) -> String {
        range(bin.low, bin.high)
    }

    /// What scores promise a row to be: "fraud", "right".
    pub fn outcome(&self) -> &str {
        self.outcome.adjective()
    }

    /// A bin in a sentence.
    pub fn read_out(&self, bin: &CalibrationBin) -> String {
        let range = Self::range(bin);
        let (Some(mean), Some(share), Some(Interval { low, high }), Some(gap)) =
            (bin.mean_score, bin.share, bin.interval, bin.gap())
        else {
            return format!("No row scores from {range}.");
        };
        format!(
            "From {range}: {} with a mean score of {}; {} are {} (95 % interval {}). Gap: {}.",
            rows(bin.rows),
            self.told.mark(format::percent(mean)),
            format::percent(share),
            self.outcome(),
            format::percent_interval(low, high),
            self.told.mark(format::difference(gap)),
        )
    }
}

impl NoProbabilities {
    fn new(why: &Absent, profile: &Profile) -> Self {
        let several = profile.classes.len() > 2;
        let (finding, advice) = match why {
            Absent::NoPositiveClass => (
                format!("The scores cannot be judged: {why}"),
                "Say which class the scores are for",
            ),
            Absent::Undefined(Undefined::ScoresOutsideUnitInterval) => (
                "These scores are no probabilities: some lie outside 0 to 1".to_owned(),
                "Ranking, thresholds and verdict take any score. For calibration, give the \
                 probabilities of the model (in scikit-learn: predict_proba), or fit a logistic \
                 or isotonic curve to the scores on rows of their own (CalibratedClassifierCV)",
            ),
            Absent::NoLabel => (
                format!("The scores cannot be judged: {why}"),
                "Calibration holds scores against what happened: it needs the true class of each row",
            ),
            Absent::UnscoredClass { .. } => (
                format!("The scores cannot be judged: {why}"),
                "Give a column of scores for each class",
            ),
            _ => (
                "There are no scores that could be probabilities".to_owned(),
                match several {
                    true => "Add a column of probabilities for each class, from 0 to 1",
                    false => "Add a column with the probability of the positive class, from 0 to 1",
                },
            ),
        };
        Self {
            finding,
            advice: format!("{advice}."),
        }
    }
}
