//! Workbooks of Excel 97 to 2003 written by hand, so that they can be wrong in any way.

use super::ole::ole;

/// A record.
pub fn record(id: u16, body: &[u8]) -> Vec<u8> {
    let mut out = id.to_le_bytes().to_vec();
    out.extend((body.len() as u16).to_le_bytes());
    out.extend_from_slice(body);
    out
}

fn le(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// Flag and characters: one byte each where they fit, else two.
fn characters(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let narrow: Option<Vec<u8>> = units.iter().map(|unit| u8::try_from(*unit).ok()).collect();
    match narrow {
        Some(bytes) => [vec![0], bytes].concat(),
        None => [vec![1], le(&units)].concat(),
    }
}

fn length(text: &str) -> u16 {
    text.encode_utf16().count() as u16
}

/// A string with a length of two bytes.
pub fn string(text: &str) -> Vec<u8> {
    [length(text).to_le_bytes().to_vec(), characters(text)].concat()
}

fn short_string(text: &str) -> Vec<u8> {
    [vec![length(text) as u8], characters(text)].concat()
}

/// A string of the table in runs of (font, text); the first has the font of its cell.
pub fn rich(first: &str, rest: &[(u16, &str)]) -> Vec<u8> {
    let whole: String = std::iter::once(first).chain(rest.iter().map(|(_, text)| *text)).collect();
    let mut characters = characters(&whole);
    characters[0] |= 8;
    let mut out = length(&whole).to_le_bytes().to_vec();
    out.push(characters[0]);
    out.extend((rest.len() as u16).to_le_bytes());
    out.extend_from_slice(&characters[1..]);
    let mut at = length(first);
    for (font, text) in rest {
        out.extend(le(&[at, *font]));
        at += length(text);
    }
    out
}

/// A sheet in the making. Formats: 0 a number, 1 a date, 2 a duration, 3 a date of a format of its own; further
/// ones have the fonts of the workbook, from 4 on.
#[derive(Clone, Default)]
pub struct SheetBiff {
    records: Vec<u8>,
    merges: Vec<[u16; 4]>,
    state: u8,
    kind: u8,
}

impl SheetBiff {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn hidden(mut self) -> Self {
        self.state = 1;
        self
    }

    /// A chart, which is no table.
    pub fn chart(mut self) -> Self {
        self.kind = 2;
        self
    }

    pub fn raw(mut self, bytes: &[u8]) -> Self {
        self.records.extend_from_slice(bytes);
        self
    }

    fn cell(self, id: u16, place: (u16, u16, u16), rest: &[u8]) -> Self {
        let (row, column, format) = place;
        let record = record(id, &[le(&[row, column, format]), rest.to_vec()].concat());
        self.raw(&record)
    }

    /// A cell with a string of the table.
    pub fn shared(self, row: u16, column: u16, format: u16, index: u32) -> Self {
        self.cell(0xFD, (row, column, format), &index.to_le_bytes())
    }

    pub fn label(self, row: u16, column: u16, text: &str) -> Self {
        self.cell(0x204, (row, column, 0), &string(text))
    }

    pub fn number(self, row: u16, column: u16, format: u16, value: f64) -> Self {
        self.cell(0x203, (row, column, format), &value.to_le_bytes())
    }

    /// Whole numbers side by side in one record.
    pub fn integers(self, row: u16, column: u16, values: &[i32]) -> Self {
        let mut body = le(&[row, column]);
        for value in values {
            body.extend(le(&[0]));
            body.extend(((value << 2) | 2).to_le_bytes());
        }
        body.extend(le(&[column + values.len() as u16 - 1]));
        self.raw(&record(0xBD, &body))
    }

    /// A number in hundredths.
    pub fn hundredths(self, row: u16, column: u16, value: i32) -> Self {
        self.cell(0x27E, (row, column, 0), &((value << 2) | 3).to_le_bytes())
    }

    pub fn boolean(self, row: u16, column: u16, value: bool) -> Self {
        self.cell(0x205, (row, column, 0), &[u8::from(value), 0])
    }

    pub fn error(self, row: u16, column: u16, code: u8) -> Self {
        self.cell(0x205, (row, column, 0), &[code, 1])
    }

    /// A formula with its last result.
    pub fn formula(self, row: u16, column: u16, result: [u8; 8]) -> Self {
        self.cell(0x06, (row, column, 0), &[result.to_vec(), vec![0; 8]].concat())
    }

    /// A formula whose result is a text, with what it shares with others in between.
    pub fn formula_text(self, row: u16, column: u16, text: &str) -> Self {
        self.formula(row, column, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
            .raw(&record(0x4BC, &[0; 10]))
            .raw(&record(0x207, &string(text)))
    }

    /// First and last row, first and last column.
    pub fn merge(mut self, region: [u16; 4]) -> Self {
        self.merges.push(region);
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let kind = if self.kind == 0 { 0x10 } else { 0x20 };
        let merges: Vec<u16> = self.merges.iter().flatten().copied().collect();
        let mut out = record(0x809, &le(&[0x600, kind, 0, 0, 0, 0, 0, 0]));
        out.extend(record(0x200, &[0; 14]));
        out.extend(&self.records);
        if !merges.is_empty() {
            out.extend(record(0xE5, &[le(&[self.merges.len() as u16]), le(&merges)].concat()));
        }
        out.extend(record(0x0A, &[]));
        out
    }
}

/// A workbook in the making.
#[derive(Clone, Default)]
pub struct BookBiff {
    pub sheets: Vec<(String, SheetBiff)>,
    pub fonts: Vec<&'static str>,
    /// Bodies of the string table, as [`string`] and [`rich`] make them.
    pub strings: Vec<Vec<u8>>,
    /// Bytes of a record at most; the table of strings is broken there.
    pub break_at: usize,
    /// Records put behind the first.
    pub more: Vec<u8>,
}

impl BookBiff {
    pub fn new(sheets: &[(&str, SheetBiff)]) -> Self {
        let sheets = sheets.iter().map(|(name, sheet)| ((*name).to_owned(), sheet.clone())).collect();
        Self { sheets, fonts: vec!["Arial"], break_at: 8224, ..Self::default() }
    }

    pub fn with(mut self, record: Vec<u8>) -> Self {
        self.more.extend(record);
        self
    }

    pub fn fonts(mut self, fonts: &[&'static str]) -> Self {
        self.fonts.extend(fonts);
        self
    }

    pub fn strings(mut self, strings: &[Vec<u8>]) -> Self {
        self.strings.extend_from_slice(strings);
        self
    }

    /// The stream without its container.
    pub fn stream(&self) -> Vec<u8> {
        let mut head = record(0x809, &le(&[0x600, 0x05, 0, 0, 0, 0, 0, 0]));
        head.extend(&self.more);
        for font in &self.fonts {
            head.extend(record(0x31, &[vec![0; 14], short_string(font)].concat()));
        }
        head.extend(record(0x41E, &[le(&[200]), string("\"ngày\" dd/mm/yyyy")].concat()));
        for format in [0, 14, 46, 200] {
            head.extend(xf(0, format));
        }
        // Number 4 is left out.
        for font in 0..self.fonts.len() as u16 {
            head.extend(xf(if font < 4 { font } else { font + 1 }, 0));
        }
        let listed: usize = self.sheets.iter().map(|(name, _)| 4 + 6 + short_string(name).len()).sum();
        let table = self.table();
        let mut at = head.len() + listed + table.len() + 4;
        for (name, sheet) in &self.sheets {
            let mut body = (at as u32).to_le_bytes().to_vec();
            body.extend([sheet.state, sheet.kind]);
            body.extend(short_string(name));
            head.extend(record(0x85, &body));
            at += sheet.bytes().len();
        }
        head.extend(table);
        head.extend(record(0x0A, &[]));
        head.extend(self.sheets.iter().flat_map(|(_, sheet)| sheet.bytes()));
        head
    }

    pub fn bytes(&self) -> Vec<u8> {
        ole(&[("Workbook", self.stream())])
    }

    /// The string table, broken between strings or inside their characters, never inside their heads.
    fn table(&self) -> Vec<u8> {
        let count = (self.strings.len() as u32).to_le_bytes();
        let mut bodies = vec![[count, count].concat()];
        for string in &self.strings {
            let head = if string[2] & 8 == 0 { 3 } else { 5 };
            let wide = string[2] & 1;
            let characters = usize::from(u16::from_le_bytes([string[0], string[1]])) << wide;
            let (start, mut rest) = string.split_at(head);
            let mut open = bodies.pop().expect("a body");
            if open.len() + head > self.break_at {
                bodies.push(std::mem::take(&mut open));
            }
            open.extend_from_slice(start);
            let mut left = characters;
            while !rest.is_empty() {
                let room = self.break_at.saturating_sub(open.len()) & !usize::from(wide);
                let take = room.min(if left > 0 { left } else { rest.len() });
                let (now, later) = rest.split_at(take);
                open.extend_from_slice(now);
                left -= take.min(left);
                rest = later;
                if !rest.is_empty() && open.len() + 1 >= self.break_at {
                    bodies.push(std::mem::take(&mut open));
                    if left > 0 {
                        open.push(wide);
                    }
                }
            }
            bodies.push(open);
        }
        let mut out = Vec::new();
        for (at, body) in bodies.iter().enumerate() {
            out.extend(record(if at == 0 { 0xFC } else { 0x3C }, body));
        }
        out
    }
}

fn xf(font: u16, format: u16) -> Vec<u8> {
    record(0xE0, &[le(&[font, format]), vec![0; 16]].concat())
}
