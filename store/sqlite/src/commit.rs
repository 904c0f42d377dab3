//! Making one ledger entry inside an open transaction.

mod covers;
mod personal;
mod repeat;
mod rights;
mod texts;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use mc_base::{Hash32, PlaceId};
use mc_ledger::{Act, RowLeaf};
use mc_port::{CommitError, CommitRequest, EDITS_MAX, Receipt, RowRefusal};
use mc_register::{Record, RowAct, key_text, thing_of_key};
use rusqlite::Connection;

use crate::StoreError;
use crate::catalog::{Catalog, RegisterInfo};
use crate::erase::{self, Erasing};
use crate::rows::{self, StoredVersion};
use crate::world::World;
use crate::{check, declared, evidence, log};

use repeat::request_hash;
use rights::allowed;
use write::write;

pub(crate) use personal::{
    Kept, Personal, as_written, in_clear, kept, leaf_tells, redacted, restore_unseen, seal,
};
pub(crate) use repeat::{remember, repeated};
pub(crate) use rights::object;
pub(crate) use texts::{REQUEST_TEXT, Texts};

/// What a commit is made against; it changes only when a commit touches declarations, places or agencies.
pub(crate) struct Context<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) catalog: &'a Catalog,
    pub(crate) places: &'a mc_port::PlaceTree,
    pub(crate) agencies: &'a mc_port::AgencyTree,
    pub(crate) log: &'a mut log::Log,
    pub(crate) world: &'a mut dyn World,
}

impl Context<'_> {
    fn trees(&self) -> mc_port::Trees<'_> {
        mc_port::Trees { places: self.places, agencies: self.agencies, day: self.log.day() }
    }
}

/// What one entry is made of: the edits asked for, and what is erased beside them.
pub(crate) struct Work<'a> {
    pub(crate) request: &'a CommitRequest,
    pub(crate) erasing: &'a Erasing,
}

/// A row of the commit being made, before it has its place among the rows.
struct Planned<'a> {
    info: &'a RegisterInfo,
    leaf: RowLeaf,
    /// The version closed or erased from, or 0 for one to be opened.
    vid: i64,
    record: Record,
    personal: Vec<Personal>,
}

