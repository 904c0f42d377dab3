//! What a commit asks for and what it answers.

use mc_access::{Actor, Denied};
use mc_base::{Hash32, Instant, Seq, number};
use mc_register::Edit;

/// One edit of one record.
#[derive(Clone, PartialEq, Debug)]
pub struct EditRequest {
    /// Register id.
    pub register: String,
    /// What is to be done.
    pub edit: Edit,
}

/// Everything that one ledger entry says.
#[derive(Clone, PartialEq, Debug)]
pub struct CommitRequest {
    /// Who.
    pub actor: Actor,
    /// Whence: a form, a file, a document.
    pub source: String,
    /// Why.
    pub reason: String,
    /// Key under which a repeated request is answered with the first reply; empty: none.
    pub idempotency_key: String,
    /// The edits; at most [`EDITS_MAX`].
    pub edits: Vec<EditRequest>,
}

/// Edits in one commit that is not an import.
pub const EDITS_MAX: usize = 10_000;

/// A durable commit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// Position.
    pub seq: Seq,
    /// Instant recorded.
    pub recorded_at: Instant,
    /// Root of the commit's rows.
    pub rows_root: Hash32,
    /// Versions opened.
    pub opened: u64,
    /// Versions closed.
    pub closed: u64,
    /// The request had been made before; this is the first reply.
    pub repeated: bool,
}

/// Why a commit was refused. `Display` is the sentence a user reads.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Nothing to do.
    #[error("Không có gì thay đổi so với sổ hiện tại nên không ghi lần nào.")]
    Unchanged,
    /// Too much at once.
    #[error("Một lần ghi nhận nhiều nhất {} thao tác; lần này có {}. Hãy nhập bằng tệp.", counted(EDITS_MAX), counted(*.0))]
    TooMany(usize),
    /// The same idempotency key with other content.
    #[error("Khóa chống ghi trùng “{0}” đã dùng cho một nội dung khác.")]
    KeyReused(String),
    /// No such register.
    #[error("Không có sổ “{0}”.")]
    NoRegister(String),
    /// The actor may not.
    #[error("Không được ghi vào sổ “{register}”: {why}.")]
    Denied {
        /// Title of the register.
        register: String,
        /// Reason.
        why: Denied,
    },
    /// A row is refused; all reasons are given.
    #[error("{}", sentences(.0))]
    Rows(Vec<RowRefusal>),
    /// Another import holds the register.
    #[error("Sổ “{register}” đang được nhập từ tệp ({} trên {} dòng). Xin thử lại sau ít phút.", number::whole(*.done), number::whole(*.total))]
    Importing {
        /// Title of the register.
        register: String,
        /// Rows done.
        done: u64,
        /// Rows in all.
        total: u64,
    },
    /// What an import was compared with has changed since: prepare it again.
    #[error("Từ lúc kiểm tra tệp đến nay {0}; hãy kiểm tra lại tệp rồi nhập.")]
    Moved(String),
    /// A restored copy takes no commits until an operator opens its seal.
    #[error(
        "Đây là bản phục hồi từ bản sao lưu, chưa mở niêm phong nên chỉ đọc. Người vận hành mở bằng lệnh \
         `minhchung seal --newest MỐC` hoặc `minhchung seal --new-epoch`."
    )]
    Sealed,
    /// The store failed; the message is for the operator.
    #[error("Kho dữ liệu gặp lỗi: {0}")]
    Store(String),
}

/// One refused row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowRefusal {
    /// Register id.
    pub register: String,
    /// Record key, where it could be made.
    pub key: String,
    /// Field at fault, where there is one.
    pub field: Option<String>,
    /// The sentence.
    pub message: String,
}

fn counted(edits: usize) -> String {
    number::whole(edits as u64)
}

fn sentences(rows: &[RowRefusal]) -> String {
    const SHOWN_MAX: usize = 20;
    let mut text: Vec<String> = rows.iter().take(SHOWN_MAX).map(|row| row.message.clone()).collect();
    if rows.len() > SHOWN_MAX {
        text.push(format!("… và {} lý do nữa.", rows.len() - SHOWN_MAX));
    }
    text.join("\n")
}
