//! Short names for typed values, days and instants of the story.

use mc_base::{AgencyId, Day, Instant, Month, PlaceId, Scaled};
use mc_ledger::Value;
use mc_ledger::value::Point;

/// What every invented record carries as its note.
pub(crate) const ILLUSTRATIVE_NOTE: &str = "bản ghi minh họa";

/// Values by field id.
pub(crate) type Fields = Vec<(&'static str, Value)>;

const MINUTE_MILLIS: i64 = 60_000;

/// A civil day. One that does not exist becomes the first day there is, which no chapter and no record may
/// hold (tested).
pub(crate) fn day(year: i16, month: i8, day: i8) -> Day {
    Day::new(year, month, day).unwrap_or(Day::MIN)
}

/// A day of 2025.
pub(crate) fn d25(month: i8, on: i8) -> Day {
    day(2025, month, on)
}

/// `count` days later.
pub(crate) fn later(from: Day, count: i32) -> Day {
    from.plus(count).unwrap_or(Day::MIN)
}

/// The Friday of that week or, from Saturday on, of the next: when offices meet and report.
pub(crate) fn friday(from: Day) -> Day {
    let wait = (5 - i32::from(from.weekday())).rem_euclid(7);
    later(from, wait)
}

/// An hour and minute (UTC+7) of a day.
pub(crate) fn at(on: Day, hour: i64, minute: i64) -> Instant {
    Instant(Instant::start_of(on).0 + (hour * 60 + minute) * MINUTE_MILLIS)
}

/// A month of 2025.
pub(crate) fn m25(month: i8) -> Month {
    d25(month, 1).month()
}

pub(crate) fn on(day: Day) -> Value {
    Value::Day(day)
}

pub(crate) fn month(month: Month) -> Value {
    Value::Month(month)
}

pub(crate) fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

pub(crate) fn code(code: impl Into<String>) -> Value {
    Value::Code(code.into())
}

pub(crate) fn codes(codes: &[&str]) -> Value {
    let mut codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    codes.sort();
    codes.dedup();
    Value::CodeSet(codes)
}

pub(crate) fn int(number: impl Into<i64>) -> Value {
    Value::Int(number.into())
}

/// A count of things in memory as a value.
pub(crate) fn count(number: usize) -> Value {
    Value::Int(whole(number))
}

/// A count of things in memory as a number.
pub(crate) fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn scaled(mantissa: i64, scale: u8) -> Value {
    Value::Scaled(Scaled { mantissa, scale })
}

pub(crate) fn yes(is: bool) -> Value {
    Value::Bool(is)
}

pub(crate) fn place(place: PlaceId) -> Value {
    Value::Place(place)
}

pub(crate) fn agency(agency: &AgencyId) -> Value {
    Value::Agency(agency.clone())
}

pub(crate) fn point(point: Option<Point>) -> Value {
    point.map_or(Value::Null, Value::Point)
}

pub(crate) fn to(register: &str, key: impl Into<String>) -> Value {
    Value::Ref { register: register.to_owned(), key: key.into() }
}
