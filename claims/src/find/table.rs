//! Tables told in lines: cells between bars or tabs, below a line that names the columns.
//!
//! "Hành vi | Số vụ | Tỷ lệ (%)", "Trộm cắp tài sản | 96 | 44,9": the number of a cell has its unit in the head of its
//! column, in a column of units, or in a line above the table.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::{Found, numbers};
use crate::amount::{Amount, POWER_MAX};
use crate::claim::{Hedge, Kind};
use crate::number::{Marks, Quantity, quantity};
use crate::text::{Document, Token, lower, tokens};

/// Lines above a table that may tell the unit of its numbers.
const ABOVE: usize = 2;
/// Columns of a table at most.
const COLUMNS_MAX: usize = 32;
/// A number that a unit is tried with.
const SAMPLE: i64 = 12;
/// Bytes of a unit at most.
const UNIT_MAX: usize = 40;

/// Where a number of a table stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    /// Of which table, in the order of the text.
    pub(crate) table: usize,
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) role: Role,
    /// Its row adds up the others.
    pub(crate) total: bool,
}

/// What a column tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// So many or so much.
    Amount,
    /// What was planned.
    Plan,
    /// What was done.
    Done,
    /// What was done of what was planned, in percent.
    OfPlan,
    /// Of what the table tells as a whole, in percent.
    Part,
    /// Another percentage.
    Other,
}

/// What a number of a cell is of: "tỷ đồng" is đồng, nine powers of ten.
#[derive(Clone, Debug)]
struct Unit {
    name: String,
    kind: Kind,
    power: u8,
}

#[derive(Debug)]
struct Column {
    role: Role,
    /// None where the row or nothing tells it.
    unit: Option<Unit>,
}

#[derive(Debug)]
struct Row {
    table: usize,
    number: usize,
    columns: Rc<Vec<Column>>,
    cells: Vec<Range<usize>>,
    /// What its number is said of.
    name: String,
    /// The unit of its own that a column of units tells.
    unit: Option<Unit>,
    total: bool,
}

/// The tables of a text, by the lines of their rows.
#[derive(Debug, Default)]
pub(super) struct Tables {
    rows: BTreeMap<usize, Row>,
}

impl Tables {
    pub(super) fn of(document: &Document<'_>) -> Self {
        let mut found = Self::default();
        let mut table = 0;
        let mut from = 0;
        while from < document.paragraphs.len() {
            let width = cells(document, from).len();
            let mut to = from + 1;
            while width >= 2 && to < document.paragraphs.len() && cells(document, to).len() == width {
                to += 1;
            }
            if to - from >= 2 && width <= COLUMNS_MAX && found.read(document, from..to, table) {
                table += 1;
            }
            from = to;
        }
        found
    }

    /// Takes the rows of a table; whether its first line names columns.
    fn read(&mut self, document: &Document<'_>, lines: Range<usize>, table: usize) -> bool {
        let heads: Vec<String> =
            cells(document, lines.start).into_iter().map(|cell| lower(text_of(document, &cell))).collect();
        if heads.iter().any(|head| is_bare(head)) {
            return false;
        }
        let above = unit_above(document, lines.start);
        let units_at = heads.iter().position(|head| is_unit_head(head));
        let columns = heads.iter().map(|head| column(head, above.as_ref())).collect();
        let columns: Rc<Vec<Column>> = Rc::new(columns);
        for (number, line) in lines.skip(1).enumerate() {
            let cells = cells(document, line);
            let told = |at: usize| cells.get(at).map(|cell| text_of(document, cell));
            let named = |cell: &&Range<usize>| {
                let text = text_of(document, cell);
                !text.is_empty() && !text.starts_with(|c: char| c.is_ascii_digit())
            };
            let name = cells.iter().find(named).map(|cell| text_of(document, cell)).unwrap_or_default();
            let name = lower(name.trim_start_matches(['-', '+', '*', '•', ' ']));
            let unit = units_at.and_then(told).and_then(unit);
            let total = ["tổng", "cộng"].iter().any(|word| name.starts_with(word));
            self.rows
                .insert(line, Row { table, number, columns: Rc::clone(&columns), cells, name, unit, total });
        }
        true
    }

    /// The numbers of a row that the words beside them do not tell the unit of.
    pub(super) fn numbers(
        &self,
        paragraph: usize,
        sentence: &[Token],
        marks: Marks,
    ) -> Vec<(Found, Cell, String)> {
        let Some(row) = self.rows.get(&paragraph) else { return Vec::new() };
        let number = |column: usize, cell: &Range<usize>| {
            let from = sentence.iter().position(|token| cell.contains(&token.at.start))?;
            let to = from + sentence.iter().skip(from).take_while(|token| token.at.end <= cell.end).count();
            let plain = quantity(sentence, from, marks).filter(|number| number.tokens.end == to)?;
            let head = row.columns.get(column)?;
            let unit = head.unit.as_ref().or(row.unit.as_ref().filter(|_| head.role != Role::Other))?;
            let amount = Amount { power: plain.amount.power + unit.power, ..plain.amount };
            let found = Found {
                value: Quantity { amount, ..plain },
                value_to: None,
                unit: unit.name.clone(),
                kind: unit.kind,
                tokens: from..to,
                hedge: Hedge::None,
                fraction: None,
            };
            let place = Cell { table: row.table, row: row.number, column, role: head.role, total: row.total };
            (!found.value.in_words && amount.power <= POWER_MAX).then(|| (found, place, row.name.clone()))
        };
        row.cells.iter().enumerate().filter_map(|(column, cell)| number(column, cell)).collect()
    }
}

