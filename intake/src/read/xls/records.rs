//! Records of a BIFF stream: a number, a length, a body ([MS-XLS] 2.1.4). Nothing is believed of any of them.

use crate::ReadError;

/// Record numbers that are looked at ([MS-XLS] 2.3).
pub(super) mod id {
    pub(in super::super) const FORMULA: u16 = 0x0006;
    pub(in super::super) const BOF_2: u16 = 0x0009;
    pub(in super::super) const EOF: u16 = 0x000A;
    pub(in super::super) const DATE_MODE: u16 = 0x0022;
    pub(in super::super) const FILE_PASS: u16 = 0x002F;
    pub(in super::super) const FONT: u16 = 0x0031;
    pub(in super::super) const CONTINUE: u16 = 0x003C;
    pub(in super::super) const BOUND_SHEET: u16 = 0x0085;
    pub(in super::super) const MUL_RK: u16 = 0x00BD;
    pub(in super::super) const R_STRING: u16 = 0x00D6;
    pub(in super::super) const XF: u16 = 0x00E0;
    pub(in super::super) const MERGE_CELLS: u16 = 0x00E5;
    pub(in super::super) const SST: u16 = 0x00FC;
    pub(in super::super) const LABEL_SST: u16 = 0x00FD;
    pub(in super::super) const SUP_BOOK: u16 = 0x01AE;
    pub(in super::super) const DIMENSIONS: u16 = 0x0200;
    pub(in super::super) const NUMBER: u16 = 0x0203;
    pub(in super::super) const LABEL: u16 = 0x0204;
    pub(in super::super) const BOOL_ERR: u16 = 0x0205;
    pub(in super::super) const STRING: u16 = 0x0207;
    pub(in super::super) const BOF_3: u16 = 0x0209;
    pub(in super::super) const ARRAY: u16 = 0x0221;
    pub(in super::super) const TABLE: u16 = 0x0236;
    pub(in super::super) const RK: u16 = 0x027E;
    pub(in super::super) const BOF_4: u16 = 0x0409;
    pub(in super::super) const FORMAT: u16 = 0x041E;
    pub(in super::super) const SHARED_FORMULA: u16 = 0x04BC;
    pub(in super::super) const BOF: u16 = 0x0809;
}

/// One record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    pub(super) id: u16,
    /// Where it begins in the stream.
    pub(super) at: usize,
    pub(super) body: &'a [u8],
}

/// The records of a stream from a place on.
#[derive(Clone, Debug)]
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) const fn new(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// The next record; a stream that ends before its end mark is damaged.
    pub(super) fn next(&mut self) -> Result<Record<'a>, ReadError> {
        let cut = || damaged("BIFF stream cut off");
        let at = self.at;
        let id = u16_at(self.stream, at).ok_or_else(cut)?;
        let length = usize::from(u16_at(self.stream, at.saturating_add(2)).ok_or_else(cut)?);
        let start = at.saturating_add(4);
        let body = self.stream.get(start..start.saturating_add(length)).ok_or_else(cut)?;
        self.at = start.saturating_add(length);
        Ok(Record { id, at, body })
    }

    /// The bodies of the records that continue the one just read.
    pub(super) fn continued(&mut self, first: &'a [u8]) -> Vec<&'a [u8]> {
        let mut bodies = vec![first];
        let mut ahead = self.clone();
        while let Ok(Record { id: id::CONTINUE, body, .. }) = ahead.next() {
            bodies.push(body);
            *self = ahead.clone();
        }
        bodies
    }
}

/// A workbook that contradicts itself; the detail is for the log.
pub(super) fn damaged(detail: &str) -> ReadError {
    ReadError::Damaged { place: String::new(), detail: detail.to_owned() }
}

/// Says which sheet is damaged.
pub(super) fn at_sheet(error: ReadError, name: &str) -> ReadError {
    match error {
        ReadError::Damaged { place, detail } if place.is_empty() => {
            ReadError::Damaged { place: format!(", ở trang “{name}”"), detail }
        }
        other => other,
    }
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

pub(super) fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}
