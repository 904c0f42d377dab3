//! How far the versions of a register have followed its schema, kept beside the facts of the instance.

use rusqlite::{Connection, params};

use super::WHOLE_COLUMN;
use crate::{StoreError, meta};

/// Before the register's number, in the name under which a job is kept.
const NAME: &str = "redact/";

/// Versions of a register that have still to follow its schema.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Job {
    /// Number of the register.
    pub(crate) register: i64,
    /// The commit that declared the schema.
    pub(crate) seq: u64,
    /// The next version.
    pub(crate) next: i64,
    /// The last version that was there.
    pub(crate) last: i64,
    /// The words of search change too.
    pub(crate) searched: bool,
}

/// Whether versions of a register have still to follow its schema.
pub(crate) fn pending(db: &Connection, register: i64) -> Result<bool, StoreError> {
    Ok(meta::get(db, &format!("{NAME}{register}"))?.is_some())
}

impl Job {
    /// All there are, by register.
    pub(crate) fn all(db: &Connection) -> Result<Vec<Self>, StoreError> {
        // '0' follows '/'.
        let mut statement =
            db.prepare_cached("SELECT name, value FROM meta WHERE name > 'redact/' AND name < 'redact0'")?;
        let mut found = statement.query([])?;
        let mut jobs = Vec::new();
        while let Some(row) = found.next()? {
            let (name, value): (String, String) = (row.get(0)?, row.get(1)?);
            let broken = || StoreError::Corrupt(format!("bảng meta, “{name}”: “{value}”"));
            jobs.push(Self::read(&name, &value).ok_or_else(broken)?);
        }
        Ok(jobs)
    }

    /// The one to do next.
    pub(crate) fn first(db: &Connection) -> Result<Option<Self>, StoreError> {
        Ok(Self::all(db)?.into_iter().next())
    }

    fn read(name: &str, value: &str) -> Option<Self> {
        let mut parts = value.split(' ');
        Some(Self {
            register: name.strip_prefix(NAME)?.parse().ok()?,
            seq: parts.next()?.parse().ok()?,
            next: parts.next()?.parse().ok()?,
            last: parts.next()?.parse().ok()?,
            searched: parts.next()? == "search",
        })
    }

    pub(super) fn save(&self, db: &Connection) -> Result<(), StoreError> {
        let Self { register, seq, next, last, searched } = self;
        let searched = if *searched { "search" } else { "-" };
        meta::set(db, &format!("{NAME}{register}"), &format!("{seq} {next} {last} {searched}"))
    }

    pub(super) fn end(&self, db: &Connection) -> Result<(), StoreError> {
        db.prepare_cached("DELETE FROM meta WHERE name = ?1")?
            .execute([format!("{NAME}{}", self.register)])?;
        Ok(())
    }

    /// The fields whose values move.
    pub(super) fn fields(&self, db: &Connection) -> Result<Vec<u16>, StoreError> {
        let mut statement = db.prepare_cached(
            "SELECT field FROM redaction WHERE register = ?1 AND vid = ?2 AND seq = ?3 ORDER BY field",
        )?;
        let fields = statement.query_map(params![self.register, WHOLE_COLUMN, self.seq], |row| row.get(0))?;
        Ok(fields.collect::<Result<_, _>>()?)
    }

    /// Versions done.
    pub(crate) fn done(&self) -> u64 {
        u64::try_from(self.next - 1).unwrap_or(0)
    }

    /// Versions in all.
    pub(crate) fn total(&self) -> u64 {
        u64::try_from(self.last).unwrap_or(0)
    }
}
