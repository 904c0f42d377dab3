//! Commits and what they wrote.

use mc_base::{Instant, Seq};
use mc_port::Commit;
use rusqlite::{OptionalExtension, params};

use super::Reader;
use crate::StoreError;

impl Reader {
    /// Commits, the latest first, from `before` downwards.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn commits(&self, before: Option<Seq>, limit: usize) -> Result<Vec<Commit>, StoreError> {
        let mut statement = self.db()?.prepare_cached(
            "SELECT e.seq, e.recorded_at, e.actor, s.text, r.text, e.leaf_count, n.hash
             FROM entry AS e
             LEFT JOIN entry_text AS s ON s.seq = e.seq AND s.kind = 1
             LEFT JOIN entry_text AS r ON r.seq = e.seq AND r.kind = 2
             JOIN tree_node AS n ON n.level = 0 AND n.idx = e.seq - 1
             WHERE e.seq < ?1 ORDER BY e.seq DESC LIMIT ?2",
        )?;
        let before = before.map_or(i64::MAX, |seq| i64::try_from(seq.0).unwrap_or(i64::MAX));
        let limit = i64::try_from(limit.min(mc_port::PAGE_MAX)).unwrap_or(0);
        let rows = statement.query_map(params![before, limit], |row| {
            let hash: Vec<u8> = row.get(6)?;
            Ok(Commit {
                seq: Seq(row.get(0)?),
                recorded_at: Instant(row.get(1)?),
                actor: row.get(2)?,
                source: row.get(3)?,
                reason: row.get(4)?,
                leaf_count: row.get(5)?,
                leaf: crate::convert::hash(&hash).unwrap_or_default(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One commit.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn commit(&self, seq: Seq) -> Result<Option<Commit>, StoreError> {
        let found = self.commits(Some(Seq(seq.0 + 1)), 1)?.pop();
        Ok(found.filter(|commit| commit.seq == seq))
    }

    /// The newest checkpoint kept in the database, a signed note.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn checkpoint(&self) -> Result<Option<String>, StoreError> {
        Ok(self
            .db()?
            .prepare_cached("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")?
            .query_row([], |row| row.get(0))
            .optional()?)
    }

    /// The records that a commit opened or closed, in the order of its rows, as (register, key, opened).
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn rows_of(&self, seq: Seq, limit: usize) -> Result<Vec<(String, String, bool)>, StoreError> {
        let db = self.db()?;
        let limit = i64::try_from(limit.min(mc_port::PAGE_MAX)).unwrap_or(0);
        let leaves = db
            .prepare_cached("SELECT register, vid, act FROM row_leaf WHERE seq = ?1 ORDER BY idx LIMIT ?2")?
            .query_map(params![seq.0, limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<Vec<(i64, i64, u8)>, _>>()?;
        let mut rows = Vec::with_capacity(leaves.len());
        for (register, vid, act) in leaves {
            let Some(info) = self.catalog.register_no(register) else { continue };
            let sql = format!("SELECT key FROM {} WHERE vid = ?1", crate::ddl::table(&info.schema.id));
            let key = db.prepare_cached(&sql)?.query_row([vid], |row| row.get(0))?;
            rows.push((info.schema.id.clone(), key, act == mc_ledger::Act::Open.code()));
        }
        Ok(rows)
    }
}