/// What stands behind a number to make it a claim.
fn unit(words: &str) -> Option<Unit> {
    let words = words.trim();
    if words.is_empty() || words.len() > UNIT_MAX {
        return None;
    }
    let phrase = format!("{SAMPLE} {words}");
    let mut of = Vec::new();
    tokens(&phrase, 0..phrase.len(), &mut of);
    let mut found = numbers(&of, Marks::Vietnamese).into_iter();
    let first = found.next().filter(|first| first.tokens.start == 0 && first.value_to.is_none())?;
    let amount = first.value.amount;
    let plain = amount.digits == SAMPLE && amount.decimals == 0 && found.next().is_none();
    plain.then_some(Unit { name: first.unit, kind: first.kind, power: amount.power })
}

/// The cells of a line; one where it is none of a table.
fn cells(document: &Document<'_>, line: usize) -> Vec<Range<usize>> {
    let Some(paragraph) = document.paragraphs.get(line) else { return Vec::new() };
    let text = document.text.get(paragraph.bytes.clone()).unwrap_or_default();
    let bar = if text.contains('|') { '|' } else { '\t' };
    let blank = |c: char| matches!(c, '\n' | '\r' | ' ');
    let mut begin = paragraph.bytes.start + (text.len() - text.trim_start_matches(blank).len());
    let mut inner = text.trim_matches(blank);
    // "| a | b |" is drawn with bars around it.
    if let Some(framed) =
        inner.strip_prefix('|').and_then(|inner| inner.strip_suffix('|')).filter(|_| bar == '|')
    {
        (begin, inner) = (begin + 1, framed);
    }
    let mut from = begin;
    let split = inner.split(bar).take(COLUMNS_MAX + 1).map(|cell| {
        let range = from..from + cell.len();
        from = range.end + 1;
        range
    });
    split.collect()
}

fn text_of<'t>(document: &Document<'t>, cell: &Range<usize>) -> &'t str {
    document.text.get(cell.clone()).unwrap_or_default().trim()
}

/// Whether a cell holds a number and nothing else, but no year.
fn is_bare(cell: &str) -> bool {
    let digits = cell.chars().any(|c| c.is_ascii_digit());
    let year = cell.len() == 4 && cell.starts_with("20");
    digits && !year && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))
}

fn is_unit_head(head: &str) -> bool {
    matches!(head, "đvt" | "đơn vị tính" | "đơn vị" | "đ.v.t" | "đv tính")
}

fn column(head: &str, above: Option<&Unit>) -> Column {
    let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
    let numbered =
        matches!(head, "tt" | "stt" | "số tt" | "số thứ tự" | "ghi chú" | "mã") || is_unit_head(head);
    if numbered {
        return Column { role: Role::Other, unit: None };
    }
    if head.contains('%') {
        let compared = has(&["cùng kỳ", "tăng", "giảm", "năm trước", "tháng trước"]);
        let planned = has(&["/", "kế hoạch", "dự toán", "hoàn thành", "đạt", "giải ngân"]);
        let role = match () {
            () if compared => Role::Other,
            () if planned => Role::OfPlan,
            () if has(&["tỷ lệ", "cơ cấu", "tỷ trọng"]) || head.trim_matches(['(', ')', ' ']) == "%" => {
                Role::Part
            }
            () => Role::Other,
        };
        return Column { role, unit: unit("%") };
    }
    let role = match () {
        () if has(&["kế hoạch", "dự toán", "chỉ tiêu", "mục tiêu", "vốn giao", "được giao"]) => {
            Role::Plan
        }
        () if has(&["thực hiện", "kết quả", "giải ngân", "đã thu", "đã chi"]) => Role::Done,
        () => Role::Amount,
    };
    let bracketed = head.rsplit_once('(').and_then(|(_, inside)| inside.strip_suffix(')'));
    let bracketed = bracketed.and_then(unit);
    // "Số vụ", "Số lượng hồ sơ"
    let counted = head.strip_prefix("số lượng ").or_else(|| head.strip_prefix("số "));
    let counted = counted.and_then(unit);
    Column { role, unit: bracketed.or(counted).or_else(|| above.cloned()) }
}

/// "(đơn vị: tỷ đồng)", "Đơn vị tính: ha" in the lines above.
fn unit_above(document: &Document<'_>, line: usize) -> Option<Unit> {
    let lines = (line.saturating_sub(ABOVE)..line).rev();
    lines.filter_map(|above| document.paragraphs.get(above)).find_map(|paragraph| {
        let text = lower(document.line(paragraph));
        let (_, behind) =
            ["đơn vị tính:", "đơn vị:", "đvt:"].iter().find_map(|word| text.split_once(word))?;
        unit(behind.split([')', ';', ',', '.']).next().unwrap_or_default())
    })
}
