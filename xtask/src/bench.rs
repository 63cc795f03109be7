//! `bench`: how fast what ships is, beside pandas and scikit-learn, as tables for docs/performance.md.

use crate::process::{self, cargo};
use crate::{browser, bundle, python, workspace};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What the command line asked for.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Options {
    /// A Python that has pandas and scikit-learn; without one, a virtual environment is made.
    python: Option<PathBuf>,
    /// Also move the threshold over ten million rows, which takes minutes to write and to read.
    large: bool,
    /// Measure what is looked at over time instead, on a file of its own.
    over_time: bool,
}

impl Options {
    /// Reads `[--large] [--over-time] [--python PATH]`.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self::default();
        let mut arguments = arguments.iter().map(String::as_str);
        while let Some(argument) = arguments.next() {
            if argument == "--large" {
                options.large = true;
                continue;
            }
            if argument == "--over-time" {
                options.over_time = true;
                continue;
            }
            let python = match argument.strip_prefix("--python") {
                Some("") => arguments.next(),
                Some(rest) if rest.starts_with('=') => rest.get(1..),
                _ => bail!(
                    "`bench` does not know `{argument}`; it takes `--large`, `--over-time` and `--python PATH`"
                ),
            };
            match python {
                Some(path) if !path.is_empty() => options.python = Some(path.into()),
                _ => bail!("`--python` needs the path of a Python"),
            }
        }
        Ok(options)
    }
}

/// Builds what is missing or out of date, measures, and prints the tables.
pub fn bench(options: &Options) -> Result<()> {
    let browser = browser::ensure()?;
    if bundle_is_current()? {
        println!("dist/ holds the page as it is now");
    } else {
        bundle::bundle(&bundle::Wanted::Folder)?;
    }
    process::run(&mut cargo(&[
        "build",
        "--release",
        "--package",
        "greenlight-cli",
    ]))?;
    let name = format!("greenlight{}", std::env::consts::EXE_SUFFIX);
    let terminal = workspace::target().join("release").join(name);

    let mut command = cargo(&[
        "test",
        "--package",
        "greenlight-tests",
        "--features",
        "browser",
        "--test",
        "browser",
        "--",
        "--ignored",
        "--exact",
        "--nocapture",
        match options.over_time {
            true => "bench::over_time::bench",
            false => "bench::bench",
        },
    ]);
    command
        .env("GREENLIGHT_DIST", workspace::dist())
        .env("GREENLIGHT_CLI", terminal);
    match options.large {
        true => command.env("GREENLIGHT_BENCH_LARGE", "1"),
        false => command.env_remove("GREENLIGHT_BENCH_LARGE"),
    };
    match python::with_scikit_learn(options.python.as_deref()) {
        Ok(python) => {
            command.env("GREENLIGHT_PYTHON", python);
        }
        // Asked for by name, it must be there.
        Err(error) if options.python.is_some() => return Err(error),
        Err(error) => {
            command.env_remove("GREENLIGHT_PYTHON");
            eprintln!("there will be no comparison with pandas and scikit-learn: {error:#}");
        }
    }
    process::run(browser.tell(&mut command))
}

/// Whether nothing that the page is built from is newer than the page in `dist/`.
fn bundle_is_current() -> Result<bool> {
    let Ok(page) = std::fs::metadata(workspace::dist().join("index.html")) else {
        return Ok(false);
    };
    let built = page.modified()?;
    let root = workspace::root();
    let sources = [
        "src",
        "crates",
        "static",
        "index.html",
        "Cargo.toml",
        "Cargo.lock",
        "Trunk.toml",
    ];
    for source in sources {
        if newest(&root.join(source))? > built {
            return Ok(false);
        }
    }
    Ok(true)
}

/// When a file, or anything in a folder, was last written.
fn newest(path: &Path) -> Result<SystemTime> {
    let cannot_read = || format!("cannot read {}", path.display());
    let metadata = path.metadata().with_context(cannot_read)?;
    let mut newest = metadata.modified()?;
    if metadata.is_dir() {
        for entry in path.read_dir().with_context(cannot_read)? {
            newest = newest.max(self::newest(&entry?.path())?);
        }
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options> {
        let arguments: Vec<String> = arguments.iter().map(|text| (*text).to_owned()).collect();
        Options::parse(&arguments)
    }

    #[test]
    fn the_python_is_read_in_both_spellings() {
        let named = Options {
            python: Some("/opt/python".into()),
            ..Options::default()
        };
        assert_eq!(parse(&[]).unwrap(), Options::default());
        assert_eq!(parse(&["--python", "/opt/python"]).unwrap(), named);
        assert_eq!(parse(&["--python=/opt/python"]).unwrap(), named);
        let large = Options {
            large: true,
            ..named
        };
        assert_eq!(
            parse(&["--large", "--python", "/opt/python"]).unwrap(),
            large
        );
        assert!(parse(&["--over-time"]).unwrap().over_time);
    }

    #[test]
    fn wrong_options_are_named() {
        for wrong in [
            &["--python"][..],
            &["--python="],
            &["--pythons", "a"],
            &["fast"],
        ] {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_folder_is_as_new_as_the_newest_in_it() {
        let folder = workspace::root().join("xtask");
        let file = folder.join("src/bench.rs");
        assert!(newest(&folder).unwrap() >= newest(&file).unwrap());
        assert!(newest(&folder.join("nothing")).is_err());
    }
}
