//! Installing a tool into the cache folder: all of it or nothing.

use crate::process;
use crate::tools::{Source, Tool};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where tools are built. Several share the compiled dependencies; all of it is removed at the end.
pub struct Workshop {
    build: PathBuf,
    staging: PathBuf,
}

impl Workshop {
    /// Inside the folder of the tools, so that a finished one need only be renamed.
    pub fn new(tools: &Path) -> Self {
        Self {
            build: tools.join(".build"),
            staging: tools.join(".staging"),
        }
    }

    /// Installs `tool` as the folder `to`, which holds the complete tool or does not exist.
    pub fn install(&self, tool: &Tool, to: &Path) -> Result<()> {
        eprintln!(
            "installing {} {} into {} (once, {})…",
            tool.title,
            tool.version,
            to.display(),
            tool.takes
        );
        self.clear_staging()?;
        fs::create_dir_all(&self.staging)?;
        match tool.source {
            Source::Crate => self.install_crate(tool),
            Source::Binaryen => self.install_binaryen(tool),
        }
        .with_context(|| {
            format!(
                "{} {} could not be installed here; install that version yourself, so that `{}` is on PATH",
                tool.title, tool.version, tool.program
            )
        })?;
        // An older folder can only be a broken one: it was not accepted as this version.
        if to.exists() {
            fs::remove_dir_all(to).with_context(|| format!("cannot replace {}", to.display()))?;
        }
        fs::rename(&self.staging, to).with_context(|| format!("cannot create {}", to.display()))
    }

    fn clear_staging(&self) -> Result<()> {
        if self.staging.exists() {
            fs::remove_dir_all(&self.staging)
                .with_context(|| format!("cannot clear {}", self.staging.display()))?;
        }
        Ok(())
    }

    fn install_crate(&self, tool: &Tool) -> Result<()> {
        if process::on_path("cargo-binstall").is_some() {
            let package = format!("{}@{}", tool.package, tool.version);
            let options = [
                "binstall",
                "--no-confirm",
                "--disable-strategies",
                "compile",
                "--root",
            ];
            match process::run_and_quote(
                self.outside().args(options).arg(&self.staging).arg(package),
            ) {
                Ok(()) => return Ok(()),
                Err(error) => eprintln!(
                    "{error:#}no ready-made {} is to be had; building it…",
                    tool.title
                ),
            }
            self.clear_staging()?;
        }
        let locked = process::run_and_quote(self.cargo_install(tool).arg("--locked"));
        let Err(error) = locked else { return Ok(()) };
        eprintln!(
            "{error:#}its own lock file cannot be used here; trying again with current dependencies…"
        );
        self.clear_staging()?;
        process::run_and_quote(&mut self.cargo_install(tool))
    }

    /// Without optimisation: these tools are quick enough as they are, and built in a third of the time.
    fn cargo_install(&self, tool: &Tool) -> Command {
        let mut command = self.outside();
        command
            .args([
                "install",
                tool.package,
                "--version",
                &tool.version,
                "--debug",
                "--no-default-features",
                "--root",
            ])
            .arg(&self.staging)
            .env("CARGO_TARGET_DIR", &self.build)
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
        command
    }

    /// Cargo beside the repository, so that its settings do not apply to somebody else's package.
    fn outside(&self) -> Command {
        let mut command = Command::new("cargo");
        command.current_dir(self.staging.parent().unwrap_or(&self.staging));
        command
    }

    fn install_binaryen(&self, tool: &Tool) -> Result<()> {
        let by_npm = process::on_path("npm").map(|npm| self.binaryen_from_npm(&npm, tool));
        match by_npm {
            Some(Ok(())) => return Ok(()),
            Some(Err(error)) => eprintln!("{error:#}trying Binaryen's own release instead…"),
            None => {}
        }
        self.clear_staging()?;
        fs::create_dir_all(&self.staging)?;
        self.binaryen_from_release(tool)
    }

    fn binaryen_from_npm(&self, npm: &Path, tool: &Tool) -> Result<()> {
        let package = format!("{}@{}.0.0", tool.package, tool.version);
        let options = [
            "install",
            "--global",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--prefix",
        ];
        process::run_and_quote(
            Command::new(npm)
                .args(options)
                .arg(&self.staging)
                .arg(package),
        )
    }

    fn binaryen_from_release(&self, tool: &Tool) -> Result<()> {
        let machine = match (std::env::consts::OS, std::env::consts::ARCH) {
            ("macos", "aarch64") => "arm64-macos",
            ("macos", "x86_64") => "x86_64-macos",
            ("linux", "aarch64") => "aarch64-linux",
            ("linux", "x86_64") => "x86_64-linux",
            ("windows", "x86_64") => "x86_64-windows",
            (system, machine) => bail!(
                "Binaryen has no ready-made release for {machine} {system}; npm can install it"
            ),
        };
        let release = format!("version_{}", tool.version);
        let archive = self.staging.join("binaryen.tar.gz");
        let url = format!(
            "https://github.com/WebAssembly/binaryen/releases/download/{release}/binaryen-{release}-{machine}.tar.gz"
        );
        let options = [
            "--fail",
            "--silent",
            "--show-error",
            "--location",
            "--connect-timeout",
            "20",
            "--output",
        ];
        process::run_and_quote(Command::new("curl").args(options).arg(&archive).arg(url))?;
        let options = ["--strip-components=1", "-xzf"];
        process::run_and_quote(
            Command::new("tar")
                .args(options)
                .arg(&archive)
                .arg("-C")
                .arg(&self.staging),
        )?;
        Ok(fs::remove_file(archive)?)
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // Left-overs cost disk space, nothing else.
        let _ = fs::remove_dir_all(&self.build);
        let _ = fs::remove_dir_all(&self.staging);
    }
}
