//! The bytes of recorded row leaves, made anew from what is stored and compared with the hash kept at
//! commit time.

use mc_ledger::tree::leaf_hash;
use rusqlite::{OptionalExtension, params};

use super::ProofError;
use crate::StoreError;
use crate::reader::Reader;
use crate::verify::rows::{LEAF_COLUMNS, Leaf, rebuilt, version};

/// The bytes of row `index` of commit `seq`; `None` where its version was redacted to the leaf hash.
pub(super) fn bytes(reader: &Reader, seq: u64, index: u64) -> Result<Option<Vec<u8>>, ProofError> {
    let place = || format!("lần ghi {seq}, dòng {}", index + 1);
    let missing = |what: &str| StoreError::Corrupt(format!("{}: thiếu {what}", place()));
    let leaf = reader
        .db()?
        .prepare_cached(&format!("SELECT {LEAF_COLUMNS} FROM row_leaf WHERE seq = ?1 AND idx = ?2"))?
        .query_row(params![seq, index], Leaf::read)
        .optional()?
        .ok_or_else(|| missing("lá"))?;
    let (Some(info), Some(act)) = (reader.catalog.register_no(leaf.register), leaf.act) else {
        return Err(missing("sổ hoặc thao tác").into());
    };
    let version = version(reader, info, leaf.vid)?.ok_or_else(|| missing("bản ghi"))?;
    let Some(encoded) = rebuilt(reader, info, &leaf, act, &version)? else { return Ok(None) };
    let bytes = encoded.map_err(StoreError::corrupt)?;
    if Some(leaf_hash(&bytes)) != leaf.hash {
        let name = format!("{}/{}, phiên bản {}", info.schema.id, version.key, version.ordinal);
        let text = format!("{name}: giá trị trong bảng khác với giá trị đã ghi ({})", place());
        return Err(StoreError::Corrupt(text).into());
    }
    Ok(Some(bytes))
}
