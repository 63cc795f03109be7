//! Running other programs: loudly, quietly, or both.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

/// Runs with the caller's own output; anything but success is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start `{}`", describe(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", describe(command));
    }
    Ok(())
}

/// Runs in silence and returns what was written to standard output.
pub fn read(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot start `{}`", describe(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` failed ({}):\n{}",
            describe(command),
            output.status,
            last_lines(&said)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Shows standard output line by line as it comes, and returns it too. Errors go straight to the caller's own.
pub fn show_and_keep(command: &mut Command) -> Result<(ExitStatus, String)> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{}`", describe(command)))?;
    let kept = child
        .stdout
        .take()
        .map(|stdout| tee(stdout, std::io::stdout()))
        .unwrap_or_default();
    Ok((child.wait()?, kept))
}

/// As [`run`], but keeps both outputs, so that an error can quote the last lines.
pub fn run_and_quote(command: &mut Command) -> Result<()> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{}`", describe(command)))?;
    let errors = child
        .stderr
        .take()
        .map(|stderr| thread::spawn(|| tee(stderr, std::io::stderr())));
    let mut said = child
        .stdout
        .take()
        .map(|stdout| tee(stdout, std::io::stdout()))
        .unwrap_or_default();
    if let Some(Ok(errors)) = errors.map(thread::JoinHandle::join) {
        said.push_str(&errors);
    }
    let status = child.wait()?;
    if !status.success() {
        bail!(
            "`{}` failed ({status}); its last lines:\n{}",
            describe(command),
            last_lines(&said)
        );
    }
    Ok(())
}

fn tee(from: impl Read, mut to: impl Write) -> String {
    let mut kept = String::new();
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    // A pipe that breaks ends like one that is done: the exit status tells the two apart.
    while from.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let _ = to.write_all(&line).and_then(|()| to.flush());
        kept.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    kept
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines[lines.len().saturating_sub(15)..]
        .iter()
        .map(|line| format!("  | {line}\n"))
        .collect()
}

/// The command as one would type it.
pub fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first program of that name on PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).find_map(|folder| program_in(&folder, name))
}

/// The program of that name in a folder, whatever this system appends to names of programs.
pub fn program_in(folder: &Path, name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) {
        &[".exe", ".cmd"]
    } else {
        &[""]
    };
    endings
        .iter()
        .map(|ending| folder.join(format!("{name}{ending}")))
        .find(|path| path.is_file())
}

/// PATH with some folders put first.
pub fn path_with(folders: &[PathBuf]) -> Result<std::ffi::OsString> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&old));
    std::env::join_paths(all).context("a folder's name cannot stand in PATH")
}

/// What `program --version` answers, or nothing if it does not run.
pub fn version_line(program: impl AsRef<OsStr>) -> Option<String> {
    read(Command::new(program).arg("--version"))
        .ok()
        .map(|answer| answer.trim().to_owned())
}

/// A Cargo command in the repository.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command
        .args(arguments)
        .current_dir(crate::workspace::root());
    command
}
