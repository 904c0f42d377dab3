//! Whether values are ones that their fields may hold: type, range, length, code list, normal form.

use mc_base::text::is_nfc;
use mc_base::{Day, Instant};
use mc_ledger::{Value, canon};

use crate::check::is_code;
use crate::input::{InputError, InputKind};
use crate::record::Record;
use crate::schema::{Field, FieldType, Schema};
use crate::value_text::{canonical_value_text, is_set, on_globe};

const MILLIS_PER_DAY: i64 = 86_400_000;

impl Record {
    /// Checks every value against its field, and that required fields have one. A store calls it before
    /// anything is encoded, whatever way the values came. Rules are expressions and are checked elsewhere.
    ///
    /// # Errors
    /// All faults, by field number.
    pub fn check(&self, schema: &Schema) -> Result<(), Vec<InputError>> {
        let mut errors = Vec::new();
        for (field, value) in self.fields(schema) {
            if *value == Value::Null && field.required {
                errors.push(InputError::new(field, InputKind::Missing, ""));
            } else if let Err(error) = self::value(field, value) {
                errors.push(error);
            }
        }
        let strange = self.iter().filter(|(no, _)| schema.field_no(*no).is_none());
        errors.extend(strange.map(|(no, _)| InputError::no_field(schema, no)));
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// Checks one value; `Null` passes.
fn value(field: &Field, value: &Value) -> Result<(), InputError> {
    match fault(field, value) {
        None => Ok(()),
        Some(kind) => Err(InputError::new(field, kind, &shown(value))),
    }
}

/// What is wrong with a value; `Null` passes.
pub(crate) fn fault(field: &Field, value: &Value) -> Option<InputKind> {
    match (field.kind, value) {
        (_, Value::Null) => None,
        // What stands for an erased or hidden personal value.
        (_, Value::Commitment(_)) => (!field.personal).then_some(InputKind::WrongType),
        (FieldType::Int, Value::Int(number)) => out_of_range(field, *number),
        (FieldType::Scaled, Value::Scaled(number)) if number.scale == field.digits() => {
            out_of_range(field, number.mantissa)
        }
        (FieldType::Text, Value::Text(text)) => text_fault(field, text, canon::TEXT_BYTES_MAX, true),
        (FieldType::Code, Value::Code(code)) => code_fault(field, code),
        (FieldType::Codes, Value::CodeSet(codes)) => {
            let unsorted = (!is_set(codes)).then_some(InputKind::NotCanonical);
            let many = (codes.len() > canon::CODES_MAX).then_some(InputKind::TooLong);
            unsorted.or(many).or_else(|| codes.iter().find_map(|code| code_fault(field, code)))
        }
        (FieldType::Ref, Value::Ref { register, key }) => {
            let other = field.register.as_ref() != Some(register);
            let bad_key = canon::check_key(key).is_err();
            if other { Some(InputKind::WrongType) } else { bad_key.then_some(InputKind::NotCanonical) }
        }
        (FieldType::Point, Value::Point(point)) => (!on_globe(*point)).then_some(InputKind::OutOfRange),
        (FieldType::Place, Value::Place(place)) => (place.0 == 0).then_some(InputKind::OutOfRange),
        (FieldType::Agency, Value::Agency(agency)) => {
            (!is_code(&agency.0)).then_some(InputKind::NotCanonical)
        }
        (FieldType::Instant, Value::Instant(instant)) => instant_fault(*instant),
        (FieldType::Bool, Value::Bool(_))
        | (FieldType::Day, Value::Day(_))
        | (FieldType::Month, Value::Month(_))
        | (FieldType::File, Value::File(_)) => None,
        _ => Some(InputKind::WrongType),
    }
}

/// A value in a Vietnamese sentence.
fn shown(value: &Value) -> String {
    match value {
        Value::Int(number) => mc_base::number::whole(*number),
        Value::Scaled(number) => mc_base::number::decimal(*number),
        Value::Day(day) => mc_base::date::short(*day),
        other => canonical_value_text(other).unwrap_or_default(),
    }
}

/// Years 1 to 9999 of UTC+7, as the ledger keeps them.
fn instant_fault(instant: Instant) -> Option<InputKind> {
    let first = Instant::start_of(Day::MIN).0;
    let last = Instant::start_of(Day::MAX).0 + (MILLIS_PER_DAY - 1);
    (!(first..=last).contains(&instant.0)).then_some(InputKind::OutOfRange)
}

fn out_of_range(field: &Field, number: i64) -> Option<InputKind> {
    let low = field.min.is_some_and(|min| number < min);
    let high = field.max.is_some_and(|max| number > max);
    (low || high).then_some(InputKind::OutOfRange)
}

fn code_fault(field: &Field, code: &str) -> Option<InputKind> {
    if !field.codes.is_empty() {
        return field.code(code).is_none().then_some(InputKind::Unknown);
    }
    if code.is_empty() {
        return Some(InputKind::Missing);
    }
    text_fault(field, code, canon::CODE_BYTES_MAX, false)
}

fn text_fault(field: &Field, text: &str, bytes_max: usize, lines: bool) -> Option<InputKind> {
    let control = |c: char| c.is_control() && !(lines && c == '\n');
    let chars_max = usize::try_from(field.chars_max()).unwrap_or(usize::MAX);
    if text.chars().any(control) {
        Some(InputKind::Control)
    } else if text.len() > bytes_max || text.chars().nth(chars_max).is_some() {
        Some(InputKind::TooLong)
    } else if !is_nfc(text) || text.trim() != text {
        Some(InputKind::NotCanonical)
    } else {
        None
    }
}
