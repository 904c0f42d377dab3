//! Imports that go on beside the requests: a bounded queue, two workers, and a note of each that outlives the
//! process.
//!
//! Work that a restart cut off before anything was written is told as such, and can be asked for again. What was
//! being written is gone on with by the store; its note finds the commit by the idempotency key it was to have.

mod board;
mod ticket;
mod work;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mc_access::Actor;
use mc_base::{Instant, PlaceId, Seq};
use mc_intake::Mapping;
use mc_port::{ColumnMaps, Importer, JobTable, Source};

use crate::{ImportError, Staged, Staging, Trial, trial};
use board::{Board, TakenBack};

pub use board::{Phase, Seen, WAITING_MAX};
pub use ticket::{Intent, REFUSED_SHOWN_MAX, Stage, Summary, Ticket};

/// How long an import is remembered.
const REMEMBERED_MS: i64 = 24 * 3_600_000;

/// What imports work with.
pub struct Parts {
    /// Where snapshots come from.
    pub source: Arc<dyn Source>,
    /// Where rows go.
    pub importer: Arc<dyn Importer>,
    /// Where mappings are remembered.
    pub maps: Arc<dyn ColumnMaps>,
    /// Where imports on their way are remembered.
    pub table: Arc<dyn JobTable>,
    /// Where uploads wait.
    pub staging: Staging,
    /// The instant now.
    pub now: fn() -> Instant,
}

/// Imports on their way. Cheap to clone.
#[derive(Clone)]
pub struct Jobs(Arc<Shared>);

struct Shared {
    parts: Parts,
    board: Mutex<Board>,
    /// Held by whoever writes: the store applies one import at a time.
    writing: Mutex<()>,
}

/// An import as its owner may see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// What is known of it.
    pub ticket: Ticket,
    /// How far the work is, while somebody works on it or it waits.
    pub seen: Option<Seen>,
    /// The writing was cut off in between, and the store goes on with it.
    pub resumed: bool,
    /// How long the work took, or takes so far, in milliseconds.
    pub took_ms: i64,
}

impl Jobs {
    /// Nothing is being worked on yet.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Shared { parts, board: Mutex::default(), writing: Mutex::default() }))
    }

    /// What it works with.
    #[must_use]
    pub fn parts(&self) -> &Parts {
        &self.0.parts
    }

    /// Begins to try a file. `id` names the import: under the same one nothing begins twice.
    ///
    /// # Errors
    /// When too many wait already, the name is somebody else's, or the store cannot be written.
    pub fn start(
        &self,
        actor: &Actor,
        id: &str,
        staged: &Staged,
        mapping: Mapping,
        scope: Option<PlaceId>,
    ) -> Result<(), ImportError> {
        if !Staging::is_name(id) {
            return Err(ImportError::Gone);
        }
        let now = (self.0.parts.now)().0;
        let ticket = Ticket {
            id: id.to_owned(),
            owner: actor.id.clone(),
            register: mapping.register.clone(),
            upload: staged.id.clone(),
            file: staged.file.name.clone(),
            mapping,
            scope: scope.map(|place| place.0),
            hash: None,
            stage: Stage::Trying,
            began_ms: now,
            changed_ms: now,
        };
        {
            let mut board = self.0.board();
            if board.live(id).is_some() {
                return Ok(());
            }
            board.reserve(ticket.clone(), actor.clone()).ok_or(ImportError::Busy(WAITING_MAX))?;
        }
        let known = self.0.parts.table.job(id).inspect_err(|_| self.0.board().forget(id))?;
        if let Some(known) = known {
            self.0.board().forget(id);
            return if known.owner == actor.id { Ok(()) } else { Err(ImportError::Gone) };
        }
        self.0.begin(ticket)
    }

    /// Begins to write what was tried. Where it is being written or written already, nothing happens.
    ///
    /// # Errors
    /// When it is not there, too many wait, or the store fails.
    pub fn write(&self, actor: &Actor, register: &str, id: &str, good_rows: bool) -> Result<(), ImportError> {
        let found = self.find(actor, register, id)?;
        let (Stage::Tried(summary) | Stage::Interrupted(Some(summary))) = &found.ticket.stage else {
            return Ok(());
        };
        let Some(hash) = found.ticket.file_hash() else { return Ok(()) };
        if found.seen.is_some() || summary.good() == 0 || (summary.rejected > 0 && !good_rows) {
            return Ok(());
        }
        let now = (self.0.parts.now)().0;
        let intent = Intent {
            summary: summary.clone(),
            good_rows,
            key: trial::key(hash, &found.ticket.mapping, found.ticket.scope()),
            after: self.0.parts.source.snapshot(actor)?.head().seq.0,
        };
        let stage = Stage::Writing(intent);
        let ticket = Ticket { stage, began_ms: now, changed_ms: now, ..found.ticket.clone() };
        {
            let mut board = self.0.board();
            if board.live(id).is_some() {
                return Ok(());
            }
            board.reserve(ticket.clone(), actor.clone()).ok_or(ImportError::Busy(WAITING_MAX))?;
        }
        // Another press may have written it between the look and the reservation.
        let now = self.stored(actor, register, id).inspect_err(|_| self.0.board().forget(id))?;
        if now.ticket.stage != found.ticket.stage {
            self.0.board().forget(id);
            return Ok(());
        }
        self.0.begin(ticket)
    }

    /// Takes an import back before anything is written; false where it is too late.
    ///
    /// # Errors
    /// When it is not there or the store fails.
    pub fn cancel(&self, actor: &Actor, register: &str, id: &str) -> Result<bool, ImportError> {
        let found = self.find(actor, register, id)?;
        if found.resumed {
            return Ok(false);
        }
        let taken = self.0.board().take_back(&found.ticket, actor);
        match taken {
            TakenBack::No => return Ok(false),
            TakenBack::Soon => return Ok(true),
            TakenBack::AtOnce => {
                self.0.take_away(found.ticket);
                return Ok(true);
            }
            TakenBack::Idle => {}
        }
        // What it was when it was looked at may be over: what is written down now holds.
        let now = self.stored(actor, register, id).inspect_err(|_| self.0.board().forget(id))?;
        if matches!(now.ticket.stage, Stage::Tried(_) | Stage::Interrupted(_)) {
            self.0.take_away(now.ticket);
            return Ok(true);
        }
        self.0.board().forget(id);
        Ok(now.ticket.stage == Stage::Cancelled)
    }

    /// An import of `actor` into `register`.
    ///
    /// # Errors
    /// When there is none of that name, or it is somebody else's: the two look the same.
    pub fn find(&self, actor: &Actor, register: &str, id: &str) -> Result<Found, ImportError> {
        let Some(live) = self.live(id) else { return self.stored(actor, register, id) };
        if live.ticket.owner == actor.id && live.ticket.register == register {
            Ok(live)
        } else {
            Err(ImportError::Gone)
        }
    }

    /// An import that is worked on or waits.
    fn live(&self, id: &str) -> Option<Found> {
        let board = self.0.board();
        let live = board.live(id)?;
        Some(Found {
            ticket: live.ticket.clone(),
            seen: Some(live.seen),
            resumed: false,
            took_ms: (self.0.parts.now)().0.saturating_sub(live.ticket.began_ms),
        })
    }

    /// An import as it is written down.
    fn stored(&self, actor: &Actor, register: &str, id: &str) -> Result<Found, ImportError> {
        let stored = self.0.parts.table.job(id)?.ok_or(ImportError::Gone)?;
        let ours = |ticket: &Ticket| ticket.owner == actor.id && ticket.register == register;
        let ticket = Ticket::read(&stored).filter(ours).ok_or(ImportError::Gone)?;
        self.0.outlived(ticket)
    }

    /// The newest imports of `actor` into `register`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn of(&self, actor: &Actor, register: &str, limit: usize) -> Result<Vec<Found>, ImportError> {
        let stored = self.0.parts.table.jobs_of(&actor.id, register, limit)?;
        let found = stored.iter().filter_map(Ticket::read).map(|ticket| match self.live(&ticket.id) {
            Some(live) => Ok(live),
            // It may have ended since the list was read.
            None if ticket.stage.is_at_work() => self.stored(actor, register, &ticket.id),
            None => self.0.outlived(ticket),
        });
        Ok(found.filter_map(Result::ok).collect())
    }

    /// Uploads that imports work on. Trials that outlived theirs go.
    #[must_use]
    pub fn uploads_in_use(&self) -> Vec<String> {
        let mut board = self.0.board();
        board.let_go((self.0.parts.now)());
        board.all().map(|live| live.ticket.upload.clone()).collect()
    }
}

