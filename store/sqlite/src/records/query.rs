//! The statements of a list: its count and its page.

use mc_base::{PlaceId, Seq};
use mc_port::{Filter, ListRequest, Turn};
use mc_register::{Field, FieldType, parse_canonical};
use rusqlite::types::Value as Column;
use rusqlite::{OptionalExtension, params, params_from_iter};

use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::convert::to_column;
use crate::ddl::{column, is_listed, table};
use crate::explanation::Explained;
use crate::reader::Reader;

/// Counts stop here: a longer list reads "hơn 10.000".
pub(crate) const COUNT_MAX: u64 = 10_000;

/// The parts of a list's statement.
pub(super) struct Query<'a> {
    conditions: Vec<Condition>,
    parameters: Vec<Column>,
    order: Order,
    pub(super) sort: Option<&'a Field>,
    /// Where only explained records are asked for: narrows them down to those.
    explained: Option<String>,
    /// The earlier position that is asked for.
    past: Option<Past>,
}

/// An earlier position.
#[derive(Clone, Copy)]
struct Past {
    at: Seq,
    /// The last version that was opened until then: version numbers ascend with positions, and unlike `seq_from`
    /// they are in every index.
    last: i64,
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
    pub(super) fn of(
        reader: &Reader,
        info: &'a RegisterInfo,
        request: &ListRequest,
    ) -> Result<Self, StoreError> {
        let asked = reader.position(info, request.at)?.filter(|at| *at < reader.head().seq);
        let past = asked.map(|at| Ok::<_, StoreError>(Past { at, last: last_opened(reader, info, at)? }));
        let mut query = Self {
            conditions: Vec::new(),
            parameters: Vec::new(),
            order: Order::default(),
            sort: None,
            explained: None,
            past: past.transpose()?,
        };
        let place_field = info.schema.place.as_deref().and_then(|id| info.schema.field(id));
        if let (Some(place), Some(field)) = (request.place, place_field) {
            query.place(reader, field.no, place)?;
        }
        for filter in &request.filters {
            if filter.is_explained() {
                let Explained { among, holds } = Explained::of(&reader.catalog, info);
                query.conditions.push(Condition::plain(holds));
                query.explained = Some(among);
            } else {
                query.filter(info, filter)?;
            }
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

    pub(super) fn count(&self, reader: &Reader, info: &RegisterInfo) -> Result<(u64, bool), StoreError> {
        let found: u64 =
            reader.db()?.prepare_cached(&self.count_sql(info))?.query_row(self.bound(), |row| row.get(0))?;
        Ok((found.min(COUNT_MAX), found > COUNT_MAX))
    }

    pub(super) fn count_sql(&self, info: &RegisterInfo) -> String {
        let most = COUNT_MAX + 1;
        let open = match &self.explained {
            Some(among) => self.among(info, among),
            None => self.open(info, self.narrowest()),
        };
        let counted = match self.closed_since(info) {
            None => format!("SELECT 1 FROM {open} LIMIT {most}"),
            Some(closed) => format!(
                "SELECT 1 FROM (SELECT 1 FROM {open} LIMIT {most})
                 UNION ALL SELECT 1 FROM (SELECT 1 FROM {closed} LIMIT {most}) LIMIT {most}"
            ),
        };
        format!("SELECT COUNT(*) FROM ({counted})")
    }

    /// The statement of the page. Where many records fit, they are walked in the order asked for until the page is
    /// full; where few do, they are found by what narrows them down and then sorted.
    pub(super) fn select(&self, info: &RegisterInfo, many: bool, limit: usize) -> String {
        let Order { field, descending } = self.order;
        let direction = if descending { " DESC" } else { "" };
        let equality = self.conditions.iter().find(|it| it.is_equality).and_then(|it| it.field);
        let driver = match (many, field) {
            (true, None) => equality,
            (true, sorted) => sorted,
            (false, sorted) => self.narrowest().or(sorted),
        };
        let open = match (&self.explained, driver) {
            (Some(among), _) if !many => self.among(info, among),
            (_, None) => self.in_key_order(info),
            (_, driver) => self.open(info, driver),
        };
        let sorted = field.map_or_else(String::new, |no| format!("{}{direction}, ", column(no)));
        let tail = format!("ORDER BY {sorted}key{direction} LIMIT {limit}");
        let columns = &info.columns;
        match self.closed_since(info) {
            None => format!("SELECT {columns} FROM {open} {tail}"),
            Some(closed) => format!(
                "SELECT * FROM (SELECT {columns} FROM {open} {tail})
                 UNION ALL SELECT * FROM (SELECT {columns} FROM {closed} {tail}) {tail}"
            ),
        }
    }

    /// The field whose condition leaves the fewest records, as far as can be told without counting.
    fn narrowest(&self) -> Option<u16> {
        let fields = || self.conditions.iter().filter(|it| it.field.is_some());
        fields().find(|it| it.is_equality).or_else(|| fields().next()).and_then(|it| it.field)
    }

    /// Table and conditions of the versions that are open now, read by the index of `driver`.
    fn open(&self, info: &RegisterInfo, driver: Option<u16>) -> String {
        let table = table(&info.schema.id);
        let by = driver.map_or_else(String::new, |no| format!(" INDEXED BY {table}_{}", column(no)));
        format!("{table}{by} WHERE seq_to IS NULL{}", self.and_conditions(driver))
    }

    /// As [`Query::open`], found by the numbers of their versions.
    fn among(&self, info: &RegisterInfo, among: &str) -> String {
        let table = table(&info.schema.id);
        format!("{table} NOT INDEXED WHERE {among} AND seq_to IS NULL{}", self.and_conditions(None))
    }

    /// As [`Query::open`], in the order of keys: no condition may pull the reading away from it.
    fn in_key_order(&self, info: &RegisterInfo) -> String {
        const NO_FIELD: Option<u16> = Some(0);
        let table = table(&info.schema.id);
        format!("{table} INDEXED BY {table}_key WHERE seq_to IS NULL{}", self.and_conditions(NO_FIELD))
    }

    /// Table and conditions of the versions that were closed after the earlier position asked for.
    fn closed_since(&self, info: &RegisterInfo) -> Option<String> {
        let past = self.past?;
        let table = table(&info.schema.id);
        // Any of the lists' indexes begins with what they have in common.
        let listed =
            info.schema.field.iter().find(|field| is_listed(&info.schema, field)).map(|field| field.no);
        let by = listed.map_or_else(String::new, |no| format!(" INDEXED BY {table}_{}", column(no)));
        Some(format!("{table}{by} WHERE seq_to > {}{}", past.at.0, self.and_conditions(Some(0))))
    }

    /// All conditions but the one on `seq_to`, for reading by the index of `driver`.
    fn and_conditions(&self, driver: Option<u16>) -> String {
        let past = self.past.map(|past| format!(" AND +vid <= {}", past.last));
        let fields = self.conditions.iter().map(|it| format!(" AND {}", it.sql(driver)));
        past.into_iter().chain(fields).collect()
    }

    /// The parameters as often as the conditions stand in a statement.
    pub(super) fn bound(&self) -> impl rusqlite::Params + use<'_> {
        let again = self.past.iter().flat_map(|_| &self.parameters);
        params_from_iter(self.parameters.iter().chain(again))
    }

    /// Adds the order and the condition that continues after the cursor.
    pub(super) fn page(&mut self, info: &RegisterInfo, request: &ListRequest) -> Result<(), StoreError> {
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
        // NULL sorts before every value, and is neither before nor after any in a comparison.
        let condition = match (value.is_empty(), descending) {
            (true, false) => format!("({sorted} IS NOT NULL OR key > ?)"),
            (true, true) => format!("({sorted} IS NULL AND key < ?)"),
            (false, true) if !field.required => {
                format!("(({sorted}, key) < (?, ?) OR {sorted} IS NULL)")
            }
            (false, _) => format!("({sorted}, key) {beyond} (?, ?)"),
        };
        self.conditions.push(Condition::plain(condition));
        if !value.is_empty() {
            self.parameters.push(to_column(&parse_canonical(field, value).ok_or_else(broken)?));
        }
        self.parameters.push(Column::Text(key.to_owned()));
        Ok(())
    }
}

/// The last version of a register that was opened at or before a position.
fn last_opened(reader: &Reader, info: &RegisterInfo, at: Seq) -> Result<i64, StoreError> {
    let last = reader
        .db()?
        .prepare_cached(
            "SELECT vid_to FROM register_span WHERE register = ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT 1",
        )?
        .query_row(params![info.no, at.0], |row| row.get(0))
        .optional()?;
    Ok(last.unwrap_or(0))
}

/// A field that lists may sort and filter by: only those declared, so that no page needs a scan.
fn offered<'i>(info: &'i RegisterInfo, id: &str) -> Result<&'i Field, StoreError> {
    info.schema.field(id).filter(|field| is_listed(&info.schema, field)).ok_or_else(|| {
        StoreError::Missing(format!("{}: không lọc hay sắp xếp theo “{id}”.", info.schema.title.vi))
    })
}
