//! Lists of records, one record with its history, and what a reader may see of it.

use mc_access::{Act, decide};
use mc_base::{PlaceId, Seq};
use mc_port::{Filter, ListRequest, PAGE_MAX, RecordPage, Turn, Version};
use mc_register::{Field, FieldType, Record, parse_canonical};
use rusqlite::types::Value as Column;
use rusqlite::{params, params_from_iter};

use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::commit::{Kept, kept, object};
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
        let sql = query.select(info, count_is_floor, limit + 1);
        let mut statement = self.db()?.prepare_cached(&sql)?;
        let mut found =
            rows::collect(statement.query(params_from_iter(&query.parameters))?, info, &self.catalog)?;
        let turn = Turn::of(request.after.as_deref());
        let (previous, next) = turn.arrange(&mut found, limit, |row| cursor(query.sort, row));
        let rows = found.into_iter().map(|version| self.present(info, version)).collect::<Result<_, _>>()?;
        Ok(RecordPage { rows, previous, next, count, count_is_floor })
    }

    /// How SQLite goes about a page and its count, one line a step, for tests of plans.
    ///
    /// # Errors
    /// As [`Reader::list`].
    pub fn list_plan(&self, request: &ListRequest) -> Result<Vec<String>, StoreError> {
        let Some(info) = self.catalog.register(&request.register) else {
            return Err(StoreError::Missing(format!("Không có sổ “{}”.", request.register)));
        };
        let mut query = Query::of(self, info, request)?;
        let count = query.count_sql(info);
        let (_, count_is_floor) = query.count(self, info)?;
        let counted = self.steps(&count, &query.parameters)?;
        query.page(info, request)?;
        let page = query.select(info, count_is_floor, request.limit.min(PAGE_MAX) + 1);
        let paged = self.steps(&page, &query.parameters)?;
        Ok(counted.into_iter().chain(paged).collect())
    }

    fn steps(&self, sql: &str, parameters: &[Column]) -> Result<Vec<String>, StoreError> {
        let mut statement = self.db()?.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
        let steps = statement.query_map(params_from_iter(parameters), |row| row.get(3))?;
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

    /// What this reader may see of a stored version: personal values in clear where allowed, named as masked
    /// where not, and as erased where they are gone.
    pub(crate) fn present(&self, info: &RegisterInfo, stored: StoredVersion) -> Result<Version, StoreError> {
        let db = self.db()?;
        let leaf = rows::leaf_hash(db, stored.seq_from, stored.leaf)?;
        let may =
            decide(self.viewer(), Act::ReadPersonal, &object(&self.places, info, &stored.record)).is_ok();
        let mut version = Version {
            register: info.schema.id.clone(),
            key: stored.key.clone(),
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
            version.values.remove(&field.no);
            match kept(db, info, &stored, field.no)? {
                Kept::Null => {}
                Kept::Erased => version.erased.push(field.no),
                Kept::Value(value) if may => {
                    version.values.insert(field.no, value);
                }
                Kept::Value(_) => version.masked.push(field.no),
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
    conditions: Vec<Condition>,
    parameters: Vec<Column>,
    order: Order,
    sort: Option<&'a Field>,
    /// Only current versions are asked for: `seq_to` is NULL in all of them.
    is_current: bool,
}

/// A condition of the statement.
struct Condition {
    /// The field it is about: one with an index.
    field: Option<u16>,
    /// It holds for one value of the field: within an index on the field, what it leaves lies in key order.
    is_equality: bool,
    /// What follows the column; without a field, the whole of it.
    text: String,
}

impl Condition {
    const fn plain(text: String) -> Self {
        Self { field: None, is_equality: false, text }
    }

    /// As SQL. A plus keeps SQLite from any index but the one chosen.
    fn sql(&self, driver: Option<u16>) -> String {
        match self.field {
            None => self.text.clone(),
            Some(no) if driver.is_none_or(|driver| driver == no) => format!("{} {}", column(no), self.text),
            Some(no) => format!("+{} {}", column(no), self.text),
        }
    }
}

/// The order of a page.
#[derive(Clone, Copy, Default)]
struct Order {
    field: Option<u16>,
    descending: bool,
}

impl<'a> Query<'a> {
    fn of(reader: &Reader, info: &'a RegisterInfo, request: &ListRequest) -> Result<Self, StoreError> {
        let asked = reader.position(info, request.at)?.filter(|at| *at < reader.head().seq);
        let mut query = Self {
            conditions: Vec::new(),
            parameters: Vec::new(),
            order: Order::default(),
            sort: None,
            is_current: asked.is_none(),
        };
        query.conditions.push(Condition::plain(match asked {
            Some(Seq(at)) => format!("seq_from <= {at} AND (seq_to IS NULL OR seq_to > {at})"),
            None => "seq_to IS NULL".to_owned(),
        }));
        let place_field = info.schema.place.as_deref().and_then(|id| info.schema.field(id));
        if let (Some(place), Some(field)) = (request.place, place_field) {
            query.place(reader, field.no, place)?;
        }
        for filter in &request.filters {
            query.filter(info, filter)?;
        }
        if let Some(id) = &request.sort {
            query.sort = Some(offered(info, id)?);
        }
        Ok(query)
    }

    /// The place or any below it. A place that holds no other is an equality.
    fn place(&mut self, reader: &Reader, field: u16, place: PlaceId) -> Result<(), StoreError> {
        let mut within = reader
            .db()?
            .prepare_cached("SELECT place FROM place_ancestor WHERE ancestor = ?1 AND place > 0 LIMIT 2")?;
        let found = within.query_map([place.0], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        let (is_equality, text) = match found.as_slice() {
            [only] => (true, format!("= {only}")),
            _ => (
                false,
                format!("IN (SELECT place FROM place_ancestor WHERE ancestor = {} AND place > 0)", place.0),
            ),
        };
        self.conditions.push(Condition { field: Some(field), is_equality, text });
        Ok(())
    }

    fn filter(&mut self, info: &RegisterInfo, filter: &Filter) -> Result<(), StoreError> {
        let field = offered(info, &filter.field)?;
        let mut push = |is_equality, text: &str| {
            self.conditions.push(Condition { field: Some(field.no), is_equality, text: text.to_owned() });
        };
        if filter.equals.is_empty() {
            push(true, "IS NULL");
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
            push(false, "IN (SELECT place FROM place_ancestor WHERE ancestor = ?)");
        } else {
            push(true, "= ?");
        }
        self.parameters.push(to_column(&value));
        Ok(())
    }

    fn count(&self, reader: &Reader, info: &RegisterInfo) -> Result<(u64, bool), StoreError> {
        let found: u64 = reader
            .db()?
            .prepare_cached(&self.count_sql(info))?
            .query_row(params_from_iter(&self.parameters), |row| row.get(0))?;
        Ok((found.min(COUNT_MAX), found > COUNT_MAX))
    }

    fn count_sql(&self, info: &RegisterInfo) -> String {
        let register = &info.schema.id;
        let (from, conditions) = self.read_by(register, self.narrowest());
        format!("SELECT COUNT(*) FROM (SELECT 1 FROM {from} WHERE {conditions} LIMIT {})", COUNT_MAX + 1)
    }

    /// The statement of the page. Where many records fit, they are walked in the order asked for until the page is
    /// full; where few do, they are found by what narrows them down and then sorted.
    fn select(&self, info: &RegisterInfo, many: bool, limit: usize) -> String {
        let register = &info.schema.id;
        let Order { field, descending } = self.order;
        let direction = if descending { " DESC" } else { "" };
        let equality = self.conditions.iter().find(|it| it.is_equality).and_then(|it| it.field);
        let driver = match (many, field) {
            (true, None) => equality,
            (true, sorted) => sorted,
            (false, sorted) => self.narrowest().or(sorted),
        };
        let (from, conditions) = match driver {
            None if self.is_current => {
                // No condition may pull the reading away from the order of keys.
                const NO_FIELD: Option<u16> = Some(0);
                let table = table(register);
                (format!("{table} INDEXED BY {table}_key"), self.read_by(register, NO_FIELD).1)
            }
            driver => self.read_by(register, driver),
        };
        let order = match field.map(column) {
            None => format!("key{direction}"),
            // An index on a field goes on with seq_to, the same in all current versions.
            Some(sorted) if self.is_current => {
                format!("{sorted}{direction}, seq_to{direction}, key{direction}")
            }
            Some(sorted) => format!("{sorted}{direction}, key{direction}"),
        };
        format!("SELECT {} FROM {from} WHERE {conditions} ORDER BY {order} LIMIT {limit}", info.columns)
    }

    /// The field whose condition leaves the fewest records, as far as can be told without counting.
    fn narrowest(&self) -> Option<u16> {
        let fields = || self.conditions.iter().filter(|it| it.field.is_some());
        fields().find(|it| it.is_equality).or_else(|| fields().next()).and_then(|it| it.field)
    }

    /// Table and conditions, read by the index of `driver`; earlier positions are left to SQLite's own choice.
    fn read_by(&self, register: &str, driver: Option<u16>) -> (String, String) {
        let table = table(register);
        let driver = driver.filter(|_| self.is_current);
        let conditions: Vec<String> = self.conditions.iter().map(|it| it.sql(driver)).collect();
        let from = match driver {
            Some(no) if no > 0 => format!("{table} INDEXED BY {table}_{}", column(no)),
            _ => table,
        };
        (from, conditions.join(" AND "))
    }

    /// Adds the order and the condition that continues after the cursor.
    fn page(&mut self, info: &RegisterInfo, request: &ListRequest) -> Result<(), StoreError> {
        let turn = Turn::of(request.after.as_deref());
        // Read backwards, the order is the other one, and the rows are turned round at the end.
        let descending = request.descending != turn.is_back();
        let beyond = if descending { "<" } else { ">" };
        self.order = Order { field: self.sort.map(|field| field.no), descending };
        let Some(after) = turn.row() else { return Ok(()) };
        let Some(field) = self.sort else {
            self.conditions.push(Condition::plain(format!("key {beyond} ?")));
            self.parameters.push(Column::Text(after.to_owned()));
            return Ok(());
        };
        let sorted = column(field.no);
        let broken = || {
            StoreError::Missing(format!("Trang của {} không mở được: dấu trang hỏng.", info.schema.title.vi))
        };
        let (value, key) = after.split_once('\u{1f}').ok_or_else(broken)?;
        // NULL sorts before every value.
        match (value.is_empty(), descending) {
            (true, false) => {
                self.conditions.push(Condition::plain(format!("({sorted} IS NOT NULL OR key > ?)")));
            }
            (true, true) => {
                self.conditions.push(Condition::plain(format!("({sorted} IS NULL AND key < ?)")));
            }
            (false, descending) => {
                let parsed = parse_canonical(field, value).ok_or_else(broken)?;
                let nulls = if descending { format!(" OR {sorted} IS NULL") } else { String::new() };
                self.conditions.push(Condition::plain(format!(
                    "({sorted} {beyond} ? OR ({sorted} = ? AND key {beyond} ?){nulls})"
                )));
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
