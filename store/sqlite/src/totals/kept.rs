//! The measures by owner that the store keeps for what has totals.

use std::collections::BTreeSet;
use std::sync::Arc;

use mc_figure::TOTALS;
use rusqlite::Connection;

use crate::catalog::{Catalog, RegisterInfo};
use crate::ddl::{column, table};
use crate::writer::Writer;
use crate::{StoreError, meta};

impl Writer {
    /// From its first total on, a measure is also kept by the owner of its records. `opened` are the totals just made;
    /// `None`: all there are. An import rests on the measures with which it began, so none is added before its end.
    /// Says whether any was added.
    pub(crate) fn keep_listed(&mut self, opened: Option<(i64, i64)>, seq: u64) -> Result<bool, StoreError> {
        let Some(info) = self.catalog.register(TOTALS).filter(|_| self.applying.is_none()) else {
            return Ok(false);
        };
        let named = named(&self.db, info, opened)?;
        if !self.catalog.number_listed(&self.db, &named)? {
            return Ok(false);
        }
        self.catalog = Arc::new(Catalog::load(&self.db)?);
        meta::set(&self.db, meta::DECLARED_AT, &seq.to_string())?;
        Ok(true)
    }
}

/// Ids of the measures that totals name.
fn named(
    db: &Connection,
    info: &RegisterInfo,
    opened: Option<(i64, i64)>,
) -> Result<BTreeSet<String>, StoreError> {
    let Some(field) = info.schema.field("measure") else { return Ok(BTreeSet::new()) };
    let (first, last) = opened.unwrap_or((0, i64::MAX));
    let sql =
        format!("SELECT DISTINCT {} FROM {} WHERE vid BETWEEN ?1 AND ?2", column(field.no), table(TOTALS));
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map([first, last], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}
