//! Samples to look at, each told by its story.

use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use yew::prelude::*;

use crate::files::fetch_file;
use crate::input::{Input, Turn};

struct Sample {
    name: &'static str,
    story: &'static str,
    about: &'static str,
    /// What lies beside the page in `samples/`.
    files: &'static [&'static str],
}

const SAMPLES: [Sample; 5] = [
    Sample {
        name: "flights",
        story: "98\u{202f}% accurate, catches 7\u{202f}% of cancellations",
        about: "Gradient-boosted trees on 5\u{202f}000 real flights from New York and the weather there. Why \
                accuracy alone is no answer.",
        files: &["flights.csv"],
    },
    Sample {
        name: "bicycles",
        story: "91\u{202f}% accurate in 2011, 79\u{202f}% in 2012",
        about: "Trees that learned in which hours Washington’s rented bicycles are busy, asked a year later. \
                What time does to a model.",
        files: &["bicycles.csv"],
    },
    Sample {
        name: "breast_cancer",
        story: "96\u{202f}% accurate, catches 95\u{202f}% of malignant tumours",
        about: "Logistic regression on 569 real biopsies, with train and test rows and measured \
                latencies.",
        files: &["breast_cancer.csv"],
    },
    Sample {
        name: "digits",
        story: "Ten classes, 96\u{202f}% read right",
        about: "Logistic regression on 1\u{202f}797 handwritten digits, with a probability for each class.",
        files: &["digits.csv"],
    },
    Sample {
        name: "matrix",
        story: "A confusion matrix, 92.5\u{202f}% accurate",
        about: "Four rows with a count each, as textbooks and queries have them.",
        files: &["matrix.csv"],
    },
];

/// The properties of [`Samples`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Gets the files of a sample.
    pub open: Callback<Input>,
    /// Gets a message where they cannot be had.
    pub fail: Callback<String>,
}

/// A card for each sample, which opens it.
#[component]
pub fn Samples(Props { open, fail }: &Props) -> Html {
    html! {
        <ul class="samples">
            { for SAMPLES.iter().map(|sample| card(sample, open, fail)) }
        </ul>
    }
}

fn card(sample: &'static Sample, open: &Callback<Input>, fail: &Callback<String>) -> Html {
    let (open, fail) = (open.clone(), fail.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let (open, fail) = (open.clone(), fail.clone());
        let turn = Turn::next();
        spawn_local(async move {
            match fetch(sample.files).await {
                _ if !turn.is_latest() => {}
                Ok(files) => open.emit(Input::Files(files)),
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

async fn fetch(names: &[&str]) -> Result<Vec<File>, String> {
    let mut files = Vec::with_capacity(names.len());
    for name in names {
        files.push(fetch_file(&format!("samples/{name}"), name).await?);
    }
    Ok(files)
}
