//! Records that other records refer to, by key or by name.

use std::collections::HashMap;
use std::time::Duration;

use mc_access::Actor;
use mc_ledger::Value;
use mc_port::{Snapshot, Source, StoreFailure};
use mc_register::{Resolved, Schema, key, thing_of_key};

use super::{OFFERED_MAX, choose, in_brackets, loose};

/// A snapshot is let go at this age: well before it is over.
const AGE_MAX: Duration = Duration::from_secs(1);
/// Names remembered; beyond, all are forgotten.
const REMEMBERED_MAX: usize = 200_000;
/// Search hits looked through.
const HITS_MAX: usize = 60;

pub(super) struct Records<'a> {
    reads: Reads<'a>,
    remembered: HashMap<(String, String), Resolved<String>>,
    pub(super) failure: Option<StoreFailure>,
}

/// Where records are read.
enum Reads<'a> {
    /// In snapshots, each let go before it is too old.
    Renewed { source: &'a dyn Source, viewer: Actor, snapshot: Option<Box<dyn Snapshot>> },
    /// In the snapshot of a page.
    Held(&'a dyn Snapshot),
}

impl<'a> Records<'a> {
    pub(super) fn renewed(source: &'a dyn Source, viewer: Actor) -> Self {
        Self::of(Reads::Renewed { source, viewer, snapshot: None })
    }

    pub(super) fn held(snapshot: &'a dyn Snapshot) -> Self {
        Self::of(Reads::Held(snapshot))
    }

    fn of(reads: Reads<'a>) -> Self {
        Self { reads, remembered: HashMap::new(), failure: None }
    }

    pub(super) fn snapshot(&mut self) -> Result<&dyn Snapshot, StoreFailure> {
        match &mut self.reads {
            Reads::Held(snapshot) => Ok(*snapshot),
            Reads::Renewed { source, viewer, snapshot } => {
                let held = match snapshot.take() {
                    Some(held) if held.age() < AGE_MAX => held,
                    _ => source.snapshot(viewer)?,
                };
                Ok(&**snapshot.insert(held))
            }
        }
    }

    pub(super) fn row_begins(&mut self) {
        if let Reads::Renewed { snapshot, .. } = &mut self.reads {
            snapshot.take_if(|held| held.age() >= AGE_MAX);
        }
    }

    pub(super) fn find(&mut self, register: &str, text: &str) -> Resolved<String> {
        let asked = (register.to_owned(), text.to_owned());
        if let Some(known) = self.remembered.get(&asked) {
            return known.clone();
        }
        let found = self.snapshot().and_then(|snapshot| look_up(snapshot, register, text));
        let found = found.unwrap_or_else(|failure| {
            self.failure = Some(failure);
            Resolved::Unknown(Vec::new())
        });
        if self.remembered.len() >= REMEMBERED_MAX {
            self.remembered.clear();
        }
        self.remembered.insert(asked, found.clone());
        found
    }
}

fn look_up(snapshot: &dyn Snapshot, register: &str, text: &str) -> Result<Resolved<String>, StoreFailure> {
    let Some(schema) = snapshot.schema(register) else { return Ok(Resolved::Unknown(Vec::new())) };
    if let Some(key) = key_of(snapshot, &schema, text)? {
        return Ok(Resolved::One(key));
    }
    let folded = loose(text);
    let (mut same, mut others) = (Vec::new(), Vec::new());
    for hit in snapshot.search(text, None, HITS_MAX)?.into_iter().filter(|hit| hit.register == register) {
        let thing = thing_of_key(&schema, &hit.key).to_owned();
        if called(snapshot, &schema, &thing, &folded)? {
            if !same.contains(&thing) {
                same.push(thing);
            }
        } else if others.len() < OFFERED_MAX {
            others.push(hit.title);
        }
    }
    if !same.is_empty() {
        return Ok(choose(same, Clone::clone));
    }
    // A name may end in brackets of its own, so what stands in them is a key only where nothing has that name.
    let key = in_brackets(text).map(|typed| key_of(snapshot, &schema, typed)).transpose()?.flatten();
    Ok(key.map_or(Resolved::Unknown(others), Resolved::One))
}

/// The key that was typed, if a record has it.
fn key_of(snapshot: &dyn Snapshot, schema: &Schema, typed: &str) -> Result<Option<String>, StoreFailure> {
    let key = if schema.key.len() == 1 { key::escape(typed) } else { typed.to_owned() };
    Ok(exists(snapshot, schema, &key)?.then_some(key))
}

/// Whether one of the searchable fields of the thing says exactly this, marks aside.
fn called(snapshot: &dyn Snapshot, schema: &Schema, thing: &str, folded: &str) -> Result<bool, StoreFailure> {
    let Some(version) = current(snapshot, schema, thing)?.pop() else { return Ok(false) };
    let mut names = schema.field.iter().filter(|field| field.search && !field.personal);
    Ok(names.any(|field| match version.values.get(&field.no) {
        Some(Value::Text(text) | Value::Code(text)) => loose(text) == folded,
        _ => false,
    }))
}

/// Whether the thing `key` has a current record.
fn exists(snapshot: &dyn Snapshot, schema: &Schema, key: &str) -> Result<bool, StoreFailure> {
    Ok(!current(snapshot, schema, key)?.is_empty())
}

/// The current records of the thing `key`, in time order.
pub(crate) fn current(
    snapshot: &dyn Snapshot,
    schema: &Schema,
    key: &str,
) -> Result<Vec<mc_port::Version>, StoreFailure> {
    // The store takes the key of any of its spells.
    let any = if schema.has_spells() { format!("{key}/0001-01-01") } else { key.to_owned() };
    snapshot.spells(&schema.id, &any)
}
