//! Files and standard input, on their way in.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use greenlight_readiness::{ReadFile, Source, SourceReader};

/// The files as one table.
///
/// # Errors
/// When one cannot be read or they do not belong together; a sentence for the person.
pub fn read_source(paths: &[PathBuf]) -> Result<Source, String> {
    let is_standard_input = |path: &&PathBuf| path.as_path() == Path::new("-");
    if paths.iter().filter(is_standard_input).count() > 1 {
        return Err("standard input, “-”, can be read only once".to_owned());
    }
    let files: Result<Vec<ReadFile>, String> = paths.iter().map(|path| read_file(path)).collect();
    let files = files?;
    let shown = paths.first().map(|path| path.display().to_string());
    let is_one = files.len() == 1;
    Source::of(files).map_err(|error| match shown {
        Some(shown) if is_one => format!("“{shown}”: {error}"),
        _ => error.to_string(),
    })
}

fn read_file(path: &Path) -> Result<ReadFile, String> {
    let shown = path.display();
    let cannot_read = |error: io::Error| match error.kind() {
        ErrorKind::IsADirectory => format!("“{shown}” is a folder; name the files in it"),
        ErrorKind::NotFound => format!("there is no file “{shown}”"),
        _ => format!("“{shown}” cannot be read: {error}"),
    };
    let (name, mut input): (_, Box<dyn Read>) = if path == Path::new("-") {
        ("standard input".to_owned(), Box::new(io::stdin().lock()))
    } else {
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        (name, Box::new(File::open(path).map_err(cannot_read)?))
    };
    let mut reader = SourceReader::new(name);
    let mut chunk = vec![0; 1 << 20];
    loop {
        let length = input.read(&mut chunk).map_err(cannot_read)?;
        let Some(bytes) = chunk.get(..length).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        reader
            .feed(bytes)
            .map_err(|error| format!("“{shown}”: {error}"))?;
    }
    reader
        .finish()
        .map_err(|error| format!("“{shown}”: {error}"))
}
