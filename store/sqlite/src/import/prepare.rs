//! Phase one: from rows to a staging file.

use std::collections::HashSet;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use mc_base::{Hash32, Seq, number};
use mc_port::{
    CommitError, IMPORT_ROWS_MAX, ImportCounts, ImportRequest, ImportRow, Prepared, REJECTED_MAX, RejectedRow,
};
use mc_register::system;

use super::deltas::{Deltas, Source};
use super::encode::{Batch, Encoded, Sealed, prepare_insert};
use super::ground::{Ground, Marks};
use super::lease::Lease;
use super::plan::{Outcome, Planner, Things};
use super::said::Said;
use super::stage::{self, StageFile};
use super::weigh;
use super::{failed, refuse};
use crate::catalog::{Catalog, RegisterInfo};
use crate::commit::unknown_place;
use crate::layout::Layout;
use crate::{StoreError, evidence, open};

/// Edits that go to the encoder together.
const BATCH: usize = 256;
/// Batches that wait for the encoder at most.
const BATCHES_WAITING: usize = 8;
const PROGRESS_EVERY: u64 = 1_000;

/// A prepared import as apply needs it.
#[derive(Debug)]
pub(crate) struct Staged {
    /// The register is held for it.
    pub(super) lease: Option<Lease>,
    pub(crate) file: StageFile,
    pub(crate) hash: Hash32,
    pub(crate) request: ImportRequest,
    pub(crate) schema: Hash32,
    /// Declarations, places and agencies that it was prepared under: the last ones decided who may write.
    pub(super) marks: Marks,
    pub(crate) position: Seq,
    pub(crate) things: Things,
    pub(crate) opened: u64,
    pub(crate) closed: u64,
    pub(crate) root: Hash32,
    layout: Layout,
    source: Option<evidence::Source>,
    /// The source once it is sealed.
    pub(crate) unkept: Option<evidence::Unkept>,
}

/// Seals the file that a prepared import comes from, where something of it is to be written.
pub(crate) fn keep_source(mut prepared: Prepared, good_rows_only: bool) -> Result<Prepared, StoreError> {
    let refused = prepared.counts.rejected > 0 && !good_rows_only;
    if refused || prepared.leaf_count == 0 {
        return Ok(prepared);
    }
    if let Some(staged) = prepared.staged.downcast_mut::<Staged>()
        && let Some(source) = staged.source.take()
    {
        staged.unkept = Some(source.seal(&staged.layout)?);
    }
    Ok(prepared)
}

/// Rows on their way: counts and refusals.
#[derive(Default)]
struct Tally {
    counts: ImportCounts,
    rejected: Vec<RejectedRow>,
    /// Whether each planned edit adds a record.
    adds: Vec<bool>,
}

impl Tally {
    fn reject(&mut self, row: RejectedRow) {
        self.counts.rejected += 1;
        if self.rejected.len() < REJECTED_MAX {
            self.rejected.push(row);
        }
    }

    /// A planned edit that was refused later.
    fn reject_edit(&mut self, edit: u32, row: RejectedRow) {
        self.uncount(edit);
        self.reject(row);
    }

    fn uncount(&mut self, edit: u32) {
        match self.adds.get(edit as usize) {
            Some(true) => self.counts.added -= 1,
            Some(false) => self.counts.changed -= 1,
            None => {}
        }
    }
}

impl Tally {
    /// Refuses what could not be encoded, what breaks a rule and what points at nothing; the edits refused.
    fn refuse_late(
        &mut self,
        planner: &mut Planner<'_>,
        staging: &rusqlite::Connection,
        encoded: &mut Encoded,
    ) -> Result<HashSet<u32>, StoreError> {
        let mut dropped: HashSet<u32> = HashSet::new();
        for refused in std::mem::take(&mut encoded.refused) {
            if dropped.insert(refused.edit) {
                self.reject_edit(refused.edit, refused.row);
            }
        }
        let before = dropped.clone();
        for row in weigh::rules(staging, planner.info, &mut dropped)? {
            self.reject(row);
        }
        dropped.difference(&before).for_each(|edit| self.uncount(*edit));
        for (edit, row) in planner.dangling(staging, &mut dropped)? {
            self.reject_edit(edit, row);
        }
        Ok(dropped)
    }
}

