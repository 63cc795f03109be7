//! Which values of a document are of one kind, so that one tells of the others.

use super::models::Place;

/// Lists of up to so many items are written item by item, as the cells of a matrix are; of longer ones all items are of one kind.
const FEW: usize = 4;

/// A struct is of a kind with all others of its type that stand in the same field of theirs.
pub fn of_struct(place: Place, name: &str) -> Place {
    place.named(name)
}

pub fn field(place: Place, field: u32) -> Place {
    place.at(1_000 + field)
}

pub fn variant(place: Place, variant: u32) -> Place {
    place.at(500 + variant)
}

pub fn item(place: Place, length: usize, at: usize) -> Place {
    match length <= FEW {
        true => place.at(101 + at as u32),
        false => place.at(100),
    }
}

pub fn key(place: Place) -> Place {
    place.at(99)
}

pub fn is_some(place: Place) -> Place {
    place.at(98)
}

pub fn length(place: Place) -> Place {
    place.at(97)
}
