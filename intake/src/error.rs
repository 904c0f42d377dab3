//! Why a whole file cannot be read. Each is one Vietnamese sentence that says what was found and what to do.

use crate::ProseFault;
use mc_base::number::whole;
use serde::{Deserialize, Serialize};

/// What is wrong with the ZIP container of a workbook.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, thiserror::Error)]
pub enum ZipFault {
    /// The list of contents is cut off or contradicts itself.
    #[error("mục lục bên trong tệp bị hỏng hoặc bị cắt cụt")]
    Directory,
    /// Too many entries.
    #[error("tệp chứa {} mục, quá giới hạn {} mục", whole(*found), whole(*limit))]
    Entries {
        /// Entries declared.
        found: u64,
        /// Entries allowed.
        limit: u64,
    },
    /// Too large when decompressed.
    #[error("tệp giải nén ra {} MiB, quá giới hạn {} MiB", whole(*found_mib), whole(*limit_mib))]
    Size {
        /// Declared size, MiB rounded up.
        found_mib: u64,
        /// Allowed.
        limit_mib: u64,
    },
    /// An entry grows more than 100 times.
    #[error("mục “{name}” phình ra {} lần khi giải nén, quá giới hạn {limit} lần", whole(*ratio))]
    Ratio {
        /// Entry.
        name: String,
        /// Times.
        ratio: u64,
        /// Allowed.
        limit: u64,
    },
    /// Two entries share bytes.
    #[error("các mục “{first}” và “{second}” chồng lên nhau")]
    Overlap {
        /// The entry that begins first.
        first: String,
        /// The entry that begins inside it.
        second: String,
    },
    /// A name that leaves the container or cannot be written.
    #[error("có mục mang tên không hợp lệ “{0}”")]
    Name(String),
    /// One name twice.
    #[error("có hai mục cùng tên “{0}”")]
    Twice(String),
}

