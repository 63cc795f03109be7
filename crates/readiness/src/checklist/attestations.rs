//! What people say of the items: the form, as a file that can be kept beside the model.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::{Item, Level, items::ITEMS};
use crate::policy::Problem;
use crate::policy::position::{Step, position, written};
use crate::policy::spelling::did_you_mean;

/// The version of the form; removing or renaming an item changes it.
pub const CHECKLIST_SCHEMA: &str = "greenlight.checklist/1";

/// What someone says of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
/// let attested = Attestations::from_json(
///     r#"{
///         "schema": "greenlight.checklist/1",
///         "items": {"rollback": {"level": "automated", "note": "one command, tried each month"}}
///     }"#,
/// )?;
/// assert_eq!(attested.of("rollback").level, Level::Automated);
/// assert_eq!(attested.of("canary"), Attestation::default());
/// assert_eq!(Attestations::from_json(&attested.to_json()?)?, attested);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attestations {
    /// What was said of each item, in their order.
    said: Vec<Attestation>,
}

impl Default for Attestations {
    /// Nothing was said.
    fn default() -> Self {
        Self {
            said: vec![Attestation::default(); ITEMS.len()],
        }
    }
}

impl Attestations {
    /// What was said of the item of that name.
    pub fn of(&self, item: &str) -> Attestation {
        let mut items = ITEMS.iter().zip(&self.said);
        let said = items.find(|(known, _)| known.name == item);
        said.map(|(_, said)| said.clone()).unwrap_or_default()
    }

    /// Says something of an item; a level and a note as if nothing had been said take it back.
    pub fn set(&mut self, item: &Item, attestation: Attestation) {
        let mut items = ITEMS.iter().zip(&mut self.said);
        if let Some((_, said)) = items.find(|(known, _)| known.name == item.name) {
            *said = attestation;
        }
    }

    /// Whether nothing was said of any item.
    pub fn is_empty(&self) -> bool {
        self.said.iter().all(|said| *said == Attestation::default())
    }

    /// The form as people keep it: indented JSON with every item, filled in or not, that ends in a line break.
    ///
    /// # Errors
    /// Never; the error is serde_json's.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let form = Form {
            schema: CHECKLIST_SCHEMA,
            levels: Meanings,
            items: Said(self),
        };
        let mut json = serde_json::to_string_pretty(&form)?;
        json.push('\n');
        Ok(json)
    }

    /// The form that a JSON text holds. Items that it leaves out are not done; what says what things mean is passed over.
    ///
    /// # Errors
    /// All that is wrong with it, each with its place.
    ///
    /// ```
    /// use greenlight_readiness::checklist::Attestations;
    ///
    /// let json = r#"{"schema": "greenlight.checklist/1", "items": {"rolback": {}}}"#;
    /// let error = Attestations::from_json(json).unwrap_err();
    /// assert_eq!(error.problems[0].path, "items.rolback");
    /// assert_eq!(error.problems[0].message, "there is no such item; did you mean “rollback”?");
    /// ```
    pub fn from_json(json: &str) -> Result<Self, AttestationsError> {
        let value: Value = serde_json::from_str(json).map_err(AttestationsError::of_serde)?;
        let mut reader = Reader {
            json,
            problems: Vec::new(),
        };
        let attested = reader.form(&value);
        match reader.problems.is_empty() {
            true => Ok(attested),
            false => Err(AttestationsError {
                problems: reader.problems,
            }),
        }
    }
}

/// Why a text is no form: all that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttestationsError {
    /// What is wrong; at least one thing.
    pub problems: Vec<Problem>,
}

impl std::error::Error for AttestationsError {}

impl fmt::Display for AttestationsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(f, "{line_break}{problem}")?;
        }
        Ok(())
    }
}

impl AttestationsError {
    fn of_serde(error: serde_json::Error) -> Self {
        let message = error.to_string();
        // The place is said once.
        let message = message.rsplit_once(" at line ").map(|(before, _)| before);
        Self {
            problems: vec![Problem {
                path: String::new(),
                line: error.line().max(1),
                column: error.column().max(1),
                message: message.unwrap_or("this is no JSON").to_owned(),
            }],
        }
    }
}

