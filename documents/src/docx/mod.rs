//! The checked text as a Word file: the text as given, numbers underlined, what was found in comments.
//!
//! Parts and elements are those of ECMA-376 (Office Open XML), part 1, chapter 17.

mod body;
mod comments;
mod parts;
mod run;
mod xml;

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::{DocumentError, Findings, standing};
use body::Marked;

/// The text with comments.
///
/// Paragraphs are those of the text. Characters that XML cannot hold become U+FFFD.
///
/// # Errors
/// [`DocumentError`] where the file cannot be written.
pub fn docx(findings: &Findings<'_>) -> Result<Vec<u8>, DocumentError> {
    let said = standing::all(findings);
    let mut ids = 0..;
    let marked = findings.found.checked.claims.iter().zip(&said).map(|(claim, said)| {
        let comment = if said.speaks() { ids.next() } else { None };
        Marked { claim, said, comment }
    });
    let marked: Vec<Marked<'_>> = marked.collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // A fixed time: what is in the file does not hang on when it was made.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut part = |name: &str, bytes: &[u8]| -> Result<(), DocumentError> {
        zip.start_file(name, options)?;
        Ok(zip.write_all(bytes)?)
    };
    part("[Content_Types].xml", parts::CONTENT_TYPES.as_bytes())?;
    part("_rels/.rels", parts::PACKAGE_RELATIONS.as_bytes())?;
    part("docProps/core.xml", &parts::core(findings)?)?;
    part("docProps/app.xml", &parts::app()?)?;
    part("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.as_bytes())?;
    part("word/document.xml", &body::document(findings, &marked)?)?;
    part("word/comments.xml", &comments::comments(findings, &marked)?)?;
    part("word/header1.xml", parts::HEADER.as_bytes())?;
    part("word/styles.xml", parts::STYLES.as_bytes())?;
    part("word/settings.xml", parts::SETTINGS.as_bytes())?;
    Ok(zip.finish()?.into_inner())
}
