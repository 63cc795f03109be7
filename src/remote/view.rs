//! What is going on with the data that a link names: a question, how far it is, or what is wrong.

use std::rc::Rc;

use greenlight_format as format;
use greenlight_readiness::Policy;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;
use yew::prelude::*;

use super::fetching::{self, Arrived};
use super::plan::{Address, Asked, Plan};
use super::trouble::{Trouble, Wanted};
use super::watch::Watch;
use crate::context::Context;
use crate::input::{Input, Turn};
use crate::session::{Action, PolicyAction};

/// The most that is fetched from a link.
const MOST_DATA: u64 = 2_000_000_000;
/// No policy is as long.
const MOST_POLICY: u64 = 1_000_000;

/// The properties of [`RemoteData`].
#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
}

#[derive(Clone)]
enum Stage {
    Planned,
    Fetching(Watch, String, Arrived),
    Failed(String),
    Done,
}

impl Stage {
    fn name(&self, plan: &Plan) -> &'static str {
        match (self, plan) {
            (Self::Planned, Plan::Confirm(_)) => "asking",
            (Self::Planned, Plan::Elsewhere(_)) => "elsewhere",
            (Self::Planned, Plan::Refuse(_)) => "refused",
            (Self::Planned, _) => "planned",
            (Self::Fetching(..), _) => "fetching",
            (Self::Failed(_), _) => "failed",
            (Self::Done, _) => "done",
        }
    }
}

/// Fetches what the address of the page names, as far as it may, and says how that goes.
#[component]
pub fn RemoteData(props: &Props) -> Html {
    let planned = use_memo((), |()| super::of_page());
    let (asked, plan) = &*planned;
    let stage = use_state(|| Stage::Planned);
    let begin = {
        let (planned, stage, context) =
            (Rc::clone(&planned), stage.setter(), props.context.clone());
        use_callback((), move |(), ()| {
            let (planned, stage, context) = (Rc::clone(&planned), stage.clone(), context.clone());
            spawn_local(async move {
                stage.set(match fetch_all(&planned.0, &context, &stage).await {
                    Ok(()) => Stage::Done,
                    Err(why) => Stage::Failed(why),
                });
            });
        })
    };
    {
        let (begin, is_at_once) = (begin.clone(), *plan == Plan::Fetch);
        use_effect_with((), move |()| {
            if is_at_once {
                begin.emit(());
            }
        });
    }
    let body = match (&*stage, plan) {
        (Stage::Planned, Plan::Confirm(hosts)) => question(hosts, asked, &begin),
        (Stage::Planned, Plan::Elsewhere(hosts)) => elsewhere(hosts),
        (Stage::Planned, Plan::Refuse(why)) => html! { <p role="alert">{ format!("{why}.") }</p> },
        (Stage::Fetching(watch, name, arrived), _) => progress(watch, name, *arrived),
        (Stage::Failed(why), _) => html! {
            <>
                <p role="alert">{ format!("{why}.") }</p>
                <button type="button" data-testid="remote-again" onclick={begin.reform(|_: MouseEvent| ())}>
                    { "Try again" }
                </button>
            </>
        },
        _ => return Html::default(),
    };
    html! {
        <section class="remote" aria-label="Data from a link" data-testid="remote" data-state={stage.name(plan)}>
            { body }
        </section>
    }
}

/// One sentence that names the hosts, and one click.
fn question(hosts: &[String], asked: &Asked, begin: &Callback<()>) -> Html {
    let names: Vec<String> = asked.addresses().map(Address::file_name).collect();
    html! {
        <>
            <p>
                { "This link asks the page to fetch " }
                <strong>{ listed(&names) }</strong>
                { " from " }
                <strong data-testid="remote-hosts">{ listed(hosts) }</strong>
                { format!(
                    ". {} that someone at your internet address asked, and nothing else. What comes stays in this tab.",
                    if hosts.len() == 1 { "That host learns" } else { "Those hosts learn" }
                ) }
            </p>
            <button type="button" class="primary" data-testid="remote-fetch" onclick={begin.reform(|_: MouseEvent| ())}>
                { "Fetch" }
            </button>
        </>
    }
}

/// The same app on a page that may connect to other hosts.
fn elsewhere(hosts: &[String]) -> Html {
    let query = super::query_of_page();
    html! {
        <p>
            { format!("This link names data on {}, and this page connects to its own host alone. ", listed(hosts)) }
            <a href={format!("remote.html{query}")} data-testid="remote-link">
                { "Open it on the page that may ask other hosts" }
            </a>
            { ", which asks you first." }
        </p>
    }
}

fn progress(watch: &Watch, name: &str, arrived: Arrived) -> Html {
    let watch = watch.clone();
    let onclick = Callback::from(move |_: MouseEvent| watch.end(Trouble::Stopped));
    let here = format::bytes(arrived.bytes);
    let how_far = match arrived.of {
        Some(of) => format!("{here} of {}", format::bytes(of)),
        None => here,
    };
    html! {
        <>
            <p>{ "Fetching " }<span class="source">{ name }</span>{ format!(": {how_far}") }</p>
            <progress
                max={arrived.of.map(|of| of.to_string())}
                value={arrived.of.map(|_| arrived.bytes.to_string())}
                aria-label={format!("Fetching {name}")}
            />
            <button type="button" class="quiet" data-testid="remote-cancel" {onclick}>{ "Cancel" }</button>
        </>
    }
}

/// Fetches everything, then puts the policy in force and opens the files.
async fn fetch_all(
    asked: &Asked,
    context: &Context,
    stage: &UseStateSetter<Stage>,
) -> Result<(), String> {
    let watch = Watch::begin().ok_or("This browser cannot fetch what a link names")?;
    let turn = Turn::next();
    let own = gloo::utils::window().location().origin();
    let own = own.unwrap_or_default();
    let fetch = async |address: &Address, limit: u64| {
        let (name, is_own) = (address.file_name(), address.origin == own);
        let show = |arrived| stage.set(Stage::Fetching(watch.clone(), name.clone(), arrived));
        show(Arrived::default());
        let fetched = fetching::fetch(address, is_own, limit, &watch, show).await;
        fetched.map_err(|trouble| {
            trouble.words(Wanted {
                name: &name,
                host: &address.host,
                is_own,
            })
        })
    };
    let mut policy = None;
    for address in &asked.policies {
        policy = Some(read_policy(fetch(address, MOST_POLICY).await?).await?);
    }
    let mut files = Vec::with_capacity(asked.data.len());
    for address in &asked.data {
        files.push(fetch(address, MOST_DATA).await?);
    }
    if let Some(policy) = policy {
        let keep = Action::Policy(PolicyAction::Keep(policy));
        context.act.emit(keep);
    }
    if !files.is_empty() && turn.is_latest() {
        context.open.emit(Input::Files(files));
    }
    Ok(())
}

async fn read_policy(file: File) -> Result<Policy, String> {
    let name = file.name();
    let text = JsFuture::from(file.text()).await;
    let text = text.ok().and_then(|text| text.as_string());
    Policy::from_json(&text.unwrap_or_default()).map_err(|error| {
        let problems: Vec<String> = error.problems.iter().map(ToString::to_string).collect();
        format!("“{name}” is no policy: {}", problems.join("; "))
    })
}

/// `a`, `a and b`, `a, b and c`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_one_says_them() {
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(listed(&names[..1]), "a");
        assert_eq!(listed(&names[..2]), "a and b");
        assert_eq!(listed(&names), "a, b and c");
    }
}
