//! Lists of records, one record with its history, and what a reader may see of it.

use mc_access::{Act, decide};
use mc_base::Seq;
use mc_ledger::Value;
use mc_port::{Filter, ListRequest, PAGE_MAX, RecordPage, Version};
use mc_register::{Field, FieldType, Record, parse_canonical};
use rusqlite::types::Value as Column;
use rusqlite::{params, params_from_iter};

use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::commit::{object, stored_personal};
use crate::convert::to_column;
use crate::ddl::{column, table};
use crate::reader::Reader;
use crate::rows::{self, StoredVersion};

/// Counts stop here: a longer list reads "hơn 10.000".
const COUNT_MAX: u64 = 10_000;

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
        let sql = format!(
            "SELECT {} FROM {} WHERE {} ORDER BY {} LIMIT {}",
            info.columns,
            table(&info.schema.id),
            query.conditions.join(" AND "),
            query.order,
            limit + 1
        );
        let mut statement = self.db()?.prepare_cached(&sql)?;
        let mut found =
            rows::collect(statement.query(params_from_iter(&query.parameters))?, info, &self.catalog)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|last| cursor(query.sort, last));
        let rows = found.into_iter().map(|version| self.present(info, version)).collect::<Result<_, _>>()?;
        Ok(RecordPage { rows, next, count, count_is_floor })
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
        shown.into_iter().map(|version| self.present(info, version)).collect()
    }

    /// The current versions of all spells of the thing that `key` belongs to, in time order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn spells(&self, register: &str, key: &str) -> Result<Vec<Version>, StoreError> {
        let Some(info) = self.catalog.register(register) else { return Ok(Vec::new()) };
        let current = self.current_of_thing(info, key)?;
        current.into_iter().map(|version| self.present(info, version)).collect()
    }

    /// Rules that a version breaks though it was kept, with the sentence of each.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn flags(&self, version: &Version) -> Result<Vec<String>, StoreError> {
        let Some(info) = self.catalog.register(&version.register) else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT f.rule FROM row_flag AS f JOIN {} AS v ON v.vid = f.vid
             WHERE f.register = ?1 AND v.key = ?2 AND v.ord = ?3 ORDER BY f.rule",
            table(&info.schema.id)
        );
        let mut statement = self.db()?.prepare_cached(&sql)?;
        let broken = statement
            .query_map(params![info.no, version.key, version.ordinal], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        let sentence = |id: &String| {
            info.schema.rule.iter().find(|rule| rule.id == *id).map(|rule| rule.message.vi.clone())
        };
        Ok(broken.iter().filter_map(sentence).collect())
    }

    /// What this reader may see of a stored version: personal values in clear where allowed, named as masked where
    /// not, and as erased where they are gone.
    pub(crate) fn present(&self, info: &RegisterInfo, stored: StoredVersion) -> Result<Version, StoreError> {
        let db = self.db()?;
        let leaf = rows::leaf_hash(db, stored.seq_from, stored.leaf)?;
        let may =
            decide(self.viewer(), Act::ReadPersonal, &object(&self.places, info, &stored.record)).is_ok();
        let mut version = Version {
            register: info.schema.id.clone(),
            key: stored.key,
            ordinal: stored.ordinal,
            seq_from: stored.seq_from,
            seq_to: stored.seq_to,
            leaf,
            flagged: false,
            values: stored.record.iter().map(|(no, value)| (no, value.clone())).collect(),
            masked: Vec::new(),
            erased: Vec::new(),
        };
        for field in info.schema.field.iter().filter(|field| field.personal) {
            let Some(Value::Commitment(_)) = version.values.get(&field.no) else { continue };
            match stored_personal(db, info.no, stored.vid, field.no)? {
                None => {
                    version.erased.push(field.no);
                    version.values.remove(&field.no);
                }
                Some(value) if may => {
                    version.values.insert(field.no, value);
                }
                Some(_) => {
                    version.masked.push(field.no);
                    version.values.remove(&field.no);
                }
            }
        }
        let flagged: bool = db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM row_flag WHERE register = ?1 AND vid = ?2)")?
            .query_row(params![info.no, stored.vid], |row| row.get(0))?;
        version.flagged = flagged;
        Ok(version)
    }
}

/// The parts of a list's statement.
struct Query<'a> {
    conditions: Vec<String>,
    parameters: Vec<Column>,
    order: String,
    sort: Option<&'a Field>,
}

