//! The sealed days of the access journal: as many lines, and the same, as their commits say.

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
        let (found, digest) = digest(reader.db()?, day)?;
        if i64::try_from(found) != Ok(lines) {
            let text = format!("còn {found} dòng, đã niêm phong {lines} dòng ở lần ghi {}", sealed.seq_from);
            report.add(FindingKind::Access, place(day), text);
        } else if digest.to_string() != hash {
            let text = format!("nội dung khác với dấu đã niêm phong ở lần ghi {}", sealed.seq_from);
            report.add(FindingKind::Access, place(day), text);
        }
    }
    Ok(())
}

fn place(day: Day) -> String {
    format!("nhật ký truy cập ngày {}", date::short(day))
}
