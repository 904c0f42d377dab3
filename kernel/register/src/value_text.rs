//! The one text of a value, as keys, cuts and the API write it, and the strict way back.
//!
//! Whole numbers and decimals are plain decimal with a point and all digits, days `2025-10-31`, months
//! `2025-10`, instants decimal milliseconds, places and agencies their id, points `lon,lat` with seven
//! digits, files 64 hexadecimal digits, sets `a,b` in order.

use mc_base::text::is_nfc;
use mc_base::{AgencyId, Day, Hash32, Instant, Month, PlaceId, Scaled};
use mc_ledger::{Point, Value};

use crate::schema::{Field, FieldType};

const DEGREE_DIGITS: u8 = 7;
const LON_MAX: i64 = 1_800_000_000;
const LAT_MAX: i64 = 900_000_000;

/// The canonical text of a value; `None` for `Null`, which is no text (not the empty one).
#[must_use]
pub fn canonical_value_text(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(yes) => yes.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Scaled(number) => number.to_string(),
        Value::Day(day) => day.to_string(),
        Value::Month(month) => month.to_string(),
        Value::Instant(instant) => instant.0.to_string(),
        Value::Text(text) | Value::Code(text) => text.clone(),
        Value::CodeSet(codes) => codes.join(","),
        Value::Ref { key, .. } => key.clone(),
        Value::Place(place) => place.to_string(),
        Value::Agency(agency) => agency.to_string(),
        Value::Point(point) => format!("{},{}", degrees(point.lon), degrees(point.lat)),
        Value::File(hash) | Value::Commitment(hash) => hash.to_string(),
    })
}

/// The value of `field` whose canonical text is `text`; `None` when it is not exactly such a text. Ranges,
/// lengths and code lists are not looked at (see [`crate::Record::check`]).
#[must_use]
pub fn parse_canonical(field: &Field, text: &str) -> Option<Value> {
    let value = match field.kind {
        FieldType::Bool => Value::Bool(text.parse().ok()?),
        FieldType::Int => Value::Int(text.parse().ok()?),
        FieldType::Scaled => Value::Scaled(scaled(text, field.digits())?),
        FieldType::Day => Value::Day(Day::parse_iso(text)?),
        FieldType::Month => Value::Month(Month::parse_iso(text)?),
        FieldType::Instant => Value::Instant(Instant(text.parse().ok()?)),
        FieldType::Text => Value::Text(text.to_owned()),
        FieldType::Code => Value::Code(text.to_owned()),
        FieldType::Codes => Value::CodeSet(code_set(text)?),
        FieldType::Ref => Value::Ref { register: field.register.clone()?, key: text.to_owned() },
        FieldType::Place => Value::Place(PlaceId(text.parse().ok()?)),
        FieldType::Agency => Value::Agency(AgencyId(text.to_owned())),
        FieldType::Point => Value::Point(point(text)?),
        FieldType::File => Value::File(Hash32::from_hex(text)?),
    };
    // One text per value: "007", "+1", capital hexadecimal digits and unsorted sets print back differently.
    (is_nfc(text) && canonical_value_text(&value).as_deref() == Some(text)).then_some(value)
}

/// Whether a point lies on the globe.
#[must_use]
pub(crate) fn on_globe(point: Point) -> bool {
    i64::from(point.lon).abs() <= LON_MAX && i64::from(point.lat).abs() <= LAT_MAX
}

/// Sorted, without duplicates.
pub(crate) fn is_set(codes: &[String]) -> bool {
    codes.windows(2).all(|pair| matches!(pair, [first, second] if first < second))
}

fn degrees(number: i32) -> String {
    Scaled { mantissa: i64::from(number), scale: DEGREE_DIGITS }.to_string()
}

fn scaled(text: &str, scale: u8) -> Option<Scaled> {
    Scaled::parse(text).filter(|number| number.scale == scale)
}

fn code_set(text: &str) -> Option<Vec<String>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let codes: Vec<String> = text.split(',').map(str::to_owned).collect();
    (is_set(&codes) && codes.iter().all(|code| !code.is_empty())).then_some(codes)
}

fn point(text: &str) -> Option<Point> {
    let (lon, lat) = text.split_once(',')?;
    let number = |text| i32::try_from(scaled(text, DEGREE_DIGITS)?.mantissa).ok();
    let point = Point { lon: number(lon)?, lat: number(lat)? };
    on_globe(point).then_some(point)
}
