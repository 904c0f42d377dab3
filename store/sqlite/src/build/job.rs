//! How far the cells of a measure are, kept beside the facts of the instance.

use rusqlite::{Connection, params};

use crate::{StoreError, cells, meta};

/// Before the measure's number, in the name under which a job is kept.
const NAME: &str = "build/";

/// A measure whose cells are still to be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Job {
    /// Number in table `measure`.
    pub(crate) measure: i64,
    /// The build replays the commits up to this one; later ones fold what they add themselves.
    pub(crate) seq: u64,
    /// Rows of the staging file that are written.
    pub(crate) done: u64,
    /// Rows of the staging file; 0 before the first are written.
    pub(crate) total: u64,
}

impl Job {
    /// Begins with nothing written, inside the transaction of commit `seq`.
    pub(crate) fn begin(db: &Connection, measure: i64, seq: u64) -> Result<(), StoreError> {
        cells::clear(db, measure)?;
        db.prepare_cached("UPDATE measure SET built_at = NULL WHERE no = ?1")?.execute([measure])?;
        Self { measure, seq, done: 0, total: 0 }.save(db)
    }

    /// That of one measure.
    pub(crate) fn find(db: &Connection, measure: i64) -> Result<Option<Self>, StoreError> {
        let name = format!("{NAME}{measure}");
        meta::get(db, &name)?.map(|value| Self::read(&name, &value)).transpose()
    }

    /// All there are.
    pub(crate) fn all(db: &Connection) -> Result<Vec<Self>, StoreError> {
        // '0' follows '/'.
        let mut statement =
            db.prepare_cached("SELECT name, value FROM meta WHERE name > 'build/' AND name < 'build0'")?;
        let mut found = statement.query([])?;
        let mut jobs = Vec::new();
        while let Some(row) = found.next()? {
            let (name, value): (String, String) = (row.get(0)?, row.get(1)?);
            jobs.push(Self::read(&name, &value)?);
        }
        jobs.sort_by_key(|job| job.measure);
        Ok(jobs)
    }

    fn read(name: &str, value: &str) -> Result<Self, StoreError> {
        let numbers: Option<Vec<u64>> = value.split(' ').map(|part| part.parse().ok()).collect();
        let measure = name.strip_prefix(NAME).and_then(|number| number.parse().ok());
        match (measure, numbers.as_deref()) {
            (Some(measure), Some([seq, done, total])) => {
                Ok(Self { measure, seq: *seq, done: *done, total: *total })
            }
            _ => Err(StoreError::Corrupt(format!("bảng meta, “{name}”: “{value}”"))),
        }
    }

    pub(super) fn save(&self, db: &Connection) -> Result<(), StoreError> {
        let Self { measure, seq, done, total } = self;
        meta::set(db, &format!("{NAME}{measure}"), &format!("{seq} {done} {total}"))
    }

    /// The measure is current: all its cells are there.
    pub(super) fn end(&self, db: &Connection) -> Result<(), StoreError> {
        db.prepare_cached("UPDATE measure SET built_at = ?2 WHERE no = ?1")?
            .execute(params![self.measure, self.seq])?;
        forget(db, self.measure)
    }
}

/// Nothing is to be done for the measure any more.
pub(crate) fn forget(db: &Connection, measure: i64) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM meta WHERE name = ?1")?.execute([format!("{NAME}{measure}")])?;
    Ok(())
}
