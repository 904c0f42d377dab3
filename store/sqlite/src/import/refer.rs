//! What the rows of an import point at: places, agencies, other records.

use mc_ledger::Value;
use mc_port::RejectedRow;
use mc_register::{Record, thing_of_key};

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

    /// The rows whose references no other row brought, with the numbers of their edits.
    pub(crate) fn dangling(&mut self) -> Vec<(u32, RejectedRow)> {
        let waiting = std::mem::take(&mut self.waiting);
        let schema = &self.info.schema;
        waiting
            .into_iter()
            .filter(|one| {
                let whole = one.thing.matches('/').count() >= schema.key.len();
                let thing = if whole { thing_of_key(schema, &one.thing) } else { &one.thing };
                !self.things.contains(thing)
            })
            .map(|one| {
                (one.edit, RejectedRow { row: one.line, field: Some(one.field), message: one.message })
            })
            .collect()
    }
}
