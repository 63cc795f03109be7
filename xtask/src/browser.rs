//! Chromium and its driver: found, or installed where the system's own package manager can.

use crate::{process, workspace};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];
const PLACES: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];
const ADVICE: &str = "Install Chromium or Chrome and a chromedriver of the same major version \
    (Debian: `apt-get install chromium chromium-driver`), or name them in CHROME and CHROMEDRIVER";

/// A browser that tests can drive.
pub struct Browser {
    /// Chromium or Chrome.
    pub chrome: PathBuf,
    /// The chromedriver that fits it.
    pub driver: PathBuf,
}

/// Finds a browser and its driver, or installs both where that takes no questions.
pub fn ensure() -> Result<Browser> {
    if let Some(found) = find()? {
        return Ok(found);
    }
    let (Some(mut update), Some(mut install)) = (apt(), apt()) else {
        bail!("Chromium and chromedriver are not both on PATH. {ADVICE}");
    };
    eprintln!("installing Chromium and chromedriver with apt-get (once, about a minute)…");
    process::run_and_quote(update.args(["--quiet", "update"]))
        .context("apt-get could not refresh its lists")?;
    install.args([
        "--quiet",
        "--yes",
        "--no-install-recommends",
        "install",
        "chromium",
        "chromium-driver",
    ]);
    process::run_and_quote(&mut install).context("apt-get could not install Chromium")?;
    find()?.with_context(|| format!("apt-get installed Chromium, but it is not on PATH. {ADVICE}"))
}

fn find() -> Result<Option<Browser>> {
    let named = |variable| {
        std::env::var_os(variable)
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
    };
    let chrome = named("CHROME")
        .or_else(|| BROWSERS.into_iter().find_map(process::on_path))
        .or_else(|| {
            PLACES
                .into_iter()
                .map(PathBuf::from)
                .find(|path| path.is_file())
        });
    let driver = named("CHROMEDRIVER").or_else(|| process::on_path("chromedriver"));
    let (Some(chrome), Some(driver)) = (chrome, driver) else {
        return Ok(None);
    };
    // Chrome on Windows does not tell its version this way; then the driver's own check must do.
    let majors = (major(&chrome), major(&driver));
    match majors {
        (_, None) => bail!(
            "{} does not answer to --version. {ADVICE}",
            driver.display()
        ),
        (Some(of_chrome), Some(of_driver)) if of_chrome != of_driver => bail!(
            "{} is version {of_chrome}, but {} is version {of_driver}. {ADVICE}",
            chrome.display(),
            driver.display()
        ),
        (None, _) if !cfg!(windows) => bail!(
            "{} does not answer to --version. {ADVICE}",
            chrome.display()
        ),
        _ => Ok(Some(Browser { chrome, driver })),
    }
}

fn major(program: &Path) -> Option<u32> {
    let answer = process::version_line(program)?;
    answer
        .split_whitespace()
        .find_map(|word| word.split_once('.')?.0.parse().ok())
}

/// `apt-get`, where it exists and may be used without a question.
fn apt() -> Option<Command> {
    let apt = process::on_path("apt-get")?;
    let quiet = |mut command: Command| {
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    if process::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0") {
        return Some(quiet(Command::new(apt)));
    }
    process::read(Command::new("sudo").args(["-n", "true"])).ok()?;
    let mut command = Command::new("sudo");
    command.arg("-n").arg(apt);
    Some(quiet(command))
}

impl Browser {
    /// Tells a test command where the browser is, in the variables that test runners read.
    pub fn tell<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("CHROME", &self.chrome)
            .env("CHROMEDRIVER", &self.driver)
    }

    /// The file in which wasm-bindgen's test runner looks for the browser's settings.
    pub fn webdriver_settings(&self) -> Result<PathBuf> {
        let folder = workspace::target().join("xtask");
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        let path = folder.join("webdriver.json");
        let chrome = self
            .chrome
            .to_string_lossy()
            .replace('\\', "\\\\")
            .replace('"', "\\\"");
        // The runner itself adds what root and containers need: headless, no sandbox, no shared memory.
        let settings = format!(
            r#"{{ "goog:chromeOptions": {{ "binary": "{chrome}", "args": ["disable-gpu", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"] }} }}"#
        );
        fs::write(&path, settings).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }
}
