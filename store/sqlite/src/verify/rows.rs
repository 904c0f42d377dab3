//! One row leaf against the version and the personal values that it stands for: every case, one look-up after
//! the other. What [`super::versions`] finds in order at first sight does not come here.

use mc_base::{Hash32, Seq};
use mc_ledger::tree::leaf_hash;
use mc_ledger::{Act, Commitment, RowLeaf, Value, canon};
use mc_port::{FindingKind, Report};
use rusqlite::{OptionalExtension, params};

use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::commit::{as_written, redacted};
use crate::convert::hash;
use crate::ddl::table;
use crate::erase::NONCE;
use crate::reader::Reader;
use crate::rows::{self, StoredVersion};

/// A stored leaf.
pub(crate) struct Leaf {
    pub(crate) index: i64,
    pub(crate) register: i64,
    pub(crate) act: Option<Act>,
    pub(crate) vid: i64,
    pub(crate) field: u16,
    pub(crate) nonce: Option<Vec<u8>>,
    pub(crate) hash: Option<Hash32>,
}

/// Columns of `row_leaf` in the order that [`Leaf::read`] expects them.
pub(crate) const LEAF_COLUMNS: &str = "idx, register, act, vid, field, nonce, hash";

impl Leaf {
    pub(crate) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            index: row.get(0)?,
            register: row.get(1)?,
            act: Act::from_code(row.get(2)?),
            vid: row.get(3)?,
            field: row.get(4)?,
            nonce: row.get(5)?,
            hash: hash(&row.get::<_, Vec<u8>>(6)?),
        })
    }
}

