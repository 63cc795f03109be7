//! What people attest of the system around the model. It is about the person's system, so other data leave it as it is.

use std::rc::Rc;

use greenlight_readiness::checklist::{Attestation, Attestations, Item, Level};

/// The form as it is filled in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChecklistForm {
    /// What was attested.
    pub attested: Rc<Attestations>,
    /// What stood there before all of it was cleared or replaced, to go back to.
    pub before: Option<Rc<Attestations>>,
    /// Why a form could not be read, or is not kept.
    pub fault: Option<Rc<str>>,
}

/// What can happen to the form.
#[derive(Clone, Debug)]
pub enum Fill {
    /// This browser has kept it from before.
    Kept(Attestations),
    /// The person says how far an item is done.
    Level(&'static Item, Level),
    /// The person notes something about an item.
    Note(&'static Item, String),
    /// All of it is another now; an empty one clears it.
    Replace(Attestations),
    /// Back to what stood there before that.
    TakeBack,
    /// A form could not be read, or is not kept; a sentence for the person.
    Fail(String),
}

impl ChecklistForm {
    /// The form after that; `None` where nothing changes.
    pub fn after(&self, fill: Fill) -> Option<Self> {
        let attested = match fill {
            Fill::Kept(attested) => {
                return Some(Self {
                    attested: Rc::new(attested),
                    ..self.clone()
                });
            }
            Fill::Fail(fault) if self.fault.as_deref() == Some(&fault) => return None,
            Fill::Fail(fault) => {
                return Some(Self {
                    fault: Some(fault.into()),
                    ..self.clone()
                });
            }
            Fill::Level(item, level) => return self.attesting(item, |said| said.level = level),
            Fill::Note(item, note) => return self.attesting(item, |said| said.note = note),
            Fill::Replace(attested) if attested == *self.attested => {
                return self.fault.is_some().then(|| Self {
                    fault: None,
                    ..self.clone()
                });
            }
            Fill::Replace(attested) => Rc::new(attested),
            Fill::TakeBack => {
                return self.before.clone().map(|attested| Self {
                    attested,
                    ..Self::default()
                });
            }
        };
        Some(Self {
            attested,
            before: Some(Rc::clone(&self.attested)),
            fault: None,
        })
    }

    fn attesting(&self, item: &Item, say: impl FnOnce(&mut Attestation)) -> Option<Self> {
        let before = self.attested.of(item.name);
        let mut said = before.clone();
        say(&mut said);
        (said != before).then(|| {
            let mut attested = (*self.attested).clone();
            attested.set(item, said);
            Self {
                attested: Rc::new(attested),
                ..Self::default()
            }
        })
    }
}
