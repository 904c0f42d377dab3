//! From an edit to row acts.

use mc_base::Day;

use crate::change::spell::Spell;
use crate::change::{ChangeError, Edit, RecordState, RowAct, Thing};
use crate::key::{key_text, thing_of_key};
use crate::record::Record;
use crate::schema::Schema;

impl Thing {
    /// The acts of one edit. Types, ranges, rules and workflow are checked elsewhere; here: keys, versions,
    /// spells.
    ///
    /// # Errors
    /// Why the edit is refused; nothing is done then.
    pub fn plan(&self, schema: &Schema, edit: Edit) -> Result<Vec<RowAct>, ChangeError> {
        match edit {
            Edit::Insert { record } => self.insert(schema, record),
            Edit::Correct { key, expected_ordinal, record } => {
                self.correct(schema, key, expected_ordinal, record)
            }
            Edit::Change { key, expected_ordinal, since, record } => {
                self.change(schema, key, expected_ordinal, since, record)
            }
            Edit::Retire { key, expected_ordinal } => {
                let (state, _) = self.current(schema, &key, expected_ordinal, None)?;
                Ok(vec![close(state)])
            }
        }
    }

    fn insert(&self, schema: &Schema, record: Record) -> Result<Vec<RowAct>, ChangeError> {
        let key = key_text(schema, &record)?;
        self.same_thing(schema, &key)?;
        let last = self.state(&key);
        if let Some(state) = last.filter(|state| state.record.is_some()) {
            return Err(ChangeError::Exists { key, ordinal: state.ordinal });
        }
        if schema.has_spells() {
            self.disjoint(schema, &key, Spell::of(schema, &record)?)?;
        }
        Ok(vec![open_after(last, key, record)?])
    }

    fn correct(
        &self,
        schema: &Schema,
        key: String,
        expected: u32,
        record: Record,
    ) -> Result<Vec<RowAct>, ChangeError> {
        let (state, current) = self.current(schema, &key, expected, Some(&record))?;
        same_key(&key, key_text(schema, &record)?)?;
        if *current == record {
            return Err(ChangeError::NothingChanged { key, ordinal: expected });
        }
        if schema.has_spells() {
            self.disjoint(schema, &key, Spell::of(schema, &record)?)?;
        }
        Ok(vec![close(state), open_after(Some(state), key, record)?])
    }

    fn change(
        &self,
        schema: &Schema,
        key: String,
        expected: u32,
        since: Day,
        record: Record,
    ) -> Result<Vec<RowAct>, ChangeError> {
        if !schema.has_spells() {
            return Err(ChangeError::NoSpells { register: schema.id.clone() });
        }
        let (state, current) = self.current(schema, &key, expected, Some(&record))?;
        let old = Spell::of(schema, current)?;
        if since <= old.since {
            return Err(ChangeError::NotAfter { since, begins: old.since });
        }
        if let Some(ends) = old.until.filter(|ends| since >= *ends) {
            return Err(ChangeError::AfterEnd { since, begins: old.since, ends });
        }
        // The new spell lasts as long as the one it follows would have.
        let mut next = record;
        Spell { since, until: old.until }.write(schema, &mut next);
        let next_key = key_text(schema, &next)?;
        if thing_of_key(schema, &next_key) != thing_of_key(schema, &key) {
            return Err(ChangeError::KeyChanged { from: key, to: next_key });
        }
        spell_differs(schema, current, &next, since)?;
        let mut ended = current.clone();
        Spell { since: old.since, until: Some(since) }.write(schema, &mut ended);
        // A spell of this first day may have been retired before; its versions go on.
        let last = self.state(&next_key);
        Ok(vec![close(state), open_after(Some(state), key, ended)?, open_after(last, next_key, next)?])
    }

    /// The open record `key`, if it is at the version the author saw.
    fn current<'a>(
        &'a self,
        schema: &Schema,
        key: &str,
        expected: u32,
        yours: Option<&Record>,
    ) -> Result<(&'a RecordState, &'a Record), ChangeError> {
        let unknown = || ChangeError::Unknown { register: schema.id.clone(), key: key.to_owned() };
        let state = self.state(key).ok_or_else(unknown)?;
        if state.ordinal != expected {
            return Err(ChangeError::Stale {
                key: key.to_owned(),
                expected,
                current: state.ordinal,
                theirs: state.record.clone().map(Box::new),
                yours: yours.cloned().map(Box::new),
            });
        }
        let retired = || ChangeError::Retired { key: key.to_owned(), ordinal: state.ordinal };
        Ok((state, state.record.as_ref().ok_or_else(retired)?))
    }

    fn same_thing(&self, schema: &Schema, key: &str) -> Result<(), ChangeError> {
        let found = thing_of_key(schema, key);
        match self.records.iter().map(|state| thing_of_key(schema, &state.key)).find(|thing| *thing != found)
        {
            Some(expected) => {
                Err(ChangeError::OtherThing { found: found.to_owned(), expected: expected.to_owned() })
            }
            None => Ok(()),
        }
    }

    /// No other open spell of the thing holds a day of `spell`.
    fn disjoint(&self, schema: &Schema, key: &str, spell: Spell) -> Result<(), ChangeError> {
        for state in self.records.iter().filter(|state| state.key != key) {
            let Some(record) = &state.record else { continue };
            if Spell::of(schema, record)?.overlaps(spell) {
                return Err(ChangeError::Overlap {
                    since: spell.since,
                    until: spell.until,
                    other: state.key.clone(),
                });
            }
        }
        Ok(())
    }
}

fn same_key(from: &str, to: String) -> Result<(), ChangeError> {
    if from == to { Ok(()) } else { Err(ChangeError::KeyChanged { from: from.to_owned(), to }) }
}

fn spell_differs(schema: &Schema, old: &Record, new: &Record, since: Day) -> Result<(), ChangeError> {
    let fields = || schema.spells.iter().filter_map(|id| schema.field(id));
    if fields().any(|field| old.get(field.no) != new.get(field.no)) {
        return Ok(());
    }
    let titles: Vec<&str> = fields().map(|field| field.title.vi.as_str()).collect();
    Err(ChangeError::SpellUnchanged { since, fields: titles.join(", ") })
}

fn close(state: &RecordState) -> RowAct {
    RowAct::Close { key: state.key.clone(), ordinal: state.ordinal }
}

fn open_after(last: Option<&RecordState>, key: String, record: Record) -> Result<RowAct, ChangeError> {
    match last.map_or(0, |state| state.ordinal).checked_add(1) {
        Some(ordinal) => Ok(RowAct::Open { key, ordinal, record }),
        None => Err(ChangeError::TooManyVersions { key }),
    }
}
