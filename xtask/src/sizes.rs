//! How much a visitor loads, and how much that may be. The budgets live here and nowhere else.

use crate::html;
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
const WORKBENCH: usize = 905_000;

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
    let is_first = |file: &File| {
        let named = file.name == "index.html" || names.contains(&file.name.as_str());
        named && !is_engine(file) && !is_engine_json(file) && !is_workbench(file)
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
    println!("1 KB is 1000 bytes; gzip at its best level, as a host sends it");
    first.and(engine).and(engine_json).and(workbench)
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

/// All files of the bundle, by name, with `/` in the names of those in folders.
fn weigh(dist: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    let mut folders = vec![(dist.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?
        {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), format!("{name}/")));
            } else {
                let bytes = fs::read(entry.path())?;
                files.push(File {
                    name,
                    raw: bytes.len(),
                    gzip: gzipped(&bytes)?,
                });
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
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
