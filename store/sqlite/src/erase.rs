//! Erasing personal values: a commit like any other, which says what was erased and on which ground, and
//! after which the values lie in no file.

use std::collections::BTreeSet;
use std::time::Duration;

use mc_access::{Act, Actor, decide};
use mc_base::Seq;
use mc_ledger::Value;
use mc_port::{CommitError, CommitRequest, EditRequest, Receipt, RowRefusal, record};
use mc_register::{Edit, Schema, system};
use rusqlite::{Connection, OptionalExtension, params};

use crate::catalog::RegisterInfo;
use crate::commit::{REQUEST_TEXT, Work, object, redacted};
use crate::ddl::table;
use crate::evidence::{self, EVIDENCE, ErasedFile, speaking_of};
use crate::files::WriterLock;
use crate::reader::{Reader, Store};
use crate::rows::{self, StoredVersion};
use crate::writer::Writer;
use crate::{StoreError, find, meta, open};

/// What is to be erased, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ErasureRequest {
    /// Who; needs the right to erase.
    pub actor: Actor,
    /// Register id.
    pub register: String,
    /// Record key; in a register with spells also the key without `since`, for all spells.
    pub key: String,
    /// Field ids; `None`: every personal field.
    pub fields: Option<Vec<String>>,
    /// Legal ground, for example an article of Decree 13/2023/NĐ-CP.
    pub ground: String,
    /// Reason; must not repeat what is erased.
    pub reason: String,
    /// Also the source and reason texts of the commits that wrote the record.
    pub texts: bool,
}

/// What a commit erases beside its edits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Erasing {
    pub(crate) values: Vec<ErasedValue>,
    /// Position and kind of texts of earlier entries.
    pub(crate) texts: BTreeSet<(u64, u8)>,
    /// Files whose keys go.
    pub(crate) files: BTreeSet<ErasedFile>,
}

impl Erasing {
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.texts.is_empty() && self.files.is_empty()
    }
}

/// One value: a field of a version.
#[derive(Clone, Debug)]
pub(crate) struct ErasedValue {
    pub(crate) register: String,
    pub(crate) key: String,
    pub(crate) ordinal: u32,
    pub(crate) vid: i64,
    pub(crate) field: u16,
    /// Number of the schema that the version was written under.
    pub(crate) schema: i64,
    /// Where the version's open leaf lies.
    pub(crate) seq_from: Seq,
    pub(crate) leaf: i64,
}

/// `register` of an erasure record that names a text of a commit: its record is the commit's number, its
/// version 1, its field the kind of the text.
pub(crate) const COMMIT: &str = "commit";
/// `register` of a redaction row of such a text.
pub(crate) const COMMIT_NO: i64 = 0;
/// In a redaction row: the version's nonce, in the place of a field's number.
pub(crate) const NONCE: u16 = 0;
/// Kinds of texts that are erased when asked: source and reason.
const ASKED_TEXTS: [u8; 2] = [1, 2];
/// Set until what was erased is out of the journal too.
pub(crate) const SCRUB_DUE: &str = "scrub_due";
/// How long emptying the journal waits for readers: a page takes less, a backup takes minutes.
const SCRUB_WAIT: Duration = Duration::from_millis(500);

