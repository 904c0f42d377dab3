//! The row leaf: one version opened or closed, or one field of one version erased.

use mc_base::Hash32;

use super::error::CanonError;
use super::order::SortKey;
use super::read::Reader;
use super::text::{self, check_key, check_register};
use super::value::take_value;
use super::{FIELDS_MAX, ROW_BYTES_MAX, encode_value};
use crate::hash::TAG_ROW;
use crate::tree::leaf_hash;
use crate::value::Value;

/// What a row does to a version.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Act {
    /// The version begins to hold.
    Open = 1,
    /// The version no longer holds.
    Close = 2,
    /// The value of one field of the version is erased by law; the version itself stays.
    Erase = 3,
}

impl Act {
    /// The stored code.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The act with this stored code.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Open),
            2 => Some(Self::Close),
            3 => Some(Self::Erase),
            _ => None,
        }
    }
}

/// One leaf of a commit's own tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowLeaf {
    /// Register id.
    pub register: String,
    /// Hash of the schema the row was encoded under.
    pub schema: Hash32,
    /// Record key.
    pub key: String,
    /// What is done.
    pub act: Act,
    /// Ordinal of the version within the record, from 1; it goes on counting when a retired record comes
    /// back.
    pub ordinal: u32,
    /// The erased field; `None` for open and close.
    pub field: Option<u16>,
    /// Open: leaf hash of the record's previous open leaf, zero for ordinal 1. Close and erase: leaf hash of
    /// the open leaf of the version named.
    pub previous: Hash32,
    /// 16 random bytes, so that a leaf hash says nothing about values that can be guessed.
    pub nonce: [u8; 16],
    /// Values by permanent field number, ascending; empty for close and erase.
    pub fields: Vec<(u16, Value)>,
}

impl RowLeaf {
    /// Position of the row among the rows of its commit.
    #[must_use]
    pub fn sort_key(&self) -> SortKey<'_> {
        SortKey {
            register: &self.register,
            key: &self.key,
            act: self.act,
            ordinal: self.ordinal,
            field: self.field,
        }
    }

    /// The value of field `number`, if the row carries it.
    #[must_use]
    pub fn field_value(&self, number: u16) -> Option<&Value> {
        let at = self.fields.binary_search_by_key(&number, |(no, _)| *no).ok()?;
        self.fields.get(at).map(|(_, value)| value)
    }

    /// The canonical bytes.
    ///
    /// # Errors
    /// When the row breaks a rule of section 4 of the specification, or a value has no canonical form.
    pub fn encode(&self) -> Result<Vec<u8>, CanonError> {
        let mut out = Vec::with_capacity(256);
        self.encode_into(&mut out)?;
        Ok(out)
    }

    /// As [`RowLeaf::encode`], into a buffer that is emptied first and can be used again.
    ///
    /// # Errors
    /// As [`RowLeaf::encode`].
    pub fn encode_into(&self, out: &mut Vec<u8>) -> Result<(), CanonError> {
        self.check()?;
        out.clear();
        out.extend_from_slice(TAG_ROW);
        text::put_register(&self.register, out);
        out.extend_from_slice(&self.schema.0);
        text::put_key(&self.key, out);
        out.push(self.act.code());
        out.extend_from_slice(&self.ordinal.to_be_bytes());
        out.extend_from_slice(&self.field.unwrap_or(0).to_be_bytes());
        out.extend_from_slice(&self.previous.0);
        out.extend_from_slice(&self.nonce);
        out.extend_from_slice(&(self.fields.len() as u16).to_be_bytes());
        for (number, value) in &self.fields {
            out.extend_from_slice(&number.to_be_bytes());
            encode_value(value, out).map_err(|fault| in_field(*number, fault))?;
        }
        check_size(out.len())
    }

    /// Reads a row leaf that fills `bytes`.
    ///
    /// # Errors
    /// When `bytes` are not exactly what [`RowLeaf::encode`] would write for some row.
    pub fn decode(bytes: &[u8]) -> Result<Self, CanonError> {
        check_size(bytes.len())?;
        let mut reader = Reader::new(bytes);
        reader.tag(TAG_ROW, "minhchung/row/v1")?;
        let register = text::take_register(&mut reader)?;
        let schema = Hash32(reader.array()?);
        let key = text::take_key(&mut reader)?;
        let code = reader.u8()?;
        let act = Act::from_code(code).ok_or(CanonError::Act(code))?;
        let ordinal = reader.u32()?;
        let field = Some(reader.u16()?).filter(|number| *number != 0);
        let previous = Hash32(reader.array()?);
        let nonce = reader.array()?;
        let count = usize::from(reader.u16()?);
        check_count(count)?;
        let mut fields = Vec::with_capacity(count);
        for _ in 0..count {
            let number = reader.u16()?;
            let value = take_value(&mut reader).map_err(|fault| in_field(number, fault))?;
            fields.push((number, value));
        }
        reader.finish()?;
        let row = Self { register, schema, key, act, ordinal, field, previous, nonce, fields };
        row.check()?;
        Ok(row)
    }

    /// The RFC 6962 hash of the encoded row.
    ///
    /// # Errors
    /// As [`RowLeaf::encode`].
    pub fn hash(&self) -> Result<Hash32, CanonError> {
        self.encode().map(|bytes| leaf_hash(&bytes))
    }

    /// The rules between the parts of a row; encoder and decoder ask the same.
    fn check(&self) -> Result<(), CanonError> {
        check_register(&self.register)?;
        check_key(&self.key)?;
        if self.ordinal == 0 {
            return Err(CanonError::OrdinalZero);
        }
        match (self.act, self.field) {
            (Act::Erase, Some(0)) => return Err(CanonError::FieldZero),
            (Act::Erase, Some(_)) | (Act::Open | Act::Close, None) => {}
            _ => return Err(CanonError::ErasedField),
        }
        let is_first = self.act == Act::Open && self.ordinal == 1;
        if is_first != (self.previous == Hash32::ZERO) {
            return Err(CanonError::Previous);
        }
        if self.act != Act::Open && !self.fields.is_empty() {
            return Err(CanonError::FieldsOnClose);
        }
        check_count(self.fields.len())?;
        let mut last = 0;
        for (number, _) in &self.fields {
            match *number {
                0 => return Err(CanonError::FieldZero),
                number if number <= last => return Err(CanonError::FieldOrder(number)),
                number => last = number,
            }
        }
        Ok(())
    }
}

fn in_field(number: u16, fault: CanonError) -> CanonError {
    CanonError::Field { number, fault: Box::new(fault) }
}

const fn check_count(found: usize) -> Result<(), CanonError> {
    if found > FIELDS_MAX {
        return Err(CanonError::TooLong { what: "danh sách trường", found, max: FIELDS_MAX });
    }
    Ok(())
}

const fn check_size(found: usize) -> Result<(), CanonError> {
    if found > ROW_BYTES_MAX {
        return Err(CanonError::TooLong { what: "dòng", found, max: ROW_BYTES_MAX });
    }
    Ok(())
}