/// Prepares an import. `noise` fills its argument with random bytes.
pub(crate) fn prepare(
    ground: &Ground,
    request: &ImportRequest,
    rows: &mut dyn Iterator<Item = Result<ImportRow, RejectedRow>>,
    noise: &mut dyn FnMut(&mut [u8]),
    progress: &mut dyn FnMut(u64),
) -> Result<Prepared, CommitError> {
    let info = importable(&ground.catalog, &request.register)?;
    let db = open::reader(&ground.layout.database()).map_err(failed)?;
    let position = position(&db).map_err(failed)?;
    let mut name = [0; 16];
    noise(&mut name);
    let file = StageFile::create(&ground.layout, &name).map_err(failed)?;
    let staging = stage::create(file.path(), info).map_err(failed)?;
    let mut planner = Planner::new(&db, &ground.catalog, ground.trees(), info, request).map_err(failed)?;
    if !planner.empty {
        planner.said = Some(Said::create(&file.said()).map_err(failed)?);
    }
    let mut tally = Tally::default();
    let mut encoded = stream(&mut planner, &staging, rows, noise, &mut tally, progress)?;
    let dropped = tally.refuse_late(&mut planner, &staging, &mut encoded).map_err(failed)?;
    encoded.drop_edits(&dropped);
    let closed: Vec<i64> = encoded.closed().collect();
    let listed = ground.listed(&db, &staging, info, &closed, &dropped, position).map_err(failed)?;
    let deltas = Deltas::new(&ground.catalog, info, unknown_place(ground.home)).map_err(failed)?;
    let from = Source { layout: &ground.layout, info, file: &file, dropped: &dropped, closed: &closed };
    let sealed = finish(&db, &staging, deltas, from, &mut encoded).map_err(failed)?;
    drop(encoded);
    let things = std::mem::take(&mut planner.things);
    planner.said.take().map_or(Ok(()), Said::end).map_err(failed)?;
    let spoken_of = std::mem::take(&mut planner.spoken_of);
    let source = request.evidence.clone().map(|file| evidence::Source::new(file, spoken_of, noise));
    let hash = stage::finish(staging, &file).map_err(failed)?;
    tally.rejected.sort_by_key(|row| row.row);
    let staged = Staged {
        lease: None,
        file,
        hash,
        request: request.clone(),
        schema: info.schema_hash,
        marks: ground.marks.clone(),
        position,
        things,
        opened: sealed.opened,
        closed: sealed.closed,
        root: sealed.root,
        layout: ground.layout.clone(),
        source,
        unkept: None,
    };
    Ok(Prepared {
        counts: tally.counts,
        rejected: tally.rejected,
        position,
        leaf_count: sealed.opened + sealed.closed,
        rows_root: sealed.root,
        listed,
        staged: Box::new(staged),
    })
}

/// System registers are everybody's ground and ask for more than the right to write: they are committed, not imported.
pub(super) fn importable<'c>(catalog: &'c Catalog, register: &str) -> Result<&'c RegisterInfo, CommitError> {
    let info = catalog.register(register).ok_or_else(|| CommitError::NoRegister(register.to_owned()))?;
    if system::is_system(register) {
        let title = &info.schema.title.vi;
        return Err(refuse(register, format!("Sổ “{title}” không nhập từ tệp được; hãy ghi từng bản ghi.")));
    }
    Ok(info)
}

/// Where the store stands before the first row is looked at. Not before the ground was taken: what changed in between
/// is seen by the marks.
fn position(db: &rusqlite::Connection) -> Result<Seq, StoreError> {
    Ok(Seq(db.query_row("SELECT COALESCE(MAX(seq), 0) FROM entry", [], |row| row.get(0))?))
}

