//! Documents that leave the house: a checked text as a Word file with comments ([`docx`]) and as a workbook
//! ([`xlsx`]).
//!
//! Nothing is asked of clock or environment, so that the same input gives the same bytes.

mod docx;
mod standing;
mod words;
mod xlsx;

use mc_base::Day;
use mc_checking::{CheckedText, Named};

pub use docx::docx;
pub use xlsx::xlsx;

/// A text with what was found in it.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// The text, the day it was written, its claims, and what the registers say to them.
    pub found: &'a CheckedText,
    /// Where our figures are read: one for each answer of the registers, in their order.
    pub figures: &'a [OurFigure],
    /// The day the document is made; the date of its comments.
    pub made_on: Day,
    /// Version of the software.
    pub version: &'a str,
}

/// Our figure beside a number of the text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OurFigure {
    /// Its names; `None` where no indicator is near.
    pub named: Option<Named>,
    /// The page where it is traced to its records. A whole address becomes a link, a mere path stays text.
    pub address: Option<String>,
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
