//! What kind of text a file is, by its bytes; the name only tells a web page without a head from plain text.

use std::io::{Read, Seek, SeekFrom};

use super::ProseFault;
use crate::read::{Encoding, Entry, HEAD_BYTES, OTHERS, OldOffice, check_zip, is_ole, sniff_ole};
use crate::{Format, ReadError};

/// What a file can be read as.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Plain(Encoding),
    Html(Encoding),
    Docx,
    Pdf,
}

impl Kind {
    pub(super) const fn format(self) -> Format {
        match self {
            Self::Plain(_) => Format::Plain,
            Self::Html(_) => Format::Html,
            Self::Docx => Format::Docx,
            Self::Pdf => Format::Pdf,
        }
    }
}

/// A PDF may begin with other bytes: ISO 32000-2, annex on implementation limits of older readers.
const PDF_HEAD_BYTES: usize = 1024;

/// Recognises a file, or says why it is not read.
pub(super) fn sniff(input: &mut (impl Read + Seek), name: &str) -> Result<Kind, ReadError> {
    input.seek(SeekFrom::Start(0))?;
    let mut head = Vec::with_capacity(HEAD_BYTES);
    input.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    if head.is_empty() {
        return Err(ProseFault::Empty.into());
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return of_zip(&check_zip(input).map_err(ReadError::Zip)?);
    }
    if is_ole(&head) {
        return Err(of_ole(sniff_ole(input)).into());
    }
    let start = head.get(..PDF_HEAD_BYTES).unwrap_or(&head);
    if start.windows(5).any(|window| window == b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    if let Some((_, what)) = OTHERS.iter().find(|(signature, _)| head.starts_with(signature)) {
        return Err(ProseFault::NotText((*what).to_owned()).into());
    }
    of_text(&head, name)
}

fn of_zip(entries: &[Entry]) -> Result<Kind, ReadError> {
    let has = |name: &str| entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name));
    if has("word/document.xml") {
        return Ok(Kind::Docx);
    }
    let what = if has("xl/workbook.xml") || has("xl/workbook.bin") {
        "Excel (.xlsx)"
    } else if has("ppt/presentation.xml") {
        "PowerPoint (.pptx)"
    } else if has("content.xml") && has("mimetype") {
        "OpenDocument"
    } else {
        "nén .zip"
    };
    Err(ProseFault::NotText(what.to_owned()).into())
}

fn of_ole(what: Option<OldOffice>) -> ProseFault {
    match what {
        Some(OldOffice::Encrypted) => ProseFault::Encrypted,
        Some(OldOffice::Word) => ProseFault::OldWord,
        Some(OldOffice::Excel) => ProseFault::NotText("Excel đời cũ (.xls)".to_owned()),
        Some(OldOffice::Other(what)) => ProseFault::NotText(what.to_owned()),
        None => ProseFault::NotText("Office đời cũ bị hỏng".to_owned()),
    }
}

fn of_text(head: &[u8], name: &str) -> Result<Kind, ReadError> {
    let encoding = Encoding::detect(head);
    let control = |byte: &u8| matches!(byte, 0..=8 | 14..=25 | 27..=31);
    if let Some(at) = head.iter().position(control).filter(|_| !encoding.is_utf16()) {
        return Err(ProseFault::Binary { at: at as u64 }.into());
    }
    // Zero bytes between letters are UTF-16; what else is left out is no tag.
    let start: String = head
        .iter()
        .filter(|byte| byte.is_ascii() && **byte != 0)
        .take(2048)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let start = start.trim_start();
    let tags = ["<!doctype html", "<html", "<head", "<meta", "<body", "<div", "<p>", "<p ", "<article"];
    let extension = name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    let is_page = tags.iter().any(|tag| start.starts_with(tag))
        || (start.starts_with("<?xml") && start.contains("<html"))
        || (matches!(extension.as_str(), "html" | "htm" | "xhtml") && start.contains('<'));
    Ok(if is_page { Kind::Html(encoding) } else { Kind::Plain(encoding) })
}
