//! `bundle`: what ships, and whether it is as small and as self-contained as promised.

use crate::{html, process, sizes, toolchain, tools, trunk::trunk, workspace};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::PathBuf;

/// Builds `dist/` and checks it.
pub fn bundle() -> Result<()> {
    toolchain::ensure_wasm()?;
    bundle_with(&tools::ensure(&tools::for_release()?)?)
}

/// As [`bundle`], with the tools at hand.
pub fn bundle_with(folders: &[PathBuf]) -> Result<()> {
    process::run(&mut trunk(folders, &["build", "--release"])?)?;
    let dist = workspace::dist();
    let page =
        fs::read_to_string(dist.join("index.html")).context("the bundle has no index.html")?;
    check_page(&page)?;
    sizes::check(&dist)?;
    println!(
        "the bundle is in {}: any folder of any static host will do",
        dist.display()
    );
    Ok(())
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
