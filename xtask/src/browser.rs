//! Chromium with its driver, and Firefox: found, or installed where the system's own package manager can.

use crate::{process, workspace};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const CHROMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];
const PLACES_OF_CHROME: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];
const FIREFOXES: [&str; 2] = ["firefox-esr", "firefox"];
const PLACES_OF_FIREFOX: [&str; 2] = [
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
];
const ADVICE: &str = "Install Chromium or Chrome and a chromedriver of the same major version \
    (Debian: `apt-get install chromium chromium-driver`), or name them in CHROME and CHROMEDRIVER";

const ADVICE_ON_FIREFOX: &str =
    "Install Firefox (Debian: `apt-get install firefox-esr`), or name it in FIREFOX";

/// The browsers that tests drive.
pub struct Browsers {
    /// Chromium or Chrome.
    pub chrome: PathBuf,
    /// The chromedriver that fits it.
    pub driver: PathBuf,
    /// Firefox, which needs no driver: it takes the commands of tests itself.
    pub firefox: PathBuf,
}

/// Finds the browsers, or installs what is missing where that takes no questions.
pub fn ensure() -> Result<Browsers> {
    let (chromium, firefox) = (find_chromium()?, find_firefox());
    let mut missing = Vec::new();
    if chromium.is_none() {
        missing.extend(["chromium", "chromium-driver"]);
    }
    if firefox.is_none() {
        missing.push("firefox-esr");
    }
    if !missing.is_empty() {
        install(&missing)?;
    }
    let (chrome, driver) = match chromium {
        Some(found) => found,
        None => find_chromium()?.with_context(|| not_found("Chromium", ADVICE))?,
    };
    let firefox = firefox
        .or_else(find_firefox)
        .with_context(|| not_found("Firefox", ADVICE_ON_FIREFOX))?;
    Ok(Browsers {
        chrome,
        driver,
        firefox,
    })
}

fn not_found(name: &str, advice: &str) -> String {
    format!("apt-get installed {name}, but it is not on PATH. {advice}")
}

fn install(packages: &[&str]) -> Result<()> {
    let packages_in_words = packages.join(", ");
    let (Some(mut update), Some(mut install)) = (apt(), apt()) else {
        bail!("{packages_in_words}: not all of them are on PATH. {ADVICE}. {ADVICE_ON_FIREFOX}");
    };
    eprintln!("installing {packages_in_words} with apt-get (once, about a minute)…");
    process::run_and_quote(update.args(["--quiet", "update"]))
        .context("apt-get could not refresh its lists")?;
    install
        .args(["--quiet", "--yes", "--no-install-recommends", "install"])
        .args(packages);
    process::run_and_quote(&mut install)
        .with_context(|| format!("apt-get could not install {packages_in_words}"))
}

/// What a variable names, what is on PATH, or what lies in a usual place.
fn look_for(variable: &str, names: &[&str], places: &[&str]) -> Option<PathBuf> {
    named(variable)
        .or_else(|| names.iter().find_map(|name| process::on_path(name)))
        .or_else(|| {
            let mut places = places.iter().map(PathBuf::from);
            places.find(|path| path.is_file())
        })
}

fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
}

fn find_firefox() -> Option<PathBuf> {
    look_for("FIREFOX", &FIREFOXES, &PLACES_OF_FIREFOX)
}

/// Chromium and its driver.
fn find_chromium() -> Result<Option<(PathBuf, PathBuf)>> {
    let chrome = look_for("CHROME", &CHROMES, &PLACES_OF_CHROME);
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
        _ => Ok(Some((chrome, driver))),
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

impl Browsers {
    /// Tells a test command where the browsers are, in the variables that test runners read.
    pub fn tell<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("CHROME", &self.chrome)
            .env("CHROMEDRIVER", &self.driver)
            .env("FIREFOX", &self.firefox)
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
