//! Delimited text, read as a stream, row by row.
//!
//! The splitter is our own because a refusal must name the row of the quotation mark that was never closed,
//! blank lines count in row numbers, and a row may not grow without limit; on well-formed files it agrees
//! with the `csv` crate, which a test shows. Quoting after RFC 4180; CR, LF and CRLF all end a row.

use std::borrow::Cow;
use std::io::{self, Read, Seek, SeekFrom};

use super::encoding::{Encoding, Utf16Reader};
use super::old_text::OldText;
use super::{BookInfo, Format, Notice, Request, SheetInfo, Sink};
use crate::limits::{CELL_CHARS_MAX, COLUMNS_MAX, CSV_ROWS_MAX, ROW_BYTES_MAX};
use crate::{Cell, ReadError, Row, column_letter};

const SAMPLE_BYTES: u64 = 64 * 1024;
const DELIMITERS: [u8; 4] = *b";,\t|";
const SAMPLE_ROWS_MAX: usize = 50;

/// Reads the file; whether any row held anything.
pub(super) fn read(
    mut input: impl Read + Seek,
    encoding: Encoding,
    name: &str,
    notice: Option<Notice>,
    request: &Request,
    sink: &mut dyn Sink,
) -> Result<bool, ReadError> {
    if let Some(sheet) = request.sheet.filter(|&sheet| sheet != 0) {
        return Err(ReadError::NoSheet(u32::from(sheet) + 1));
    }
    let mut sample = Vec::new();
    start(&mut input, encoding)?;
    let sampled = decoder(&mut input, encoding).take(SAMPLE_BYTES).read_to_end(&mut sample);
    sampled.map_err(|error| unreadable(&error))?;
    let separator = declared_separator(&sample);
    let delimiter = separator.map_or_else(|| detect_delimiter(&sample), |(delimiter, _)| delimiter);
    let mut notices: Vec<Notice> = notice.into_iter().collect();
    if encoding.is_utf16() {
        notices.push(Notice::Utf16);
    }
    let old = sample_old_text(&sample, delimiter);
    notices.extend(Notice::old_charsets(&old.charsets()));
    let sheet = name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
    sink.book(&BookInfo {
        format: Format::Csv { delimiter: char::from(delimiter) },
        epoch_1904: false,
        sheets: vec![SheetInfo { name: sheet.clone(), hidden: false, merges: Vec::new(), rows: None }],
        notices,
    })?;
    start(&mut input, encoding)?;
    let mut source = decoder(&mut input, encoding);
    let mut splitter = Splitter::new(delimiter, CSV_ROWS_MAX, sheet);
    splitter.old = old;
    if separator.is_some() {
        splitter.skip_rows = 1;
    }
    splitter.rows_wanted = request.rows_per_sheet.unwrap_or(u32::MAX);
    let mut block = vec![0; 64 * 1024];
    loop {
        let got = source.read(&mut block).map_err(|error| unreadable(&error))?;
        if got == 0 {
            splitter.finish(sink)?;
            break;
        }
        splitter.push(block.get(..got).unwrap_or_default(), sink)?;
        if splitter.given >= splitter.rows_wanted {
            break;
        }
    }
    Ok(splitter.given > 0)
}

fn start(input: &mut impl Seek, encoding: Encoding) -> io::Result<u64> {
    input.seek(SeekFrom::Start(encoding.mark_length()))
}

fn decoder<'a>(input: &'a mut dyn Read, encoding: Encoding) -> Box<dyn Read + 'a> {
    match encoding {
        Encoding::Utf8 { .. } => Box::new(input),
        Encoding::Utf16Le { .. } => Box::new(Utf16Reader::new(input, false)),
        Encoding::Utf16Be { .. } => Box::new(Utf16Reader::new(input, true)),
    }
}

fn unreadable(error: &io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::InvalidData => ReadError::NotUtf16,
        _ => ReadError::Io(error.to_string()),
    }
}