/// Re-encodes the version that a leaf stands for and compares hashes.
pub(super) fn one(reader: &Reader, seq: u64, leaf: &Leaf, report: &mut Report) -> Result<(), StoreError> {
    let place = format!("lần ghi {seq}, dòng {}", leaf.index + 1);
    let (Some(info), Some(act)) = (reader.catalog.register_no(leaf.register), leaf.act) else {
        report.add(FindingKind::Row, place, "sổ hoặc thao tác không có trong danh mục");
        return Ok(());
    };
    let found = match version(reader, info, leaf.vid) {
        Ok(found) => found,
        // A value that no value of its type looks like: the row is damaged, and reading goes on.
        Err(StoreError::Corrupt(why)) => {
            let name = format!("{}, {place}", info.schema.id);
            report.add(FindingKind::Version, name, format!("không đọc được: {why}"));
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let Some(version) = found else {
        report.add(
            FindingKind::Version,
            place,
            format!("bản ghi của sổ {} đã bị xóa khỏi bảng", info.schema.id),
        );
        return Ok(());
    };
    let name = format!("{}/{}, phiên bản {}", info.schema.id, version.key, version.ordinal);
    match act {
        Act::Open => {
            if version.seq_from != Seq(seq) || version.leaf != leaf.index {
                report.add(FindingKind::Version, &name, format!("không chỉ về {place} đã mở nó"));
            }
            personal(reader, info, &version, &name, report)?;
        }
        Act::Close if version.seq_to != Some(Seq(seq)) => {
            report.add(FindingKind::Version, &name, format!("được khép ở {place} nhưng bảng ghi khác"));
        }
        Act::Close => {}
        Act::Erase => super::erased::leaf(reader, seq, leaf, &version, &name, report)?,
    }
    match rebuilt(reader, info, leaf, act, &version)? {
        // Redacted to its leaf: there is nothing left to compare, and the redaction is on record.
        None => Ok(()),
        Some(bytes) => {
            let same = bytes.map(|bytes| leaf_hash(&bytes)).is_ok_and(|computed| Some(computed) == leaf.hash);
            if !same {
                report.add(
                    FindingKind::Version,
                    name,
                    format!("giá trị trong bảng khác với giá trị đã ghi ({place})"),
                );
            }
            Ok(())
        }
    }
}

/// The version with this number, as stored.
pub(crate) fn version(
    reader: &Reader,
    info: &RegisterInfo,
    vid: i64,
) -> Result<Option<StoredVersion>, StoreError> {
    let sql = format!("SELECT {} FROM {} WHERE vid = ?1", info.columns, table(&info.schema.id));
    Ok(rows::collect(reader.db()?.prepare_cached(&sql)?.query([vid])?, info, &reader.catalog)?.pop())
}

/// The bytes of a leaf, or why there are none.
pub(crate) type Encoded = Result<Vec<u8>, canon::CanonError>;

/// The leaf's bytes out of the version it stands for; `None` where that was redacted to its leaf.
pub(crate) fn rebuilt(
    reader: &Reader,
    info: &RegisterInfo,
    leaf: &Leaf,
    act: Act,
    version: &StoredVersion,
) -> Result<Option<Encoded>, StoreError> {
    let db = reader.db()?;
    let previous = previous(reader, info, act, version)?;
    let nonce = match act {
        Act::Open => version.nonce,
        Act::Close | Act::Erase => leaf.nonce.as_deref().and_then(|bytes| bytes.try_into().ok()),
    };
    let Some(nonce) = nonce else {
        let redacted = act == Act::Open && redacted(db, info.no, leaf.vid, NONCE)?;
        return Ok((!redacted).then_some(Err(canon::CanonError::OrdinalZero)));
    };
    let schema = reader.catalog.schema_version(version.schema)?;
    let fields = match act {
        Act::Open => rows::leaf_fields(schema, &as_written(db, info, version)?, &[]),
        Act::Close | Act::Erase => Vec::new(),
    };
    let row = RowLeaf {
        register: info.schema.id.clone(),
        schema: reader.catalog.schema_hash(version.schema)?,
        key: version.key.clone(),
        act,
        ordinal: version.ordinal,
        field: (act == Act::Erase).then_some(leaf.field),
        previous,
        nonce,
        fields,
    };
    Ok(Some(row.encode()))
}

/// The leaf that this one names as the one before it: an open leaf that of the version before, a close or an
/// erasure that of the version itself. Zero where there is none.
pub(super) fn previous(
    reader: &Reader,
    info: &RegisterInfo,
    act: Act,
    version: &StoredVersion,
) -> Result<Hash32, StoreError> {
    let db = reader.db()?;
    let place = match act {
        Act::Open if version.ordinal <= 1 => None,
        Act::Open => {
            let sql =
                format!("SELECT seq_from, leaf FROM {} WHERE key = ?1 AND ord = ?2", table(&info.schema.id));
            db.prepare_cached(&sql)?
                .query_row(params![version.key, version.ordinal - 1], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?
        }
        Act::Close | Act::Erase => Some((version.seq_from.0, version.leaf)),
    };
    Ok(place.and_then(|(seq, index)| rows::leaf_hash(db, Seq(seq), index).ok()).unwrap_or(Hash32::ZERO))
}

/// Each personal value is there and is the one committed to, or was erased by a commit.
fn personal(
    reader: &Reader,
    info: &RegisterInfo,
    version: &StoredVersion,
    name: &str,
    report: &mut Report,
) -> Result<(), StoreError> {
    let db = reader.db()?;
    for no in info.marked.iter().filter(|no| *version.record.get(**no) == Value::Null) {
        report.erased += u64::from(redacted(db, info.no, version.vid, *no)?);
    }
    for (no, value) in version.record.iter() {
        let Value::Commitment(expected) = value else { continue };
        let stored: Option<(Vec<u8>, Vec<u8>)> = db
            .prepare_cached(
                "SELECT salt, value FROM personal WHERE register = ?1 AND vid = ?2 AND field = ?3",
            )?
            .query_row(params![info.no, version.vid, no], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let erased = redacted(db, info.no, version.vid, no)?;
        match (stored, erased) {
            (None, true) => report.erased += 1,
            (None, false) => {
                let text = format!("thiếu giá trị cá nhân của trường {no} mà không có lệnh xóa");
                report.add(FindingKind::Personal, name, text);
            }
            (Some((salt, bytes)), _) => {
                let computed = salt.as_slice().try_into().ok().and_then(|salt: &[u8; 32]| {
                    let value = canon::decode_value(&bytes).ok()?;
                    let register = &info.schema.id;
                    let commitment =
                        Commitment { register, field: no, key: &version.key, ordinal: version.ordinal, salt };
                    commitment.to(&value).ok()
                });
                if computed != Some(*expected) {
                    let text = format!("giá trị cá nhân của trường {no} khác với giá trị đã cam kết");
                    report.add(FindingKind::Personal, name, text);
                }
            }
        }
    }
    Ok(())
}
