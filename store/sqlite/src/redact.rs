//! What a new schema asks of versions that are there already: the values of fields that it marks personal go to
//! the erasable table, and search takes up its new words. The commit that declares the schema redacts; a first
//! slice of versions is in its own transaction, the others follow in short ones, between which others write.
//! Until the last one, what still lies in the register is shown as personal, and search leaves the register out.

mod consequence;
mod job;

use mc_ledger::canon;
use mc_port::CommitError;
use mc_register::{Field, FieldType, Schema};
use rusqlite::{Connection, params};

pub use consequence::Marking;
pub(crate) use job::{Job, pending};

use crate::build::Settling;
use crate::catalog::{Catalog, RegisterInfo, newly_marked};
use crate::convert::from_column;
use crate::ddl::{column, table};
use crate::erase::{SCRUB_DUE, redaction};
use crate::import::{next_slice, now};
use crate::writer::Writer;
use crate::{StoreError, find, meta, rows, search};

/// In a redaction row: all versions that were there, in the place of a version's number.
pub(crate) const WHOLE_COLUMN: i64 = 0;
/// Versions done in the transaction of the commit itself.
const AT_ONCE: u64 = 2_000;

/// What the step from one schema to the next asks of the versions that are there.
pub(crate) struct Step {
    register: String,
    /// Fields whose values move.
    marked: Vec<u16>,
    /// The words of search change.
    searched: bool,
}

impl Step {
    /// `None` where nothing that is there is concerned.
    pub(crate) fn between(known: &Schema, new: &Schema) -> Option<Self> {
        let marked: Vec<u16> = newly_marked(known, new).collect();
        let searched = words(known) != words(new);
        (searched || !marked.is_empty()).then(|| Self { register: new.id.clone(), marked, searched })
    }

    /// Redacts what is marked and does the first slice, inside the transaction of commit `seq`. The catalog
    /// holds the new schema.
    pub(crate) fn begin(&self, db: &Connection, catalog: &Catalog, seq: u64) -> Result<(), StoreError> {
        let Some(info) = catalog.register(&self.register) else { return Ok(()) };
        if pending(db, info.no)? {
            return Err(StoreError::Missing(format!(
                "sổ “{}” còn đang chuyển dữ liệu theo khai báo trước; xin thử lại sau ít phút",
                info.schema.title.vi
            )));
        }
        for field in &self.marked {
            redaction(db, seq, info.no, WHOLE_COLUMN, *field)?;
        }
        let last = rows::last_vid(db, &info.schema.id)?;
        let mut job = Job { register: info.no, seq, next: 1, last, searched: self.searched };
        slice(db, catalog, info, &mut job, AT_ONCE)
    }
}

/// What decides the words under which a record is found: the searched fields, with the titles of their codes.
fn words(schema: &Schema) -> Vec<(u16, Vec<(&str, &str)>)> {
    let searched = schema.field.iter().filter(|field| field.search && !field.personal);
    searched.map(|field| (field.no, titles(field))).collect()
}

fn titles(field: &Field) -> Vec<(&str, &str)> {
    match field.kind {
        FieldType::Code => {
            field.codes.iter().map(|code| (code.id.as_str(), code.title.vi.as_str())).collect()
        }
        _ => Vec::new(),
    }
}

/// How far a redaction is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Progress {
    /// Versions done, of all.
    More(u64, u64),
    /// Nothing is left to do.
    Done,
}

impl Writer {
    /// Does to the end what new declarations leave behind: see [`crate::Queue::settle`].
    ///
    /// # Errors
    /// A failure of the store; the next start goes on.
    pub fn settle(&mut self, tell: &mut dyn FnMut(Settling)) -> Result<(), CommitError> {
        self.move_rest(tell)?;
        self.build_rest(tell)
    }

