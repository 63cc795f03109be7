//! The readiness checklist: what no file of predictions can show about a system, attested by the people who run it.
//!
//! The 28 items are those of Breck, Cai, Nielsen, Salib and Sculley, *The ML Test Score: A Rubric for ML Production
//! Readiness and Technical Debt Reduction* (IEEE Big Data 2017), in our own words. An item counts half a point once it was done
//! by hand and written down, and a whole one once it runs by itself. The score is that of the weakest of the four sections.

mod items;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use items::{ITEMS, Item};

/// A quarter of the checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Features and data.
    Data,
    /// Developing the model.
    Model,
    /// Infrastructure.
    Infrastructure,
    /// Watching the model once it is in use.
    Monitoring,
}

impl Section {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [
        Self::Data,
        Self::Model,
        Self::Infrastructure,
        Self::Monitoring,
    ];

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Data => "Data",
            Self::Model => "Model",
            Self::Infrastructure => "Infrastructure",
            Self::Monitoring => "Monitoring",
        }
    }
}

/// How far an item is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Not at all, or nobody knows.
    #[default]
    NotDone,
    /// Once, by hand, and what came out is written down.
    ByHand,
    /// By itself, again and again.
    Automated,
}

impl Level {
    /// What it counts.
    pub fn points(self) -> f64 {
        match self {
            Self::NotDone => 0.0,
            Self::ByHand => 0.5,
            Self::Automated => 1.0,
        }
    }
}

/// What someone says of an item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Attestation {
    /// How far it is done.
    pub level: Level,
    /// Where to look it up, who said so, what is missing.
    pub note: String,
}

/// What was attested, by the names of items.
///
/// ```
/// use greenlight_readiness::checklist::{Attestation, Attestations, Level};
///
/// let json = r#"{"rollback": {"level": "automated", "note": "one command, tried each month"}}"#;
/// let attested: Attestations = serde_json::from_str(json)?;
/// assert_eq!(attested.of("rollback").level, Level::Automated);
/// assert_eq!(attested.of("canary"), Attestation::default());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attestations(pub BTreeMap<String, Attestation>);

impl Attestations {
    /// What was said of the item of that name.
    pub fn of(&self, item: &str) -> Attestation {
        self.0.get(item).cloned().unwrap_or_default()
    }

    /// Names that are no items: typing errors, or items of another version.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        let is_known = |name: &str| ITEMS.iter().any(|item| item.name == name);
        self.0
            .keys()
            .map(String::as_str)
            .filter(move |name| !is_known(name))
    }
}

/// What the data shows of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The item's name.
    pub item: String,
    /// What was measured, in a sentence.
    pub evidence: String,
}

/// The checklist, filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checklist {
    /// All items, in order.
    pub items: Vec<Checked>,
    /// The points of each section, out of 7.
    pub sections: BTreeMap<Section, f64>,
    /// Those of the weakest section.
    pub score: f64,
    /// What the score means.
    pub meaning: String,
}

/// An item with how far it is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// The item's name.
    pub name: String,
    /// The section it belongs to.
    pub section: Section,
    /// What should hold.
    pub title: String,
    /// How far it is done: as attested, and at least by hand where the data shows it.
    pub level: Level,
    /// What was attested with it.
    pub note: String,
    /// What the data shows, where it shows anything.
    pub evidence: Option<String>,
}

impl Checklist {
    /// Fills in what was attested and what was measured.
    ///
    /// ```
    /// use greenlight_readiness::checklist::{Attestations, Checklist, Measured};
    ///
    /// let measured = Measured { item: "served_quality".to_owned(), evidence: "30 windows".to_owned() };
    /// let checklist = Checklist::new(&Attestations::default(), &[measured]);
    /// assert_eq!(checklist.items.len(), 28);
    /// assert_eq!(checklist.score, 0.0, "three sections have nothing");
    /// ```
    pub fn new(attested: &Attestations, measured: &[Measured]) -> Self {
        let checked = |item: &Item| {
            let Attestation { level, note } = attested.of(item.name);
            let evidence = measured.iter().find(|measured| measured.item == item.name);
            let level = match evidence {
                Some(_) => level.max(Level::ByHand),
                None => level,
            };
            Checked {
                name: item.name.to_owned(),
                section: item.section,
                title: item.title.to_owned(),
                level,
                note,
                evidence: evidence.map(|measured| measured.evidence.clone()),
            }
        };
        let items: Vec<Checked> = ITEMS.iter().map(checked).collect();
        let mut sections = BTreeMap::new();
        sections.extend(Section::ALL.map(|section| {
            let own = items.iter().filter(|item| item.section == section);
            (section, own.map(|item| item.level.points()).sum())
        }));
        let score = sections.values().copied().fold(f64::INFINITY, f64::min);
        Self {
            items,
            sections,
            score,
            meaning: meaning(score).to_owned(),
        }
    }
}

/// The rubric's reading of its score, in our own words.
fn meaning(score: f64) -> &'static str {
    match score {
        score if score <= 0.0 => "A research project rather than a system for production",
        score if score <= 1.0 => "Not untested, but with serious holes likely",
        score if score <= 2.0 => "A first pass at production; more should follow",
        score if score <= 3.0 => "Reasonably tested; some of it should run by itself",
        score if score <= 5.0 => "Strong: tested and watched, mostly by itself",
        _ => "Exceptional: tested and watched by itself throughout",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(level: Level) -> Attestations {
        let attestation = Attestation {
            level,
            note: String::new(),
        };
        let all = ITEMS
            .iter()
            .map(|item| (item.name.to_owned(), attestation.clone()));
        Attestations(all.collect())
    }

    #[test]
    fn each_section_has_seven_items_of_different_names() {
        for section in Section::ALL {
            let own = ITEMS.iter().filter(|item| item.section == section);
            assert_eq!(own.count(), 7, "{section:?}");
        }
        let names: std::collections::BTreeSet<&str> = ITEMS.iter().map(|item| item.name).collect();
        assert_eq!(names.len(), ITEMS.len());
    }

    #[test]
    fn the_weakest_section_is_the_score() {
        let mut attested = all(Level::Automated);
        assert_eq!(Checklist::new(&attested, &[]).score, 7.0);
        attested.0.remove("rollback");
        attested.0.remove("canary");
        let checklist = Checklist::new(&attested, &[]);
        assert_eq!(checklist.sections[&Section::Infrastructure], 5.0);
        assert_eq!(checklist.score, 5.0);
        assert_eq!(Checklist::new(&all(Level::ByHand), &[]).score, 3.5);
        assert_eq!(
            Checklist::new(&Attestations::default(), &[]).meaning,
            meaning(0.0)
        );
    }

    #[test]
    fn what_is_measured_counts_by_hand_and_takes_nothing_away() {
        let measured = |item: &str| Measured {
            item: item.to_owned(),
            evidence: "in 30 windows".to_owned(),
        };
        let both = [measured("rollback"), measured("served_quality")];
        let attested = Attestations(all(Level::Automated).0.into_iter().take(1).collect());
        let checklist = Checklist::new(&attested, &both);
        let level = |name: &str| {
            checklist
                .items
                .iter()
                .find(|item| item.name == name)
                .unwrap()
                .level
        };
        assert_eq!(level("served_quality"), Level::ByHand);
        let first = attested.0.keys().next().unwrap();
        assert_eq!(level(first), Level::Automated);
    }

    #[test]
    fn a_name_that_is_no_item_is_found() {
        let attested: Attestations = serde_json::from_str(r#"{"rolback": {}}"#).unwrap();
        assert_eq!(attested.unknown().collect::<Vec<_>>(), ["rolback"]);
    }
}
