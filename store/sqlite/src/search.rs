//! Search over records: words with their marks, and folded to letters without marks.

use std::collections::BTreeSet;

use mc_base::PlaceId;
use mc_base::text::fold;
use mc_ledger::Value;
use mc_port::Hit;
use mc_register::{Record, Schema};
use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;
use crate::catalog::{Catalog, RegisterInfo};
use crate::ddl::table;
use crate::{redact, rows};

/// Hits shown at once.
pub(crate) const HITS_MAX: usize = 100;
const WORDS_MAX: usize = 12;
/// Pages merged at once; negative: also segments that SQLite would leave side by side.
const MERGED_PAGES: i64 = -200;

/// Brings the documents of `keys` up to the current versions. Registers without searchable fields have none.
pub(crate) fn update(
    db: &Connection,
    catalog: &Catalog,
    info: &RegisterInfo,
    keys: &BTreeSet<String>,
) -> Result<(), StoreError> {
    if !is_searched(&info.schema) {
        return Ok(());
    }
    keys.iter().try_for_each(|key| renew(db, catalog, info, key))
}

fn renew(db: &Connection, catalog: &Catalog, info: &RegisterInfo, key: &str) -> Result<(), StoreError> {
    let sql =
        format!("SELECT {} FROM {} WHERE key = ?1 AND seq_to IS NULL", info.columns, table(&info.schema.id));
    let current = rows::collect(db.prepare_cached(&sql)?.query([key])?, info, catalog)?.pop();
    forget(db, info.no, key)?;
    current.map_or(Ok(()), |version| add(db, info, key, &version.record))
}

/// As [`update`], for the records of versions `from` to before `to`, also where the register has no searchable
/// field any more.
pub(crate) fn renew_versions(
    db: &Connection,
    catalog: &Catalog,
    info: &RegisterInfo,
    (from, to): (i64, i64),
) -> Result<(), StoreError> {
    let sql = format!("SELECT DISTINCT key FROM {} WHERE vid >= ?1 AND vid < ?2", table(&info.schema.id));
    let mut statement = db.prepare_cached(&sql)?;
    let keys = statement.query_map(params![from, to], |row| row.get(0))?;
    let keys = keys.collect::<Result<Vec<String>, _>>()?;
    keys.iter().try_for_each(|key| renew(db, catalog, info, key))
}

/// Merges some more of the index; true when there is nothing left to merge. What was removed from the index
/// stays in its segments until they are merged.
pub(crate) fn merged(db: &Connection) -> Result<bool, StoreError> {
    let before = db.total_changes();
    db.prepare_cached("INSERT INTO search_index (search_index, rank) VALUES ('merge', ?1)")?
        .execute([MERGED_PAGES])?;
    // SQLite's documentation: a difference below two says that nothing was merged.
    Ok(db.total_changes() - before < 2)
}

fn forget(db: &Connection, register: i64, key: &str) -> Result<(), StoreError> {
    let id: Option<i64> = db
        .prepare_cached("DELETE FROM search_document WHERE register = ?1 AND key = ?2 RETURNING id")?
        .query_row(params![register, key], |row| row.get(0))
        .optional()?;
    if let Some(id) = id {
        db.prepare_cached("DELETE FROM search_index WHERE rowid = ?1")?.execute([id])?;
    }
    Ok(())
}

/// What is searched of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Document {
    pub(crate) place: Option<u32>,
    pub(crate) title: String,
}

/// Between the words of a title.
const SEPARATOR: &str = " · ";

impl Document {
    /// The document of a record; `None` where nothing of it is searched.
    pub(crate) fn of(schema: &Schema, record: &Record) -> Option<Self> {
        let words = words(schema, record);
        let place = schema.place.as_deref().and_then(|id| match record.get_id(schema, id) {
            Some(Value::Place(place)) => Some(place.0),
            _ => None,
        });
        (!words.is_empty()).then(|| Self { place, title: words.join(SEPARATOR) })
    }
}

/// Whether records of a register have documents.
pub(crate) fn is_searched(schema: &Schema) -> bool {
    schema.field.iter().any(|field| field.search && !field.personal)
}

/// Puts the words of a title into a full-text table with columns `exact` and `folded`.
pub(crate) fn index(db: &Connection, id: i64, title: &str) -> Result<(), StoreError> {
    let exact = title.replace(SEPARATOR, " ").to_lowercase();
    db.prepare_cached("INSERT INTO search_index (rowid, exact, folded) VALUES (?1, ?2, ?3)")?
        .execute(params![id, exact, fold(&exact)])?;
    Ok(())
}

fn add(db: &Connection, info: &RegisterInfo, key: &str, record: &Record) -> Result<(), StoreError> {
    let Some(Document { place, title }) = Document::of(&info.schema, record) else { return Ok(()) };
    let id: i64 = db
        .prepare_cached(
            "INSERT INTO search_document (register, key, place, title) VALUES (?1, ?2, ?3, ?4) RETURNING id",
        )?
        .query_row(params![info.no, key, place, title], |row| row.get(0))?;
    index(db, id, &title)
}

fn words(schema: &Schema, record: &Record) -> Vec<String> {
    schema
        .field
        .iter()
        .filter(|field| field.search && !field.personal)
        .filter_map(|field| match record.get(field.no) {
            Value::Text(text) => Some(text.clone()),
            Value::Code(code) => {
                Some(field.code(code).map_or_else(|| code.clone(), |code| code.title.vi.clone()))
            }
            _ => None,
        })
        .collect()
}

/// Records that contain all the words; those that contain them with their marks come first. `within` leaves out
/// what lies elsewhere.
pub(crate) fn find(
    db: &Connection,
    catalog: &Catalog,
    text: &str,
    within: Option<PlaceId>,
    limit: usize,
) -> Result<Vec<Hit>, StoreError> {
    let exact = query(&text.to_lowercase());
    let folded = query(&fold(text));
    if folded.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = db.prepare_cached(
        "SELECT d.register, d.key, d.title, EXISTS (
             SELECT 1 FROM search_index AS e WHERE e.rowid = d.id AND e.exact MATCH ?1
         ) AS exactly
         FROM search_index AS i JOIN search_document AS d ON d.id = i.rowid
         WHERE i.folded MATCH ?2
           AND (?4 IS NULL OR d.place IS NULL
                OR d.place IN (SELECT place FROM place_ancestor WHERE ancestor = ?4))
         ORDER BY exactly DESC, i.rank, d.id LIMIT ?3",
    )?;
    let limit = i64::try_from(limit.min(HITS_MAX)).unwrap_or(0);
    let mut rows = statement.query(params![exact, folded, limit, within.map(|place| place.0)])?;
    // The words of a register that is being redacted may still hold what must not be found.
    let held_back: BTreeSet<i64> = redact::Job::all(db)?.iter().map(|job| job.register).collect();
    let mut hits = Vec::new();
    while let Some(row) = rows.next()? {
        let no = row.get(0)?;
        let info = catalog.register_no(no).filter(|_| !held_back.contains(&no));
        if let Some(info) = info {
            let register = info.schema.id.clone();
            hits.push(Hit { register, key: row.get(1)?, title: row.get(2)?, exact: row.get(3)? });
        }
    }
    Ok(hits)
}

/// Every word as a quoted prefix: nothing a user types is query syntax.
fn query(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
        .map(|word| format!("\"{word}\"*"))
        .collect::<Vec<_>>()
        .join(" ")
}
