//! The threshold of two classes: it decides, and everything else on the page follows.

use std::rc::Rc;

use gloo::events::EventListener;
use greenlight_format as format;
use greenlight_metrics::{CostMatrix, RowCosts};
use greenlight_readiness::{AmountCosts, BestThresholds, DecisionRule, Demands, cases};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::amount;
use super::demands::DemandsForm;
use super::in_force::{InForce, sentence, shown};
use super::moves::use_moves;
use super::numbers::{Costs, large_numbers, matrix, other_numbers};
use super::optima::{choice, newly_asked, promise, snaps, threshold_of};
use super::picture::Picture;
use super::plot::{Plot, SharedPlot, Source};
use super::range::Range;
use super::slider::Slider;
use super::subject::Subject;
use super::words::FALSE_ALERTS;
use crate::components::{Band, PolicySelect, needs_rows};
use crate::context::Context;
use crate::session::{Action, Loaded};
use crate::views::View;
use crate::words::split;

#[derive(Properties, PartialEq)]
pub struct BinaryProps {
    pub context: Context,
    pub loaded: Rc<Loaded>,
}

#[component]
pub fn Binary(BinaryProps { context, loaded }: &BinaryProps) -> Html {
    let source = Source {
        profile: Rc::clone(&loaded.given),
        class: None,
    };
    let best = loaded.profile.thresholds.as_ref();
    let row_costs = best.and_then(BestThresholds::row_costs);
    let typed = AttrValue::from(context.session.currency.to_string());
    let currency = match row_costs {
        Some(costs) if typed.is_empty() => unit_of(&costs),
        _ => typed.clone(),
    };
    let plots = use_memo(
        (source, row_costs, currency.clone()),
        |(source, row_costs, currency)| plots(source, *row_costs, currency),
    );
    // What was just asked, until the engine has found its threshold, which then decides.
    let asked = use_state_eq(|| None::<&'static str>);
    use_keys_for_undo(&context.act);
    let moves = use_moves();
    // Of best thresholds that are the same, the one that was asked for is spoken of.
    let pressed = use_state_eq(|| None::<&'static str>);
    let range = plots.as_ref().as_ref().map(|(range, _)| *range);
    use_answer(&asked, &pressed, loaded, range, context);
    let (Some((range, plots)), Some(in_force)) = (&*plots, in_force(loaded)) else {
        return Html::default();
    };
    let range = *range;
    let on_move = {
        let (act, before) = (context.act.clone(), in_force.threshold);
        let asked = asked.setter();
        Callback::from(move |threshold: f64| {
            // What comes later than this must not undo it.
            asked.set(None);
            moves.begin(before != Some(threshold));
            act.emit(Action::Decide(Some(threshold)));
        })
    };
    let on_settle = context.act.reform(|()| Action::Settle);
    let on_cancel = context.act.reform(Action::Decide);
    let on_snap = {
        let (on_move, on_settle) = (on_move.clone(), on_settle.clone());
        let pressed = pressed.setter();
        Callback::from(move |(name, threshold)| {
            pressed.set(Some(name));
            on_move.emit(threshold);
            on_settle.emit(());
        })
    };
    let cases = AttrValue::from(cases(&loaded.profile));
    let rest = resting_place(best, range);
    let finding = sentence(&in_force, &cases);
    let costs = row_costs.map(|of_rows| Costs {
        of_rows,
        currency: currency.clone(),
    });
    let picture = |plot: &SharedPlot| {
        html! {
            <Picture
                key={plot.0.subject.name()}
                plot={plot.clone()}
                {in_force}
                {rest}
                cases={cases.clone()}
                currency={currency.clone()}
                on_move={on_move.clone()}
                on_settle={on_settle.clone()}
            />
        }
    };
    html! {
        <section class="view threshold">
            <h1 data-testid="finding">{ format!("{}{finding}", in_force.about()) }</h1>
            <p class="lead" data-testid="lead">{ lead(loaded, &in_force, range) }</p>
            <Slider
                {range}
                threshold={in_force.threshold}
                {rest}
                effect={finding}
                on_move={on_move.clone()}
                on_settle={on_settle.clone()}
                on_cancel={on_cancel}
            >
                { way_back(context, loaded) }
            </Slider>
            if let Some(best) = best {
                { snaps(best, range, &in_force, &on_snap) }
                <div class="promise">
                    <p class="aside" data-testid="promise">
                        { promise(best, loaded.profile.told, &in_force, *pressed, &currency).unwrap_or_default() }
                    </p>
                    if context.session.is_shared() {
                        { needs_rows("How sure this threshold is") }
                    } else if let Some(choice) = choice(best, &in_force, *pressed) {
                        <Band
                            engine={context.engine.clone()}
                            loaded={loaded}
                            {choice}
                            currency={currency.clone()}
                        />
                    }
                </div>
                if context.session.is_shared() {
                    { needs_rows("The best threshold for other costs or demands") }
                } else {
                    { demands_form(context, loaded, best, &typed, &asked.setter()) }
                }
            }
            <div class="trade-offs">
                <div class="effect">
                    { large_numbers(&in_force, costs.as_ref()) }
                    { matrix(&in_force, &cases, Some(View::Confusion)) }
                </div>
                { for plots.iter().map(picture) }
                <div class="effect">
                    <h2>{ "Also at this threshold" }</h2>
                    { other_numbers(&in_force, costs.is_some()) }
                    <PolicySelect context={context.clone()} explained=true />
                </div>
            </div>
            <details class="method">
                <summary>{ "How is this computed?" }</summary>
                <p>
                    { "A row is flagged where its score is at least the threshold. All counts are those of the rows \
                       that are judged; between two stops of the slider they are marked ≈ for the moment in which the \
                       engine counts them. The best thresholds are found among all distinct scores of the rows that \
                       choose, and of equally good ones the one with the fewest alerts is taken. Where a missed case costs its amount, \
                       the amounts of the rows behind each count are added up, and a row without an amount counts as 0. \
                       Intervals are Wilson’s, \
                       at 95 %. The precision–recall curve goes in steps, as average precision adds it up; ROC and gain \
                       are straight between thresholds." }
                </p>
            </details>
        </section>
    }
}

fn plots(
    source: &Source,
    costs: Option<RowCosts>,
    currency: &str,
) -> Option<(Range, Vec<SharedPlot>)> {
    let range = source.range()?;
    let mut subjects = vec![
        Subject::PrecisionRecall,
        Subject::Histogram,
        Subject::Metrics,
        Subject::Roc,
        Subject::Gain,
        Subject::Lift,
    ];
    // Beside the numbers, for those who have said what answers cost.
    subjects.splice(1..1, costs.map(Subject::Cost));
    let plot = |subject| SharedPlot(Rc::new(Plot::new(subject, source, range, currency)));
    Some((range, subjects.into_iter().map(plot).collect()))
}

/// What costs are counted in where nobody has said: where a false alert costs 1 and right answers nothing, in those.
fn unit_of(costs: &RowCosts) -> AttrValue {
    let RowCosts { fixed, factors } = costs;
    let in_alerts = (fixed.tp, fixed.fp, fixed.tn) == (0.0, 1.0, 0.0);
    AttrValue::from(match in_alerts && *factors == CostMatrix::default() {
        true => FALSE_ALERTS,
        false => "",
    })
}

fn in_force(loaded: &Loaded) -> Option<InForce> {
    let profile = &loaded.profile;
    let positive = profile.classes.positive()?;
    let confusion = profile.current().confusion.as_ref().ok()?;
    let best = profile.thresholds.as_ref();
    let amounts = best.and_then(|best| best.amounts.as_ref());
    Some(InForce {
        threshold: profile.settings.threshold,
        counts: confusion.binary(positive),
        amounts: amounts.map(|amounts| amounts.in_force).unwrap_or_default(),
        certainty: loaded.profile.certainty,
    })
}

/// Where the slider stands while the file's own predictions decide.
fn resting_place(best: Option<&BestThresholds>, range: Range) -> f64 {
    let middle = range.on_step(range.low / 2.0 + range.high / 2.0);
    let best = best.and_then(|best| best.f1?.threshold);
    match (range.low, range.high) {
        (0.0, 1.0) => middle,
        _ => best.unwrap_or(middle),
    }
}

/// How many rows are flagged, and by what.
fn lead(loaded: &Loaded, in_force: &InForce, range: Range) -> String {
    let counts = &in_force.counts;
    let rows = match &loaded.profile.settings.current {
        Some(current) => format!("rows of {}", split(Some(current))),
        None => "rows".to_owned(),
    };
    let by = match in_force.threshold {
        None => "by the file’s own predictions".to_owned(),
        Some(threshold) if range.flags_nothing(threshold) => {
            "since no score is as high as the threshold".to_owned()
        }
        Some(threshold) => format!("from a score of {} on", shown(threshold)),
    };
    let positive = match (
        &loaded.profile.roles.label,
        &loaded.profile.settings.positive,
    ) {
        (Some(label), Some(class)) => format!(" Looked for: {label} = {class}."),
        _ => String::new(),
    };
    format!(
        "{}{} of {} {rows} are flagged, {by}.{positive}",
        in_force.about(),
        format::count(counts.predicted_positives()),
        format::count(counts.total()),
    )
}

/// Undo, redo, and back to how the file decides.
fn way_back(context: &Context, loaded: &Loaded) -> Html {
    let thresholds = &context.session.thresholds;
    let button =
        |name: &'static str, title: &'static str, enabled: bool, action: fn() -> Action| {
            // Not `disabled`, which would take the focus away from whoever has just pressed it.
            let onclick = enabled.then(|| context.act.reform(move |_: MouseEvent| action()));
            html! {
                <button
                    type="button"
                    class="quiet"
                    data-testid={format!("threshold-{name}")}
                    aria-disabled={(!enabled).to_string()}
                    {onclick}
                >
                    { title }
                </button>
            }
        };
    let reset = {
        let act = context.act.clone();
        Callback::from(move |_: MouseEvent| {
            act.emit(Action::Decide(None));
            act.emit(Action::Settle);
        })
    };
    let given = &loaded.given.settings;
    let words = match (given.decision, given.threshold) {
        (Some(DecisionRule::Threshold), Some(threshold)) => format!("Back to {}", shown(threshold)),
        _ => "Use the file’s own predictions".to_owned(),
    };
    html! {
        <span class="way-back">
            { button("undo", "Undo", thresholds.can_undo(), || Action::Undo) }
            { button("redo", "Redo", thresholds.can_redo(), || Action::Redo) }
            <button
                type="button"
                class="quiet"
                data-testid="threshold-reset"
                aria-disabled={thresholds.current().is_none().to_string()}
                onclick={reset}
            >
                { words }
            </button>
        </span>
    }
}

fn demands_form(
    context: &Context,
    loaded: &Loaded,
    best: &BestThresholds,
    currency: &AttrValue,
    asked: &UseStateSetter<Option<&'static str>>,
) -> Html {
    let on_demand = {
        let (asked, before) = (asked.clone(), context.session.demands.clone());
        let act = context.act.clone();
        Callback::from(move |demands: Demands| {
            asked.set(newly_asked(&before, &demands));
            act.emit(Action::Demand(demands));
        })
    };
    let on_currency = context
        .act
        .reform(|word: String| Action::CountCostsIn(Rc::from(word)));
    let choosers = match &best.chosen_on {
        Some(name) => loaded.given.splits.get(name),
        None => Some(&loaded.given.overall),
    };
    let rows = choosers.map_or(0, |rows| rows.rows);
    let chosen_on = match &best.chosen_on {
        Some(name) => format!("the {} rows of {}", format::count(rows), split(Some(name))),
        None => format!("{} rows", format::count(rows)),
    };
    html! {
        <DemandsForm
            demands={context.session.demands.clone()}
            currency={currency.clone()}
            {chosen_on}
            amount_columns={amount::columns(&loaded.table, &context.session.demands)}
            amount_notes={best.amounts.iter().flat_map(AmountCosts::notes).collect::<Vec<_>>()}
            {on_demand}
            {on_currency}
        />
    }
}

/// Decides at the threshold that was asked for, once the engine has found it.
#[hook]
fn use_answer(
    asked: &UseStateHandle<Option<&'static str>>,
    pressed: &UseStateHandle<Option<&'static str>>,
    loaded: &Rc<Loaded>,
    range: Option<Range>,
    context: &Context,
) {
    let (asked, pressed) = (asked.clone(), pressed.setter());
    let (given, act) = (Rc::clone(&loaded.given), context.act.clone());
    let demands = context.session.demands.clone();
    use_effect_with(Rc::as_ptr(&loaded.given) as usize, move |_| {
        // The engine may answer something else first, such as what a second look found.
        let best = given.thresholds.as_ref();
        let best = best.filter(|best| best.are_for(&demands));
        let (Some(name), Some(range), Some(best)) = (*asked, range, best) else {
            return;
        };
        asked.set(None);
        if let Some(threshold) = threshold_of(best, name, range) {
            pressed.set(Some(name));
            act.emit(Action::Decide(Some(threshold)));
            act.emit(Action::Settle);
        }
    });
}

/// Ctrl+Z and Ctrl+Shift+Z go back and forth between thresholds; in a field of text they are the field's.
#[hook]
fn use_keys_for_undo(act: &Callback<Action>) {
    use_effect_with(act.clone(), |act| {
        let act = act.clone();
        let document = gloo::utils::document();
        let listener = EventListener::new_with_options(
            &document,
            "keydown",
            gloo::events::EventListenerOptions::enable_prevent_default(),
            move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                    return;
                };
                let is_undo =
                    (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("z");
                if is_undo && !is_in_text(event) {
                    event.prevent_default();
                    act.emit(if event.shift_key() {
                        Action::Redo
                    } else {
                        Action::Undo
                    });
                }
            },
        );
        move || drop(listener)
    });
}

fn is_in_text(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target() else {
        return false;
    };
    let input = target.dyn_ref::<HtmlInputElement>();
    input.is_some_and(|input| input.type_() == "text") || target.has_type::<HtmlTextAreaElement>()
}
