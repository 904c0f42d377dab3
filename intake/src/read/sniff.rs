//! What a file is, by its bytes and not by its name.

use std::io::{Read, Seek, SeekFrom};

use super::encoding::Encoding;
use super::ole::Container;
use super::zip_directory;
use crate::ReadError;

/// What a file can be read as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// An Excel workbook.
    Xlsx {
        /// Formulas refer to other files.
        external_links: bool,
        /// Declared size of the largest worksheet.
        sheet_bytes: u64,
    },
    /// A workbook of Excel 97 to 2003, or one before it in the same container.
    Xls,
    /// Delimited text.
    Text(Encoding),
}

/// Bytes looked at first.
pub(crate) const HEAD_BYTES: usize = 64 * 1024;

/// Signatures of files that are no tables, with the name that an office gives them.
pub(crate) const OTHERS: [(&[u8], &str); 14] = [
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "văn bản RTF"),
    (b"\x89PNG\r\n", "ảnh PNG"),
    (b"\xFF\xD8\xFF", "ảnh JPEG"),
    (b"GIF8", "ảnh GIF"),
    (b"II*\0", "ảnh TIFF"),
    (b"MM\0*", "ảnh TIFF"),
    (b"MZ", "chương trình Windows"),
    (b"\x7FELF", "chương trình"),
    (b"\x1F\x8B", "nén .gz"),
    (b"7z\xBC\xAF\x27\x1C", "nén .7z"),
    (b"Rar!\x1A\x07", "nén .rar"),
    (b"SQLite format 3\0", "cơ sở dữ liệu SQLite"),
    (b"\x28\xB5\x2F\xFD", "nén .zst"),
];

/// Recognises a file, or says why it is not read.
pub(super) fn sniff(input: &mut (impl Read + Seek)) -> Result<Kind, ReadError> {
    input.seek(SeekFrom::Start(0))?;
    let mut head = Vec::with_capacity(HEAD_BYTES);
    input.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    if head.is_empty() {
        return Err(ReadError::Empty);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return sniff_zip(input);
    }
    if is_ole(&head) {
        return match sniff_ole(input) {
            Some(OldOffice::Excel) => Ok(Kind::Xls),
            Some(OldOffice::Encrypted) => Err(ReadError::Encrypted),
            Some(OldOffice::Word) => Err(ReadError::NotASheet("Word đời cũ (.doc)".to_owned())),
            Some(OldOffice::Other(name)) => Err(ReadError::NotASheet(name.to_owned())),
            None => Err(ReadError::Damaged { place: String::new(), detail: "OLE container".to_owned() }),
        };
    }
    // BIFF of Excel 2 to 4 stands in no container.
    if matches!(head.as_slice(), [0x09, 0x00 | 0x02 | 0x04 | 0x08, 0x04 | 0x06 | 0x08, 0x00, ..]) {
        return Err(ReadError::OldExcel);
    }
    if let Some((_, name)) = OTHERS.iter().find(|(signature, _)| head.starts_with(signature)) {
        return Err(ReadError::NotASheet((*name).to_owned()));
    }
    sniff_text(&head)
}

fn sniff_zip(input: &mut (impl Read + Seek)) -> Result<Kind, ReadError> {
    let entries = zip_directory::check(input).map_err(ReadError::Zip)?;
    let has = |name: &str| entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name));
    let under =
        |folder: &str| entries.iter().any(|entry| entry.name.to_ascii_lowercase().starts_with(folder));
    if has("xl/vbaProject.bin") || under("xl/macrosheets/") {
        return Err(ReadError::Macros);
    }
    if has("xl/workbook.bin") {
        return Err(ReadError::BinaryWorkbook);
    }
    if has("xl/workbook.xml") {
        let sheet = |name: &str| name.to_ascii_lowercase().starts_with("xl/worksheets/");
        let sheet_bytes = entries.iter().filter(|e| sheet(&e.name)).map(|e| e.size).max().unwrap_or(0);
        return Ok(Kind::Xlsx { external_links: under("xl/externallinks/"), sheet_bytes });
    }
    Err(if has("word/document.xml") {
        ReadError::NotASheet("Word (.docx)".to_owned())
    } else if has("ppt/presentation.xml") {
        ReadError::NotASheet("PowerPoint (.pptx)".to_owned())
    } else if has("content.xml") && has("mimetype") {
        ReadError::OpenDocument
    } else {
        ReadError::NotASheet("nén .zip".to_owned())
    })
}

/// Whether it is an OLE container: an Office file up to 2003, or a later one under a password.
pub(crate) fn is_ole(head: &[u8]) -> bool {
    head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
}

/// A file in the container of Office up to 2003.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum OldOffice {
    Excel,
    Word,
    /// A later file under a password.
    Encrypted,
    /// What else it is.
    Other(&'static str),
}

/// Which file it is, by the streams of its root: a workbook may hold a Word document. `None` where it is broken.
pub(crate) fn sniff_ole(input: &mut (impl Read + Seek)) -> Option<OldOffice> {
    let container = Container::open(input).ok()?;
    let names = container.root_names();
    let has = |name: &str| names.iter().any(|found| found.eq_ignore_ascii_case(name));
    Some(if has("EncryptedPackage") {
        OldOffice::Encrypted
    } else if has("Workbook") || has("Book") {
        OldOffice::Excel
    } else if has("WordDocument") {
        OldOffice::Word
    } else if has("PowerPoint Document") {
        OldOffice::Other("PowerPoint đời cũ (.ppt)")
    } else {
        OldOffice::Other("OLE không rõ loại")
    })
}

fn sniff_text(head: &[u8]) -> Result<Kind, ReadError> {
    let encoding = Encoding::detect(head);
    if encoding.is_utf16() {
        return Ok(Kind::Text(encoding));
    }
    let start: String = head.iter().take(2048).map(|&b| char::from(b).to_ascii_lowercase()).collect();
    let start = start.trim_start_matches("ï»¿").trim_start();
    if start.starts_with("<?xml") || start.starts_with("<workbook") {
        let sheet = start.contains("urn:schemas-microsoft-com:office:spreadsheet");
        return Err(if sheet { ReadError::XmlSheet } else { ReadError::NotASheet("XML".to_owned()) });
    }
    if ["<!doctype", "<html", "<head", "<meta", "<table", "<style", "<body", "<div"]
        .iter()
        .any(|tag| start.starts_with(tag))
    {
        return Err(ReadError::Html);
    }
    if start.starts_with("mime-version:") {
        return Err(ReadError::Html);
    }
    match head.iter().position(|byte| matches!(byte, 0..=8 | 14..=25 | 27..=31)) {
        Some(at) => Err(ReadError::Binary { at: at as u64 }),
        None => Ok(Kind::Text(encoding)),
    }
}
