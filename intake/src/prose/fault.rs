//! Why a text cannot be read. Each is one Vietnamese sentence that says what was found and what to do.

use mc_base::number::whole;
use serde::{Deserialize, Serialize};

use crate::limits::{PDF_PAGES_MAX, PROSE_BYTES_MAX, PROSE_FILE_BYTES_MAX, PROSE_PARAGRAPH_BYTES_MAX};

/// Why a text cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, thiserror::Error)]
pub enum ProseFault {
    /// No bytes, or nothing but white space.
    #[error("Tệp không có chữ nào để đọc.")]
    Empty,
    /// A picture, a workbook, an archive.
    #[error("Đây là tệp {0}, không phải văn bản. Cần tệp .txt, .html, .docx hoặc .pdf có chữ.")]
    NotText(String),
    /// Word 97–2003.
    #[error("Đây là tệp Word đời cũ (.doc). Hãy mở tệp rồi lưu lại dạng .docx.")]
    OldWord,
    /// A PDF or an Office file under a password.
    #[error("Tệp có mật khẩu bảo vệ nên không đọc được. Hãy bỏ mật khẩu rồi gửi lại.")]
    Encrypted,
    /// A PDF of pictures.
    #[error(
        "Tệp PDF có {} trang nhưng không có chữ nào: có vẻ là bản chụp (scan). Cần bản PDF có chữ, hoặc tệp \
         .docx gốc.", whole(*pages)
    )]
    Scan {
        /// Pages.
        pages: u32,
    },
    /// Too many pages.
    #[error("Tệp PDF có {} trang, quá giới hạn {} trang. Hãy tách tệp.", whole(*pages), whole(PDF_PAGES_MAX))]
    Pages {
        /// Found.
        pages: u32,
    },
    /// The file is too large.
    #[error("Tệp lớn hơn {} MiB. Hãy tách tệp.", PROSE_FILE_BYTES_MAX >> 20)]
    FileTooLarge,
    /// Too much text.
    #[error("Văn bản dài hơn {} MiB. Hãy tách thành nhiều phần.", PROSE_BYTES_MAX >> 20)]
    TooLong,
    /// One paragraph is too long.
    #[error("Đoạn {paragraph} dài hơn {} KiB. Hãy ngắt thành nhiều đoạn.", whole((PROSE_PARAGRAPH_BYTES_MAX >> 10) as u64))]
    ParagraphTooLong {
        /// From 1.
        paragraph: u32,
    },
    /// Neither UTF-8 nor a Vietnamese encoding from before it.
    #[error(
        "Đoạn {paragraph} không phải văn bản Unicode (UTF-8), cũng không nhận ra bảng mã cũ (TCVN3, VNI, \
         Windows-1258). Hãy lưu lại dạng UTF-8."
    )]
    NotUtf8 {
        /// From 1: lines before the bad byte and one.
        paragraph: u32,
    },
    /// UTF-16 that is cut off or has a lone surrogate.
    #[error("Tệp UTF-16 bị cắt cụt hoặc hỏng. Hãy lưu lại dạng UTF-8.")]
    NotUtf16,
    /// Bytes that are no text.
    #[error("Tệp không phải văn bản (có byte nhị phân ở vị trí {}).", whole(*at))]
    Binary {
        /// Offset of the first byte that no text holds.
        at: u64,
    },
    /// An XML part that declares a document type: entities grow without bound.
    #[error("Không mở tệp này vì an toàn: phần “{part}” tự định nghĩa ký hiệu thay thế (DOCTYPE).")]
    Doctype {
        /// Entry of the container.
        part: String,
    },
    /// The file contradicts itself.
    #[error("Tệp {what} bị hỏng nên không đọc được. Hãy mở tệp rồi lưu lại.")]
    Damaged {
        /// `Word (.docx)`, `PDF`.
        what: String,
        /// What the reader said, for the log; never shown.
        detail: String,
    },
    /// The reading process used up its memory.
    #[error("Tệp cần hơn {mib} MiB bộ nhớ để đọc nên đã dừng. Hãy tách tệp.")]
    TooMuchMemory {
        /// Limit.
        mib: u64,
    },
    /// The reading process died otherwise.
    #[error("Tệp hỏng: tiến trình đọc tệp đã dừng đột ngột. Hãy mở tệp rồi lưu lại.")]
    Died,
}

impl ProseFault {
    /// What a reader of `what` said.
    pub(super) fn damaged(what: &str, detail: impl ToString) -> Self {
        Self::Damaged { what: what.to_owned(), detail: detail.to_string() }
    }
}
