//! Whether the same id gets the same answer each time.

use greenlight_format as format;
use yew::prelude::*;

use crate::components::table_download;
use crate::session::Loaded;
use crate::views::View;

pub fn repeats(loaded: &Loaded) -> Html {
    if loaded.profile.roles.id.is_none() {
        return html! {
            <>
                <h2>{ "Same question, same answer" }</h2>
                <p class="aside" data-testid="no-ids">
                    { "To see whether the same example gets the same answer each time, " }
                    <a href={View::Load.address_of("role-id")}>{ "say which column is the id" }</a>
                    { "." }
                </p>
            </>
        };
    }
    let examination = loaded.profile.examination.as_ref();
    let repetition = examination.and_then(|found| found.repetition.as_ref());
    let (Some(repetition), Some(words)) = (repetition, loaded.profile.repetition_in_words()) else {
        return Html::default();
    };
    let classes = loaded.profile.classes.names();
    let transitions = repetition.answers.transitions.rows();
    let is_small = classes.len() <= 12;
    html! {
        <>
            <h2>{ "Same question, same answer" }</h2>
            <p data-testid="repeats-finding">
                { words }
                { match repetition.by_time {
                    true => " Answers are taken in order of time.",
                    false => " Answers are taken in the order of the file.",
                } }
            </p>
            if repetition.answers.flips > 0 && is_small {
                <div class="scroll" tabindex="0" role="group" aria-label="From answer to answer">
                    <table class="table" data-testid="table-transitions">
                        <caption>{ "From one answer to the next: the answer before is in the row, the next one in the column." }</caption>
                        <thead>
                            <tr>
                                <th scope="col">{ "Before" }</th>
                                { for classes.iter().map(|class| html! { <th scope="col" class="number">{ class }</th> }) }
                            </tr>
                        </thead>
                        <tbody>
                            { for classes.iter().zip(&transitions).map(|(class, row)| html! {
                                <tr key={class.clone()}>
                                    <th scope="row">{ class }</th>
                                    { for row.iter().map(|count| html! { <td class="number">{ format::count(*count) }</td> }) }
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
                { table_download("transitions", "From one answer to the next") }
            }
            if !repetition.unstable.is_empty() {
                <div class="scroll long" tabindex="0" role="group" aria-label="Ids whose answers change most">
                    <table class="table" data-testid="table-unstable">
                        <caption>{ "The ids whose answers change most often." }</caption>
                        <thead>
                            <tr>
                                <th scope="col">{ &repetition.column }</th>
                                <th scope="col" class="number">{ "Answers" }</th>
                                <th scope="col" class="number">{ "Different ones" }</th>
                                <th scope="col" class="number">{ "Changes" }</th>
                            </tr>
                        </thead>
                        <tbody>
                            { for repetition.unstable.iter().zip(&repetition.answers.unstable).enumerate().map(|(index, (name, id))| html! {
                                <tr key={index}>
                                    <th scope="row" class="where" dir="auto">{ name }</th>
                                    <td class="number">{ format::count(id.answers) }</td>
                                    <td class="number">{ format::count(id.distinct) }</td>
                                    <td class="number">{ format::count(id.flips) }</td>
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
                { table_download("unstable", "Ids whose answers change most") }
            }
        </>
    }
}
