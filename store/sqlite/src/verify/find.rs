//! The terms by which records are found beside the personal values: exactly those of the values that are there.

use mc_port::{FindingKind, Report};
use rusqlite::params;

use super::erased::name;
use super::search::is_settled;
use super::sums::Seed;
use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::find;
use crate::reader::Reader;

const SHOWN_MAX: usize = 20;

/// Compares by sums of keyed hashes; what differs is looked for one by one.
pub(super) fn check(reader: &Reader, seed: &Seed) -> Result<Report, StoreError> {
    let mut report = Report::default();
    let db = reader.db()?;
    if !find::is_made_under_key(db)? {
        let text = "bảng tìm dữ liệu cá nhân chờ lập lại dưới khóa mới: lần mở để ghi tới sẽ lập";
        report.notes.push(text.to_owned());
        return Ok(report);
    }
    let strays: u64 = db.query_row(
        "SELECT COUNT(*) FROM personal_find WHERE register NOT IN (SELECT no FROM register)",
        [],
        |row| row.get(0),
    )?;
    if strays > 0 {
        report.add(
            FindingKind::Derived,
            "bảng tìm dữ liệu cá nhân",
            format!("{strays} dòng của sổ không có"),
        );
    }
    for info in reader.catalog.registers() {
        if !is_settled(reader, info)? {
            continue;
        }
        let mut sum: u64 = 0;
        let of = |field: u16, term: &[u8], vid: i64| seed.hash((field, term, vid));
        find::each(db, &info.schema, info.no, (0, i64::MAX), |field, term, vid| {
            sum = sum.wrapping_add(of(field, &term, vid));
            Ok(())
        })?;
        let mut statement =
            db.prepare_cached("SELECT field, term, vid FROM personal_find WHERE register = ?1")?;
        let mut found = statement.query([info.no])?;
        while let Some(row) = found.next()? {
            let term = row.get_ref(1)?.as_blob().map_err(StoreError::corrupt)?;
            sum = sum.wrapping_sub(of(row.get(0)?, term, row.get(2)?));
        }
        if sum != 0 {
            differing(reader, info, &mut report)?;
        }
    }
    Ok(report)
}

fn differing(reader: &Reader, info: &RegisterInfo, report: &mut Report) -> Result<(), StoreError> {
    let db = reader.db()?;
    let mut shown = 0;
    let mut there = db.prepare_cached(
        "SELECT 1 FROM personal_find WHERE register = ?1 AND field = ?2 AND term = ?3 AND vid = ?4",
    )?;
    find::each(db, &info.schema, info.no, (0, i64::MAX), |field, term, vid| {
        if shown < SHOWN_MAX && !there.exists(params![info.no, field, term, vid])? {
            shown += 1;
            let text = format!("không tìm được theo trường cá nhân {field} mà bản ghi có giá trị");
            report.add(FindingKind::Derived, name(reader, info.no, vid)?, text);
        }
        Ok(())
    })?;
    let mut statement =
        db.prepare_cached("SELECT field, term, vid FROM personal_find WHERE register = ?1")?;
    let mut found = statement.query([info.no])?;
    while let Some(row) = found.next()?.filter(|_| shown < SHOWN_MAX) {
        let (field, term, vid): (u16, Vec<u8>, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let mut expected = false;
        find::each(db, &info.schema, info.no, (vid, vid + 1), |of, one, _| {
            expected |= of == field && one == term;
            Ok(())
        })?;
        if !expected {
            shown += 1;
            let text = format!("tìm được theo trường cá nhân {field} mà bản ghi không có giá trị ấy");
            report.add(FindingKind::Derived, name(reader, info.no, vid)?, text);
        }
    }
    Ok(())
}
