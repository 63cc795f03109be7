//! When a column counts as drifted.

use serde::{Deserialize, Serialize};

/// How drift is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DriftMethod {
    /// The population stability index, in bins from the reference.
    #[default]
    Psi,
    /// The largest distance of the cumulative shares. Of numbers alone.
    KolmogorovSmirnov,
    /// How far a row has moved on average, in standard deviations of the reference. Of numbers alone.
    Wasserstein,
    /// The Jensen–Shannon distance to base 2, in the same bins.
    JensenShannon,
    /// Pearson's chi-square, in the same bins. It grows with the rows, so that the usual limit is 0 and its p-value decides.
    ChiSquare,
    /// The largest change of a bin's share.
    LInfinity,
    /// The tests that Evidently chooses, with its limits, for whoever compares with its reports: each column alone, without regard to
    /// how many there are.
    EvidentlyDefaults,
}

impl DriftMethod {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::Psi,
        Self::KolmogorovSmirnov,
        Self::Wasserstein,
        Self::JensenShannon,
        Self::ChiSquare,
        Self::LInfinity,
        Self::EvidentlyDefaults,
    ];

    /// The name in policies and reports.
    ///
    /// ```
    /// use greenlight_readiness::DriftMethod;
    /// assert_eq!(DriftMethod::JensenShannon.name(), "jensen_shannon");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Self::Psi => "psi",
            Self::KolmogorovSmirnov => "kolmogorov_smirnov",
            Self::Wasserstein => "wasserstein",
            Self::JensenShannon => "jensen_shannon",
            Self::ChiSquare => "chi_square",
            Self::LInfinity => "l_infinity",
            Self::EvidentlyDefaults => "evidently_defaults",
        }
    }

    /// The limit where nobody says another.
    ///
    /// ```
    /// use greenlight_readiness::DriftMethod;
    /// assert_eq!((DriftMethod::Psi.usual_limit(), DriftMethod::ChiSquare.usual_limit()), (0.1, 0.0));
    /// ```
    pub fn usual_limit(self) -> f64 {
        match self {
            Self::ChiSquare => 0.0,
            _ => 0.1,
        }
    }

    /// Whether it is of numbers alone. Categories and classes are then measured by their PSI.
    ///
    /// ```
    /// use greenlight_readiness::DriftMethod;
    /// assert!(DriftMethod::Wasserstein.needs_numbers() && !DriftMethod::Psi.needs_numbers());
    /// ```
    pub fn needs_numbers(self) -> bool {
        matches!(self, Self::KolmogorovSmirnov | Self::Wasserstein)
    }

    /// Whether it follows from counts in bins alone, so that those of windows add up to it.
    ///
    /// ```
    /// use greenlight_readiness::DriftMethod;
    /// assert!(DriftMethod::Psi.is_of_counts() && !DriftMethod::Wasserstein.is_of_counts());
    /// ```
    pub fn is_of_counts(self) -> bool {
        matches!(
            self,
            Self::Psi | Self::JensenShannon | Self::ChiSquare | Self::LInfinity
        )
    }
}

/// When a column counts as drifted: where the method's value is above the limit and the difference is not chance, all columns
/// taken together.
///
/// ```
/// use greenlight_readiness::{DriftMethod, DriftSettings};
/// let usual = DriftSettings::default();
/// assert_eq!((usual.method, usual.limit), (DriftMethod::Psi, 0.1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DriftSettings {
    /// How drift is measured.
    #[serde(default)]
    pub method: DriftMethod,
    /// Values above it are drift. Evidently's tests have limits of their own.
    pub limit: f64,
}

impl Default for DriftSettings {
    fn default() -> Self {
        Self::of(DriftMethod::default())
    }
}

impl DriftSettings {
    /// A method with its usual limit.
    ///
    /// ```
    /// use greenlight_readiness::{DriftMethod, DriftSettings};
    /// assert_eq!(DriftSettings::of(DriftMethod::Wasserstein).limit, 0.1);
    /// ```
    pub fn of(method: DriftMethod) -> Self {
        Self {
            method,
            limit: method.usual_limit(),
        }
    }

    pub(crate) fn are_usual(&self) -> bool {
        *self == Self::default()
    }
}
