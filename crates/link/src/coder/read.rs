//! Any value that can be deserialised, read place by place.

use serde::de::value::U32Deserializer;
use serde::de::{self, DeserializeSeed, IntoDeserializer, Visitor};

use super::models::Place;
use super::{BitReader, Coder, Fault, places};

/// Room is made for at most so many items before they are there.
const ROOM: usize = 64;

/// Reads the value at a place of the document.
#[derive(Debug)]
pub struct Reader<'c, 'b> {
    coder: &'c mut Coder<BitReader<'b>>,
    place: Place,
}

impl<'c, 'b> Reader<'c, 'b> {
    /// Reads a whole document.
    pub fn new(coder: &'c mut Coder<BitReader<'b>>) -> Self {
        Self {
            coder,
            place: Place::START,
        }
    }

    fn whole<T: TryFrom<i64>>(self) -> Result<T, Fault> {
        let value = self.coder.whole(self.place, 0)?;
        T::try_from(value).map_err(|_| Fault::Number)
    }

    fn items(self) -> Result<Items<'c, 'b>, Fault> {
        let length = self.coder.length(self.place, 0)?;
        let length = usize::try_from(length).map_err(|_| Fault::TooMany)?;
        Ok(self.list(length, false))
    }

    fn tuple(self, length: usize) -> Items<'c, 'b> {
        self.list(length, true)
    }

    fn list(self, length: usize, is_tuple: bool) -> Items<'c, 'b> {
        Items {
            coder: self.coder,
            place: self.place,
            length,
            is_tuple,
            at: 0,
        }
    }

    fn fields(self, name: &str, fields: usize) -> Fields<'c, 'b> {
        Fields {
            place: places::of_struct(self.place, name),
            coder: self.coder,
            fields: fields as u32,
            at: 0,
        }
    }
}

macro_rules! wholes {
    ($($method:ident $visit:ident $type:ty,)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            visitor.$visit(self.whole::<$type>()?)
        })+
    };
}

impl<'de> de::Deserializer<'de> for Reader<'_, '_> {
    type Error = Fault;

    wholes! {
        deserialize_i8 visit_i8 i8,
        deserialize_i16 visit_i16 i16,
        deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64,
        deserialize_u8 visit_u8 u8,
        deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64,
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Fault> {
        Err(de::Error::custom(
            "a value of no known type is no part of a report",
        ))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_any(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_any(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_any(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_any(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_bool(self.coder.flag(self.place, false)?)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_f64(self.coder.double(self.place, 0.0)?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_string(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_string(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_string(self.coder.text(self.place, "")?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.coder.flag(places::is_some(self.place), false)? {
            true => visitor.visit_some(self),
            false => visitor.visit_none(),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.tuple(length))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.tuple(length))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(Pairs(self.items()?))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_map(self.fields(name, fields.len()))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(Variant {
            reader: self,
            variants,
        })
    }
}

/// The values of a list or tuple.
struct Items<'c, 'b> {
    coder: &'c mut Coder<BitReader<'b>>,
    place: Place,
    length: usize,
    is_tuple: bool,
    at: usize,
}

impl Items<'_, '_> {
    fn item<'de, T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        let place = places::item(self.place, self.length, self.at);
        let outer = self.coder.index;
        if !self.is_tuple {
            self.coder.index = self.at as u32;
        }
        self.at += 1;
        let read = seed.deserialize(Reader {
            coder: self.coder,
            place,
        });
        self.coder.index = outer;
        read
    }

    fn room(&self) -> Option<usize> {
        Some((self.length - self.at).min(ROOM))
    }
}

impl<'de> de::SeqAccess<'de> for Items<'_, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        match self.at < self.length {
            true => self.item(seed).map(Some),
            false => Ok(None),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        self.room()
    }
}

/// The keys and values of a map.
struct Pairs<'c, 'b>(Items<'c, 'b>);

impl<'de> de::MapAccess<'de> for Pairs<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        if self.0.at >= self.0.length {
            return Ok(None);
        }
        let reader = Reader {
            place: places::key(self.0.place),
            coder: self.0.coder,
        };
        seed.deserialize(reader).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        self.0.item(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.room()
    }
}

/// The fields of a struct that are there, by their numbers.
struct Fields<'c, 'b> {
    coder: &'c mut Coder<BitReader<'b>>,
    place: Place,
    fields: u32,
    /// The number of the next one.
    at: u32,
}

impl<'de> de::MapAccess<'de> for Fields<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        while self.at < self.fields {
            let field = self.at;
            self.at += 1;
            if self.coder.presence(places::field(self.place, field), false) {
                let number: U32Deserializer<Fault> = field.into_deserializer();
                return seed.deserialize(number).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(Reader {
            place: places::field(self.place, self.at.saturating_sub(1)),
            coder: self.coder,
        })
    }
}

/// A variant of an enum, and what it holds.
struct Variant<'c, 'b> {
    reader: Reader<'c, 'b>,
    variants: &'static [&'static str],
}

impl<'de, 'c, 'b> de::EnumAccess<'de> for Variant<'c, 'b> {
    type Error = Fault;
    type Variant = Held<'c, 'b>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Held<'c, 'b>), Fault> {
        let Reader { coder, place } = self.reader;
        let variant = coder.variant(place, 0)?;
        let Some(name) = self.variants.get(variant as usize) else {
            return Err(Fault::Number);
        };
        let number: U32Deserializer<Fault> = variant.into_deserializer();
        let place = places::variant(place, variant);
        let reader = Reader { coder, place };
        Ok((seed.deserialize(number)?, Held { reader, name }))
    }
}

/// What a variant holds.
struct Held<'c, 'b> {
    reader: Reader<'c, 'b>,
    name: &'static str,
}

impl<'de> de::VariantAccess<'de> for Held<'_, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(self.reader)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.reader.tuple(length))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_map(self.reader.fields(self.name, fields.len()))
    }
}
