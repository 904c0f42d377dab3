//! "Phép tính": a row for each relation.

use mc_claims::words::{self, sentence};
use mc_claims::{Relation, Tie, print};
use rust_xlsxwriter::Worksheet;

use super::sheet::{Column, Formats, Row, Value, table};
use crate::{DocumentError, Findings};

pub const NAME: &str = "Phép tính";

/// Decimals of a computed end.
const PLACES: u32 = 6;

const COLUMNS: [Column; 8] = [
    ("Loại", 20),
    ("TT các con số", 16),
    ("Phép tính", 52),
    ("Số nêu trong bài", 18),
    ("Tính ra, từ", 18),
    ("Tính ra, đến", 18),
    ("Kết luận", 22),
    ("Lý do", 48),
];

pub fn write(sheet: &mut Worksheet, findings: &Findings<'_>, formats: &Formats) -> Result<(), DocumentError> {
    let rows = findings.found.checked.relations.iter().map(|relation| row(findings, relation));
    table(sheet, NAME, COLUMNS, rows, formats)
}

fn row(findings: &Findings<'_>, relation: &Relation) -> Row<{ COLUMNS.len() }> {
    let claims: Vec<String> = relation.claims.iter().map(|at| (at + 1).to_string()).collect();
    let first = relation.claims.first().and_then(|at| findings.found.checked.claims.get(*at));
    // Shares that make a whole state it together.
    let stated = first.filter(|_| relation.kind != Tie::SharesTo100);
    let end = |value| Value::Number(print::decimal_point(value, PLACES));
    Row::plain([
        Value::Text(sentence(words::tie(relation.kind))),
        Value::Text(claims.join("; ")),
        Value::text(&relation.expression),
        stated.map_or(Value::Empty, |claim| Value::Number(claim.value.decimal())),
        relation.computed.map_or(Value::Empty, |computed| end(computed.low)),
        relation.computed.map_or(Value::Empty, |computed| end(computed.high)),
        Value::Text(sentence(words::verdict(relation.verdict))),
        if relation.reason.is_empty() { Value::Empty } else { Value::text(&relation.reason) },
    ])
}
