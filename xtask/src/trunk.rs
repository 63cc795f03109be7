//! Trunk, with the right tools first on PATH.

use crate::{process, workspace};
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

/// `trunk <arguments>` in the repository. With every tool on PATH in its version, Trunk downloads nothing.
pub fn trunk(folders: &[PathBuf], arguments: &[&str]) -> Result<Command> {
    let path = process::path_with(folders)?;
    let program = folders
        .iter()
        .find_map(|folder| process::program_in(folder, "trunk"));
    let mut command = Command::new(program.unwrap_or_else(|| PathBuf::from("trunk")));
    command
        .args(arguments)
        .current_dir(workspace::root())
        .env("PATH", path)
        // Trunk takes `NO_COLOR=1` for a wrong value of its own option of that name.
        .env_remove("NO_COLOR")
        // Its own backtraces would bury the compiler's message.
        .env("RUST_BACKTRACE", "0");
    Ok(command)
}
