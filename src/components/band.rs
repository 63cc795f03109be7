//! How sure a chosen threshold is: asked for with a button, since it takes the engine a while.

use std::rc::Rc;

use greenlight_format as format;
use greenlight_metrics::Choice;
use greenlight_readiness::threshold_words::how_sure;
use yew::prelude::*;

use crate::engine::band::BandNews;
use crate::engine::client::Client;
use crate::session::Loaded;

/// The properties of [`Band`].
#[derive(Properties)]
pub struct Props {
    /// Whom to ask.
    pub engine: Client,
    /// The data and their judgement.
    pub loaded: Rc<Loaded>,
    /// How the threshold is chosen.
    pub choice: Choice,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        // Moving the threshold changes neither the rows nor what is best on them.
        Rc::ptr_eq(&self.loaded.table, &other.loaded.table) && self.choice == other.choice
    }
}

/// The button, how far it is, and the answer. Other data or another choice put the answer away.
#[component]
pub fn Band(props: &Props) -> Html {
    let news = use_state_eq(|| None::<BandNews>);
    let asked = (
        Rc::as_ptr(&props.loaded.table) as usize,
        Asked(props.choice),
    );
    // Which question the news are about: those of an earlier one are dropped.
    let question = use_mut_ref(|| 0_u32);
    use_effect_with(asked, {
        let (news, question) = (news.setter(), question.clone());
        move |_| {
            *question.borrow_mut() += 1;
            news.set(None);
        }
    });
    let ask = {
        let (engine, choice) = (props.engine.clone(), props.choice);
        let settings = props.loaded.profile.settings.clone();
        let news = news.setter();
        Callback::from(move |_: MouseEvent| {
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
    let said = match &*news {
        None | Some(BandNews::Stopped) => {
            return html! {
                <div class="band">
                    <button type="button" class="quiet" onclick={ask} data-testid="band-ask">
                        { "How sure is this threshold?…" }
                    </button>
                </div>
            };
        }
        Some(BandNews::Drawn { done, of }) => {
            let share = f64::from(*done) / f64::from((*of).max(1));
            html! {
                <p role="status" data-testid="band-progress">
                    { format!("Drawing samples of these rows: {}…", format::percent_to(share, 0)) }
                    <progress value={done.to_string()} max={of.to_string()} />
                </p>
            }
        }
        Some(BandNews::Found(None)) => html! {
            <p role="status" data-testid="band">
                { "These rows are too few, or too much alike, to say how sure it is." }
            </p>
        },
        Some(BandNews::Found(Some((point, band)))) => {
            let sentences = how_sure(&props.choice, point, band);
            html! {
                <div role="status" data-testid="band">
                    { for sentences.into_iter().map(|sentence| html! { <p>{ sentence }</p> }) }
                </div>
            }
        }
    };
    html! { <div class="band">{ said }</div> }
}

/// A choice that says when it has become another.
#[derive(PartialEq)]
struct Asked(Choice);
