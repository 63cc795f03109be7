//! A rule over time: how it stands, and what can be changed about it.

use greenlight_readiness::monitoring::{
    FalseAlarms, MonitoringRule, Over, RuleOutcome, RuleState, Watched,
};
use greenlight_readiness::monitoring_words::{self, RuleWords};
use greenlight_readiness::{Outcome, Profile};
use yew::prelude::*;

use super::changes;
use crate::components::sign;
use crate::views::policy::changes::{Change, OPERATORS};
use crate::views::policy::criterion::{operator_words, symbol};
use crate::views::policy::drafts::{self, Part};
use crate::views::policy::editor::{Editor, Place, option};
use crate::views::policy::limit;
use crate::words;

/// What a card shows.
pub struct Card<'a> {
    pub editor: &'a Editor,
    /// Its place among the rules.
    pub index: usize,
    pub state: &'a RuleState,
    /// What it would have done on the reference, once all windows were seen.
    pub false_alarms: Option<&'a Result<FalseAlarms, String>>,
    pub profile: &'a Profile,
    pub is_chosen: bool,
    /// Why other views say otherwise of the same number.
    pub elsewhere: Html,
    /// Chooses it for the picture.
    pub choose: Callback<()>,
}

impl Card<'_> {
    pub fn view(&self) -> Html {
        let rule = &self.state.rule;
        let said = RuleWords::of(self.state, self.profile);
        let outcome = outcome(said.outcome);
        html! {
            <li
                class={classes!("rule", self.is_chosen.then_some("chosen"))}
                key={self.index}
                data-testid={format!("rule-{}", rule.name)}
                data-state={said.outcome.name()}
            >
                <div class="rule-head">
                    <label class="rule-choice">
                        <input
                            type="radio"
                            name="rule-shown"
                            data-testid={format!("rule-show-{}", rule.name)}
                            checked={self.is_chosen}
                            onchange={self.choose.reform(|_: Event| ())}
                        />
                        <strong>{ &said.title }</strong>
                    </label>
                    <span class={classes!("outcome", words::outcome_class(outcome))}>
                        { sign(outcome) }
                        { in_a_word(said.outcome) }
                    </span>
                </div>
                <p>{ &said.finding }</p>
                { for said.remarks.iter().map(|remark| html! { <p class="aside">{ remark }</p> }) }
                { self.elsewhere.clone() }
                { for self.false_alarms.map(|found| self.on_reference(found)) }
                <details class="more">
                    <summary>{ "Change this rule" }</summary>
                    { self.controls() }
                </details>
            </li>
        }
    }

    /// What it would have done where all was well, and the limit that would have been silent.
    fn on_reference(&self, found: &Result<FalseAlarms, String>) -> Html {
        let rule = &self.state.rule;
        let windows = self.profile.windows();
        let has_reference = windows.is_some_and(|windows| !windows.reference.is_empty());
        if !has_reference || rule.over == Over::Rows {
            return html! {};
        }
        let silent = found.as_ref().ok().and_then(|found| found.silent_limit);
        let silent = silent.map(|silent| {
            let text = limit::text_of(rule.metric.like(), silent);
            let (editor, index) = (self.editor.clone(), self.index);
            let (limit, id) = (text.clone(), Part::Rule(index).path("limit"));
            let onclick = Callback::from(move |_: MouseEvent| {
                editor.alter(changes::set_limit, index, &limit, id.clone());
            });
            html! {
                <button
                    type="button"
                    class="quiet"
                    data-testid={format!("rule-silent-{}", rule.name)}
                    {onclick}
                >
                    { format!("Set the limit to {text}") }
                </button>
            }
        });
        html! {
            <p class="aside">
                { monitoring_words::false_alarms(rule, found) }
                { " " }
                { for silent }
            </p>
        }
    }

    fn controls(&self) -> Html {
        let (editor, rule) = (self.editor, &self.state.rule);
        let part = Part::Rule(self.index);
        let place = |key, label, change: Change| Place {
            key,
            part,
            label,
            change,
        };
        let operators = OPERATORS.map(|operator| (symbol(operator), operator_words(operator)));
        let limit = limit::text_of(rule.metric.like(), rule.limit);
        let taken_for = format!("= {limit}");
        html! {
            <div class="ask-more">
                { editor.select_of(
                    place("metric", "Number", changes::set_metric),
                    changes::text_of(rule.metric, rule.feature.as_deref()),
                    |chosen| options(chosen, self.profile, Some(rule)),
                ) }
                { editor.select(place("operator", "Has to be", changes::set_operator), symbol(rule.operator), &operators) }
                { editor.text(place("limit", "Limit", changes::set_limit), limit, Some(taken_for)) }
                if rule.over == Over::Windows {
                    { editor.text(
                        place("minimum_rows", "Least rows of a window", changes::set_least_rows),
                        rule.minimum_rows.map_or_else(String::new, |rows| rows.to_string()),
                        None,
                    ) }
                }
                { editor.text(place("name", "Name in the report", changes::set_name), rule.name.clone(), None) }
                { editor.long_text(place("why", "Why this limit", changes::set_why), rule.why.clone().unwrap_or_default()) }
                { self.remove() }
            </div>
        }
    }

    fn remove(&self) -> Html {
        let (editor, index) = (self.editor.clone(), self.index);
        let onclick = Callback::from(move |_: MouseEvent| {
            let part = Part::Rule(index);
            editor.drafts.set(drafts::without(&editor.drafts, part));
            editor.alter(changes::remove, index, "", "rules".to_owned());
        });
        let name = &self.state.rule.name;
        html! {
            <button type="button" class="quiet" data-testid={format!("rule-remove-{name}")} {onclick}>
                { "Remove" }
                <span class="visually-hidden">{ format!(" {name}") }</span>
            </button>
        }
    }
}

/// Every number that can be watched, those of features by name.
pub fn options(chosen: &str, profile: &Profile, rule: Option<&MonitoringRule>) -> Html {
    let of_over = |over: Over| {
        let watched = Watched::all().filter(move |watched| watched.over() == over);
        let plain = watched.filter(|watched| *watched != Watched::FeaturePsi);
        plain.map(move |watched| {
            let words = monitoring_words::number(watched, None);
            option(watched.name(), &words, chosen)
        })
    };
    let roles = &profile.roles;
    let mut features: Vec<&String> = roles.features.iter().chain(&roles.segments).collect();
    // One that these data lack stays what it is.
    let own = rule.and_then(|rule| rule.feature.as_ref());
    features.extend(own.filter(|own| !features.contains(own)));
    let of_feature = |feature: &&String| {
        let watched = Watched::FeaturePsi;
        let words = monitoring_words::number(watched, Some(feature));
        option(&changes::text_of(watched, Some(feature)), &words, chosen)
    };
    html! {
        <>
            <optgroup label="Of each window">{ for of_over(Over::Windows) }</optgroup>
            <optgroup label="Of each row">{ for of_over(Over::Rows) }</optgroup>
            if !features.is_empty() {
                <optgroup label="Drift of a feature">{ for features.iter().map(of_feature) }</optgroup>
            }
        </>
    }
}

fn outcome(outcome: RuleOutcome) -> Outcome {
    match outcome {
        RuleOutcome::Raised => Outcome::Fail,
        RuleOutcome::Silent => Outcome::Pass,
        RuleOutcome::NoEvidence => Outcome::NoEvidence,
    }
}

fn in_a_word(outcome: RuleOutcome) -> &'static str {
    match outcome {
        RuleOutcome::Raised => "alert",
        RuleOutcome::Silent => "silent",
        RuleOutcome::NoEvidence => "nothing to look at",
    }
}
