//! "Con số": a row for each claim.

use mc_claims::words::{self, sentence};
use mc_claims::{Checked, Claim};
use rust_xlsxwriter::Worksheet;

use super::sheet::{Column, Formats, Row, Value, table};
use crate::standing::Said;
use crate::{DocumentError, Findings};

pub const NAME: &str = "Con số";

const COLUMNS: [Column; 19] = [
    ("TT", 6),
    ("Viết trong bài", 22),
    ("Giá trị", 18),
    ("Đến giá trị", 18),
    ("Đơn vị", 14),
    ("Từ rào", 11),
    ("Đã có hay sẽ có", 12),
    ("Từ ngày", 12),
    ("Đến ngày", 12),
    ("Mã địa bàn", 10),
    ("Địa bàn đã sắp xếp lại", 12),
    ("Lĩnh vực", 18),
    ("Cơ quan", 20),
    ("Đo cái gì", 32),
    ("Loại số", 16),
    ("Ngoài bài chính", 10),
    ("Kết luận", 20),
    ("Trong sổ", 48),
    ("Câu trong bài", 70),
];

pub fn write(
    sheet: &mut Worksheet,
    findings: &Findings<'_>,
    said: &[Said<'_>],
    formats: &Formats,
) -> Result<(), DocumentError> {
    let rows = findings.found.checked.claims.iter().zip(said).enumerate();
    let rows = rows.map(|(at, (claim, said))| {
        let values = row(at, claim, said, sentence_of(&findings.found.text, &findings.found.checked, claim));
        Row::aside(values, claim.aside)
    });
    table(sheet, NAME, COLUMNS, rows, formats)
}

/// The sentence in which the number stands.
fn sentence_of<'t>(text: &'t str, checked: &Checked, claim: &Claim) -> &'t str {
    let bytes = checked.sentences.get(claim.sentence).cloned().unwrap_or_default();
    text.get(bytes).unwrap_or_default().trim()
}

fn row(at: usize, claim: &Claim, said: &Said<'_>, whole_sentence: &str) -> [Value; COLUMNS.len()] {
    let optional = |text: &Option<String>| text.clone().map_or(Value::Empty, Value::Text);
    let named = |text: &str| if text.is_empty() { Value::Empty } else { Value::text(text) };
    let yes = |is: bool| if is { Value::text("Có") } else { Value::Empty };
    let registers: Vec<String> = said
        .registers
        .iter()
        .map(|(verdict, figure)| mc_checking::line(verdict, figure.and_then(|figure| figure.named.as_ref())))
        .collect();
    let time = claim.time.map(|time| (time.from, time.to)).unwrap_or_default();
    [
        Value::Number((at + 1).to_string()),
        Value::text(&claim.text),
        Value::Number(claim.value.decimal()),
        claim.value_to.map_or(Value::Empty, |to| Value::Number(to.decimal())),
        named(&claim.unit),
        named(words::hedge(claim.hedge)),
        Value::Text(sentence(words::modality(claim.modality))),
        time.0.map_or(Value::Empty, Value::Day),
        time.1.map_or(Value::Empty, Value::Day),
        optional(&claim.scope.place),
        yes(claim.scope.merged),
        optional(&claim.scope.sector),
        optional(&claim.scope.agency),
        named(&claim.measures.phrase),
        Value::Text(sentence(words::kind(claim.kind))),
        yes(claim.aside),
        Value::Text(sentence(words::standing(said.standing))),
        named(&registers.join("\n")),
        named(whole_sentence),
    ]
}
