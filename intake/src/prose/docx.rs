//! Word documents: paragraphs, breaks and tabs, tables row by row, footnotes after the text.
//!
//! ECMA-376 part 1: 17.3 (paragraphs and runs), 17.4 (tables), 17.11 (footnotes).

use std::io::{BufReader, Read, Seek};

use quick_xml::events::Event;
use zip::ZipArchive;

use super::{Paragraphs, ProseFault};
use crate::ReadError;
use crate::limits::{PROSE_BYTES_MAX, XML_PART_BYTES_MAX};

const WHAT: &str = "Word (.docx)";
const MAIN: &str = "word/document.xml";
/// Read when they are there.
const NOTES: [&str; 2] = ["word/footnotes.xml", "word/endnotes.xml"];

pub(super) fn read(input: impl Read + Seek, paragraphs: &mut Paragraphs<'_>) -> Result<(), ReadError> {
    let mut archive = ZipArchive::new(BufReader::new(input)).map_err(|e| ProseFault::damaged(WHAT, e))?;
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    for part in [MAIN].iter().chain(&NOTES) {
        let Some(name) = names.iter().find(|name| name.eq_ignore_ascii_case(part)) else { continue };
        let entry = archive.by_name(name).map_err(|e| ProseFault::damaged(WHAT, e))?;
        // One byte more than allowed, so that the limit is seen and not taken for the end.
        let entry = BufReader::new(entry.take(XML_PART_BYTES_MAX + 1));
        read_part(quick_xml::Reader::from_reader(entry), name, paragraphs)?;
    }
    Ok(())
}

fn read_part<R: Read>(
    mut reader: quick_xml::Reader<BufReader<R>>,
    part: &str,
    paragraphs: &mut Paragraphs<'_>,
) -> Result<(), ReadError> {
    let mut walk = Walk::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        if reader.buffer_position() > XML_PART_BYTES_MAX {
            return Err(ProseFault::TooLong.into());
        }
        match event.map_err(|e| ProseFault::damaged(WHAT, e))? {
            Event::DocType(_) => return Err(ProseFault::Doctype { part: part.to_owned() }.into()),
            Event::Start(tag) => walk.start(tag.local_name().as_ref()),
            Event::Empty(tag) => {
                walk.start(tag.local_name().as_ref());
                walk.end(tag.local_name().as_ref(), paragraphs)?;
            }
            Event::End(tag) => walk.end(tag.local_name().as_ref(), paragraphs)?,
            Event::Text(text) => walk.text(&text.xml10_content())?,
            Event::CData(text) => walk.text(&text.xml10_content())?,
            Event::GeneralRef(entity) => {
                let known = entity.resolve_char_ref().map_err(|e| ProseFault::damaged(WHAT, e))?;
                let named = || {
                    quick_xml::escape::resolve_predefined_entity(&entity.xml10_content()).map(str::to_owned)
                };
                let text = known.map(String::from).or_else(named);
                walk.text(&text.ok_or_else(|| ProseFault::damaged(WHAT, "entity"))?)?;
            }
            Event::Eof if walk.depth == 0 => return Ok(()),
            Event::Eof => return Err(ProseFault::damaged(WHAT, "cut off").into()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// Where in the part the reader is.
#[derive(Default)]
struct Walk {
    depth: usize,
    /// The paragraphs that are open: a text box stands within one.
    open: Vec<String>,
    /// Tables that are open, one in a cell of the other.
    tables: usize,
    /// The row of the outermost table.
    row: String,
    in_text: bool,
    /// The depth of the element that is passed over.
    skipped: Option<usize>,
}

impl Walk {
    fn start(&mut self, name: &str) {
        self.depth += 1;
        if self.skipped.is_some() {
            return;
        }
        match name {
            // The same content again for older programs.
            "Fallback" => self.skipped = Some(self.depth),
            "p" => self.open.push(String::new()),
            "t" => self.in_text = true,
            "tbl" => self.tables += 1,
            "tab" => self.add('\t'),
            "noBreakHyphen" => self.add('-'),
            "br" | "cr" => self.add(if self.tables > 0 { ' ' } else { '\n' }),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, paragraphs: &mut Paragraphs<'_>) -> Result<(), ReadError> {
        self.depth = self.depth.saturating_sub(1);
        if let Some(from) = self.skipped {
            self.skipped = Some(from).filter(|from| self.depth >= *from);
            return Ok(());
        }
        match name {
            "t" => self.in_text = false,
            "p" => {
                let text = self.open.pop().unwrap_or_default();
                if self.tables == 0 {
                    return text.split('\n').try_for_each(|line| paragraphs.push(line));
                }
                if !self.row.is_empty() && !self.row.ends_with('\t') && !text.trim().is_empty() {
                    self.row.push(' ');
                }
                self.row.push_str(text.trim());
                within(&self.row)?;
            }
            "tc" if self.tables == 1 => self.row.push('\t'),
            "tr" if self.tables == 1 => {
                let row = std::mem::take(&mut self.row);
                paragraphs.push(&row)?;
            }
            "tbl" => self.tables = self.tables.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, c: char) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.push(c);
        }
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        match self.open.last_mut() {
            Some(paragraph) if self.in_text && self.skipped.is_none() => {
                paragraph.push_str(text);
                within(paragraph)
            }
            _ => Ok(()),
        }
    }
}

fn within(text: &str) -> Result<(), ReadError> {
    if text.len() > PROSE_BYTES_MAX { Err(ProseFault::TooLong.into()) } else { Ok(()) }
}
