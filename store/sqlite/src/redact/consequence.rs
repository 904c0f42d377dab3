//! What a proposed schema would mean for an instance, before anybody commits it.

use std::collections::BTreeMap;

use mc_register::Schema;

use super::newly_marked;
use crate::StoreError;
use crate::ddl::{column, table};
use crate::declared;
use crate::reader::Reader;

/// What marking a field personal means for what is recorded already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Marking {
    /// Title of the field.
    pub field: String,
    /// Versions that hold a value of it: the value moves to the erasable table, and the version is proved by its
    /// leaf hash alone from then on.
    pub versions: u64,
    /// Lists can be filtered and sorted by it today.
    pub indexed: bool,
    /// It is searched today.
    pub searched: bool,
    /// Files imported into the register that are kept, each sealed under a key of its own.
    pub files: u64,
}

impl Reader {
    /// What the fields that `schema` marks personal mean for the versions of its register; reads them all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn markings(&self, schema: &Schema) -> Result<Vec<Marking>, StoreError> {
        let Some(info) = self.catalog.register(&schema.id) else { return Ok(Vec::new()) };
        let mut markings = Vec::new();
        for before in newly_marked(&info.schema, schema).filter_map(|no| info.schema.field_no(no)) {
            let sql =
                format!("SELECT COUNT(*) FROM {} WHERE {} IS NOT NULL", table(&schema.id), column(before.no));
            markings.push(Marking {
                field: before.title.vi.clone(),
                versions: self.db()?.query_row(&sql, [], |row| row.get(0))?,
                indexed: before.index,
                searched: before.search,
                files: self.db()?.query_row(
                    "SELECT COUNT(DISTINCT u.evidence) FROM evidence_use AS u JOIN evidence_key AS k
                         ON k.no = u.evidence WHERE u.register = ?1",
                    [info.no],
                    |row| row.get(0),
                )?,
            });
        }
        Ok(markings)
    }

    /// What stands in the way of proposed schemas: rules, indicators and copies that could not go on with them, a
    /// sentence each.
    #[must_use]
    pub fn in_the_way(&self, schemas: &[Schema]) -> Vec<String> {
        let fresh: BTreeMap<String, Schema> =
            schemas.iter().map(|schema| (schema.id.clone(), schema.clone())).collect();
        schemas.iter().flat_map(|schema| declared::in_the_way(&self.catalog, &fresh, schema)).collect()
    }
}