/// The keys of the form.
const FORM_KEYS: [&str; 3] = ["schema", "levels", "items"];
/// The keys of an item: the first two are answers, the others say what is asked.
const ITEM_KEYS: [&str; 4] = ["level", "note", "section", "title"];

struct Reader<'j> {
    json: &'j str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn form(&mut self, value: &Value) -> Attestations {
        let mut attested = Attestations::default();
        let Some(form) = self.object(value, &FORM_KEYS, &[]) else {
            return attested;
        };
        if form.get("schema").and_then(Value::as_str) != Some(CHECKLIST_SCHEMA) {
            let message = format!(
                "a form of “{CHECKLIST_SCHEMA}” is needed; `greenlight checklist` prints an empty one"
            );
            self.wrong(&["schema"], message);
        }
        let Some(items) = form.get("items") else {
            self.wrong(&[], "“items” is missing");
            return attested;
        };
        let Some(items) = items.as_object() else {
            self.wrong(&["items"], "an object with a key for each item is needed");
            return attested;
        };
        for (name, said) in items {
            let known = ITEMS.iter().map(|item| item.name);
            let Some(item) = ITEMS.iter().find(|item| item.name == name) else {
                let which = match did_you_mean(name, known) {
                    none if none.is_empty() => {
                        "; `greenlight checklist` prints all there are".to_owned()
                    }
                    meant => meant,
                };
                self.wrong(&["items", name], format!("there is no such item{which}"));
                continue;
            };
            let attestation = self.attestation(item.name, said);
            attested.set(item, attestation);
        }
        attested
    }

    fn attestation(&mut self, name: &str, value: &Value) -> Attestation {
        let mut attestation = Attestation::default();
        let Some(said) = self.object(value, &ITEM_KEYS, &["items", name]) else {
            return attestation;
        };
        if let Some(level) = said.get("level") {
            match Self::level(level.as_str()) {
                Ok(level) => attestation.level = level,
                Err(message) => self.wrong(&["items", name, "level"], message),
            }
        }
        match said.get("note").map(Value::as_str) {
            None => {}
            Some(Some(note)) => attestation.note = note.to_owned(),
            Some(None) => self.wrong(&["items", name, "note"], "a text in quotes is needed"),
        }
        attestation
    }

    fn level(name: Option<&str>) -> Result<Level, String> {
        let known = Level::ALL.map(Level::name);
        let Some(name) = name else {
            return Err(format!("one of {} is needed, in quotes", known.join(", ")));
        };
        let level = Level::ALL.into_iter().find(|level| level.name() == name);
        level.ok_or_else(|| {
            let which = match did_you_mean(name, known.into_iter()) {
                none if none.is_empty() => format!("; there are {}", known.join(", ")),
                meant => meant,
            };
            format!("there is no level “{name}”{which}")
        })
    }

    /// The object, whose keys are all known.
    fn object<'v>(
        &mut self,
        value: &'v Value,
        known: &[&str],
        path: &[&str],
    ) -> Option<&'v Map<String, Value>> {
        let Some(object) = value.as_object() else {
            self.wrong(path, "an object is needed");
            return None;
        };
        for key in object.keys() {
            if !known.contains(&key.as_str()) {
                let meant = did_you_mean(key, known.iter().copied());
                self.wrong(&[path, &[key]].concat(), format!("unknown key{meant}"));
            }
        }
        Some(object)
    }

    fn wrong(&mut self, path: &[&str], message: impl Into<String>) {
        let path: Vec<Step> = path
            .iter()
            .map(|key| Step::Key((*key).to_owned()))
            .collect();
        let (line, column) = position(self.json, &path, true);
        self.problems.push(Problem {
            path: written(&path),
            line,
            column,
            message: message.into(),
        });
    }
}

#[derive(Serialize)]
struct Form<'a> {
    schema: &'static str,
    levels: Meanings,
    items: Said<'a>,
}

