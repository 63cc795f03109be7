//! Which columns have drifted: a function of what was found and of the method and limit that are chosen.

use greenlight_format::Told;
use greenlight_metrics::drift::{Decided, Measured, decide, evidently};
use greenlight_metrics::{Undefined, Value};

use super::Drift;
use super::column::ColumnDrift;
use crate::policy::{DriftMethod, DriftSettings};

/// At most this share of the columns that are called drifted is expected to be chance.
const LEVEL: f64 = 0.05;

/// What a method says of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct DriftVerdict {
    /// The method that applies: PSI where another is of numbers alone and the column is not.
    pub method: DriftMethod,
    /// What it measures.
    pub value: Value,
    /// Where drift begins.
    pub limit: f64,
    /// How likely so large a difference is by chance.
    pub p_value: Value,
    /// What the value reaches by chance: in one column of 20 more.
    pub noise_floor: Value,
    /// Whether the difference is more than chance, all columns taken together.
    pub is_sure: bool,
    /// Whether the column has drifted; `None` where it cannot be judged.
    pub drifted: Option<bool>,
    /// How well the counts are known that it rests on.
    counts: Told,
}

impl DriftVerdict {
    /// Whether the value is above the limit, be that chance or not.
    pub fn is_above(&self) -> bool {
        self.value.is_ok_and(|value| value > self.limit)
    }

    /// How well its value is known, where numbers that are no counts are known so well: most values follow from counts.
    pub fn told_value(&self, told: Told) -> Told {
        match self.method {
            DriftMethod::KolmogorovSmirnov
            | DriftMethod::Wasserstein
            | DriftMethod::EvidentlyDefaults => told,
            _ => self.counts,
        }
    }

    /// How well its p-value is known.
    pub fn told_p_value(&self, told: Told) -> Told {
        match self.method {
            DriftMethod::KolmogorovSmirnov | DriftMethod::EvidentlyDefaults => told,
            _ => self.counts,
        }
    }

    /// How well it is known what chance reaches: some of it was found by dealing rows anew.
    pub fn told_noise_floor(&self, told: Told) -> Told {
        match self.method {
            DriftMethod::Psi | DriftMethod::JensenShannon => self.counts,
            _ => told,
        }
    }

    fn judged(&self) -> Option<Measured> {
        Some(Measured {
            value: self.value.ok()?,
            limit: self.limit,
            p_value: self.p_value.ok()?,
        })
    }
}

impl Drift {
    /// What the chosen method says of each column, in their order. Costs nothing that grows with the rows.
    pub fn verdicts(&self, settings: DriftSettings) -> Vec<DriftVerdict> {
        let columns = self.columns.iter();
        let mut verdicts: Vec<DriftVerdict> =
            columns.map(|column| column.measured(settings)).collect();
        if settings.method == DriftMethod::EvidentlyDefaults {
            return verdicts;
        }
        let judged: Vec<Measured> = verdicts.iter().filter_map(DriftVerdict::judged).collect();
        let mut decided = decide(&judged, LEVEL).into_iter();
        for verdict in &mut verdicts {
            if verdict.judged().is_some()
                && let Some(Decided { is_sure, drifted }) = decided.next()
            {
                verdict.is_sure = is_sure;
                verdict.drifted = Some(drifted);
            }
        }
        verdicts
    }
}

impl ColumnDrift {
    /// Without a word on chance, which all columns have to be known for; Evidently's tests are judged alone.
    fn measured(&self, settings: DriftSettings) -> DriftVerdict {
        let (method, limit) = match settings.method {
            method if method.needs_numbers() && !self.is_of_numbers() => {
                (DriftMethod::Psi, DriftMethod::Psi.usual_limit())
            }
            method => (method, settings.limit),
        };
        let counts = self.counts();
        let of_values = |value: fn(&super::OfValues) -> Value| match &self.values {
            Some(values) => value(values),
            None => Err(Undefined::InvalidParameter),
        };
        let chi_square = counts.chi_square_p_value();
        let (value, p_value, noise_floor) = match method {
            DriftMethod::Psi => (counts.psi(), chi_square, counts.psi_noise_floor()),
            DriftMethod::KolmogorovSmirnov => (
                of_values(|v| v.ks_statistic),
                of_values(|v| v.ks_p_value),
                of_values(|v| v.ks_noise_floor),
            ),
            DriftMethod::Wasserstein => (
                of_values(|v| v.wasserstein_normed),
                chi_square,
                of_values(|v| v.wasserstein_noise_floor),
            ),
            DriftMethod::JensenShannon => (
                counts.jensen_shannon(),
                chi_square,
                counts.jensen_shannon_noise_floor(),
            ),
            DriftMethod::ChiSquare => (counts.chi_square(), chi_square, self.floors.chi_square),
            DriftMethod::LInfinity => (counts.l_infinity(), chi_square, self.floors.l_infinity),
            DriftMethod::EvidentlyDefaults => return self.by_evidently(),
        };
        DriftVerdict {
            method,
            value,
            limit,
            p_value,
            noise_floor,
            is_sure: false,
            drifted: None,
            counts: self.told(),
        }
    }

    fn by_evidently(&self) -> DriftVerdict {
        let test = self.evidently.map(|tested| tested.test);
        let value = self.evidently.map(|tested| tested.value);
        let is_p_value = test.is_ok_and(evidently::Test::is_p_value);
        let none = Undefined::InvalidParameter;
        DriftVerdict {
            method: DriftMethod::EvidentlyDefaults,
            value,
            limit: test.map_or(0.0, evidently::Test::limit),
            p_value: if is_p_value { value } else { Err(none) },
            noise_floor: Err(none),
            is_sure: false,
            drifted: self.evidently.map(evidently::Tested::drifted).ok(),
            counts: self.told(),
        }
    }
}
