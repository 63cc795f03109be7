//! Policies from JSON that people have written: what is wrong, where, and what was probably meant.

mod monitoring;

use std::fmt;

use serde_json::{Map, Value};

use super::position::{Step, position, written};
use super::spelling::{did_you_mean, nearest};
use super::{DriftMethod, Metric, Policy, Unit};

/// Why a text is no policy: all that is wrong with it, in the order in which it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// What is wrong; at least one thing.
    pub problems: Vec<Problem>,
}

/// A thing that is wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, as `criteria[2].limit`; empty for the whole text.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl std::error::Error for PolicyError {}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(f, "{line_break}{problem}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            line,
            column,
            message,
        } = self;
        let colon = if path.is_empty() { "" } else { ": " };
        write!(f, "line {line}, column {column}: {path}{colon}{message}")
    }
}

impl Policy {
    /// The policy that a JSON text says.
    ///
    /// # Errors
    /// All that is wrong with it, each with its place.
    ///
    /// ```
    /// use greenlight_readiness::Policy;
    /// let json = Policy::spam().to_json()?.replacen("\"limit\"", "\"limti\"", 1);
    /// let error = Policy::from_json(&json).unwrap_err();
    /// assert_eq!(error.problems[0].path, "criteria[0].limti");
    /// assert_eq!(error.problems[0].message, "unknown key; did you mean “limit”?");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_json(json: &str) -> Result<Self, PolicyError> {
        let value: Value = serde_json::from_str(json).map_err(PolicyError::of_serde)?;
        let mut check = Check::default();
        check.policy(&value);
        if check.found.is_empty() {
            // What is left, such as a key that stands there twice.
            return serde_json::from_str(json).map_err(PolicyError::of_serde);
        }
        let mut problems: Vec<Problem> = Vec::new();
        for found in check.found {
            let (line, column) = position(json, &found.path, found.is_key);
            let problem = Problem {
                path: written(&found.path),
                line,
                column,
                message: found.message,
            };
            // There are few, and a sort would be more code.
            let place = problems.partition_point(|one| (one.line, one.column) <= (line, column));
            problems.insert(place, problem);
        }
        Err(PolicyError { problems })
    }

    /// Whether the policy can be kept as JSON and read back: names are there and unique, required evidence is among
    /// them, and each limit lies where its metric can.
    ///
    /// # Errors
    /// What [`Policy::from_json`] says of its JSON.
    ///
    /// ```
    /// use greenlight_readiness::Policy;
    /// let mut policy = Policy::fraud();
    /// policy.criteria[0].name = "caught".to_owned();
    /// let error = policy.check().unwrap_err();
    /// assert_eq!(error.problems[0].path, "required_evidence[1]");
    /// assert_eq!(error.problems[0].message, "no criterion is called “recall”");
    /// ```
    pub fn check(&self) -> Result<(), PolicyError> {
        let json = self.to_json().map_err(PolicyError::of_serde)?;
        Self::from_json(&json).map(drop)
    }
}

impl PolicyError {
    fn of_serde(error: serde_json::Error) -> Self {
        let (line, column) = (error.line().max(1), error.column().max(1));
        let message = error.to_string();
        // The place is said once.
        let message = match message.rsplit_once(" at line ") {
            Some((message, _)) => message.to_owned(),
            None => message,
        };
        Self {
            problems: vec![Problem {
                path: String::new(),
                line,
                column,
                message,
            }],
        }
    }
}

const POLICY_KEYS: [&str; 7] = [
    "name",
    "description",
    "minimum_rows",
    "criteria",
    "required_evidence",
    "drift",
    "monitoring",
];
const CRITERION_KEYS: [&str; 9] = [
    "name",
    "metric",
    "scope",
    "operator",
    "limit",
    "severity",
    "minimum_rows",
    "if_measured",
    "why",
];
const OPERATORS: [&str; 4] = [">=", ">", "<=", "<"];
const SEVERITIES: [&str; 2] = ["must", "should"];
const SCOPES: [&str; 3] = ["current", "reference", "overall"];
const NAMED_SCOPES: [&str; 3] = ["split", "segment", "model"];

struct Found {
    path: Vec<Step>,
    is_key: bool,
    message: String,
}

/// Walks down the value and remembers the way.
#[derive(Default)]
struct Check {
    path: Vec<Step>,
    found: Vec<Found>,
}

