//! The common case at full speed: a version whose leaf can be made anew from its columns, and whose personal
//! values are all there.

use std::collections::HashMap;

use mc_base::Hash32;
use mc_ledger::tree::leaf_hash;
use mc_ledger::{Act, Commitment, RowLeaf, Value, canon};

use super::personal::Values;
use super::rows::{Leaf, previous};
use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::reader::Reader;
use crate::rows::{self, StoredVersion};

pub(super) struct Plain<'c> {
    reader: &'c Reader,
    info: &'c RegisterInfo,
    row: RowLeaf,
    bytes: Vec<u8>,
    /// Hash of each schema, by number.
    schemas: HashMap<i64, Hash32>,
}

impl<'c> Plain<'c> {
    pub(super) fn new(reader: &'c Reader, info: &'c RegisterInfo) -> Self {
        let row = RowLeaf {
            register: info.schema.id.clone(),
            schema: Hash32::ZERO,
            key: String::new(),
            act: Act::Open,
            ordinal: 1,
            field: None,
            previous: Hash32::ZERO,
            nonce: [0; 16],
            fields: Vec::new(),
        };
        Self { reader, info, row, bytes: Vec::with_capacity(512), schemas: HashMap::new() }
    }

    /// Whether everything about the version is as it must be, at first sight.
    pub(super) fn holds(
        &mut self,
        version: &StoredVersion,
        leaf: &Leaf,
        values: &mut Values<'_>,
    ) -> Result<bool, StoreError> {
        // Both are asked: the values of this version must have gone by.
        let committed = self.committed(version, values)?;
        Ok(self.encoded(version)? && leaf.hash == Some(leaf_hash(&self.bytes)) && committed)
    }

    /// Makes the leaf's bytes; false where there are none.
    fn encoded(&mut self, version: &StoredVersion) -> Result<bool, StoreError> {
        let Some(nonce) = version.nonce else { return Ok(false) };
        let row = &mut self.row;
        row.schema = match self.schemas.get(&version.schema) {
            Some(known) => *known,
            None => {
                let found = self.reader.catalog.schema_hash(version.schema)?;
                self.schemas.insert(version.schema, found);
                found
            }
        };
        row.key.clear();
        row.key.push_str(&version.key);
        row.ordinal = version.ordinal;
        row.previous = previous(self.reader, self.info, Act::Open, version)?;
        row.nonce = nonce;
        row.fields =
            rows::leaf_fields(self.reader.catalog.schema_version(version.schema)?, &version.record, &[]);
        Ok(row.encode_into(&mut self.bytes).is_ok())
    }

    /// Whether each commitment of the version has its value and no value is beside them.
    fn committed(&self, version: &StoredVersion, values: &mut Values<'_>) -> Result<bool, StoreError> {
        let mut all = true;
        for (no, value) in version.record.iter() {
            let Value::Commitment(expected) = value else { continue };
            let held = values.next_of(version.vid, |field, salt, bytes| {
                field == no && self.commitment(version, no, salt, bytes) == Some(*expected)
            })?;
            all &= held == Some(true);
        }
        let mut more = false;
        while values.next_of(version.vid, |_, _, _| ())?.is_some() {
            more = true;
        }
        values.strays |= more;
        Ok(all && !more)
    }

    fn commitment(&self, version: &StoredVersion, field: u16, salt: &[u8], bytes: &[u8]) -> Option<Hash32> {
        let value = canon::decode_value(bytes).ok()?;
        let salt = salt.try_into().ok()?;
        let register = &self.info.schema.id;
        Commitment { register, field, key: &version.key, ordinal: version.ordinal, salt }.to(&value).ok()
    }
}
