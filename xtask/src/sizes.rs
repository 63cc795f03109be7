//! How much a visitor loads, and how much that may be. The budgets live here and nowhere else.

use crate::{html, offline, one_file};
use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write;
use std::path::Path;

/// index.html and everything it loads on its own: what comes before anything shows. In bytes after gzip.
const FIRST_SCREEN: usize = 150_000;
/// The worker's script and module, which a visitor's first CSV file needs. In bytes after gzip.
const ENGINE: usize = 350_000;
/// The worker that comes in its place with a first JSON file. In bytes after gzip.
const ENGINE_JSON: usize = 390_000;
/// The views and what they draw with, which come with the first file. In bytes after gzip.
const WORKBENCH: usize = 1_150_000;
/// The service worker, which comes once the rest is there. In bytes after gzip.
const SERVICE_WORKER: usize = 2_500;
/// The page as one file, which is sent and kept as it is: its own bytes, with everything packed inside.
const ONE_FILE: usize = 2_750_000;

struct File {
    name: String,
    raw: usize,
    gzip: usize,
}

/// Prints what each file weighs; fails where a budget is exceeded.
pub fn check(dist: &Path) -> Result<()> {
    let files = weigh(dist)?;
    let page =
        fs::read_to_string(dist.join("index.html")).context("the bundle has no index.html")?;
    let names = html::names(&page, files.iter().map(|file| file.name.as_str()));
    let is_engine = |file: &File| file.name.starts_with("engine-");
    let is_engine_json = |file: &File| file.name.starts_with("engine_json-");
    let is_workbench = |file: &File| file.name.starts_with("workbench-");
    let is_worker = |file: &File| file.name == "sw.js";
    let is_first = |file: &File| {
        let named = file.name == "index.html" || names.contains(&file.name.as_str());
        let is_later = ["remote.html", "sw.js", one_file::NAME].contains(&file.name.as_str());
        let is_lazy = is_engine(file) || is_engine_json(file) || is_workbench(file);
        named && !is_lazy && !is_later
    };

    println!("\n{:<52} {:>9} {:>9}", "file", "raw", "gzip");
    for file in &files {
        println!(
            "{:<52} {:>9} {:>9}",
            file.name,
            kilobytes(file.raw),
            kilobytes(file.gzip)
        );
    }
    println!();
    let first = Budget::of(
        "first screen",
        FIRST_SCREEN,
        files.iter().filter(|file| is_first(file)),
    );
    let engine = Budget::of(
        "CSV engine",
        ENGINE,
        files.iter().filter(|file| is_engine(file)),
    );
    let engine_json = Budget::of(
        "engine for JSON and CSV",
        ENGINE_JSON,
        files.iter().filter(|file| is_engine_json(file)),
    );
    let workbench = Budget::of(
        "workbench",
        WORKBENCH,
        files.iter().filter(|file| is_workbench(file)),
    );
    let worker = Budget::of(
        "service worker",
        SERVICE_WORKER,
        files.iter().filter(|file| is_worker(file)),
    );
    let one_file = check_one_file(&files);
    println!("1 KB is 1000 bytes; gzip at its best level, as a host sends it");
    first
        .and(engine)
        .and(engine_json)
        .and(workbench)
        .and(worker)
        .and(one_file)
}

/// The page as one file is its own bytes: nothing packs it on its way.
fn check_one_file(files: &[File]) -> Result<()> {
    let file = files.iter().find(|file| file.name == one_file::NAME);
    let raw = file.context("the bundle has no page as one file")?.raw;
    let sum = format!(
        "{} (at most {} as it is)",
        one_file::NAME,
        kilobytes(ONE_FILE)
    );
    println!("{sum:<52} {:>9}", kilobytes(raw));
    if raw > ONE_FILE {
        bail!(
            "{} is {}, over its budget of {}",
            one_file::NAME,
            kilobytes(raw),
            kilobytes(ONE_FILE)
        );
    }
    Ok(())
}

struct Budget;

impl Budget {
    fn of<'a>(
        title: &str,
        limit: usize,
        files: impl Iterator<Item = &'a File> + Clone,
    ) -> Result<()> {
        let raw = files.clone().map(|file| file.raw).sum();
        let gzip = files.clone().map(|file| file.gzip).sum();
        let sum = format!(
            "{title} ({} files, at most {} gzip)",
            files.count(),
            kilobytes(limit)
        );
        println!("{sum:<52} {:>9} {:>9}", kilobytes(raw), kilobytes(gzip));
        if gzip > limit {
            bail!(
                "the {title} is {} after gzip, over its budget of {}",
                kilobytes(gzip),
                kilobytes(limit)
            );
        }
        if gzip == 0 {
            bail!("the bundle has no files for the {title}");
        }
        Ok(())
    }
}

/// All files of the bundle, by name.
fn weigh(dist: &Path) -> Result<Vec<File>> {
    let weighed = |name: String| {
        let path = dist.join(&name);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let (raw, gzip) = (bytes.len(), gzipped(&bytes)?);
        Ok(File { name, raw, gzip })
    };
    offline::files(dist)?.into_iter().map(weighed).collect()
}

fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kilobyte_is_a_thousand_bytes() {
        assert_eq!(kilobytes(150_000), "150.0 KB");
        assert_eq!(kilobytes(1_999), "1.9 KB");
    }

    #[test]
    fn a_group_over_budget_or_without_files_fails() {
        let files = [File {
            name: "a".to_owned(),
            raw: 300,
            gzip: 200,
        }];
        assert!(Budget::of("page", 200, files.iter()).is_ok());
        assert!(Budget::of("page", 199, files.iter()).is_err());
        assert!(Budget::of("page", 199, [].iter()).is_err());
    }
}
