//! Bytes to rows: what kind of file it is by its content, then its sheets and rows as a stream.

mod csv;
mod encoding;
mod old_text;
mod ole;
mod rows;
mod serial;
mod sniff;
mod xls;
mod xlsx;
mod zip_directory;

use std::io::{Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use crate::legacy::Charset;
use crate::limits::PREVIEW_ROWS;
use crate::{ReadError, Row};

pub(crate) use encoding::{Encoding, Utf16Reader};
pub(crate) use old_text::read_lines;
pub(crate) use serial::serial_day;
pub use sniff::Kind;
pub(crate) use sniff::{HEAD_BYTES, OTHERS, OldOffice, is_ole, sniff_ole};

pub(crate) use zip_directory::{Entry, check as check_zip};

/// What to read of a file.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Request {
    /// Only the first rows of each sheet, to find the header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_per_sheet: Option<u32>,
    /// Only this sheet (index in [`BookInfo::sheets`]); all visible sheets otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<u16>,
    /// As prose: each row is a paragraph of one text cell; the other two say nothing then.
    #[serde(default)]
    pub prose: bool,
}

/// The format a file was recognised as.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Format {
    /// Excel workbook.
    Xlsx,
    /// Workbook of Excel 97 to 2003.
    Xls,
    /// Delimited text.
    Csv {
        /// `;`, `,`, tab or `|`.
        delimiter: char,
    },
    /// Plain text, read as prose.
    Plain,
    /// A web page, read as prose.
    Html,
    /// A Word document, read as prose.
    Docx,
    /// A PDF, read as prose.
    Pdf,
}

/// Something of the file that is not an error but that its sender should know.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, thiserror::Error)]
pub enum Notice {
    /// A hidden sheet is not read.
    #[error("Trang “{0}” bị ẩn nên không được đọc.")]
    HiddenSheet(String),
    /// A chart or dialog sheet.
    #[error("Trang “{0}” không phải trang số liệu nên không được đọc.")]
    NotAWorksheet(String),
    /// An old workbook with macros, which nobody runs.
    #[error("Tệp có macro; hệ thống không đọc và không chạy macro, chỉ lấy số liệu trong các trang.")]
    Macros,
    /// Formulas that refer to other files.
    #[error("Tệp có liên kết tới tệp khác; hệ thống dùng giá trị đã lưu trong tệp.")]
    ExternalLinks,
    /// Dates count from 1904.
    #[error("Tệp đếm ngày từ năm 1904 (Excel cho Mac); ngày đã được đổi cho đúng.")]
    Epoch1904,
    /// The file was UTF-16.
    #[error("Tệp dùng bảng mã UTF-16; đã được đổi sang UTF-8.")]
    Utf16,
    /// The text was in encodings from before Unicode.
    #[error("Chữ trong tệp viết bằng bảng mã cũ {0}; đã được đổi sang Unicode.")]
    OldCharset(String),
    /// The extension says something else.
    #[error("Tên tệp kết thúc bằng “.{0}” nhưng nội dung là {1}; đã đọc theo nội dung.")]
    Extension(String, String),
    /// Merged regions beyond the limit.
    #[error("Trang “{0}” có quá nhiều vùng ô gộp; ô gộp không được điền xuống các dòng dưới.")]
    TooManyMerges(String),
}

impl Notice {
    /// That text was converted, if any was.
    fn old_charsets(found: &[Charset]) -> Option<Self> {
        let names: Vec<String> =
            found.iter().filter(|c| **c != Charset::Unicode).map(ToString::to_string).collect();
        (!names.is_empty()).then(|| Self::OldCharset(names.join(", ")))
    }
}

/// A merged region, rows and columns from 0, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Merge {
    /// First row.
    pub row_first: u32,
    /// Last row.
    pub row_last: u32,
    /// First column.
    pub column_first: u16,
    /// Last column.
    pub column_last: u16,
}

/// One sheet; a CSV file has one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SheetInfo {
    /// Name; of a CSV file, the file name.
    pub name: String,
    /// Hidden, therefore not read unless asked for.
    pub hidden: bool,
    /// Merged regions, in the order of the file.
    pub merges: Vec<Merge>,
    /// The last row, as a workbook says of itself: to tell how far reading is, and for nothing else.
    #[serde(default)]
    pub rows: Option<u32>,
}

