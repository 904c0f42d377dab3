//! From a row of a file to the acts on its thing: what is there already, what differs, what is refused.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};

use mc_access::{Act as AccessAct, decide};
use mc_base::{Day, Hash32};
use mc_ledger::Value;
use mc_port::{CommitError, ImportRequest, ImportRow, PlaceTree, RejectedRow, Trees};
use mc_register::{ChangeError, Edit, Record, RowAct, SINCE, UNTIL, key_text, thing_key, thing_of_key};
use rusqlite::Connection;

use super::refer::Waiting;
use super::said::{NOT_SAID, Said};
use crate::catalog::{Catalog, RegisterInfo};
use crate::commit::{in_clear, object, record_of, restore_unseen};
use crate::evidence::thing_hash;
use crate::rows::{self, StoredVersion};
use crate::{StoreError, check};

/// Plans the rows of one import against the store as it is.
pub(crate) struct Planner<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) catalog: &'a Catalog,
    pub(crate) places: &'a PlaceTree,
    trees: Trees<'a>,
    pub(crate) info: &'a RegisterInfo,
    pub(crate) request: &'a ImportRequest,
    /// The register has no versions yet: nothing need be looked for.
    pub(crate) empty: bool,
    pub(crate) things: Things,
    /// The things of all rows, also of those that are refused, where the file is to be kept.
    pub(crate) spoken_of: Vec<u64>,
    pub(super) known: HashSet<(String, String)>,
    /// References to records of the register itself that are not there: another row may bring them.
    pub(super) waiting: Vec<Waiting>,
    personal: bool,
    /// Where what the rows state is kept, if it need be.
    pub(super) said: Option<Said>,
}

/// An edit with everything that its leaves need.
pub(crate) struct Planned {
    pub(crate) edit: u32,
    pub(crate) line: u64,
    /// It adds a record; otherwise it changes one.
    pub(crate) adds: bool,
    pub(crate) acts: Vec<Step>,
}

/// One act on one version.
pub(crate) struct Step {
    pub(crate) act: RowAct,
    /// Hash of the leaf of the version before (open) or of the version closed.
    pub(crate) previous: Hash32,
    /// The version closed; 0 for open.
    pub(crate) vid: i64,
    /// Schema named by the leaf.
    pub(crate) schema: Hash32,
}

/// What became of a row.
pub(crate) enum Outcome {
    Planned(Planned),
    Unchanged,
    Rejected(RejectedRow),
}

/// The things that an import speaks of, by two keyed hashes: their names alone would not fit into memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Things {
    first: RandomState,
    second: RandomState,
    /// With the place of what its row stated.
    seen: HashMap<(u64, u64), u64>,
}

impl Things {
    fn hash(&self, thing: &str) -> (u64, u64) {
        (self.first.hash_one(thing), self.second.hash_one(thing))
    }

    /// False where it was there already.
    fn insert(&mut self, thing: &str, said: u64) -> bool {
        match self.seen.entry(self.hash(thing)) {
            Entry::Vacant(free) => {
                free.insert(said);
                true
            }
            Entry::Occupied(_) => false,
        }
    }

    /// The place of what the row about it stated.
    pub(crate) fn said(&self, thing: &str) -> Option<u64> {
        self.seen.get(&self.hash(thing)).copied()
    }

    pub(crate) fn contains(&self, thing: &str) -> bool {
        self.seen.contains_key(&self.hash(thing))
    }
}

