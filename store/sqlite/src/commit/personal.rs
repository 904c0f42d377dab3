//! Personal values: in clear while an edit is planned, commitments in what is hashed, apart in what is
//! stored.

use std::collections::BTreeMap;

use mc_base::Hash32;
use mc_ledger::{Commitment, Value, canon};
use mc_register::Record;
use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::rows::StoredVersion;

/// A personal value that goes to its own table.
pub(crate) struct Personal {
    pub(crate) field: u16,
    pub(crate) salt: [u8; 32],
    pub(crate) value: Vec<u8>,
    /// What the leaf and the register's own row hold in its place.
    pub(crate) commitment: Hash32,
}

/// The versions with personal values in clear, as edits are compared with; what was erased is null.
pub(crate) fn in_clear(
    db: &Connection,
    info: &RegisterInfo,
    versions: &BTreeMap<String, StoredVersion>,
) -> Result<BTreeMap<String, StoredVersion>, StoreError> {
    let mut clear = versions.clone();
    for version in clear.values_mut() {
        for field in info.schema.field.iter().filter(|field| field.personal) {
            let value = match kept(db, info, version, field.no)? {
                Kept::Value(value) => value,
                Kept::Null | Kept::Erased => Value::Null,
            };
            version.record.set(field.no, value);
        }
    }
    Ok(clear)
}

/// What there is of a personal field of a stored version.
pub(crate) enum Kept {
    /// Nothing was stated.
    Null,
    /// The value.
    Value(Value),
    /// It was stated and has been erased.
    Erased,
}

/// Looks where the value may lie: beside a commitment; where the field was marked personal after the version
/// was written, in the erasable table, or, until it is moved there, still in the row.
pub(crate) fn kept(
    db: &Connection,
    info: &RegisterInfo,
    version: &StoredVersion,
    field: u16,
) -> Result<Kept, StoreError> {
    let stored = || stored_personal(db, info.no, version.vid, field);
    Ok(match version.record.get(field) {
        Value::Commitment(_) => stored()?.map_or(Kept::Erased, Kept::Value),
        Value::Null if info.marked.contains(&field) => match stored()? {
            Some(value) => Kept::Value(value),
            None if redacted(db, info.no, version.vid, field)? => Kept::Erased,
            None => Kept::Null,
        },
        Value::Null => Kept::Null,
        value => Kept::Value(value.clone()),
    })
}

/// The record as its leaf holds it: with the values that were moved away when their field was marked personal.
pub(crate) fn as_written(
    db: &Connection,
    info: &RegisterInfo,
    version: &StoredVersion,
) -> Result<Record, StoreError> {
    let mut record = version.record.clone();
    for no in info.marked.iter().filter(|no| *record.get(**no) == Value::Null).copied().collect::<Vec<_>>() {
        if let Some(value) = stored_personal(db, info.no, version.vid, no)? {
            record.set(no, value);
        }
    }
    Ok(record)
}

/// Whether the version's leaf holds in clear what is personal now, be it erased or not.
pub(crate) fn leaf_tells(
    db: &Connection,
    info: &RegisterInfo,
    version: &StoredVersion,
) -> Result<bool, StoreError> {
    for no in &info.marked {
        let committed = matches!(version.record.get(*no), Value::Commitment(_));
        if !committed && !matches!(kept(db, info, version, *no)?, Kept::Null) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a redaction names this field of the version.
pub(crate) fn redacted(db: &Connection, register: i64, vid: i64, field: u16) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM redaction WHERE register = ?1 AND vid = ?2 AND field = ?3)",
        )?
        .query_row(params![register, vid, field], |row| row.get(0))?)
}

/// An editor who may not see a personal value sends its commitment back: that means "as it is".
pub(crate) fn restore_unseen(info: &RegisterInfo, before: Option<&StoredVersion>, record: &mut Record) {
    for field in info.schema.field.iter().filter(|field| field.personal) {
        if matches!(record.get(field.no), Value::Commitment(_)) {
            record.set(field.no, before.map_or(Value::Null, |version| version.record.get(field.no).clone()));
        }
    }
}

/// Commits to each personal value of a record under a salt of its own.
pub(crate) fn seal(
    fill: &mut dyn FnMut(&mut [u8]),
    info: &RegisterInfo,
    key: &str,
    ordinal: u32,
    record: &Record,
) -> Result<Vec<Personal>, StoreError> {
    let mut kept = Vec::new();
    for field in info.schema.field.iter().filter(|field| field.personal) {
        let value = record.get(field.no);
        if *value == Value::Null {
            continue;
        }
        let mut salt = [0; 32];
        fill(&mut salt);
        let commitment = Commitment { register: &info.schema.id, field: field.no, key, ordinal, salt: &salt }
            .to(value)
            .map_err(StoreError::corrupt)?;
        let mut bytes = Vec::new();
        canon::encode_value(value, &mut bytes).map_err(StoreError::corrupt)?;
        kept.push(Personal { field: field.no, salt, value: bytes, commitment });
    }
    Ok(kept)
}

/// A personal value that was not erased.
pub(crate) fn stored_personal(
    db: &Connection,
    register: i64,
    vid: i64,
    field: u16,
) -> Result<Option<Value>, StoreError> {
    let bytes: Option<Vec<u8>> = db
        .prepare_cached("SELECT value FROM personal WHERE register = ?1 AND vid = ?2 AND field = ?3")?
        .query_row(params![register, vid, field], |row| row.get(0))
        .optional()?;
    bytes.map(|bytes| canon::decode_value(&bytes).map_err(StoreError::corrupt)).transpose()
}
