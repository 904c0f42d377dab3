//! Lists of records, one record with its history, and what a reader may see of it.

mod query;

use mc_access::{Act, decide};
use mc_port::{ListRequest, PAGE_MAX, RecordPage, Turn, Version};
use mc_register::{Field, Record};

use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::commit::{Kept, kept, object};
use crate::ddl::table;
use crate::explanation;
use crate::reader::Reader;
use crate::rows::{self, StoredVersion};

pub(crate) use query::COUNT_MAX;
use query::Query;

impl Reader {
    /// A page of a register.
    ///
    /// # Errors
    /// When the register or a field is not there, or the database cannot be read.
    pub fn list(&self, request: &ListRequest) -> Result<RecordPage, StoreError> {
        let Some(info) = self.catalog.register(&request.register) else {
            return Err(StoreError::Missing(format!("Không có sổ “{}”.", request.register)));
        };
        let mut query = Query::of(self, info, request)?;
        let (count, count_is_floor) = query.count(self, info)?;
        query.page(info, request)?;
        let limit = request.limit.min(PAGE_MAX);
        let sql = query.select(info, count_is_floor, limit + 1);
        let mut statement = self.db()?.prepare_cached(&sql)?;
        let mut found = rows::collect(statement.query(query.bound())?, info, &self.catalog)?;
        let turn = Turn::of(request.after.as_deref());
        let (previous, next) = turn.arrange(&mut found, limit, |row| cursor(query.sort, row));
        let rows = found.into_iter().map(|version| self.in_list(info, version)).collect::<Result<_, _>>()?;
        Ok(RecordPage { rows, previous, next, count, count_is_floor })
    }

    /// How SQLite goes about a page and its count, one line a step, for tests of plans; `many` as where more
    /// records fit than are counted.
    ///
    /// # Errors
    /// As [`Reader::list`].
    pub fn list_plan(&self, request: &ListRequest, many: bool) -> Result<Vec<String>, StoreError> {
        let Some(info) = self.catalog.register(&request.register) else {
            return Err(StoreError::Missing(format!("Không có sổ “{}”.", request.register)));
        };
        let mut query = Query::of(self, info, request)?;
        let counted = self.steps(&query.count_sql(info), &query)?;
        query.page(info, request)?;
        let page = query.select(info, many, request.limit.min(PAGE_MAX) + 1);
        Ok(counted.into_iter().chain(self.steps(&page, &query)?).collect())
    }

    fn steps(&self, sql: &str, query: &Query<'_>) -> Result<Vec<String>, StoreError> {
        let mut statement = self.db()?.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
        let steps = statement.query_map(query.bound(), |row| row.get(3))?;
        Ok(steps.collect::<Result<_, _>>()?)
    }

    /// Every version of a record, the oldest first; empty where there is none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn history(&self, register: &str, key: &str) -> Result<Vec<Version>, StoreError> {
        let Some(info) = self.catalog.register(register) else { return Ok(Vec::new()) };
        let sql = format!("SELECT {} FROM {} WHERE key = ?1 ORDER BY ord", info.columns, table(register));
        let found = rows::collect(self.db()?.prepare_cached(&sql)?.query([key])?, info, &self.catalog)?;
        let shown = self.as_shown(info, found);
        shown.into_iter().map(|version| self.present(info, version, &|_| true)).collect()
    }

    /// The current versions of all spells of the thing that `key` belongs to, in time order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn spells(&self, register: &str, key: &str) -> Result<Vec<Version>, StoreError> {
        let Some(info) = self.catalog.register(register) else { return Ok(Vec::new()) };
        let current = self.current_of_thing(info, key)?;
        current.into_iter().map(|version| self.in_list(info, version)).collect()
    }

    /// What a list gives of a stored version: of personal values those alone that lists show.
    pub(crate) fn in_list(&self, info: &RegisterInfo, stored: StoredVersion) -> Result<Version, StoreError> {
        self.present(info, stored, &|field| field.list)
    }

    /// What this reader may see of a stored version: personal values in clear where allowed and wanted, named as
    /// masked where not, and as erased where they are gone. What is given is remembered for the access journal.
    pub(crate) fn present(
        &self,
        info: &RegisterInfo,
        stored: StoredVersion,
        wanted: &dyn Fn(&Field) -> bool,
    ) -> Result<Version, StoreError> {
        let db = self.db()?;
        let leaf = rows::leaf_hash(db, stored.seq_from, stored.leaf)?;
        let may =
            decide(self.viewer(), Act::ReadPersonal, &object(self.trees(), info, &stored.record)).is_ok();
        let mut version = Version {
            register: info.schema.id.clone(),
            key: stored.key.clone(),
            ordinal: stored.ordinal,
            seq_from: stored.seq_from,
            seq_to: stored.seq_to,
            leaf,
            flags: explanation::flags(db, &self.catalog, info, stored.vid, stored.schema)?,
            values: stored.record.iter().map(|(no, value)| (no, value.clone())).collect(),
            masked: Vec::new(),
            erased: Vec::new(),
        };
        for field in info.schema.field.iter().filter(|field| field.personal) {
            version.values.remove(&field.no);
            match kept(db, info, &stored, field.no)? {
                Kept::Null => {}
                Kept::Erased => version.erased.push(field.no),
                Kept::Value(value) if may && wanted(field) => {
                    self.reveal(&info.schema.id, &stored.key);
                    version.values.insert(field.no, value);
                }
                Kept::Value(_) => version.masked.push(field.no),
            }
        }
        Ok(version)
    }
}

fn cursor(sort: Option<&Field>, last: &StoredVersion) -> String {
    match sort {
        None => last.key.clone(),
        Some(field) => {
            let value = value_text(&last.record, field);
            format!("{value}\u{1f}{}", last.key)
        }
    }
}

fn value_text(record: &Record, field: &Field) -> String {
    mc_register::canonical_value_text(record.get(field.no)).unwrap_or_default()
}
