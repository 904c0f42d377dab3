//! The file that a commit was read from: what became of it, and its bytes for who may see personal data.

use mc_access::{Act, Object};
use mc_base::Seq;
use mc_port::{EVIDENCE_BYTES_MAX, EvidenceFile, EvidenceState};
use mc_ui::{Link, write};

use super::{commit_link, seq};
use crate::context::Page;
use crate::error::PageError;
use crate::reply::{Cache, Reply, XLSX};

/// How every workbook begins: it is a zip archive.
const ZIP: &[u8] = b"PK";

/// What became of the file.
pub(super) fn words(file: &EvidenceFile) -> String {
    let hash = file.hash;
    match &file.state {
        EvidenceState::Kept => {
            t!("Giữ dưới dạng mã hóa, {bytes} byte, SHA-256 {hash}", bytes = write::whole(file.bytes), hash)
        }
        EvidenceState::Ended { seq, ground } => t!(
            "Tệp đã hủy khóa vì xóa dữ liệu cá nhân theo {ground} (lần ghi {seq}); còn lại SHA-256 {hash}",
            ground,
            seq = write::whole(seq.0),
            hash
        ),
    }
}

/// Where it is given out, or the commit that ended it.
pub(super) fn link(page: &Page<'_>, seq: Seq, file: &EvidenceFile) -> Option<Link> {
    match file.state {
        EvidenceState::Ended { seq, .. } => Some(commit_link(page, seq, t!("Lần ghi đã hủy khóa của tệp"))),
        EvidenceState::Kept => {
            let given = file.bytes <= EVIDENCE_BYTES_MAX && page.may(Act::ReadPersonal, &Object::default());
            given.then(|| Link::new(t!("Tải tệp đã nhập"), page.link(&format!("/kiem-chung/ghi/{seq}/tep"))))
        }
    }
}

/// The bytes, to be saved and never shown in the browser. Its sender's name for it may name a person.
pub(super) fn file(page: &Page<'_>) -> Result<Reply, PageError> {
    let missing = || PageError::missing(t!("Lần ghi này không có tệp nào giữ lại, hoặc bạn không được xem."));
    let seq = seq(page.segment(2)).ok_or_else(missing)?;
    let bytes = page.snapshot().evidence_bytes(seq)?.ok_or_else(missing)?;
    let (ending, media_type) = match bytes.starts_with(ZIP) {
        true => ("xlsx", XLSX),
        false => ("csv", "application/octet-stream"),
    };
    Ok(Reply::attachment(media_type, format!("tep-lan-ghi-{seq}.{ending}"), bytes).cache(Cache::NoStore))
}