/// What each level means, for whoever fills the form in by hand.
struct Meanings;

impl Serialize for Meanings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Level::ALL.map(|level| (level.name(), level.meaning())))
    }
}

/// All items in their order, with what was said of each.
struct Said<'a>(&'a Attestations);

#[derive(Serialize)]
struct SaidOfItem {
    section: &'static str,
    title: &'static str,
    level: Level,
    note: String,
}

impl Serialize for Said<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(ITEMS.iter().map(|item| {
            let Attestation { level, note } = self.0.of(item.name);
            let said = SaidOfItem {
                section: item.section.title(),
                title: item.title,
                level,
                note,
            };
            (item.name, said)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(json: &str) -> Vec<String> {
        let error = Attestations::from_json(json).unwrap_err();
        error.problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_empty_form_has_every_item_and_says_nothing() {
        let json = Attestations::default().to_json().unwrap();
        let value: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["schema"], CHECKLIST_SCHEMA);
        assert_eq!(value["items"].as_object().unwrap().len(), ITEMS.len());
        assert_eq!(value["items"]["rollback"]["level"], "not_done");
        let places = ITEMS.map(|item| json.find(&format!("\"{}\"", item.name)).unwrap());
        assert!(places.is_sorted(), "in the order of the sections");
        assert!(Attestations::from_json(&json).unwrap().is_empty());
    }

    #[test]
    fn what_was_said_reads_back() {
        let mut attested = Attestations::default();
        for (item, level) in ITEMS.iter().zip(Level::ALL.into_iter().cycle()) {
            let note = format!("“{}” \\ \"{}\"\n<b>", item.title, item.name);
            attested.set(item, Attestation { level, note });
        }
        let json = attested.to_json().unwrap();
        assert_eq!(Attestations::from_json(&json).unwrap(), attested);
        for item in &ITEMS {
            attested.set(item, Attestation::default());
        }
        assert_eq!(attested, Attestations::default());
    }

    #[test]
    fn all_that_is_wrong_is_said_with_its_place() {
        let json = r#"{
  "schema": "greenlight.checklist/1",
  "itmes": {},
  "items": {
    "rolback": {"level": "by_hand"},
    "canary": {"level": "by hand", "note": 3, "notes": ""},
    "privacy": {"level": 2},
    "quantum": {},
    "slices": "yes"
  }
}"#;
        let mut found = problems(json);
        found.sort();
        assert_eq!(
            found,
            [
                "line 3, column 3: itmes: unknown key; did you mean “items”?",
                "line 5, column 5: items.rolback: there is no such item; did you mean “rollback”?",
                "line 6, column 16: items.canary.level: there is no level “by hand”; did you mean “by_hand”?",
                "line 6, column 36: items.canary.note: a text in quotes is needed",
                "line 6, column 47: items.canary.notes: unknown key; did you mean “note”?",
                "line 7, column 17: items.privacy.level: one of not_done, by_hand, automated is needed, in quotes",
                "line 8, column 5: items.quantum: there is no such item; `greenlight checklist` prints all there are",
                "line 9, column 5: items.slices: an object is needed",
            ]
        );
    }

    #[test]
    fn another_document_is_refused() {
        for (json, expected) in [
            ("[]", "line 1, column 1: an object is needed"),
            (
                r#"{"schema": "greenlight.report/1", "items": {}}"#,
                "line 1, column 2: schema: a form of “greenlight.checklist/1” is needed; `greenlight checklist` prints an \
                 empty one",
            ),
            (
                r#"{"schema": "greenlight.checklist/1"}"#,
                "line 1, column 1: “items” is missing",
            ),
            (
                r#"{"schema": "greenlight.checklist/1", "items": []}"#,
                "line 1, column 38: items: an object with a key for each item is needed",
            ),
        ] {
            assert_eq!(problems(json), [expected], "{json}");
        }
        assert!(
            problems("{\n\"")
                .first()
                .unwrap()
                .starts_with("line 2, column 1")
        );
        assert_eq!(problems("{").len(), 1);
    }
}
