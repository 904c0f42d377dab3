//! A register with a field of every type, and records of it.

use std::collections::BTreeMap;

use mc_base::{AgencyId, Day, Month, PlaceId, Scaled};
use mc_ledger::Value;
use mc_register::Schema;

pub const SCHEMA: &str = include_str!("sample.toml");

pub fn schema() -> Schema {
    toml::from_str(SCHEMA).expect("a schema")
}

pub fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("a day")
}

/// Values by field id.
#[derive(Clone, Debug, Default)]
pub struct Row(pub BTreeMap<u16, Value>);

impl Row {
    pub fn with(mut self, id: &str, value: Value) -> Self {
        let schema = schema();
        let field = schema.field.iter().find(|field| field.id == id).expect("a field");
        self.0.insert(field.no, value);
        self
    }

    pub fn get(&self, no: u16) -> Value {
        self.0.get(&no).cloned().unwrap_or(Value::Null)
    }
}

/// A record with every field set.
pub fn full() -> Row {
    let code = |text: &str| Value::Code(text.to_owned());
    Row::default()
        .with("id", code("LC-00001"))
        .with("name", Value::Text("Trạm Sa Pa".to_owned()))
        .with("state", code("live"))
        .with("operator", code("NM-A"))
        .with("tags", Value::CodeSet(vec!["near".to_owned(), "old".to_owned()]))
        .with("started", Value::Day(day("2025-03-15")))
        .with("ended", Value::Day(day("2025-10-01")))
        .with("reported", Value::Month(Month::parse_iso("2025-12").expect("a month")))
        .with("floors", Value::Int(-7))
        .with("amount", Value::Int(574_000_000_000))
        .with("area", Value::Scaled(Scaled { mantissa: 12_345, scale: 2 }))
        .with("done", Value::Int(842))
        .with("total", Value::Int(1_000))
        .with("shared", Value::Bool(true))
        .with("site", Value::Ref { register: "base_site".to_owned(), key: "S/1".to_owned() })
        .with("place", Value::Place(PlaceId(15)))
        .with("owner", Value::Agency(AgencyId("so-khcn".to_owned())))
}
