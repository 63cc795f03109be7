//! A confusion matrix, typed in: rows are true classes, columns predicted ones.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::Props;
use crate::input::Input;

/// More classes are better pasted.
const MOST_CLASSES: usize = 12;

/// What has been typed.
#[derive(Clone, PartialEq)]
struct Typed {
    classes: Vec<String>,
    /// By true class, then by predicted one.
    cells: Vec<Vec<String>>,
}

impl Typed {
    fn new() -> Self {
        Self {
            classes: ["negative", "positive"].map(str::to_owned).to_vec(),
            cells: vec![vec![String::new(); 2]; 2],
        }
    }

    fn with_one_more(mut self) -> Self {
        self.classes
            .push(format!("class {}", self.classes.len() + 1));
        self.cells.push(vec![String::new(); self.cells.len()]);
        self.cells
            .iter_mut()
            .for_each(|row| row.push(String::new()));
        self
    }

    fn with_one_less(mut self) -> Self {
        self.classes.pop();
        self.cells.pop();
        self.cells.iter_mut().for_each(|row| {
            row.pop();
        });
        self
    }

    /// The matrix as it would be pasted, with names on both sides; or what is wrong with it.
    fn text(&self) -> Result<String, String> {
        let mut text = String::from("true \\ predicted");
        for (position, class) in self.classes.iter().enumerate() {
            let name = class.trim();
            if name.is_empty() {
                return Err(format!("class {} has no name", position + 1));
            }
            if self
                .classes
                .iter()
                .take(position)
                .any(|other| other.trim() == name)
            {
                return Err(format!(
                    "two classes are called “{name}”; give each its own name"
                ));
            }
            text = text + "\t" + name;
        }
        let mut is_empty = true;
        for (actual, row) in self.classes.iter().zip(&self.cells) {
            text = text + "\n" + actual.trim();
            for (predicted, cell) in self.classes.iter().zip(row) {
                let count = count(cell).map_err(|problem| {
                    let (actual, predicted) = (actual.trim(), predicted.trim());
                    format!("the count for true “{actual}”, predicted “{predicted}” {problem}")
                })?;
                is_empty &= count == 0;
                text = text + "\t" + &count.to_string();
            }
        }
        match is_empty {
            true => {
                Err("all counts are 0; type how often each class was taken for which".to_owned())
            }
            false => Ok(text),
        }
    }
}

/// A whole number, which may have its thousands parted.
fn count(cell: &str) -> Result<u64, String> {
    let is_mark = |c: char| c == ',' || c == '\'' || c.is_whitespace();
    let digits = cell.replace(is_mark, "");
    if digits.is_empty() {
        return Err("is missing; write 0 where there is none".to_owned());
    }
    let count = digits.parse().ok().filter(|&count: &u64| count < 1 << 53);
    count.ok_or_else(|| format!("is “{}”, which is no whole number", cell.trim()))
}

/// The matrix to type into, and what sends it off.
#[component]
pub fn TypeMatrix(Props { open, fail }: &Props) -> Html {
    let typed = use_state(Typed::new);
    let onsubmit = {
        let (open, fail, typed) = (open.clone(), fail.clone(), typed.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match typed.text() {
                Ok(text) => open.emit(Input::Text(text)),
                Err(message) => fail.emit(message),
            }
        })
    };
    let grow = {
        let typed = typed.clone();
        Callback::from(move |_: MouseEvent| typed.set((*typed).clone().with_one_more()))
    };
    let shrink = {
        let typed = typed.clone();
        Callback::from(move |_: MouseEvent| typed.set((*typed).clone().with_one_less()))
    };
    let classes = typed.classes.len();
    html! {
        <form {onsubmit} onkeydown={Callback::from(move_focus)}>
            <h2>{ "Type a matrix" }</h2>
            <p class="aside">{ "Rows are true classes, columns predicted ones." }</p>
            <div class="scroll">
                <table class="typed-matrix">
                    <thead>
                        <tr>
                            <td class="aside">{ "true ↓ predicted →" }</td>
                            { for typed.classes.iter().map(|class| html! { <th scope="col">{ class }</th> }) }
                        </tr>
                    </thead>
                    <tbody>{ for (0..classes).map(|actual| row(&typed, actual)) }</tbody>
                </table>
            </div>
            <div class="buttons">
                <button data-testid="matrix-submit">{ "Judge this matrix" }</button>
                if classes < MOST_CLASSES {
                    <button type="button" class="quiet" data-testid="matrix-add" onclick={grow}>{ "Add a class" }</button>
                }
                if classes > 2 {
                    <button type="button" class="quiet" data-testid="matrix-remove" onclick={shrink}>{ "Remove the last" }</button>
                }
            </div>
        </form>
    }
}

