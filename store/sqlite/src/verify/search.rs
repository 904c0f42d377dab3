//! The search tables against the versions: a document for each current version with words, and in the
//! full-text index exactly the words of the documents.

use std::collections::{BTreeMap, BTreeSet};

use mc_port::{FindingKind, Report};
use rusqlite::{Connection, Row, params};

use super::leaves::name;
use super::sums::Seed;
use crate::StoreError;
use crate::catalog::{RegisterInfo, declared_last};
use crate::ddl::table;
use crate::reader::Reader;
use crate::redact;
use crate::rows::StoredVersion;
use crate::search::{self, Document};

const SHOWN_MAX: usize = 20;
/// Documents are gathered in as many sums; those of a sum that differs are looked at one by one.
const BUCKETS: i64 = 65_536;
/// Documents indexed anew at a time.
const BATCH: usize = 10_000;
const TERMS: &str = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_term USING fts5vocab";

/// Whether the documents of a register follow the schema that this reader knows: while another is being taken up,
/// some follow the one before and some the one after.
pub(super) fn is_settled(reader: &Reader, info: &RegisterInfo) -> Result<bool, StoreError> {
    let db = reader.db()?;
    let newest = declared_last(db)?.get(&info.schema.id).copied();
    Ok(newest == Some(info.schema_hash) && !redact::pending(db, info.no)?)
}

/// The document of the version at hand, which stands in three columns from `at` on, is the one it must have.
pub(super) fn document(
    row: &Row<'_>,
    at: usize,
    info: &RegisterInfo,
    version: &StoredVersion,
    report: &mut Report,
) -> Result<(), StoreError> {
    if version.seq_to.is_some() {
        return Ok(());
    }
    let expected = Document::of(&info.schema, &version.record);
    let found = match row.get::<_, Option<i64>>(at)? {
        Some(_) => Some(Document { place: row.get(at + 1)?, title: row.get(at + 2)? }),
        None => None,
    };
    if expected != found {
        let shown = |document: Option<Document>| {
            document
                .map_or_else(|| "không có".to_owned(), |it| format!("“{}” ở {}", it.title, shown(it.place)))
        };
        let text = format!(
            "mục tìm kiếm khác với bản ghi: trong bảng {}, tính lại được {}",
            shown(found),
            shown(expected)
        );
        report.add(FindingKind::Derived, super::versions::name(info, &version.key, version.ordinal), text);
    }
    Ok(())
}

fn shown(place: Option<u32>) -> String {
    place.map_or_else(|| "không địa bàn".to_owned(), |place| format!("địa bàn số {place}"))
}

/// Documents of records that are not there or that have no words; those of registers that are not there.
pub(super) fn strays(reader: &Reader) -> Result<Report, StoreError> {
    let mut report = Report::default();
    let db = reader.db()?;
    let mut statement = db.prepare("SELECT register, COUNT(*) FROM search_document GROUP BY register")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (register, count): (i64, i64) = (row.get(0)?, row.get(1)?);
        match reader.catalog.register_no(register) {
            Some(info) if !is_settled(reader, info)? => {}
            Some(info) if search::is_searched(&info.schema) => strays_of(db, info, &mut report)?,
            _ => {
                let place = format!("sổ {}", name(reader, register));
                let text = format!("có {count} mục tìm kiếm mà sổ không có trường nào để tìm");
                report.add(FindingKind::Derived, place, text);
            }
        }
    }
    Ok(report)
}

fn strays_of(db: &Connection, info: &RegisterInfo, report: &mut Report) -> Result<(), StoreError> {
    let mut statement = db.prepare(&format!(
        "SELECT key FROM search_document AS d WHERE register = ?1 AND NOT EXISTS (
             SELECT 1 FROM {} AS v WHERE v.key = d.key AND v.seq_to IS NULL
         ) LIMIT {SHOWN_MAX}",
        table(&info.schema.id)
    ))?;
    let mut rows = statement.query([info.no])?;
    while let Some(row) = rows.next()? {
        let place = format!("{}/{}", info.schema.id, row.get::<_, String>(0)?);
        report.add(FindingKind::Derived, place, "có mục tìm kiếm mà không có bản ghi hiện hành");
    }
    Ok(())
}

