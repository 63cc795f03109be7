//! What one sees first: the question, the ways in, and a sample to look at.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::app::Context;
use crate::components::FilePicker;
use crate::files::{fetch_file, file_of_text};

/// A sample that lies beside the page.
struct Sample {
    name: &'static str,
    story: &'static str,
    about: &'static str,
}

const SAMPLES: [Sample; 1] = [Sample {
    name: "breast_cancer",
    story: "Tells malignant tumours from benign ones",
    about: "Logistic regression on 569 real biopsies, with train and test rows and measured \
            latencies.",
}];

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
            <p class="lead">{ "Drop a file of its predictions here and read the answer." }</p>
            <FilePicker on_file={context.open.clone()} />
            <Paste context={context.clone()} />
            <h2>{ "Or look at a sample" }</h2>
            <ul class="samples">
                { for SAMPLES.iter().map(|sample| sample_card(sample, context)) }
            </ul>
            <p class="privacy">
                { "Your file stays in this tab: it is read on this device and sent nowhere." }
            </p>
        </section>
    }
}

fn sample_card(sample: &'static Sample, context: &Context) -> Html {
    let onclick = {
        let context = context.clone();
        Callback::from(move |_: MouseEvent| {
            let context = context.clone();
            wasm_bindgen_futures::spawn_local(async move {
                let file = format!("{}.csv", sample.name);
                match fetch_file(&format!("samples/{file}"), &file).await {
                    Ok(file) => context.open.emit(file),
                    Err(message) => context.fail.emit(message),
                }
            });
        })
    };
    html! {
        <li key={sample.name}>
            <button class="sample" data-testid={format!("sample-{}", sample.name)} {onclick}>
                <strong>{ sample.story }</strong>
                <span>{ sample.about }</span>
            </button>
        </li>
    }
}

/// A field for text with a header line, for those whose data is on the clipboard.
#[component]
fn Paste(Props { context }: &Props) -> Html {
    let field = use_node_ref();
    let onclick = {
        let (field, context) = (field.clone(), context.clone());
        Callback::from(move |_: MouseEvent| {
            let text = field.cast::<HtmlTextAreaElement>().map(|field| field.value());
            let text = text.unwrap_or_default();
            match file_of_text("pasted text", &text) {
                Some(file) if !text.trim().is_empty() => context.open.emit(file),
                _ => context.fail.emit("there is nothing in the paste field yet".to_owned()),
            }
        })
    };
    html! {
        <details class="paste">
            <summary>{ "Paste it instead" }</summary>
            <label for="paste">
                { "Rows with a header line, as copied from a spreadsheet or a CSV file" }
            </label>
            <textarea
                id="paste"
                data-testid="paste"
                rows="6"
                spellcheck="false"
                placeholder={"label,prediction\n1,1\n0,0"}
                ref={field}
            />
            <button data-testid="paste-submit" {onclick}>{ "Judge what I pasted" }</button>
        </details>
    }
}
