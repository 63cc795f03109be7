//! The readiness checklist: what no file of predictions can show about a system, attested by the people who run it.
//!
//! The 28 items are those of Breck, Cai, Nielsen, Salib and Sculley, *The ML Test Score: A Rubric for ML Production
//! Readiness and Technical Debt Reduction* (IEEE Big Data 2017), in our own words. An item counts half a point once it was done
//! by hand and written down, and a whole one once it runs by itself. The score is that of the weakest of the four sections.

mod attestations;
mod items;
mod measured;

use greenlight_format as format;
use serde::{Deserialize, Serialize};

pub use attestations::{Attestation, Attestations, AttestationsError, CHECKLIST_SCHEMA};
pub use items::{ITEMS, Item};
pub use measured::{Measured, measured};

/// A quarter of the checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

    /// The points that can be had in a section.
    pub const POINTS: f64 = 7.0;

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
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::NotDone, Self::ByHand, Self::Automated];

    /// In files and handles.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotDone => "not_done",
            Self::ByHand => "by_hand",
            Self::Automated => "automated",
        }
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::NotDone => "Not done",
            Self::ByHand => "By hand",
            Self::Automated => "Automated",
        }
    }

    /// What it means and counts.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NotDone => "Not at all, or nobody knows: no point",
            Self::ByHand => "Done by hand, and what came out is written down: half a point",
            Self::Automated => "Runs by itself, again and again: 1 point",
        }
    }

    /// What it counts.
    pub fn points(self) -> f64 {
        match self {
            Self::NotDone => 0.0,
            Self::ByHand => 0.5,
            Self::Automated => 1.0,
        }
    }
}

/// The checklist, filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checklist {
    /// The points of the weakest section; `None` until someone has attested something, as a file shows only a part.
    pub score: Option<f64>,
    /// What the score means.
    pub meaning: String,
    /// The points of each section so far, out of 7.
    pub sections: SectionPoints,
    /// All items, in order.
    pub items: Vec<Checked>,
}

/// What the items of each section count together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the section of that name")]
pub struct SectionPoints {
    pub data: f64,
    pub model: f64,
    pub infrastructure: f64,
    pub monitoring: f64,
}

impl SectionPoints {
    /// Those of one section.
    pub fn of(&self, section: Section) -> f64 {
        match section {
            Section::Data => self.data,
            Section::Model => self.model,
            Section::Infrastructure => self.infrastructure,
            Section::Monitoring => self.monitoring,
        }
    }

    fn least(&self) -> f64 {
        let points = Section::ALL.map(|section| self.of(section));
        points.into_iter().fold(f64::INFINITY, f64::min)
    }
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
    /// Whether the data shows it.
    pub is_shown: bool,
    /// What the data says of it, where it says anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

impl Default for Checklist {
    /// With nothing attested and nothing measured.
    fn default() -> Self {
        Self::new(&Attestations::default(), &[])
    }
}

impl Checklist {
    /// Fills in what was attested and what was measured.
    ///
    /// ```
    /// use greenlight_readiness::checklist::{Attestation, Attestations, Checklist, ITEMS, Level, Measured};
    ///
    /// let measured = [Measured { item: "slices", is_shown: true, evidence: "12 parts".to_owned() }];
    /// let mut checklist = Checklist::new(&Attestations::default(), &measured);
    /// assert_eq!(checklist.items.len(), 28);
    /// assert_eq!(checklist.score, None, "nobody has attested anything");
    ///
    /// let mut attested = Attestations::default();
    /// let level = Level::Automated;
    /// for item in &ITEMS {
    ///     attested.set(item, Attestation { level, note: String::new() });
    /// }
    /// assert_eq!(checklist.attested(&attested).score, Some(7.0));
    /// ```
    pub fn new(attested: &Attestations, measured: &[Measured]) -> Self {
        let checked = |item: &Item| {
            let found = measured.iter().find(|measured| measured.item == item.name);
            Checked {
                name: item.name.to_owned(),
                section: item.section,
                title: item.title.to_owned(),
                level: Level::NotDone,
                note: String::new(),
                is_shown: found.is_some_and(|found| found.is_shown),
                evidence: found.map(|found| found.evidence.clone()),
            }
        };
        let checklist = Self {
            score: None,
            meaning: String::new(),
            sections: SectionPoints::default(),
            items: ITEMS.iter().map(checked).collect(),
        };
        checklist.attested(attested)
    }

    /// The same data with what was attested in place of what was before.
    pub fn attested(mut self, attested: &Attestations) -> Self {
        for item in &mut self.items {
            let Attestation { level, note } = attested.of(&item.name);
            item.note = note;
            item.level = match item.is_shown {
                true => level.max(Level::ByHand),
                false => level,
            };
        }
        let points = |section| {
            let own = self.items.iter().filter(|item| item.section == section);
            own.map(|item| item.level.points()).sum()
        };
        self.sections = SectionPoints {
            data: points(Section::Data),
            model: points(Section::Model),
            infrastructure: points(Section::Infrastructure),
            monitoring: points(Section::Monitoring),
        };
        self.score = (!attested.is_empty()).then_some(self.sections.least());
        self.meaning = match self.score {
            Some(score) => meaning(score).to_owned(),
            None => format::capitalised(NOT_FILLED_IN),
        };
        self
    }