/// The full-text index holds the words of the documents and nothing else. The documents are indexed anew in
/// memory, some at a time, and both indexes are read word by word.
pub(super) fn index(reader: &Reader, seed: &Seed) -> Result<Report, StoreError> {
    let mut report = Report::default();
    let db = reader.db()?;
    let declared: String =
        db.query_row("SELECT sql FROM sqlite_schema WHERE name = 'search_index'", [], |row| row.get(0))?;
    if !include_str!("../schema.sql").contains(&declared) {
        report.add(FindingKind::Derived, "chỉ mục tìm kiếm", "bảng được khai báo khác với chương trình");
        return Ok(report);
    }
    db.execute_batch(&format!("{TERMS}(main, search_index, instance)"))?;
    let mut sums: BTreeMap<i64, u64> = BTreeMap::new();
    words(db, seed, |document, hash| add(&mut sums, document.rem_euclid(BUCKETS), hash))?;
    indexed_anew(
        db,
        &declared,
        seed,
        |_| true,
        |document, hash| {
            add(&mut sums, document.rem_euclid(BUCKETS), hash.wrapping_neg());
        },
    )?;
    let differing: BTreeSet<i64> =
        sums.into_iter().filter(|(_, sum)| *sum != 0).map(|(bucket, _)| bucket).collect();
    if differing.is_empty() {
        return Ok(report);
    }
    let is_asked = |document: i64| differing.contains(&document.rem_euclid(BUCKETS));
    let mut documents: BTreeMap<i64, u64> = BTreeMap::new();
    words(db, seed, |document, hash| {
        if is_asked(document) {
            add(&mut documents, document, hash);
        }
    })?;
    indexed_anew(db, &declared, seed, is_asked, |document, hash| {
        add(&mut documents, document, hash.wrapping_neg());
    })?;
    for (document, _) in documents.into_iter().filter(|(_, sum)| *sum != 0).take(SHOWN_MAX) {
        let place = record(reader, document)?;
        report.add(FindingKind::Derived, place, "các từ trong chỉ mục tìm kiếm khác với bản ghi");
    }
    Ok(report)
}

fn add(sums: &mut BTreeMap<i64, u64>, at: i64, hash: u64) {
    let sum = sums.entry(at).or_default();
    *sum = sum.wrapping_add(hash);
}

/// Gives each occurrence of a word in the index as the document's number and a hash.
fn words(db: &Connection, seed: &Seed, mut take: impl FnMut(i64, u64)) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached("SELECT doc, term, col, offset FROM temp.search_term")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let document: i64 = row.get(0)?;
        let (term, column) = (row.get_ref(1)?, row.get_ref(2)?);
        let (Ok(term), Ok(column)) = (term.as_bytes(), column.as_bytes()) else {
            return Err(StoreError::Corrupt("một từ của chỉ mục tìm kiếm không phải văn bản".to_owned()));
        };
        take(document, seed.hash((document, term, column, row.get::<_, i64>(3)?)));
    }
    Ok(())
}

/// As [`words`], of an index made anew of those documents that `is_asked` names.
fn indexed_anew(
    db: &Connection,
    declared: &str,
    seed: &Seed,
    is_asked: impl Fn(i64) -> bool,
    mut take: impl FnMut(i64, u64),
) -> Result<(), StoreError> {
    let memory = Connection::open_in_memory()?;
    memory.execute_batch(&format!("{declared}; {TERMS}(main, search_index, instance)"))?;
    let mut statement = db.prepare_cached("SELECT id, title FROM search_document ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut waiting = 0;
    memory.execute_batch("BEGIN")?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        if !is_asked(id) {
            continue;
        }
        search::index(&memory, id, row.get_ref(1)?.as_str().map_err(StoreError::corrupt)?)?;
        waiting += 1;
        if waiting == BATCH {
            words(&memory, seed, &mut take)?;
            memory.execute_batch("INSERT INTO search_index (search_index) VALUES ('delete-all')")?;
            waiting = 0;
        }
    }
    words(&memory, seed, take)
}

fn record(reader: &Reader, document: i64) -> Result<String, StoreError> {
    let mut statement =
        reader.db()?.prepare_cached("SELECT register, key FROM search_document WHERE id = ?1")?;
    let mut rows = statement.query(params![document])?;
    Ok(match rows.next()? {
        Some(row) => format!("{}/{}", name(reader, row.get(0)?), row.get::<_, String>(1)?),
        None => format!("mục tìm kiếm số {document}"),
    })
}
