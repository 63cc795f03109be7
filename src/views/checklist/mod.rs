//! What should hold of the system around the model: filled in from the data where a file shows it, attested for the rest.

mod item;
mod keeping;

use greenlight_format as format;
use greenlight_readiness::checklist::{Checklist, Section, out_of_seven};
use yew::prelude::*;

use crate::context::Context;

use super::View;
use item::item;
use keeping::keeping;

/// The form, section by section, below what it comes to.
pub fn checklist_view(context: &Context) -> Html {
    let Some(checklist) = context.session.checklist() else {
        return Html::default();
    };
    html! {
        <section class="view checklist">
            <h1
                data-testid="checklist-finding"
                data-score={checklist.score.map(|score| score.to_string())}
            >
                { checklist.finding() }
            </h1>
            <p class="lead">
                { "What no file of predictions can show, the people who run the model have to say. The \
                   score is that of the weakest section; it stands beside the verdict and never \
                   changes it. What you fill in stays in this browser." }
            </p>
            <ul class="sections">{ for Section::ALL.map(|section| points(&checklist, section)) }</ul>
            { keeping(context) }
            { for Section::ALL.map(|section| items(context, &checklist, section)) }
            <details class="method">
                <summary>{ "How is this computed?" }</summary>
                <p>
                    { "The items are those of the ML Test Score by Breck, Cai, Nielsen, Salib and \
                       Sculley (2017), in our own words. One counts half a point once it was done by \
                       hand and written down, and a whole one once it runs by itself, so a section \
                       has seven at most. A chain breaks at its weakest link: the score is the least \
                       of the four. What your file shows counts as done by hand, because a file is \
                       one look; what it only touches on is said, and counts nothing." }
                </p>
            </details>
        </section>
    }
}

/// Where a section begins, for links.
fn anchor(section: Section) -> String {
    format!("checklist-{}", section.title().to_ascii_lowercase())
}

/// The points of a section, as a number and as a bar, and the way to it.
fn points(checklist: &Checklist, section: Section) -> Html {
    let points = checklist.sections.of(section);
    let weakest = checklist.weakest();
    // Where all are equal, none stands out.
    let is_weakest = weakest.contains(&section) && weakest.len() < Section::ALL.len();
    let most = Section::POINTS.to_string();
    html! {
        <li key={section.title()} class={classes!(is_weakest.then_some("weakest"))}>
            <a href={View::Checklist.address_of(&anchor(section))}>{ section.title() }</a>
            <span
                class="points"
                data-testid={format!("points-{}", section.title().to_ascii_lowercase())}
                data-value={points.to_string()}
            >
                if is_weakest {
                    <span class="aside">{ "weakest · " }</span>
                }
                { out_of_seven(points) }
            </span>
            <svg viewBox={format!("0 0 {most} 1")} preserveAspectRatio="none" aria-hidden="true">
                <rect class="all" width={most} height="1" />
                <rect width={points.to_string()} height="1" />
            </svg>
        </li>
    }
}

fn items(context: &Context, checklist: &Checklist, section: Section) -> Html {
    let own = checklist
        .items
        .iter()
        .filter(|item| item.section == section);
    html! {
        <>
            <h2 id={anchor(section)} tabindex="-1">
                { section.title() }
                <span class="aside">
                    { format!("{} points", format::exact(checklist.sections.of(section))) }
                </span>
            </h2>
            <ul class="items">{ for own.filter_map(|checked| item(context, checked)) }</ul>
        </>
    }
}
