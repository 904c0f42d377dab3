//! Evidence as readers meet it: what became of the file of a commit, and its bytes.

use std::fs::File;
use std::io::{BufReader, Error};

use mc_access::{Act, Object, decide};
use mc_base::{Hash32, Seq};
use mc_ledger::Value;
use mc_port::{EVIDENCE_BYTES_MAX, EvidenceFile, EvidenceState};
use mc_register::system;
use rusqlite::{Connection, params};

use super::{EVIDENCE, EVIDENCE_NO, ErasedFile, KEY, list_path, open, path};
use crate::convert::hash;
use crate::ddl::table;
use crate::layout::Layout;
use crate::reader::Reader;
use crate::{StoreError, rows as versions};

/// A keeping of a file.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) no: i64,
    pub(crate) hash: Hash32,
    pub(crate) ordinal: u32,
    pub(crate) key: Option<[u8; 32]>,
    /// The commits that were read from it, with the list of each.
    pub(crate) lists: Vec<(u64, Hash32)>,
}

impl Row {
    pub(super) fn to_erase(&self) -> ErasedFile {
        ErasedFile { no: self.no, hash: self.hash, ordinal: self.ordinal }
    }
}

/// Every keeping.
pub(crate) fn rows(db: &Connection) -> Result<Vec<Row>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT e.no, e.hash, e.ordinal, k.key FROM evidence AS e LEFT JOIN evidence_key AS k ON k.no = e.no
         ORDER BY e.no",
    )?;
    let mut uses =
        db.prepare_cached("SELECT seq, list FROM evidence_use WHERE evidence = ?1 ORDER BY seq")?;
    let mut found = statement.query([])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let (no, bytes): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let mut lists = Vec::new();
        let mut used = uses.query([no])?;
        while let Some(row) = used.next()? {
            lists.push((row.get(0)?, whole(&row.get::<_, Vec<u8>>(1)?)?));
        }
        let key = key(row.get(3)?)?;
        rows.push(Row { no, hash: whole(&bytes)?, ordinal: row.get(2)?, key, lists });
    }
    Ok(rows)
}

/// The keeping of a file from which a commit was read.
struct Used {
    hash: Hash32,
    ordinal: u32,
    bytes: u64,
    /// The erasure that took the key.
    ended: Option<Seq>,
    key: Option<[u8; 32]>,
}

fn used(db: &Connection, seq: Seq) -> Result<Option<Used>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT e.hash, e.ordinal, e.bytes, r.seq, k.key FROM evidence_use AS u
         JOIN evidence AS e ON e.no = u.evidence LEFT JOIN evidence_key AS k ON k.no = e.no
         LEFT JOIN redaction AS r ON r.register = ?2 AND r.vid = e.no AND r.field = ?3 WHERE u.seq = ?1",
    )?;
    let mut found = statement.query(params![seq.0, EVIDENCE_NO, KEY])?;
    let Some(row) = found.next()? else { return Ok(None) };
    let ended: Option<u64> = row.get(3)?;
    Ok(Some(Used {
        hash: whole(&row.get::<_, Vec<u8>>(0)?)?,
        ordinal: row.get(1)?,
        bytes: row.get(2)?,
        ended: ended.map(Seq),
        key: key(row.get(4)?)?,
    }))
}

fn key(bytes: Option<Vec<u8>>) -> Result<Option<[u8; 32]>, StoreError> {
    Ok(bytes.map(|bytes| whole(&bytes)).transpose()?.map(|Hash32(key)| key))
}

fn whole(bytes: &[u8]) -> Result<Hash32, StoreError> {
    hash(bytes).ok_or_else(|| StoreError::Corrupt("bảng minh chứng: một mã băm không đủ 32 byte".to_owned()))
}

/// Whether a list is there and is the one that its name says.
pub(crate) fn checked_list(layout: &Layout, list: Hash32) -> Result<bool, Error> {
    let mut stream = mc_ledger::hash::Sha256Stream::default();
    std::io::copy(&mut File::open(list_path(layout, list))?, &mut Hashing(&mut stream))?;
    Ok(stream.finish() == list)
}

struct Hashing<'s>(&'s mut mc_ledger::hash::Sha256Stream);

impl std::io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Reader {
    /// What became of the file that a commit was read from; `None` where it was read from none that was kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn evidence_of(&self, seq: Seq) -> Result<Option<EvidenceFile>, StoreError> {
        let Some(Used { hash, ordinal, bytes, ended, .. }) = used(self.db()?, seq)? else { return Ok(None) };
        let state = match ended {
            None => EvidenceState::Kept,
            Some(seq) => EvidenceState::Ended { seq, ground: self.ground(hash, ordinal)? },
        };
        Ok(Some(EvidenceFile { hash, bytes, state }))
    }

    /// How many files a commit ended.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn evidence_ended_by(&self, seq: Seq) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM redaction WHERE register = ?1 AND seq = ?2";
        Ok(self.db()?.prepare_cached(sql)?.query_row(params![EVIDENCE_NO, seq.0], |row| row.get(0))?)
    }

    /// The legal ground on which a file was ended.
    fn ground(&self, hash: Hash32, ordinal: u32) -> Result<String, StoreError> {
        let Some(info) = self.catalog.register(system::ERASURE) else { return Ok(String::new()) };
        let sql = format!("SELECT {} FROM {} WHERE key = ?1", info.columns, table(system::ERASURE));
        let key = format!("{EVIDENCE}/{hash}/{ordinal}/{KEY}");
        let mut statement = self.db()?.prepare_cached(&sql)?;
        let found = versions::collect(statement.query([key])?, info, &self.catalog)?.pop();
        Ok(match found.as_ref().and_then(|record| record.record.get_id(&info.schema, "ground")) {
            Some(Value::Text(ground)) => ground.clone(),
            _ => String::new(),
        })
    }

    /// The bytes of that file, for who may see personal data wherever it is recorded; `None` for others, and
    /// where it is not kept.
    ///
    /// # Errors
    /// When it is longer than [`EVIDENCE_BYTES_MAX`], was changed, or cannot be read.
    pub fn evidence_bytes(&self, seq: Seq) -> Result<Option<Vec<u8>>, StoreError> {
        if decide(self.viewer(), Act::ReadPersonal, &Object::default()).is_err() {
            return Ok(None);
        }
        let Some(Used { hash, ordinal, bytes, key: Some(key), .. }) = used(self.db()?, seq)? else {
            return Ok(None);
        };
        if bytes > EVIDENCE_BYTES_MAX {
            let most = EVIDENCE_BYTES_MAX >> 20;
            return Err(StoreError::Missing(format!(
                "Tệp lớn hơn {most} MB nên không tải qua trang web được."
            )));
        }
        let mut out = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0));
        let from = File::open(path(self.layout(), hash, ordinal));
        let mut from = BufReader::new(from.map_err(|error| crate::files::file("đọc tệp minh chứng", error))?);
        open(&mut from, &key, hash, &mut |segment| {
            out.extend_from_slice(segment);
            Ok(())
        })
        .map_err(|why| StoreError::Corrupt(format!("tệp minh chứng {hash}: {why}")))?;
        self.reveal(EVIDENCE, &seq.to_string());
        Ok(Some(out))
    }
}
