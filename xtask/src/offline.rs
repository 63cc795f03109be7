//! The service worker: which files it keeps for when there is no network, and of which version they are.

use crate::{lazy::short_hex, workspace};
use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// The names of all files in the folder, with `/` in those of files in folders, in order.
pub fn files(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders = vec![(folder.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            match entry.file_type()?.is_dir() {
                true => folders.push((entry.path(), format!("{name}/"))),
                false => files.push(name),
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The version of what ships: another one as soon as any file is another.
pub fn version(folder: &Path, files: &[String]) -> Result<String> {
    let mut digest = Sha256::new();
    for name in files {
        let path = folder.join(name);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        digest.update(name);
        digest.update([0]);
        digest.update(Sha256::digest(bytes));
    }
    Ok(short_hex(&digest.finalize()))
}

/// The service worker that keeps these files.
pub fn worker(version: &str, files: &[String]) -> Result<String> {
    let path = workspace::root().join("static/sw.js");
    let template =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    filled(&template, version, files)
}

fn filled(template: &str, version: &str, files: &[String]) -> Result<String> {
    let is_plain = |name: &String| {
        let mut letters = name.chars();
        letters.all(|letter| letter.is_ascii_alphanumeric() || "-_./".contains(letter))
    };
    let odd = files.iter().find(|name| !is_plain(name));
    ensure!(
        odd.is_none(),
        "`{}` cannot be kept under that name: use letters, digits, `-`, `_` and `.`",
        odd.map_or("", String::as_str)
    );
    let list: Vec<String> = files.iter().map(|name| format!("\"{name}\"")).collect();
    let list = format!("[{}]", list.join(", "));
    let [at_version, at_files] = ["{{VERSION}}", "{{FILES}}"];
    ensure!(
        template.contains(at_version) && template.contains(at_files),
        "static/sw.js has no {at_version} or no {at_files}"
    );
    Ok(template
        .replace(at_version, version)
        .replace(at_files, &list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_follows_what_any_file_is_called_and_holds() {
        let folder = std::env::temp_dir().join(format!("greenlight-files-{}", std::process::id()));
        let version_with = |name: &str, content: &str| {
            fs::create_dir_all(folder.join("samples")).unwrap();
            fs::write(folder.join("index.html"), "<p>").unwrap();
            fs::write(folder.join("samples").join(name), content).unwrap();
            let files = files(&folder).unwrap();
            assert_eq!(
                files,
                ["index.html".to_owned(), format!("samples/{name}")].as_slice()
            );
            let version = version(&folder, &files).unwrap();
            fs::remove_dir_all(&folder).unwrap();
            version
        };
        let first = version_with("a.csv", "1");
        assert_eq!(first, version_with("a.csv", "1"));
        assert_ne!(first, version_with("a.csv", "2"));
        assert_ne!(first, version_with("b.csv", "1"));
    }

    #[test]
    fn the_worker_names_its_version_and_files() {
        let files = ["a-1.css".to_owned(), "samples/b.csv".to_owned()];
        let worker = worker("0a1b", &files).unwrap();
        assert!(worker.contains("const VERSION = \"0a1b\";"));
        assert!(worker.contains("new Set([\"a-1.css\", \"samples/b.csv\"])"));
        assert!(!worker.contains("{{"));
        assert!(filled("{{VERSION}} {{FILES}}", "1", &["\"x".to_owned()]).is_err());
        assert!(filled("{{VERSION}}", "1", &files).is_err());
    }
}
