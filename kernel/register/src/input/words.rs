//! Texts, codes, sets of codes, yes or no.

use mc_base::text::{RemovedKind, clean, fix_d, fold_loose, same_spelling, squeeze};
use mc_base::{Scaled, date, number};
use mc_ledger::Value;

use crate::input::{Input, InputError, InputKind, nearest};
use crate::limits::CODES_MAX;
use crate::schema::{Code, Field, FieldType};

const YES: [&str; 10] = ["co", "x", "v", "✓", "✔", "☑", "dung", "true", "yes", "1"];
const NO: [&str; 6] = ["khong", "sai", "false", "no", "0", "chua"];

/// The text as it may be stored: NFC, without invisible characters, trimmed; only `text` fields keep line
/// ends.
pub(super) fn tidy(field: &Field, typed: &str) -> Result<String, InputError> {
    let cleaned = clean(typed);
    if cleaned.removed.iter().any(|removed| removed.kind == RemovedKind::Control) {
        return Err(InputError::new(field, InputKind::Control, &cleaned.text));
    }
    let text = fix_d(&cleaned.text);
    Ok(if field.kind == FieldType::Text {
        text.replace(['\t', '\u{a0}'], " ").trim().to_owned()
    } else if field.kind == FieldType::Codes {
        // Line ends separate the members of a set.
        text.trim().to_owned()
    } else {
        squeeze(&text)
    })
}

pub(super) fn text(field: &Field, input: &Input) -> Result<Value, InputError> {
    plain(field, input).map(Value::Text)
}

/// A text, or a number as the digits that stand in the cell.
pub(super) fn plain(field: &Field, input: &Input) -> Result<String, InputError> {
    match input {
        Input::Text(text) => Ok(text.clone()),
        Input::Number { mantissa, scale } => Ok(digits(*mantissa, *scale)),
        other => Err(InputError::new(field, InputKind::WrongType, &shown(other))),
    }
}

pub(super) fn yes_or_no(field: &Field, input: &Input) -> Result<Value, InputError> {
    if let Input::Bool(yes) = input {
        return Ok(Value::Bool(*yes));
    }
    let typed = plain(field, input)?;
    let word = fold_loose(&typed);
    if YES.contains(&word.as_str()) {
        Ok(Value::Bool(true))
    } else if NO.contains(&word.as_str()) {
        Ok(Value::Bool(false))
    } else {
        Err(InputError::new(field, InputKind::WrongType, &typed))
    }
}

pub(super) fn code(field: &Field, input: &Input) -> Result<Value, InputError> {
    let typed = plain(field, input)?;
    if field.codes.is_empty() {
        return Ok(Value::Code(typed));
    }
    of_list(field, &typed).map(|code| Value::Code(code.id.clone()))
}

/// Members are separated by `;` or line ends; also by `,` where the piece as a whole is no member.
pub(super) fn codes(field: &Field, input: &Input) -> Result<Value, InputError> {
    let typed = plain(field, input)?;
    let mut set = Vec::new();
    for piece in typed.split([';', '\n']) {
        match of_list(field, &squeeze(piece)) {
            Ok(code) => set.push(code.id.clone()),
            Err(_) => {
                for member in piece.split(',').map(squeeze).filter(|member| !member.is_empty()) {
                    set.push(of_list(field, &member)?.id.clone());
                }
            }
        }
        if set.len() > CODES_MAX {
            return Err(InputError::new(field, InputKind::TooLong, &typed));
        }
    }
    set.sort_unstable();
    set.dedup();
    Ok(Value::CodeSet(set))
}

/// What a cell shows, for sentences.
pub(super) fn shown(input: &Input) -> String {
    match input {
        Input::Text(text) => text.clone(),
        Input::Number { mantissa, scale } => number::decimal(Scaled { mantissa: *mantissa, scale: *scale }),
        Input::Day(day) => date::short(*day),
        Input::Instant(instant) => date::date_time(*instant),
        Input::Bool(yes) => if *yes { "có" } else { "không" }.to_owned(),
        Input::Empty => String::new(),
    }
}

/// The code meant by an id, or by a title in either language, with or without tone marks.
fn of_list<'a>(field: &'a Field, typed: &str) -> Result<&'a Code, InputError> {
    let exact = field.code(typed).or_else(|| {
        let same = |title: &str| same_spelling(title, typed);
        field.codes.iter().find(|code| same(&code.title.vi) || same(&code.title.en))
    });
    if let Some(code) = exact {
        return Ok(code);
    }
    let folded = fold_loose(typed);
    let alike = |text: &str| fold_loose(text) == folded;
    let means = |code: &&Code| alike(&code.id) || alike(&code.title.vi) || alike(&code.title.en);
    let meant: Vec<&Code> = field.codes.iter().filter(means).collect();
    match meant.as_slice() {
        [code] => Ok(code),
        [] => {
            let near = nearest::alike(typed, field.codes.iter().map(|code| code.title.vi.as_str()));
            Err(InputError::new(field, InputKind::Unknown, typed).names(near))
        }
        several => {
            let names: Vec<String> = several.iter().map(|code| code.title.vi.clone()).collect();
            Err(InputError::new(field, InputKind::Several, typed).names(names))
        }
    }
}

/// The digits of a number with a point, without needless zeros: a spreadsheet keeps the code 1234 as 1234.0.
fn digits(mantissa: i64, scale: u8) -> String {
    let text = Scaled { mantissa, scale }.to_string();
    match text.split_once('.') {
        Some((whole, part)) if part.bytes().all(|digit| digit == b'0') => whole.to_owned(),
        _ => text,
    }
}
