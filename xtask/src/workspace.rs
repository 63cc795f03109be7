//! Where things are, and what the project's own files say about versions.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The repository's root folder.
pub fn root() -> PathBuf {
    // Cargo says where the package is at run time; the compiled-in path is for a binary run by hand.
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package
        .parent()
        .map_or_else(|| package.clone(), Path::to_path_buf)
}

/// Cargo's build folder.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// What `bundle` writes and browser tests open.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The version of the `wasm-bindgen` crate in use; its command-line half must be the very same.
pub fn wasm_bindgen_version() -> Result<String> {
    let lock = read("Cargo.lock")?;
    version_after(&lock, "name = \"wasm-bindgen\"").context("Cargo.lock names no wasm-bindgen")
}

/// The number of the Binaryen release in use, from Trunk's `wasm_opt = "version_N"`.
pub fn binaryen_version() -> Result<String> {
    let trunk = read("Trunk.toml")?;
    trunk
        .lines()
        .find_map(|line| {
            line.strip_prefix("wasm_opt = \"version_")?
                .strip_suffix('"')
        })
        .map(str::to_owned)
        .context("Trunk.toml has no line `wasm_opt = \"version_…\"`")
}

fn read(name: &str) -> Result<String> {
    let path = root().join(name);
    std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// The `version = "…"` in the line after `name`.
fn version_after(lock: &str, name: &str) -> Option<String> {
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_is_read_by_whole_names() {
        let lock = "name = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(
            version_after(lock, "name = \"wasm-bindgen\"").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(version_after(lock, "name = \"wasm\""), None);
    }

    #[test]
    fn this_project_names_its_tools() {
        assert!(wasm_bindgen_version().unwrap().starts_with("0.2."));
        assert!(binaryen_version().unwrap().parse::<u32>().unwrap() > 100);
    }
}
