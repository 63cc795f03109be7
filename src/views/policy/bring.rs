//! Policies from files and as files: a JSON of the team's own, and limits drawn from the last release's report.

use greenlight_readiness::policy::{Champion, Margins};
use greenlight_readiness::{Metric, Policy, title};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::limit;
use crate::components::FileField;
use crate::files::{as_text, download};
use crate::session::{Action, PolicyAction};
use crate::words::sentence;

/// The properties of [`Bring`].
#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    /// The policy in force.
    pub policy: std::rc::Rc<Policy>,
    /// More than two classes are judged.
    pub multiclass: bool,
    /// What needs no one but the page.
    pub act: Callback<Action>,
    /// Another policy is in force.
    pub on_kept: Callback<()>,
}

/// What was brought, and what is wrong with it.
#[derive(Clone, Default)]
struct Brought {
    json: String,
    champion: Option<Champion>,
    margins: Option<(String, String)>,
    policy_faults: Vec<String>,
    champion_fault: Option<String>,
    export_fault: Option<String>,
    kept: Option<String>,
}

/// Takes policies from JSON and from reports, and gives the one in force as JSON.
#[component]
pub fn Bring(props: &Props) -> Html {
    let brought = use_state(Brought::default);
    html! {
        <div class="bring">
            { export(props, &brought) }
            { import(props, &brought) }
            { champion(props, &brought) }
            <p class="aside" role="status" data-testid="policy-kept">
                { for brought.kept.as_ref().map(|name| format!("“{name}” judges now.")) }
            </p>
        </div>
    }
}

fn keep(props: &Props, brought: &UseStateHandle<Brought>, policy: Policy) {
    brought.set(Brought {
        kept: Some(policy.name.clone()),
        ..Brought::default()
    });
    props.act.emit(Action::Policy(PolicyAction::Keep(policy)));
    props.on_kept.emit(());
}

fn export(props: &Props, brought: &UseStateHandle<Brought>) -> Html {
    let (policy, brought_now) = (props.policy.clone(), brought.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let refused = |_| "this browser did not let the page offer a download".to_owned();
        let json = policy.to_json().map_err(|error| error.to_string());
        let name = format!("{}.policy.json", file_stem(&policy.name));
        let done =
            json.and_then(|json| download(&name, "application/json", &json).map_err(refused));
        brought_now.set(Brought {
            export_fault: done.err(),
            ..(*brought_now).clone()
        });
    });
    html! {
        <p>
            <button type="button" data-testid="policy-export" {onclick}>{ "Download this policy (JSON)" }</button>
            { for brought.export_fault.as_ref().map(|fault| html! { <span class="fail" role="alert">{ fault }</span> }) }
        </p>
    }
}

/// A name without what file systems keep for themselves.
fn file_stem(name: &str) -> String {
    let is_kept = |letter: char| letter.is_control() || "/\\:*?\"<>|".contains(letter);
    name.trim().replace(is_kept, "-")
}

fn import(props: &Props, brought: &UseStateHandle<Brought>) -> Html {
    let take = {
        let (props, brought) = (props.clone(), brought.clone());
        Callback::from(move |json: String| match Policy::from_json(&json) {
            Ok(policy) => keep(&props, &brought, policy),
            Err(error) => brought.set(Brought {
                json,
                policy_faults: error.problems.iter().map(ToString::to_string).collect(),
                ..(*brought).clone()
            }),
        })
    };
    let on_file = as_text(take.clone());
    let oninput = {
        let brought = brought.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                brought.set(Brought {
                    json: area.value(),
                    ..(*brought).clone()
                });
            }
        })
    };
    let json = brought.json.clone();
    let onclick = take.reform(move |_: MouseEvent| json.clone());
    html! {
        <details class="more">
            <summary>{ "Use a policy of your own (JSON)…" }</summary>
            <div class="bring-one">
                <FileField
                    name="policy-file"
                    label="From a file"
                    accept=".json,application/json"
                    described_by="policy-faults"
                    {on_file}
                />
                <label for="policy-json">{ "Or pasted" }</label>
                <textarea
                    id="policy-json"
                    rows="6"
                    data-testid="policy-json"
                    aria-describedby="policy-faults"
                    aria-invalid={(!brought.policy_faults.is_empty()).then_some("true")}
                    value={brought.json.clone()}
                    {oninput}
                />
                <div id="policy-faults">
                    if !brought.policy_faults.is_empty() {
                        <div class="fail" role="alert" data-testid="policy-faults">
                            <p>{ "This is not a policy yet; what was in force stays:" }</p>
                            <ul>{ for brought.policy_faults.iter().map(|fault| html! { <li>{ fault }</li> }) }</ul>
                        </div>
                    }
                </div>
                <p>
                    <button type="button" data-testid="policy-import" {onclick}>{ "Use this policy" }</button>
                </p>
            </div>
        </details>
    }
}