impl Writer {
    /// Erases personal values of all versions of a record: values and salts, and the hashes of the requests
    /// that brought them, and the keys of the kept files that speak of the record. The leaves stay; `verify` and
    /// proofs say "erased". When it returns, the values are in no file of the data directory; where a reader holds
    /// the journal open for too long, they are in the journal until it is gone ([`Reader::scrub_due`]).
    ///
    /// # Errors
    /// Why it is refused; or a failure of the store.
    pub fn erase(&mut self, asked: &ErasureRequest) -> Result<Receipt, CommitError> {
        // Values of a field marked personal must all lie where they can be erased.
        self.move_rest(&mut |_| {})?;
        let catalog = self.catalog();
        let info = catalog
            .register(&asked.register)
            .ok_or_else(|| CommitError::NoRegister(asked.register.clone()))?;
        let fields = fields(&info.schema, asked)?;
        let versions = versions(self.db(), info, &catalog, &asked.key).map_err(failed)?;
        if versions.is_empty() {
            let message = format!("Không có bản ghi “{}” trong sổ “{}”.", asked.key, info.schema.title.vi);
            return Err(refused(asked, None, message));
        }
        for version in &versions {
            decide(&asked.actor, Act::Erase, &object(self.trees(), info, &version.record))
                .map_err(|why| CommitError::Denied { register: info.schema.title.vi.clone(), why })?;
        }
        let mut erasing = erasing(self.db(), info, &versions, &fields, asked.texts).map_err(failed)?;
        if !fields.is_empty() {
            let keys = versions.iter().map(|version| version.key.as_str()).collect();
            erasing.files = speaking_of(self.db(), &self.layout, info, &keys).map_err(failed)?;
        }
        if erasing.is_empty() {
            return Err(CommitError::Unchanged);
        }
        self.erase_all(&asked.actor, erasing, &asked.ground, &asked.reason)
    }

    /// Erases and records it; see [`Writer::erase`].
    pub(crate) fn erase_all(
        &mut self,
        actor: &Actor,
        erasing: Erasing,
        ground: &str,
        reason: &str,
    ) -> Result<Receipt, CommitError> {
        let catalog = self.catalog();
        let Some(records) = catalog.register(system::ERASURE) else {
            return Err(CommitError::NoRegister(system::ERASURE.to_owned()));
        };
        let request = CommitRequest {
            actor: actor.clone(),
            source: "lệnh xóa dữ liệu cá nhân".to_owned(),
            reason: reason.to_owned(),
            idempotency_key: String::new(),
            edits: edits(&records.schema, &erasing, ground, reason),
        };
        let work = [Work { request: &request, erasing: &erasing }];
        let receipt = self.commit_works(&work).pop().unwrap_or(Err(CommitError::Unchanged))?;
        let told = self.tell_erasures();
        // The erasure is durable: what a reader delays is done beside the writer, or by the next start; a file that
        // cannot be removed is told by `Reader::unswept`.
        let _ = self.scrub();
        told.map(|()| receipt)
    }

    /// Empties the journal of what was erased, and removes the files whose keys went.
    pub(crate) fn scrub(&mut self) -> Result<(), StoreError> {
        let swept = if due(&self.db)? { evidence::sweep(&self.db, &self.layout) } else { Ok(()) };
        self.empty_journal()?;
        swept
    }

    /// Empties the journal of what was erased. While a reader holds it, it is left to [`crate::journal::Copier`], which
    /// tries again until the reader is gone.
    pub(crate) fn empty_journal(&mut self) -> Result<(), StoreError> {
        let done = {
            let _held = self.copier.hold();
            scrub(&self.db)
        };
        if !matches!(done, Ok(true)) {
            self.copier.scrub_later();
        }
        done.map(drop)
    }
}

impl Reader {
    /// Whether values that were erased may still lie in the journal, because a reader held it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn scrub_due(&self) -> Result<bool, StoreError> {
        due(self.db()?)
    }
}

fn due(db: &Connection) -> Result<bool, StoreError> {
    Ok(meta::get(db, SCRUB_DUE)?.is_some())
}

/// Empties the journal for whoever held it, where it is due and no process writes that would do it itself.
pub(crate) fn scrub_without_writer(store: &Store) -> Result<(), StoreError> {
    if !store.reader(&Actor::operator())?.scrub_due()? {
        return Ok(());
    }
    if let Ok(_alone) = WriterLock::take(store.layout()) {
        scrub(&open::writer(&store.layout().database())?)?;
    }
    Ok(())
}

