//! Values that hold for every row because no column says otherwise: they begin a new record and leave a known
//! one as it is.

use mc_intake::Mapping;
use mc_ledger::Value;
use mc_port::{Snapshot, StoreFailure, Version};
use mc_register::{Record, SINCE, Schema, UNTIL, thing_key};

use crate::names::records::current;

/// The fields that a mapping fills by a value of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Constants {
    /// Neither `since` nor part of the key.
    plain: Vec<u16>,
    since: Option<u16>,
}

impl Constants {
    pub(crate) fn of(schema: &Schema, mapping: &Mapping) -> Self {
        let fixed = || mapping.constants.keys().copied().filter(|no| mapping.column_of(*no).is_none());
        let since = schema.field(SINCE).map(|field| field.no).filter(|_| schema.has_spells());
        let in_key = |no: u16| schema.field_no(no).is_none_or(|field| schema.key.contains(&field.id));
        Self {
            plain: fixed().filter(|no| Some(*no) != since && !in_key(*no)).collect(),
            since: fixed().find(|no| Some(*no) == since),
        }
    }

    /// Whether the register has to be asked about each row.
    pub(crate) fn any(&self) -> bool {
        !self.plain.is_empty() || self.since.is_some()
    }

    /// Takes what a known record holds in place of the common values. Where then nothing differs that is kept
    /// over time, the row speaks of the record's own days; otherwise of a change from the common day on.
    pub(crate) fn yield_to(
        &self,
        snapshot: &dyn Snapshot,
        schema: &Schema,
        record: &mut Record,
    ) -> Result<(), StoreFailure> {
        let Ok(thing) = thing_key(schema, record) else { return Ok(()) };
        let Some(known) = current(snapshot, schema, &thing)?.pop() else { return Ok(()) };
        for no in &self.plain {
            if let Some(value) = known.values.get(no).filter(|value| **value != Value::Null) {
                record.set(*no, value.clone());
            }
        }
        if let Some(no) = self.since
            && goes_on(schema, &known)
            && same_spell(schema, &known, record)
            && let Some(since) = known.values.get(&no)
        {
            record.set(no, since.clone());
        }
        Ok(())
    }
}

fn goes_on(schema: &Schema, known: &Version) -> bool {
    let until = schema.field(UNTIL).and_then(|field| known.values.get(&field.no));
    until.is_none_or(|until| *until == Value::Null)
}

fn same_spell(schema: &Schema, known: &Version, record: &Record) -> bool {
    schema.spells.iter().filter_map(|id| schema.field(id)).all(|field| {
        let said = record.get(field.no);
        *said == Value::Null || known.values.get(&field.no) == Some(said)
    })
}