/// Plans the rows on this thread while another one encodes and stages them.
fn stream(
    planner: &mut Planner<'_>,
    staging: &rusqlite::Connection,
    rows: &mut dyn Iterator<Item = Result<ImportRow, RejectedRow>>,
    noise: &mut dyn FnMut(&mut [u8]),
    tally: &mut Tally,
    progress: &mut dyn FnMut(u64),
) -> Result<Encoded, CommitError> {
    let info = planner.info;
    // A connection serves one thread at a time: it is lent to the encoder and comes back with it.
    let path = std::path::PathBuf::from(staging.path().unwrap_or_default());
    staging.execute_batch("COMMIT").map_err(failed)?;
    let encoded = std::thread::scope(|scope| {
        let (sender, batches) = sync_channel(BATCHES_WAITING);
        // As many as are under way at most: nobody waits to give one back.
        let (giver, spent) = sync_channel(BATCHES_WAITING + 2);
        let encoder = scope.spawn(move || encode(&path, info, &batches, &giver));
        let planned = plan(planner, rows, noise, tally, progress, (&sender, &spent));
        drop(sender);
        let encoded = encoder.join().unwrap_or_else(|_| Err(StoreError::Stopped));
        planned.and_then(|()| encoded.map_err(failed))
    })?;
    staging.execute_batch("BEGIN").map_err(failed)?;
    Ok(encoded)
}

fn encode(
    path: &Path,
    info: &RegisterInfo,
    batches: &Receiver<Batch>,
    spent: &SyncSender<Batch>,
) -> Result<Encoded, StoreError> {
    let db = stage::connect(path)?;
    db.execute_batch("BEGIN")?;
    let mut encoded = Encoded::default();
    let mut statement = prepare_insert(&db, info)?;
    for batch in batches {
        encoded.batch(&mut statement, info, &batch)?;
        // Where the planner is done it goes with this thread.
        let _ = spent.try_send(batch);
    }
    drop(statement);
    db.execute_batch("COMMIT")?;
    Ok(encoded)
}

fn plan(
    planner: &mut Planner<'_>,
    rows: &mut dyn Iterator<Item = Result<ImportRow, RejectedRow>>,
    noise: &mut dyn FnMut(&mut [u8]),
    tally: &mut Tally,
    progress: &mut dyn FnMut(u64),
    (encoder, spent): (&SyncSender<Batch>, &Receiver<Batch>),
) -> Result<(), CommitError> {
    let personal = planner.info.schema.field.iter().filter(|field| field.personal).count();
    let mut send = |waiting: &mut Batch| {
        waiting.make_room(personal);
        noise(&mut waiting.noise);
        let mut next = spent.try_recv().unwrap_or_default();
        next.edits.clear();
        // The encoder ends early only with an error of its own, which is reported when it is joined.
        encoder.send(std::mem::replace(waiting, next)).is_ok()
    };
    let mut waiting = Batch::default();
    let mut taken = 0;
    for row in rows {
        taken += 1;
        if taken > IMPORT_ROWS_MAX {
            let message =
                format!("Tệp có hơn {} dòng; hãy chia thành nhiều tệp.", number::whole(IMPORT_ROWS_MAX));
            return Err(refuse(&planner.request.register, message));
        }
        if taken.is_multiple_of(PROGRESS_EVERY) {
            progress(taken);
        }
        let outcome = match row {
            Ok(row) => {
                let edit =
                    u32::try_from(tally.adds.len()).map_err(|error| failed(StoreError::corrupt(error)))?;
                planner.row(row, edit).map_err(failed)?
            }
            Err(rejected) => Outcome::Rejected(rejected),
        };
        match outcome {
            Outcome::Rejected(row) => tally.reject(row),
            Outcome::Unchanged => tally.counts.unchanged += 1,
            Outcome::Planned(planned) => {
                tally.adds.push(planned.adds);
                tally.counts.added += u64::from(planned.adds);
                tally.counts.changed += u64::from(!planned.adds);
                waiting.edits.push(planned);
            }
        }
        if waiting.edits.len() == BATCH && !send(&mut waiting) {
            return Ok(());
        }
    }
    if !waiting.edits.is_empty() {
        send(&mut waiting);
    }
    progress(taken);
    Ok(())
}

/// Puts the leaves in order while the deltas are gathered, then writes both.
pub(super) fn finish(
    db: &rusqlite::Connection,
    staging: &rusqlite::Connection,
    mut deltas: Deltas,
    from: Source<'_>,
    encoded: &mut Encoded,
) -> Result<Sealed, StoreError> {
    // Others read the file meanwhile.
    staging.execute_batch("COMMIT")?;
    let sealed = deltas.gather(from, || encoded.seal())?;
    staging.execute_batch("BEGIN")?;
    encoded.write(staging)?;
    deltas.write(db, staging)?;
    Ok(sealed)
}
