//! Exported reports that are dropped, chosen or pasted like any file: they are shown again, and the engine is not asked.

use greenlight_link::{SharedReport, decode};
use greenlight_readiness::import::{
    Exported, HEAD_BYTES, ImportError, Kind, LARGEST_BYTES, kind_of, read,
};
use web_sys::{Blob, File};

use crate::files::text_of;
use crate::input::Input;
use crate::words::sentence;

/// Whether it is worth a look before the engine has one: data is CSV, mostly, and should not wait.
pub fn may_be_a_report(input: &Input) -> bool {
    match input {
        Input::Files(files) => {
            matches!(files.as_slice(), [file] if is_named_like_one(&file.name()))
        }
        Input::Text(text) => kind_of(text.as_bytes()).is_some(),
        _ => false,
    }
}

fn is_named_like_one(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".json", ".html", ".htm"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// The report in what a person brought; nothing where it is none, but data for the engine.
///
/// # Errors
/// When it is an exported report that cannot be shown; a sentence for the person.
pub async fn report_in(input: &Input) -> Result<Option<SharedReport>, String> {
    match input {
        Input::Files(files) => match files.as_slice() {
            [file] => report_in_file(file).await,
            _ => Ok(None),
        },
        Input::Text(text) => {
            kind_of(text.as_bytes()).map_or(Ok(None), |kind| report_in_text(kind, text))
        }
        _ => Ok(None),
    }
}

async fn report_in_file(file: &File) -> Result<Option<SharedReport>, String> {
    let head = file.slice_with_i32_and_i32(0, HEAD_BYTES as i32);
    let Some(kind) = kind_of(text_of(head.as_ref().unwrap_or(file)).await.as_bytes()) else {
        return Ok(None);
    };
    if file.size() > LARGEST_BYTES as f64 {
        // A page without a report, perhaps: what it is, the engine says best.
        return match kind {
            Kind::Html => Ok(None),
            Kind::Json => Err(sentence(&ImportError::TooLarge.to_string())),
        };
    }
    report_in_text(kind, &text_of(AsRef::<Blob>::as_ref(file)).await)
}

fn report_in_text(kind: Kind, text: &str) -> Result<Option<SharedReport>, String> {
    match read(kind, text) {
        Ok(Exported::Live(payload)) => {
            let report = decode(&payload);
            report.map(Some).map_err(|error| sentence(&error.to_string()))
        }
        Ok(Exported::Numbers) => Err(
            "This is a report without what the page draws from: an earlier version wrote it, or another program. Open its predictions to see the \
             report, or compare with it in the Compare view, which needs the numbers alone."
                .to_owned(),
        ),
        // Someone else's page is no data either, and the engine says so.
        Err(ImportError::EmptyPage) if !text.contains("greenlight") => Ok(None),
        Err(error) => Err(sentence(&error.to_string())),
    }
}