/// What is known before the first row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BookInfo {
    /// Recognised format.
    pub format: Format,
    /// Numbers that stand for dates count from 1 January 1904.
    pub epoch_1904: bool,
    /// Sheets in the order of the file.
    pub sheets: Vec<SheetInfo>,
    /// What the sender should know.
    pub notices: Vec<Notice>,
}

/// Receives what is read, in order.
pub(crate) trait Sink {
    /// Once, before any row.
    fn book(&mut self, book: &BookInfo) -> Result<(), ReadError>;
    /// Each row that holds anything.
    fn row(&mut self, row: Row) -> Result<(), ReadError>;
}

/// A whole file in memory: for previews and for small files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Book {
    /// What is known of it.
    pub info: BookInfo,
    /// Its rows.
    pub rows: Vec<Row>,
}

impl Book {
    /// The rows of one sheet.
    pub fn rows_of(&self, sheet: u16) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.sheet == sheet)
    }
}

struct Collect {
    info: Option<BookInfo>,
    rows: Vec<Row>,
}

impl Sink for Collect {
    fn book(&mut self, book: &BookInfo) -> Result<(), ReadError> {
        self.info = Some(book.clone());
        Ok(())
    }

    fn row(&mut self, row: Row) -> Result<(), ReadError> {
        self.rows.push(row);
        Ok(())
    }
}

/// Reads in this process, without its own limits on time and memory: for tests and for files of our own.
///
/// # Errors
/// [`ReadError`] where the content is not a workbook or text that can be read, or is beyond a limit.
pub fn read_here(input: impl Read + Seek, name: &str, request: &Request) -> Result<Book, ReadError> {
    let mut sink = Collect { info: None, rows: Vec::new() };
    read_into(input, name, request, &mut sink)?;
    let info = sink.info.ok_or(ReadError::NoRows)?;
    Ok(Book { info, rows: sink.rows })
}

/// As [`read_here`], only the first rows of each sheet.
///
/// # Errors
/// As [`read_here`].
pub fn preview(input: impl Read + Seek, name: &str) -> Result<Book, ReadError> {
    read_here(input, name, &Request { rows_per_sheet: Some(PREVIEW_ROWS), sheet: None, prose: false })
}

/// Reads into a sink.
pub(crate) fn read_into(
    mut input: impl Read + Seek,
    name: &str,
    request: &Request,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    if request.prose {
        return crate::prose::read_into(input, name, sink);
    }
    let kind = sniff::sniff(&mut input)?;
    input.seek(SeekFrom::Start(0))?;
    let notice = extension_notice(name, kind);
    let seen = match kind {
        Kind::Xlsx { external_links, sheet_bytes } => {
            let facts = xlsx::Facts { external_links, sheet_bytes, notice };
            xlsx::read(input, &facts, request, sink)?
        }
        Kind::Xls => xls::read(input, notice, request, sink)?,
        Kind::Text(encoding) => csv::read(input, encoding, name, notice, request, sink)?,
    };
    if seen { Ok(()) } else { Err(ReadError::NoRows) }
}

/// Tells which limits on time apply before the file is read.
pub(crate) fn looks_like_workbook(input: &mut (impl Read + Seek)) -> Result<bool, ReadError> {
    let mut head = Vec::with_capacity(8);
    input.by_ref().take(8).read_to_end(&mut head)?;
    input.seek(SeekFrom::Start(0))?;
    Ok(head.starts_with(b"PK") || is_ole(&head))
}

fn extension_notice(name: &str, kind: Kind) -> Option<Notice> {
    let (_, extension) = name.rsplit_once('.')?;
    let extension = extension.to_lowercase();
    let (fits, what) = match kind {
        Kind::Xlsx { .. } => (extension == "xlsx", "sổ làm việc Excel (.xlsx)"),
        Kind::Xls => (matches!(extension.as_str(), "xls" | "xlt"), "sổ làm việc Excel 97–2003 (.xls)"),
        Kind::Text(_) => (matches!(extension.as_str(), "csv" | "txt" | "tsv"), "văn bản (.csv)"),
    };
    let known = extension.len() <= 5 && extension.chars().all(|c| c.is_ascii_alphanumeric());
    (known && !fits).then(|| Notice::Extension(extension, what.to_owned()))
}
