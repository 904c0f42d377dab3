//! Bringing a prepared import up to date under a lease on its register: only the rows whose records were touched since
//! are compared again, from what they stated; order, root and sums are put together anew from what is staged.

use std::collections::{HashMap, HashSet};

use mc_base::{Seq, number};
use mc_port::{CommitError, ImportCounts, ImportRow, Prepared, REJECTED_MAX, RejectedRow};
use mc_register::{Edit, Field, FieldType};
use rusqlite::Connection;

use super::deltas::{Deltas, Source};
use super::encode::{Batch, Encoded, Withdrawn, prepare_insert};
use super::ground::Ground;
use super::lease::Lease;
use super::plan::{Outcome, Planned, Planner};
use super::prepare::{Staged, finish, importable};
use super::said::{self, NOT_SAID};
use super::{failed, stage, weigh};
use crate::catalog::RegisterInfo;
use crate::commit::unknown_place;
use crate::writer::Writer;
use crate::{StoreError, open};

/// Records touched since a file was compared, beyond which the whole file is compared anew.
pub(super) const TOUCHED_MAX: usize = 1_000;

/// A register held, and what was touched in it since the import was prepared.
pub(crate) struct Claim {
    lease: Lease,
    /// Things of the file.
    touched: HashSet<String>,
    /// Where the register stands now.
    position: Seq,
}

impl Writer {
    /// Holds the register of a prepared import.
    pub(crate) fn claim(&self, staged: &Staged) -> Result<Claim, CommitError> {
        if self.sealed.is_some() {
            return Err(CommitError::Sealed);
        }
        if let Some(applying) = &self.applying {
            return Err(applying.busy());
        }
        let register = &staged.request.register;
        let Some(lease) = self.leases.take(register, staged.opened + staged.closed) else {
            let busy = self.leases.busy(&self.catalog, register);
            return Err(busy.unwrap_or_else(|| moved("sổ vừa được nhập xong")));
        };
        let info = self.standing(staged)?;
        let touched = self.touched(info, staged, TOUCHED_MAX + 1).map_err(failed)?;
        if touched.len() > TOUCHED_MAX {
            let what = format!(
                "hơn {} bản ghi mà tệp nói đến đã có người khác sửa",
                number::whole(TOUCHED_MAX as u64)
            );
            return Err(moved(what));
        }
        Ok(Claim { lease, touched, position: Seq(self.log.size()) })
    }
}

/// Makes a prepared import one of the register as it stands under the claim.
pub(crate) fn claimed(
    ground: &Ground,
    prepared: &mut Prepared,
    claim: Claim,
    noise: &mut dyn FnMut(&mut [u8]),
) -> Result<(), CommitError> {
    let foreign = || CommitError::Store("tệp đã chuẩn bị thuộc kho khác".to_owned());
    let mut again = {
        let staged = prepared.staged.downcast_mut::<Staged>().ok_or_else(foreign)?;
        staged.lease = Some(claim.lease);
        if claim.touched.is_empty() {
            staged.position = claim.position;
            prepared.position = claim.position;
            return Ok(());
        }
        Again::read(staged, &prepared.rejected, &claim.touched)?
    };
    let staged = prepared.staged.downcast_mut::<Staged>().ok_or_else(foreign)?;
    let info = importable(&ground.catalog, &staged.request.register)?;
    let db = open::reader(&ground.layout.database()).map_err(failed)?;
    let staging = stage::connect(staged.file.path()).map_err(failed)?;
    staging.execute_batch("BEGIN").map_err(failed)?;
    let mut encoded = Encoded::load(&staging, &db, info).map_err(failed)?;
    let mut dropped = without_leaf(&staging).map_err(failed)?;
    let withdrawn = encoded.withdraw(info, &claim.touched);
    dropped.extend(withdrawn.values().flat_map(|of| of.edits.iter().copied()));
    again.uncount(&withdrawn, &mut prepared.counts);
    let request = staged.request.clone();
    let mut planner = Planner::new(&db, &ground.catalog, ground.trees(), info, &request).map_err(failed)?;
    let planned = again.plan(&mut planner, &staging, &mut prepared.counts).map_err(failed)?;
    encode(&mut encoded, &staging, info, planned, noise).map_err(failed)?;
    again.weigh(&mut planner, &mut encoded, &staging, &mut dropped)?;
    encoded.drop_edits(&dropped);
    again.settle(&dropped, &mut prepared.counts, &mut prepared.rejected);
    let closed: Vec<i64> = encoded.closed().collect();
    let listed = ground.listed(&db, &staging, info, &closed, &dropped, claim.position);
    prepared.listed = listed.map_err(failed)?;
    for table in ["leaf", "delta", "delta_month"] {
        staging.execute_batch(&format!("DELETE FROM {table}")).map_err(failed)?;
    }
    let deltas = Deltas::new(&ground.catalog, info, unknown_place(ground.home)).map_err(failed)?;
    let from =
        Source { layout: &ground.layout, info, file: &staged.file, dropped: &dropped, closed: &closed };
    let sealed = finish(&db, &staging, deltas, from, &mut encoded).map_err(failed)?;
    drop(planner);
    staged.hash = stage::finish(staging, &staged.file).map_err(failed)?;
    (staged.opened, staged.closed, staged.root) = (sealed.opened, sealed.closed, sealed.root);
    staged.position = claim.position;
    prepared.position = claim.position;
    prepared.leaf_count = sealed.opened + sealed.closed;
    prepared.rows_root = sealed.root;
    Ok(())
}