impl<'a> Planner<'a> {
    pub(crate) fn new(
        db: &'a Connection,
        catalog: &'a Catalog,
        trees: Trees<'a>,
        info: &'a RegisterInfo,
        request: &'a ImportRequest,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            db,
            catalog,
            places: trees.places,
            trees,
            info,
            request,
            empty: rows::last_vid(db, &info.schema.id)? == 0,
            things: Things::default(),
            spoken_of: Vec::new(),
            known: HashSet::new(),
            waiting: Vec::new(),
            personal: info.schema.field.iter().any(|field| field.personal),
            said: None,
        })
    }

    /// What one row comes to. `edit` numbers the rows that were planned.
    pub(crate) fn row(&mut self, row: ImportRow, edit: u32) -> Result<Outcome, StoreError> {
        let line = row.row;
        match self.plan(row, edit)? {
            Ok(outcome) => Ok(outcome),
            Err((field, message)) => Ok(Outcome::Rejected(RejectedRow { row: line, field, message })),
        }
    }

    fn plan(&mut self, row: ImportRow, edit: u32) -> Result<Result<Outcome, Refused>, StoreError> {
        let schema = &self.info.schema;
        let mut asked = row.edit;
        if let Some(record) = record_of(&mut asked) {
            check::look_up(self.db, self.catalog, self.info, record)?;
        }
        let said = match (&mut self.said, &asked) {
            (Some(said), Edit::Insert { record }) => said.put(row.row, record)?,
            _ => NOT_SAID,
        };
        let thing = match thing_of(self.info, &asked) {
            Ok(thing) => thing,
            Err(error) => return Ok(Err((None, error))),
        };
        if self.request.evidence.is_some() {
            self.spoken_of.push(thing_hash(&thing));
        }
        let (stored, known) = self.known_versions(&thing)?;
        let asked = match self.upserted(asked, &thing, &known) {
            Ok(Some(asked)) => asked,
            Ok(None) => return Ok(self.seen_once(&thing, said).map(|()| Outcome::Unchanged)),
            Err(message) => return Ok(Err((None, message))),
        };
        let acts = match rows::states(&known).plan(schema, asked) {
            Ok(acts) => acts,
            Err(ChangeError::NothingChanged { .. }) => {
                return Ok(self.seen_once(&thing, said).map(|()| Outcome::Unchanged));
            }
            Err(error) => return Ok(Err((None, error.to_string()))),
        };
        if let Err(refused) = self.accept(&acts, &stored) {
            return Ok(Err(refused));
        }
        for act in &acts {
            if let RowAct::Open { record, .. } = act
                && let Err(refused) = self.references(record, edit, row.row)?
            {
                return Ok(Err(refused));
            }
        }
        if let Err(refused) = self.seen_once(&thing, said) {
            return Ok(Err(refused));
        }
        let adds = !acts.iter().any(|act| matches!(act, RowAct::Close { .. }));
        let acts =
            acts.into_iter().map(|act| self.step(act, &stored)).collect::<Result<Vec<_>, StoreError>>()?;
        Ok(Ok(Outcome::Planned(Planned { edit, line: row.row, adds, acts })))
    }

    /// A file says one thing of a thing: the second row about it is refused.
    fn seen_once(&mut self, thing: &str, said: u64) -> Result<(), Refused> {
        if self.things.insert(thing, said) {
            return Ok(());
        }
        Err((None, format!("“{thing}” đã có ở một dòng trước trong tệp; mỗi bản ghi chỉ được ghi một dòng.")))
    }

    /// The thing's latest versions as stored, and with personal values in clear.
    fn known_versions(&self, thing: &str) -> Result<(Versions, Versions), StoreError> {
        if self.empty {
            return Ok((Versions::new(), Versions::new()));
        }
        // Any key of the thing finds them all.
        let key = if self.info.schema.has_spells() { format!("{thing}/") } else { thing.to_owned() };
        let stored = rows::thing(self.db, self.info, self.catalog, &key)?;
        let clear = if self.personal { in_clear(self.db, self.info, &stored)? } else { stored.clone() };
        Ok((stored, clear))
    }

    /// The edit to plan: an insertion of what is there already becomes what it comes to; `None`: nothing.
    fn upserted(&self, edit: Edit, thing: &str, known: &Versions) -> Result<Option<Edit>, String> {
        let mut edit = edit;
        if let Edit::Correct { key, record, .. } | Edit::Change { key, record, .. } = &mut edit {
            let before = known.get(key.as_str());
            restore_unseen(self.info, before, record);
        }
        let Edit::Insert { record } = edit else { return Ok(Some(edit)) };
        let open: Vec<&StoredVersion> = known.values().filter(|version| version.seq_to.is_none()).collect();
        if open.is_empty() || !self.request.upsert {
            return Ok(Some(Edit::Insert { record }));
        }
        if !self.info.schema.has_spells() {
            let Some(current) = open.first() else { return Ok(Some(Edit::Insert { record })) };
            return Ok(Some(correct(current, self.merged(&current.record, &record))));
        }
        self.upserted_spell(record, thing, &open)
    }

    fn upserted_spell(
        &self,
        record: Record,
        thing: &str,
        open: &[&StoredVersion],
    ) -> Result<Option<Edit>, String> {
        let schema = &self.info.schema;
        let Some(since) = day(self.info, &record, SINCE) else {
            // Without a first day the row speaks of the state the thing is in: its last spell.
            let Some(last) = open.iter().max_by_key(|version| day(self.info, &version.record, SINCE)) else {
                return Err(format!("“{thing}” không có giai đoạn nào đang mở."));
            };
            return Ok(Some(correct(last, self.merged(&last.record, &record))));
        };
        if let Some(same) = open.iter().find(|version| day(self.info, &version.record, SINCE) == Some(since))
        {
            return Ok(Some(correct(same, self.merged(&same.record, &record))));
        }
        let covers = |version: &&&StoredVersion| {
            day(self.info, &version.record, SINCE).is_some_and(|begins| begins < since)
                && day(self.info, &version.record, UNTIL).is_none_or(|ends| since < ends)
        };
        let Some(current) = open.iter().find(covers) else { return Ok(Some(Edit::Insert { record })) };
        let mut merged = self.merged(&current.record, &record);
        for id in [SINCE, UNTIL] {
            if let Some(field) = schema.field(id) {
                merged.set(field.no, current.record.get(field.no).clone());
            }
        }
        let differs = schema
            .spells
            .iter()
            .filter_map(|id| schema.field(id))
            .any(|field| merged.get(field.no) != current.record.get(field.no));
        if differs {
            return Ok(Some(Edit::Change {
                key: current.key.clone(),
                expected_ordinal: current.ordinal,
                since,
                record: merged,
            }));
        }
        Ok(Some(correct(current, merged)))
    }

    /// What is there, with what the row states put over it.
    fn merged(&self, before: &Record, stated: &Record) -> Record {
        let mut merged = before.clone();
        for (no, value) in stated.iter() {
            merged.set(no, value.clone());
        }
        for no in &self.request.mapped {
            if stated.get(*no) == &Value::Null {
                merged.set(*no, Value::Null);
            }
        }
        merged
    }

    /// Values, and the right to write what is there and what will be there.
    fn accept(&self, acts: &[RowAct], stored: &Versions) -> Result<(), Refused> {
        for act in acts {
            let record = match act {
                RowAct::Open { key, record, .. } => {
                    if let Some(fault) = check::values(self.info, key, record).into_iter().next() {
                        return Err((fault.field, fault.message));
                    }
                    Some(record)
                }
                RowAct::Close { key, .. } => stored.get(key).map(|version| &version.record),
            };
            let Some(record) = record else { continue };
            decide(&self.request.actor, AccessAct::Write, &object(self.trees, self.info, record)).map_err(
                |why| {
                    let register = self.info.schema.title.vi.clone();
                    (None, CommitError::Denied { register, why }.to_string())
                },
            )?;
        }
        Ok(())
    }

    fn step(&self, act: RowAct, stored: &Versions) -> Result<Step, StoreError> {
        let (key, closes) = match &act {
            RowAct::Close { key, .. } => (key, true),
            RowAct::Open { key, .. } => (key, false),
        };
        let before = stored.get(key);
        let previous = match before {
            Some(version) => rows::leaf_hash(self.db, version.seq_from, version.leaf)?,
            None => Hash32::ZERO,
        };
        let (vid, schema) = match before.filter(|_| closes) {
            Some(version) => (version.vid, self.catalog.schema_hash(version.schema)?),
            None => (0, self.info.schema_hash),
        };
        Ok(Step { act, previous, vid, schema })
    }
}

type Versions = BTreeMap<String, StoredVersion>;
/// Field id and sentence.
pub(super) type Refused = (Option<String>, String);

fn thing_of(info: &RegisterInfo, edit: &Edit) -> Result<String, String> {
    match edit {
        Edit::Insert { record } => {
            if info.schema.has_spells() {
                thing_key(&info.schema, record).map_err(|error| error.to_string())
            } else {
                key_text(&info.schema, record).map_err(|error| error.to_string())
            }
        }
        Edit::Correct { key, .. } | Edit::Change { key, .. } | Edit::Retire { key, .. } => {
            Ok(thing_of_key(&info.schema, key).to_owned())
        }
    }
}

fn correct(current: &StoredVersion, record: Record) -> Edit {
    Edit::Correct { key: current.key.clone(), expected_ordinal: current.ordinal, record }
}

fn day(info: &RegisterInfo, record: &Record, field: &str) -> Option<Day> {
    match record.get_id(&info.schema, field) {
        Some(Value::Day(day)) => Some(*day),
        _ => None,
    }
}