/// Why a file cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, thiserror::Error)]
pub enum ReadError {
    /// No bytes.
    #[error("Tệp rỗng (0 byte). Cần tệp .xlsx, .xls hoặc .csv có ít nhất một dòng tiêu đề.")]
    Empty,
    /// No row holds anything.
    #[error("Tệp không có ô nào có dữ liệu. Cần ít nhất một dòng tiêu đề và một dòng số liệu.")]
    NoRows,
    /// Every sheet is hidden.
    #[error(
        "Mọi trang của sổ làm việc đều bị ẩn nên không có gì để đọc. Hãy bỏ ẩn trang số liệu rồi gửi lại."
    )]
    OnlyHidden,
    /// BIFF2 to BIFF5, whatever the extension.
    #[error(
        "Đây là tệp Excel 95 hoặc cũ hơn, kể cả khi tên tệp ghi khác; chỉ đọc được .xls của Excel 97–2003. Hãy \
         mở tệp rồi lưu lại dạng “Excel Workbook (*.xlsx)”."
    )]
    OldExcel,
    /// A workbook of Excel 97 to 2003 beyond what is read into memory.
    #[error("Tệp .xls dài {} MiB, quá giới hạn {limit_mib} MiB. Hãy lưu lại dạng .xlsx.", whole(*found_mib))]
    OldExcelTooLarge {
        /// Found.
        found_mib: u64,
        /// Allowed.
        limit_mib: u64,
    },
    /// OLE container with an encrypted package.
    #[error(
        "Tệp có mật khẩu bảo vệ nên không đọc được. Hãy bỏ mật khẩu (Tệp › Thông tin › Bảo vệ sổ làm việc) \
         rồi gửi lại."
    )]
    Encrypted,
    /// Old Word document, or another OLE file.
    #[error("Đây là tệp {0}, không phải bảng tính. Cần tệp .xlsx, .xls hoặc .csv.")]
    NotASheet(String),
    /// xlsb.
    #[error("Đây là sổ làm việc nhị phân (.xlsb). Hãy lưu lại dạng “Excel Workbook (*.xlsx)”.")]
    BinaryWorkbook,
    /// ods.
    #[error("Đây là bảng tính OpenDocument (.ods). Hãy lưu lại dạng .xlsx hoặc .csv.")]
    OpenDocument,
    /// Macros inside.
    #[error(
        "Tệp có macro (.xlsm). Vì an toàn, hệ thống không nhận tệp có macro; hãy lưu lại dạng “Excel \
         Workbook (*.xlsx)”."
    )]
    Macros,
    /// HTML table.
    #[error(
        "Đây là trang HTML được đặt tên như tệp Excel (thường do phần mềm xuất ra). Hãy mở bằng Excel rồi \
         lưu lại dạng “Excel Workbook (*.xlsx)”."
    )]
    Html,
    /// SpreadsheetML 2003.
    #[error("Đây là bảng tính XML 2003. Hãy mở bằng Excel rồi lưu lại dạng “Excel Workbook (*.xlsx)”.")]
    XmlSheet,
    /// Bytes that are no text.
    #[error(
        "Tệp không phải bảng tính .xlsx, .xls và cũng không phải văn bản .csv (có byte nhị phân ở vị trí {}).",
        whole(*at)
    )]
    Binary {
        /// Offset of the first byte that no text holds.
        at: u64,
    },
    /// Neither UTF-8 nor a Vietnamese encoding from before it.
    #[error(
        "Dòng {row} không phải văn bản Unicode (UTF-8), cũng không nhận ra bảng mã cũ (TCVN3, VNI, \
         Windows-1258). Hãy lưu lại dạng “CSV UTF-8” hoặc .xlsx."
    )]
    NotUtf8 {
        /// Row number.
        row: u32,
    },
    /// UTF-16 that is cut off or has a lone surrogate.
    #[error("Tệp UTF-16 bị cắt cụt hoặc hỏng. Hãy lưu lại dạng “CSV UTF-8” hoặc .xlsx.")]
    NotUtf16,
    /// A quotation mark that is never closed.
    #[error(
        "Dấu ngoặc kép mở ở dòng {row} không được đóng, nên phần còn lại của tệp thành một ô. Hãy sửa dòng \
         {row}."
    )]
    OpenQuote {
        /// Row in which it opens.
        row: u32,
    },
    /// The container is unsafe.
    #[error("Không mở tệp này vì an toàn: {0}.")]
    Zip(ZipFault),
    /// What was to be read as prose cannot.
    #[error(transparent)]
    Prose(#[from] ProseFault),
    /// Too many rows.
    #[error("Trang “{sheet}” có hơn {} dòng. Hãy tách thành nhiều tệp.", whole(*limit))]
    TooManyRows {
        /// Sheet name.
        sheet: String,
        /// Allowed.
        limit: u32,
    },
    /// Too many columns.
    #[error(
        "Trang “{sheet}”, dòng {row} có dữ liệu ở cột thứ {}; chỉ nhận đến cột thứ {limit}.",
        whole(*found)
    )]
    TooManyColumns {
        /// Sheet name.
        sheet: String,
        /// Row number.
        row: u32,
        /// Column found, from 1.
        found: u32,
        /// Allowed.
        limit: u32,
    },
    /// One cell is too long.
    #[error("Ô {cell} của trang “{sheet}” dài hơn {} ký tự.", whole(*limit))]
    CellTooLong {
        /// Sheet name.
        sheet: String,
        /// Such as `C17`.
        cell: String,
        /// Allowed.
        limit: u32,
    },
    /// One row is too long.
    #[error(
        "Dòng {row} của trang “{sheet}” dài hơn {} KiB. Có thể thiếu dấu ngoặc kép đóng hoặc dấu xuống \
         dòng.", whole(*limit_kib)
    )]
    RowTooLong {
        /// Sheet name.
        sheet: String,
        /// Row number.
        row: u32,
        /// Allowed.
        limit_kib: u32,
    },
    /// Too many worksheets.
    #[error("Sổ làm việc có {found} trang, quá giới hạn {limit} trang.")]
    TooManySheets {
        /// Found.
        found: u32,
        /// Allowed.
        limit: u32,
    },
    /// No such sheet.
    #[error("Sổ làm việc không có trang thứ {0}.")]
    NoSheet(u32),
    /// The workbook contradicts itself.
    #[error("Sổ làm việc bị hỏng{place}. Hãy mở bằng Excel, để Excel sửa, rồi lưu lại.")]
    Damaged {
        /// ", ở trang “…”" or empty.
        place: String,
        /// What the reader said, for the log; never shown.
        detail: String,
    },
    /// The reading process used up its processor time.
    #[error("Tệp quá lớn hoặc hỏng: đã dừng sau {seconds} giây xử lý.")]
    TooSlow {
        /// Limit.
        seconds: u64,
    },
    /// The reading process used up its memory.
    #[error("Tệp cần hơn {mib} MiB bộ nhớ để đọc nên đã dừng. Hãy tách tệp hoặc lưu dạng .csv.")]
    TooMuchMemory {
        /// Limit.
        mib: u64,
    },
    /// The reading process was silent.
    #[error("Đọc tệp không có tiến triển trong {seconds} giây nên đã dừng.")]
    Silent {
        /// Limit.
        seconds: u64,
    },
    /// The reading process died otherwise.
    #[error("Tệp hỏng: tiến trình đọc tệp đã dừng đột ngột. Hãy mở bằng Excel rồi lưu lại.")]
    Died,
    /// The reading process could not be started, or said what it may not say.
    #[error("Không khởi động được tiến trình đọc tệp: {0}.")]
    Child(String),
    /// The file itself could not be read.
    #[error("Không đọc được tệp từ đĩa: {0}.")]
    Io(String),
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error.to_string())
    }
}