impl Check {
    fn policy(&mut self, value: &Value) {
        let Some(policy) = self.object(value, &POLICY_KEYS, &["name", "criteria"]) else {
            return;
        };
        self.name(policy);
        self.at(policy, "description", Self::string);
        self.at(policy, "minimum_rows", Self::count);
        let mut names: Vec<&str> = Vec::new();
        self.at(policy, "criteria", |check, value| {
            if value.as_array().is_some_and(Vec::is_empty) {
                check.wrong("a policy asks for something: there is no criterion");
            }
            names = check.named(value, "criteria", Self::criterion);
        });
        self.at(policy, "drift", Self::drift);
        self.at(policy, "monitoring", |check, value| {
            check.named(value, "monitoring", Self::rule);
        });
        self.at(policy, "required_evidence", |check, value| {
            for (index, name) in check.list(value).iter().enumerate() {
                check.step(Step::Item(index), |check| {
                    check.string(name);
                    if let Some(name) = name.as_str().filter(|name| !names.contains(name)) {
                        let meant = did_you_mean(name, names.iter().copied());
                        check.wrong(format!("no criterion is called “{name}”{meant}"));
                    }
                });
            }
        });
    }

    /// Looks at each item of the list of this key; the names, which are unique.
    fn named<'v>(
        &mut self,
        value: &'v Value,
        key: &str,
        look: fn(&mut Self, &Value),
    ) -> Vec<&'v str> {
        let mut names: Vec<&str> = Vec::new();
        for (index, item) in self.list(value).iter().enumerate() {
            self.step(Step::Item(index), |check| look(check, item));
            let Some(name) = item.get("name").and_then(Value::as_str) else {
                continue;
            };
            if let Some(first) = names.iter().position(|known| *known == name) {
                let message =
                    format!("{key}[{first}] is called “{name}” as well; names are unique");
                let steps = [Step::Item(index), Step::Key("name".to_owned())];
                self.path.extend(steps);
                self.wrong(message);
                self.path.truncate(self.path.len() - 2);
            }
            names.push(name);
        }
        names
    }

    fn drift(&mut self, value: &Value) {
        let Some(drift) = self.object(value, &["method", "limit"], &["limit"]) else {
            return;
        };
        self.at(drift, "method", |check, value| {
            check.one_of(value, "method", &DriftMethod::ALL.map(DriftMethod::name));
        });
        self.at(drift, "limit", |check, value| match value.as_f64() {
            None => check.wrong_type("a number", value),
            Some(limit) if limit < 0.0 => check.wrong("no method gives less than 0"),
            Some(_) => {}
        });
    }

    fn criterion(&mut self, value: &Value) {
        let required = ["name", "metric", "operator", "limit", "severity"];
        let Some(criterion) = self.object(value, &CRITERION_KEYS, &required) else {
            return;
        };
        self.name(criterion);
        let names: Vec<&str> = Metric::ALL.iter().map(|metric| metric.name()).collect();
        self.at(criterion, "metric", |check, value| {
            check.one_of(value, "metric", &names);
        });
        self.at(criterion, "operator", |check, value| {
            check.one_of(value, "operator", &OPERATORS);
        });
        self.at(criterion, "severity", |check, value| {
            check.one_of(value, "severity", &SEVERITIES);
        });
        self.at(criterion, "scope", Self::scope);
        self.at(criterion, "minimum_rows", Self::count);
        self.at(criterion, "why", Self::string);
        self.at(criterion, "if_measured", |check, value| {
            if !value.is_boolean() {
                check.wrong_type("true or false", value);
            }
        });
        let metric = criterion.get("metric").and_then(Value::as_str);
        let metric = Metric::ALL.iter().find(|one| Some(one.name()) == metric);
        let metric = metric.map(|&metric| (metric.name(), metric));
        self.limit(criterion, metric);
    }

    /// The limit of a number that is called so and lies and is written as a metric.
    fn limit(&mut self, object: &Map<String, Value>, like: Option<(&str, Metric)>) {
        let operator = object.get("operator").and_then(Value::as_str);
        self.at(object, "limit", |check, value| match value.as_f64() {
            None => check.wrong_type("a number", value),
            Some(limit) => {
                if let (Some((name, like)), Some(operator)) = (like, operator)
                    && let Some(message) = impossible(name, like, operator, limit)
                {
                    check.wrong(message);
                }
            }
        });
    }

    fn scope(&mut self, value: &Value) {
        if value.is_string() {
            return self.one_of(value, "scope", &SCOPES);
        }
        if !value.is_object() {
            return self.wrong_type("current, reference, overall or {\"split\": NAME}", value);
        }
        let Some(scope) = self.object(value, &NAMED_SCOPES, &[]) else {
            return;
        };
        if scope.len() != 1 {
            self.wrong("one of split, segment and model is needed");
        }
        self.at(scope, "split", Self::string);
        self.at(scope, "model", Self::string);
        self.at(scope, "segment", |check, value| {
            if let Some(segment) = check.object(value, &["column", "value"], &["column", "value"]) {
                check.at(segment, "column", Self::string);
                check.at(segment, "value", Self::string);
            }
        });
    }

    /// The object, whose keys are all known and among which are the required ones.
    fn object<'v>(
        &mut self,
        value: &'v Value,
        known: &[&str],
        required: &[&str],
    ) -> Option<&'v Map<String, Value>> {
        let Some(object) = value.as_object() else {
            self.wrong_type("an object", value);
            return None;
        };
        let mut meant = Vec::new();
        for key in object.keys() {
            if !known.contains(&key.as_str()) {
                meant.extend(nearest(key, known.iter().copied()));
                let question = did_you_mean(key, known.iter().copied());
                self.path.push(Step::Key(key.clone()));
                self.add(true, format!("unknown key{question}"));
                self.path.pop();
            }
        }
        for key in required {
            if !object.contains_key(*key) && !meant.contains(key) {
                self.wrong(format!("“{key}” is missing"));
            }
        }
        Some(object)
    }

    fn list<'v>(&mut self, value: &'v Value) -> &'v [Value] {
        match value {
            Value::Array(items) => items,
            _ => {
                self.wrong_type("a list", value);
                &[]
            }
        }
    }

    fn name(&mut self, object: &Map<String, Value>) {
        self.at(object, "name", |check, value| {
            check.string(value);
            if value.as_str().is_some_and(|name| name.trim().is_empty()) {
                check.wrong("a name is needed");
            }
        });
    }

    fn string(&mut self, value: &Value) {
        if !value.is_string() {
            self.wrong_type("a text in quotes", value);
        }
    }

    fn count(&mut self, value: &Value) {
        if !value.is_u64() {
            self.wrong_type("a whole number from 0", value);
        }
    }

    fn one_of(&mut self, value: &Value, what: &str, known: &[&str]) {
        let Some(text) = value.as_str() else {
            return self.wrong_type(&format!("one of {}", known.join(", ")), value);
        };
        if !known.contains(&text) {
            let meant = did_you_mean(text, known.iter().copied());
            let which = match meant.is_empty() {
                true => format!("; there are {}", known.join(", ")),
                false => meant,
            };
            self.wrong(format!("there is no {what} “{text}”{which}"));
        }
    }

    /// Looks at the value of a key, where there is one.
    fn at<'v>(
        &mut self,
        object: &'v Map<String, Value>,
        key: &str,
        look: impl FnOnce(&mut Self, &'v Value),
    ) {
        if let Some(value) = object.get(key) {
            self.step(Step::Key(key.to_owned()), |check| look(check, value));
        }
    }

    fn step(&mut self, step: Step, look: impl FnOnce(&mut Self)) {
        self.path.push(step);
        look(self);
        self.path.pop();
    }

    fn wrong(&mut self, message: impl Into<String>) {
        self.add(false, message.into());
    }

    fn wrong_type(&mut self, expected: &str, value: &Value) {
        let shown = match value {
            Value::Object(_) => "an object".to_owned(),
            Value::Array(_) => "a list".to_owned(),
            other => other.to_string(),
        };
        self.wrong(format!("{expected} is needed, not {shown}"));
    }

    fn add(&mut self, is_key: bool, message: String) {
        self.found.push(Found {
            path: self.path.clone(),
            is_key,
            message,
        });
    }
}

/// Why a limit can never be met, or always is.
fn impossible(name: &str, like: Metric, operator: &str, limit: f64) -> Option<String> {
    let (low, high) = like.range();
    let beyond = match operator {
        ">" => limit >= high,
        "<" => limit <= low,
        _ => false,
    };
    if !beyond && (low..=high).contains(&limit) {
        return None;
    }
    let lies = match high.is_finite() {
        true => format!("{name} lies between {low} and {high}"),
        false => format!("{name} is {low} or more"),
    };
    let is_percent = matches!(like.unit(), Unit::Share | Unit::Points | Unit::Fall);
    let meant = match is_percent && limit > 1.0 && limit <= 100.0 {
        true => format!("; did you mean {}?", limit / 100.0),
        false => String::new(),
    };
    Some(format!(
        "“{operator} {limit}” would always hold, or never: {lies}{meant}"
    ))
}