impl<'a> Query<'a> {
    fn of(reader: &Reader, info: &'a RegisterInfo, request: &ListRequest) -> Result<Self, StoreError> {
        let mut query =
            Self { conditions: Vec::new(), parameters: Vec::new(), order: String::new(), sort: None };
        let asked = reader.position(info, request.at)?;
        match asked.filter(|at| *at < reader.head().seq) {
            Some(Seq(at)) => {
                query.conditions.push(format!("seq_from <= {at} AND (seq_to IS NULL OR seq_to > {at})"));
            }
            None => query.conditions.push("seq_to IS NULL".to_owned()),
        }
        let place_field = info.schema.place.as_deref().and_then(|id| info.schema.field(id));
        if let (Some(place), Some(field)) = (request.place, place_field) {
            query.conditions.push(format!(
                "{} IN (SELECT place FROM place_ancestor WHERE ancestor = {} AND place > 0)",
                column(field.no),
                place.0
            ));
        }
        for filter in &request.filters {
            query.filter(info, filter)?;
        }
        if let Some(id) = &request.sort {
            query.sort = Some(offered(info, id)?);
        }
        Ok(query)
    }

    fn filter(&mut self, info: &RegisterInfo, filter: &Filter) -> Result<(), StoreError> {
        let field = offered(info, &filter.field)?;
        let column = column(field.no);
        if filter.equals.is_empty() {
            self.conditions.push(format!("{column} IS NULL"));
            return Ok(());
        }
        let value = parse_canonical(field, &filter.equals).ok_or_else(|| {
            StoreError::Missing(format!(
                "“{}” không phải {} của trường {}.",
                filter.equals,
                field.kind.title(),
                field.title.vi
            ))
        })?;
        if field.kind == FieldType::Place {
            self.conditions
                .push(format!("{column} IN (SELECT place FROM place_ancestor WHERE ancestor = ?)"));
        } else {
            self.conditions.push(format!("{column} = ?"));
        }
        self.parameters.push(to_column(&value));
        Ok(())
    }

    fn count(&self, reader: &Reader, info: &RegisterInfo) -> Result<(u64, bool), StoreError> {
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM {} WHERE {} LIMIT {})",
            table(&info.schema.id),
            self.conditions.join(" AND "),
            COUNT_MAX + 1
        );
        let found: u64 = reader
            .db()?
            .prepare_cached(&sql)?
            .query_row(params_from_iter(&self.parameters), |row| row.get(0))?;
        Ok((found.min(COUNT_MAX), found > COUNT_MAX))
    }

    /// Adds the order and the condition that continues after the cursor.
    fn page(&mut self, info: &RegisterInfo, request: &ListRequest) -> Result<(), StoreError> {
        let (direction, beyond) = if request.descending { (" DESC", "<") } else { ("", ">") };
        let Some(field) = self.sort else {
            self.order = format!("key{direction}");
            if let Some(after) = &request.after {
                self.conditions.push(format!("key {beyond} ?"));
                self.parameters.push(Column::Text(after.clone()));
            }
            return Ok(());
        };
        let sorted = column(field.no);
        self.order = format!("{sorted}{direction}, key{direction}");
        let Some(after) = &request.after else { return Ok(()) };
        let broken = || {
            StoreError::Missing(format!("Trang của {} không mở được: dấu trang hỏng.", info.schema.title.vi))
        };
        let (value, key) = after.split_once('\u{1f}').ok_or_else(broken)?;
        // NULL sorts before every value.
        match (value.is_empty(), request.descending) {
            (true, false) => self.conditions.push(format!("({sorted} IS NOT NULL OR key > ?)")),
            (true, true) => self.conditions.push(format!("({sorted} IS NULL AND key < ?)")),
            (false, descending) => {
                let parsed = parse_canonical(field, value).ok_or_else(broken)?;
                let nulls = if descending { format!(" OR {sorted} IS NULL") } else { String::new() };
                self.conditions
                    .push(format!("({sorted} {beyond} ? OR ({sorted} = ? AND key {beyond} ?){nulls})"));
                self.parameters.push(to_column(&parsed));
                self.parameters.push(to_column(&parsed));
            }
        }
        self.parameters.push(Column::Text(key.to_owned()));
        Ok(())
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

/// A field that lists may sort and filter by: only those declared, so that no page needs a scan.
fn offered<'i>(info: &'i RegisterInfo, id: &str) -> Result<&'i Field, StoreError> {
    let place = info.schema.place.as_deref();
    info.schema
        .field(id)
        .filter(|field| !field.personal && (field.index || place == Some(field.id.as_str())))
        .ok_or_else(|| {
            StoreError::Missing(format!("{}: không lọc hay sắp xếp theo “{id}”.", info.schema.title.vi))
        })
}
