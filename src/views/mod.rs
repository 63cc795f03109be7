//! One view a file; each starts with its finding, then the picture, the table and the method.

mod calibration;
mod checklist;
mod compare;
mod confusion;
mod drift;
mod first_screen;
mod latency;
mod load;
mod monitoring;
mod over_time;
mod policy;
mod privacy;
mod segments;
mod share;
mod stability;
mod threshold;
mod verdict;

pub use calibration::CalibrationView;
pub use checklist::checklist_view;
pub use compare::CompareView;
pub use confusion::ConfusionView;
pub use drift::DriftView;
pub use first_screen::FirstScreen;
pub use latency::LatencyView;
pub use load::LoadView;
pub use monitoring::MonitoringView;
pub use policy::PolicyView;
pub use privacy::PrivacyView;
pub use segments::SegmentsView;
pub use share::ShareView;
pub use stability::StabilityView;
pub use threshold::ThresholdView;
pub use verdict::VerdictView;

use greenlight_readiness::Span;
use greenlight_readiness::policy::EvidenceView;

/// The views, in the order in which one asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// What was read, and what its columns are taken for.
    Load,
    /// The answer and its reasons.
    Verdict,
    /// What is taken for what.
    Confusion,
    /// What another threshold would do.
    Threshold,
    /// Whether scores can be read as probabilities.
    Calibration,
    /// How long answers take.
    Latency,
    /// Whether it stays as good.
    Stability,
    /// What has moved since the reference.
    Drift,
    /// Where the model is weak, and whether it treats groups alike.
    Segments,
    /// What is watched over time, and what it has found.
    Monitoring,
    /// What is asked of a model to be ready.
    Policy,
    /// What should hold of the system around the model.
    Checklist,
    /// What has changed since another report.
    Compare,
    /// Ways to pass the report on.
    Share,
    /// What the page asks for and keeps. It needs no data, and no place among the views of them.
    Privacy,
}

impl View {
    /// Those that show the data, in order.
    pub const ALL: [Self; 14] = [
        Self::Verdict,
        Self::Confusion,
        Self::Threshold,
        Self::Calibration,
        Self::Latency,
        Self::Stability,
        Self::Drift,
        Self::Segments,
        Self::Monitoring,
        Self::Policy,
        Self::Checklist,
        Self::Compare,
        Self::Share,
        Self::Load,
    ];

    /// The name in the address and in handles.
    pub fn name(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Verdict => "verdict",
            Self::Confusion => "confusion",
            Self::Threshold => "threshold",
            Self::Calibration => "calibration",
            Self::Latency => "latency",
            Self::Stability => "stability",
            Self::Drift => "drift",
            Self::Segments => "segments",
            Self::Monitoring => "monitoring",
            Self::Policy => "policy",
            Self::Checklist => "checklist",
            Self::Compare => "compare",
            Self::Share => "share",
            Self::Privacy => "privacy",
        }
    }

    /// What the navigation calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Load => "Data",
            Self::Verdict => "Verdict",
            Self::Confusion => "Confusion",
            Self::Threshold => "Threshold",
            Self::Calibration => "Calibration",
            Self::Latency => "Latency",
            Self::Stability => "Stability",
            Self::Drift => "Drift",
            Self::Checklist => "Checklist",
            Self::Compare => "Compare",
            Self::Share => "Share",
            Self::Segments => "Segments",
            Self::Monitoring => "Monitoring",
            Self::Policy => "Policy",
            Self::Privacy => "Privacy",
        }
    }

    /// The view that shows what a criterion or a step rests on, if the page has it.
    pub fn of_evidence(evidence: EvidenceView) -> Option<Self> {
        match evidence {
            EvidenceView::Load => Some(Self::Load),
            EvidenceView::Confusion => Some(Self::Confusion),
            EvidenceView::Threshold => Some(Self::Threshold),
            EvidenceView::Calibration => Some(Self::Calibration),
            EvidenceView::Segments => Some(Self::Segments),
            EvidenceView::Latency => Some(Self::Latency),
            EvidenceView::Drift => Some(Self::Drift),
            EvidenceView::Stability => Some(Self::Stability),
        }
    }

    /// The address that leads to it.
    pub fn address(self) -> String {
        format!("#/{}", self.name())
    }

    /// The address that leads to an element of it, by its id: the focus lands there.
    pub fn address_of(self, part: &str) -> String {
        format!("{}/{part}", self.address())
    }

    /// The element that an address leads to, if it names one.
    pub fn part_of_address(hash: &str) -> Option<&str> {
        Self::path_of_address(hash)
            .trim_start_matches('/')
            .split_once('/')
            .map(|(_, part)| part)
    }

    /// An address without what it carries.
    pub fn path_of_address(hash: &str) -> &str {
        hash.split_once('?').map_or(hash, |(path, _)| path)
    }

    /// The threshold that an address carries.
    pub fn threshold_of_address(hash: &str) -> Option<f64> {
        let value = carried(hash, "t")?;
        value.parse().ok().filter(|value: &f64| value.is_finite())
    }

    /// The report that an address carries, as a text.
    pub fn report_of_address(hash: &str) -> Option<&str> {
        carried(hash, "r")
    }

    /// The range of time that an address carries: `w=FROM~TO` in milliseconds since 1970 began in UTC, or in rows as `w=rFROM~TO`.
    /// What cannot be read is an empty one, which no data have.
    pub fn range_of_address(hash: &str) -> Option<Span> {
        const NONE: Span = Span::Rows { from: 0, to: 0 };
        Some(range_in(carried(hash, "w")?).unwrap_or(NONE))
    }

    /// The address with this threshold, range of time and report in place of those it carries.
    pub fn address_with(
        hash: &str,
        threshold: Option<f64>,
        range: Option<Span>,
        report: Option<&str>,
    ) -> String {
        let path = Self::path_of_address(hash);
        let threshold = threshold.map(|threshold| format!("t={threshold}"));
        let range = range.map(|range| match range {
            Span::Time { from_ms, to_ms } => format!("w={from_ms}~{to_ms}"),
            Span::Rows { from, to } => format!("w=r{from}~{to}"),
        });
        let report = report.map(|report| format!("r={report}"));
        let carried: Vec<String> = [threshold, range, report].into_iter().flatten().collect();
        match carried.is_empty() {
            true => format!("#{path}"),
            false => format!("#{path}?{}", carried.join("&")),
        }
    }

    /// The view that an address leads to; the verdict where it names none.
    pub fn of_hash(hash: &str) -> Self {
        Self::of_address(hash).unwrap_or(Self::Verdict)
    }

    /// The view that an address names, if it names one.
    pub fn of_address(hash: &str) -> Option<Self> {
        let path = Self::path_of_address(hash);
        let name = path.trim_start_matches('/').split('/').next()?;
        let mut all = Self::ALL.into_iter().chain([Self::Privacy]);
        all.find(|view| view.name() == name)
    }
}

