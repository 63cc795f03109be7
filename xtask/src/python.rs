//! A Python with pandas and scikit-learn, which `bench` compares with: one that is named, or a virtual environment of
//! its own in the folder of the tools.

use crate::{process, tools, workspace};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The versions, each to the last digit.
const REQUIREMENTS: &str = "tests/browser/bench/requirements.txt";
const PYTHONS: [&str; 2] = ["python3", "python"];

/// The named Python, or one with the versions that the comparison names.
pub fn with_scikit_learn(named: Option<&Path>) -> Result<PathBuf> {
    if let Some(python) = named {
        process::read(Command::new(python).args(["-c", "import pandas, sklearn"]))
            .with_context(|| format!("{} has no pandas and scikit-learn", python.display()))?;
        return Ok(python.to_path_buf());
    }
    let requirements = workspace::root().join(REQUIREMENTS);
    let wanted = fs::read_to_string(&requirements)
        .with_context(|| format!("cannot read {}", requirements.display()))?;
    let folder = tools::cache_folder()?.join("scikit-learn");
    let python = folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    // Written last: an environment without it is not complete, one with other versions out of date.
    let stamp = folder.join("requirements.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    let base = PYTHONS
        .into_iter()
        .find_map(process::on_path)
        .context("there is no Python on PATH; install Python 3.11 or newer, or name one with `--python PATH`")?;
    eprintln!(
        "installing pandas and scikit-learn into {} (once, about a minute)…",
        folder.display()
    );
    process::run_and_quote(
        Command::new(base)
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    )
    .context(
        "Python could not make a virtual environment (Debian: `apt-get install python3-venv`)",
    )?;
    let install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    process::run_and_quote(
        Command::new(&python)
            .args(install)
            .arg("--requirement")
            .arg(&requirements),
    )
    .context("pip could not install pandas and scikit-learn")?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(python)
}
