//! What is wrong with a rule that watches a number over time.

use serde_json::Value;

use super::{Check, OPERATORS};
use crate::monitoring::{Over, Watched};

const RULE_KEYS: [&str; 8] = [
    "name",
    "metric",
    "feature",
    "over",
    "operator",
    "limit",
    "minimum_rows",
    "why",
];

impl Check {
    pub(super) fn rule(&mut self, value: &Value) {
        let required = ["name", "metric", "operator", "limit"];
        let Some(rule) = self.object(value, &RULE_KEYS, &required) else {
            return;
        };
        self.name(rule);
        let names: Vec<&str> = Watched::all().map(Watched::name).collect();
        self.at(rule, "metric", |check, value| {
            check.one_of(value, "metric", &names);
        });
        let text = |key: &str| rule.get(key).and_then(Value::as_str);
        let watched = text("metric").and_then(Watched::named);
        match rule.get("over") {
            None => self.over(watched, Over::default()),
            Some(_) => self.at(rule, "over", |check, value| {
                check.one_of(value, "over", &Over::ALL.map(Over::name));
                let written = value.as_str();
                if let Some(over) = Over::ALL
                    .into_iter()
                    .find(|over| Some(over.name()) == written)
                {
                    check.over(watched, over);
                }
            }),
        }
        self.at(rule, "feature", Self::string);
        let has_feature = rule.contains_key("feature");
        match watched {
            Some(Watched::FeaturePsi) if !has_feature => {
                self.wrong("“feature” is missing: the column whose drift is watched");
            }
            Some(watched) if watched != Watched::FeaturePsi && has_feature => {
                self.at(rule, "feature", |check, _| {
                    check.wrong(format!("{} is not of a feature", watched.name()));
                })
            }
            _ => {}
        }
        self.at(rule, "operator", |check, value| {
            check.one_of(value, "operator", &OPERATORS);
        });
        self.limit(
            rule,
            watched.map(|watched| (watched.name(), watched.like())),
        );
        self.at(rule, "minimum_rows", Self::count);
        self.at(rule, "why", Self::string);
    }

    /// Whether that is what there is the number of.
    fn over(&mut self, watched: Option<Watched>, over: Over) {
        if let Some(watched) = watched.filter(|watched| watched.over() != over) {
            let (name, rightly, over) = (watched.name(), watched.over().name(), over.name());
            self.wrong(format!(
                "{name} is a number of {rightly}, not of {over}: write \"over\": \"{rightly}\""
            ));
        }
    }
}