    /// The section with the fewest points; several where they are equal.
    pub fn weakest(&self) -> Vec<Section> {
        let least = self.sections.least();
        let mut weakest = Section::ALL.to_vec();
        weakest.retain(|section| self.sections.of(*section) <= least);
        weakest
    }

    /// The items that the data shows.
    pub fn shown(&self) -> usize {
        self.items.iter().filter(|item| item.is_shown).count()
    }

    /// The checklist in a sentence or two.
    pub fn finding(&self) -> String {
        let Some(score) = self.score else {
            return format!(
                "{}: your file shows {} of {} items",
                self.meaning,
                self.shown(),
                self.items.len()
            );
        };
        let weakest = self.weakest();
        let sections = match weakest.len() {
            1 => "the weakest section is",
            4 => "all sections are equal:",
            _ => "the weakest sections are",
        };
        format!(
            "{}: {sections} {}. {}.",
            out_of_seven(score),
            listed(&weakest),
            self.meaning
        )
    }

    /// The checklist in a line, as after "Checklist: ".
    pub fn line(&self) -> String {
        match self.score {
            Some(score) => format!(
                "{}, weakest: {} – {}",
                out_of_seven(score),
                listed(&self.weakest()),
                self.meaning
            ),
            None => format!(
                "{NOT_FILLED_IN}; the file shows {} of {} items",
                self.shown(),
                self.items.len()
            ),
        }
    }
}

/// Why a checklist that nobody has filled in has no score.
pub(crate) const NOT_FILLED_IN: &str = "the self-attested part is not filled in";

/// "2.5 of 7".
pub fn out_of_seven(points: f64) -> String {
    format!(
        "{} of {}",
        format::exact(points),
        format::exact(Section::POINTS)
    )
}

/// "Data, Model and Monitoring".
fn listed(sections: &[Section]) -> String {
    let titles: Vec<&str> = sections.iter().map(|section| section.title()).collect();
    match titles.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => titles.concat(),
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
        let mut attested = Attestations::default();
        for item in &ITEMS {
            let note = String::new();
            attested.set(item, Attestation { level, note });
        }
        attested
    }

    fn item(name: &str) -> &'static Item {
        ITEMS.iter().find(|item| item.name == name).unwrap()
    }

    #[test]
    fn each_section_has_seven_items_of_different_names() {
        for section in Section::ALL {
            let own = ITEMS.iter().filter(|item| item.section == section);
            assert_eq!(own.count() as f64, Section::POINTS, "{section:?}");
        }
        let names: std::collections::BTreeSet<&str> = ITEMS.iter().map(|item| item.name).collect();
        assert_eq!(names.len(), ITEMS.len());
    }

    #[test]
    fn the_weakest_section_is_the_score() {
        let mut attested = all(Level::Automated);
        let checklist = Checklist::new(&attested, &[]);
        assert_eq!(checklist.score, Some(7.0));
        assert_eq!(
            checklist.finding(),
            "7 of 7: all sections are equal: Data, Model, Infrastructure and Monitoring. Exceptional: tested and watched by \
             itself throughout."
        );
        for (name, level) in [("rollback", Level::NotDone), ("canary", Level::ByHand)] {
            let note = String::new();
            attested.set(item(name), Attestation { level, note });
        }
        let checklist = checklist.attested(&attested);
        assert_eq!(checklist.sections.infrastructure, 5.5);
        assert_eq!(checklist.score, Some(5.5));
        assert_eq!(
            checklist.line(),
            "5.5 of 7, weakest: Infrastructure – Exceptional: tested and watched by itself throughout"
        );
        assert_eq!(Checklist::new(&all(Level::ByHand), &[]).score, Some(3.5));
    }

    #[test]
    fn what_nobody_filled_in_has_no_score() {
        let checklist = Checklist::default();
        assert_eq!(checklist.score, None);
        assert_eq!(checklist.sections.data, 0.0);
        assert_eq!(
            checklist.line(),
            "the self-attested part is not filled in; the file shows 0 of 28 items"
        );
        // A note alone says that someone looked.
        let mut attested = Attestations::default();
        let attestation = Attestation {
            level: Level::NotDone,
            note: "planned".to_owned(),
        };
        attested.set(item("canary"), attestation);
        let checklist = checklist.attested(&attested);
        assert_eq!(checklist.score, Some(0.0));
        assert_eq!(checklist.meaning, meaning(0.0));
        assert_eq!(checklist.attested(&Attestations::default()).score, None);
    }

    #[test]
    fn what_is_shown_counts_by_hand_and_takes_nothing_away() {
        let measured = |item, is_shown| Measured {
            item,
            is_shown,
            evidence: "in 30 windows".to_owned(),
        };
        let measured = [
            measured("rollback", true),
            measured("served_quality", true),
            measured("canary", false),
        ];
        let mut attested = Attestations::default();
        let attestation = Attestation {
            level: Level::Automated,
            note: "one command".to_owned(),
        };
        attested.set(item("rollback"), attestation);
        let checklist = Checklist::new(&attested, &measured);
        let of = |name: &str| {
            checklist
                .items
                .iter()
                .find(|item| item.name == name)
                .unwrap()
        };
        assert_eq!(of("rollback").level, Level::Automated);
        assert_eq!(of("rollback").note, "one command");
        assert_eq!(of("served_quality").level, Level::ByHand);
        assert_eq!(of("canary").level, Level::NotDone);
        assert!(of("canary").evidence.is_some());
        assert_eq!(checklist.shown(), 2);
    }
}
