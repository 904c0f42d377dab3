//! Whether what an import was prepared against still holds when it is applied.

use std::collections::{BTreeSet, HashSet};

use mc_base::Seq;
use mc_port::CommitError;
use mc_register::{FieldType, system, thing_of_key};
use rusqlite::params;

use super::failed;
use super::ground::Marks;
use super::prepare::Staged;
use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::ddl::table;
use crate::writer::Writer;

impl Writer {
    /// Refuses an import whose ground moved since it was prepared, or whose records did.
    pub(super) fn unmoved(&self, staged: &Staged) -> Result<(), CommitError> {
        let info = self.standing(staged)?;
        match self.touched(info, staged, 1).map_err(failed)?.into_iter().next() {
            Some(thing) => Err(CommitError::Moved(format!("bản ghi “{thing}” đã có người khác sửa"))),
            None => Ok(()),
        }
    }

    /// The register of an import, where its declarations, the places and what it refers to are as they were.
    pub(super) fn standing(&self, staged: &Staged) -> Result<&RegisterInfo, CommitError> {
        let register = &staged.request.register;
        let moved = |what: &str| CommitError::Moved(what.to_owned());
        let info = self.catalog.register(register).filter(|info| info.schema_hash == staged.schema);
        let Some(info) = info else { return Err(moved("khai báo của sổ đã đổi")) };
        let now = Marks::read(&self.db).map_err(failed)?;
        if (&now.declared_at, &now.placed_at) != (&staged.marks.declared_at, &staged.marks.placed_at) {
            return Err(moved("khai báo hoặc danh mục địa bàn đã đổi"));
        }
        // The rows were let in by the agencies of that moment.
        if now.agencies_at != staged.marks.agencies_at {
            return Err(moved("danh mục cơ quan đã đổi"));
        }
        if self.referred_closed(info, staged.position).map_err(failed)? {
            return Err(moved("bản ghi mà tệp trỏ tới đã đổi"));
        }
        Ok(info)
    }

    /// Whether a record that this register refers to was closed after `position`.
    fn referred_closed(&self, info: &RegisterInfo, position: Seq) -> Result<bool, StoreError> {
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for field in &info.schema.field {
            match field.kind {
                FieldType::Ref => named.extend(field.register.as_deref()),
                FieldType::Agency => {
                    named.insert(system::AGENCY);
                }
                _ => {}
            }
        }
        for other in named.iter().filter_map(|id| self.catalog.register(id)).filter(|it| it.no != info.no) {
            let closed: bool = self.db.query_row(
                "SELECT EXISTS (SELECT 1 FROM row_leaf WHERE seq > ?1 AND register = ?2 AND act = 2)",
                params![position.0, other.no],
                |row| row.get(0),
            )?;
            if closed {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The things of an import that commits after its position touched; at most `most`.
    pub(super) fn touched(
        &self,
        info: &RegisterInfo,
        staged: &Staged,
        most: usize,
    ) -> Result<HashSet<String>, StoreError> {
        let sql = format!(
            "SELECT v.key FROM row_leaf AS l JOIN {} AS v ON v.vid = l.vid WHERE l.seq > ?1 AND l.register = ?2",
            table(&info.schema.id)
        );
        let mut statement = self.db.prepare(&sql)?;
        let mut rows = statement.query(params![staged.position.0, info.no])?;
        let mut touched = HashSet::new();
        while let Some(row) = rows.next()? {
            let key: String = row.get(0)?;
            let thing = thing_of_key(&info.schema, &key);
            if staged.things.contains(thing) && touched.insert(thing.to_owned()) && touched.len() == most {
                break;
            }
        }
        Ok(touched)
    }
}
