//! Files and standard input, on their way in: read once where they fit in memory, else again for the features that do not.

use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Read};
use std::path::{Path, PathBuf};

use greenlight_format as format;
use greenlight_readiness::wide::Room;
use greenlight_readiness::{Examination, Examiner, Profile, ReadFile, Source, SourceReader};

/// Bytes read at once.
const CHUNK: usize = 1 << 18;
/// So many bytes, or a quarter of a file, tell whether it fits.
const SAMPLE: u64 = 4 << 20;
/// How often what cannot be read twice is asked whether it still fits, in bytes.
const CHECKED: u64 = 16 << 20;

/// The files as one table, of which the columns that do not fit in the room stay in the file.
///
/// # Errors
/// When one cannot be read or they do not belong together; a sentence for the person.
pub fn read_source(paths: &[PathBuf], mut room: Room) -> Result<Source, String> {
    let is_standard_input = |path: &&PathBuf| path.as_path() == Path::new("-");
    if paths.iter().filter(is_standard_input).count() > 1 {
        return Err("standard input, “-”, can be read only once".to_owned());
    }
    loop {
        // Several files are combined as a whole, row by row and id by id.
        let fit = (paths.len() == 1).then_some(&room);
        let files = paths
            .iter()
            .map(|path| read_file(path, SourceReader::new, fit));
        let files: Vec<ReadFile> = files.collect::<Result<_, String>>()?;
        let source = Source::of(files).map_err(|error| match paths {
            [path] => format!("“{}”: {error}", path.display()),
            _ => error.to_string(),
        })?;
        let lacking = source.lacking(&room.choices);
        if lacking.is_empty() {
            return Ok(source);
        }
        room.kept.extend(lacking);
    }
}

/// Takes the second look, and reads the file again for the features that stayed in it.
///
/// # Errors
/// As for [`read_source`], and where the file has changed in between.
pub fn examine(
    paths: &[PathBuf],
    source: &Source,
    room: &Room,
    profile: &Profile,
) -> Result<Examination, String> {
    let examiner = Examiner::new(source, &room.choices, profile);
    let mut examiner = examiner.map_err(|error| error.to_string())?;
    loop {
        if let (Some(wanted), [path]) = (examiner.wants(), paths) {
            if io::stderr().is_terminal() {
                eprintln!(
                    "greenlight: reading features {}–{} of {}",
                    format::count(wanted.first as u64),
                    format::count(wanted.last as u64),
                    format::count(wanted.of as u64)
                );
            }
            let columns = wanted.columns;
            let reader = |name| SourceReader::new(name).only(columns);
            let table = read_file(path, reader, None)?.table;
            let supplied = examiner.supply(table);
            supplied.map_err(|error| format!("“{}”: {error}", path.display()))?;
        }
        if !examiner.step() {
            return Ok(examiner.finish());
        }
    }
}

/// Reads a file with what `begin` makes of its name; where it is to fit, features may stay in it.
fn read_file(
    path: &Path,
    begin: impl FnOnce(String) -> SourceReader,
    room: Option<&Room>,
) -> Result<ReadFile, String> {
    let shown = path.display();
    let cannot_read = |error: io::Error| match error.kind() {
        ErrorKind::IsADirectory => format!("“{shown}” is a folder; name the files in it"),
        ErrorKind::NotFound => format!("there is no file “{shown}”"),
        _ => format!("“{shown}” cannot be read: {error}"),
    };
    // How long it is, where it can be read again.
    let mut length = None;
    let (name, mut input): (_, Box<dyn Read>) = if path == Path::new("-") {
        ("standard input".to_owned(), Box::new(io::stdin().lock()))
    } else {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let file = File::open(path).map_err(cannot_read)?;
        let about = file.metadata().map_err(cannot_read)?;
        length = about.is_file().then_some(about.len());
        (name.to_string_lossy().into_owned(), Box::new(file))
    };
    let mut reader = begin(name);
    let mut chunk = vec![0; CHUNK];
    let (mut read, mut is_told, mut next_check) = (0, false, CHECKED);
    loop {
        let bytes = input.read(&mut chunk).map_err(cannot_read)?;
        let Some(bytes) = chunk.get(..bytes).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        reader
            .feed(bytes)
            .map_err(|error| format!("“{shown}”: {error}"))?;
        read += bytes.len() as u64;
        match (length, room) {
            (Some(length), _) if is_told || read >= length || read < SAMPLE.min(length / 4) => {}
            (Some(length), room) => {
                is_told = true;
                match room {
                    Some(room) => reader.fit(length, room),
                    None => reader.expect_bytes(length),
                }
            }
            (None, Some(room)) if read >= next_check => {
                next_check += CHECKED;
                if reader.memory() > room.memory {
                    return Err(format!(
                        "{} does not fit in {} and cannot be read twice: save it as a file, whose features are then \
                         looked at part by part, or allow more with --memory",
                        match path == Path::new("-") {
                            true => "standard input".to_owned(),
                            false => format!("“{shown}”"),
                        },
                        format::bytes(room.memory),
                    ));
                }
            }
            (None, _) => {}
        }
    }
    reader
        .finish()
        .map_err(|error| format!("“{shown}”: {error}"))
}
