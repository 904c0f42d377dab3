//! Prose from outside: text, web pages, Word documents and PDF, paragraph by paragraph.
//!
//! A paragraph is a row with one text cell, so that the reading process, its limits and its stream are those
//! of tables.

mod docx;
mod fault;
mod html;
mod layout;
mod pdf;
mod plain;
mod sniff;

use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

pub use fault::ProseFault;
pub use plain::unicode;

use crate::child::{LimitsHeld, read_in_child};
use crate::limits::{PROSE_BYTES_MAX, PROSE_FILE_BYTES_MAX, PROSE_PARAGRAPH_BYTES_MAX};
use crate::read::Sink;
use crate::{BookInfo, Cell, Format, ReadError, Request, Row, SheetInfo};
use sniff::Kind;

/// A text as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Prose {
    /// One line per paragraph, each ended by a line feed.
    pub text: String,
    /// What it was read as.
    pub format: Format,
    /// Which limits held on the reading process.
    pub limits: LimitsHeld,
}

/// Reads the text of `file` in a child process of the executable `exe`; `name` is the name its sender gave it.
///
/// # Errors
/// [`ReadError`], mostly [`ReadError::Prose`], where the content is no text that can be read, is beyond a
/// limit, or the child cannot be started.
pub fn read_prose_in_child(exe: &Path, file: &Path, name: &str) -> Result<Prose, ReadError> {
    let request = Request { prose: true, ..Request::default() };
    let mut stream = read_in_child(exe, file, name, &request).map_err(of_prose)?;
    let mut prose = Prose { text: String::new(), format: stream.book().format, limits: stream.limits() };
    for row in &mut stream {
        let row = row.map_err(of_prose)?;
        for cell in &row.cells {
            if let Cell::Text(paragraph) = cell {
                prose.text.push_str(paragraph);
                prose.text.push('\n');
            }
        }
        // The child keeps this limit too; it may be under the control of what it read.
        if prose.text.len() > PROSE_BYTES_MAX {
            return Err(ProseFault::TooLong.into());
        }
    }
    Ok(prose)
}

/// The sentences of tables speak of workbooks.
fn of_prose(error: ReadError) -> ReadError {
    match error {
        ReadError::Died => ProseFault::Died.into(),
        ReadError::TooMuchMemory { mib } => ProseFault::TooMuchMemory { mib }.into(),
        other => other,
    }
}

/// Reads paragraphs into a sink.
pub(crate) fn read_into(
    mut input: impl Read + Seek,
    name: &str,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    if input.seek(SeekFrom::End(0))? > PROSE_FILE_BYTES_MAX {
        return Err(ProseFault::FileTooLarge.into());
    }
    let kind = sniff::sniff(&mut input, name)?;
    input.seek(SeekFrom::Start(0))?;
    let sheet = SheetInfo { name: name.to_owned(), hidden: false, merges: Vec::new(), rows: None };
    let format = kind.format();
    let mut paragraphs = Paragraphs { sink, count: 0, bytes: 0 };
    paragraphs.sink.book(&BookInfo {
        format,
        epoch_1904: false,
        sheets: vec![sheet],
        notices: Vec::new(),
    })?;
    match kind {
        Kind::Plain(encoding) => plain::read(input, encoding, &mut paragraphs)?,
        Kind::Html(encoding) => html::read(input, encoding, &mut paragraphs)?,
        Kind::Docx => docx::read(input, &mut paragraphs)?,
        Kind::Pdf => pdf::read(input, &mut paragraphs)?,
    }
    if paragraphs.count == 0 { Err(ProseFault::Empty.into()) } else { Ok(()) }
}

/// Takes paragraphs in order and keeps the limits.
struct Paragraphs<'s> {
    sink: &'s mut dyn Sink,
    count: u32,
    bytes: usize,
}

impl Paragraphs<'_> {
    /// Gives a paragraph on; blank ones are left out.
    fn push(&mut self, text: &str) -> Result<(), ReadError> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'));
        if text.is_empty() {
            return Ok(());
        }
        self.count += 1;
        if text.len() > PROSE_PARAGRAPH_BYTES_MAX {
            return Err(ProseFault::ParagraphTooLong { paragraph: self.count }.into());
        }
        self.bytes += text.len() + 1;
        if self.bytes > PROSE_BYTES_MAX {
            return Err(ProseFault::TooLong.into());
        }
        let cells = vec![Cell::Text(text.to_owned())];
        self.sink.row(Row { sheet: 0, number: self.count, cells })
    }

    const fn is_empty(&self) -> bool {
        self.count == 0
    }
}
