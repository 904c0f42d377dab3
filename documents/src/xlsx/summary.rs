//! "Tóm tắt": what the numbers of a text come to.

use mc_checking::Standing;
use mc_claims::Verdict;
use rust_xlsxwriter::Worksheet;

use super::sheet::{Formats, Value, cell, page};
use crate::{DocumentError, Findings, words};

pub const NAME: &str = "Tóm tắt";

const VERDICTS: [Verdict; 4] = [Verdict::Ok, Verdict::OkTruncated, Verdict::Mismatch, Verdict::Insufficient];

const STANDINGS: [Standing; 5] =
    [Standing::Equal, Standing::Rounded, Standing::Different, Standing::Ambiguous, Standing::None];

pub fn write(sheet: &mut Worksheet, findings: &Findings<'_>, formats: &Formats) -> Result<(), DocumentError> {
    sheet.set_name(NAME)?;
    sheet.set_column_width(0, 40)?.set_column_width(1, 24)?;
    sheet.write_string_with_format(0, 0, words::TITLE, &formats.title)?;
    let number = |count: usize| Value::Number(count.to_string());
    let checked = &findings.found.checked;
    let aside = checked.claims.iter().filter(|claim| claim.aside).count();
    let mut rows = vec![
        ("Ngày của văn bản".to_owned(), Value::Day(findings.found.date)),
        ("Ngày soát".to_owned(), Value::Day(findings.made_on)),
        ("Phần mềm".to_owned(), Value::Text(format!("{}, phiên bản {}", words::AUTHOR, findings.version))),
        ("Số liệu".to_owned(), number(checked.claims.len())),
        ("Trong đó ngoài bài chính, không xét".to_owned(), number(aside)),
        ("Phép tính".to_owned(), number(checked.relations.len())),
    ];
    for verdict in VERDICTS {
        rows.push((
            format!("Phép tính: {}", mc_claims::words::verdict(verdict)),
            number(words::count(findings, &[verdict])),
        ));
    }
    for standing in STANDINGS {
        let answers = findings.found.registers.iter().filter(|verdict| verdict.standing == standing);
        rows.push((format!("Sổ: {}", standing.word()), number(answers.count())));
    }
    let mut last = 1;
    for (row, (name, value)) in (2_u32..).zip(&rows) {
        cell(sheet, row, 0, &Value::text(name), formats)?;
        cell(sheet, row, 1, value, formats)?;
        last = row;
    }
    sheet.set_print_area(0, 0, last, 1)?;
    page(sheet);
    Ok(())
}
