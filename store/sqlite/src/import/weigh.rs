//! The register's rules over the staged versions, as SQL.

use std::collections::HashSet;

use mc_port::RejectedRow;
use mc_register::Severity;
use rusqlite::{Connection, params};

use crate::StoreError;
use crate::catalog::RegisterInfo;

/// Runs the register's rules over the staged versions. Rows that break one are refused or flagged; edits in
/// `dropped` are passed over, those refused are added to it.
pub(crate) fn rules(
    db: &Connection,
    info: &RegisterInfo,
    explained: bool,
    dropped: &mut HashSet<u32>,
) -> Result<Vec<RejectedRow>, StoreError> {
    let mut rejected = Vec::new();
    if info.rules.is_empty() {
        return Ok(rejected);
    }
    let broken: Vec<String> = info.rules.iter().map(|rule| format!("NOT ({rule})")).collect();
    // A rule that is NULL (a value is not known) is not broken.
    let sql = format!(
        "SELECT row, edit, line, key, {} FROM version WHERE ({}) ORDER BY row",
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
            if rule.severity == Severity::Warn || (rule.severity == Severity::Explain && explained) {
                flag.execute(params![row.get::<_, i64>(0)?, rule.id])?;
                continue;
            }
            let advice = match rule.severity {
                Severity::Explain => " Nếu đúng là như vậy, hãy kèm văn bản và lý do (giải trình).",
                Severity::Refuse | Severity::Warn => "",
            };
            let (title, key) = (&info.schema.title.vi, row.get::<_, String>(3)?);
            let message = format!("{title} ({key}): {}{advice}", rule.message.vi);
            rejected.push(RejectedRow { row: row.get(2)?, field: None, message });
            dropped.insert(edit);
            break;
        }
    }
    Ok(rejected)
}
