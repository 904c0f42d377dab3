//! Fields that were marked personal on a register that had versions: each has its redaction, made by the commit of
//! the schema that marks it, and no value is left in the register. A version is its leaf hash only where one of
//! these values was erased, and nowhere else.

use mc_ledger::Act;
use mc_port::{FindingKind, Report};
use rusqlite::params;

use super::erased::name;
use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::ddl::{column, table};
use crate::erase::{COMMIT_NO, NONCE};
use crate::reader::Reader;
use crate::redact::{Job, WHOLE_COLUMN};

const SHOWN_MAX: i64 = 100;

pub(super) fn check(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let jobs = Job::all(reader.db()?)?;
    for info in reader.catalog.registers() {
        let job = jobs.iter().find(|job| job.register == info.no);
        if let Some(job) = job {
            let title = &info.schema.title.vi;
            let text =
                format!("sổ “{title}” đang theo khai báo mới, {}/{} phiên bản", job.done(), job.total());
            report.notes.push(text);
        }
        for no in &info.marked {
            redaction(reader, info, *no, report)?;
            if job.is_none() {
                left(reader, info, *no, report)?;
            }
        }
    }
    without_schema(reader, report)?;
    leaf_only(reader, report)
}

/// The position at which a schema of the register first marked the field.
fn marked_at(reader: &Reader, info: &RegisterInfo, no: u16) -> Result<Option<u64>, StoreError> {
    let mut statement =
        reader.db()?.prepare_cached("SELECT no, seq FROM schema_version WHERE register = ?1 ORDER BY no")?;
    let mut found = statement.query([info.no])?;
    while let Some(row) = found.next()? {
        let schema = reader.catalog.schema_version(row.get(0)?)?;
        if schema.field_no(no).is_some_and(|field| field.personal) {
            return Ok(Some(row.get(1)?));
        }
    }
    Ok(None)
}

fn redaction(reader: &Reader, info: &RegisterInfo, no: u16, report: &mut Report) -> Result<(), StoreError> {
    let Some(seq) = marked_at(reader, info, no)? else { return Ok(()) };
    let made = reader
        .db()?
        .prepare_cached(
            "SELECT 1 FROM redaction WHERE register = ?1 AND vid = ?2 AND field = ?3 AND seq = ?4",
        )?
        .exists(params![info.no, WHOLE_COLUMN, no, seq])?;
    if !made {
        let text = format!("trường {no} được đánh dấu cá nhân ở lần ghi {seq} mà bảng không có dấu chuyển");
        report.add(FindingKind::Personal, &info.schema.id, text);
    }
    Ok(())
}

/// Values that should have been moved.
fn left(reader: &Reader, info: &RegisterInfo, no: u16, report: &mut Report) -> Result<(), StoreError> {
    let (table, column) = (table(&info.schema.id), column(no));
    let sql = format!("SELECT vid FROM {table} WHERE {column} IS NOT NULL LIMIT {SHOWN_MAX}");
    let mut statement = reader.db()?.prepare(&sql)?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let text = format!("giá trị của trường {no} còn nằm ngoài bảng dữ liệu cá nhân");
        report.add(FindingKind::Personal, name(reader, info.no, row.get(0)?)?, text);
    }
    Ok(())
}

/// Redactions of a whole column that no schema asked for.
fn without_schema(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let mut statement = reader
        .db()?
        .prepare("SELECT register, field, seq FROM redaction WHERE register <> ?1 AND vid = ?2")?;
    let mut found = statement.query([COMMIT_NO, WHOLE_COLUMN])?;
    while let Some(row) = found.next()? {
        let (register, no, seq): (i64, u16, u64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let info = reader.catalog.register_no(register);
        let asked = match info.filter(|info| info.marked.contains(&no)) {
            Some(info) => marked_at(reader, info, no)? == Some(seq),
            None => false,
        };
        if !asked {
            let register = info.map_or_else(|| format!("sổ số {register}"), |info| info.schema.id.clone());
            let text = format!("trường {no} bị chuyển ở lần ghi {seq} mà khai báo không đánh dấu cá nhân");
            report.add(FindingKind::Personal, register, text);
        }
    }
    Ok(())
}

/// Versions of which only the leaf hash is left: the same commit erased a value that the leaf holds in clear.
fn leaf_only(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let mut statement = reader.db()?.prepare(
        "SELECT register, vid, seq FROM redaction WHERE register <> ?1 AND vid <> ?2 AND field = ?3",
    )?;
    let mut found = statement.query(params![COMMIT_NO, WHOLE_COLUMN, NONCE])?;
    let mut versions = 0;
    while let Some(row) = found.next()? {
        let (register, vid, seq): (i64, i64, u64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if erased_in_clear(reader, register, vid, seq)? {
            versions += 1;
        } else {
            let text = format!("muối bị xóa ở lần ghi {seq} mà không có lệnh xóa giá trị nào nằm trong lá");
            report.add(FindingKind::Personal, name(reader, register, vid)?, text);
        }
    }
    if versions > 0 {
        report.notes.push(format!("{versions} phiên bản chỉ còn mã băm vì có giá trị đã xóa theo luật"));
    }
    Ok(())
}

/// Whether commit `seq` erased a field of the version that its schema did not declare personal.
fn erased_in_clear(reader: &Reader, register: i64, vid: i64, seq: u64) -> Result<bool, StoreError> {
    let Some(info) = reader.catalog.register_no(register) else { return Ok(false) };
    let sql = format!(
        "SELECT l.field, v.schema FROM row_leaf AS l JOIN {} AS v ON v.vid = l.vid
         WHERE l.seq = ?1 AND l.register = ?2 AND l.vid = ?3 AND l.act = ?4",
        table(&info.schema.id)
    );
    let mut statement = reader.db()?.prepare_cached(&sql)?;
    let mut found = statement.query(params![seq, register, vid, Act::Erase.code()])?;
    while let Some(row) = found.next()? {
        let schema = reader.catalog.schema_version(row.get(1)?)?;
        if schema.field_no(row.get(0)?).is_some_and(|field| !field.personal) {
            return Ok(true);
        }
    }
    Ok(false)
}
