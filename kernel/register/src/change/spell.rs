//! The days a record of a thing is true of.

use mc_base::Day;
use mc_ledger::Value;

use crate::change::ChangeError;
use crate::record::Record;
use crate::schema::{SINCE, Schema, UNTIL};

/// The days [since, until); an absent `until` is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Spell {
    pub since: Day,
    pub until: Option<Day>,
}

impl Spell {
    /// The spell of a record.
    pub(super) fn of(schema: &Schema, record: &Record) -> Result<Self, ChangeError> {
        let since = day(schema, record, SINCE).ok_or(ChangeError::NoSince)?;
        let until = day(schema, record, UNTIL);
        match until {
            Some(until) if until <= since => Err(ChangeError::EmptySpell { since, until }),
            _ => Ok(Self { since, until }),
        }
    }

    /// Whether some day belongs to both.
    pub(super) fn overlaps(self, other: Self) -> bool {
        let begins_before_end =
            |first: Self, second: Self| second.until.is_none_or(|until| first.since < until);
        begins_before_end(self, other) && begins_before_end(other, self)
    }

    /// Writes the spell into a record.
    pub(super) fn write(self, schema: &Schema, record: &mut Record) {
        for (id, day) in [(SINCE, Some(self.since)), (UNTIL, self.until)] {
            if let Some(field) = schema.field(id) {
                record.set(field.no, day.map_or(Value::Null, Value::Day));
            }
        }
    }
}

fn day(schema: &Schema, record: &Record, id: &str) -> Option<Day> {
    match record.get_id(schema, id) {
        Some(Value::Day(day)) => Some(*day),
        _ => None,
    }
}
