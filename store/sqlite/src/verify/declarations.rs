//! The schemas in use must be the ones the ledger declares.

use std::collections::BTreeSet;

use mc_ledger::Value;
use mc_port::{FindingKind, Report};
use mc_register::{hash_of_text, system};

use crate::StoreError;
use crate::convert::hash;
use crate::reader::Reader;
use crate::rows;

pub(super) fn check(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let Some(info) = reader.catalog.register(system::SCHEMA) else { return Ok(()) };
    let sql = format!("SELECT {} FROM r_schema WHERE seq_to IS NULL", info.columns);
    let declared: BTreeSet<String> =
        rows::collect(reader.db()?.prepare(&sql)?.query([])?, info, &reader.catalog)?
            .into_iter()
            .filter_map(|version| match version.record.get_id(&info.schema, "declaration") {
                Some(Value::Text(text)) => Some(text.clone()),
                _ => None,
            })
            .collect();
    let mut statement = reader.db()?.prepare("SELECT no, hash, text FROM schema_version ORDER BY no")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let place = format!("khai báo số {}", row.get::<_, i64>(0)?);
        let text: String = row.get(2)?;
        if hash(&row.get::<_, Vec<u8>>(1)?) != Some(hash_of_text(&text)) {
            report.add(FindingKind::Declaration, &place, "nội dung khác với mã băm");
        }
        if !declared.contains(&text) {
            report.add(FindingKind::Declaration, place, "đang dùng mà không lần ghi nào khai báo");
        }
    }
    Ok(())
}