fn champion(props: &Props, brought: &UseStateHandle<Brought>) -> Html {
    let on_file = {
        let brought = brought.clone();
        as_text(Callback::from(move |json: String| {
            let read = Champion::from_json(&json).map_err(|error| error.to_string());
            brought.set(Brought {
                champion_fault: read.as_ref().err().cloned(),
                champion: read.ok(),
                ..(*brought).clone()
            });
        }))
    };
    html! {
        <details class="more">
            <summary>{ "No worse than the last release…" }</summary>
            <div class="bring-one">
                <FileField
                    name="champion-file"
                    label="The report of the last release (JSON), as “Download report” gives it"
                    accept=".json,application/json"
                    described_by="champion-fault"
                    {on_file}
                />
                <div id="champion-fault">
                    { for brought.champion_fault.as_ref().map(|fault| html! {
                        <p class="fail" role="alert" data-testid="champion-fault">{ sentence(fault) }</p>
                    }) }
                </div>
                { for brought.champion.as_ref().map(|champion| drawn(props, brought, champion)) }
            </div>
        </details>
    }
}

/// The margins, and what would be asked with them.
fn drawn(props: &Props, brought: &UseStateHandle<Brought>, champion: &Champion) -> Html {
    let usual = Margins::default();
    let usual = (
        limit::text_of(Metric::AccuracyGap, usual.share),
        limit::text_of(Metric::ErrorRate, usual.relative),
    );
    let (share, relative) = brought.margins.clone().unwrap_or(usual);
    let margins = limit::parsed(Metric::AccuracyGap, &share).and_then(|share| {
        let relative = limit::parsed(Metric::ErrorRate, &relative)?;
        Ok(Margins { share, relative })
    });
    let policy = margins.and_then(|margins| {
        let policy = champion.no_worse(margins);
        policy.map_err(|error| error.to_string())
    });
    let margin = |id: &'static str, label: &str, value: &str, is_share: bool| {
        let (brought, other) = (
            brought.clone(),
            if is_share {
                relative.clone()
            } else {
                share.clone()
            },
        );
        let oninput = Callback::from(move |event: InputEvent| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let margins = match is_share {
                true => (input.value(), other.clone()),
                false => (other.clone(), input.value()),
            };
            brought.set(Brought {
                margins: Some(margins),
                ..(*brought).clone()
            });
        });
        html! {
            <div class="entry">
                <label for={id}>{ label.to_owned() }</label>
                <input
                    type="text"
                    {id}
                    data-testid={id}
                    autocomplete="off"
                    aria-describedby="margin-note"
                    value={value.to_owned()}
                    {oninput}
                />
            </div>
        }
    };
    html! {
        <>
            <div class="ask-more">
                { margin("margin-share", "Shares may be lower by", &share, true) }
                { margin("margin-relative", "Latency and cost may be higher by", &relative, false) }
            </div>
            <div id="margin-note">
                { match policy {
                    Err(why) => html! { <p class="fail" role="alert">{ sentence(&why) }</p> },
                    Ok(policy) => preview(props, brought, policy),
                } }
            </div>
        </>
    }
}

fn preview(props: &Props, brought: &UseStateHandle<Brought>, policy: Policy) -> Html {
    let asked = policy.criteria.iter().map(|asked| {
        let limit = limit::text_of(asked.metric, asked.limit);
        let name = title(asked.metric, props.multiclass);
        html! { <li>{ format!("{name} {} {limit}", asked.operator.symbol()) }</li> }
    });
    let list = html! { <ul data-testid="champion-asks">{ for asked }</ul> };
    let description = policy.description.clone();
    let onclick = {
        let (props, brought) = (props.clone(), brought.clone());
        Callback::from(move |_: MouseEvent| keep(&props, &brought, policy.clone()))
    };
    html! {
        <>
            <p>{ description }</p>
            { list }
            <p><button type="button" data-testid="champion-use" {onclick}>{ "Ask for this" }</button></p>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_kept_under_its_name() {
        assert_eq!(file_stem(" our/fraud: \"2\" "), "our-fraud- -2-");
    }
}
