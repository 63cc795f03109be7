//! The link to a report, and what is to be said of it.

use gloo::utils::window;
use greenlight_link::{EncodeError, Parts, SharedReport, encode};
use greenlight_readiness::Verdict;

use super::contents::inside;
use crate::components::lacking;
use crate::views::View;

/// A link, and what is to be said of it.
pub struct Made {
    pub link: String,
    /// How many characters it has.
    pub length: usize,
    pub inside: Vec<String>,
    pub lacking: Vec<String>,
    /// Where what is left out changes the verdict.
    pub warning: Option<String>,
}

impl Made {
    /// The link to these parts of a report, of which the page says `before`.
    pub fn of(report: &SharedReport, before: Verdict, parts: &Parts) -> Result<Self, String> {
        let thin = report.thinned(parts);
        let link = link_to(&thin).map_err(|error| error.to_string())?;
        let after = thin.outcomes().0;
        Ok(Self {
            length: link.chars().count(),
            link,
            inside: inside(&thin),
            lacking: lacking(&thin.thinned),
            warning: (before != after).then(|| {
                format!(
                    "Without what is left out the report says “{}” instead of “{}”.",
                    after.words(),
                    before.words()
                )
            }),
        })
    }
}

/// The address of this page with a report in it, which leads to its verdict.
pub fn link_to(report: &SharedReport) -> Result<String, EncodeError> {
    let payload = encode(report)?;
    let verdict = View::Verdict.address();
    let verdict = verdict.trim_start_matches('#');
    let address = View::address_with(verdict, None, None, Some(&payload));
    Ok(format!("{}{address}", here()))
}

/// The address of the page itself.
fn here() -> String {
    let location = window().location();
    let href = location.href().unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}
