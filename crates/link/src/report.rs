//! A report as it travels: what it rests on, without the rows.

use greenlight_readiness::checklist::{Attestation, Attestations, ITEMS, Level};
use greenlight_readiness::{Policy, Profile, Report, judge};
use serde::{Deserialize, Serialize};

use crate::parts::Thinned;
use crate::policy_words;

/// A report without its rows: all that is needed to judge, to move the threshold and to draw every picture of it.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedReport {
    /// The statistics of the rows.
    pub profile: Profile,
    /// What was asked of the model.
    pub policy: Policy,
    /// What people attest of the system around it.
    pub attested: Attestations,
    /// What the data is called.
    pub name: String,
    /// What costs are counted in; empty where nobody has said.
    pub currency: String,
    /// What was left out or rounded on the way.
    pub thinned: Thinned,
}

impl SharedReport {
    /// All that is known, as it is.
    pub fn of(
        profile: Profile,
        policy: Policy,
        attested: Attestations,
        name: impl Into<String>,
        currency: impl Into<String>,
    ) -> Self {
        Self {
            profile,
            policy,
            attested,
            name: name.into(),
            currency: currency.into(),
            thinned: Thinned::default(),
        }
    }

    /// Says in the profile which of its numbers are no longer those that were measured. That is not written: it follows from the label.
    pub(crate) fn with_marks(mut self) -> Self {
        self.profile.told = self.thinned.told();
        let examination = self.profile.examination.as_mut();
        let drift = examination.and_then(|examination| examination.drift.as_mut());
        for column in drift.into_iter().flat_map(|drift| &mut drift.columns) {
            column.is_merged = self.thinned.values_merged > 0 && column.has_others();
        }
        self
    }

    /// The judgement of it.
    pub fn judged(&self) -> Report {
        judge(&self.profile, &self.policy).with_attestations(&self.attested)
    }
}

/// The form in which a report is written: presets without their words, which every page has, and of the checklist what was filled in.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Travelling {
    thinned: Thinned,
    name: String,
    currency: String,
    policy: Policy,
    attested: Vec<(String, Level, String)>,
    profile: Profile,
}

impl Travelling {
    pub fn of(report: &SharedReport) -> Self {
        let said = ITEMS.iter().filter_map(|item| {
            let said = report.attested.of(item.name);
            let is_said = said != Attestation::default();
            is_said.then(|| (item.name.to_owned(), said.level, said.note))
        });
        Self {
            thinned: report.thinned.clone(),
            name: report.name.clone(),
            currency: report.currency.clone(),
            policy: policy_words::taken_out(report.policy.clone()),
            attested: said.collect(),
            profile: report.profile.clone(),
        }
    }

    pub fn into_report(self) -> SharedReport {
        let mut attested = Attestations::default();
        for (name, level, note) in self.attested {
            if let Some(item) = ITEMS.iter().find(|item| item.name == name) {
                attested.set(item, Attestation { level, note });
            }
        }
        let report = SharedReport {
            profile: self.profile,
            policy: policy_words::put_back(self.policy),
            attested,
            name: self.name,
            currency: self.currency,
            thinned: self.thinned,
        };
        report.with_marks()
    }
}
