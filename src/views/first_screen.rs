//! What one sees first: the question, the ways in, and samples to look at.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::app::Context;
use crate::components::FilePicker;
use crate::files::{fetch_file, file_of_text};

/// A sample, told by its story.
struct Sample {
    name: &'static str,
    story: &'static str,
    about: &'static str,
}

const FRAUD: Sample = Sample {
    name: "fraud",
    story: "98\u{202f}% accurate, misses 88\u{202f}% of fraud",
    about: "10\u{202f}000 made-up payments, 200 of them fraud. Why accuracy alone is no answer.",
};

const BREAST_CANCER: Sample = Sample {
    name: "breast_cancer",
    story: "Tells malignant tumours from benign ones",
    about: "Logistic regression on 569 real biopsies, with train and test rows and measured \
            latencies.",
};

/// The properties of [`FirstScreen`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
}

/// What one sees first.
#[component]
pub fn FirstScreen(Props { context }: &Props) -> Html {
    html! {
        <section class="first-screen">
            <h1>{ "Is your model ready for production?" }</h1>
            <p class="lead">
                { "Give it a file of predictions. The answer comes with its reasons, in seconds." }
            </p>
            <FilePicker on_file={context.open.clone()} />
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
                        { sample_card(&FRAUD, {
                            let context = context.clone();
                            Callback::from(move |_| open_made_up_fraud(&context))
                        }) }
                        { sample_card(&BREAST_CANCER, {
                            let context = context.clone();
                            Callback::from(move |_| fetch_sample(&BREAST_CANCER, context.clone()))
                        }) }
                    </ul>
                </div>
                <div>
                    <h2>{ "What the file looks like" }</h2>
                    { example() }
                    <Paste context={context.clone()} />
                </div>
            </div>
        </section>
    }
}

fn sample_card(sample: &'static Sample, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <li key={sample.name}>
            <button class="sample" data-testid={format!("sample-{}", sample.name)} {onclick}>
                <strong>{ sample.story }</strong>
                <span>{ sample.about }</span>
            </button>
        </li>
    }
}

/// Opens a sample that lies beside the page.
fn fetch_sample(sample: &'static Sample, context: Context) {
    wasm_bindgen_futures::spawn_local(async move {
        let file = format!("{}.csv", sample.name);
        match fetch_file(&format!("samples/{file}"), &file).await {
            Ok(file) => context.open.emit(file),
            Err(message) => context.fail.emit(message),
        }
    });
}

/// Opens 10 000 rows with 200 cases of fraud, of which 24 are caught, beside 24 false alarms.
fn open_made_up_fraud(context: &Context) {
    let mut text = "is_fraud,prediction\n".to_owned();
    for row in 0..10_000 {
        text.push_str(match (row % 50, row / 50 % 25, row % 420) {
            (0, 0..3, _) => "1,1\n",
            (0, ..) => "1,0\n",
            (_, _, 7) => "0,1\n",
            _ => "0,0\n",
        });
    }
    if let Some(file) = file_of_text("fraud.csv", &text) {
        context.open.emit(file);
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
                { "The true class with a prediction or a score is enough, and so is latency alone. \
                   Other names and orders are recognised." }
            </p>
        </div>
    }
}

/// A field for text with a header line, for those whose data is on the clipboard.
#[component]
fn Paste(Props { context }: &Props) -> Html {
    let field = use_node_ref();
    let onclick = {
        let (field, context) = (field.clone(), context.clone());
        Callback::from(move |_: MouseEvent| {
            let text = field
                .cast::<HtmlTextAreaElement>()
                .map(|field| field.value());
            let text = text.unwrap_or_default();
            match file_of_text("pasted text", &text) {
                Some(file) if !text.trim().is_empty() => context.open.emit(file),
                _ => context.fail.emit(
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
