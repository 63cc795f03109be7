//! What the view draws and lists, taken from the profile once.

use std::rc::Rc;

use greenlight_charts::ReliabilityPoint;
use greenlight_metrics::{Interval, ReliabilityBin, Undefined};
use greenlight_readiness::{
    Binning, Calibration, CalibrationBin, CalibrationWords, NoProbabilities, Profile, Statistics,
};

/// The reliability curves of the judged rows and of the reference, in both kinds of bins.
#[derive(PartialEq)]
pub struct Curves {
    pub words: CalibrationWords,
    /// What the judged rows are called; empty where they are all rows.
    pub name: String,
    current: Bins,
    reference: Option<(String, Bins)>,
    /// The isotonic fit as (score, share).
    pub fit: Vec<(f64, f64)>,
}

#[derive(Default, PartialEq)]
struct Bins {
    uniform: Vec<CalibrationBin>,
    quantile: Vec<CalibrationBin>,
}

impl Bins {
    fn of(calibration: &Calibration) -> Self {
        let bins = |bins: &Result<Vec<ReliabilityBin>, Undefined>| {
            bins.iter().flatten().map(CalibrationBin::from).collect()
        };
        Self {
            uniform: bins(&calibration.uniform),
            quantile: bins(&calibration.quantile),
        }
    }

    fn get(&self, binning: Binning) -> &[CalibrationBin] {
        match binning {
            Binning::Uniform => &self.uniform,
            Binning::Quantile => &self.quantile,
        }
    }
}

impl Curves {
    pub fn of(profile: &Profile) -> Result<Rc<Self>, NoProbabilities> {
        let words = CalibrationWords::of(profile)?;
        let settings = &profile.settings;
        let current = calibration(profile.current());
        let reference = profile.reference().and_then(calibration).map(Bins::of);
        let steps = current.iter().flat_map(|current| &current.isotonic);
        Ok(Rc::new(Self {
            words,
            name: settings.current.clone().unwrap_or_default(),
            fit: steps
                .flat_map(|step| [(step.low, step.share()), (step.high, step.share())])
                .collect(),
            current: current.map(Bins::of).unwrap_or_default(),
            reference: settings
                .reference
                .clone()
                .zip(reference)
                .filter(|(_, bins)| !bins.uniform.is_empty()),
        }))
    }

    /// The bins of the judged rows, empty ones included.
    pub fn bins(&self, binning: Binning) -> &[CalibrationBin] {
        self.current.get(binning)
    }

    /// What the reference is called, and its bins.
    pub fn reference(&self, binning: Binning) -> Option<(&str, &[CalibrationBin])> {
        let (name, bins) = self.reference.as_ref()?;
        Some((name, bins.get(binning)))
    }

    /// The bins with rows: each is a point of the curve.
    pub fn filled(&self, binning: Binning) -> Vec<CalibrationBin> {
        let bins = self.bins(binning).iter().copied();
        bins.filter(|bin| bin.rows > 0).collect()
    }
}

fn calibration(rows: &Statistics) -> Option<&Calibration> {
    Some(&rows.scores.as_ref().ok()?.calibration)
}

/// What is drawn of bins: those with rows.
pub fn points(bins: &[CalibrationBin]) -> Vec<ReliabilityPoint> {
    let point = |bin: &CalibrationBin| {
        let Interval { low, high } = bin.interval?;
        Some(ReliabilityPoint {
            mean_score: bin.mean_score?,
            share: bin.share?,
            interval: (low, high),
            rows: bin.rows,
        })
    };
    bins.iter().filter_map(point).collect()
}
