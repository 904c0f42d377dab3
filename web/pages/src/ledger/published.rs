//! The log as programs fetch it: C2SP `tlog-tiles` under `/nhat-ky`, and the `tlog-proof` of one commit.

use mc_ledger::tile::{BundleId, TileId};

use super::seq;
use crate::context::Page;
use crate::error::PageError;
use crate::reply::{Cache, Reply};

/// Where the log is published; tiles and checkpoint lie under it.
const PREFIX: &str = "/nhat-ky/";
const BYTES: &str = "application/octet-stream";

/// The newest checkpoint.
pub(super) fn checkpoint(page: &Page<'_>) -> Result<Reply, PageError> {
    let note = page.snapshot().checkpoint()?;
    Ok(Reply::text(note.ok_or_else(|| PageError::missing(t!("Sổ cái chưa có mốc niêm phong nào.")))?))
}

/// A tile of hashes or a bundle of entries. Its name fixes its bytes for ever, a partial one too.
pub(super) fn tile(page: &Page<'_>) -> Result<Reply, PageError> {
    let name = page.path().strip_prefix(PREFIX).unwrap_or_default();
    let snapshot = page.snapshot();
    let found = match (TileId::parse(name), BundleId::parse(name)) {
        (Some(tile), _) => snapshot.tile(tile)?,
        (None, Some(bundle)) => snapshot.bundle(bundle)?,
        (None, None) => {
            let says = t!("Tên ô không đúng chuẩn tlog-tiles, ví dụ tile/0/000 hoặc tile/entries/000.p/12.");
            return Err(PageError::missing(says));
        }
    };
    let missing = || {
        PageError::missing(t!("Mốc niêm phong mới nhất chưa có ô này; kích thước ghi ở /nhat-ky/checkpoint."))
    };
    Ok(Reply::new(BYTES, found.ok_or_else(missing)?).cache(Cache::Immutable))
}

/// The `.tlog-proof` of a commit.
pub(super) fn proof(page: &Page<'_>) -> Result<Reply, PageError> {
    let (name, found) = entry(page)?;
    Ok(Reply::attachment("text/plain; charset=utf-8", name, found.proof.to_text()))
}

/// The bytes of a commit's entry, without which nobody can check its proof.
pub(super) fn bytes(page: &Page<'_>) -> Result<Reply, PageError> {
    let (name, found) = entry(page)?;
    Ok(Reply::attachment(BYTES, format!("{name}.entry"), found.entry))
}

/// The file name of a commit's proof, and what there is to prove it.
fn entry(page: &Page<'_>) -> Result<(String, mc_port::EntryProof), PageError> {
    let seq = seq(page.segment(2))
        .ok_or_else(|| PageError::missing(t!("Số của lần ghi cần là một số nguyên dương.")))?;
    let found = page.snapshot().entry_proof(seq)?;
    let found = found.ok_or_else(|| {
        PageError::missing(t!("Lần ghi {seq} không có, hoặc chưa nằm dưới mốc niêm phong nào.", seq))
    })?;
    Ok((format!("lan-ghi-{seq}.tlog-proof"), found))
}