fn moved(what: impl Into<String>) -> CommitError {
    CommitError::Moved(what.into())
}

/// Edits that were refused when the file was compared.
fn without_leaf(staging: &Connection) -> Result<HashSet<u32>, StoreError> {
    let mut statement = staging.prepare(
        "SELECT DISTINCT edit FROM version WHERE row NOT IN (SELECT row FROM leaf WHERE row IS NOT NULL)",
    )?;
    let edits = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(edits)
}

fn encode(
    encoded: &mut Encoded,
    staging: &Connection,
    info: &RegisterInfo,
    edits: Vec<Planned>,
    noise: &mut dyn FnMut(&mut [u8]),
) -> Result<(), StoreError> {
    let mut batch = Batch { edits, noise: Vec::new() };
    batch.make_room(info.schema.field.iter().filter(|field| field.personal).count());
    noise(&mut batch.noise);
    encoded.batch(&mut prepare_insert(staging, info)?, info, &batch)
}

/// The rows that are compared again, and what becomes of them.
struct Again {
    /// Each with its thing.
    rows: Vec<(String, ImportRow)>,
    /// Whether each edit adds a record.
    adds: HashMap<u32, bool>,
    rejected: Vec<RejectedRow>,
}

impl Again {
    /// What the file stated of the things touched. A row that was refused stays so: its sender was told.
    fn read(
        staged: &Staged,
        refused: &[RejectedRow],
        touched: &HashSet<String>,
    ) -> Result<Self, CommitError> {
        if refused.len() >= REJECTED_MAX {
            return Err(moved("nhiều bản ghi đã có người khác sửa"));
        }
        let refused: HashSet<u64> = refused.iter().map(|row| row.row).collect();
        let mut things: Vec<&String> = touched.iter().collect();
        things.sort_unstable();
        let mut rows = Vec::with_capacity(things.len());
        for thing in things {
            let at = staged.things.said(thing).filter(|at| *at != NOT_SAID);
            let at = at.ok_or_else(|| moved(format!("bản ghi “{thing}” đã có người khác sửa")))?;
            let (row, record) = said::read(&staged.file.said(), at).map_err(failed)?;
            if !refused.contains(&row) {
                rows.push((thing.clone(), ImportRow { row, edit: Edit::Insert { record } }));
            }
        }
        Ok(Self { rows, adds: HashMap::new(), rejected: Vec::new() })
    }

    /// Takes the rows off the counts.
    fn uncount(&self, withdrawn: &HashMap<String, Withdrawn>, counts: &mut ImportCounts) {
        for (thing, _) in &self.rows {
            match withdrawn.get(thing).map(|of| (of.closed > 0, of.edits.is_empty())) {
                Some((true, _)) => counts.changed -= 1,
                Some((false, false)) => counts.added -= 1,
                Some((false, true)) | None => counts.unchanged -= 1,
            }
        }
    }

    fn plan(
        &mut self,
        planner: &mut Planner<'_>,
        staging: &Connection,
        counts: &mut ImportCounts,
    ) -> Result<Vec<Planned>, StoreError> {
        let next = "SELECT COALESCE(MAX(edit), 0) + 1 FROM version";
        let mut edit: u32 = staging.query_row(next, [], |row| row.get(0))?;
        let mut edits = Vec::with_capacity(self.rows.len());
        for (_, row) in std::mem::take(&mut self.rows) {
            match planner.row(row, edit)? {
                Outcome::Unchanged => counts.unchanged += 1,
                Outcome::Rejected(row) => self.rejected.push(row),
                Outcome::Planned(planned) => {
                    counts.added += u64::from(planned.adds);
                    counts.changed += u64::from(!planned.adds);
                    self.adds.insert(edit, planned.adds);
                    edits.push(planned);
                    edit += 1;
                }
            }
        }
        Ok(edits)
    }

    /// Rules and references of the new versions; those of the others hold as they did.
    fn weigh(
        &mut self,
        planner: &mut Planner<'_>,
        encoded: &mut Encoded,
        staging: &Connection,
        dropped: &mut HashSet<u32>,
    ) -> Result<(), CommitError> {
        for refused in std::mem::take(&mut encoded.refused) {
            if dropped.insert(refused.edit) {
                self.rejected.push(refused.row);
            }
        }
        self.rejected.extend(weigh::rules(staging, planner.info, dropped).map_err(failed)?);
        let dangling = planner.dangling(staging, dropped).map_err(failed)?;
        self.rejected.extend(dangling.into_iter().map(|(_, row)| row));
        let schema = &planner.info.schema;
        let own = |field: &Field| {
            field.kind == FieldType::Ref && field.register.as_deref() == Some(schema.id.as_str())
        };
        if !self.rejected.is_empty() && schema.field.iter().any(own) {
            // Another row of the file may point at what stays out now.
            return Err(moved("bản ghi mà dòng khác của tệp trỏ tới đã đổi"));
        }
        Ok(())
    }

    /// Counts what was refused after it was planned.
    fn settle(&mut self, dropped: &HashSet<u32>, counts: &mut ImportCounts, rejected: &mut Vec<RejectedRow>) {
        for (_, adds) in self.adds.iter().filter(|(edit, _)| dropped.contains(edit)) {
            if *adds { counts.added -= 1 } else { counts.changed -= 1 }
        }
        counts.rejected += self.rejected.len() as u64;
        rejected.append(&mut self.rejected);
        rejected.sort_by_key(|row| row.row);
    }
}
