//! The sealed days of the access journal: as many lines, and the same, as their commits say; and no older day beside
//! them.

use std::collections::BTreeSet;

use mc_base::{Day, date};
use mc_port::{FindingKind, Report};
use mc_register::system;

use crate::StoreError;
use crate::access::digest;
use crate::ddl::table;
use crate::reader::Reader;
use crate::rows;

pub(super) fn check(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let Some(info) = reader.catalog.register(system::ACCESS_SEAL) else { return Ok(()) };
    let sql =
        format!("SELECT {} FROM {} WHERE seq_to IS NULL ORDER BY vid", info.columns, table(&info.schema.id));
    let mut statement = reader.db()?.prepare(&sql)?;
    let mut days = BTreeSet::new();
    for sealed in rows::collect(statement.query([])?, info, &reader.catalog)? {
        let value = |id: &str| sealed.record.get_id(&info.schema, id).cloned();
        let (
            Some(mc_ledger::Value::Day(day)),
            Some(mc_ledger::Value::Int(lines)),
            Some(mc_ledger::Value::Text(hash)),
        ) = (value("day"), value("lines"), value("digest"))
        else {
            continue;
        };
        days.insert(day);
        let (found, digest) = digest(reader.db()?, day)?;
        if i64::try_from(found) != Ok(lines) {
            let text = format!("còn {found} dòng, đã niêm phong {lines} dòng ở lần ghi {}", sealed.seq_from);
            report.add(FindingKind::Access, place(day), text);
        } else if digest.to_string() != hash {
            let text = format!("nội dung khác với dấu đã niêm phong ở lần ghi {}", sealed.seq_from);
            report.add(FindingKind::Access, place(day), text);
        }
    }
    unsealed(reader, &days, report)
}

/// Days are sealed in their order, and none gets a line afterwards: an older one with lines and without a seal was put
/// in later.
fn unsealed(reader: &Reader, sealed: &BTreeSet<Day>, report: &mut Report) -> Result<(), StoreError> {
    let Some(newest) = sealed.last() else { return Ok(()) };
    let sql = "SELECT day, COUNT(*) FROM access WHERE day < ?1 GROUP BY day ORDER BY day";
    let mut statement = reader.db()?.prepare(sql)?;
    let mut found = statement.query([newest.epoch_days()])?;
    while let Some(row) = found.next()? {
        let (day, lines): (i32, u64) = (row.get(0)?, row.get(1)?);
        match Day::from_epoch_days(day) {
            Some(day) if sealed.contains(&day) => {}
            Some(day) => {
                let until = date::short(*newest);
                let text = format!(
                    "có {lines} dòng mà không có dấu niêm phong, dù đã niêm phong đến hết ngày {until}"
                );
                report.add(FindingKind::Access, place(day), text);
            }
            None => {
                let text = format!("có {lines} dòng mang ngày số {day}, không phải một ngày");
                report.add(FindingKind::Access, "nhật ký truy cập", text);
            }
        }
    }
    Ok(())
}

fn place(day: Day) -> String {
    format!("nhật ký truy cập ngày {}", date::short(day))
}
