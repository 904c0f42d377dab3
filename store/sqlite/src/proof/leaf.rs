//! The bytes of recorded row leaves, made anew from what is stored and compared with the hash kept at
//! commit time.

use mc_base::Hash32;
use mc_ledger::Act;
use mc_ledger::tree::leaf_hash;
use rusqlite::{OptionalExtension, params};

use super::ProofError;
use crate::StoreError;
use crate::commit::leaf_tells;
use crate::reader::Reader;
use crate::verify::rows::{LEAF_COLUMNS, Leaf, rebuilt, version};

/// What a proof may give of a row.
pub(super) enum Given {
    /// The bytes of its leaf.
    Leaf(Vec<u8>),
    /// The leaf hash: the bytes hold in clear what is personal now, or can no longer be made since it was erased.
    Hash(Hash32),
}

/// What a proof may give of row `index` of commit `seq`.
pub(super) fn given(reader: &Reader, seq: u64, index: u64) -> Result<Given, ProofError> {
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
    let hash = || leaf.hash.map(Given::Hash).ok_or_else(|| missing("mã băm"));
    if act == Act::Open && leaf_tells(reader.db()?, info, &version)? {
        return Ok(hash()?);
    }
    let Some(encoded) = rebuilt(reader, info, &leaf, act, &version)? else { return Ok(hash()?) };
    let bytes = encoded.map_err(StoreError::corrupt)?;
    if Some(leaf_hash(&bytes)) != leaf.hash {
        let name = format!("{}/{}, phiên bản {}", info.schema.id, version.key, version.ordinal);
        let text = format!("{name}: giá trị trong bảng khác với giá trị đã ghi ({})", place());
        return Err(StoreError::Corrupt(text).into());
    }
    Ok(Given::Leaf(bytes))
}