fn range_in(text: &str) -> Option<Span> {
    let of_rows = text.strip_prefix('r');
    let (from, to) = of_rows.unwrap_or(text).split_once('~')?;
    Some(match of_rows {
        Some(_) => Span::Rows {
            from: from.parse().ok()?,
            to: to.parse().ok()?,
        },
        None => Span::Time {
            from_ms: from.parse().ok()?,
            to_ms: to.parse().ok()?,
        },
    })
}

/// What stands in an address behind its `?` under this key.
fn carried<'h>(hash: &'h str, key: &str) -> Option<&'h str> {
    let (_, query) = hash.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(known, _)| *known == key)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_is_found_at_its_address() {
        for view in View::ALL.into_iter().chain([View::Privacy]) {
            assert_eq!(View::of_hash(view.address().trim_start_matches('#')), view);
        }
        let part = View::Load.address_of("positive-class");
        let part = part.trim_start_matches('#');
        assert_eq!(View::of_hash(part), View::Load);
        assert_eq!(View::part_of_address(part), Some("positive-class"));
        assert_eq!(View::part_of_address("/load"), None);
        assert_eq!(View::of_hash(""), View::Verdict);
        assert_eq!(View::of_hash("/no-such-view"), View::Verdict);
    }

    #[test]
    fn an_address_carries_a_threshold_a_range_and_a_report() {
        let address = View::address_with("/load/positive-class", Some(0.1 + 0.2), None, None);
        let hash = address.trim_start_matches('#');
        assert_eq!(hash, "/load/positive-class?t=0.30000000000000004");
        assert_eq!(View::of_hash(hash), View::Load);
        assert_eq!(View::part_of_address(hash), Some("positive-class"));
        assert_eq!(View::threshold_of_address(hash), Some(0.1 + 0.2));
        assert_eq!(
            View::address_with(hash, None, None, None),
            "#/load/positive-class"
        );
        assert_eq!(View::report_of_address(hash), None);
        let address = View::address_with(hash, Some(0.5), None, Some("RwE_-"));
        assert_eq!(address, "#/load/positive-class?t=0.5&r=RwE_-");
        let hash = address.trim_start_matches('#');
        assert_eq!(View::report_of_address(hash), Some("RwE_-"));
        assert_eq!(View::threshold_of_address(hash), Some(0.5));
        assert_eq!(View::of_hash(hash), View::Load);
        assert_eq!(View::report_of_address("/verdict?r="), Some(""));
        let ranges = [
            Span::Time {
                from_ms: -86_400_000,
                to_ms: 1_740_960_000_500,
            },
            Span::Rows { from: 0, to: 250 },
        ];
        for range in ranges {
            let address = View::address_with(hash, Some(0.5), Some(range), Some("RwE"));
            let hash = address.trim_start_matches('#');
            assert_eq!(View::range_of_address(hash), Some(range), "{address}");
            assert_eq!(View::threshold_of_address(hash), Some(0.5));
            assert_eq!(View::report_of_address(hash), Some("RwE"));
        }
        assert_eq!(View::range_of_address("/drift"), None);
        for none in ["", "1", "1~", "r-1~3", "a~b", "1~2~3"] {
            let range = View::range_of_address(&format!("/drift?w={none}"));
            assert_eq!(range, Some(Span::Rows { from: 0, to: 0 }), "{none}");
        }
        for none in [
            "/threshold",
            "/threshold?t=",
            "/threshold?t=inf",
            "/threshold?u=1",
        ] {
            assert_eq!(View::threshold_of_address(none), None, "{none}");
        }
    }
}