    /// Does to the end what new schemas ask of the versions that are there.
    pub(crate) fn move_rest(&mut self, tell: &mut dyn FnMut(Settling)) -> Result<(), CommitError> {
        let mut size = AT_ONCE;
        while let Progress::More(done, total) = self.settle_step(&mut size)? {
            tell(Settling::Moved { done, total });
        }
        Ok(())
    }

    /// One short transaction of that; `size` is how many versions it takes, and becomes how many the next should.
    pub(crate) fn settle_step(&mut self, size: &mut u64) -> Result<Progress, CommitError> {
        let said = |error: StoreError| CommitError::Store(error.to_string());
        self.step_of_redaction(size).map_err(said)
    }

    fn step_of_redaction(&mut self, size: &mut u64) -> Result<Progress, StoreError> {
        let Some(mut job) = Job::first(&self.db)? else { return Ok(Progress::Done) };
        let began = now();
        self.transaction(|writer| {
            let info = writer.catalog.register_no(job.register);
            let info = info.ok_or_else(|| StoreError::Corrupt(format!("không có sổ số {}", job.register)))?;
            if job.next <= job.last {
                return slice(&writer.db, &writer.catalog, info, &mut job, *size);
            }
            if !job.searched || search::merged(&writer.db)? {
                job.end(&writer.db)?;
                meta::set(&writer.db, SCRUB_DUE, &job.seq.to_string())?;
            }
            Ok(())
        })?;
        *size = next_slice(*size, now().duration_since(began));
        if Job::first(&self.db)?.is_none() {
            // A reader that holds the journal leaves this to the next erasure or start.
            let _ = self.scrub();
        }
        Ok(Progress::More(job.done(), job.total()))
    }
}

/// Moves the marked values of the next `count` versions and renews the words of their records.
fn slice(
    db: &Connection,
    catalog: &Catalog,
    info: &RegisterInfo,
    job: &mut Job,
    count: u64,
) -> Result<(), StoreError> {
    let to = job.next.saturating_add(i64::try_from(count).unwrap_or(i64::MAX)).min(job.last + 1);
    db.prepare_cached("INSERT OR REPLACE INTO writing (only, seq) VALUES (1, ?1)")?.execute([job.seq])?;
    for field in job.fields(db)? {
        move_values(db, info, field, job.next, to)?;
        rows::redact_moved(db, &info.schema.id, field, job.next, to)?;
    }
    db.prepare_cached("DELETE FROM writing")?.execute([])?;
    find::add(db, &info.schema, info.no, (job.next, to))?;
    if job.searched {
        search::renew_versions(db, catalog, info, (job.next, to))?;
    }
    job.next = to;
    job.save(db)
}

/// Copies the values of a field into the erasable table. They have no salt of their own: what keeps their leaf's
/// hash from being guessed is the nonce of the version, which goes when one of them is erased.
fn move_values(db: &Connection, info: &RegisterInfo, no: u16, from: i64, to: i64) -> Result<(), StoreError> {
    let field = info.schema.field_no(no);
    let field =
        field.ok_or_else(|| StoreError::Corrupt(format!("sổ {} thiếu trường {no}", info.schema.id)))?;
    let mut plain = field.clone();
    plain.personal = false;
    let column = column(no);
    let sql = format!(
        "SELECT vid, {column} FROM {} WHERE vid >= ?1 AND vid < ?2 AND {column} IS NOT NULL",
        table(&info.schema.id)
    );
    let mut insert = db.prepare_cached(
        "INSERT INTO personal (register, vid, field, salt, value) VALUES (?1, ?2, ?3, x'', ?4)",
    )?;
    let mut statement = db.prepare_cached(&sql)?;
    let mut found = statement.query(params![from, to])?;
    let mut bytes = Vec::new();
    while let Some(row) = found.next()? {
        let value = from_column(row.get_ref(1)?, &plain)?;
        bytes.clear();
        canon::encode_value(&value, &mut bytes).map_err(StoreError::corrupt)?;
        insert.execute(params![info.no, row.get::<_, i64>(0)?, no, &bytes[..]])?;
    }
    Ok(())
}
