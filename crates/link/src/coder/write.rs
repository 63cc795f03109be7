//! Any serialisable value, written place by place.

use serde::ser::{self, Serialize};

use super::models::Place;
use super::{BitWriter, Coder, Fault, places};

/// Writes the value at a place of the document.
#[derive(Debug)]
pub struct Writer<'c> {
    coder: &'c mut Coder<BitWriter>,
    place: Place,
}

impl<'c> Writer<'c> {
    /// Writes a whole document.
    pub fn new(coder: &'c mut Coder<BitWriter>) -> Self {
        Self {
            coder,
            place: Place::START,
        }
    }

    fn whole(self, value: impl TryInto<i64>) -> Result<(), Fault> {
        let value = value.try_into().map_err(|_| Fault::Number)?;
        self.coder.whole(self.place, value).map(|_| ())
    }

    fn items(self, length: usize) -> Result<Items<'c>, Fault> {
        self.coder.length(self.place, length as u64)?;
        Ok(Items {
            coder: self.coder,
            place: self.place,
            length,
            is_tuple: false,
            at: 0,
        })
    }

    /// The fields of a struct, or of a variant of the enum `of`.
    fn fields(self, of: &str, name: &str) -> Fields<'c> {
        Fields {
            place: places::of_struct(self.place, name),
            digits: self.coder.keep_exact(of),
            coder: self.coder,
            at: 0,
        }
    }

    fn variant(self, variant: u32) -> Result<Self, Fault> {
        self.coder.variant(self.place, variant)?;
        Ok(Self {
            place: places::variant(self.place, variant),
            coder: self.coder,
        })
    }
}

impl<'c> ser::Serializer for Writer<'c> {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Items<'c>;
    type SerializeTuple = Items<'c>;
    type SerializeTupleStruct = Items<'c>;
    type SerializeTupleVariant = Items<'c>;
    type SerializeMap = Pairs<'c>;
    type SerializeStruct = Fields<'c>;
    type SerializeStructVariant = Fields<'c>;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(self, value: bool) -> Result<(), Fault> {
        self.coder.flag(self.place, value).map(|_| ())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Fault> {
        self.whole(value)
    }

    fn serialize_i16(self, value: i16) -> Result<(), Fault> {
        self.whole(value)
    }

    fn serialize_i32(self, value: i32) -> Result<(), Fault> {
        self.whole(value)
    }

    fn serialize_i64(self, value: i64) -> Result<(), Fault> {
        self.whole(value)
    }

    fn serialize_u8(self, value: u8) -> Result<(), Fault> {
        self.whole(value)
    }

    fn serialize_u16(self, value: u16) -> Result<(), Fault> {
        self.whole(value)
    }

    fn serialize_u32(self, value: u32) -> Result<(), Fault> {
        self.whole(value)
    }

    fn serialize_u64(self, value: u64) -> Result<(), Fault> {
        self.whole(value)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Fault> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Fault> {
        match value.is_finite() {
            true => {
                let rounded = self.coder.rounded(value);
                self.coder.double(self.place, rounded).map(|_| ())
            }
            false => Err(Fault::Number),
        }
    }

    fn serialize_char(self, value: char) -> Result<(), Fault> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Fault> {
        self.coder.text(self.place, value).map(|_| ())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Fault> {
        Err(ser::Error::custom("bytes are no part of a report"))
    }

    fn serialize_none(self) -> Result<(), Fault> {
        self.coder.flag(places::is_some(self.place), false)?;
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Fault> {
        self.coder.flag(places::is_some(self.place), true)?;
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Fault> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Fault> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        variant: u32,
        _: &'static str,
    ) -> Result<(), Fault> {
        self.variant(variant).map(|_| ())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        variant: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        let Self { coder, place } = self.variant(variant)?;
        let digits = coder.keep_exact(name);
        let written = value.serialize(Writer {
            coder: &mut *coder,
            place,
        });
        coder.digits = digits;
        written
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items<'c>, Fault> {
        let length = length.ok_or_else(|| ser::Error::custom("a list has no length"))?;
        self.items(length)
    }

    fn serialize_tuple(self, length: usize) -> Result<Items<'c>, Fault> {
        Ok(Items {
            coder: self.coder,
            place: self.place,
            length,
            is_tuple: true,
            at: 0,
        })
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items<'c>, Fault> {
        self.serialize_tuple(length)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        variant: u32,
        _: &'static str,
        length: usize,
    ) -> Result<Items<'c>, Fault> {
        self.variant(variant)?.serialize_tuple(length)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Pairs<'c>, Fault> {
        let length = length.ok_or_else(|| ser::Error::custom("a map has no length"))?;
        self.items(length).map(Pairs)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'c>, Fault> {
        Ok(self.fields(name, name))
    }

    fn serialize_struct_variant(
        self,
        of: &'static str,
        variant: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Fields<'c>, Fault> {
        Ok(self.variant(variant)?.fields(of, name))
    }
}

/// The values of a list or tuple.
#[derive(Debug)]
pub struct Items<'c> {
    coder: &'c mut Coder<BitWriter>,
    place: Place,
    length: usize,
    is_tuple: bool,
    at: usize,
}

impl Items<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        let place = places::item(self.place, self.length, self.at);
        let outer = self.coder.index;
        if !self.is_tuple {
            self.coder.index = self.at as u32;
        }
        self.at += 1;
        let written = value.serialize(Writer {
            coder: self.coder,
            place,
        });
        self.coder.index = outer;
        written
    }
}

impl ser::SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.item(value)
    }

    fn end(self) -> Result<(), Fault> {
        Ok(())
    }
}

impl ser::SerializeTuple for Items<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.item(value)
    }

    fn end(self) -> Result<(), Fault> {
        Ok(())
    }
}

impl ser::SerializeTupleStruct for Items<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.item(value)
    }

    fn end(self) -> Result<(), Fault> {
        Ok(())
    }
}

impl ser::SerializeTupleVariant for Items<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.item(value)
    }

    fn end(self) -> Result<(), Fault> {
        Ok(())
    }
}

/// The keys and values of a map.
#[derive(Debug)]
pub struct Pairs<'c>(Items<'c>);

impl ser::SerializeMap for Pairs<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        key.serialize(Writer {
            coder: self.0.coder,
            place: places::key(self.0.place),
        })
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.0.item(value)
    }

    fn end(self) -> Result<(), Fault> {
        Ok(())
    }
}

/// The fields of a struct, each with whether it is there.
#[derive(Debug)]
pub struct Fields<'c> {
    coder: &'c mut Coder<BitWriter>,
    place: Place,
    at: u32,
    /// How numbers around the struct are rounded.
    digits: Option<u32>,
}

impl Fields<'_> {
    fn next(&mut self, is_there: bool) -> Place {
        let place = places::field(self.place, self.at);
        self.at += 1;
        self.coder.presence(place, is_there);
        place
    }

    fn field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        let place = self.next(true);
        value.serialize(Writer {
            coder: self.coder,
            place,
        })
    }
}

impl ser::SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        self.field(value)
    }

    fn skip_field(&mut self, _: &'static str) -> Result<(), Fault> {
        self.next(false);
        Ok(())
    }

    fn end(self) -> Result<(), Fault> {
        self.coder.digits = self.digits;
        Ok(())
    }
}

impl ser::SerializeStructVariant for Fields<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        self.field(value)
    }

    fn skip_field(&mut self, _: &'static str) -> Result<(), Fault> {
        self.next(false);
        Ok(())
    }

    fn end(self) -> Result<(), Fault> {
        self.coder.digits = self.digits;
        Ok(())
    }
}
