//! One number with its name, its interval and its full value.

use greenlight_format as format;
use greenlight_metrics::Interval;
use yew::prelude::*;

use crate::words::Term;

/// The properties of [`Metric`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the number is.
    pub term: Term,
    /// The number; `None` where it is undefined.
    pub value: Option<f64>,
    /// Its 95 % interval.
    #[prop_or_default]
    pub interval: Option<Interval>,
    /// Why it is undefined.
    #[prop_or_default]
    pub why: Option<AttrValue>,
    /// What stands before it where it is not exact yet.
    #[prop_or_default]
    pub about: &'static str,
}

/// One number with its name; the term is explained one click away.
#[component]
pub fn Metric(
    Props {
        term,
        value,
        interval,
        why,
        about,
    }: &Props,
) -> Html {
    let shown = value.map_or_else(format::undefined, |value| match term.is_share() {
        true => format::percent(value),
        false => format::significant(value, 3),
    });
    html! {
        <div class="metric">
            <dt>
                <details class="term">
                    <summary>{ term.title() }</summary>
                    <p>{ term.explanation() }</p>
                    <p class="formula">{ term.formula() }</p>
                </details>
            </dt>
            <dd
                class="value"
                data-testid={format!("metric-{}", term.name())}
                data-value={value.map(|value| value.to_string())}
                title={value.map(|value| format!("{about}{}", format::exact(value)))}
            >
                { about }
                { shown }
            </dd>
            if let Some(Interval { low, high }) = *interval {
                <dd class="interval">
                    <span class="visually-hidden">{ "95 % interval " }</span>
                    { about }
                    { match term.is_share() {
                        true => format::percent_interval(low, high),
                        false => format!(
                            "{} to {about}{}",
                            format::significant(low, 3),
                            format::significant(high, 3),
                        ),
                    } }
                </dd>
            }
            if let (None, Some(why)) = (value, why) {
                <dd class="why">{ why }</dd>
            }
        </div>
    }
}
