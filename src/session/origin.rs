//! Where what is on screen came from: rows in this tab, or a report that someone shared without them.

use std::rc::Rc;

use greenlight_link::{SharedReport, Thinned};
use greenlight_readiness::checklist::Attestations;
use greenlight_readiness::{Choices, Demands, Policy};

use super::{ChecklistForm, Loaded, Policies, Session, Thresholds, is_preset};
use crate::engine::protocol::TableSummary;

/// Where what is on screen came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Origin {
    /// Rows that the engine has.
    #[default]
    Engine,
    /// A report without its rows: nobody can be asked for more than it holds.
    Shared(Rc<Shared>),
}

/// What is known of a report that was shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// What was left out of it or rounded.
    pub thinned: Thinned,
    /// It as a text, where it came in an address; there it stays while it is on screen.
    pub payload: Option<Rc<str>>,
}

impl Origin {
    /// The report that was shared, if it is one.
    pub fn shared(&self) -> Option<&Shared> {
        match self {
            Self::Engine => None,
            Self::Shared(shared) => Some(shared),
        }
    }
}

/// What is the person's own, while someone else's report is on screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Home {
    policy: Rc<Policy>,
    policies: Policies,
    currency: Rc<str>,
    checklist_form: ChecklistForm,
}

impl Home {
    /// With the checklist that this browser has kept.
    pub(super) fn with_kept(&self, attested: Attestations) -> Self {
        let attested = Rc::new(attested);
        Self {
            checklist_form: ChecklistForm {
                attested,
                ..self.checklist_form.clone()
            },
            ..self.clone()
        }
    }
}

impl Session {
    /// Whether a report without rows is on screen.
    pub fn is_shared(&self) -> bool {
        self.shared().is_some()
    }

    /// What is known of the report on screen, where it was shared without its rows.
    pub fn shared(&self) -> Option<&Shared> {
        self.loaded.as_deref()?.origin.shared()
    }

    /// What is on screen, as it can be shared: decided at the threshold in force.
    pub fn shared_report(&self, loaded: &Loaded) -> SharedReport {
        let thinned = self.shared().map(|shared| shared.thinned.clone());
        SharedReport {
            thinned: thinned.unwrap_or_default(),
            ..SharedReport::of(
                loaded.profile.clone(),
                (*self.policy).clone(),
                (*self.checklist_form.attested).clone(),
                loaded.table.name.clone(),
                self.currency.to_string(),
            )
        }
    }

    /// The session with a shared report on screen: with its policy in force, and what is the person's own put by.
    pub(super) fn showing(&self, report: SharedReport, payload: Option<Rc<str>>) -> Self {
        let home = self.home.clone().unwrap_or_else(|| {
            Rc::new(Home {
                policy: Rc::clone(&self.policy),
                policies: self.policies.clone(),
                currency: Rc::clone(&self.currency),
                checklist_form: self.checklist_form.clone(),
            })
        });
        let policy = Rc::new(report.policy.clone());
        let mut policies = home.policies.clone();
        if !is_preset(&policy) {
            policies.put(&policy.name, &policy);
        }
        let best = report.profile.thresholds.as_ref();
        let demands = Demands {
            costs: best.and_then(|best| best.cost_matrix),
            amount: best.and_then(|best| Some(best.amounts.as_ref()?.demand.clone())),
            constraints: best.map_or_else(Vec::new, |best| {
                best.constraints.iter().map(|(demand, _)| *demand).collect()
            }),
        };
        Self {
            loading: None,
            failure: None,
            warning: None,
            asked: None,
            before: None,
            thresholds: Thresholds::default(),
            demands,
            currency: Rc::from(report.currency.as_str()),
            checklist_form: ChecklistForm {
                attested: Rc::new(report.attested.clone()),
                ..ChecklistForm::default()
            },
            loaded: Some(Rc::new(Loaded::shared(report, payload))),
            policy,
            policies,
            home: Some(home),
            compared: self.compared.clone(),
        }
    }

    /// The session with what is the person's own in its place again.
    pub(super) fn back_home(&self) -> Self {
        let Some(home) = &self.home else {
            return self.clone();
        };
        let Home {
            policy,
            policies,
            currency,
            checklist_form,
        } = (**home).clone();
        Self {
            policy,
            policies,
            currency,
            checklist_form,
            home: None,
            ..self.clone()
        }
    }
}

impl Loaded {
    /// A report that was shared without its rows, judged.
    fn shared(report: SharedReport, payload: Option<Rc<str>>) -> Self {
        let SharedReport {
            profile,
            policy,
            name,
            thinned,
            ..
        } = report;
        let table = TableSummary {
            name,
            rows: profile.overall.rows,
            columns: Vec::new(),
            roles: profile.roles.clone(),
            latency_unit: profile.settings.latency_unit,
            choices: Choices {
                span: profile.settings.range,
                ..Choices::default()
            },
        };
        Self {
            origin: Origin::Shared(Rc::new(Shared { thinned, payload })),
            ..Self::new(profile, Rc::new(table), &policy)
        }
    }
}
