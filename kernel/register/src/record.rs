//! A record: values by field number.

use std::collections::BTreeMap;

use mc_ledger::Value;

use crate::schema::{Field, Schema};

static NULL: Value = Value::Null;

/// The values of one version of one record, by field number. A field that is not set reads as
/// [`Value::Null`], and setting `Null` unsets, so equal contents are equal records.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Record(BTreeMap<u16, Value>);

impl Record {
    /// A record without values.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets field `no`.
    pub fn set(&mut self, no: u16, value: Value) {
        if value == Value::Null {
            self.0.remove(&no);
        } else {
            self.0.insert(no, value);
        }
    }

    /// Sets the field `id`; says whether the register has it.
    #[must_use]
    pub fn set_id(&mut self, schema: &Schema, id: &str, value: Value) -> bool {
        let field = schema.field(id);
        if let Some(field) = field {
            self.set(field.no, value);
        }
        field.is_some()
    }

    /// The value of field `no`.
    #[must_use]
    pub fn get(&self, no: u16) -> &Value {
        self.0.get(&no).unwrap_or(&NULL)
    }

    /// The value of the field `id`, `None` where the register has no such field.
    #[must_use]
    pub fn get_id(&self, schema: &Schema, id: &str) -> Option<&Value> {
        schema.field(id).map(|field| self.get(field.no))
    }

    /// The values that are set, by number.
    pub fn iter(&self) -> impl Iterator<Item = (u16, &Value)> {
        self.0.iter().map(|(no, value)| (*no, value))
    }

    /// Every field of the register by number, `Null` where nothing is set: what a row leaf holds.
    #[must_use]
    pub fn fields<'a>(&'a self, schema: &'a Schema) -> Vec<(&'a Field, &'a Value)> {
        schema.by_number().into_iter().map(|field| (field, self.get(field.no))).collect()
    }

    /// The fields in which two records differ, by number, with the value of this one and of `other`.
    #[must_use]
    pub fn differences<'a>(&'a self, other: &'a Self) -> Vec<Difference<'a>> {
        let mut numbers: Vec<u16> = self.0.keys().chain(other.0.keys()).copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
            .into_iter()
            .map(|no| Difference { no, this: self.get(no), other: other.get(no) })
            .filter(|difference| difference.this != difference.other)
            .collect()
    }
}

impl FromIterator<(u16, Value)> for Record {
    fn from_iter<I: IntoIterator<Item = (u16, Value)>>(values: I) -> Self {
        let mut record = Self::new();
        for (no, value) in values {
            record.set(no, value);
        }
        record
    }
}

/// A field in which two records differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Difference<'a> {
    /// Field number.
    pub no: u16,
    /// Value in the record asked.
    pub this: &'a Value,
    /// Value in the other record.
    pub other: &'a Value,
}
