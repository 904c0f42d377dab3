//! What was erased: each missing value must be named by an erasure of the ledger, and nothing else may be
//! missing.

use mc_ledger::Act;
use mc_port::{FindingKind, Report};
use mc_register::system;
use rusqlite::{Connection, params};

use super::marked;
use super::rows::Leaf;
use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::ddl::{column, table, written_column};
use crate::erase::{COMMIT, COMMIT_NO};
use crate::reader::Reader;
use crate::rows::StoredVersion;

const SHOWN_MAX: i64 = 100;

/// An erase leaf: its value is gone, the redaction is its own, and a record of register `erasure` names its
/// ground.
pub(super) fn leaf(
    reader: &Reader,
    seq: u64,
    leaf: &Leaf,
    version: &StoredVersion,
    name: &str,
    report: &mut Report,
) -> Result<(), StoreError> {
    let db = reader.db()?;
    let info = reader.catalog.register_no(leaf.register);
    let register = info.map_or("", |info| info.schema.id.as_str());
    let about = (leaf.register, leaf.vid, leaf.field);
    if exists(
        db,
        "SELECT 1 FROM personal WHERE register = ?1 AND vid = ?2 AND field = ?3",
        params![about.0, about.1, about.2],
    )? {
        let text = format!("giá trị cá nhân của trường {} đã có lệnh xóa nhưng vẫn còn", leaf.field);
        report.add(FindingKind::Personal, name, text);
    }
    if !exists(
        db,
        "SELECT 1 FROM redaction WHERE register = ?1 AND vid = ?2 AND field = ?3 AND seq = ?4",
        params![about.0, about.1, about.2, seq],
    )? {
        let text = format!("lệnh xóa trường {} ở lần ghi {seq} không có dấu xóa trong bảng", leaf.field);
        report.add(FindingKind::Personal, name, text);
    }
    if !recorded(reader, register, &version.key, version.ordinal, leaf.field, seq)? {
        let text = format!("lệnh xóa trường {} ở lần ghi {seq} không có bản ghi nêu căn cứ", leaf.field);
        report.add(FindingKind::Personal, name, text);
    }
    Ok(())
}

/// Whether commit `seq` opened the record that names the erasure.
pub(super) fn recorded(
    reader: &Reader,
    register: &str,
    key: &str,
    version: u32,
    field: u16,
    seq: u64,
) -> Result<bool, StoreError> {
    let Some(info) = reader.catalog.register(system::ERASURE) else { return Ok(false) };
    let columns: Vec<String> = ["register", "record", "version", "field_no"]
        .iter()
        .filter_map(|id| info.schema.field(id))
        .map(|field| column(field.no))
        .collect();
    let [of, record, ordinal, no] = columns.as_slice() else { return Ok(false) };
    let sql = format!(
        "SELECT 1 FROM {} WHERE {of} = ?1 AND {record} = ?2 AND {ordinal} = ?3 AND {no} = ?4 AND seq_from = ?5",
        table(system::ERASURE)
    );
    exists(reader.db()?, &sql, params![register, key, version, field, seq])
}

/// Redactions that no erasure and no schema made.
pub(super) fn check(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    redactions(reader, report)?;
    marked::check(reader, report)
}

fn redactions(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let mut statement = reader.db()?.prepare(
        "SELECT register, vid, field, seq FROM redaction AS r
         WHERE (register = 0 OR (vid <> 0 AND field <> 0)) AND register >= 0 AND NOT EXISTS (
             SELECT 1 FROM row_leaf AS l WHERE l.seq = r.seq AND l.register = r.register AND l.vid = r.vid
                 AND l.field = r.field AND l.act = ?1
         )",
    )?;
    let mut found = statement.query([Act::Erase.code()])?;
    while let Some(row) = found.next()? {
        let (register, vid): (i64, i64) = (row.get(0)?, row.get(1)?);
        let (field, seq): (u16, u64) = (row.get(2)?, row.get(3)?);
        if register == COMMIT_NO {
            if !recorded(reader, COMMIT, &vid.to_string(), 1, field, seq)? {
                let text = format!("văn bản số {field} của lần ghi bị xóa mà không có lệnh xóa");
                report.add(FindingKind::Entry, format!("lần ghi {vid}"), text);
            }
            continue;
        }
        let name = name(reader, register, vid)?;
        let text = format!("trường {field} bị đánh dấu đã xóa mà lần ghi {seq} không có lệnh xóa");
        report.add(FindingKind::Personal, name, text);
    }
    Ok(())
}

/// A version by its number, as a person can find it.
pub(super) fn name(reader: &Reader, register: i64, vid: i64) -> Result<String, StoreError> {
    let Some(info) = reader.catalog.register_no(register) else { return Ok(format!("sổ số {register}")) };
    let sql = format!("SELECT key, ord FROM {} WHERE vid = ?1", table(&info.schema.id));
    let mut statement = reader.db()?.prepare_cached(&sql)?;
    let mut rows = statement.query([vid])?;
    Ok(match rows.next()? {
        Some(row) => {
            format!("{}/{}, phiên bản {}", info.schema.id, row.get::<_, String>(0)?, row.get::<_, i64>(1)?)
        }
        None => format!("{}, dòng số {vid}", info.schema.id),
    })
}

/// Personal values beside versions `from` to `to` that commit to none.
pub(super) fn strays(
    reader: &Reader,
    info: &RegisterInfo,
    (from, to): (i64, i64),
    report: &mut Report,
) -> Result<(), StoreError> {
    let db = reader.db()?;
    let table = table(&info.schema.id);
    let mut conditions = vec!["v.vid IS NULL".to_owned()];
    let personal = info.schema.field.iter().filter(|field| field.personal);
    // A value that was moved has no salt; its version's leaf is what it is checked against.
    conditions.extend(personal.map(|field| {
        let moved = if info.marked.contains(&field.no) { " AND p.salt <> x''" } else { "" };
        format!("(p.field = {} AND v.{} IS NULL{moved})", field.no, written_column(field.no, &info.marked))
    }));
    let sql = format!(
        "SELECT p.vid, p.field FROM personal AS p LEFT JOIN {table} AS v ON v.vid = p.vid
         WHERE p.register = ?1 AND p.vid BETWEEN ?2 AND ?3 AND ({}) LIMIT {SHOWN_MAX}",
        conditions.join(" OR ")
    );
    let mut statement = db.prepare(&sql)?;
    let mut found = statement.query(params![info.no, from, to])?;
    while let Some(row) = found.next()? {
        let text =
            format!("có giá trị cá nhân của trường {} mà bản ghi không cam kết", row.get::<_, u16>(1)?);
        report.add(FindingKind::Personal, name(reader, info.no, row.get(0)?)?, text);
    }
    Ok(())
}

fn exists(db: &Connection, sql: &str, parameters: impl rusqlite::Params) -> Result<bool, StoreError> {
    Ok(db.prepare_cached(sql)?.exists(parameters)?)
}
