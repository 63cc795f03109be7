//! What Trunk leaves to its callers: lazy modules whose names change with their content, a strict content security
//! policy, and, for what ships, the pages and the service worker that are made of the one page.
//!
//! Trunk runs this as a `post_build` hook, before the new files replace the old.

use crate::lazy::{LAZY, Placed};
use crate::{csp, html, offline, one_file};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Works on the folder that Trunk names in `TRUNK_STAGING_DIR`.
pub fn post_build() -> Result<()> {
    let folder = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder =
        folder.context("`post-build` is for Trunk to call: TRUNK_STAGING_DIR is not set")?;
    let page = folder.join("index.html");
    let html =
        fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
    let lazy = LAZY.iter().map(|lazy| lazy.name_by_content(&folder));
    let lazy = lazy.collect::<Result<Vec<Placed>>>()?;
    let html = lazy
        .iter()
        .try_fold(html, |html, placed| placed.point_to(&html))?;
    let is_served = html.contains("trunk/ws");
    let is_release = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    if is_served || !is_release {
        return write(
            &folder,
            "index.html",
            &csp::allow_inline_scripts(&settle_reload_script(&html))?,
        );
    }

    // Written before the version is known, so that it follows from the page as well.
    write(&folder, "index.html", &html)?;
    let files = offline::files(&folder)?;
    let version = offline::version(&folder, &files)?;
    let html = html::with_meta(&html, "version", &version)?;
    let remote = html::with_meta(&csp::allow_fetching_everywhere(&html)?, "reach", "https")?;
    write(&folder, "index.html", &csp::allow_inline_scripts(&html)?)?;
    write(&folder, "remote.html", &csp::allow_inline_scripts(&remote)?)?;
    let files = offline::files(&folder)?;
    write(&folder, "sw.js", &offline::worker(&version, &files)?)?;
    write(
        &folder,
        one_file::NAME,
        &one_file::pack(&html, &lazy, &folder)?,
    )
}

fn write(folder: &Path, name: &str, text: &str) -> Result<()> {
    let path = folder.join(name);
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// `trunk serve` fills its reload script in anew at every request, which no hash could follow: fill it in for good.
fn settle_reload_script(page: &str) -> String {
    page.replace("'{{__TRUNK_ADDRESS__}}'", "window.location.host")
        .replace("{{__TRUNK_WS_BASE__}}", "/")
}
