//! The readiness checklist at a terminal: an empty form, and what was attested in a file.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use greenlight_readiness::checklist::Attestations;

/// What the help ends with.
const HOW: &str = "Fill in “level” (not_done, by_hand or automated) and “note”, keep the file beside the model, and give it to \
                   `greenlight check` with --checklist. Items that are left out are not done.";

/// The arguments of `greenlight checklist`.
#[derive(Args)]
#[command(after_help = HOW)]
pub struct PrintChecklist {}

impl PrintChecklist {
    /// Prints the empty form.
    ///
    /// # Errors
    /// When it cannot be written; a sentence for the person.
    pub fn run(&self) -> Result<ExitCode, String> {
        let form = Attestations::default()
            .to_json()
            .map_err(|error| error.to_string())?;
        io::stdout()
            .lock()
            .write_all(form.as_bytes())
            .map_err(|error| format!("the checklist could not be written: {error}"))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// What was attested in a file.
///
/// # Errors
/// When it cannot be read or is no form; sentences for the person.
pub fn read_attestations(path: &Path) -> Result<Attestations, String> {
    let shown = path.display();
    let json = std::fs::read_to_string(path)
        .map_err(|error| format!("the checklist “{shown}” cannot be read: {error}"))?;
    Attestations::from_json(&json)
        .map_err(|error| format!("the checklist “{shown}” is not valid:\n{error}"))
}
