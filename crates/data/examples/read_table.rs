//! Reads a file in chunks and prints what it holds: `cargo run --release --example read_table -- FILE`.

use greenlight_data::{Column, Role, TableReader, Values, guess_roles};
use std::error::Error;
use std::fs::File;
use std::io::Read;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: read_table FILE")?;
    let mut file = File::open(&path)?;
    let mut reader = TableReader::named(&path);
    let mut chunk = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        reader.feed(chunk.get(..read).unwrap_or_default())?;
    }
    let table = reader.finish()?;
    println!("{} rows, {} columns", table.rows(), table.columns().len());
    table
        .columns()
        .iter()
        .for_each(|column| println!("  {}: {}", column.name, kind(column)));
    table
        .notes()
        .iter()
        .for_each(|note| println!("note: {note}"));
    for rejection in table.rejected().iter() {
        println!(
            "rejected {} rows from row {}: {}",
            rejection.rows, rejection.first_row, rejection.reason
        );
    }
    let guesses = guess_roles(&table);
    for role in Role::ALL {
        for id in guesses.roles.columns(role) {
            let reason = guesses
                .reasons
                .iter()
                .find(|reason| reason.column == id && reason.role == role);
            let name = table.column(id).map_or("", |column| &column.name);
            println!(
                "{}: {name} ({})",
                role.name(),
                reason.map_or("any other column", |reason| &reason.reason)
            );
        }
    }
    Ok(())
}

fn kind(column: &Column) -> String {
    match &column.values {
        Values::Number(_) if column.strays.is_empty() => "numbers".to_owned(),
        Values::Number(_) => format!("numbers and {} strays", column.strays.len()),
        Values::Category(categories) => format!("{} categories", categories.dictionary().len()),
        Values::Timestamp(_) => format!("times and {} strays", column.strays.len()),
        _ => "other".to_owned(),
    }
}
