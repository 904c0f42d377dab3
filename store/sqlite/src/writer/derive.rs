//! What follows from a commit: cells, search, places, declarations.

use std::collections::HashSet;
use std::sync::Arc;

use mc_figure::TOTALS;
use mc_ledger::Value;
use mc_register::{Schema, compare, schema_hash, system};
use rusqlite::params;

use super::Writer;
use crate::build::{self, Job};
use crate::catalog::{Catalog, MeasureInfo, install, marked};
use crate::cells::commit::Commit;
use crate::commit::{Made, unknown_place};
use crate::redact::Step;
use crate::{StoreError, agencies, cells, find, meta, places, rows, search};

impl Writer {
    /// Brings everything derived up to the commit just made.
    pub(super) fn derive(&mut self, made: &Made) -> Result<(), StoreError> {
        let seq = made.receipt.seq.0;
        let unknown = unknown_place(self.instance.home);
        for (register, opened) in &made.touched {
            let Some(info) = self.catalog.register(register) else { continue };
            if let Some(statement) = &info.contributions {
                let measures: Vec<_> =
                    self.catalog.measures_of(info.no).map(|measure| &measure.sql).collect();
                let commit = Commit { seq, register: info.no, opened: *opened, unknown_place: unknown };
                commit.fold(&self.db, statement, &measures)?;
            }
            find::add(&self.db, &info.schema, info.no, (opened.0, opened.1 + 1))?;
        }
        for (register, keys) in &made.keys {
            if let Some(info) = self.catalog.register(register) {
                search::update(&self.db, &self.catalog, info, keys)?;
            }
        }
        let touched = |register: &str| made.touched.contains_key(register);
        let declared = touched(system::SCHEMA) || touched(system::INDICATOR);
        let steps = if touched(system::SCHEMA) { self.install_schemas(made)? } else { Vec::new() };
        if declared {
            let before = Arc::clone(&self.catalog);
            self.catalog = Arc::new(Catalog::load(&self.db)?);
            find::follow_schemas(&self.db, &before, &self.catalog)?;
            self.leave_retired()?;
            steps.iter().try_for_each(|step| step.begin(&self.db, &self.catalog, seq))?;
            meta::set(&self.db, meta::DECLARED_AT, &seq.to_string())?;
        }
        let totals = if declared { Some(None) } else { made.touched.get(TOTALS).copied().map(Some) };
        if let Some(opened) = totals {
            self.keep_listed(opened, seq)?;
        }
        let mut rebuild = false;
        if places::REGISTERS.iter().any(|register| touched(register)) {
            self.places = Arc::new(places::load(&self.db, &self.catalog)?);
            rebuild = places::extend(&self.db, &self.places)?;
            meta::set(&self.db, meta::PLACED_AT, &seq.to_string())?;
        }
        if agencies::REGISTERS.iter().any(|register| touched(register)) {
            self.renew_agencies(seq)?;
        }
        self.build_measures(seq, rebuild)
    }

    /// Reads the agencies again, for readers too.
    fn renew_agencies(&mut self, seq: u64) -> Result<(), StoreError> {
        self.agencies = Arc::new(agencies::load(&self.db, &self.catalog)?);
        meta::set(&self.db, meta::AGENCIES_AT, &seq.to_string())
    }

    /// Builds measures that have no cells yet, or begins to where their register is large; after a merger of
    /// places builds all of them, those with it that were being built.
    pub(crate) fn build_measures(&self, seq: u64, all: bool) -> Result<(), StoreError> {
        let unknown = unknown_place(self.instance.home);
        let unbuilt = self
            .db
            .prepare_cached("SELECT no FROM measure WHERE built_at IS NULL")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<HashSet<i64>, _>>()?;
        for MeasureInfo { sql, .. } in self.catalog.measures() {
            if all {
                build::forget(&self.db, sql.no)?;
                sql.build(&self.db, seq, unknown)?;
            } else if unbuilt.contains(&sql.no) && Job::find(&self.db, sql.no)?.is_none() {
                let info = self.catalog.register_no(sql.register);
                let versions = info.map_or(Ok(0), |info| rows::last_vid(&self.db, &info.schema.id))?;
                if versions.unsigned_abs() > self.at_once {
                    Job::begin(&self.db, sql.no, seq)?;
                } else {
                    sql.build(&self.db, seq, unknown)?;
                }
            }
        }
        Ok(())
    }

    /// No commit folds into a measure that no indicator uses any more: should it be declared again, it has to be
    /// built again, from the start where it is being built.
    fn leave_retired(&self) -> Result<(), StoreError> {
        let used: Vec<i64> = self.catalog.measures().iter().map(|measure| measure.sql.no).collect();
        for job in Job::all(&self.db)?.iter().filter(|job| !used.contains(&job.measure)) {
            cells::clear(&self.db, job.measure)?;
            build::forget(&self.db, job.measure)?;
        }
        let used = serde_json::to_string(&used).map_err(StoreError::corrupt)?;
        self.db
            .prepare_cached(
                "UPDATE measure SET built_at = NULL
                 WHERE built_at IS NOT NULL AND no NOT IN (SELECT value FROM json_each(?1))",
            )?
            .execute([used])?;
        Ok(())
    }

    /// Takes in the schemas that the commit declared, each an allowed step from the one before, and says what
    /// they ask of the versions that are there.
    fn install_schemas(&self, made: &Made) -> Result<Vec<Step>, StoreError> {
        let mut steps = Vec::new();
        let Some(info) = self.catalog.register(system::SCHEMA) else { return Ok(steps) };
        let (from, to) = made.touched.get(system::SCHEMA).copied().unwrap_or((1, 0));
        let sql = format!("SELECT {} FROM r_schema WHERE vid BETWEEN ?1 AND ?2 ORDER BY vid", info.columns);
        let rows =
            crate::rows::collect(self.db.prepare(&sql)?.query(params![from, to])?, info, &self.catalog)?;
        for version in rows {
            let Some(Value::Text(text)) = version.record.get_id(&info.schema, "declaration") else {
                return Err(StoreError::Corrupt(format!("khai báo {} không có nội dung", version.key)));
            };
            let schema = Schema::from_canonical(text).map_err(|errors| crate::catalog::said(&errors))?;
            let known = self.catalog.register(&schema.id);
            // Those of the system are installed before the commit that declares them.
            if known.is_some_and(|known| known.schema_hash == schema_hash(&schema)) {
                continue;
            }
            if let Some(known) = known {
                let evolution = compare(&known.schema, &schema);
                if !evolution.refused.is_empty() {
                    return Err(crate::catalog::said(&evolution.refused));
                }
                steps.extend(Step::between(&known.schema, &schema));
            }
            install(&self.db, &schema, &marked(known, &schema), made.receipt.seq.0)?;
        }
        Ok(steps)
    }
}
