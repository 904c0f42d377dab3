//! Whole numbers and decimals.

use mc_base::Scaled;
use mc_base::number::{self, NumberError, ParsedNumber, Style, Wanted};
use mc_ledger::Value;

use crate::input::{Input, InputError, InputKind, words};
use crate::schema::{Field, FieldType};

pub(super) fn read(field: &Field, input: &Input, style: Option<Style>) -> Result<Value, InputError> {
    let value = match input {
        Input::Number { mantissa, scale } => Scaled { mantissa: *mantissa, scale: *scale },
        Input::Text(text) => typed(field, text, style)?,
        other => {
            let found = words::shown(other);
            return Err(InputError::new(field, InputKind::WrongType, &found));
        }
    };
    fitted(field, value).ok_or_else(|| InputError::new(field, too_fine(field), &words::shown(input)))
}

fn typed(field: &Field, text: &str, style: Option<Style>) -> Result<Scaled, InputError> {
    let wanted = if field.kind == FieldType::Int { Wanted::Whole } else { Wanted::Decimal };
    let parsed = match style {
        Some(style) => number::parse_as(text, wanted, style),
        None => number::parse(text, wanted),
    };
    let parsed = parsed.map_err(|error| refusal(field, text, &error))?;
    if parsed.percent && field.unit.as_deref() != Some("%") {
        let error = InputError::new(field, InputKind::NotNumber, text);
        return Err(error.hint("Cột này không tính bằng phần trăm"));
    }
    one_reading(field, text, &parsed)
}

/// The only reading that the field can hold; two that fit are a question.
fn one_reading(field: &Field, text: &str, parsed: &ParsedNumber) -> Result<Scaled, InputError> {
    let value = Scaled { mantissa: parsed.mantissa, scale: parsed.scale };
    let other = match parsed.ambiguous {
        None => return Ok(value),
        Some(number::Ambiguity::TwoReadings { other }) => other,
        Some(number::Ambiguity::EnglishMarks) => {
            let error = InputError::new(field, InputKind::Ambiguous, text);
            let hint = format!(
                "Nếu tệp viết số kiểu Anh thì đây là {}; chọn kiểu số cho cả tệp",
                number::decimal(value)
            );
            return Err(error.hint(hint));
        }
    };
    let fits = |value: Scaled| {
        fitted(field, value).is_some_and(|value| crate::validate::fault(field, &value).is_none())
    };
    match (fits(value), fits(other)) {
        (true, true) => {
            let hint = format!(
                "Là {} hay {}; chọn kiểu số cho cả tệp",
                number::decimal(value),
                number::decimal(other)
            );
            Err(InputError::new(field, InputKind::Ambiguous, text).hint(hint))
        }
        (false, true) => Ok(other),
        (_, false) => Ok(value),
    }
}

/// The number with exactly the field's digits, when nothing is lost.
fn fitted(field: &Field, value: Scaled) -> Option<Value> {
    let value = value.rescale(field.digits())?;
    Some(if field.kind == FieldType::Int { Value::Int(value.mantissa) } else { Value::Scaled(value) })
}

fn too_fine(field: &Field) -> InputKind {
    if field.kind == FieldType::Int { InputKind::NotWhole } else { InputKind::TooPrecise }
}

fn refusal(field: &Field, text: &str, error: &NumberError) -> InputError {
    let (kind, hint) = match error {
        NumberError::NotWhole(_) => (InputKind::NotWhole, None),
        NumberError::TooPrecise(_) => (InputKind::TooPrecise, None),
        NumberError::TooLarge(_) => (InputKind::OutOfRange, None),
        NumberError::ForeignDigit { digit, .. } => {
            (InputKind::NotNumber, Some(format!("Chữ số “{digit}” không thuộc 0 đến 9")))
        }
        NumberError::Exponent(_) => (InputKind::NotNumber, Some("Cần viết đủ các chữ số".to_owned())),
        NumberError::Malformed(_) => {
            (InputKind::NotNumber, Some("Dấu chấm hoặc dấu phẩy đặt sai chỗ".to_owned()))
        }
        _ => (InputKind::NotNumber, None),
    };
    let refused = InputError::new(field, kind, text);
    match hint {
        Some(hint) => refused.hint(hint),
        None => refused,
    }
}
