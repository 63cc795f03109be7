//! What must come from rustup: the wasm target, clippy and rustfmt.

use crate::process::{self, cargo};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// The target that the page and its engine are built for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Adds the wasm target unless it is there.
pub fn ensure_wasm() -> Result<()> {
    let sysroot = process::read(
        Command::new("rustc")
            .args(["--print", "sysroot"])
            .current_dir(crate::workspace::root()),
    )?;
    if Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(WASM)
        .is_dir()
    {
        return Ok(());
    }
    eprintln!("adding Rust's {WASM} target (once, some seconds)…");
    rustup(&["target", "add", WASM])
}

/// Adds the toolchain components that only `test` needs.
pub fn ensure_lints() -> Result<()> {
    for (command, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if process::read(&mut cargo(&[command, "--version"])).is_err() {
            eprintln!("adding Rust's {component} (once, some seconds)…");
            rustup(&["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(arguments: &[&str]) -> Result<()> {
    process::run_and_quote(
        Command::new("rustup")
            .args(arguments)
            .current_dir(crate::workspace::root()),
    )
    .context(
        "rustup could not complete the toolchain; without rustup, add this part by your own means",
    )
}
