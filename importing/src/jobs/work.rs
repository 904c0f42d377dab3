//! What a worker does with an import.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

use mc_access::Actor;
use mc_base::Seq;

use super::Shared;
use super::board::Phase;
use super::ticket::{Intent, Stage, Summary, Ticket};
use crate::{ImportError, Job, Progress, Staged, Trial, trial, why_workbook, write};

/// How often a writer looks whether its turn has come.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// What the sender reads where the fault is the server's; the log has the rest.
const OURS: &str = "Máy chủ gặp lỗi nên việc nhập dừng lại; chưa ghi gì. Hãy thử lại, hoặc báo người quản trị xem \
                    nhật ký máy chủ.";

/// One import in a worker's hands.
struct Hand<'a> {
    shared: &'a Shared,
    ticket: Ticket,
    actor: Actor,
    stop: Arc<AtomicBool>,
}

impl Shared {
    /// Writes a reserved ticket down, queues it and sees to it that somebody works.
    pub(super) fn begin(self: &Arc<Self>, ticket: Ticket) -> Result<(), ImportError> {
        let id = ticket.id.clone();
        self.keep(&ticket).inspect_err(|_| self.board().forget(&id))?;
        if !self.board().enqueue(&id) {
            return Ok(());
        }
        let shared = Arc::clone(self);
        let worker = std::thread::Builder::new().name("import".to_owned()).spawn(move || shared.work());
        if let Err(error) = worker {
            self.board().send_home();
            let stopped = Stage::Stopped { why: OURS.to_owned(), in_file: false };
            self.end(ticket, stopped);
            return Err(ImportError::Disk { what: "mở được luồng nhập", error });
        }
        Ok(())
    }

    fn work(&self) {
        loop {
            // Not in the condition of the loop: the lock would be held for its whole body.
            let next = self.board().next();
            let Some((ticket, actor, stop)) = next else { return };
            let mut hand = Hand { shared: self, ticket, actor, stop };
            let stage = match catch_unwind(AssertUnwindSafe(|| hand.run())) {
                Ok(Ok(stage)) => stage,
                Ok(Err(error)) => stopped(&error),
                Err(_) => Stage::Stopped { why: OURS.to_owned(), in_file: false },
            };
            let ticket = hand.ticket;
            if matches!(stage, Stage::Cancelled) {
                self.take_away(ticket);
                continue;
            }
            let stage = self.settled(&ticket, stage);
            self.end(ticket, stage);
        }
    }

    /// A failure after the entry was written leaves the note as it is: what it says then is told by the ledger.
    fn settled(&self, ticket: &Ticket, stage: Stage) -> Stage {
        let (Stage::Writing(intent), Stage::Stopped { .. }) = (&ticket.stage, &stage) else { return stage };
        let committed = self.parts.table.committed_under(&ticket.owner, &intent.key, Seq(intent.after));
        if matches!(committed, Ok(None)) { stage } else { ticket.stage.clone() }
    }

    /// Waits until no other import is being written; `None` where it was taken back meanwhile.
    fn turn(&self, stop: &AtomicBool) -> Result<Option<MutexGuard<'_, ()>>, ImportError> {
        loop {
            if stop.load(Ordering::Relaxed) {
                return Ok(None);
            }
            let turn = match self.writing.try_lock() {
                Ok(turn) => Some(turn),
                Err(TryLockError::Poisoned(poisoned)) => Some(PoisonError::into_inner(poisoned)),
                Err(TryLockError::WouldBlock) => None,
            };
            if turn.is_some() && self.parts.table.applying()?.is_none() {
                return Ok(turn);
            }
            drop(turn);
            std::thread::sleep(LOOK_EVERY);
        }
    }
}