impl Shared {
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a ticket down.
    fn keep(&self, ticket: &Ticket) -> Result<(), ImportError> {
        let forget_before = Instant(ticket.changed_ms.saturating_sub(REMEMBERED_MS));
        let Some(stored) = ticket.stored() else { return Err(ImportError::Gone) };
        Ok(self.parts.table.keep_job(&stored, forget_before)?)
    }

    /// Writes down what is over, and gives its place free.
    fn end(&self, mut ticket: Ticket, stage: Stage) {
        let id = ticket.id.clone();
        ticket.stage = stage;
        ticket.changed_ms = (self.parts.now)().0;
        if let Err(error) = self.keep(&ticket) {
            // Whoever asks next finds it as a restart would leave it.
            tracing::error!(%error, "the end of an import could not be written down");
        }
        self.board().forget(&id);
    }

    /// Keeps what was tried until somebody decides.
    fn hold(&self, ticket: &Ticket, trial: Trial) {
        let now = (self.parts.now)();
        self.board().hold(&ticket.id, trial, now);
    }

    /// Ends an import that was taken back: nothing of its rows stays.
    fn take_away(&self, ticket: Ticket) {
        drop(self.board().take_held(&ticket.id));
        self.parts.staging.remove(&ticket.upload);
        self.end(ticket, Stage::Cancelled);
    }

    /// What the note of another process says today: it is not worked on any more.
    fn outlived(&self, mut ticket: Ticket) -> Result<Found, ImportError> {
        let took_ms = ticket.changed_ms.saturating_sub(ticket.began_ms);
        let found = |ticket, seen, resumed| Found { ticket, seen, resumed, took_ms };
        let intent = match ticket.stage {
            Stage::Trying => {
                ticket.stage = Stage::Interrupted(None);
                return Ok(found(ticket, None, false));
            }
            Stage::Writing(ref intent) => intent.clone(),
            _ => return Ok(found(ticket, None, false)),
        };
        let table = &self.parts.table;
        let Some(seq) = table.committed_under(&ticket.owner, &intent.key, Seq(intent.after))? else {
            ticket.stage = Stage::Interrupted(Some(intent.summary));
            return Ok(found(ticket, None, false));
        };
        if let Some(applying) = table.applying()?.filter(|applying| applying.seq == seq) {
            let seen = Seen::at(Phase::Writing, applying.done, Some(applying.total));
            return Ok(found(ticket, Some(seen), true));
        }
        ticket.stage = Stage::Written(Summary { seq: Some(seq.0), ..intent.summary });
        Ok(found(ticket, None, true))
    }
}

impl std::fmt::Debug for Jobs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Jobs({:?})", self.0.parts.staging)
    }
}
