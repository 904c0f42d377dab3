//! What the rows of a file stated, in their order, beside the staging file: a row whose record somebody touched before
//! the import was applied is compared again from here. A register without versions needs none: whatever is touched
//! there was new.

use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use mc_ledger::{Value, canon};
use mc_register::Record;

use crate::StoreError;

/// The place of a row that was not kept.
pub(crate) const NOT_SAID: u64 = u64::MAX;
/// Bytes of one row.
const ROW_BYTES_MAX: u32 = 64 << 20;

/// The rows, while they come.
pub(crate) struct Said {
    path: PathBuf,
    out: BufWriter<File>,
    at: u64,
    row: Vec<u8>,
    value: Vec<u8>,
}

impl Said {
    pub(crate) fn create(path: &Path) -> Result<Self, StoreError> {
        let out = BufWriter::with_capacity(1 << 18, File::create(path).map_err(|error| failed(path, error))?);
        Ok(Self {
            path: path.to_owned(),
            out,
            at: 0,
            row: Vec::with_capacity(512),
            value: Vec::with_capacity(128),
        })
    }

    /// Keeps what line `line` stated, and gives its place. A value that has no canonical bytes is refused by whoever
    /// checks the row, so it is not kept.
    pub(crate) fn put(&mut self, line: u64, record: &Record) -> Result<u64, StoreError> {
        self.row.clear();
        self.row.extend(line.to_be_bytes());
        for (no, value) in record.iter().filter(|(_, value)| **value != Value::Null) {
            self.value.clear();
            if canon::encode_value(value, &mut self.value).is_err() {
                return Ok(NOT_SAID);
            }
            self.row.extend(no.to_be_bytes());
            self.row.extend(length(&self.value)?.to_be_bytes());
            self.row.extend(&self.value);
        }
        let written = self.out.write_all(&length(&self.row)?.to_be_bytes());
        written.and_then(|()| self.out.write_all(&self.row)).map_err(|error| failed(&self.path, error))?;
        let at = self.at;
        self.at += 4 + self.row.len() as u64;
        Ok(at)
    }

    /// Writes out what is still in memory.
    pub(crate) fn end(mut self) -> Result<(), StoreError> {
        self.out.flush().map_err(|error| failed(&self.path, error))
    }
}

/// Line and record at a place.
pub(crate) fn read(path: &Path, at: u64) -> Result<(u64, Record), StoreError> {
    let row = || {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(at))?;
        let mut head = [0; 4];
        file.read_exact(&mut head)?;
        let mut row = vec![0; u32::from_be_bytes(head).min(ROW_BYTES_MAX) as usize];
        file.read_exact(&mut row)?;
        Ok(row)
    };
    let row = row().map_err(|error| failed(path, error))?;
    parse(&row).ok_or_else(|| StoreError::Corrupt(format!("dòng đã chuẩn bị trong “{}”", path.display())))
}

fn parse(row: &[u8]) -> Option<(u64, Record)> {
    let (line, mut rest) = row.split_first_chunk::<8>()?;
    let mut record = Record::new();
    while !rest.is_empty() {
        let (no, after) = rest.split_first_chunk::<2>()?;
        let (len, after) = after.split_first_chunk::<4>()?;
        let (value, after) = after.split_at_checked(u32::from_be_bytes(*len) as usize)?;
        record.set(u16::from_be_bytes(*no), canon::decode_value(value).ok()?);
        rest = after;
    }
    Some((u64::from_be_bytes(*line), record))
}

fn length(bytes: &[u8]) -> Result<u32, StoreError> {
    u32::try_from(bytes.len())
        .ok()
        .filter(|len| *len <= ROW_BYTES_MAX)
        .ok_or_else(|| StoreError::Missing("một dòng của tệp quá lớn để nhập".to_owned()))
}

fn failed(path: &Path, error: std::io::Error) -> StoreError {
    StoreError::File { what: format!("giữ các dòng đã đọc ở “{}”", path.display()), error }
}