fn stopped(error: &ImportError) -> Stage {
    match error {
        ImportError::Cancelled => return Stage::Cancelled,
        ImportError::Store(_)
        | ImportError::Disk { .. }
        | ImportError::Report(_)
        | ImportError::Figure(_) => {
            tracing::error!(%error, "an import stopped");
            return Stage::Stopped { why: OURS.to_owned(), in_file: false };
        }
        ImportError::Read(_) if !error.is_in_file() => {
            tracing::error!(%error, "a file could not be read");
            return Stage::Stopped { why: OURS.to_owned(), in_file: false };
        }
        ImportError::Commit(mc_port::CommitError::Store(text)) => {
            tracing::error!(%text, "an import could not be written");
            return Stage::Stopped { why: OURS.to_owned(), in_file: false };
        }
        _ => {}
    }
    Stage::Stopped { why: error.to_string(), in_file: error.is_in_file() }
}

impl Hand<'_> {
    fn run(&mut self) -> Result<Stage, ImportError> {
        let staged = self.shared.parts.staging.find(&self.actor, &self.ticket.upload)?;
        match self.ticket.stage.clone() {
            Stage::Writing(intent) => self.write(&staged, intent),
            _ => {
                let tried = self.attempt(&staged)?;
                Ok(self.ask(tried))
            }
        }
    }

    fn job<'j>(&'j self, staged: &'j Staged) -> Job<'j> {
        let parts = &self.shared.parts;
        Job {
            source: parts.source.as_ref(),
            importer: parts.importer.as_ref(),
            maps: parts.maps.as_ref(),
            actor: &self.actor,
            file: &staged.file,
            mapping: &self.ticket.mapping,
            scope: self.ticket.scope(),
            stop: &self.stop,
        }
    }

    /// Tries the file; the sender's own rows with the reasons are made with it, while they are at hand.
    fn attempt(&mut self, staged: &Staged) -> Result<Trial, ImportError> {
        let id = self.ticket.id.clone();
        let mut tell = |progress: Progress| self.shared.board().hear(&id, progress);
        let tried = trial(&self.job(staged), &mut tell)?;
        self.ticket.hash = Some(tried.hash.to_string());
        self.ticket.mapping = tried.mapping.clone();
        self.keep_reasons(staged, &tried)?;
        Ok(tried)
    }

    fn keep_reasons(&self, staged: &Staged, tried: &Trial) -> Result<(), ImportError> {
        if tried.outcome.rejected.is_empty() {
            return Ok(());
        }
        let today = self.shared.parts.source.snapshot(&self.actor)?.today();
        let workbook = why_workbook(&staged.file, &self.ticket.mapping, &tried.verdicts, today)?;
        self.shared.parts.staging.keep_why(&staged.id, &self.ticket.id, &workbook)
    }

    /// A person decides, now or again: what was compared is kept for the writing.
    fn ask(&self, tried: Trial) -> Stage {
        let summary = Summary::of(&tried);
        self.shared.hold(&self.ticket, tried);
        Stage::Tried(summary)
    }

    fn write(&mut self, staged: &Staged, intent: Intent) -> Result<Stage, ImportError> {
        let shared = self.shared;
        let held = shared.board().take_held(&self.ticket.id);
        let tried = match held {
            Some(tried) => tried,
            None => self.attempt(staged)?,
        };
        if tried.waits(intent.good_rows) {
            // The register has changed since a person decided: show it again.
            return Ok(self.ask(tried));
        }
        shared.board().enter(&self.ticket.id, Phase::WaitingToWrite);
        let turn = shared.turn(&self.stop)?;
        if turn.is_none() || !shared.board().commit_to_write(&self.ticket.id) {
            return Ok(Stage::Cancelled);
        }
        let refused = tried.outcome.rejected.clone();
        let id = self.ticket.id.clone();
        let mut tell = |progress: Progress| shared.board().hear(&id, progress);
        let tried = write(&self.job(staged), tried, intent.good_rows, &mut tell)?;
        drop(turn);
        if tried.outcome.rejected.is_empty() {
            shared.parts.staging.remove(&staged.id);
        } else if tried.outcome.rejected != refused
            && let Err(error) = self.keep_reasons(staged, &tried)
        {
            tracing::error!(%error, "the reasons of an import could not be kept");
        }
        let again = tried.is_open() && !tried.outcome.rejected.is_empty();
        Ok(if again { self.ask(tried) } else { Stage::Written(Summary::of(&tried)) })
    }
}