/// Excel's own first line `sep=;`, which is no row of the table.
fn declared_separator(sample: &[u8]) -> Option<(u8, usize)> {
    let line = sample.split(|&byte| byte == b'\n' || byte == b'\r').next()?;
    match line {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] => Some((*delimiter, line.len())),
        _ => None,
    }
}

/// The delimiter under which most sample rows have the same number of columns; more columns win a tie.
///
/// Decimal commas lose against semicolons because they do not stand in every row equally often.
fn detect_delimiter(sample: &[u8]) -> u8 {
    let score = |delimiter: u8| {
        let widths = sample_widths(sample, delimiter);
        let most = widths
            .iter()
            .filter(|&&width| width > 1)
            .max_by_key(|&&width| (widths.iter().filter(|&&other| other == width).count(), width));
        most.map_or((0, 0), |&width| (widths.iter().filter(|&&other| other == width).count(), width))
    };
    let mut best = (b';', (0, 0));
    for delimiter in DELIMITERS {
        let found = score(delimiter);
        if found > best.1 {
            best = (delimiter, found);
        }
    }
    best.0
}

/// What the sample tells of an old encoding. Quotation marks are left in their cells: they say nothing.
fn sample_old_text(sample: &[u8], delimiter: u8) -> OldText {
    let mut old = OldText::default();
    for line in sample.split(|byte| matches!(byte, b'\n' | b'\r')) {
        if std::str::from_utf8(line).is_err() {
            old.learn(line.split(|byte| *byte == delimiter));
        }
    }
    old
}

fn sample_widths(sample: &[u8], delimiter: u8) -> Vec<usize> {
    let mut widths = Vec::new();
    let (mut width, mut quoted, mut blank) = (1, false, true);
    for &byte in sample {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'\n' | b'\r' => {
                if !blank {
                    widths.push(width);
                }
                (width, blank) = (1, true);
                if widths.len() == SAMPLE_ROWS_MAX {
                    break;
                }
                continue;
            }
            _ if byte == delimiter => width += 1,
            _ => {}
        }
        blank = false;
    }
    if !blank && widths.len() < SAMPLE_ROWS_MAX {
        widths.push(width);
    }
    widths
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// After a quotation mark inside a quoted cell: it closes the cell or doubles itself.
    QuoteInQuoted,
}

/// Splits bytes into rows.
struct Splitter {
    delimiter: u8,
    rows_max: u32,
    name: String,
    state: State,
    /// Bytes of the cells of the current row, without quotation marks.
    bytes: Vec<u8>,
    /// Where each finished cell of the current row ends in `bytes`.
    ends: Vec<usize>,
    old: OldText,
    number: u32,
    quote_row: u32,
    after_return: bool,
    skip_rows: u32,
    rows_wanted: u32,
    given: u32,
}

impl Splitter {
    fn new(delimiter: u8, rows_max: u32, name: String) -> Self {
        Self {
            delimiter,
            rows_max,
            name,
            state: State::FieldStart,
            bytes: Vec::new(),
            ends: Vec::new(),
            old: OldText::default(),
            number: 1,
            quote_row: 0,
            after_return: false,
            skip_rows: 0,
            rows_wanted: u32::MAX,
            given: 0,
        }
    }

