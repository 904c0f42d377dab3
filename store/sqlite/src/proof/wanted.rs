//! Which rows of which commits a proof is to hold.

use std::collections::{BTreeMap, BTreeSet};

use mc_base::Hash32;
use mc_register::system;
use rusqlite::{OptionalExtension, params};

use super::ProofError;
use crate::ddl::{column, table};
use crate::reader::Reader;

/// Rows by commit, as indexes among the rows of the commit; a commit without rows is wanted for its entry
/// alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted(BTreeMap<u64, BTreeSet<u64>>);

impl Wanted {
    /// Wants one row; says whether it is new.
    pub(super) fn row(&mut self, seq: u64, index: u64) -> bool {
        self.0.entry(seq).or_default().insert(index)
    }

    /// Wants the entry of a commit.
    pub(super) fn entry(&mut self, seq: u64) {
        self.0.entry(seq).or_default();
    }

    /// The commits in order, each with its rows in order.
    pub(super) fn commits(&self) -> &BTreeMap<u64, BTreeSet<u64>> {
        &self.0
    }

    /// Wants the rows (position, leaf) that a statement gives in its first two columns, and says how many
    /// there are.
    pub(super) fn rows(
        &mut self,
        reader: &Reader,
        sql: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<usize, ProofError> {
        let mut statement = reader.db()?.prepare_cached(sql)?;
        let mut rows = statement.query(parameters)?;
        let mut found = 0;
        while let Some(row) = rows.next()? {
            self.row(row.get(0)?, row.get(1)?);
            found += 1;
        }
        Ok(found)
    }

    /// Wants the record that declared a schema, where there is one. What comes with the program has none.
    pub(super) fn schema(&mut self, reader: &Reader, register: &str, hash: Hash32) -> Result<(), ProofError> {
        let Some(info) = reader.catalog.register(system::SCHEMA) else { return Ok(()) };
        let no = |id| info.schema.field(id).map_or(0, |field| field.no);
        let sql = format!(
            "SELECT seq_from, leaf FROM {} WHERE {} = ?1 AND {} = ?2 AND nonce IS NOT NULL
             ORDER BY vid LIMIT 1",
            table(system::SCHEMA),
            column(no("register")),
            column(no("hash"))
        );
        self.rows(reader, &sql, params![register, &hash.0[..]])?;
        Ok(())
    }

    /// Wants the record of an indicator's definition; false where there is none.
    pub(super) fn indicator(&mut self, reader: &Reader, id: &str, version: u32) -> Result<bool, ProofError> {
        let sql = format!(
            "SELECT seq_from, leaf FROM {} WHERE key = ?1 AND seq_to IS NULL",
            table(system::INDICATOR)
        );
        let found: Option<(u64, u64)> = reader
            .db()?
            .prepare_cached(&sql)?
            .query_row([format!("{id}/{version}")], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((seq, index)) = found {
            self.row(seq, index);
        }
        Ok(found.is_some())
    }
}
