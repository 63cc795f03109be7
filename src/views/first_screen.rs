//! What one sees first: the question, the ways in, and samples to look at.

use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlTextAreaElement};
use yew::prelude::*;

use crate::components::FilePicker;
use crate::files::{fetch_file, file_of_text};

/// A sample, told by its story.
struct Sample {
    name: &'static str,
    story: &'static str,
    about: &'static str,
}

const SAMPLES: [Sample; 4] = [
    Sample {
        name: "flights",
        story: "98\u{202f}% accurate, catches 7\u{202f}% of cancellations",
        about: "Gradient-boosted trees on 5\u{202f}000 real flights from New York and the weather there. Why \
                accuracy alone is no answer.",
    },
    Sample {
        name: "breast_cancer",
        story: "96\u{202f}% accurate, catches 95\u{202f}% of malignant tumours",
        about: "Logistic regression on 569 real biopsies, with train and test rows and measured \
                latencies.",
    },
    Sample {
        name: "digits",
        story: "Ten classes, 96\u{202f}% read right",
        about: "Logistic regression on 1\u{202f}797 handwritten digits, with a probability for each class.",
    },
    Sample {
        name: "matrix",
        story: "A confusion matrix, 92.5\u{202f}% accurate",
        about: "Four rows with a count each, as textbooks and queries have them.",
    },
];

/// The properties of [`FirstScreen`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Gets each file that is chosen, made of pasted text or fetched.
    pub open: Callback<File>,
    /// Gets a message where there is no file to get.
    pub fail: Callback<String>,
}

/// What one sees first.
#[component]
pub fn FirstScreen(Props { open, fail }: &Props) -> Html {
    html! {
        <section class="first-screen">
            <h1>{ "Is your model ready for production?" }</h1>
            <p class="lead">
                { "Give it a file of predictions. The answer comes with its reasons, in seconds." }
            </p>
            <FilePicker on_file={open.clone()} />
            <p class="privacy">
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <path d="M5 7V5a3 3 0 0 1 6 0v2M3.5 7h9v6.5h-9z" />
                </svg>
                { "Your file stays in this tab: it is read on this device and sent nowhere." }
            </p>
            <div class="ways">
                <div>
                    <h2>{ "Or look at a sample" }</h2>
                    <ul class="samples">
                        { for SAMPLES.iter().map(|sample| sample_card(sample, open, fail)) }
                    </ul>
                </div>
                <div>
                    <h2>{ "What the file looks like" }</h2>
                    { example() }
                    <Paste open={open.clone()} fail={fail.clone()} />
                </div>
            </div>
        </section>
    }
}

/// A card that opens the sample, which lies beside the page.
fn sample_card(sample: &'static Sample, open: &Callback<File>, fail: &Callback<String>) -> Html {
    let (open, fail) = (open.clone(), fail.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let (open, fail) = (open.clone(), fail.clone());
        spawn_local(async move {
            let file = format!("{}.csv", sample.name);
            match fetch_file(&format!("samples/{file}"), &file).await {
                Ok(file) => open.emit(file),
                Err(message) => fail.emit(message),
            }
        });
    });
    html! {
        <li key={sample.name}>
            <button class="sample" data-testid={format!("sample-{}", sample.name)} {onclick}>
                <strong>{ sample.story }</strong>
                <span>{ sample.about }</span>
            </button>
        </li>
    }
}

/// The columns that can be read, by example.
fn example() -> Html {
    const HEADER: [&str; 5] = ["label", "prediction", "score", "latency_ms", "split"];
    const ROWS: [[&str; 5]; 2] = [
        ["spam", "spam", "0.97", "41", "test"],
        ["ham", "spam", "0.62", "38", "test"],
    ];
    html! {
        <div class="scroll">
            <table class="table example">
                <thead>
                    <tr>{ for HEADER.iter().map(|name| html! { <th scope="col">{ name }</th> }) }</tr>
                </thead>
                <tbody>
                    { for ROWS.iter().map(|row| html! {
                        <tr>{ for row.iter().map(|cell| html! { <td>{ cell }</td> }) }</tr>
                    }) }
                </tbody>
            </table>
            <p class="aside">
                { "The true class with a prediction or a score is enough; latency and split tell \
                   more. Other names and orders are recognised." }
            </p>
        </div>
    }
}

/// A field for text with a header line, for those whose data is on the clipboard.
#[component]
fn Paste(Props { open, fail }: &Props) -> Html {
    let field = use_node_ref();
    let onclick = {
        let (field, open, fail) = (field.clone(), open.clone(), fail.clone());
        Callback::from(move |_: MouseEvent| {
            let text = field
                .cast::<HtmlTextAreaElement>()
                .map(|field| field.value());
            let text = text.unwrap_or_default();
            match file_of_text("pasted text", &text) {
                Some(file) if !text.trim().is_empty() => open.emit(file),
                _ => fail.emit(
                    "the paste field is still empty; copy rows with their header line into it"
                        .to_owned(),
                ),
            }
        })
    };
    html! {
        <details class="paste">
            <summary>{ "Paste rows instead…" }</summary>
            <label for="paste">
                { "Rows with their header line, copied from a spreadsheet or a CSV file" }
            </label>
            <textarea
                id="paste"
                data-testid="paste"
                rows="6"
                spellcheck="false"
                placeholder={"label,prediction\n1,1\n0,0"}
                ref={field}
            />
            <button class="primary" data-testid="paste-submit" {onclick}>{ "Judge these rows" }</button>
        </details>
    }
}
