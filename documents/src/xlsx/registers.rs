//! "Sổ": a row for each answer of the registers to a number of the text.

use mc_base::date;
use mc_checking::RegisterVerdict;
use mc_claims::print;
use mc_claims::words::sentence;
use rust_xlsxwriter::Worksheet;

use super::sheet::{Column, Formats, Row, Value, table};
use crate::{DocumentError, Findings, OurFigure, standing};

pub const NAME: &str = "Sổ";

/// Decimals of our figure.
const PLACES: u32 = 6;

const COLUMNS: [Column; 14] = [
    ("TT con số", 8),
    ("Viết trong bài", 22),
    ("Kết luận", 20),
    ("Số trong sổ", 18),
    ("Đơn vị", 12),
    ("Chỉ tiêu", 40),
    ("Mã chỉ tiêu", 20),
    ("Địa bàn", 18),
    ("Kỳ", 18),
    ("Tử số", 16),
    ("Mẫu số", 16),
    ("Như đã biết", 24),
    ("Lý do", 44),
    ("Địa chỉ số trong sổ", 44),
];

pub fn write(sheet: &mut Worksheet, findings: &Findings<'_>, formats: &Formats) -> Result<(), DocumentError> {
    let answers = findings.found.registers.iter().enumerate().filter(|(_, verdict)| standing::tells(verdict));
    let rows = answers.map(|(place, verdict)| row(findings, verdict, findings.figures.get(place)));
    let rows: Vec<Row<{ COLUMNS.len() }>> = rows.collect();
    table(sheet, NAME, COLUMNS, rows.into_iter(), formats)
}

fn row(
    findings: &Findings<'_>,
    verdict: &RegisterVerdict,
    figure: Option<&OurFigure>,
) -> Row<{ COLUMNS.len() }> {
    let claim = findings.found.checked.claims.get(verdict.claim);
    let ours = verdict.ours.as_ref();
    let named = figure.and_then(|figure| figure.named.as_ref());
    let base = ours.and_then(|ours| ours.base.as_ref());
    let text = |text: Option<String>| text.filter(|text| !text.is_empty()).map_or(Value::Empty, Value::Text);
    let number = |number: Option<String>| number.map_or(Value::Empty, Value::Number);
    let title = ours.map(|ours| match named.and_then(mc_checking::Named::part_words) {
        Some(part) => format!("{} ({part})", ours.title),
        None => ours.title.clone(),
    });
    let known = ours.map(|ours| {
        let day = date::short(findings.found.date);
        format!("hết ngày {day}, lần ghi {}", mc_base::number::whole(ours.position.0))
    });
    let id = ours.map(|ours| format!("{}, phiên bản {}", ours.indicator, ours.version));
    Row::plain([
        Value::Number((verdict.claim + 1).to_string()),
        text(claim.map(|claim| claim.text.clone())),
        Value::Text(sentence(verdict.standing.word())),
        number(ours.and_then(|ours| ours.value).map(|value| print::decimal_point(value, PLACES))),
        text(ours.map(|ours| ours.unit.clone())),
        text(title),
        text(id),
        text(named.map(|named| named.place.clone())),
        text(ours.map(|ours| ours.period.phrase())),
        number(base.map(|base| base.num.clone())),
        number(base.map(|base| base.den.clone())),
        text(known),
        text(Some(verdict.reason.clone())),
        figure.and_then(|figure| figure.address.clone()).map_or(Value::Empty, Value::Address),
    ])
}
