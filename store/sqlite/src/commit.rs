//! Making one ledger entry inside an open transaction.

use std::collections::{BTreeMap, BTreeSet};

use mc_access::{Act as AccessAct, Object, decide};
use mc_base::{Hash32, Instant, PlaceId, Seq};
use mc_ledger::tree::{leaf_hash, root};
use mc_ledger::{Act, Commitment, Entry, RowLeaf, SaltedText, TextKind, Value, canon};
use mc_port::{CommitError, CommitRequest, EDITS_MAX, Receipt, RowRefusal};
use mc_register::{Record, RowAct, key_text, thing_of_key};
use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;
use crate::catalog::{Catalog, RegisterInfo};
use crate::erase::{self, Erasing};
use crate::rows::{self, NewLeaf, NewVersion, StoredVersion};
use crate::world::World;
use crate::{check, declared, log};

/// What a commit is made against; it changes only when a commit touches declarations or places.
pub(crate) struct Context<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) catalog: &'a Catalog,
    pub(crate) places: &'a mc_port::PlaceTree,
    pub(crate) log: &'a mut log::Log,
    pub(crate) world: &'a mut dyn World,
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

/// A personal value that goes to its own table.
pub(crate) struct Personal {
    pub(crate) field: u16,
    pub(crate) salt: [u8; 32],
    pub(crate) value: Vec<u8>,
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

/// Writes entry, rows, leaves and personal values. The caller opened a transaction (or savepoint) and rolls it back
/// on any fault.
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
    check::rules(context.db, context.catalog, &made.touched, request.explained).map_err(Fault::Refused)?;
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
        let acts = match rows::states(&known).plan(&info.schema, &edit) {
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
        if work.erasing.values.is_empty() {
            allowed(context.places, info, request, &versions, &acts)?;
        }
        for act in acts {
            if let RowAct::Open { key, record, .. } = &act {
                new_keys.insert((info.schema.id.clone(), thing_of_key(&info.schema, key).to_owned()));
                refused.extend(check::values(info, key, record));
            }
            planned.push(row(context, info, &versions, act)?);
        }
    }
    for row in planned.iter().filter(|row| row.leaf.act == Act::Open) {
        refused.extend(check::references(
            context.db,
            catalog,
            context.places,
            row.info,
            &row.record,
            &new_keys,
        )?);
    }
    let opened = planned.iter().filter(|row| row.leaf.act == Act::Open);
    refused.extend(declared::refusals(
        catalog,
        opened.map(|row| (row.info, row.leaf.key.as_str(), &row.record)),
    ));
    if refused.is_empty() { Ok(planned) } else { Err(Fault::Refused(CommitError::Rows(refused))) }
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

/// The actor must be allowed to write both what is there and what will be there.
fn allowed(
    places: &mc_port::PlaceTree,
    info: &RegisterInfo,
    request: &CommitRequest,
    versions: &BTreeMap<String, StoredVersion>,
    acts: &[RowAct],
) -> Result<(), Fault> {
    for act in acts {
        let record = match act {
            RowAct::Open { record, .. } => Some(record),
            RowAct::Close { key, .. } => versions.get(key).map(|version| &version.record),
        };
        let Some(record) = record else { continue };
        decide(&request.actor, AccessAct::Write, &object(places, info, record)).map_err(|why| {
            Fault::Refused(CommitError::Denied { register: info.schema.title.vi.clone(), why })
        })?;
    }
    Ok(())
}

/// What a record is to the access rules.
pub(crate) fn object(places: &mc_port::PlaceTree, info: &RegisterInfo, record: &Record) -> Object {
    let value = |id: &Option<String>| id.as_deref().and_then(|id| record.get_id(&info.schema, id)).cloned();
    let agency = match value(&info.schema.owner) {
        Some(Value::Agency(agency)) => Some(agency),
        _ => None,
    };
    let places = match value(&info.schema.place) {
        Some(Value::Place(place)) => places.ancestors(place),
        _ => Vec::new(),
    };
    Object { agency, places }
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
    let (key, ordinal, closes, record) = match act {
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
    let (record, personal) = seal(&mut |salt| context.world.fill(salt), info, &leaf.key, ordinal, record)?;
    leaf.fields = rows::leaf_fields(&info.schema, &record);
    Ok(Planned { info, leaf, vid: 0, record, personal })
}

/// The versions with personal values in clear, as edits are compared with; what was erased is null.
pub(crate) fn in_clear(
    db: &Connection,
    info: &RegisterInfo,
    versions: &BTreeMap<String, StoredVersion>,
) -> Result<BTreeMap<String, StoredVersion>, StoreError> {
    let mut clear = versions.clone();
    for version in clear.values_mut() {
        for field in info.schema.field.iter().filter(|field| field.personal) {
            if matches!(version.record.get(field.no), Value::Commitment(_)) {
                let value = stored_personal(db, info.no, version.vid, field.no)?;
                version.record.set(field.no, value.unwrap_or(Value::Null));
            }
        }
    }
    Ok(clear)
}

/// An editor who may not see a personal value sends its commitment back: that means "as it is".
pub(crate) fn restore_unseen(info: &RegisterInfo, before: Option<&StoredVersion>, record: &mut Record) {
    for field in info.schema.field.iter().filter(|field| field.personal) {
        if matches!(record.get(field.no), Value::Commitment(_)) {
            record.set(field.no, before.map_or(Value::Null, |version| version.record.get(field.no).clone()));
        }
    }
}

/// Puts commitments in place of personal values, each under a salt of its own.
pub(crate) fn seal(
    fill: &mut dyn FnMut(&mut [u8]),
    info: &RegisterInfo,
    key: &str,
    ordinal: u32,
    mut record: Record,
) -> Result<(Record, Vec<Personal>), StoreError> {
    let mut kept = Vec::new();
    for field in info.schema.field.iter().filter(|field| field.personal) {
        let value = match record.get(field.no) {
            Value::Null => continue,
            value => value.clone(),
        };
        let mut salt = [0; 32];
        fill(&mut salt);
        let commitment = Commitment { register: &info.schema.id, field: field.no, key, ordinal, salt: &salt }
            .to(&value)
            .map_err(StoreError::corrupt)?;
        let mut bytes = Vec::new();
        canon::encode_value(&value, &mut bytes).map_err(StoreError::corrupt)?;
        kept.push(Personal { field: field.no, salt, value: bytes });
        record.set(field.no, Value::Commitment(commitment));
    }
    Ok((record, kept))
}

/// A personal value that was not erased.
pub(crate) fn stored_personal(
    db: &Connection,
    register: i64,
    vid: i64,
    field: u16,
) -> Result<Option<Value>, StoreError> {
    let bytes: Option<Vec<u8>> = db
        .prepare_cached("SELECT value FROM personal WHERE register = ?1 AND vid = ?2 AND field = ?3")?
        .query_row(params![register, vid, field], |row| row.get(0))
        .optional()?;
    bytes.map(|bytes| canon::decode_value(&bytes).map_err(StoreError::corrupt)).transpose()
}

fn write(
    context: &mut Context<'_>,
    request: &CommitRequest,
    request_hash: Hash32,
    planned: Vec<Planned<'_>>,
) -> Result<Made, Fault> {
    let db = context.db;
    let seq = context.log.size() + 1;
    let mut hashes = Vec::with_capacity(planned.len());
    let mut bytes = Vec::new();
    for row in &planned {
        row.leaf.encode_into(&mut bytes).map_err(|error| {
            Fault::Refused(CommitError::Rows(vec![RowRefusal {
                register: row.leaf.register.clone(),
                key: row.leaf.key.clone(),
                field: None,
                message: format!("Không ghi được “{}”: {error}.", row.leaf.key),
            }]))
        })?;
        hashes.push(leaf_hash(&bytes));
    }
    let rows_root = root(&hashes);
    let mut touched: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (mut opened, mut closed) = (0, 0);
    let leaf_count = planned.len() as u64;
    for (index, (mut row, hash)) in planned.into_iter().zip(hashes).enumerate() {
        let index = i64::try_from(index).unwrap_or(i64::MAX);
        let register = &row.info.schema.id;
        if row.leaf.act == Act::Erase {
            store(db, seq, index, &row, hash)?;
            continue;
        }
        let span = match touched.get_mut(register) {
            Some(span) => span,
            None => {
                let last = rows::last_vid(db, register)?;
                touched.entry(register.clone()).or_insert((last + 1, last))
            }
        };
        if row.leaf.act == Act::Open {
            span.1 += 1;
            row.vid = span.1;
            opened += 1;
        } else {
            closed += 1;
        }
        keys.entry(register.clone()).or_default().insert(row.leaf.key.clone());
        store(db, seq, index, &row, hash)?;
    }
    for (register, (from, to)) in &touched {
        if let Some(info) = context.catalog.register(register) {
            db.prepare_cached(
                "INSERT INTO register_span (register, seq, vid_from, vid_to) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![info.no, seq, from, to])?;
        }
    }
    let texts = Texts::of(request, request_hash, context.world);
    let recorded_at = context.log.next_instant(context.world.now());
    let entry = texts.entry(context.log, request, recorded_at, (leaf_count, rows_root));
    context.log.append(db, &entry)?;
    texts.write(db, seq)?;
    let receipt = Receipt { seq: Seq(seq), recorded_at, rows_root, opened, closed, repeated: false };
    Ok(Made { receipt, touched, keys, request: entry.request })
}

fn store(db: &Connection, seq: u64, index: i64, row: &Planned<'_>, hash: Hash32) -> Result<(), Fault> {
    NewLeaf { seq, index, register: row.info.no, vid: row.vid, leaf: &row.leaf, hash }.write(db)?;
    match (row.leaf.act, row.leaf.field) {
        (Act::Close, _) => return Ok(rows::close(db, &row.info.schema.id, row.vid, seq)?),
        (Act::Erase, field) => {
            return Ok(erase::value(db, seq, row.info.no, row.vid, field.unwrap_or(0))?);
        }
        (Act::Open, _) => {}
    }
    let version = NewVersion {
        vid: row.vid,
        seq,
        leaf: index,
        nonce: row.leaf.nonce,
        key: &row.leaf.key,
        ordinal: row.leaf.ordinal,
        record: &row.record,
    };
    rows::open(db, row.info, &version)?;
    for personal in &row.personal {
        db.prepare_cached(
            "INSERT INTO personal (register, vid, field, salt, value) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            row.info.no,
            row.vid,
            personal.field,
            &personal.salt[..],
            &personal.value[..]
        ])?;
    }
    Ok(())
}

/// The four texts of an entry with their salts.
pub(crate) struct Texts([(TextKind, SaltedText); 4]);

impl Texts {
    pub(crate) fn of(request: &CommitRequest, request_hash: Hash32, world: &mut dyn World) -> Self {
        let mut salted = |text: &str| {
            let mut salt = [0; 32];
            world.fill(&mut salt);
            SaltedText { salt, text: text.to_owned() }
        };
        Self([
            (TextKind::Source, salted(&request.source)),
            (TextKind::Reason, salted(&request.reason)),
            (TextKind::IdempotencyKey, salted(&request.idempotency_key)),
            (TextKind::Request, salted(&request_hash.to_string())),
        ])
    }

    pub(crate) fn entry(
        &self,
        log: &log::Log,
        request: &CommitRequest,
        at: Instant,
        rows: (u64, Hash32),
    ) -> Entry {
        let [source, reason, key, body] = &self.0;
        Entry {
            illustrative: log.illustrative(),
            instance: log.instance(),
            seq: Seq(log.size() + 1),
            recorded_at: at,
            actor: request.actor.id.clone(),
            source: source.1.hash(source.0),
            reason: reason.1.hash(reason.0),
            idempotency_key: key.1.hash(key.0),
            request: body.1.hash(body.0),
            leaf_count: rows.0,
            rows_root: rows.1,
        }
    }

    pub(crate) fn write(&self, db: &Connection, seq: u64) -> Result<(), StoreError> {
        for ((_, text), kind) in self.0.iter().zip(1..) {
            db.prepare_cached("INSERT INTO entry_text (seq, kind, salt, text) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![seq, kind, &text.salt[..], text.text])?;
        }
        Ok(())
    }
}

/// Kind of the request's text in table `entry_text`.
pub(crate) const REQUEST_TEXT: u8 = 4;

/// What makes two requests the same: everything but the idempotency key.
fn request_hash(request: &CommitRequest) -> Hash32 {
    let mut text =
        format!("{}\0{}\0{}\0{}", request.actor.id, request.source, request.reason, request.explained);
    for edit in &request.edits {
        text.push_str(&format!("\0{}\0{:?}", edit.register, edit.edit));
    }
    mc_ledger::hash::sha256(text.as_bytes())
}

pub(crate) fn repeated(db: &Connection, request: &CommitRequest, request_hash: Hash32) -> Result<(), Fault> {
    if request.idempotency_key.is_empty() {
        return Ok(());
    }
    let found: Option<(Vec<u8>, u64, String)> = db
        .prepare_cached("SELECT request_hash, seq, reply FROM idempotency WHERE actor = ?1 AND key = ?2")?
        .query_row(params![request.actor.id, request.idempotency_key], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((hash, seq, reply)) = found else { return Ok(()) };
    // The request's hash is kept under the salt of its entry, so that erasing the salt erases it too; what can no
    // longer be compared is not done a second time.
    let salt: Option<Vec<u8>> = db
        .prepare_cached("SELECT salt FROM entry_text WHERE seq = ?1 AND kind = ?2")?
        .query_row(params![seq, REQUEST_TEXT], |row| row.get(0))
        .optional()?;
    let same = salt.and_then(|salt| salt.try_into().ok()).is_some_and(|salt: [u8; 32]| {
        let text = SaltedText { salt, text: request_hash.to_string() };
        hash == text.hash(TextKind::Request).0
    });
    if !same {
        return Err(Fault::Refused(CommitError::KeyReused(request.idempotency_key.clone())));
    }
    let receipt = read_reply(seq, &reply)
        .ok_or_else(|| StoreError::Corrupt(format!("câu trả lời của lần ghi {seq}")))?;
    Err(Fault::Repeated(receipt))
}

pub(crate) fn remember(db: &Connection, request: &CommitRequest, made: &Made) -> Result<(), Fault> {
    let receipt = &made.receipt;
    if request.idempotency_key.is_empty() {
        return Ok(());
    }
    let reply =
        format!("{} {} {} {}", receipt.recorded_at.0, receipt.rows_root, receipt.opened, receipt.closed);
    db.prepare_cached(
        "INSERT INTO idempotency (actor, key, request_hash, seq, reply) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        request.actor.id,
        request.idempotency_key,
        &made.request.0[..],
        receipt.seq.0,
        reply
    ])?;
    Ok(())
}

fn read_reply(seq: u64, reply: &str) -> Option<Receipt> {
    let mut parts = reply.split(' ');
    Some(Receipt {
        seq: Seq(seq),
        recorded_at: Instant(parts.next()?.parse().ok()?),
        rows_root: Hash32::from_hex(parts.next()?)?,
        opened: parts.next()?.parse().ok()?,
        closed: parts.next()?.parse().ok()?,
        repeated: true,
    })
}

/// The place number of records without a place.
pub(crate) const fn unknown_place(home: PlaceId) -> i64 {
    crate::cells::unknown_in(home.0)
}
