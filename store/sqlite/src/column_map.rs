//! Mappings of columns, remembered from import to import.

use mc_ledger::hash::sha256;
use mc_port::{ColumnMaps, StoreFailure};
use rusqlite::{OptionalExtension as _, params};

use crate::port::Queue;
use crate::{StoreError, Writer};

/// Layouts are as long as all headers of a file: their hash is the key.
fn key(layout: &str) -> String {
    sha256(layout.as_bytes()).to_string()
}

impl ColumnMaps for Queue {
    fn column_map(&self, register: &str, layout: &str) -> Result<Option<String>, StoreFailure> {
        const FIND: &str = "SELECT mapping FROM column_map WHERE register = ?1 AND headers = ?2";
        let found = self.with(|writer| {
            let mut statement = writer.db().prepare_cached(FIND)?;
            statement.query_row(params![register, key(layout)], |row| row.get(0)).optional()
        });
        Ok(found.map_err(StoreError::from)?)
    }

    fn keep_column_map(&self, register: &str, layout: &str, mapping: &str) -> Result<(), StoreFailure> {
        const KEEP: &str =
            "INSERT OR REPLACE INTO column_map (register, headers, mapping) VALUES (?1, ?2, ?3)";
        let keep = |writer: &Writer| {
            writer.db().prepare_cached(KEEP)?.execute(params![register, key(layout), mapping])?;
            Ok(())
        };
        Ok(self.with(|writer| writer.transaction(keep))?)
    }
}
