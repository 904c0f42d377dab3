//! The schemas in use are the ones the ledger declares, all of them, each since the commit that first declared it.

use std::collections::BTreeMap;

use mc_ledger::Value;
use mc_port::{FindingKind, Report};
use mc_register::{hash_of_text, system};

use crate::StoreError;
use crate::convert::hash;
use crate::reader::Reader;
use crate::rows;

pub(super) fn check(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let Some(info) = reader.catalog.register(system::SCHEMA) else { return Ok(()) };
    let sql = format!("SELECT {} FROM r_schema WHERE seq_to IS NULL ORDER BY vid", info.columns);
    let mut declared: BTreeMap<String, (String, u64)> = BTreeMap::new();
    for version in rows::collect(reader.db()?.prepare(&sql)?.query([])?, info, &reader.catalog)? {
        if let Some(Value::Text(text)) = version.record.get_id(&info.schema, "declaration") {
            // One that is declared again is in use since it was first.
            declared.entry(text.clone()).or_insert((version.key, version.seq_from.0));
        }
    }
    let mut statement = reader.db()?.prepare("SELECT no, hash, text, seq FROM schema_version ORDER BY no")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let place = format!("khai báo số {}", row.get::<_, i64>(0)?);
        let text: String = row.get(2)?;
        if hash(&row.get::<_, Vec<u8>>(1)?) != Some(hash_of_text(&text)) {
            report.add(FindingKind::Declaration, &place, "nội dung khác với mã băm");
        }
        let seq: u64 = row.get(3)?;
        match declared.remove(&text) {
            None => report.add(FindingKind::Declaration, place, "đang dùng mà không lần ghi nào khai báo"),
            Some((_, since)) if since != seq => {
                let text = format!("bảng ghi dùng từ lần ghi {seq}, sổ cái khai báo ở lần ghi {since}");
                report.add(FindingKind::Declaration, place, text);
            }
            Some(_) => {}
        }
    }
    for (key, seq) in declared.into_values() {
        let text = format!("khai báo ở lần ghi {seq} mà không có trong bảng đang dùng");
        report.add(FindingKind::Declaration, format!("{}/{key}", system::SCHEMA), text);
    }
    Ok(())
}