/// What `make` did, for the derived tables.
pub(crate) struct Made {
    pub(crate) receipt: Receipt,
    /// First and last version opened, by register number; (1, 0) where none was.
    pub(crate) touched: BTreeMap<String, (i64, i64)>,
    /// Keys opened or closed, by register.
    pub(crate) keys: BTreeMap<String, BTreeSet<String>>,
    /// The entry's salted hash of the request.
    pub(crate) request: Hash32,
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Refused(CommitError::Store(error.to_string()))
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

/// Why no entry was made.
pub(crate) enum Fault {
    /// The request was made before; its first reply.
    Repeated(Receipt),
    /// It is refused.
    Refused(CommitError),
}

/// Writes entry, rows, leaves and personal values. The caller opened a transaction (or savepoint) and rolls
/// it back on any fault.
pub(crate) fn make(context: &mut Context<'_>, work: &Work<'_>) -> Result<Made, Fault> {
    let request = work.request;
    if request.edits.len() > EDITS_MAX {
        return Err(Fault::Refused(CommitError::TooMany(request.edits.len())));
    }
    let request_hash = request_hash(request);
    repeated(context.db, request, request_hash)?;
    let seq = context.log.size() + 1;
    context.db.prepare_cached("INSERT OR REPLACE INTO writing (only, seq) VALUES (1, ?1)")?.execute([seq])?;
    let mut planned = plan(context, work)?;
    erasures(context, work.erasing, &mut planned)?;
    if planned.is_empty() {
        return Err(Fault::Refused(CommitError::Unchanged));
    }
    planned.sort_by(|a, b| a.leaf.sort_key().cmp(&b.leaf.sort_key()));
    let made = write(context, request, request_hash, planned)?;
    erase::texts(context.db, made.receipt.seq.0, &work.erasing.texts)?;
    evidence::end(context.db, made.receipt.seq.0, &work.erasing.files)?;
    check::rules(context.db, context.catalog, &made.touched).map_err(Fault::Refused)?;
    remember(context.db, request, &made)?;
    context.db.prepare_cached("DELETE FROM writing")?.execute([])?;
    Ok(made)
}

fn plan<'a>(context: &mut Context<'a>, work: &Work<'_>) -> Result<Vec<Planned<'a>>, Fault> {
    let catalog = context.catalog;
    let request = work.request;
    let mut planned = Vec::new();
    let mut refused = Vec::new();
    let mut things: BTreeSet<(String, String)> = BTreeSet::new();
    let mut new_keys: BTreeSet<(String, String)> = BTreeSet::new();
    for edit in &request.edits {
        let Some(info) = catalog.register(&edit.register) else {
            return Err(Fault::Refused(CommitError::NoRegister(edit.register.clone())));
        };
        let mut edit = edit.edit.clone();
        let refusal = |key: &str, message: String| RowRefusal {
            register: info.schema.id.clone(),
            key: key.to_owned(),
            field: None,
            message,
        };
        if let Some(record) = record_of(&mut edit) {
            check::look_up(context.db, catalog, info, record)?;
        }
        let key = match target(info, &edit) {
            Ok(key) => key,
            Err(message) => {
                refused.push(refusal("", message));
                continue;
            }
        };
        let thing = thing_of_key(&info.schema, &key).to_owned();
        let versions = rows::thing(context.db, info, catalog, &key)?;
        let known = in_clear(context.db, info, &versions)?;
        if let Some(record) = record_of(&mut edit) {
            restore_unseen(info, known.get(&key), record);
        }
        let acts = match rows::states(&known).plan(&info.schema, edit) {
            Ok(acts) => acts,
            Err(mc_register::ChangeError::NothingChanged { .. }) => continue,
            Err(error) => {
                refused.push(refusal(&key, error.to_string()));
                continue;
            }
        };
        if !things.insert((info.schema.id.clone(), thing.clone())) {
            refused.push(refusal(&key, format!("Một lần ghi chỉ sửa “{thing}” một lần; có hai thao tác.")));
            continue;
        }
        // Whoever may erase may record it.
        if work.erasing.is_empty() {
            allowed(context.trees(), info, request, &versions, &acts)?;
        }
        for act in acts {
            if let RowAct::Open { key, record, .. } = &act {
                new_keys.insert((info.schema.id.clone(), thing_of_key(&info.schema, key).to_owned()));
                refused.extend(check::values(info, key, record));
            }
            planned.push(row(context, info, &versions, act)?);
        }
    }
    refused.extend(refusals(context, &planned, &new_keys)?);
    if refused.is_empty() { Ok(planned) } else { Err(Fault::Refused(CommitError::Rows(refused))) }
}

/// What only all planned rows together can tell: references into the same commit, and declarations.
fn refusals(
    context: &Context<'_>,
    planned: &[Planned<'_>],
    new_keys: &BTreeSet<(String, String)>,
) -> Result<Vec<RowRefusal>, StoreError> {
    let mut refused = Vec::new();
    let opened = || planned.iter().filter(|row| row.leaf.act == Act::Open);
    for row in opened() {
        refused.extend(check::references(
            context.db,
            context.catalog,
            context.places,
            row.info,
            &row.record,
            new_keys,
        )?);
    }
    let declared = opened().map(|row| (row.info, row.leaf.key.as_str(), &row.record));
    refused.extend(declared::refusals(context.catalog, declared));
    refused.extend(covers::refusals(context, planned)?);
    Ok(refused)
}

pub(crate) fn record_of(edit: &mut mc_register::Edit) -> Option<&mut Record> {
    match edit {
        mc_register::Edit::Insert { record }
        | mc_register::Edit::Correct { record, .. }
        | mc_register::Edit::Change { record, .. } => Some(record),
        mc_register::Edit::Retire { .. } => None,
    }
}

fn target(info: &RegisterInfo, edit: &mc_register::Edit) -> Result<String, String> {
    match edit {
        mc_register::Edit::Insert { record } => {
            key_text(&info.schema, record).map_err(|error| error.to_string())
        }
        mc_register::Edit::Correct { key, .. }
        | mc_register::Edit::Change { key, .. }
        | mc_register::Edit::Retire { key, .. } => Ok(key.clone()),
    }
}

/// Adds a leaf for each value to be erased.
fn erasures<'a>(
    context: &mut Context<'a>,
    erasing: &Erasing,
    planned: &mut Vec<Planned<'a>>,
) -> Result<(), Fault> {
    for value in &erasing.values {
        let Some(info) = context.catalog.register(&value.register) else {
            return Err(Fault::Refused(CommitError::NoRegister(value.register.clone())));
        };
        let mut nonce = [0; 16];
        context.world.fill(&mut nonce);
        let leaf = RowLeaf {
            register: value.register.clone(),
            schema: context.catalog.schema_hash(value.schema)?,
            key: value.key.clone(),
            act: Act::Erase,
            ordinal: value.ordinal,
            field: Some(value.field),
            previous: rows::leaf_hash(context.db, value.seq_from, value.leaf)?,
            nonce,
            fields: Vec::new(),
        };
        planned.push(Planned { info, leaf, vid: value.vid, record: Record::new(), personal: Vec::new() });
    }
    Ok(())
}

fn row<'a>(
    context: &mut Context<'a>,
    info: &'a RegisterInfo,
    versions: &BTreeMap<String, StoredVersion>,
    act: RowAct,
) -> Result<Planned<'a>, Fault> {
    let db = context.db;
    let mut nonce = [0; 16];
    context.world.fill(&mut nonce);
    let (key, ordinal, closes, mut record) = match act {
        RowAct::Close { key, ordinal } => (key, ordinal, true, Record::new()),
        RowAct::Open { key, ordinal, record } => (key, ordinal, false, record),
    };
    let before = versions.get(&key);
    let previous = match before {
        Some(version) => rows::leaf_hash(db, version.seq_from, version.leaf)?,
        None => Hash32::ZERO,
    };
    let mut leaf = RowLeaf {
        register: info.schema.id.clone(),
        schema: info.schema_hash,
        key,
        act: if closes { Act::Close } else { Act::Open },
        ordinal,
        field: None,
        previous,
        nonce,
        fields: Vec::new(),
    };
    if closes {
        let vid = before.map_or(0, |version| version.vid);
        // A close leaf names the schema that its version was written under.
        if let Some(version) = before {
            leaf.schema = context.catalog.schema_hash(version.schema)?;
        }
        return Ok(Planned { info, leaf, vid, record, personal: Vec::new() });
    }
    let personal = seal(&mut |salt| context.world.fill(salt), info, &leaf.key, ordinal, &record)?;
    for kept in &personal {
        record.set(kept.field, mc_ledger::Value::Commitment(kept.commitment));
    }
    leaf.fields = rows::leaf_fields(&info.schema, &record, &personal);
    Ok(Planned { info, leaf, vid: 0, record, personal })
}

/// The place number of records without a place.
pub(crate) const fn unknown_place(home: PlaceId) -> i64 {
    crate::cells::unknown_in(home.0)
}
