//! Answering who looks for records by personal values.

use mc_ledger::canon;
use mc_port::{FOUND_MAX, FoundPersonal, PersonalSearch, PersonalTerm};
use rusqlite::params;

use super::{exact, fields, named};
use crate::ddl::table;
use crate::reader::Reader;
use crate::{StoreError, rows};

/// Versions looked at: whoever may see few of them learns nothing of the others.
const LOOKED_AT_MAX: usize = 5_000;

impl Reader {
    /// The records whose personal value is or begins with what is asked, in key order, as far as this reader may
    /// see the value.
    ///
    /// # Errors
    /// When records are not found by the field, or the database cannot be read.
    pub fn find_personal(&self, asked: &PersonalSearch) -> Result<FoundPersonal, StoreError> {
        let info = self.catalog.register(&asked.register);
        let field = info.and_then(|info| fields(&info.schema).find(|field| field.id == asked.field));
        let (Some(info), Some(field)) = (info, field) else {
            return Err(StoreError::Missing(format!("Sổ này không tìm theo trường “{}”.", asked.field)));
        };
        let db = self.db()?;
        let (from, to) = match &asked.term {
            PersonalTerm::Exact(value) => {
                let mut bytes = Vec::new();
                canon::encode_value(value, &mut bytes).map_err(StoreError::corrupt)?;
                let from = exact(db, &info.schema, field, &bytes)?;
                let to = [&from[..], &[0]].concat();
                (from, to)
            }
            PersonalTerm::Name(words) => match named(words) {
                Some(range) => range,
                None => return Ok(FoundPersonal::default()),
            },
        };
        let at = self.position(info, asked.at)?.unwrap_or(self.head().seq);
        // The terms are so few that no other index may be walked instead.
        let sql = format!(
            "SELECT {} FROM {} WHERE vid IN (
                 SELECT vid FROM personal_find WHERE register = ?1 AND field = ?2 AND term >= ?3 AND term < ?4
             ) AND +seq_from <= ?5 AND (+seq_to IS NULL OR +seq_to > ?5) ORDER BY +key LIMIT {}",
            info.columns,
            table(&info.schema.id),
            LOOKED_AT_MAX + 1
        );
        let mut statement = db.prepare_cached(&sql)?;
        let found =
            rows::collect(statement.query(params![info.no, field.no, from, to, at.0])?, info, &self.catalog)?;
        let mut answer = FoundPersonal { rows: Vec::new(), more: found.len() > LOOKED_AT_MAX };
        for version in found.into_iter().take(LOOKED_AT_MAX) {
            let shown = self.present(info, version, &|known| known.list || known.no == field.no)?;
            if !shown.values.contains_key(&field.no) {
                continue;
            }
            if answer.rows.len() == FOUND_MAX {
                answer.more = true;
                break;
            }
            answer.rows.push(shown);
        }
        Ok(answer)
    }
}
