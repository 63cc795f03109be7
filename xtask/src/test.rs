//! `test`: everything a change must pass, in the order that fails soonest.

use crate::browser::{self, Browsers};
use crate::process::{self, cargo};
use crate::steps::Steps;
use crate::toolchain::{self, WASM};
use crate::{bundle, tools, workspace};
use anyhow::{Result, bail, ensure};
use std::path::PathBuf;
use std::process::Command;

/// The package that is built for browsers.
const APP: &str = "greenlight-app";
/// The feature without which the tests that drive a browser are left out.
const BROWSER: &str = "greenlight-tests/browser";
const NO_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

/// Runs all steps; the first that fails ends the run.
pub fn test() -> Result<()> {
    let mut steps = Steps::new();
    let outcome = run(&mut steps);
    steps.summary();
    outcome?;
    println!("\nall steps passed");
    Ok(())
}

fn run(steps: &mut Steps) -> Result<()> {
    let mut bench = None;
    steps.step("tools", || {
        bench = Some(Bench::prepare()?);
        Ok("all there".to_owned())
    })?;
    let Some(bench) = bench else {
        bail!("there are no tools")
    };

    steps.step("format", || quiet(&mut cargo(&["fmt", "--all", "--check"])))?;
    let mut lints = cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--features",
        BROWSER,
    ]);
    steps.step("lints", || quiet(lints.args(NO_WARNINGS)))?;
    let mut lints = cargo(&[
        "clippy",
        "--package",
        APP,
        "--all-targets",
        "--target",
        WASM,
    ]);
    steps.step("lints (wasm)", || quiet(lints.args(NO_WARNINGS)))?;
    // Examples are no tests: the lints have seen to it that they compile.
    steps.step("tests", || {
        counted(&mut cargo(&["test", "--workspace", "--tests"]))
    })?;
    steps.step("tests in documentation", || {
        counted(&mut cargo(&[
            "test",
            "--workspace",
            "--exclude",
            APP,
            "--doc",
        ]))
    })?;
    steps.step("tests in a browser (wasm)", || {
        counted(&mut bench.wasm_tests()?)
    })?;
    steps.step("bundle and its sizes", || {
        bundle::bundle_with(&bench.folders)?;
        Ok("within budget".to_owned())
    })?;
    steps.step("the built page", || counted(&mut bench.page_tests()))
}

/// What the steps work with.
struct Bench {
    folders: Vec<PathBuf>,
    browsers: Browsers,
}

impl Bench {
    fn prepare() -> Result<Self> {
        toolchain::ensure_wasm()?;
        toolchain::ensure_lints()?;
        Ok(Self {
            browsers: browser::ensure()?,
            folders: tools::ensure(&tools::for_release()?)?,
        })
    }

    /// The app's unit tests that need a browser, in one.
    fn wasm_tests(&self) -> Result<Command> {
        let mut command = cargo(&["test", "-p", APP, "--target", WASM, "--lib"]);
        command
            .env("PATH", process::path_with(&self.folders)?)
            .env("WASM_BINDGEN_USE_BROWSER", "1")
            .env(
                "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
                self.browsers.webdriver_settings()?,
            );
        self.browsers.tell(&mut command);
        Ok(command)
    }

    /// The tests that open `dist/` as a visitor would.
    fn page_tests(&self) -> Command {
        // With the whole workspace, so that dependencies are those that the other tests were built with.
        let mut command = cargo(&[
            "test",
            "--workspace",
            "--features",
            BROWSER,
            "--test",
            "browser",
        ]);
        command.env("GREENLIGHT_DIST", workspace::dist());
        self.browsers.tell(&mut command);
        command
    }
}

fn quiet(command: &mut Command) -> Result<String> {
    process::run(command).map(|()| "clean".to_owned())
}

/// Runs tests and counts them: a run without any is a mistake, not a success.
fn counted(command: &mut Command) -> Result<String> {
    let (status, said) = process::show_and_keep(command)?;
    let count = Count::of(&said);
    ensure!(
        status.success() && count.failed == 0,
        "`{}` failed ({status}): {count}",
        process::describe(command)
    );
    ensure!(
        count.passed > 0,
        "`{}` ran no tests at all",
        process::describe(command)
    );
    Ok(count.to_string())
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    passed: usize,
    failed: usize,
    ignored: usize,
}

impl Count {
    /// Adds up lines such as `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    fn of(said: &str) -> Self {
        let results = said
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("test result: "));
        results.fold(Self::default(), |sum, result| {
            let number = |what: &str| {
                let words = result
                    .split([';', '.'])
                    .map(str::trim)
                    .find_map(|part| part.strip_suffix(what));
                words
                    .and_then(|number| number.trim().parse().ok())
                    .unwrap_or(0)
            };
            Self {
                passed: sum.passed + number("passed"),
                failed: sum.failed + number("failed"),
                ignored: sum.ignored + number("ignored"),
            }
        })
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed", self.passed)?;
        for (number, what) in [(self.failed, "failed"), (self.ignored, "ignored")] {
            if number > 0 {
                write!(f, ", {number} {what}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_several_test_programs_are_added_up() {
        let said = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 12 passed; 1 failed; 0 ignored; 0 measured";
        assert_eq!(
            Count::of(said),
            Count {
                passed: 14,
                failed: 1,
                ignored: 1
            }
        );
        assert_eq!(
            Count::of(said).to_string(),
            "14 passed, 1 failed, 1 ignored"
        );
    }

    #[test]
    fn a_run_without_tests_fails() {
        assert!(
            counted(&mut cargo(&["--version"]))
                .unwrap_err()
                .to_string()
                .contains("no tests at all")
        );
    }
}
