//! What an import is prepared against: declarations, places and agencies of one moment, with the marks of that moment.

use std::collections::HashSet;
use std::sync::Arc;

use mc_base::{Day, PlaceId, Seq};
use mc_figure::cover::Listed;
use mc_port::{AgencyTree, PlaceTree, Trees};
use rusqlite::Connection;

use crate::catalog::{Catalog, RegisterInfo};
use crate::layout::Layout;
use crate::writer::Writer;
use crate::{StoreError, meta, totals};

/// What an import is prepared against.
pub(crate) struct Ground {
    pub(crate) layout: Layout,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) places: Arc<PlaceTree>,
    pub(crate) agencies: Arc<AgencyTree>,
    /// The day whose agencies decide who may write.
    pub(crate) day: Day,
    pub(crate) home: PlaceId,
    pub(crate) marks: Marks,
}

/// When declarations, places and agencies last changed. They are taken in one turn of the writer with what they
/// date: read later, they would say of an old tree that it is the new one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Marks {
    pub(super) declared_at: String,
    pub(super) placed_at: String,
    pub(super) agencies_at: String,
}

impl Marks {
    /// The marks as they are now.
    pub(super) fn read(db: &Connection) -> Result<Self, StoreError> {
        let mark = |name| Ok::<_, StoreError>(meta::get(db, name)?.unwrap_or_default());
        Ok(Self {
            declared_at: mark(meta::DECLARED_AT)?,
            placed_at: mark(meta::PLACED_AT)?,
            agencies_at: mark(meta::AGENCIES_AT)?,
        })
    }
}

impl Writer {
    /// The ground as it is now.
    pub(crate) fn ground(&self) -> Result<Ground, StoreError> {
        Ok(Ground {
            layout: self.layout.clone(),
            catalog: Arc::clone(&self.catalog),
            places: Arc::clone(&self.places),
            agencies: Arc::clone(&self.agencies),
            day: self.log.day(),
            home: self.instance.home,
            marks: Marks::read(&self.db)?,
        })
    }
}

impl Ground {
    pub(super) fn trees(&self) -> Trees<'_> {
        Trees { places: &self.places, agencies: &self.agencies, day: self.day }
    }

    /// What the staged versions list in the scope of totals without a list.
    pub(super) fn listed(
        &self,
        db: &Connection,
        staging: &Connection,
        info: &RegisterInfo,
        closed: &[i64],
        dropped: &HashSet<u32>,
        position: Seq,
    ) -> Result<Vec<(String, Listed)>, StoreError> {
        let (catalog, places) = (&*self.catalog, &*self.places);
        let compared = totals::Staged { db, staging, catalog, places, home: self.home, position };
        totals::staged(&compared, info, closed, dropped)
    }
}

#[cfg(test)]
mod tests {
    use mc_access::{Actor, Factor, Role};
    use mc_base::AgencyId;
    use mc_port::{CommitError, EditRequest, ImportRequest, ImportRow, Prepared};
    use mc_register::Edit;
    use mc_stories::small::{
        COMMUNES, OLD_COMMUNE, PROVINCE, agency, dawn, founding, insert, mast, request, succession, with,
    };

    use super::*;
    use crate::world::StoryWorld;

    fn founded(dir: &std::path::Path) -> Writer {
        let world = Box::new(StoryWorld::new(dawn(), 1));
        let mut writer =
            Writer::create(&Layout::new(dir.join("data")), "minh-hoa/nen", true, PROVINCE, world)
                .expect("an instance");
        for request in founding() {
            writer.commit(&request).expect("founded");
        }
        let named = |id| insert("agency", &[("agency", id), ("name", id), ("level", "province")]);
        writer.commit(&request(["so-a", "so-b", "luu-tru"].map(named).to_vec())).expect("agencies");
        writer.commit(&request(vec![under("so-a", "1900-01-01")])).expect("a unit of the first");
        writer
    }

    fn under(parent: &str, from: &str) -> EditRequest {
        insert("agency_parent", &[("agency", "luu-tru"), ("parent", parent), ("valid_from", from)])
    }

    /// A mast of the unit, sent by an officer of the first department, against a ground taken before.
    fn prepared(ground: &Ground) -> Prepared {
        let officer = Actor {
            id: "dau-moi".to_owned(),
            role: Role::FocalOfficer,
            agency: Some(AgencyId("so-a".to_owned())),
            place: None,
            factor: Factor::NotAsked,
        };
        let import = ImportRequest {
            actor: officer,
            source: "cot.xlsx".to_owned(),
            reason: "nhập thử".to_owned(),
            idempotency_key: String::new(),
            register: "mast".to_owned(),
            upsert: true,
            mapped: Vec::new(),
            evidence: None,
        };
        let record =
            with(mast("C-1", COMMUNES[0], "live", "2025-07-02"), "mast", "agency", agency("luu-tru"));
        let mut rows = std::iter::once(Ok(ImportRow { row: 2, edit: Edit::Insert { record } }));
        let prepared =
            super::super::prepare(ground, &import, &mut rows, &mut |bytes| bytes.fill(7), &mut |_| {});
        let prepared = prepared.expect("prepared");
        assert_eq!((prepared.counts.added, prepared.rejected.len()), (1, 0), "the old tree lets it in");
        prepared
    }

    /// What becomes of an import whose ground was taken just before `change` was written.
    fn after(change: Option<EditRequest>) -> Result<bool, CommitError> {
        let dir = tempfile::tempdir().expect("a directory");
        let mut writer = founded(dir.path());
        let ground = writer.ground().expect("a ground");
        if let Some(change) = change {
            writer.commit(&request(vec![change])).expect("changed");
        }
        let prepared = prepared(&ground);
        writer.apply(prepared, false, &mut |_, _| {}).map(|written| written.is_some())
    }

    #[test]
    fn what_changes_between_the_ground_and_the_first_row_is_noticed() {
        let moves_away = under("so-b", "2025-07-01");
        let goes_into = succession(OLD_COMMUNE, COMMUNES[0], true);
        for (change, said) in [(moves_away, "danh mục cơ quan"), (goes_into, "danh mục địa bàn")] {
            let refused = after(Some(change));
            let Err(CommitError::Moved(what)) = &refused else { panic!("{refused:?}") };
            assert!(what.contains(said), "{what}");
        }
    }

    #[test]
    fn where_nothing_changed_the_rows_are_written() {
        assert!(after(None).expect("applied"));
    }
}
