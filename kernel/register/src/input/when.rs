//! Days, months and instants, all of UTC+7.

use mc_base::date::{self, DateError, ExcelEpoch, from_excel_serial, short};
use mc_base::{Day, Instant, Period, PeriodKind};
use mc_ledger::Value;

use crate::input::{Input, InputError, InputKind, words};
use crate::schema::{Field, FieldType};

const MILLIS_PER_SECOND: i64 = 1_000;
/// Day numbers of 1970 to 2099, which a cell that lost its date format may hold.
const SERIALS: std::ops::RangeInclusive<i64> = 25_569..=73_050;

pub(super) fn day(field: &Field, input: &Input, reference: Day) -> Result<Value, InputError> {
    match input {
        Input::Day(day) => Ok(Value::Day(*day)),
        Input::Instant(instant) => Ok(Value::Day(instant.day())),
        Input::Text(text) => {
            date::parse(text, Some(reference)).map(Value::Day).map_err(|error| refusal(field, text, &error))
        }
        other => Err(serial(field, other)),
    }
}

pub(super) fn month(field: &Field, input: &Input) -> Result<Value, InputError> {
    match input {
        Input::Day(day) => Ok(Value::Month(day.month())),
        Input::Instant(instant) => Ok(Value::Month(instant.day().month())),
        Input::Text(text) => match Period::parse(text) {
            Ok(period) if period.kind() == PeriodKind::Month => Ok(Value::Month(period.from().month())),
            Ok(period) if period.kind() == PeriodKind::Day => {
                let error = InputError::new(field, InputKind::WrongType, text);
                Err(error.hint(format!("Có phải là tháng {}", slashed(period.from()))))
            }
            _ => Err(InputError::new(field, InputKind::NotMonth, text)),
        },
        other => Err(serial(field, other)),
    }
}

pub(super) fn instant(field: &Field, input: &Input, reference: Day) -> Result<Value, InputError> {
    match input {
        Input::Instant(instant) => Ok(Value::Instant(*instant)),
        Input::Day(day) => Ok(Value::Instant(Instant::start_of(*day))),
        Input::Text(text) => {
            let wrong = || InputError::new(field, InputKind::NotTime, text);
            let (day, time) = halves(text).ok_or_else(wrong)?;
            let day = date::parse(day, Some(reference)).map_err(|error| refusal(field, text, &error))?;
            let seconds = seconds(time).ok_or_else(wrong)?;
            Ok(Value::Instant(Instant(Instant::start_of(day).0 + seconds * MILLIS_PER_SECOND)))
        }
        other => Err(serial(field, other)),
    }
}

/// Date and time, whichever stands first: `17/11/2025 14:05`, `14:05 17/11/2025`, `2025-11-17T14:05`.
fn halves(text: &str) -> Option<(&str, &str)> {
    let is_time = |part: &str| part.contains(':') || part.contains('h');
    if let Some((day, time)) = text.split_once('T').filter(|(_, time)| is_time(time)) {
        return Some((day, time.trim_end_matches("+07:00")));
    }
    let (first, rest) = text.split_once(' ')?;
    if is_time(first) {
        return Some((rest, first));
    }
    let (day, last) = text.rsplit_once(' ')?;
    is_time(last).then_some((day, last))
}

/// Seconds since midnight of `14:05`, `14:05:30` or `14h05`.
fn seconds(time: &str) -> Option<i64> {
    let limits = [24, 60, 60];
    let parts: Vec<&str> = time.split([':', 'h']).collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    let mut total = 0;
    for (index, limit) in limits.into_iter().enumerate() {
        let part = parts.get(index).copied().unwrap_or("0");
        let digits = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        let number: i64 = part.parse().ok().filter(|number| digits && *number < limit)?;
        total = total * 60 + number;
    }
    Some(total)
}

/// A number where a date is wanted: most often a date cell that lost its format.
fn serial(field: &Field, input: &Input) -> InputError {
    let error = InputError::new(field, InputKind::WrongType, &words::shown(input));
    let day = match input {
        Input::Number { mantissa, scale: 0 } if SERIALS.contains(mantissa) => {
            from_excel_serial(*mantissa, ExcelEpoch::Y1900).ok()
        }
        _ => None,
    };
    match day {
        Some(day) => error.hint(format!("Ô chứa số; nếu là ngày {} thì đặt định dạng ô là Ngày", short(day))),
        None => error,
    }
}

fn refusal(field: &Field, text: &str, error: &DateError) -> InputError {
    let kind = if field.kind == FieldType::Instant { InputKind::NotTime } else { InputKind::NotDay };
    let refused = InputError::new(field, kind, text);
    match error {
        DateError::NoSuchDay { reason, .. } => refused.hint(capital(reason)),
        DateError::AmericanOrder { meant, .. } => refused.hint(format!("Có phải là ngày {}", short(*meant))),
        DateError::WrongWeekday { day, .. } => {
            refused.hint(format!("Ngày {} là {}", short(*day), date::weekday_name(*day)))
        }
        _ => refused,
    }
}

fn slashed(day: Day) -> String {
    let (year, month, _) = day.ymd();
    format!("{month:02}/{year}")
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
