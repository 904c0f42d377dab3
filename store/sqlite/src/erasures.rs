//! The erasure journal: every erasure of the ledger, in a file beside the database.
//!
//! A backup made before an erasure brings the value back. The record of the erasure lies in the ledger, which
//! is lost with the database; so it is told here too, in a small file that the operator copies elsewhere. A
//! line names what was erased and never holds it:
//!
//! `{"seq":110,"register":"parcel","key":"…","version":1,"field":7,"leaf":"…","ground":"…"}`
//!
//! `leaf` is the hash of the version's open leaf (of a commit's entry, where its texts were erased): only the
//! very version that was meant is erased again, whatever stands under its key in another branch.
//!
//! A backup made before a field was marked personal undoes the mark as well. Its line names the first declaration
//! of the register and the field: `{"seq":98,"register":"schema","key":"parcel/1","version":1,"field":7,…}`.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use mc_base::{Hash32, Seq};
use mc_ledger::Value;
use mc_ledger::tree::leaf_hash;
use mc_port::{CommitError, RowRefusal};
use mc_register::system;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::backup::BackupError;
use crate::catalog::Catalog;
use crate::commit::Work;
use crate::ddl::table;
use crate::erase::{self, COMMIT, COMMIT_NO, ErasedValue, Erasing};
use crate::evidence::{self, EVIDENCE};
use crate::files::file;
use crate::redact::WHOLE_COLUMN;
use crate::rows::{self, StoredVersion};
use crate::writer::Writer;

const FORMAT: &str = "minhchung-erasures/1";
/// Longer than any line of ours: a key has 900 bytes at most, a ground 500 characters.
const LINE_BYTES_MAX: u64 = 16_384;
/// Most lines of a journal.
const LINES_MAX: usize = 5_000_000;

/// First line of a journal.
#[derive(Serialize, Deserialize)]
struct Head {
    journal: String,
    instance: String,
}

/// One erased value or text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErasedLine {
    /// Position of the erasure.
    pub seq: u64,
    /// Register id; `commit` for a text of a commit, `evidence` for a kept file, `schema` for a mark.
    pub register: String,
    /// Record key; the number of the commit; the hash of the file; the register's first declaration.
    pub key: String,
    /// Version ordinal within the record; which keeping of the file.
    pub version: u32,
    /// Field number; kind of the text; 1 for the key of a file; the field that was marked.
    pub field: u16,
    /// Hash of the version's open leaf, of the commit's entry, or of the file.
    pub leaf: String,
    /// Legal ground.
    pub ground: String,
}

/// The journal of the instance that a writer holds.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    /// Position of the last erasure in it.
    until: u64,
    /// Bytes of its whole lines: what a failed write left behind them is overwritten by the next.
    whole: u64,
}

impl Journal {
    /// Takes the journal up, or begins it, and adds what is missing: a process may have ended between an
    /// erasure and its line.
    pub(crate) fn open(
        path: PathBuf,
        instance: &str,
        db: &Connection,
        catalog: &Catalog,
    ) -> Result<Self, StoreError> {
        let mut journal = Self { path, until: 0, whole: 0 };
        let mut of_last = 0;
        if journal.path.exists() {
            let until = &mut journal.until;
            journal.whole = scan(&journal.path, instance, &mut |line| {
                of_last = if line.seq == *until { of_last + 1 } else { 1 };
                *until = line.seq;
            })?;
            // A line that was cut off by a crash goes; its erasure is told again.
            File::options()
                .write(true)
                .open(&journal.path)
                .and_then(|out| out.set_len(journal.whole))
                .map_err(|error| journal.failed(error))?;
        } else {
            let head = Head { journal: FORMAT.to_owned(), instance: instance.to_owned() };
            let text = serde_json::to_string(&head).map_err(StoreError::corrupt)? + "\n";
            journal.append(text.as_bytes())?;
        }
        // The lines of one commit come in one order, so those that are there are its first.
        let lines = since(db, catalog, journal.until.saturating_sub(1))?;
        journal.add(lines.get(of_last..).unwrap_or_default())?;
        Ok(journal)
    }

    /// Adds the erasures of the ledger that are not in it yet, and makes them durable.
    pub(crate) fn catch_up(&mut self, db: &Connection, catalog: &Catalog) -> Result<(), StoreError> {
        let lines = since(db, catalog, self.until)?;
        self.add(&lines)
    }

    fn add(&mut self, lines: &[ErasedLine]) -> Result<(), StoreError> {
        let Some(last) = lines.last().map(|line| line.seq) else { return Ok(()) };
        let mut text = String::new();
        for line in lines {
            text.push_str(&serde_json::to_string(line).map_err(StoreError::corrupt)?);
            text.push('\n');
        }
        self.append(text.as_bytes())?;
        self.until = last;
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        append(&self.path, self.whole, bytes).map_err(|error| self.failed(error))?;
        self.whole += bytes.len() as u64;
        Ok(())
    }

    fn failed(&self, error: std::io::Error) -> StoreError {
        file(&format!("ghi nhật ký xóa “{}”", self.path.display()), error)
    }
}

