//! The build tools: taken from PATH where the version fits, else from the cache folder, else installed there once.

use crate::{install, process, workspace};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Trunk's version. Newer ones want a newer Rust than this project's.
const TRUNK: &str = "0.21.14";

/// How a tool gets onto a machine.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Built from the Rust registry, or fetched by `cargo binstall`.
    Crate,
    /// Binaryen, which is no Rust.
    Binaryen,
}

/// A tool, in the one version that is used.
pub struct Tool {
    /// What to call it in a message.
    pub title: &'static str,
    /// The package's name: a crate's, where it is one.
    pub package: &'static str,
    /// The program that is looked for.
    pub program: &'static str,
    /// The version, as in the program's answer to `--version`.
    pub version: String,
    /// Where it comes from.
    pub source: Source,
    /// How long an installation takes, for people who wait.
    pub takes: &'static str,
}

/// What every build needs.
pub fn for_building() -> Result<Vec<Tool>> {
    Ok(vec![
        Tool {
            title: "Trunk",
            package: "trunk",
            program: "trunk",
            version: TRUNK.to_owned(),
            source: Source::Crate,
            takes: "about 4 minutes on two cores",
        },
        Tool {
            title: "wasm-bindgen",
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            version: workspace::wasm_bindgen_version()?,
            source: Source::Crate,
            takes: "about 3 minutes on two cores",
        },
    ])
}

/// What a build that ships needs besides.
pub fn for_release() -> Result<Vec<Tool>> {
    let mut tools = for_building()?;
    tools.push(Tool {
        title: "Binaryen (wasm-opt)",
        package: "binaryen",
        program: "wasm-opt",
        version: workspace::binaryen_version()?,
        source: Source::Binaryen,
        takes: "some seconds",
    });
    Ok(tools)
}

/// The folders that hold the tools, to be put first on PATH. Installs what is missing.
pub fn ensure(tools: &[Tool]) -> Result<Vec<PathBuf>> {
    let found: Vec<_> = tools.iter().map(Tool::find).collect::<Result<_>>()?;
    if found.iter().all(Option::is_some) {
        return Ok(found.into_iter().flatten().collect());
    }
    // One installer at a time; whoever waited looks again before installing.
    let folder = cache_folder()?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let lock = fs::File::create(folder.join(".lock"))?;
    lock.lock().context("cannot lock the tools folder")?;
    let workshop = install::Workshop::new(&folder);
    tools
        .iter()
        .map(|tool| match tool.find()? {
            Some(bin) => Ok(bin),
            None => {
                workshop.install(tool, &tool.folder()?)?;
                tool.find()?.with_context(|| {
                    format!(
                        "{} was installed, but does not answer as version {}",
                        tool.title, tool.version
                    )
                })
            }
        })
        .collect()
}

impl Tool {
    /// The folder with the program, on PATH or in the cache.
    fn find(&self) -> Result<Option<PathBuf>> {
        let on_path = process::on_path(self.program).filter(|program| self.is_version_of(program));
        if let Some(folder) = on_path.as_deref().and_then(Path::parent) {
            return Ok(Some(folder.to_path_buf()));
        }
        let folder = self.folder()?;
        // `npm` puts programs in the folder itself on Windows.
        let programs = [folder.join("bin"), folder]
            .into_iter()
            .filter_map(|bin| process::program_in(&bin, self.program));
        let program = programs
            .into_iter()
            .find(|program| self.is_version_of(program));
        Ok(program
            .as_deref()
            .and_then(Path::parent)
            .map(Path::to_path_buf))
    }

    fn is_version_of(&self, program: &Path) -> bool {
        let answer = process::version_line(program).unwrap_or_default();
        answer.split_whitespace().any(|word| word == self.version)
    }

    fn folder(&self) -> Result<PathBuf> {
        Ok(cache_folder()?.join(format!("{}-{}", self.package, self.version)))
    }
}

/// `clean-tools`.
pub fn clean() -> Result<()> {
    let folder = cache_folder()?;
    if !folder.exists() {
        println!("there are no installed tools in {}", folder.display());
        return Ok(());
    }
    fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    println!("removed {}", folder.display());
    Ok(())
}

/// `greenlight/tools` in the folder that this system has for things that can be had again.
pub fn cache_folder() -> Result<PathBuf> {
    let variable = |name| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let home = || variable("HOME");
    let cache = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else {
        variable("XDG_CACHE_HOME")
            .filter(|folder| folder.is_absolute())
            .or_else(|| {
                home().map(|home| {
                    home.join(if cfg!(target_os = "macos") {
                        "Library/Caches"
                    } else {
                        ".cache"
                    })
                })
            })
    };
    match cache {
        Some(cache) => Ok(cache.join("greenlight").join("tools")),
        None => bail!(
            "there is no cache folder: neither XDG_CACHE_HOME nor HOME (on Windows LOCALAPPDATA) is set"
        ),
    }
}