/// Empties the journal where that is due; false while a reader holds it.
pub(crate) fn scrub(db: &Connection) -> Result<bool, StoreError> {
    let Some(due) = meta::get(db, SCRUB_DUE)? else { return Ok(true) };
    // Writers wait for as long as this waits for readers.
    db.busy_timeout(SCRUB_WAIT)?;
    let busy = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
    db.busy_timeout(open::WAIT_FOR_LOCK)?;
    if busy? != 0 {
        return Ok(false);
    }
    // An erasure of meanwhile has set another position.
    db.execute("DELETE FROM meta WHERE name = ?1 AND value = ?2", [SCRUB_DUE, &due])?;
    Ok(true)
}

fn failed(error: StoreError) -> CommitError {
    CommitError::Store(error.to_string())
}

fn refused(asked: &ErasureRequest, field: Option<&str>, message: String) -> CommitError {
    CommitError::Rows(vec![RowRefusal {
        register: asked.register.clone(),
        key: asked.key.clone(),
        field: field.map(str::to_owned),
        message,
    }])
}

/// The personal fields asked for, by number.
fn fields(schema: &Schema, asked: &ErasureRequest) -> Result<Vec<u16>, CommitError> {
    let Some(ids) = &asked.fields else {
        return Ok(schema.field.iter().filter(|field| field.personal).map(|field| field.no).collect());
    };
    let number = |id: &String| match schema.field(id) {
        Some(field) if field.personal => Ok(field.no),
        Some(field) => Err(refused(
            asked,
            Some(id),
            format!("Trường “{}” không phải dữ liệu cá nhân nên không xóa được.", field.title.vi),
        )),
        None => Err(refused(asked, Some(id), format!("Sổ “{}” không có trường “{id}”.", schema.title.vi))),
    };
    ids.iter().map(number).collect()
}

/// All versions of the record; where the key lacks `since`, of all spells.
fn versions(
    db: &Connection,
    info: &RegisterInfo,
    catalog: &crate::catalog::Catalog,
    key: &str,
) -> Result<Vec<StoredVersion>, StoreError> {
    let thing = info.schema.has_spells() && key.matches('/').count() + 1 == info.schema.key.len();
    // '0' follows '/': the range holds exactly the keys that begin with the thing and a slash.
    let condition = if thing { "key > ?1 || '/' AND key < ?1 || '0'" } else { "key = ?1" };
    let sql = format!(
        "SELECT {} FROM {} WHERE {condition} ORDER BY key, ord",
        info.columns,
        table(&info.schema.id)
    );
    rows::collect(db.prepare_cached(&sql)?.query([key])?, info, catalog)
}

fn erasing(
    db: &Connection,
    info: &RegisterInfo,
    versions: &[StoredVersion],
    fields: &[u16],
    with_texts: bool,
) -> Result<Erasing, StoreError> {
    let mut erasing = Erasing::default();
    for version in versions {
        let mut any = with_texts;
        for field in fields {
            if value_exists(db, info.no, version.vid, *field)? {
                any = true;
                erasing.values.push(ErasedValue {
                    register: info.schema.id.clone(),
                    key: version.key.clone(),
                    ordinal: version.ordinal,
                    vid: version.vid,
                    field: *field,
                    schema: version.schema,
                    seq_from: version.seq_from,
                    leaf: version.leaf,
                });
            }
        }
        let kinds = if with_texts { &ASKED_TEXTS[..] } else { &[] };
        let kinds = kinds.iter().copied().chain(any.then_some(REQUEST_TEXT));
        for kind in kinds {
            if text_exists(db, version.seq_from, kind)? {
                erasing.texts.insert((version.seq_from.0, kind));
            }
        }
    }
    Ok(erasing)
}

pub(crate) fn value_exists(db: &Connection, register: i64, vid: i64, field: u16) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM personal WHERE register = ?1 AND vid = ?2 AND field = ?3)";
    Ok(db.prepare_cached(sql)?.query_row(params![register, vid, field], |row| row.get(0))?)
}