impl Writer {
    /// Writes new erasures into the journal beside the database; what a crash leaves out the next start adds.
    pub(crate) fn tell_erasures(&mut self) -> Result<(), CommitError> {
        self.erasures.catch_up(&self.db, &self.catalog).map_err(|error| {
            CommitError::Store(format!("đã xóa, nhưng {error}; lần khởi động sau sẽ ghi lại"))
        })
    }
}

/// Writes after the first `whole` bytes of the file.
fn append(path: &Path, whole: u64, bytes: &[u8]) -> std::io::Result<()> {
    let mut out = File::options().create(true).truncate(false).write(true).mode(0o600).open(path)?;
    out.set_len(whole)?;
    out.seek(SeekFrom::Start(whole))?;
    out.write_all(bytes)?;
    out.sync_all()
}

/// An erasure is recorded together with what it takes away, or not at all: a replay would trust the record.
pub(crate) fn refused(work: &Work<'_>) -> Option<CommitError> {
    let recorded = work.request.edits.iter().any(|edit| edit.register == system::ERASURE);
    (work.erasing.is_empty() && recorded).then(|| {
        CommitError::Rows(vec![RowRefusal {
            register: system::ERASURE.to_owned(),
            key: String::new(),
            field: None,
            message: "Sổ này chỉ ghi bằng lệnh `minhchung erase`, cùng lúc với việc xóa.".to_owned(),
        }])
    })
}

/// Reads a journal of `instance`; a last line without its end is left out.
///
/// # Errors
/// When it is the journal of another instance, or none.
pub fn read_journal(path: &Path, instance: &str) -> Result<Vec<ErasedLine>, BackupError> {
    let mut lines = Vec::new();
    scan(path, instance, &mut |line| lines.push(line))
        .map_err(|error| BackupError::Journal(error.to_string()))?;
    Ok(lines)
}

/// Gives each whole line, and the length of all of them.
fn scan(path: &Path, instance: &str, each: &mut dyn FnMut(ErasedLine)) -> Result<u64, StoreError> {
    let failed = |error| file(&format!("đọc nhật ký xóa “{}”", path.display()), error);
    let damaged = |number: usize, what: &str| {
        StoreError::Corrupt(format!("nhật ký xóa “{}”, dòng {number}: {what}", path.display()))
    };
    let mut from = BufReader::new(File::open(path).map_err(failed)?);
    let mut whole = 0;
    for number in 1..=LINES_MAX {
        let mut line = String::new();
        let read = (&mut from).take(LINE_BYTES_MAX).read_line(&mut line).map_err(failed)?;
        let Some(text) = line.strip_suffix('\n') else {
            if read as u64 == LINE_BYTES_MAX || number == 1 {
                return Err(damaged(number, "không phải nhật ký xóa"));
            }
            return Ok(whole);
        };
        whole += read as u64;
        if number > 1 {
            let line = serde_json::from_str(text).map_err(|_| damaged(number, "không đọc được"))?;
            each(line);
            continue;
        }
        let head: Head = serde_json::from_str(text).map_err(|_| damaged(1, "không phải nhật ký xóa"))?;
        if head.journal != FORMAT || head.instance != instance {
            return Err(damaged(1, &format!("là của bản cài {}, cần {instance}", head.instance)));
        }
    }
    Err(damaged(LINES_MAX, "nhật ký quá dài"))
}

/// The erasures that the ledger records after `seq`, in its order.
fn since(db: &Connection, catalog: &Catalog, seq: u64) -> Result<Vec<ErasedLine>, StoreError> {
    let Some(info) = catalog.register(system::ERASURE) else { return Ok(Vec::new()) };
    let sql =
        format!("SELECT {} FROM {} WHERE seq_from > ?1 ORDER BY vid", info.columns, table(system::ERASURE));
    let records = rows::collect(db.prepare_cached(&sql)?.query([seq])?, info, catalog)?;
    let mut lines = Vec::with_capacity(records.len());
    for stored in records {
        let text = |id: &str| match stored.record.get_id(&info.schema, id) {
            Some(Value::Code(text) | Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let number = |id: &str| match stored.record.get_id(&info.schema, id) {
            Some(Value::Int(number)) => *number,
            _ => 0,
        };
        let (register, key) = (text("register"), text("record"));
        let version = u32::try_from(number("version")).map_err(StoreError::corrupt)?;
        let leaf = leaf_of(db, catalog, &register, &key, version)?
            .ok_or_else(|| StoreError::Corrupt(format!("lệnh xóa nêu {register}/{key} không có trong sổ")))?;
        lines.push(ErasedLine {
            seq: stored.seq_from.0,
            register,
            key,
            version,
            field: u16::try_from(number("field_no")).map_err(StoreError::corrupt)?,
            leaf: leaf.to_string(),
            ground: text("ground"),
        });
    }
    lines.extend(marks_since(db, catalog, seq)?);
    // A commit erases or declares, never both: its lines keep their order.
    lines.sort_by_key(|line| line.seq);
    Ok(lines)
}

/// The fields that declarations after `seq` marked personal.
fn marks_since(db: &Connection, catalog: &Catalog, seq: u64) -> Result<Vec<ErasedLine>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT d.seq, r.id, d.field FROM redaction AS d JOIN register AS r ON r.no = d.register
         WHERE d.vid = ?1 AND d.register <> ?2 AND d.seq > ?3 ORDER BY d.seq, r.id, d.field",
    )?;
    let mut found = statement.query(params![WHOLE_COLUMN, COMMIT_NO, seq])?;
    let mut lines = Vec::new();
    while let Some(row) = found.next()? {
        let register: String = row.get(1)?;
        let key = format!("{register}/1");
        let leaf = leaf_of(db, catalog, system::SCHEMA, &key, 1)?
            .ok_or_else(|| StoreError::Corrupt(format!("thiếu khai báo đầu tiên của sổ {register}")))?;
        lines.push(ErasedLine {
            seq: row.get(0)?,
            register: system::SCHEMA.to_owned(),
            key,
            version: 1,
            field: row.get(2)?,
            leaf: leaf.to_string(),
            ground: String::new(),
        });
    }
    Ok(lines)
}

