//! What the rows of an import point at: places, agencies, other records.

use std::collections::HashSet;

use mc_ledger::Value;
use mc_port::RejectedRow;
use mc_register::{Record, thing_of_key};
use rusqlite::Connection;

use super::plan::{Planner, Refused};
use crate::{StoreError, check};

/// References known to exist, kept so that most rows ask nothing.
const KNOWN_MAX: usize = 200_000;

/// A reference to a record of the register itself that is not there.
pub(super) struct Waiting {
    edit: u32,
    line: u64,
    field: String,
    thing: String,
    message: String,
}

impl Planner<'_> {
    /// Checks what the record points at. A record of the same register may come with another row.
    pub(super) fn references(
        &mut self,
        record: &Record,
        edit: u32,
        line: u64,
    ) -> Result<Result<(), Refused>, StoreError> {
        let mut unknown = Record::new();
        for (no, value) in record.iter() {
            let name = match value {
                Value::Place(place) if self.places.get(*place).is_some() => continue,
                Value::Place(place) => ("place", place.to_string()),
                Value::Agency(agency) => ("agency", agency.0.clone()),
                Value::Ref { register, key } => (register.as_str(), key.clone()),
                _ => continue,
            };
            if !self.known.contains(&(name.0.to_owned(), name.1)) {
                unknown.set(no, value.clone());
            }
        }
        let nothing = std::collections::BTreeSet::new();
        let refused = check::references(self.db, self.catalog, self.places, self.info, &unknown, &nothing)?;
        let all_known = refused.is_empty();
        for refusal in refused {
            let field = refusal.field.as_deref().and_then(|id| self.info.schema.field(id));
            let own = field.and_then(|field| match unknown.get(field.no) {
                Value::Ref { register, key } if *register == self.info.schema.id => Some(key.clone()),
                _ => None,
            });
            let (Some(thing), Some(id)) = (own, refusal.field.clone()) else {
                return Ok(Err((refusal.field, refusal.message)));
            };
            self.waiting.push(Waiting { edit, line, field: id, thing, message: refusal.message });
        }
        for (_, value) in unknown.iter().filter(|_| all_known) {
            let name = match value {
                Value::Agency(agency) => ("agency".to_owned(), agency.0.clone()),
                Value::Ref { register, key } => (register.clone(), key.clone()),
                _ => continue,
            };
            if self.known.len() < KNOWN_MAX {
                self.known.insert(name);
            }
        }
        Ok(Ok(()))
    }

    /// Refuses the edits whose references no other row brings, and those that point at edits so refused.
    /// Their numbers are added to `dropped`.
    pub(super) fn dangling(
        &mut self,
        staging: &Connection,
        dropped: &mut HashSet<u32>,
    ) -> Result<Vec<(u32, RejectedRow)>, StoreError> {
        let mut refused = Vec::new();
        let mut waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(refused);
        }
        staging.execute_batch("CREATE INDEX IF NOT EXISTS version_key ON version (key)")?;
        loop {
            let before = refused.len();
            let mut still = Vec::with_capacity(waiting.len());
            for one in waiting {
                if dropped.contains(&one.edit) {
                    continue;
                }
                if self.brought(staging, &one.thing, dropped)? {
                    still.push(one);
                    continue;
                }
                dropped.insert(one.edit);
                let row = RejectedRow { row: one.line, field: Some(one.field), message: one.message };
                refused.push((one.edit, row));
            }
            waiting = still;
            if refused.len() == before {
                return Ok(refused);
            }
        }
    }

    /// Whether a row that is taken opens a version of the thing.
    fn brought(&self, staging: &Connection, named: &str, dropped: &HashSet<u32>) -> Result<bool, StoreError> {
        let schema = &self.info.schema;
        let whole = named.matches('/').count() >= schema.key.len();
        let thing = if whole { thing_of_key(schema, named) } else { named };
        // '0' follows '/': the range holds exactly the keys that begin with the thing and a slash.
        let condition = if schema.has_spells() { "key > ?1 || '/' AND key < ?1 || '0'" } else { "key = ?1" };
        let mut statement = staging.prepare_cached(&format!("SELECT edit FROM version WHERE {condition}"))?;
        let mut rows = statement.query([thing])?;
        while let Some(row) = rows.next()? {
            if !dropped.contains(&row.get(0)?) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
