//! Documents that leave the house: a checked text as a Word file with comments ([`docx`]) and as a workbook
//! ([`xlsx`]).
//!
//! Nothing is asked of clock or environment, so that the same input gives the same bytes.

mod docx;
mod standing;
mod words;
mod xlsx;

use mc_base::Day;
use mc_claims::Checked;

pub use docx::docx;
pub use xlsx::xlsx;

/// A text with what was found in it.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// The text, in which the claims count bytes.
    pub text: &'a str,
    /// Its claims and what ties them together.
    pub checked: &'a Checked,
    /// What else is said of a claim, by its index: one line each, in this order.
    pub notes: &'a [(usize, String)],
    /// The day the text was written.
    pub date: Day,
    /// The day the document is made; the date of its comments.
    pub made_on: Day,
    /// Version of the software.
    pub version: &'a str,
}

/// Why no document can be made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A sheet has an end.
    #[error(
        "Trang “{sheet}” cần {} dòng, một trang tính chỉ chứa được {}; hãy tách văn bản thành nhiều phần.",
        mc_base::number::whole(*rows as u64),
        mc_base::number::whole(*limit as u64)
    )]
    Rows {
        /// Name of the sheet.
        sheet: &'static str,
        /// Rows that are needed.
        rows: usize,
        /// Rows that a sheet holds below its header.
        limit: usize,
    },
    /// The workbook could not be written.
    #[error("Không tạo được tệp .xlsx: {0}.")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The XML of a Word file could not be written.
    #[error("Không tạo được tệp .docx: {0}.")]
    Xml(#[from] std::io::Error),
    /// The Word file could not be packed.
    #[error("Không nén được tệp .docx: {0}.")]
    Zip(#[from] zip::result::ZipError),
}
