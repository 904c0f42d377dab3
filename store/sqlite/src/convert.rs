//! Values to and from columns. The storage classes are those listed in `docs/spec/store.md`.

use mc_base::{AgencyId, Day, Hash32, Instant, Month, PlaceId, Scaled};
use mc_ledger::{Point, Value};
use mc_register::{Field, FieldType};
use rusqlite::types::{Value as Column, ValueRef};

use crate::StoreError;

/// The column value of a field that is not personal.
pub(crate) fn to_column(value: &Value) -> Column {
    match value {
        Value::Null => Column::Null,
        Value::Bool(yes) => Column::Integer(i64::from(*yes)),
        Value::Int(number) => Column::Integer(*number),
        Value::Scaled(scaled) => Column::Integer(scaled.mantissa),
        Value::Day(day) => Column::Integer(i64::from(day.epoch_days())),
        Value::Month(month) => Column::Integer(i64::from(month.number())),
        Value::Instant(instant) => Column::Integer(instant.0),
        Value::Text(text) | Value::Code(text) | Value::Ref { key: text, .. } => Column::Text(text.clone()),
        Value::CodeSet(codes) => Column::Text(codes.join(",")),
        Value::Place(place) => Column::Integer(i64::from(place.0)),
        Value::Agency(agency) => Column::Text(agency.0.clone()),
        Value::Point(point) => {
            Column::Integer((i64::from(point.lon) << 32) | i64::from(point.lat.cast_unsigned()))
        }
        Value::File(hash) | Value::Commitment(hash) => Column::Blob(hash.0.to_vec()),
    }
}

/// The value of a column; a personal field gives its commitment.
pub(crate) fn from_column(column: ValueRef<'_>, field: &Field) -> Result<Value, StoreError> {
    let wrong = || StoreError::Corrupt(format!("cột f{} ({}) có kiểu lạ", field.no, field.id));
    if field.personal {
        return match column {
            ValueRef::Null => Ok(Value::Null),
            ValueRef::Blob(bytes) => hash(bytes).map(Value::Commitment).ok_or_else(wrong),
            _ => Err(wrong()),
        };
    }
    match column {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => integer(number, field).ok_or_else(wrong),
        ValueRef::Text(bytes) => {
            text(std::str::from_utf8(bytes).map_err(|_| wrong())?, field).ok_or_else(wrong)
        }
        ValueRef::Blob(bytes) if field.kind == FieldType::File => {
            hash(bytes).map(Value::File).ok_or_else(wrong)
        }
        ValueRef::Blob(_) | ValueRef::Real(_) => Err(wrong()),
    }
}

fn integer(number: i64, field: &Field) -> Option<Value> {
    let small = || i32::try_from(number).ok();
    Some(match field.kind {
        FieldType::Bool => Value::Bool(match number {
            0 => false,
            1 => true,
            _ => return None,
        }),
        FieldType::Int => Value::Int(number),
        FieldType::Scaled => Value::Scaled(Scaled { mantissa: number, scale: field.scale? }),
        FieldType::Day => Value::Day(Day::from_epoch_days(small()?)?),
        FieldType::Month => Value::Month(Month::from_number(small()?)?),
        FieldType::Instant => Value::Instant(Instant(number)),
        FieldType::Place => Value::Place(PlaceId(u32::try_from(number).ok()?)),
        FieldType::Point => Value::Point(Point {
            lon: i32::try_from(number >> 32).ok()?,
            lat: u32::try_from(number & 0xffff_ffff).ok()?.cast_signed(),
        }),
        FieldType::Text
        | FieldType::Code
        | FieldType::Codes
        | FieldType::Ref
        | FieldType::Agency
        | FieldType::File => {
            return None;
        }
    })
}

fn text(text: &str, field: &Field) -> Option<Value> {
    let owned = || text.to_owned();
    Some(match field.kind {
        FieldType::Text => Value::Text(owned()),
        FieldType::Code => Value::Code(owned()),
        FieldType::Codes if text.is_empty() => Value::CodeSet(Vec::new()),
        FieldType::Codes => Value::CodeSet(text.split(',').map(str::to_owned).collect()),
        FieldType::Ref => Value::Ref { register: field.register.clone()?, key: owned() },
        FieldType::Agency => Value::Agency(AgencyId(owned())),
        FieldType::Bool
        | FieldType::Int
        | FieldType::Scaled
        | FieldType::Day
        | FieldType::Month
        | FieldType::Instant
        | FieldType::Place
        | FieldType::Point
        | FieldType::File => return None,
    })
}

/// 32 bytes as a hash.
pub(crate) fn hash(bytes: &[u8]) -> Option<Hash32> {
    bytes.try_into().ok().map(Hash32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_keeps_both_signs() {
        let point = Value::Point(Point { lon: -1_040_000_000, lat: -225_000_000 });
        let Column::Integer(packed) = to_column(&point) else { panic!("an integer") };
        let field: Field = toml::from_str(
            "no = 1\nid = \"at\"\ntype = \"point\"\ntitle = { vi = \"Tọa độ\", en = \"Position\" }",
        )
        .expect("a field");
        assert_eq!(from_column(ValueRef::Integer(packed), &field).expect("a value"), point);
    }
}
