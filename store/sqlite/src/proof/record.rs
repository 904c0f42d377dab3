//! The proof of one record: every version opened, closed and erased.

use std::collections::BTreeSet;

use mc_access::{Act, decide};
use mc_ledger::ProofFile;
use mc_register::thing_of_key;
use rusqlite::params;

use super::wanted::Wanted;
use super::{ProofError, file};
use crate::catalog::RegisterInfo;
use crate::commit::object;
use crate::ddl::table;
use crate::reader::Reader;
use crate::rows::{self, StoredVersion};

impl Reader {
    /// The proof of a record: the leaves of all its versions, and the declarations they were written
    /// under. A version whose leaf holds in clear what is personal now is given by its leaf hash. In a register
    /// that keeps spells, a key without `since` gives the records of all spells.
    ///
    /// # Errors
    /// Where there is no such record, or the newest checkpoint does not cover it yet.
    pub fn proof_of_record(&self, register: &str, key: &str) -> Result<ProofFile, ProofError> {
        let Some(info) = self.catalog.register(register) else {
            return Err(ProofError::NoRegister(register.to_owned()));
        };
        let versions = self.versions_of(info, key)?;
        let may_read = |version: &StoredVersion| {
            decide(self.viewer(), Act::Read, &object(self.trees(), info, &version.record)).is_ok()
        };
        if versions.is_empty() || !versions.iter().all(may_read) {
            return Err(ProofError::NoRecord { register: info.schema.title.vi.clone(), key: key.to_owned() });
        }
        let mut wanted = Wanted::default();
        for version in &versions {
            self.leaves_of(info, version, &mut wanted)?;
        }
        let schemas: BTreeSet<i64> = versions.iter().map(|version| version.schema).collect();
        for schema in schemas {
            wanted.schema(self, register, self.catalog.schema_hash(schema)?)?;
        }
        file::bounded(file::make(self, &wanted, None)?.0)
    }

    fn versions_of(&self, info: &RegisterInfo, key: &str) -> Result<Vec<StoredVersion>, ProofError> {
        let (columns, table) = (&info.columns, table(&info.schema.id));
        let sql = format!("SELECT {columns} FROM {table} WHERE key = ?1 ORDER BY ord");
        let mut statement = self.db()?.prepare_cached(&sql)?;
        let found = rows::collect(statement.query([key])?, info, &self.catalog)?;
        if !found.is_empty() || !info.schema.has_spells() {
            return Ok(found);
        }
        // '0' follows '/': the range holds exactly the keys that begin with the thing and a slash.
        let sql = format!(
            "SELECT {columns} FROM {table} WHERE key > ?1 || '/' AND key < ?1 || '0' ORDER BY key, ord"
        );
        let mut statement = self.db()?.prepare_cached(&sql)?;
        let mut found = rows::collect(statement.query([key])?, info, &self.catalog)?;
        found.retain(|version| thing_of_key(&info.schema, &version.key) == key);
        Ok(found)
    }

    fn leaves_of(
        &self,
        info: &RegisterInfo,
        version: &StoredVersion,
        wanted: &mut Wanted,
    ) -> Result<(), ProofError> {
        wanted.row(version.seq_from.0, u64::try_from(version.leaf).unwrap_or(u64::MAX));
        if let Some(closed) = version.seq_to {
            wanted.rows(
                self,
                "SELECT seq, idx FROM row_leaf WHERE seq = ?1 AND register = ?2 AND vid = ?3 AND act = 2",
                params![closed.0, info.no, version.vid],
            )?;
        }
        wanted.rows(
            self,
            "SELECT l.seq, l.idx FROM redaction AS r JOIN row_leaf AS l ON l.seq = r.seq
             WHERE r.register = ?1 AND r.vid = ?2 AND r.field <> 0 AND l.register = ?1 AND l.vid = ?2 AND l.act = 3",
            params![info.no, version.vid],
        )?;
        Ok(())
    }
}
