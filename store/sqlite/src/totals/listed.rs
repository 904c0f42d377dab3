//! Records in the scope of a total: those of a register between two positions, and those that an import
//! has staged.

use std::collections::HashSet;

use mc_base::{Day, PlaceId, Seq};
use mc_figure::TOTALS;
use mc_figure::cover::{Listed, ScopeDays, Total, UNCUT};
use mc_port::PlaceTree;
use rusqlite::{Connection, Row, params};

use super::{measure_of, of_register};
use crate::StoreError;
use crate::catalog::{Catalog, MeasureInfo, RegisterInfo};
use crate::ddl::{column, table};

/// The scope of a total over the register of its measure.
pub(crate) struct Scope<'a> {
    days: ScopeDays,
    place: PlaceId,
    places: &'a PlaceTree,
    home: PlaceId,
    register: &'a str,
    /// Place, first day, first day no more, amount: NULL as the measure says.
    columns: String,
    /// Agency and cut of the total.
    condition: String,
    agency: String,
    cut: String,
}

impl<'a> Scope<'a> {
    /// `None` where the total names a cut that its measure has not.
    pub(crate) fn of(
        total: &Total,
        measure: &'a MeasureInfo,
        register: &'a RegisterInfo,
        places: &'a PlaceTree,
        home: PlaceId,
    ) -> Option<Self> {
        let row = measure.sql.row();
        let owner = register.schema.owner.as_deref().and_then(|id| register.schema.field(id));
        // A record that names no owner is not known to be another agency's: a person decides.
        let agency = owner.map_or_else(
            || "?1 = ?1".to_owned(),
            |field| format!("{0} IS NULL OR {0} = ?1", column(field.no)),
        );
        let cut = if total.cut == UNCUT {
            "?2 = ?2".to_owned()
        } else {
            let at = measure.compiled.cuts.iter().position(|cut| cut.name == total.cut)?;
            format!("{} = ?2", row.cuts.get(at + 1)?)
        };
        Some(Self {
            days: total.days(&measure.compiled.time),
            place: total.place,
            places,
            home,
            register: &measure.compiled.register,
            columns: format!("{}, {}, {}, {}", row.place, row.first, row.until, row.value),
            condition: format!("({agency}) AND ({cut}) AND ({}) IS NOT NULL", row.first),
            agency: total.agency.0.clone(),
            cut: total.cut_value.clone(),
        })
    }

    fn add(&self, listed: &mut Listed, sign: i64, row: &Row<'_>) -> Result<(), StoreError> {
        let place = row.get::<_, Option<u32>>(0)?.map_or(self.home, PlaceId);
        if !self.places.counting_ancestors(place).contains(&self.place) {
            return Ok(());
        }
        let day = |at: usize| -> Result<Option<Day>, StoreError> {
            Ok(row.get::<_, Option<i32>>(at)?.and_then(Day::from_epoch_days))
        };
        if let Some(first) = day(1)? {
            listed.add(self.days, sign, first, day(2)?, row.get::<_, Option<i64>>(3)?.unwrap_or(0));
        }
        Ok(())
    }

    /// What the register says at `at` beyond what it said at `since`.
    pub(crate) fn between(&self, db: &Connection, since: Seq, at: Seq) -> Result<Listed, StoreError> {
        let opened = "seq_from > ?3 AND seq_from <= ?4 AND (seq_to IS NULL OR seq_to > ?4)";
        let closed = "seq_from <= ?3 AND seq_to > ?3 AND seq_to <= ?4";
        let mut listed = Listed::default();
        for (sign, span) in [(1, opened), (-1, closed)] {
            let sql = format!(
                "SELECT {} FROM {} WHERE {span} AND {}",
                self.columns,
                table(self.register),
                self.condition
            );
            let mut statement = db.prepare_cached(&sql)?;
            let mut rows = statement.query(params![self.agency, self.cut, since.0, at.0])?;
            while let Some(row) = rows.next()? {
                self.add(&mut listed, sign, row)?;
            }
        }
        Ok(listed)
    }

    /// What staged versions say beyond the versions they close.
    fn staged(
        &self,
        db: &Connection,
        staging: &Connection,
        closed: &[i64],
        dropped: &HashSet<u32>,
    ) -> Result<Listed, StoreError> {
        let mut listed = Listed::default();
        let sql = format!("SELECT {}, edit FROM version WHERE {}", self.columns, self.condition);
        let mut statement = staging.prepare(&sql)?;
        let mut rows = statement.query(params![self.agency, self.cut])?;
        while let Some(row) = rows.next()? {
            if !dropped.contains(&row.get(4)?) {
                self.add(&mut listed, 1, row)?;
            }
        }
        let sql = format!(
            "SELECT {} FROM {} WHERE vid = ?3 AND {}",
            self.columns,
            table(self.register),
            self.condition
        );
        let mut statement = db.prepare(&sql)?;
        for vid in closed {
            let mut rows = statement.query(params![self.agency, self.cut, vid])?;
            while let Some(row) = rows.next()? {
                self.add(&mut listed, -1, row)?;
            }
        }
        Ok(listed)
    }
}

/// What an import of `info` is compared with.
pub(crate) struct Staged<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) staging: &'a Connection,
    pub(crate) catalog: &'a Catalog,
    pub(crate) places: &'a PlaceTree,
    pub(crate) home: PlaceId,
    pub(crate) position: Seq,
}

/// What staged versions list in the scope of each total that stands.
pub(crate) fn staged(
    ground: &Staged<'_>,
    info: &RegisterInfo,
    closed: &[i64],
    dropped: &HashSet<u32>,
) -> Result<Vec<(String, Listed)>, StoreError> {
    let mut found = Vec::new();
    let Some(totals) = ground.catalog.register(TOTALS) else { return Ok(found) };
    let register = &info.schema.id;
    for total in of_register(ground.db, ground.catalog, totals, ground.position, register)? {
        let Some(measure) = measure_of(ground.catalog, &total.measure) else { continue };
        let Some(scope) = Scope::of(&total, measure, info, ground.places, ground.home) else { continue };
        let listed = scope.staged(ground.db, ground.staging, closed, dropped)?;
        if listed.any() {
            found.push((total.key, listed));
        }
    }
    Ok(found)
}