fn row(typed: &UseStateHandle<Typed>, actual: usize) -> Html {
    let named = |class: usize| typed.classes.get(class).cloned().unwrap_or_default();
    let rename = on_input(typed, move |typed, name| {
        if let Some(class) = typed.classes.get_mut(actual) {
            *class = name;
        }
    });
    let cell = |predicted: usize| {
        let typed_in = typed
            .cells
            .get(actual)
            .and_then(|row| row.get(predicted))
            .cloned();
        let fill = on_input(typed, move |typed, text| {
            if let Some(cell) = typed
                .cells
                .get_mut(actual)
                .and_then(|row| row.get_mut(predicted))
            {
                *cell = text;
            }
        });
        html! {
            <td key={predicted}>
                <input
                    inputmode="numeric"
                    autocomplete="off"
                    data-testid={format!("matrix-cell-{actual}-{predicted}")}
                    data-cell={format!("{actual}-{predicted}")}
                    aria-label={format!("true {}, predicted {}", named(actual), named(predicted))}
                    value={typed_in}
                    oninput={fill}
                />
            </td>
        }
    };
    html! {
        <tr key={actual}>
            <th scope="row">
                <input
                    autocomplete="off"
                    spellcheck="false"
                    data-testid={format!("matrix-class-{actual}")}
                    aria-label={format!("name of class {}", actual + 1)}
                    value={named(actual)}
                    oninput={rename}
                />
            </th>
            { for (0..typed.classes.len()).map(cell) }
        </tr>
    }
}

fn on_input(
    typed: &UseStateHandle<Typed>,
    change: impl Fn(&mut Typed, String) + 'static,
) -> Callback<InputEvent> {
    let typed = typed.clone();
    Callback::from(move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            let mut next = (*typed).clone();
            change(&mut next, input.value());
            typed.set(next);
        }
    })
}

/// The arrow keys lead from cell to cell, up and down.
fn move_focus(event: KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let cell = event
        .target_dyn_into::<HtmlElement>()
        .and_then(|cell| cell.get_attribute("data-cell"));
    let Some((row, column)) = cell.as_deref().and_then(|cell| cell.split_once('-')) else {
        return;
    };
    let row = row.parse::<i32>().unwrap_or_default() + step;
    let next = gloo::utils::document().query_selector(&format!("[data-cell='{row}-{column}']"));
    if let Some(next) = next
        .ok()
        .flatten()
        .and_then(|next| next.dyn_into::<HtmlElement>().ok())
    {
        event.prevent_default();
        // What cannot get the focus does not; nothing depends on it.
        let _ = next.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(classes: &[&str], cells: &[&[&str]]) -> Typed {
        let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Typed {
            classes: own(classes),
            cells: cells.iter().map(|row| own(row)).collect(),
        }
    }

    #[test]
    fn what_was_typed_is_a_matrix_with_names_on_both_sides() {
        let matrix = typed(&["cat ", "0"], &[&["90", "1,010"], &[" 5", "95"]]);
        let text = "true \\ predicted\tcat\t0\ncat\t90\t1010\n0\t5\t95";
        assert_eq!(matrix.text().as_deref(), Ok(text));
        let table = greenlight_data::certain_matrix(text).unwrap();
        assert_eq!(table.columns()[2].values.text(1).as_deref(), Some("1010"));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (matrix, message) in [
            (
                Typed::new(),
                "the count for true “negative”, predicted “negative” is missing; write 0 where there is none",
            ),
            (
                typed(&["a", "b"], &[&["1", "2"], &["3", "-4"]]),
                "the count for true “b”, predicted “b” is “-4”, which is no whole number",
            ),
            (
                typed(&["a", "b"], &[&["1", "2.5"], &["3", "4"]]),
                "the count for true “a”, predicted “b” is “2.5”, which is no whole number",
            ),
            (
                typed(&["a", " "], &[&["1", "2"], &["3", "4"]]),
                "class 2 has no name",
            ),
            (
                typed(&["a", "a"], &[&["1", "2"], &["3", "4"]]),
                "two classes are called “a”; give each its own name",
            ),
            (
                typed(&["a", "b"], &[&["0", "0"], &["0", "0"]]),
                "all counts are 0; type how often each class was taken for which",
            ),
        ] {
            assert_eq!(matrix.text(), Err(message.to_owned()));
        }
    }

    #[test]
    fn it_grows_and_shrinks() {
        let grown = Typed::new().with_one_more();
        assert_eq!(grown.classes, ["negative", "positive", "class 3"]);
        assert!(grown.cells.len() == 3 && grown.cells.iter().all(|row| row.len() == 3));
        assert!(grown.with_one_less() == Typed::new());
    }
}