    fn push(&mut self, block: &[u8], sink: &mut dyn Sink) -> Result<(), ReadError> {
        for &byte in block {
            if std::mem::take(&mut self.after_return) && byte == b'\n' {
                continue;
            }
            match (self.state, byte) {
                (State::Quoted, b'"') => self.state = State::QuoteInQuoted,
                (State::Quoted, _) => self.add(byte)?,
                (State::QuoteInQuoted, b'"') => {
                    self.add(b'"')?;
                    self.state = State::Quoted;
                }
                (State::FieldStart, b'"') => {
                    self.state = State::Quoted;
                    self.quote_row = self.number;
                }
                (_, b'\n' | b'\r') => {
                    self.after_return = byte == b'\r';
                    self.end_row(sink)?;
                    if self.given >= self.rows_wanted {
                        return Ok(());
                    }
                }
                (_, _) if byte == self.delimiter => self.end_cell()?,
                (_, _) => {
                    self.add(byte)?;
                    self.state = State::Plain;
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, byte: u8) -> Result<(), ReadError> {
        if self.bytes.len() >= ROW_BYTES_MAX {
            return Err(self.too_long());
        }
        self.bytes.push(byte);
        Ok(())
    }

    fn too_long(&self) -> ReadError {
        if self.state == State::Quoted {
            return ReadError::OpenQuote { row: self.quote_row };
        }
        let limit_kib = (ROW_BYTES_MAX >> 10) as u32;
        ReadError::RowTooLong { sheet: self.name.clone(), row: self.number, limit_kib }
    }

    fn end_cell(&mut self) -> Result<(), ReadError> {
        // Empty cells beyond the limit are as harmless as they are common: trailing delimiters.
        if self.ends.len() >= COLUMNS_MAX {
            let start = self.ends.last().copied().unwrap_or(0);
            if self.bytes.len() > start || self.ends.len() >= ROW_BYTES_MAX {
                return Err(self.too_wide());
            }
        }
        self.ends.push(self.bytes.len());
        self.state = State::FieldStart;
        Ok(())
    }

    fn too_wide(&self) -> ReadError {
        let found = u32::try_from(self.ends.len() + 1).unwrap_or(u32::MAX);
        let limit = COLUMNS_MAX as u32;
        ReadError::TooManyColumns { sheet: self.name.clone(), row: self.number, found, limit }
    }

    fn end_row(&mut self, sink: &mut dyn Sink) -> Result<(), ReadError> {
        self.end_cell()?;
        let row = self.row();
        self.bytes.clear();
        self.ends.clear();
        self.number += 1;
        if self.skip_rows > 0 {
            self.skip_rows -= 1;
            return Ok(());
        }
        let row = row?;
        if row.is_blank() {
            return Ok(());
        }
        if self.number > self.rows_max + 1 {
            return Err(ReadError::TooManyRows { sheet: self.name.clone(), limit: self.rows_max });
        }
        self.given += 1;
        sink.row(row)
    }

    fn row(&self) -> Result<Row, ReadError> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let parts: Vec<&[u8]> = starts
            .zip(&self.ends)
            .take(COLUMNS_MAX)
            .map(|(start, &end)| self.bytes.get(start..end).unwrap_or_default())
            .collect();
        let unicode: Option<Vec<Cow<'_, str>>> =
            parts.iter().map(|part| std::str::from_utf8(part).ok().map(Cow::Borrowed)).collect();
        let texts = unicode.or_else(|| self.old.read(&parts));
        let texts = texts.ok_or(ReadError::NotUtf8 { row: self.number })?;
        let mut cells = Vec::with_capacity(texts.len());
        for (column, text) in (0_u16..).zip(texts) {
            if text.len() > CELL_CHARS_MAX && text.chars().count() > CELL_CHARS_MAX {
                let cell = format!("{}{}", column_letter(column), self.number);
                let limit = CELL_CHARS_MAX as u32;
                return Err(ReadError::CellTooLong { sheet: self.name.clone(), cell, limit });
            }
            cells.push(if text.is_empty() { Cell::Empty } else { Cell::Text(text.into_owned()) });
        }
        while cells.last() == Some(&Cell::Empty) {
            cells.pop();
        }
        Ok(Row { sheet: 0, number: self.number, cells })
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> Result<(), ReadError> {
        if self.state == State::Quoted {
            return Err(ReadError::OpenQuote { row: self.quote_row });
        }
        if self.bytes.is_empty() && self.ends.is_empty() && self.state == State::FieldStart {
            return Ok(());
        }
        self.end_row(sink)
    }
}
