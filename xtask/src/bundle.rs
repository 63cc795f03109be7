//! `bundle`: what ships, and whether it is as small and as self-contained as promised.

use crate::{html, one_file, process, sizes, toolchain, tools, trunk::trunk, workspace};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::PathBuf;

/// What is wanted of a bundle.
#[derive(Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The folder for a host.
    Folder,
    /// The page as one file; it lies in the folder as well.
    OneFile,
}

impl Wanted {
    /// Reads `[--single-file]`.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        match arguments {
            [] => Ok(Self::Folder),
            [option] if option == "--single-file" => Ok(Self::OneFile),
            [other, ..] => bail!("`bundle` takes `--single-file` alone, but got `{other}`"),
        }
    }
}

/// Builds `dist/`, checks it, and says where what was wanted is.
pub fn bundle(wanted: &Wanted) -> Result<()> {
    toolchain::ensure_wasm()?;
    bundle_with(&tools::ensure(&tools::for_release()?)?)?;
    let dist = workspace::dist();
    match wanted {
        Wanted::Folder => println!(
            "the bundle is in {}: any folder of any static host will do",
            dist.display()
        ),
        Wanted::OneFile => println!(
            "the page as one file is {}: a double click opens it, without a server",
            dist.join(one_file::NAME).display()
        ),
    }
    Ok(())
}

/// Builds `dist/` with the tools at hand, and checks it.
pub fn bundle_with(folders: &[PathBuf]) -> Result<()> {
    process::run(&mut trunk(folders, &["build", "--release"])?)?;
    let dist = workspace::dist();
    for name in ["index.html", "remote.html"] {
        let page = fs::read_to_string(dist.join(name))
            .with_context(|| format!("the bundle has no {name}"))?;
        check_page(&page).with_context(|| format!("{name} cannot ship"))?;
    }
    sizes::check(&dist)?;
    // How long links to reports are is what these tests print.
    let lengths = ["test", "--quiet", "--workspace", "--test", "lengths"];
    process::run(process::cargo(&lengths).args(["--", "--nocapture"]))
}

/// The page must work in any folder of any host, and hold nothing that only `serve` needs.
fn check_page(page: &str) -> Result<()> {
    ensure!(
        !page.contains("trunk/ws"),
        "the bundled page has Trunk's reload script in it"
    );
    ensure!(
        !page.contains("{{"),
        "the bundled page has a placeholder left in it"
    );
    for tag in page.split('<') {
        for name in ["href", "src"] {
            let address = html::attribute(tag, name).unwrap_or_default();
            let elsewhere = address.starts_with('/') || address.contains("://");
            ensure!(
                !elsewhere,
                "the bundled page names `{address}`, which is not beside it"
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_is_asked_for_by_its_option() {
        let parse = |options: &[&str]| {
            let options: Vec<String> = options.iter().map(|&option| option.to_owned()).collect();
            Wanted::parse(&options)
        };
        assert_eq!(parse(&[]).unwrap(), Wanted::Folder);
        assert_eq!(parse(&["--single-file"]).unwrap(), Wanted::OneFile);
        assert!(parse(&["--one-file"]).is_err());
        assert!(parse(&["--single-file", "again"]).is_err());
    }

    #[test]
    fn pages_that_need_their_own_host_are_refused() {
        assert!(check_page(r#"<link rel="icon" href="./icon.svg"><a href="./more/">"#).is_ok());
        for wrong in [
            r#"<link href="/icon.svg">"#,
            r#"<script src="https://example.org/a.js">"#,
            "{{SCRIPT_HASHES}}",
        ] {
            assert!(check_page(wrong).is_err(), "{wrong}");
        }
    }
}