pub(crate) fn text_exists(db: &Connection, seq: Seq, kind: u8) -> Result<bool, StoreError> {
    let found: Option<i64> = db
        .prepare_cached("SELECT 1 FROM entry_text WHERE seq = ?1 AND kind = ?2")?
        .query_row(params![seq.0, kind], |row| row.get(0))
        .optional()?;
    Ok(found.is_some())
}

/// A record for each value, text and file.
pub(crate) fn edits(schema: &Schema, erasing: &Erasing, ground: &str, reason: &str) -> Vec<EditRequest> {
    let edit = |register: &str, key: String, version: u32, field: u16| {
        let record = record(
            schema,
            [
                ("register", Value::Code(register.to_owned())),
                ("record", Value::Code(key)),
                ("version", Value::Int(i64::from(version))),
                ("field_no", Value::Int(i64::from(field))),
                ("ground", stated(ground)),
                ("reason", stated(reason)),
            ],
        );
        EditRequest { register: system::ERASURE.to_owned(), edit: Edit::Insert { record } }
    };
    let values = erasing.values.iter().map(|it| edit(&it.register, it.key.clone(), it.ordinal, it.field));
    let texts = erasing.texts.iter().map(|(seq, kind)| edit(COMMIT, seq.to_string(), 1, u16::from(*kind)));
    let files =
        erasing.files.iter().map(|file| edit(EVIDENCE, file.hash.to_string(), file.ordinal, evidence::KEY));
    values.chain(texts).chain(files).collect()
}

fn stated(text: &str) -> Value {
    if text.trim().is_empty() { Value::Null } else { Value::Text(text.to_owned()) }
}

/// Takes a personal value and its salt away. The version row keeps the commitment, which says nothing without
/// them. A value that its leaf holds in clear (its field was marked personal later) takes the version's nonce with
/// it: then only the leaf hash is left.
pub(crate) fn value(
    db: &Connection,
    seq: u64,
    info: &RegisterInfo,
    vid: i64,
    field: u16,
) -> Result<(), StoreError> {
    let register = info.no;
    redaction(db, seq, register, vid, field)?;
    let gone: Option<(Vec<u8>, Vec<u8>)> = db
        .prepare_cached(
            "DELETE FROM personal WHERE register = ?1 AND vid = ?2 AND field = ?3 RETURNING salt, value",
        )?
        .query_row(params![register, vid, field], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((_, value)) = &gone {
        find::remove(db, info, vid, field, value)?;
    }
    if gone.is_some_and(|(salt, _)| salt.is_empty()) && !redacted(db, register, vid, NONCE)? {
        redaction(db, seq, register, vid, NONCE)?;
        rows::redact_nonce(db, &info.schema.id, vid)?;
    }
    meta::set(db, SCRUB_DUE, &seq.to_string())
}

/// Takes texts of earlier entries and their salts away.
pub(crate) fn texts(db: &Connection, seq: u64, texts: &BTreeSet<(u64, u8)>) -> Result<(), StoreError> {
    for (of, kind) in texts {
        let vid = i64::try_from(*of).map_err(StoreError::corrupt)?;
        redaction(db, seq, COMMIT_NO, vid, u16::from(*kind))?;
        db.prepare_cached("DELETE FROM entry_text WHERE seq = ?1 AND kind = ?2")?
            .execute(params![of, kind])?;
        meta::set(db, SCRUB_DUE, &seq.to_string())?;
    }
    Ok(())
}

/// Records that the commit being made takes something away; the triggers look here.
pub(crate) fn redaction(
    db: &Connection,
    seq: u64,
    register: i64,
    vid: i64,
    field: u16,
) -> Result<(), StoreError> {
    db.prepare_cached("INSERT INTO redaction (register, vid, field, seq) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![register, vid, field, seq])?;
    Ok(())
}
