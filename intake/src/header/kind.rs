//! Rows below the header that are no records: totals, group titles, repeated headers, column numbers,
//! signatures.

use std::collections::BTreeSet;

use mc_register::Schema;
use serde::{Deserialize, Serialize};

use super::{How, Mapping};
use crate::words::{is_roman, marked, plain_key};
use crate::{Cell, Row};

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// A record.
    Data,
    /// Header, or a title above it.
    Header,
    /// "Tổng cộng".
    Total,
    /// "I. Nhóm nhiệm vụ …".
    Group,
    /// The header once more, after a page break.
    RepeatedHeader,
    /// "(1) (2) (3)" below the header.
    ColumnNumbers,
    /// Remarks, place and date, signatures.
    Note,
    /// Nothing in any column that was recognised.
    Blank,
}

impl RowKind {
    /// What the report calls it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Data => "dòng số liệu",
            Self::Header => "tiêu đề",
            Self::Total => "dòng tổng cộng",
            Self::Group => "dòng tên nhóm",
            Self::RepeatedHeader => "tiêu đề lặp lại",
            Self::ColumnNumbers => "dòng đánh số cột",
            Self::Note => "ghi chú, chữ ký",
            Self::Blank => "dòng trống",
        }
    }
}

/// Tells kinds of rows apart under one mapping.
pub struct Rows {
    header_last: u32,
    headers: BTreeSet<String>,
    mapped: Vec<u16>,
    keys: Vec<u16>,
    key_fields: usize,
}

/// Alone in their cell.
const TOTALS: [&str; 9] =
    ["tổng cộng", "tổng số", "tổng", "cộng", "tong cong", "tong so", "lũy kế", "toàn tỉnh", "cộng dồn"];
/// At the beginning of a cell of a row without key. ("Tổng" alone begins the names of companies.)
const TOTAL_BEGINNINGS: [&str; 5] = ["tổng cộng", "tổng số", "cộng nhóm", "tong cong", "lũy kế"];
const NOTES: [&str; 14] = [
    "ghi chú",
    "nguồn",
    "người lập",
    "lập biểu",
    "nơi nhận",
    "thủ trưởng",
    "giám đốc",
    "kt. giám đốc",
    "chủ tịch",
    "kt. chủ tịch",
    "tm.",
    "(ký",
    "xác nhận của",
    "đơn vị tính",
];

impl Rows {
    /// Prepares for one sheet.
    #[must_use]
    pub fn new(schema: &Schema, mapping: &Mapping) -> Self {
        let key_numbers: Vec<u16> = schema
            .field
            .iter()
            .filter(|field| schema.key.contains(&field.id))
            .map(|field| field.no)
            .collect();
        let column_of = |no: &u16| mapping.column_of(*no).map(|column| column.column);
        Self {
            header_last: mapping.header_rows.1,
            headers: mapping
                .columns
                .iter()
                .flat_map(|column| column.header.split(" / ").map(plain_key))
                .filter(|text| !text.is_empty())
                .collect(),
            mapped: mapping
                .columns
                .iter()
                .filter(|c| c.field.is_some() && c.how != How::Serial)
                .map(|c| c.column)
                .collect(),
            keys: key_numbers.iter().filter_map(column_of).collect(),
            key_fields: key_numbers.len(),
        }
    }

    /// What a row is.
    #[must_use]
    pub fn kind(&self, row: &Row) -> RowKind {
        if row.number <= self.header_last {
            return RowKind::Header;
        }
        let filled: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_blank()).collect();
        if filled.is_empty() {
            return RowKind::Blank;
        }
        if self.is_total(row, &filled) {
            return RowKind::Total;
        }
        if is_column_numbers(row, &filled) {
            return RowKind::ColumnNumbers;
        }
        if filled.len() >= 2 && filled.iter().all(|cell| self.headers.contains(&plain_key(cell.text()))) {
            return RowKind::RepeatedHeader;
        }
        if self.is_group(row, &filled) {
            return RowKind::Group;
        }
        if self.is_note(row, &filled) {
            return RowKind::Note;
        }
        if self.mapped.iter().all(|column| row.cell(*column).is_blank()) {
            RowKind::Blank
        } else {
            RowKind::Data
        }
    }

    fn is_total(&self, row: &Row, filled: &[&Cell]) -> bool {
        let mut texts = filled.iter().take(3).map(|cell| cell.text());
        let Some(text) = texts.find(|text| !text.is_empty() && !is_roman(text)).map(marked) else {
            return false;
        };
        let alone = text.trim_end_matches([':', '.', ' ']);
        let begins =
            |word: &str| text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        TOTALS.contains(&alone)
            || TOTAL_BEGINNINGS.iter().any(|word| begins(word)) && !self.has_key(row, true)
    }

    /// A roman numeral or a letter, a text, and nothing in the key.
    fn is_group(&self, row: &Row, filled: &[&Cell]) -> bool {
        let Some(first) = filled.first() else { return false };
        let text = first.text();
        let letter = matches!(text.trim_end_matches(['.', ')']), "A" | "B" | "C" | "D" | "Đ" | "E");
        let numbered = text.split_once(['.', ' ', ')']).is_some_and(|(number, rest)| {
            is_roman(number) && rest.chars().any(char::is_alphabetic) && filled.len() == 1
        });
        (is_roman(text) || letter || numbered) && filled.len() <= 3 && !self.has_key(row, false)
    }

    fn is_note(&self, row: &Row, filled: &[&Cell]) -> bool {
        if filled.len() > 4 || self.has_key(row, true) {
            return false;
        }
        let dated = |text: &str| text.contains(", ngày ") && text.contains("tháng") && text.contains("năm");
        filled.iter().any(|cell| {
            let text = marked(cell.text());
            dated(&text) || NOTES.iter().any(|word| text.starts_with(word))
        })
    }

    /// Whether all key columns hold something; `beyond_first` asks that the text of totals and notes, which
    /// may stand in a key column, does not count.
    fn has_key(&self, row: &Row, beyond_first: bool) -> bool {
        if self.keys.is_empty() {
            return false;
        }
        let filled = self.keys.iter().filter(|column| !row.cell(**column).is_blank());
        let count = filled.count();
        let first_cell =
            (0_u16..).zip(&row.cells).find(|(_, cell)| !cell.is_blank()).map(|(column, _)| column);
        let leading = beyond_first && first_cell.is_some_and(|column| self.keys.contains(&column));
        count - usize::from(leading && count > 0) >= self.keys.len().max(1) && self.key_fields > 0
    }
}

/// (1), (2), (3) … or A, B, 1, 2, 3: at least three, each in its order.
fn is_column_numbers(row: &Row, filled: &[&Cell]) -> bool {
    if filled.len() < 3 {
        return false;
    }
    let number = |cell: &Cell| match cell {
        Cell::Number { mantissa, scale: 0 } => Some(*mantissa),
        Cell::Text(text) => {
            let inner = text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
            let plain = inner.split(['=', '+', '/', 'x']).next().unwrap_or_default();
            plain.trim().parse().ok()
        }
        _ => None,
    };
    let letters = ["A", "B", "C"];
    let leading =
        row.cells.iter().filter(|c| !c.is_blank()).take_while(|c| letters.contains(&c.text())).count();
    let numbers: Option<Vec<i64>> = filled.iter().skip(leading).map(|cell| number(cell)).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() >= 2
            && numbers.first() == Some(&1)
            && numbers.windows(2).all(|pair| matches!(pair, [one, next] if *next == one + 1))
    })
}