/// The register of which a line says that a field was marked; `None` for what was erased.
pub(crate) fn marked_register(line: &ErasedLine) -> Option<&str> {
    (line.register == system::SCHEMA).then(|| line.key.strip_suffix("/1")).flatten()
}

/// Whether the version that a line names is the one that is here.
pub(crate) fn is_here(db: &Connection, catalog: &Catalog, line: &ErasedLine) -> Result<bool, StoreError> {
    let here = leaf_of(db, catalog, &line.register, &line.key, line.version)?;
    Ok(here.is_some_and(|here| here.to_string() == line.leaf))
}

/// The hash of the open leaf of a version, of the entry of a commit, or of a file that was kept.
fn leaf_of(
    db: &Connection,
    catalog: &Catalog,
    register: &str,
    key: &str,
    version: u32,
) -> Result<Option<Hash32>, StoreError> {
    if register == COMMIT {
        let Ok(seq) = key.parse::<u64>() else { return Ok(None) };
        let bytes: Option<Vec<u8>> = db
            .prepare_cached("SELECT bytes FROM entry WHERE seq = ?1")?
            .query_row([seq], |row| row.get(0))
            .optional()?;
        return Ok(bytes.map(|bytes| leaf_hash(&bytes)));
    }
    if register == EVIDENCE {
        let Some(hash) = Hash32::from_hex(key) else { return Ok(None) };
        let known = db
            .prepare_cached("SELECT 1 FROM evidence WHERE hash = ?1 AND ordinal = ?2")?
            .exists(params![&hash.0[..], version])?;
        return Ok(known.then_some(hash));
    }
    match find(db, catalog, register, key, version)? {
        Some(stored) => rows::leaf_hash(db, stored.seq_from, stored.leaf).map(Some),
        None => Ok(None),
    }
}

fn find(
    db: &Connection,
    catalog: &Catalog,
    register: &str,
    key: &str,
    version: u32,
) -> Result<Option<StoredVersion>, StoreError> {
    let Some(info) = catalog.register(register) else { return Ok(None) };
    let sql = format!("SELECT {} FROM {} WHERE key = ?1 AND ord = ?2", info.columns, table(register));
    let mut statement = db.prepare_cached(&sql)?;
    Ok(rows::collect(statement.query(params![key, version])?, info, catalog)?.pop())
}

/// What lines of a journal still find to erase here: versions and texts that are the very ones they name, and
/// whose values are there.
pub(crate) fn still_there(
    db: &Connection,
    catalog: &Catalog,
    lines: &[ErasedLine],
) -> Result<Erasing, StoreError> {
    let mut erasing = Erasing::default();
    // Two copies of a journal say the same.
    let mut seen = HashSet::new();
    for line in lines.iter().filter(|it| seen.insert((&it.register, &it.key, it.version, it.field))) {
        if !is_here(db, catalog, line)? {
            continue;
        }
        if line.register == COMMIT {
            let (Ok(seq), Ok(kind)) = (line.key.parse(), u8::try_from(line.field)) else { continue };
            if erase::text_exists(db, Seq(seq), kind)? {
                erasing.texts.insert((seq, kind));
            }
            continue;
        }
        if line.register == EVIDENCE {
            let Some(hash) = Hash32::from_hex(&line.key) else { continue };
            erasing.files.extend(evidence::still_kept(db, hash, line.version)?);
            continue;
        }
        let Some(info) = catalog.register(&line.register) else { continue };
        let Some(stored) = find(db, catalog, &line.register, &line.key, line.version)? else { continue };
        if erase::value_exists(db, info.no, stored.vid, line.field)? {
            erasing.values.push(ErasedValue {
                register: line.register.clone(),
                key: stored.key,
                ordinal: stored.ordinal,
                vid: stored.vid,
                field: line.field,
                schema: stored.schema,
                seq_from: stored.seq_from,
                leaf: stored.leaf,
            });
        }
    }
    Ok(erasing)
}
