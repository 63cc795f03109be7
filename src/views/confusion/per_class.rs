//! Precision, recall and F1 of each class, the weakest first.

use std::cmp::Ordering;
use std::rc::Rc;

use greenlight_format as format;
use greenlight_format::csv::push_record;
use greenlight_readiness::Evaluation;
use greenlight_readiness::evaluation::ClassMetrics;
use yew::prelude::*;

use crate::components::Downloads;
use crate::session::Loaded;

#[derive(Properties)]
pub struct PerClassProps {
    pub loaded: Rc<Loaded>,
}

impl PartialEq for PerClassProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.loaded, &other.loaded)
    }
}

/// A column to order the classes by.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Class,
    Precision,
    Recall,
    F1,
    Support,
}

impl By {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Class, "Class"),
        (Self::Precision, "Precision"),
        (Self::Recall, "Recall"),
        (Self::F1, "F1"),
        (Self::Support, "Support"),
    ];

    /// The lowest first; what is undefined comes last.
    fn compare(self, a: &ClassMetrics, b: &ClassMetrics) -> Ordering {
        let number = |metrics: &ClassMetrics| match self {
            // As they are: in the order of the matrix.
            Self::Class => Some(0.0),
            Self::Precision => metrics.precision,
            Self::Recall => metrics.recall,
            Self::F1 => metrics.f1,
            Self::Support => Some(metrics.support as f64),
        };
        let key = |metrics| number(metrics).unwrap_or(f64::INFINITY);
        key(a).total_cmp(&key(b))
    }
}

#[component]
pub fn PerClass(PerClassProps { loaded }: &PerClassProps) -> Html {
    let by = use_state_eq(|| By::F1);
    let csv = {
        let (loaded, by) = (loaded.clone(), *by);
        Callback::from(move |()| csv(loaded.report.current(), by))
    };
    let header = |(column, title): (By, &'static str)| {
        let chosen = *by == column;
        let by = by.setter();
        let onclick = Callback::from(move |_: MouseEvent| by.set(column));
        html! {
            <th
                scope="col"
                key={title}
                class={(column != By::Class).then_some("number")}
                aria-sort={chosen.then_some("ascending")}
            >
                <button type="button" class="quiet" {onclick}>{ title }</button>
            </th>
        }
    };
    let classes = in_order(loaded.report.current(), *by);
    let many = classes.len() > 12;
    html! {
        <section class="per-class">
            <h2>{ "Class by class" }</h2>
            <div class={classes!("scroll", many.then_some("long"))} tabindex="0" role="group" aria-label="Class by class">
                <table class="table" data-testid="table-per_class">
                    <caption>{ "Each class against all others. A column’s name puts its lowest value first." }</caption>
                    <thead><tr>{ for By::ALL.into_iter().map(header) }</tr></thead>
                    <tbody>
                        { for classes.into_iter().map(|(class, metrics)| html! {
                            <tr key={class.to_owned()}>
                                <th scope="row" dir="auto">{ class }</th>
                                { for [metrics.precision, metrics.recall, metrics.f1].into_iter().map(share) }
                                <td class="number">{ format::count(metrics.support) }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
            <Downloads name="per_class" title="Class by class" {csv} />
        </section>
    }
}

fn share(value: Option<f64>) -> Html {
    html! {
        <td class="number" title={value.map(format::exact)}>
            { value.map_or_else(format::undefined, format::percent) }
        </td>
    }
}

fn in_order(evaluation: &Evaluation, by: By) -> Vec<(&str, &ClassMetrics)> {
    let mut ordered: Vec<(&str, &ClassMetrics)> = Vec::new();
    for class in &evaluation.classes {
        if let Some(metrics) = evaluation.per_class.get(class) {
            // Behind its equals. They are a thousand at most, and a sort of their own would weigh more.
            let place = ordered.partition_point(|(_, other)| by.compare(other, metrics).is_le());
            ordered.insert(place, (class.as_str(), metrics));
        }
    }
    ordered
}

fn csv(evaluation: &Evaluation, by: By) -> String {
    let mut text = String::new();
    push_record(
        &mut text,
        &["class", "precision", "recall", "f1", "support"],
    );
    let exact = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    for (class, metrics) in in_order(evaluation, by) {
        let [precision, recall, f1] = [metrics.precision, metrics.recall, metrics.f1].map(exact);
        let support = metrics.support.to_string();
        push_record(&mut text, &[class, &precision, &recall, &f1, &support]);
    }
    text
}
