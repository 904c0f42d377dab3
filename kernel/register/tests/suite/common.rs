//! Declarations and values that several tests use.

use mc_base::{AgencyId, Day, Hash32, Instant, PlaceId, Scaled};
use mc_ledger::{Point, Value};
use mc_register::{Field, FieldType, Record, Schema};
use proptest::prelude::*;

pub const EVERY_TYPE: &str = include_str!("fixtures/every_type.toml");
pub const MAST: &str = include_str!("fixtures/mast.toml");

const MILLIS_PER_DAY: i64 = 86_400_000;

pub fn every_type() -> Schema {
    Schema::from_toml(EVERY_TYPE).expect("a sound declaration")
}

pub fn mast() -> Schema {
    Schema::from_toml(MAST).expect("a sound declaration")
}

pub fn day(iso: &str) -> Day {
    Day::parse_iso(iso).expect("a day")
}

pub fn field<'a>(schema: &'a Schema, id: &str) -> &'a Field {
    schema.field(id).expect("a declared field")
}

/// A mast record; `until` may be empty.
pub fn spell(schema: &Schema, code: &str, state: &str, since: &str, until: &str) -> Record {
    let mut record = Record::new();
    for (id, value) in [
        ("owner", Value::Code("A".to_owned())),
        ("code", Value::Code(code.to_owned())),
        ("state", Value::Code(state.to_owned())),
        ("since", Value::Day(day(since))),
        ("until", Day::parse_iso(until).map_or(Value::Null, Value::Day)),
    ] {
        assert!(record.set_id(schema, id, value), "{id}");
    }
    record
}

/// Any value the field may hold, never `Null`.
pub fn any_value(field: &Field) -> BoxedStrategy<Value> {
    let codes: Vec<String> = field.codes.iter().map(|code| code.id.clone()).collect();
    let register = field.register.clone().unwrap_or_default();
    let (min, max, scale) = (field.min.unwrap_or(0), field.max.unwrap_or(0), field.digits());
    // Composing may lengthen a text, so it is cut afterwards.
    let short = |text: &str| text.chars().take(12).collect::<String>().trim().to_owned();
    let any_text =
        move || "[a-zA-ZÀ-ỹ0-9%/~, .-]{0,12}".prop_map(move |text| short(&mc_base::text::nfc(&text)));
    let some_text = move || any_text().prop_filter("not empty", |text| !text.is_empty());
    match field.kind {
        FieldType::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        FieldType::Int => (min..=max).prop_map(Value::Int).boxed(),
        FieldType::Scaled => {
            (min..=max).prop_map(move |mantissa| Value::Scaled(Scaled { mantissa, scale })).boxed()
        }
        FieldType::Day => any_day().prop_map(Value::Day).boxed(),
        FieldType::Month => any_day().prop_map(|day| Value::Month(day.month())).boxed(),
        FieldType::Instant => (any_day(), 0..MILLIS_PER_DAY)
            .prop_map(|(day, millis)| Value::Instant(Instant(Instant::start_of(day).0 + millis)))
            .boxed(),
        FieldType::Text => any_text().prop_map(Value::Text).boxed(),
        FieldType::Code if codes.is_empty() => some_text().prop_map(Value::Code).boxed(),
        FieldType::Code => prop::sample::select(codes).prop_map(Value::Code).boxed(),
        FieldType::Codes => {
            let sorted = |mut set: Vec<String>| {
                set.sort_unstable();
                Value::CodeSet(set)
            };
            let count = codes.len();
            prop::sample::subsequence(codes, 0..=count).prop_map(sorted).boxed()
        }
        FieldType::Ref => {
            let key = some_text().prop_map(|text| mc_register::key::escape(&text));
            key.prop_map(move |key| Value::Ref { register: register.clone(), key }).boxed()
        }
        FieldType::Place => (1..=u32::MAX).prop_map(|place| Value::Place(PlaceId(place))).boxed(),
        FieldType::Agency => "[a-z][a-z0-9-]{0,20}".prop_map(|id| Value::Agency(AgencyId(id))).boxed(),
        FieldType::Point => {
            let degrees = |max: i32| -max..=max;
            (degrees(1_800_000_000), degrees(900_000_000))
                .prop_map(|(lon, lat)| Value::Point(Point { lon, lat }))
                .boxed()
        }
        FieldType::File => any::<[u8; 32]>().prop_map(|bytes| Value::File(Hash32(bytes))).boxed(),
    }
}

fn any_day() -> impl Strategy<Value = Day> {
    (-719_162..=2_932_896).prop_map(|days| Day::from_epoch_days(days).expect("in range"))
}
