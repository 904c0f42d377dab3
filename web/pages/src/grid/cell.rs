//! One number of the grid: how it is read, written and set beside the last one.

use mc_base::number::Style;
use mc_base::{AgencyId, Day, PlaceId, Scaled, number};
use mc_importing::Names;
use mc_ledger::Value;
use mc_register::{Field, FieldType, Input, InputError, InputKind, Resolved, Resolver, input};
use mc_ui::write;

use crate::words;

/// A number so many times the last one, or so many times less, is pointed out. A digit too many or too few makes it
/// ten times; numbers of ordinary months that come in a few times larger (a backlog recorded at once) stay below.
pub(super) const JUMP_FACTOR: i128 = 5;
/// Jumps between numbers that are all smaller than this say nothing: from 1 to 6 is no slip of the hand.
pub(super) const JUMP_LEAST: i128 = 20;

/// Numbers in Vietnamese style; there is nothing else to look up.
struct Vietnamese(Day);

impl Resolver for Vietnamese {
    fn place(&self, _: &str) -> Resolved<PlaceId> {
        Resolved::Unknown(Vec::new())
    }

    fn agency(&self, _: &str) -> Resolved<AgencyId> {
        Resolved::Unknown(Vec::new())
    }

    fn reference(&self, _: &str, _: &str) -> Resolved<String> {
        Resolved::Unknown(Vec::new())
    }

    fn reference_day(&self) -> Day {
        self.0
    }

    fn number_style(&self) -> Option<Style> {
        Some(Style::Vietnamese)
    }
}

/// Reads a cell as a form does. In a column of whole numbers `9.000` is nine thousand, as the page says that numbers
/// are written: nobody types a nine with three decimals there. All else that has two readings is asked back.
pub(super) fn read(field: &Field, text: &str, names: &Names<'_>) -> Result<Value, InputError> {
    let typed = Input::Text(text.to_owned());
    let refused = match input::read(field, &typed, names) {
        Err(error) if error.kind == InputKind::Ambiguous && field.kind == FieldType::Int => error,
        read => return read,
    };
    input::read(field, &typed, &Vietnamese(names.reference_day())).map_err(|_| refused)
}

/// The text with which a cell is filled in: it reads back as the value.
pub(super) fn typed_text(value: &Value) -> String {
    match value {
        Value::Int(amount) => number::whole(*amount),
        Value::Scaled(amount) => amount.to_string().replace('.', ","),
        Value::Text(text) => text.clone(),
        _ => String::new(),
    }
}

/// A value in a sentence.
pub(super) fn said(value: &Value) -> String {
    match value {
        Value::Int(amount) => write::whole(*amount),
        Value::Scaled(amount) => write::decimal(*amount),
        Value::Text(text) => text.clone(),
        _ => words::UNKNOWN.said().to_owned(),
    }
}

/// The digits of a number, at the scale of its field.
pub(super) fn mantissa(value: &Value) -> Option<i128> {
    match value {
        Value::Int(amount) => Some(i128::from(*amount)),
        Value::Scaled(amount) => Some(i128::from(amount.mantissa)),
        _ => None,
    }
}

/// A sum of a column, as its numbers are written.
pub(super) fn sum_said(field: &Field, sum: i128) -> String {
    match i64::try_from(sum) {
        Ok(mantissa) if field.digits() > 0 => write::decimal(Scaled { mantissa, scale: field.digits() }),
        Ok(whole) => write::whole(whole),
        Err(_) => write::whole(sum),
    }
}

pub(super) fn jumps(field: &Field, now: i128, before: i128) -> bool {
    let (small, large) = (now.abs().min(before.abs()), now.abs().max(before.abs()));
    let least = JUMP_LEAST * 10_i128.pow(u32::from(field.digits()));
    large >= least && large >= small * JUMP_FACTOR
}
