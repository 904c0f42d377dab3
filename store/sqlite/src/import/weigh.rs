//! The register's rules over the staged versions, as SQL.

use std::collections::HashSet;

use mc_port::RejectedRow;
use rusqlite::{Connection, params};

use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::ddl::column;
use crate::explanation;

/// Runs the register's rules over the staged versions. Rows that break one are refused or flagged; edits in
/// `dropped` are passed over, those refused are added to it.
pub(crate) fn rules(
    db: &Connection,
    info: &RegisterInfo,
    dropped: &mut HashSet<u32>,
) -> Result<Vec<RejectedRow>, StoreError> {
    let mut rejected = Vec::new();
    if info.rules.is_empty() {
        return Ok(rejected);
    }
    let broken: Vec<String> = info.rules.iter().map(|rule| format!("NOT ({rule})")).collect();
    // A rule that is NULL (a value is not known) is not broken.
    let sql = format!(
        "SELECT row, edit, line, {}, {} FROM version WHERE ({}) ORDER BY row",
        explanation::missing(&info.schema, column),
        broken.join(", "),
        broken.join(") OR (")
    );
    let mut statement = db.prepare(&sql)?;
    let mut flag = db.prepare("INSERT OR IGNORE INTO flag (row, rule) VALUES (?1, ?2)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let edit: u32 = row.get(1)?;
        if dropped.contains(&edit) {
            continue;
        }
        for (at, rule) in info.schema.rule.iter().enumerate() {
            if row.get::<_, Option<bool>>(4 + at)? != Some(true) {
                continue;
            }
            let Some((field, message)) = explanation::objection(&info.schema, rule, row.get(3)?) else {
                flag.execute(params![row.get::<_, i64>(0)?, rule.id])?;
                continue;
            };
            rejected.push(RejectedRow { row: row.get(2)?, field: field.map(str::to_owned), message });
            dropped.insert(edit);
            break;
        }
    }
    Ok(rejected)
}
