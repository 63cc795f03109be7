//! Whether the model stays as good: any number from window to window, what to expect where labels are missing, answers to the same id, and
//! models beside each other.

mod estimate;
mod models;
mod over_time;
mod repeats;

use std::rc::Rc;

use yew::prelude::*;

use crate::context::Context;
use crate::session::Loaded;

use over_time::OverTime;

/// The properties of [`StabilityView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// The data and its judgement.
    pub loaded: Rc<Loaded>,
}

/// Whether the model stays as good.
#[component]
pub fn StabilityView(Props { context, loaded }: &Props) -> Html {
    html! {
        <section class="view stability" data-testid="stability">
            <OverTime context={context.clone()} loaded={loaded.clone()} />
            { estimate::estimate(loaded) }
            { repeats::repeats(loaded) }
            { models::models(context, loaded) }
            { method() }
        </section>
    }
}

fn method() -> Html {
    html! {
        <details class="method">
            <summary>{ "How is this computed?" }</summary>
            <p>
                { "Windows begin at midnight of the time zone, weeks on Monday; their length is chosen so that there are 10 to 60, unless \
                   you choose it in the Data view. Hollow points are windows in which the data begin or end, or with fewer than 30 rows: they are \
                   shown and not judged. The band is the 95 % interval of each window." }
            </p>
            <p>
                { "The slope is Theil and Sen’s: the median of the slopes between all pairs of windows, which a few odd windows hardly move; \
                   whether it is more than chance is asked by Mann and Kendall’s test. A change is where splitting the series in two explains \
                   most; it is told only where fewer than 5 % of series without a change would show one as strong." }
            </p>
            <p>
                { "The worst of many windows is bad by chance alone. It fails its limit only where its interval, at a level corrected for the \
                   number of windows, lies wholly beyond; a window that is worse than the limit otherwise is at risk." }
            </p>
            <p>
                { "What to expect without labels adds up the scores themselves: of ten rows with a score of 0.8 eight should be positive \
                   (confidence-based performance estimation). Scores are first brought to what they were worth on the reference where that \
                   makes them better on rows it has not seen." }
            </p>
        </details>
    }
}
