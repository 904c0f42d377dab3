//! Cells as inputs of fields.

use mc_base::Instant;
use mc_register::{Field, FieldType, Input, InputError, InputKind};

use crate::Cell;
use crate::read::serial_day;

/// Days of 1970 to 2099 as serial numbers of the 1900 system: a date cell that lost its format.
const SERIALS: std::ops::RangeInclusive<i64> = 25_569..=73_050;
/// What the 1904 system counts less.
const EPOCHS_APART_DAYS: i64 = 1_462;

/// What a cell says for a field.
pub(super) fn input(field: &Field, cell: &Cell, epoch_1904: bool) -> Result<Input, InputError> {
    Ok(match cell {
        Cell::Empty => Input::Empty,
        Cell::Text(text) if is_nothing(field, text) => Input::Empty,
        Cell::Text(text) => Input::Text(text.clone()),
        Cell::Number { mantissa, scale: 0 } if is_serial(field, *mantissa, epoch_1904) => {
            serial_day(*mantissa, epoch_1904)
                .map_or(Input::Number { mantissa: *mantissa, scale: 0 }, Input::Day)
        }
        Cell::Number { mantissa, scale } => Input::Number { mantissa: *mantissa, scale: *scale },
        Cell::Day(day) => Input::Day(*day),
        Cell::Moment { day, second } => {
            Input::Instant(Instant(Instant::start_of(*day).0 + i64::from(*second) * 1_000))
        }
        Cell::Bool(value) => Input::Bool(*value),
        Cell::Error(error) => {
            let wrong = InputError::new(field, InputKind::WrongType, &error.to_string());
            return Err(wrong.hint("Ô chứa lỗi của công thức; cần sửa công thức hoặc ghi giá trị"));
        }
    })
}

/// A position that stands in two columns.
pub(super) fn position(lat: &Cell, lon: &Cell) -> Input {
    if lat.is_blank() && lon.is_blank() {
        return Input::Empty;
    }
    Input::Text(format!("{}; {}", lat.to_string().trim(), lon.to_string().trim()))
}

fn is_serial(field: &Field, number: i64, epoch_1904: bool) -> bool {
    let shift = if epoch_1904 { EPOCHS_APART_DAYS } else { 0 };
    matches!(field.kind, FieldType::Day | FieldType::Month | FieldType::Instant)
        && SERIALS.contains(&number.saturating_add(shift))
}

/// A dash stands for nothing, but in a text it may be what was meant.
fn is_nothing(field: &Field, text: &str) -> bool {
    let dash = matches!(text.trim(), "-" | "–" | "—" | "…" | "..." | "N/A" | "n/a");
    dash && field.kind != FieldType::Text
}
