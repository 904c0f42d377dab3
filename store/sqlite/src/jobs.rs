//! Work that goes on after the request that asked for it, remembered across restarts.

use mc_base::{Instant, Seq};
use mc_port::{ApplyingImport, JOBS_MAX, JobTable, StoreFailure, StoredJob};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::StoreError;
use crate::import::Job;
use crate::port::Queue;

const COLUMNS: &str = "id, owner, register, changed_at, body";

fn read(row: &Row<'_>) -> rusqlite::Result<StoredJob> {
    Ok(StoredJob {
        id: row.get(0)?,
        owner: row.get(1)?,
        register: row.get(2)?,
        changed_at: Instant(row.get(3)?),
        body: row.get(4)?,
    })
}

fn keep(db: &Connection, job: &StoredJob, forget_before: Instant) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM job WHERE changed_at < ?1")?.execute([forget_before.0])?;
    db.prepare_cached(
        "DELETE FROM job WHERE id IN (SELECT id FROM job ORDER BY changed_at DESC LIMIT -1 OFFSET ?1)",
    )?
    .execute([JOBS_MAX - 1])?;
    db.prepare_cached(
        "INSERT OR REPLACE INTO job (id, owner, register, changed_at, body) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![job.id, job.owner, job.register, job.changed_at.0, job.body])?;
    Ok(())
}

impl JobTable for Queue {
    fn keep_job(&self, job: &StoredJob, forget_before: Instant) -> Result<(), StoreFailure> {
        Ok(self.with(|writer| writer.transaction(|writer| keep(writer.db(), job, forget_before)))?)
    }

    fn job(&self, id: &str) -> Result<Option<StoredJob>, StoreFailure> {
        let found = self.with(|writer| {
            let mut statement =
                writer.db().prepare_cached(&format!("SELECT {COLUMNS} FROM job WHERE id = ?1"))?;
            statement.query_row([id], read).optional()
        });
        Ok(found.map_err(StoreError::from)?)
    }

    fn jobs_of(&self, owner: &str, register: &str, limit: usize) -> Result<Vec<StoredJob>, StoreFailure> {
        let found = self.with(|writer| {
            let mut statement = writer.db().prepare_cached(&format!(
                "SELECT {COLUMNS} FROM job WHERE owner = ?1 AND register = ?2 ORDER BY changed_at DESC LIMIT ?3"
            ))?;
            statement.query_map(params![owner, register, limit], read)?.collect()
        });
        let found: Result<Vec<StoredJob>, rusqlite::Error> = found;
        Ok(found.map_err(StoreError::from)?)
    }

    fn committed_under(&self, actor: &str, key: &str, after: Seq) -> Result<Option<Seq>, StoreFailure> {
        let found: Result<Option<u64>, rusqlite::Error> = self.with(|writer| {
            // 'A' follows '@': the range holds exactly the keys that begin with the key and an at sign.
            let mut statement = writer.db().prepare_cached(
                "SELECT MAX(seq) FROM idempotency
                 WHERE actor = ?1 AND (key = ?2 OR (key > ?2 || '@' AND key < ?2 || 'A')) AND seq > ?3",
            )?;
            statement.query_row(params![actor, key, after.0], |row| row.get(0))
        });
        Ok(found.map_err(StoreError::from)?.map(Seq))
    }

    fn applying(&self) -> Result<Option<ApplyingImport>, StoreFailure> {
        let job = self.with(|writer| Job::load(writer.db()))?;
        Ok(job.map(|job| ApplyingImport { seq: Seq(job.seq), done: job.done, total: job.total }))
    }
}
