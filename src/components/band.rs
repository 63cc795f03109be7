//! How sure a chosen threshold is: asked for with a button, since it takes the engine a while.

use std::rc::Rc;

use greenlight_format as format;
use greenlight_metrics::{Choice, ThresholdBand, ThresholdPoint};
use greenlight_readiness::Settings;
use greenlight_readiness::threshold_words::{Chosen, how_sure};
use yew::prelude::*;

use crate::engine::band::BandNews;
use crate::engine::client::Client;
use crate::session::Loaded;
use crate::words::split;

/// The properties of [`Band`].
#[derive(Properties)]
pub struct Props {
    /// Whom to ask.
    pub engine: Client,
    /// The data and their judgement.
    pub loaded: Rc<Loaded>,
    /// How the threshold is chosen.
    pub choice: Choice,
    /// What costs are counted in.
    pub currency: AttrValue,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        self.question() == other.question() && self.currency == other.currency
    }
}

impl Props {
    /// What is asked. Moving the threshold changes neither the rows nor what is best on them.
    fn question(&self) -> Question {
        Question {
            table: Rc::as_ptr(&self.loaded.table) as usize,
            settings: self.loaded.given.settings.clone(),
            choice: self.choice,
        }
    }
}

/// The button, how far it is, and the answer. Other data or another choice put the answer away.
#[component]
pub fn Band(props: &Props) -> Html {
    let news = use_state_eq(|| None::<BandNews>);
    // Which question the news are about: those of an earlier one are dropped.
    let question = use_mut_ref(|| 0_u32);
    use_effect_with(props.question(), {
        let (news, question) = (news.setter(), question.clone());
        move |_| {
            *question.borrow_mut() += 1;
            news.set(None);
        }
    });
    let is_open = !matches!(*news, None | Some(BandNews::Stopped));
    let toggle = {
        let (engine, choice) = (props.engine.clone(), props.choice);
        let settings = props.loaded.given.settings.clone();
        let news = news.setter();
        Callback::from(move |_: MouseEvent| {
            *question.borrow_mut() += 1;
            if is_open {
                news.set(None);
                return;
            }
            let (news, question) = (news.clone(), question.clone());
            let number = *question.borrow();
            news.set(Some(BandNews::Drawn { done: 0, of: 1 }));
            let to = Callback::from(move |heard| {
                if *question.borrow() == number {
                    news.set(Some(heard));
                }
            });
            engine.band(choice, settings.clone(), to);
        })
    };
    html! {
        <div class="band">
            <button
                type="button"
                class="quiet discloses"
                aria-expanded={is_open.to_string()}
                onclick={toggle}
                data-testid="band-ask"
            >
                { "How sure is this threshold?" }
            </button>
            if let Some(BandNews::Drawn { done, of }) = &*news {
                { progress(*done, *of) }
            }
            <div role="status" data-testid="band">
                if let Some(BandNews::Found(found)) = &*news {
                    { answer(props, found.as_ref()) }
                }
            </div>
        </div>
    }
}

fn progress(done: u32, of: u32) -> Html {
    let share = f64::from(done) / f64::from(of.max(1));
    html! {
        <p data-testid="band-progress">
            { format!("Drawing samples of these rows: {}", format::percent_to(share, 0)) }
            <progress value={done.to_string()} max={of.to_string()} />
        </p>
    }
}

fn answer(props: &Props, found: Option<&(ThresholdPoint, ThresholdBand)>) -> Html {
    let sentences = match found {
        None => {
            vec!["These rows are too few, or too much alike, to say how sure it is.".to_owned()]
        }
        Some((point, band)) => {
            let thresholds = props.loaded.given.thresholds.as_ref();
            let chosen_on = thresholds.and_then(|best| best.chosen_on.as_deref());
            let seen_on = thresholds.and_then(|best| best.seen_on.as_deref());
            let [on, seen_on] = [chosen_on, seen_on].map(split);
            let counts = thresholds.and_then(|best| best.seen(point));
            let chosen = Chosen {
                on: &on,
                seen: counts.as_ref().map(|counts| (seen_on.as_str(), counts)),
                currency: &props.currency,
            };
            how_sure(&props.choice, point, band, &chosen)
        }
    };
    sentences
        .into_iter()
        .map(|sentence| html! { <p>{ sentence }</p> })
        .collect()
}

/// Which rows are asked about, and which choice on them.
#[derive(PartialEq)]
struct Question {
    table: usize,
    settings: Settings,
    choice: Choice,
}
